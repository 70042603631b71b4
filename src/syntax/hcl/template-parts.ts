import type { Expression, TemplatePart } from './ast.js';

/** One piece of a template before directives are nested: a run of literal text, an interpolation, or a directive. */
export interface TemplateToken {
  readonly kind: 'text' | 'interpolation' | 'if' | 'else' | 'endif' | 'for' | 'endfor';
  readonly start: number;
  end: number;
  /** Literal text, unescaped. */
  value: string;
  readonly expression: Expression | undefined;
  readonly keyVariable: string | undefined;
  readonly valueVariable: string;
}

export interface TemplateProblem {
  readonly kind: 'unbalanced' | 'too-deep';
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/** What Go's `unicode.IsSpace` says, which trimming and indentation follow; JavaScript's `trim` differs in U+FEFF and U+0085. */
export function isSpace(c: number): boolean {
  if (c === 32 || (c >= 9 && c <= 13)) return true;
  if (c < 0x85) return false;
  return (
    c === 0x85 ||
    c === 0xa0 ||
    c === 0x1680 ||
    (c >= 0x2000 && c <= 0x200a) ||
    c === 0x2028 ||
    c === 0x2029 ||
    c === 0x202f ||
    c === 0x205f ||
    c === 0x3000
  );
}

function leadingSpaces(text: string): number {
  let at = 0;
  while (at < text.length && isSpace(text.charCodeAt(at))) at++;
  return at;
}

export function trimStart(text: string): string {
  return text.slice(leadingSpaces(text));
}

export function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && isSpace(text.charCodeAt(end - 1))) end--;
  return text.slice(0, end);
}

/**
 * Removes the smallest indentation of a `<<-` heredoc's lines. It works on what trimming has left: a line whose newline
 * was trimmed away joins the next one, which then keeps its indentation.
 */
export function removeIndentation(tokens: readonly TemplateToken[]): void {
  let smallest = Number.POSITIVE_INFINITY;
  let isLineStart = true;
  const lines: TemplateToken[] = [];
  for (const token of tokens) {
    if (isLineStart) {
      isLineStart = false;
      let spaces = 0;
      if (token.kind === 'text') {
        spaces = leadingSpaces(token.value);
        if (spaces === token.value.length && token.value.endsWith('\n')) spaces = Number.POSITIVE_INFINITY;
        else lines.push(token);
      }
      if (spaces < smallest) smallest = spaces;
    }
    if (token.kind === 'text' && token.value.endsWith('\n')) isLineStart = true;
  }
  if (smallest === 0) return;
  for (const line of lines) line.value = line.value.slice(smallest);
}

/** Joins neighbouring texts and normalises them to NFC. */
function joinTexts(tokens: readonly TemplateToken[]): TemplateToken[] {
  const joined: TemplateToken[] = [];
  let last: TemplateToken | undefined;
  for (const token of tokens) {
    if (token.kind === 'text' && last?.kind === 'text') {
      last.value += token.value;
      last.end = token.end;
    } else {
      if (last?.kind === 'text') last.value = toNfc(last.value);
      joined.push(token);
      last = token;
    }
  }
  if (last?.kind === 'text') last.value = toNfc(last.value);
  return joined;
}

/** Strings are NFC everywhere in Terraform; below U+0300 nothing changes, which spares most strings the work. */
export function toNfc(text: string): string {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) >= 0x300) return text.normalize('NFC');
  return text;
}

interface Frame {
  readonly opening: TemplateToken;
  readonly content: TemplatePart[];
  otherwise: TemplatePart[] | undefined;
}

/**
 * Nests `%{if}` and `%{for}` directives over their contents. Where they are unbalanced the problem is returned and an
 * erroneous part stands in the parts, so that what is there is not taken for the whole.
 */
export function nestDirectives(
  written: readonly TemplateToken[],
  maxDepth: number,
): { readonly parts: TemplatePart[]; readonly depth: number; readonly problem: TemplateProblem | undefined } {
  const tokens = joinTexts(written);
  const root: TemplatePart[] = [];
  const stack: Frame[] = [];
  let current = root;
  let depth = 0;
  let problem: TemplateProblem | undefined;
  for (const token of tokens) {
    if (token.kind === 'text') current.push({ kind: 'text', start: token.start, end: token.end, value: token.value });
    else if (token.kind === 'interpolation') current.push(interpolation(token));
    else if (token.kind === 'if' || token.kind === 'for') {
      stack.push({ opening: token, content: [], otherwise: undefined });
      if (stack.length > depth) depth = stack.length;
      if (depth > maxDepth) {
        problem = { kind: 'too-deep', message: 'Directives are nested too deep.', start: token.start, end: token.end };
        break;
      }
      current = stack[stack.length - 1]?.content ?? root;
    } else {
      const frame = stack[stack.length - 1];
      if (frame === undefined || !fits(token, frame)) {
        const message = `The directive "${token.kind}" has no opening that it belongs to.`;
        problem = { kind: 'unbalanced', message, start: token.start, end: token.end };
        break;
      }
      if (token.kind === 'else') {
        frame.otherwise = [];
        current = frame.otherwise;
      } else {
        stack.pop();
        current = contentOf(stack[stack.length - 1]) ?? root;
        current.push(close(frame, token.end));
      }
    }
  }
  const open = stack[stack.length - 1]?.opening;
  if (problem === undefined && open !== undefined) {
    const message = `The directive "${open.kind}" is not closed by "end${open.kind}".`;
    problem = { kind: 'unbalanced', message, start: open.start, end: open.end };
  }
  return { parts: problem === undefined ? root : [...root, brokenPart(problem, tokens)], depth, problem };
}

function interpolation(token: TemplateToken): TemplatePart {
  const expression = token.expression ?? { kind: 'error', start: token.start, end: token.end };
  return { kind: 'interpolation', start: token.start, end: token.end, expression };
}

function fits(token: TemplateToken, frame: Frame): boolean {
  if (token.kind === 'endfor') return frame.opening.kind === 'for';
  if (frame.opening.kind !== 'if') return false;
  return token.kind === 'endif' || frame.otherwise === undefined;
}

function contentOf(frame: Frame | undefined): TemplatePart[] | undefined {
  return frame === undefined ? undefined : (frame.otherwise ?? frame.content);
}

function close(frame: Frame, end: number): TemplatePart {
  const { opening } = frame;
  const { start } = opening;
  const expression: Expression = opening.expression ?? { kind: 'error', start, end: opening.end };
  if (opening.kind === 'if') {
    // biome-ignore lint/suspicious/noThenProperty: the tree's word; nothing awaits it.
    return { kind: 'if', start, end, condition: expression, then: frame.content, else: frame.otherwise };
  }
  const { keyVariable, valueVariable } = opening;
  return { kind: 'for', start, end, keyVariable, valueVariable, collection: expression, body: frame.content };
}

function brokenPart(problem: TemplateProblem, tokens: readonly TemplateToken[]): TemplatePart {
  const { start } = problem;
  const end = tokens[tokens.length - 1]?.end ?? problem.end;
  return { kind: 'interpolation', start, end, expression: { kind: 'error', start, end } };
}
