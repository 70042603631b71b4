/** SAFETY: how deep JSON may nest. Whoever walks a tree by recursion relies on it. */
export const maxJsonDepth = 1_000;

export interface JsonProblem {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

export type JsonTokenKind =
  | '{'
  | '}'
  | '['
  | ']'
  | ':'
  | ','
  | 'string'
  | 'number'
  | 'true'
  | 'false'
  | 'null'
  | 'end'
  | 'invalid';

const punctuation = new Map<number, JsonTokenKind>();
for (const kind of ['{', '}', '[', ']', ':', ','] as const) punctuation.set(kind.charCodeAt(0), kind);
const words = ['true', 'false', 'null'] as const;
const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;

const escapes = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

/**
 * Reads JSON (RFC 8259) one token at a time: `kind`, `start` and `end` (UTF-16 offsets, half-open) are the current token.
 * After a problem every token is `invalid`. Comments are a problem unless they are asked for: a list to which to add them.
 */
export class JsonScanner {
  kind: JsonTokenKind = 'end';
  start: number;
  end: number;
  /** The current string holds escapes: its value is not its text. */
  hasEscapes = false;
  problem: JsonProblem | undefined;

  constructor(
    readonly text: string,
    start: number,
    readonly limit: number,
    private readonly comments?: { readonly start: number; readonly end: number }[],
  ) {
    this.start = start;
    this.end = start === 0 && text.charCodeAt(0) === 0xfeff ? 1 : start;
  }

  next(): void {
    if (this.problem !== undefined) return;
    const { text, limit } = this;
    let at = this.end;
    let c = 0;
    for (; at < limit; at++) {
      c = text.charCodeAt(at);
      if (c === 47 && this.comments !== undefined) at = this.comment(at) - 1;
      else if (c !== 32 && c !== 10 && c !== 13 && c !== 9) break;
    }
    if (this.problem !== undefined) return;
    this.start = at;
    if (at >= limit) {
      this.kind = 'end';
      this.end = limit;
      return;
    }
    if (c === 34) {
      this.string(at);
      return;
    }
    const kind = punctuation.get(c);
    if (kind !== undefined) {
      this.kind = kind;
      this.end = at + 1;
    } else if (c === 45 || (c >= 48 && c <= 57)) this.number(at);
    else this.word(at);
  }

  /** Records what is wrong, once. */
  fail(message: string, start = this.start, end = this.end): void {
    this.problem ??= { message, start, end: Math.max(start, end) };
    this.kind = 'invalid';
  }

  failExpected(expected: string): void {
    if (this.kind === 'invalid') return;
    const token = this.text.slice(this.start, Math.min(this.end, this.start + 40));
    this.fail(`Expected ${expected}, found ${this.kind === 'end' ? 'the end of the text' : `"${token}"`}.`);
  }

  /** The value of the current string. Lone surrogates are kept. */
  stringValue(): string {
    const { text, start, end } = this;
    if (!this.hasEscapes) return text.slice(start + 1, end - 1);
    let value = '';
    let from = start + 1;
    for (let at = text.indexOf('\\', from); at !== -1 && at < end - 1; at = text.indexOf('\\', from)) {
      value += text.slice(from, at);
      const simple = escapes.get(text.charAt(at + 1));
      value += simple ?? String.fromCharCode(Number.parseInt(text.slice(at + 2, at + 6), 16));
      from = at + (simple === undefined ? 6 : 2);
    }
    return value + text.slice(from, end - 1);
  }

  /** Behind the comment that begins at `start`. */
  private comment(start: number): number {
    const { text, limit } = this;
    let end = start + 2;
    if (text.charCodeAt(start + 1) === 47) {
      while (end < limit && text.charCodeAt(end) !== 10 && text.charCodeAt(end) !== 13) end++;
    } else {
      const close = text.charCodeAt(start + 1) === 42 ? text.indexOf('*/', end) : -1;
      if (close === -1 || close + 2 > limit) {
        this.fail('Expected a JSON value here.', start, start + 1);
        return limit;
      }
      end = close + 2;
    }
    this.comments?.push({ start, end });
    return end;
  }

  private string(start: number): void {
    const { text, limit } = this;
    this.kind = 'string';
    this.hasEscapes = false;
    for (let at = start + 1; at < limit; at++) {
      const c = text.charCodeAt(at);
      if (c === 34) {
        this.end = at + 1;
        return;
      }
      if (c < 32) {
        this.fail('A control character must be escaped in a string.', at, at + 1);
        return;
      }
      if (c !== 92) continue;
      this.hasEscapes = true;
      at++;
      if (escapes.has(text.charAt(at))) continue;
      if (at + 5 > limit || !/^u[0-9a-fA-F]{4}$/.test(text.slice(at, at + 5))) {
        this.fail('The escape is not one of JSON.', at - 1, Math.min(at + 1, limit));
        return;
      }
      at += 4;
    }
    this.fail('The string is not closed.', start, limit);
  }

  private number(start: number): void {
    number.lastIndex = start;
    const end = number.test(this.text) ? number.lastIndex : start;
    this.kind = 'number';
    this.end = end;
    const following = this.text.charCodeAt(end);
    const goesOn = end < this.limit && ((following >= 48 && following <= 57) || following === 46);
    if (end > this.limit || end === start || goesOn)
      this.fail('The number is not one of JSON.', start, Math.max(end, start + 1));
  }

  private word(start: number): void {
    for (const word of words) {
      if (!this.text.startsWith(word, start) || start + word.length > this.limit) continue;
      this.kind = word;
      this.end = start + word.length;
      return;
    }
    this.end = start + 1;
    this.fail('Expected a JSON value here.', start, start + 1);
  }
}

/** Where each UTF-16 unit of a string's value stands in the text, and its end: one more entry than units. */
export function stringOffsets(text: string, start: number, end: number): Int32Array {
  const offsets = new Int32Array(end - start);
  let count = 0;
  for (let at = start + 1; at < end - 1; ) {
    offsets[count++] = at;
    if (text.charCodeAt(at) !== 92) at++;
    else at += text.charCodeAt(at + 1) === 117 ? 6 : 2;
  }
  offsets[count++] = end - 1;
  return offsets.subarray(0, count);
}
