/** One `Key=Value` of a text, and where in it the value stands. */
export interface Override {
  readonly name: string;
  readonly value: string;
  /** Offsets in the text that was read, half-open, quotes included. */
  readonly start: number;
  readonly end: number;
}

/**
 * The parameters of a text as the command lines of AWS take it: `K=V K2="v w"` and `ParameterKey=K,ParameterValue=V`, quotes
 * around the value or around the whole. A list in the value keeps its commas.
 */
export function parseOverrides(text: string): Override[] {
  const overrides: Override[] = [];
  for (const { raw, start } of words(text)) {
    const word = unquote(raw);
    const offset = start + (raw.length > word.length && /^["']/.test(raw) ? 1 : 0);
    const long = /^ParameterKey=([^,]+),\s*ParameterValue=(.*)$/s.exec(word);
    const short = /^([A-Za-z0-9]+)=(.*)$/s.exec(word);
    const [whole = '', name = '', value = ''] = long ?? short ?? [];
    if (name === '') continue;
    const from = offset + whole.length - value.length;
    overrides.push({ name: unquote(name), value: unquote(value), start: from, end: from + value.length });
  }
  return overrides;
}

/** Words between white space; quotes hold white space together. */
function* words(text: string): Generator<{ readonly raw: string; readonly start: number }> {
  let start = -1;
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? '';
    if (quote === '' && /\s/.test(char)) {
      if (start !== -1) yield { raw: text.slice(start, at), start };
      start = -1;
      continue;
    }
    if (start === -1) start = at;
    if (char === '\\' && quote !== "'") at++;
    else if (quote === '') quote = char === '"' || char === "'" ? char : '';
    else if (char === quote) quote = '';
  }
  if (start !== -1) yield { raw: text.slice(start), start };
}

function unquote(text: string): string {
  const [quote] = text;
  if (text.length < 2 || (quote !== '"' && quote !== "'") || !text.endsWith(quote)) return text;
  const inner = text.slice(1, -1);
  return quote === '"' ? inner.replace(/\\(["\\])/g, '$1') : inner;
}
