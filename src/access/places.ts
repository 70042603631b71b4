import { originChain } from '../model/resource.js';
import type { Value } from '../model/value.js';
import type { SourceRange } from '../source/source-file.js';

/** Where a statement or a document is written: the end of the way that it came, but for what is assumed. */
export function locationOf(value: Value): SourceRange | null {
  const chain = value.origin === undefined ? [] : originChain(value.origin);
  const origin = chain.findLast(({ step }) => step !== 'assumed-default') ?? chain.at(-1);
  return origin === undefined ? null : { file: origin.file, start: origin.start, end: origin.end };
}

/** A statement of a policy, and what names the policy where its content is no part of the input. */
export interface PlacedStatement {
  readonly source: Value;
  readonly attachedBy?: Value | undefined;
}

/** Where a statement is written, or what brings it in. */
export function placeOf({ source, attachedBy }: PlacedStatement): SourceRange | null {
  return locationOf(attachedBy ?? source);
}

/** What takes a statement away when it is removed: itself, or the name of a policy whose content nobody can change. */
export function removableOf({ source, attachedBy }: PlacedStatement): Value {
  return attachedBy ?? source;
}

/** The id of a statement; null for none, as an empty one is. */
export function sidOf(statement: Value): string | null {
  const sid = statement.kind === 'object' ? statement.entries.get('sid') : undefined;
  return sid?.kind === 'string' && sid.value !== '' ? sid.value : null;
}
