import type { TextEdit } from '../../source/text-edit.js';

/** A list of texts where it is written, or the one text in its place. */
export interface WrittenList {
  readonly start: number;
  readonly end: number;
  readonly isList: boolean;
  readonly elements: readonly { readonly start: number; readonly end: number }[];
}

/** A list on one line stays there up to this width. */
const maxColumns = 100;

/** The edit that makes a list these elements; none where it has them already. */
export function listEdit(
  text: string,
  { start, end, isList, elements: own }: WrittenList,
  elements: readonly string[],
  /** What may stand behind the last element of a list on several lines. */
  lastComma: '' | ',' = '',
): TextEdit[] {
  const texts = own.map((element) => text.slice(element.start, element.end));
  if (texts.length === elements.length && texts.every((one) => elements.includes(one))) return [];
  const [first, last] = [own[0], own.at(-1)];
  // What is on lines of its own stays there.
  if (isList && first !== undefined && last !== undefined && /^\s*\n\s*$/.test(text.slice(start + 1, first.start)))
    return [{ start: first.start, end: last.end, text: elements.join(`,\n${indentAt(text, first.start)}`) }];
  const [only, ...others] = elements;
  if (only !== undefined && others.length === 0) return [{ start, end, text: isList ? `[${only}]` : only }];
  const before = text.slice(text.lastIndexOf('\n', start) + 1, start);
  const inline = `[${elements.join(', ')}]`;
  const wasInline = !text.slice(start, end).includes('\n') && before.length + inline.length <= maxColumns;
  if (before.includes('{') || wasInline) return [{ start, end, text: inline }];
  const indent = indentAt(text, start);
  const lines = elements.map((one) => `${indent}  ${one}`).join(',\n');
  return [{ start, end, text: `[\n${lines}${lastComma}\n${indent}]` }];
}

/** The blanks with which the line of an offset begins. */
export function indentAt(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}
