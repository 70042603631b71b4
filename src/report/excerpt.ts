import { lineEnd } from '../source/line-bounds.js';
import type { SourceRange } from '../source/source-file.js';
import { lineIndexOf } from './display-path.js';
import { MASK, type Mask } from './mask.js';
import { type Style, widthOf } from './terminal-text.js';

/** How a mark is painted and what stands beside it. */
export interface ExcerptOptions {
  readonly style: Style;
  readonly mask: Mask;
  readonly paint: (text: string) => string;
  readonly caption: string;
}

// SAFETY: a line of a generated file may be megabytes long; more than this around the mark is never looked at.
const MAX_CONTEXT = 4_000;

/** The first line of a range with a mark under it: gutter, line, mark and caption. No lines for a text that is not there. */
export function renderExcerpt(range: SourceRange, options: ExcerptOptions): string[] {
  const { style, paint } = options;
  if (range.file.text === '') return [];
  const { number, before, marked, after } = readLine(range, options.mask);
  const gutter = String(number).length < 2 ? ` ${number}` : String(number);
  const room = style.width - gutter.length - 3;
  const caption = cutStart(options.caption, room, style.ellipsis);
  const cut = cutAround({ before, marked, after }, room, style.ellipsis);
  const indent = ' '.repeat(widthOf(cut.before));
  const mark = '^'.repeat(Math.max(1, widthOf(cut.marked)));
  const blank = ' '.repeat(gutter.length);
  const head = `${blank} ${style.dim('|')}`;
  const isBeside = indent.length + mark.length + 1 + widthOf(caption) <= room;
  const captionLine =
    caption === '' || isBeside
      ? []
      : [`${head} ${' '.repeat(captionIndent(indent.length, caption, room))}${paint(caption)}`];
  const beside = caption === '' || !isBeside ? '' : ` ${paint(caption)}`;
  return [
    head,
    `${style.dim(gutter)} ${style.dim('|')} ${cut.before}${cut.marked}${cut.after}`.trimEnd(),
    `${head} ${indent}${paint(mark)}${beside}`,
    ...captionLine,
  ];
}

/** A caption under its mark begins where the mark does, or further left if it would not fit. */
function captionIndent(indent: number, caption: string, room: number): number {
  return Math.max(0, Math.min(indent, room - widthOf(caption)));
}

interface MarkedLine {
  readonly before: string;
  readonly marked: string;
  readonly after: string;
}

function readLine({ file, start, end }: SourceRange, mask: Mask): MarkedLine & { readonly number: number } {
  const index = lineIndexOf(file);
  const { line } = index.position(start);
  const from = Math.max(index.lineStart(line), start - MAX_CONTEXT);
  const to = lineEnd(file.text, start, start + MAX_CONTEXT);
  const markEnd = Math.max(start, Math.min(end, to));
  const text = (first: number, last: number) => show(mask.source({ file, start: first, end: last }).replace(/\r$/, ''));
  const parts = { before: text(from, start), marked: text(start, markEnd), after: text(markEnd, to) };
  // A secret may begin before the mark and end in it: then the whole line goes.
  const isWhole = parts.before + parts.marked + parts.after === text(from, to);
  return { number: line, ...(isWhole ? parts : { before: '', marked: MASK, after: '' }) };
}

/** Source text as it can be shown: a tab is four blanks, control characters and direction marks are replaced. */
function show(text: string): string {
  return text
    .replace(/\t/g, '    ')
    .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g, '\ufffd');
}

function cutAround(line: MarkedLine, room: number, ellipsis: string): MarkedLine {
  const marked = cutEnd(line.marked, Math.max(8, room), ellipsis);
  const left = room - widthOf(marked);
  if (widthOf(line.before) + widthOf(line.after) <= left) return { ...line, marked };
  const beforeRoom = Math.max(0, Math.min(widthOf(line.before), left - Math.min(widthOf(line.after), left >> 2)));
  const before = cutStart(line.before, beforeRoom, ellipsis);
  return { before, marked, after: cutEnd(line.after, Math.max(0, left - widthOf(before)), ellipsis) };
}

/** The text, or its beginning and an ellipsis. */
export function cutEnd(text: string, width: number, ellipsis: string): string {
  if (widthOf(text) <= width) return text;
  let kept = '';
  let room = width - ellipsis.length;
  for (const sign of text) {
    room -= widthOf(sign);
    if (room < 0) break;
    kept += sign;
  }
  return width < ellipsis.length ? '' : kept + ellipsis;
}

function cutStart(text: string, width: number, ellipsis: string): string {
  if (widthOf(text) <= width) return text;
  if (width < ellipsis.length) return '';
  let kept = '';
  let room = width - ellipsis.length;
  for (const sign of [...text].reverse()) {
    room -= widthOf(sign);
    if (room < 0) break;
    kept = sign + kept;
  }
  return ellipsis + kept;
}
