import type { SourceFile } from './source-file.js';

/** A stretch of a text, half-open, UTF-16 offsets, and what is to stand there. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text with edits, which do not overlap, in any order. */
export function applyEdits({ text }: Pick<SourceFile, 'text'>, edits: readonly TextEdit[]): string {
  let edited = '';
  let at = 0;
  for (const edit of [...edits].sort((one, other) => one.start - other.start)) {
    edited += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return edited + text.slice(at);
}
