import { originChain } from '../model/resource.js';
import type { Value } from '../model/value.js';
import type { SourceRange } from '../source/source-file.js';

/** Where a statement or a document is written: the end of the way that it came. */
export function locationOf(value: Value): SourceRange | null {
  const origin = value.origin === undefined ? undefined : originChain(value.origin).at(-1);
  return origin === undefined ? null : { file: origin.file, start: origin.start, end: origin.end };
}

/** The id of a statement; null for none, as an empty one is. */
export function sidOf(statement: Value): string | null {
  const sid = statement.kind === 'object' ? statement.entries.get('sid') : undefined;
  return sid?.kind === 'string' && sid.value !== '' ? sid.value : null;
}
