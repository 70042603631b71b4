import type { Value } from '../../model/value.js';
import type { PolicyInForce } from '../request.js';
import { type NewStatement, toNewStatements, withStatements } from './build-document.js';
import { type DocumentJson, sizeOf, toDocumentJson } from './document-json.js';
import { inPieces, isAtLeast, QUOTAS, type RoomStep, withVerbs } from './fit-quota.js';
import { type Compare, mergeParts } from './merge-parts.js';
import type { NarrowedStatement } from './narrow-statement.js';
import type { SourceStatement } from './source-statement.js';

/** A policy that may be narrowed. */
export interface SizablePolicy {
  readonly policy: PolicyInForce;
  readonly statements: readonly SourceStatement[];
  readonly isManaged: boolean;
}

/** What a policy becomes. */
export interface PolicyDraft {
  readonly policy: PolicyInForce;
  readonly step: RoomStep;
  /** What becomes of each statement, in their order. */
  readonly narrowed: readonly NarrowedStatement[];
  /** None where nothing of it is left; several where it is split. */
  readonly documents: readonly DraftDocument[];
}

export interface DraftDocument {
  readonly statements: readonly NewStatement[];
  readonly value: Value;
  readonly json: DocumentJson;
  readonly size: number;
}

export interface Drafting {
  /** What becomes of a statement; `isWide`: see `Evidence`. */
  readonly narrow: (statement: SourceStatement, isWide: boolean) => NarrowedStatement;
  /** Statements that a proof has failed for: they stay as they are, with the reason. */
  readonly reverted: ReadonlyMap<Value, string>;
  readonly compare: Compare;
}

/** The policy narrowed, with as much done for want of room as the step says. */
export function draftPolicy(
  { policy, statements, isManaged }: SizablePolicy,
  step: RoomStep,
  drafting: Drafting,
): PolicyDraft {
  const narrowed = statements.map((statement): NarrowedStatement => {
    const reason = drafting.reverted.get(statement.value);
    if (reason !== undefined) return { kind: 'kept', source: statement, reason, unseen: [] };
    const own = drafting.narrow(statement, isAtLeast(step, 'containers'));
    const merged = mergeParts(own, drafting.compare, isAtLeast(step, 'merge'));
    const short = isAtLeast(step, 'verbs') ? withVerbs(merged) : merged;
    return step === 'split' && isManaged ? inPieces(short) : short;
  });
  const all = toNewStatements(narrowed);
  const lists = step === 'split' && isManaged ? split(policy.document, all) : [all];
  const documents = lists.filter((list) => list.length > 0).map((list) => toDraftDocument(policy.document, list));
  return { policy, step, narrowed, documents };
}

function toDraftDocument(document: Value, statements: readonly NewStatement[]): DraftDocument {
  const json = toDocumentJson(document, statements);
  const value = withStatements(
    document,
    statements.map((statement) => statement.value),
  );
  return { statements, value, json, size: sizeOf(json) };
}

/** How large the actions of policies are by themselves: no less is needed for them, whatever is done to their resources. */
export function sizeOfActions(drafts: readonly PolicyDraft[]): number {
  const parts = drafts.flatMap(({ documents }) => documents.flatMap(({ statements }) => statements));
  return parts.reduce((sum, { part }) => sum + (part?.actions ?? []).reduce((all, { length }) => all + length, 0), 0);
}

/** The statements in documents of the size that a managed policy may have, in their order, each as full as it may be. */
function split(document: Value, statements: readonly NewStatement[]): NewStatement[][] {
  const lists: NewStatement[][] = [];
  let left = 0;
  for (const statement of statements) {
    const { size } = toDraftDocument(document, [statement]);
    if (lists.length === 0 || size > left) {
      lists.push([]);
      left = QUOTAS.managed;
    }
    lists.at(-1)?.push(statement);
    left -= size;
  }
  return lists;
}

/** Whether a policy is narrower than it was. */
export function isChanged({ narrowed }: PolicyDraft): boolean {
  return narrowed.some(({ kind }) => kind !== 'kept');
}

/** The policy as it is. */
export function asWritten({ policy, statements }: SizablePolicy, reason: string): PolicyDraft {
  const narrowed = statements.map((source) => ({ kind: 'kept', source, reason, unseen: [] }) as const);
  const written = statements.map((source) => ({ source, part: undefined, sid: source.sid, value: source.value }));
  return { policy, step: 'none', narrowed, documents: [toDraftDocument(policy.document, written)] };
}
