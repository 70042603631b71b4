import type { ReportInput } from '../findings/report-input.js';
import { LineIndex } from '../source/line-index.js';
import { joinPath, relativePath } from '../source/paths.js';
import type { SourceFile, SourceRange } from '../source/source-file.js';

type Folders = Pick<ReportInput, 'projectRoot' | 'workingDirectory' | 'repositoryRoot'>;

/** A path of the project as seen from the working directory, with `/`. */
export function toDisplayPath({ projectRoot, workingDirectory }: Folders, path: string): string {
  // Standard input lies nowhere.
  if (path === '-') return path;
  const folder = joinPath(workingDirectory);
  // From above or beside the project only the way down is known.
  return folder.startsWith('..') ? joinPath(projectRoot, path) || '.' : relativePath(folder, path);
}

/** A path of the project as seen from the top of the git work tree; undefined for what lies outside it. */
export function toRepositoryPath({ repositoryRoot }: Folders, path: string): string | undefined {
  const joined = joinPath(repositoryRoot, path);
  return joined === '' || joined.startsWith('..') || joined.startsWith('/') ? undefined : joined;
}

/** A range as people and programs count it: from 1, columns in UTF-16 units, the end exclusive. */
export interface LineRange {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

const indexes = new WeakMap<SourceFile, LineIndex>();

export function lineIndexOf(file: SourceFile): LineIndex {
  let index = indexes.get(file);
  if (index === undefined) {
    index = new LineIndex(file.text);
    indexes.set(file, index);
  }
  return index;
}

export function toLineRange({ file, start, end }: SourceRange): LineRange {
  const index = lineIndexOf(file);
  const from = index.position(start);
  const to = index.position(end);
  return { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column };
}

/** `path:line:column`, as terminals and editors link it. */
export function toPlace(input: Folders, range: SourceRange): string {
  const { startLine, startColumn } = toLineRange(range);
  return `${toDisplayPath(input, range.file.path)}:${startLine}:${startColumn}`;
}

/** `path:line`, for people. */
export function toLinePlace(input: Folders, range: SourceRange): string {
  return `${toDisplayPath(input, range.file.path)}:${toLineRange(range).startLine}`;
}

/** A place as JSON has it, the path relative to the working directory. */
export function toJsonRange(range: SourceRange, input: Folders): { readonly file: string } & LineRange {
  return { file: toDisplayPath(input, range.file.path), ...toLineRange(range) };
}
