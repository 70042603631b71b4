import type { Value } from '../../model/value.js';
import { stringValue } from '../../model/values.js';
import type { CompareAnswer } from '../compare/answer.js';
import { documentOf } from '../documents.js';
import type { PolicyInForce } from '../request.js';
import { listOfTexts } from './build-document.js';
import {
  isSameSet,
  type NarrowedStatement,
  type StatementPart,
  sortParts,
  writtenActions,
} from './narrow-statement.js';
import { ownPattern, type SourceStatement } from './source-statement.js';

/** Whether the new policies allow a request that the old ones do not. */
export type Compare = (old: readonly PolicyInForce[], changed: readonly PolicyInForce[]) => CompareAnswer;

/** Statements are merged pair by pair: more than these are left as they are. */
const maxMerged = 40;

/**
 * Puts parts of a statement together where that allows nothing that they do not allow apart: a bucket and its objects may
 * share a statement, two buckets with different rights may not. What comes out as the statement was stays as it is written.
 */
export function mergeParts(
  narrowed: NarrowedStatement,
  compare: Compare,
  isAcrossServices: boolean,
): NarrowedStatement {
  if (narrowed.kind !== 'narrowed') return narrowed;
  const { source, removed } = narrowed;
  const used = narrowed.parts.filter(({ unseen }) => unseen.length === 0);
  const unseen = narrowed.parts.filter((part) => part.unseen.length > 0);
  const merged = used.length > maxMerged ? used : sortParts(mergeAll(used, { source, compare, isAcrossServices }));
  const [only, ...others] = merged;
  const own = source.resources.map(ownPattern);
  const areWhole = [...(only === undefined ? [] : [only]), ...unseen].every((part) => isSameSet(part.resources, own));
  if (removed.length === 0 && others.length === 0 && areWhole)
    return { kind: 'kept', source, reason: undefined, unseen: unseen.flatMap((part) => part.unseen) };
  return { ...narrowed, parts: [...merged, ...unseen] };
}

interface Merging {
  readonly source: SourceStatement;
  readonly compare: Compare;
  readonly isAcrossServices: boolean;
}

function mergeAll(parts: readonly StatementPart[], merging: Merging): StatementPart[] {
  const merged: StatementPart[] = [];
  for (const part of parts) {
    const at = merged.findIndex((other) => mayMerge(other, part, merging));
    const other = merged[at];
    if (other === undefined) merged.push(part);
    else merged[at] = join(other, part, merging.source);
  }
  // What was put together may go with what did not go with either.
  return merged.length < parts.length && merged.length > 1 ? mergeAll(merged, merging) : merged;
}

function join(one: StatementPart, other: StatementPart, source: SourceStatement): StatementPart {
  const meant = new Set([...one.meant, ...other.meant]);
  return {
    actions: writtenActions(source.actions, meant),
    meant,
    resources: [...new Set([...one.resources, ...other.resources])].sort(),
    unseen: [],
    keptFor: new Map([...one.keptFor, ...other.keptFor]),
    madeWildcards: [],
  };
}

function mayMerge(one: StatementPart, other: StatementPart, { source, compare, isAcrossServices }: Merging): boolean {
  if (isSameSet(one.resources, other.resources)) return true;
  if (source.resources.some(({ allBut }) => allBut !== undefined)) return false;
  if (!isAcrossServices && !isSameSet(servicesOf(one), servicesOf(other))) return false;
  const joined = join(one, other, source);
  const apart = [one, other].map((part) => policyOf(source, part));
  return compare(apart, [policyOf(source, joined)]).kind === 'no';
}

function servicesOf({ meant }: StatementPart): string[] {
  return [...new Set([...meant].map((action) => action.slice(0, action.indexOf(':'))))];
}

/** A part by itself: its conditions are those of the others, and left out. */
function policyOf({ resources }: SourceStatement, part: StatementPart): PolicyInForce {
  const own = new Map(resources.map((pattern, index): [string, Value] => [ownPattern(pattern, index), pattern.value]));
  return {
    document: documentOf([
      ['effect', stringValue('Allow')],
      ['actions', listOfTexts(part.actions)],
      ['resources', listOfTexts(part.resources, own)],
    ]),
  };
}
