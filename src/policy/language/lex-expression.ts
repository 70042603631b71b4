/** A failure to read an expression, with its place. Never leaves `parseExpression`. */
export class ExpressionSyntaxError extends Error {
  constructor(
    message: string,
    readonly start: number,
    readonly end: number,
  ) {
    super(message);
  }
}

export type TokenKind = 'identifier' | 'quoted' | 'int' | 'uint' | 'double' | 'string' | 'bytes' | 'sign' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** The name or sign; a number's text; a string's value; bytes as Latin-1 text. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const SIGNS = ['==', '!=', '<=', '>=', '&&', '||', ...'.,:?()[]{}<>=!+-*/%'];

/** Splits an expression into tokens; the last one is `end`. Throws `ExpressionSyntaxError`. */
export function lexExpression(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const blank = /^(?:[ \t\r\n\f]+|\/\/[^\n]*)/.exec(text.slice(at, at + 4096));
    if (blank !== null) {
      at += blank[0].length;
      continue;
    }
    const token = readToken(text, at);
    tokens.push(token);
    at = token.end;
  }
  tokens.push({ kind: 'end', text: '', start: text.length, end: text.length });
  return tokens;
}

const NUMBER = /(?:0[xX][0-9a-fA-F]+[uU]?|(?:\d+\.\d+|\.\d+)(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+|\d+[uU]?)/y;
const IDENTIFIER = /[A-Za-z_][A-Za-z0-9_]*/y;
const STRING_START = /(?:[rR]?[bB]?|[bB][rR])("""|'''|"|')/y;
const QUOTED = /`([A-Za-z0-9_.\-/ ]+)`/y;

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function readToken(text: string, at: number): Token {
  const string = matchAt(STRING_START, text, at);
  if (string !== null) return readString(text, at, string);
  const quoted = matchAt(QUOTED, text, at);
  if (quoted !== null) return { kind: 'quoted', text: quoted[1] ?? '', start: at, end: at + quoted[0].length };
  const number = matchAt(NUMBER, text, at);
  if (number !== null) return numberToken(number[0], at);
  const identifier = matchAt(IDENTIFIER, text, at);
  if (identifier !== null)
    return { kind: 'identifier', text: identifier[0], start: at, end: at + identifier[0].length };
  const sign = SIGNS.find((candidate) => text.startsWith(candidate, at));
  if (sign !== undefined) return { kind: 'sign', text: sign, start: at, end: at + sign.length };
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  throw new ExpressionSyntaxError(`The character "${character}" has no meaning here.`, at, at + character.length);
}

function numberToken(text: string, at: number): Token {
  const end = at + text.length;
  if (/[uU]$/.test(text)) return { kind: 'uint', text: text.slice(0, -1), start: at, end };
  const isDouble = !/^0[xX]/.test(text) && /[.eE]/.test(text);
  return { kind: isDouble ? 'double' : 'int', text, start: at, end };
}

function readString(text: string, start: number, opening: RegExpExecArray): Token {
  const quote = opening[1] ?? '"';
  const prefix = opening[0].slice(0, -quote.length).toLowerCase();
  const isRaw = prefix.includes('r');
  const isBytes = prefix.includes('b');
  let value = '';
  let at = start + opening[0].length;
  while (!text.startsWith(quote, at)) {
    const character = text[at];
    const isUnclosed = character === undefined || (quote.length === 1 && (character === '\n' || character === '\r'));
    if (isUnclosed) throw new ExpressionSyntaxError('The string is not closed.', start, Math.min(at, text.length));
    if (character === '\\' && !isRaw) {
      const escaped = readEscape(text, at, isBytes);
      value += escaped.value;
      at += escaped.length;
      continue;
    }
    const whole = String.fromCodePoint(text.codePointAt(at) ?? 0);
    value += isBytes ? toLatin1(whole) : whole;
    at += whole.length;
  }
  return { kind: isBytes ? 'bytes' : 'string', text: value, start, end: at + quote.length };
}

function toLatin1(text: string): string {
  return String.fromCharCode(...new TextEncoder().encode(text));
}

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '?': '?',
  '"': '"',
  "'": "'",
  '`': '`',
};

const CODE_ESCAPE = /\\(?:[xX]([0-9a-fA-F]{2})|([0-3][0-7]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/y;

function readEscape(text: string, at: number, isBytes: boolean): { value: string; length: number } {
  const simple = SIMPLE_ESCAPES[text[at + 1] ?? ''];
  if (simple !== undefined) return { value: simple, length: 2 };
  const match = matchAt(CODE_ESCAPE, text, at);
  const [, hex, octal, short, long] = match ?? [];
  const unicode = short ?? long;
  const isMisplaced = match === null || (isBytes && unicode !== undefined);
  const code = hex !== undefined ? Number.parseInt(hex, 16) : octal !== undefined ? Number.parseInt(octal, 8) : 0;
  const point = unicode === undefined ? code : Number.parseInt(unicode, 16);
  const isInvalid = point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff);
  if (isMisplaced || isInvalid) throw new ExpressionSyntaxError('The escape sequence is not valid.', at, at + 2);
  return { value: String.fromCodePoint(point), length: match[0].length };
}
