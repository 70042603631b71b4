import { type Answer, fits, textOf, toDocument, unknownKey } from '../../iam/index.js';
import type { Value } from '../../model/value.js';
import { objectValue, stringValue } from '../../model/values.js';
import type { CompareAnswer, Witness } from '../compare/answer.js';
import type { PolicyInForce } from '../request.js';
import { withStatements } from './build-document.js';
import type { Call } from './calls.js';
import {
  asWritten,
  type Drafting,
  draftPolicy,
  isChanged,
  type PolicyDraft,
  type SizablePolicy,
  sizeOfActions,
} from './draft-policy.js';
import { ROOM_STEPS } from './fit-quota.js';
import type { Compare } from './merge-parts.js';
import { type NarrowedStatement, narrowStatement } from './narrow-statement.js';
import { type Replay, replay } from './prove.js';
import { attribute, type Subject } from './subject.js';

/** Policies that count together against a quota. */
export interface QuotaGroup {
  readonly policies: readonly SizablePolicy[];
  readonly limit: number;
  /** How many policies may take the place of one. */
  readonly most: number;
}

export interface Sizing {
  readonly subject: Subject;
  /** Those of its policies that may be narrowed. */
  readonly groups: readonly QuotaGroup[];
  /** Who else has a policy, by its document: what they did counts too. */
  readonly sharers: ReadonlyMap<Value, readonly Subject[]>;
  readonly compare: Compare;
  readonly narrowsPassRole: boolean;
}

/** Narrowed policies that are proven, or none with the reason. */
export interface SizedPolicies {
  readonly drafts: readonly PolicyDraft[];
  readonly replay: Replay;
  readonly newAccess: CompareAnswer;
  /** Why nothing is offered, in one sentence. */
  readonly refusal: string | undefined;
}

/**
 * Narrows a principal's policies to what it did, and proves it: every call is allowed as before, and nothing is allowed that was
 * not. A statement for which a proof fails stays as it is, and the proof is tried again.
 */
export function sizePolicies(sizing: Sizing): SizedPolicies {
  const { subject, compare } = sizing;
  const callsOf = attributeCalls(sizing);
  const reverted = new Map<Value, string>();
  const drafting: Drafting = { compare, reverted, narrow: narrowing(sizing, callsOf) };
  for (;;) {
    const drafts = sizing.groups.flatMap((group) => draftGroup(group, drafting));
    const changed = replaceIn(subject.policies, drafts);
    const replayed = replayAll(sizing, drafts);
    const newAccess = compareAll(sizing, drafts, changed);
    if (replayed.lost.length === 0 && newAccess.kind === 'no')
      return { drafts, replay: replayed, newAccess, refusal: undefined };
    const faults = [
      ...faultsOfLost(sizing, replayed.lost, drafts),
      ...(newAccess.kind === 'no' ? [] : faultsOfNew(newAccess, drafts, compare)),
    ].filter(([value]) => !reverted.has(value));
    for (const [value, reason] of faults) reverted.set(value, reason);
    if (faults.length === 0) {
      const refusal = 'the new policies could not be proven, and no statement of them is at fault by itself';
      return { drafts: [], replay: replayed, newAccess, refusal };
    }
  }
}

/** What becomes of statements, each worked out once: an administrator's is of all actions that there are. */
function narrowing(sizing: Sizing, callsOf: ReadonlyMap<Value, readonly Call[]>): Drafting['narrow'] {
  const { narrowsPassRole } = sizing;
  const narrowed = { wide: new Map<Value, NarrowedStatement>(), asSeen: new Map<Value, NarrowedStatement>() };
  return (statement, isWide) => {
    const { value } = statement;
    const calls = callsOf.get(value) ?? [];
    const known = isWide && calls.length > 0 ? narrowed.wide : narrowed.asSeen;
    let found = known.get(value);
    if (found === undefined) {
      found = narrowStatement(statement, {
        calls,
        visibilityOf: visibilityFor(sizing, value),
        narrowsPassRole,
        isWide,
      });
      known.set(value, found);
    }
    return found;
  };
}

/** Each statement that a call of somebody needs, with the calls. */
function attributeCalls({ subject, sharers }: Sizing): Map<Value, Call[]> {
  const found = new Map<Value, Call[]>();
  for (const one of new Set([subject, ...[...sharers.values()].flat()])) {
    for (const call of one.calls)
      for (const statement of attribute(one, call)) {
        const calls = found.get(statement);
        if (calls === undefined) found.set(statement, [call]);
        else calls.push(call);
      }
  }
  return found;
}

/** Of a statement that several have: seen only if it would have been seen of all. */
function visibilityFor({ subject, sharers }: Sizing, statement: Value): Subject['visibilityOf'] {
  const [, others = []] =
    [...sharers].find(([document]) => toDocument(document).statements.some(({ source }) => source === statement)) ?? [];
  return (action, resource) => {
    const own = subject.visibilityOf(action, resource);
    if (own.kind === 'unseen') return own;
    // Of an administrator's policy all actions are asked for: nobody more than is needed.
    for (const { visibilityOf } of others) {
      const visibility = visibilityOf(action, resource);
      if (visibility.kind === 'unseen') return visibility;
    }
    return own;
  };
}

/** The first step at which the policies are within their quota, or no larger than they were; else the largest stays as it was. */
function draftGroup({ policies, limit, most }: QuotaGroup, drafting: Drafting): PolicyDraft[] {
  const originalSize = totalOf(policies.map((policy) => asWritten(policy, '')));
  let smallest: PolicyDraft[] = [];
  for (const step of ROOM_STEPS) {
    const drafts = policies.map((policy) => draftPolicy(policy, step, drafting));
    const isSplit = step === 'split';
    const largest = isSplit
      ? Math.max(0, ...drafts.flatMap(({ documents }) => documents.map(({ size }) => size)))
      : totalOf(drafts);
    const areFew = drafts.every(({ documents }) => documents.length <= most);
    if ((largest <= limit && areFew) || (!isSplit && largest <= originalSize)) return drafts;
    if (!isSplit) smallest = drafts;
    if (step === 'verbs' && sizeOfActions(drafts) > most * limit) break;
  }
  return withoutLargest({ policies, limit, most }, drafting, smallest);
}

/** The policy that is largest when it is narrowed as it is written, and what becomes of the others without it. */
function withoutLargest({ policies, ...group }: QuotaGroup, drafting: Drafting, drafts: PolicyDraft[]): PolicyDraft[] {
  const sizes = drafts.map((draft) => totalOf([draft]));
  const at = sizes.indexOf(Math.max(...sizes));
  const [largest, draft] = [policies[at], drafts[at]];
  if (largest === undefined || draft === undefined) return [];
  const kept = asWritten(largest, tooLarge(draft, group));
  const others = policies.filter((policy) => policy !== largest);
  if (others.length === 0) return [kept];
  const limit = Math.max(0, group.limit - totalOf([kept]));
  const made = draftGroup({ ...group, policies: others, limit }, drafting);
  return policies.map((policy) => made.find((one) => one.policy === policy.policy) ?? kept);
}

/** Why a policy stays, and what would make it smaller. */
function tooLarge(draft: PolicyDraft, { limit, most }: Omit<QuotaGroup, 'policies'>): string {
  const { narrowed } = draft;
  const unseen = narrowed.flatMap((one) => (one.kind === 'narrowed' ? one.parts.flatMap((part) => part.unseen) : []));
  const actions = unseen.reduce((sum, one) => sum + one.actions.length, 0);
  const room = most > 1 ? `${most} policies of ${limit}` : `${limit}`;
  const size = `the narrowed policy would have ${totalOf([draft])} characters, and there is room for ${room}`;
  if (actions === 0) return `${size}: some of its statements are to be left to other roles`;
  return `${size}: ${actions} of its actions stay for no log shows whether they are used; what IAM says of services that were never tried ("trueline snapshot aws --deep") leaves less of them`;
}

function totalOf(drafts: readonly PolicyDraft[]): number {
  return drafts.flatMap(({ documents }) => documents).reduce((sum, { size }) => sum + size, 0);
}

/** The policies with those that changed replaced. */
function replaceIn(policies: readonly PolicyInForce[], drafts: readonly PolicyDraft[]): PolicyInForce[] {
  const changed = new Map(drafts.filter(isChanged).map((draft) => [draft.policy.document, draft]));
  return policies.flatMap((policy) => {
    const draft = changed.get(policy.document);
    return draft === undefined ? [policy] : draft.documents.map(({ value }) => ({ ...policy, document: value }));
  });
}

function replayAll({ subject, sharers }: Sizing, drafts: readonly PolicyDraft[]): Replay {
  const own = replay(subject, replaceIn(subject.policies, drafts));
  const shared = drafts.filter((draft) => isChanged(draft) && sharers.has(draft.policy.document));
  const others = new Set(shared.flatMap(({ policy }) => sharers.get(policy.document) ?? []));
  const lost = [...others].flatMap((other) => replay(other, replaceIn(other.policies, shared)).lost);
  return { ...own, lost: [...own.lost, ...lost] };
}

/** All policies together; and each that others have too by itself, for they have other policies beside. */
function compareAll(
  { subject, sharers, compare }: Sizing,
  drafts: readonly PolicyDraft[],
  changed: readonly PolicyInForce[],
): CompareAnswer {
  const all = compare(subject.policies, changed);
  if (all.kind !== 'no') return all;
  for (const draft of drafts) {
    if (!isChanged(draft) || !sharers.has(draft.policy.document)) continue;
    const one = compare([draft.policy], replaceIn([draft.policy], [draft]));
    if (one.kind !== 'no') return one;
  }
  return all;
}

type Fault = readonly [Value, string];

function faultsOfLost({ subject, sharers }: Sizing, lost: readonly Call[], drafts: readonly PolicyDraft[]): Fault[] {
  const changed = new Set(changedStatements(drafts).map(({ source }) => source.value));
  const subjects = [subject, ...[...sharers.values()].flat()];
  return lost.flatMap((call) =>
    subjects.flatMap((one) =>
      attribute(one, call)
        .filter((statement) => changed.has(statement))
        .map((statement): Fault => [statement, `narrowed, it would not allow ${call.action} as it was called`]),
    ),
  );
}

function changedStatements(drafts: readonly PolicyDraft[]) {
  return drafts.flatMap(({ narrowed }) => narrowed.filter(({ kind }) => kind === 'narrowed'));
}

/** The statements that a witness fits, or else those that are not proven by themselves. */
function faultsOfNew(
  answer: Exclude<CompareAnswer, { readonly kind: 'no' }>,
  drafts: readonly PolicyDraft[],
  compare: Compare,
): Fault[] {
  const reason =
    answer.kind === 'yes'
      ? `narrowed, it would allow ${answer.witness.action} anew`
      : 'that it would allow nothing new could not be proven';
  const made = drafts.flatMap(({ documents }) =>
    documents.flatMap(({ statements }) => statements.filter(({ part }) => part !== undefined)),
  );
  const witnessed = answer.kind === 'yes' ? made.filter(({ value }) => mayFit(value, answer.witness)) : [];
  if (witnessed.length > 0) return witnessed.map(({ source }): Fault => [source.value, reason]);
  return changedStatements(drafts).flatMap(({ source }): Fault[] => {
    const values = made.filter((one) => one.source === source).map(({ value }) => value);
    const single = compare([policyOf([source.value])], [policyOf(values)]);
    return single.kind === 'no' ? [] : [[source.value, reason]];
  });
}

function policyOf(statements: readonly Value[]): PolicyInForce {
  const version = new Map<string, Value>([['version', stringValue('2012-10-17')]]);
  return { document: withStatements(objectValue({ kind: 'object', attributes: new Map() }, version), statements) };
}

/** Whether action and resource of a statement may be those of a witness. */
function mayFit(statement: Value, { action, resource }: Witness): boolean {
  const [parsed] = toDocument(policyOf([statement]).document).statements;
  if (parsed === undefined) return false;
  const answer: Answer = fits(parsed, {
    caller: { kind: 'anonymous' },
    hasBoundary: false,
    action: textOf(action.toLowerCase()),
    resource: textOf(resource),
    context: unknownKey,
  });
  return answer !== false;
}
