import type { Severity } from '../findings/severity.js';

export interface TextOptions {
  /** Columns of the terminal. Default 80. */
  readonly width?: number | undefined;
  readonly color?: boolean | undefined;
  /** False: only ASCII signs of ours. Default true. */
  readonly unicode?: boolean | undefined;
  /** Only the findings and errors, without the summary. */
  readonly quiet?: boolean | undefined;
  /** The command `fix` exists, so that hints may name it. */
  readonly canFix?: boolean | undefined;
  /** Takes remarks about the report itself, for people. */
  readonly note?: ((text: string) => void) | undefined;
}

/** What a line is made of: the terminal's width and signs, and its colours. */
export interface Style {
  readonly width: number;
  /** Prose wraps here. */
  readonly proseWidth: number;
  readonly isWide: boolean;
  readonly isQuiet: boolean;
  readonly canFix: boolean;
  readonly ellipsis: string;
  readonly severity: (severity: Severity, text: string) => string;
  readonly error: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
}

const MIN_WIDTH = 40;
const MAX_PROSE_WIDTH = 100;
/** From here on ids fit beside titles, and addresses beside places. */
const WIDE = 120;

export function toStyle(options: TextOptions): Style {
  const width = Math.max(MIN_WIDTH, options.width ?? 80);
  const paint = (code: string) => (text: string) =>
    options.color === true && text !== '' ? `\u001b[${code}m${text}\u001b[0m` : text;
  const bySeverity: Readonly<Record<Severity, (text: string) => string>> = {
    critical: paint('37;41'),
    high: paint('1;31'),
    medium: paint('33'),
    low: paint('36'),
    info: paint('2'),
  };
  return {
    width,
    proseWidth: Math.min(width, MAX_PROSE_WIDTH),
    isWide: width >= WIDE,
    isQuiet: options.quiet === true,
    canFix: options.canFix === true,
    ellipsis: options.unicode === false ? '...' : '…',
    severity: (severity, text) => bySeverity[severity](text),
    error: paint('31'),
    warning: paint('33'),
    bold: paint('1'),
    dim: paint('2'),
  };
}

/** What `clean` looks at; most texts have nothing of it. */
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;

/**
 * A text that is safe in a terminal: one line, and without control characters or marks that turn the direction of
 * writing, by which a file could paint over the report.
 */
export function clean(text: string): string {
  if (!UNSAFE.test(text)) return text;
  return text
    .replace(/\s*[\r\n]+\s*/g, ' ')
    .replace(/\t/g, '    ')
    .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g, '\ufffd');
}

const BEYOND_ASCII = /[^\u0000-\u007f]/;

/** Columns that a text takes: wide signs two, combining marks none. */
export function widthOf(text: string): number {
  if (!BEYOND_ASCII.test(text)) return text.length;
  let width = 0;
  for (const sign of text) width += signWidth(sign);
  return width;
}

function signWidth(sign: string): number {
  if (/^[\p{Mn}\p{Me}\p{Cf}]$/u.test(sign)) return 0;
  return /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]$/u.test(
    sign,
  )
    ? 2
    : 1;
}

/** Pads with blanks on the right up to a width in columns. */
export function padTo(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** Lines of at most `width` columns, broken at blanks; a longer word stands alone. The first begins with `lead`, the others with blanks. */
export function wrap(text: string, lead: string, width: number, indent = widthOf(lead)): string[] {
  const lines: string[] = [];
  let line = lead;
  let lineWidth = widthOf(lead);
  let isEmpty = true;
  for (const word of text.split(/ +/)) {
    const wordWidth = widthOf(word);
    if (!isEmpty && lineWidth + 1 + wordWidth > width) {
      lines.push(line);
      line = ' '.repeat(indent) + word;
      lineWidth = indent + wordWidth;
    } else {
      line = isEmpty ? line + word : `${line} ${word}`;
      lineWidth += isEmpty ? wordWidth : 1 + wordWidth;
    }
    isEmpty = false;
  }
  lines.push(line);
  return lines;
}

/** `left` and `right` at the two edges, at least two blanks apart; undefined where both do not fit. */
export function justify(left: string, right: string, width: number): string | undefined {
  const gap = width - widthOf(left) - widthOf(right);
  return gap < 2 ? undefined : left + ' '.repeat(gap) + right;
}

/** `1 file`, `2 files`; counts with thousands separated from 10,000 on. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${toCount(number)} ${number === 1 ? noun : plural}`;
}

export function toCount(number: number): string {
  return number < 10_000 ? String(number) : String(number).replace(/\B(?=(\d{3})+$)/g, ',');
}
