import { iamActions } from '../../schemas/iam-actions.js';
import type { UnseenReason, Visibility } from '../usage/usage.js';
import type { Call } from './calls.js';
import type { NarrowedResources } from './narrow-resources.js';
import { type ActionPattern, catalogueName, ownPattern, type SourceStatement } from './source-statement.js';
import { type UnseenAction, usedResources } from './used-resources.js';

/** What becomes of a statement. */
export type NarrowedStatement =
  /** It stays as it is written. `reason`: why nobody could narrow it. */
  | {
      readonly kind: 'kept';
      readonly source: SourceStatement;
      readonly reason: string | undefined;
      readonly unseen: readonly UnseenActions[];
    }
  | { readonly kind: 'removed'; readonly source: SourceStatement; readonly actionCount: number }
  | {
      readonly kind: 'narrowed';
      readonly source: SourceStatement;
      readonly parts: readonly StatementPart[];
      readonly removed: readonly string[];
    };

/** A statement that stands in the place of another one, with its effect and conditions. */
export interface StatementPart {
  /** As they are written: names as the catalogue has them, in order; wildcards of the statement that is replaced. */
  readonly actions: readonly string[];
  /** All that the actions stand for today, in lower case. */
  readonly meant: ReadonlySet<string>;
  /** See `ownPattern`. */
  readonly resources: readonly string[];
  /** The actions that are kept for no event would show them; empty: they were used. */
  readonly unseen: readonly UnseenActions[];
  /** What the part's resources are kept for, by action. */
  readonly keptFor: ReadonlyMap<string, string>;
  /** `svc:Verb*`, made for want of room: they stand for actions that come later too. */
  readonly madeWildcards: readonly string[];
}

/** Actions of which logs do not say whether they were used, for one reason. */
export interface UnseenActions {
  readonly reason: UnseenReason;
  /** One sentence. */
  readonly detail: string;
  readonly actions: readonly string[];
}

export interface Evidence {
  /** The calls that the statement is to allow. */
  readonly calls: readonly Call[];
  /** Whether uses of an action would have been seen, of everybody who has the statement. */
  readonly visibilityOf: (action: string, resource?: string) => Visibility;
  /** Of everything that is within something all of it: for want of room. */
  readonly isWide: boolean;
  /** `iam:PassRole` is narrowed to the roles that were seen to be passed. */
  readonly narrowsPassRole: boolean;
}

/** Narrows one statement to the calls that it is to allow, and to what no event would show. */
export function narrowStatement(source: SourceStatement, evidence: Evidence): NarrowedStatement {
  if (source.keptFor !== undefined) return { kind: 'kept', source, reason: source.keptFor, unseen: [] };
  const { used, unseen, removed } = sortActions(source, evidence);
  if (used.size === 0 && unseen.size === 0) return { kind: 'removed', source, actionCount: removed.length };
  const own = source.resources.map(ownPattern);
  const isWhole = (action: string) =>
    isSameSet([...(used.get(action)?.patterns ?? []), ...(unseen.get(action)?.resources ?? [])], own);
  const isSmaller = removed.length > 0 || ![...used.keys(), ...unseen.keys()].every(isWhole);
  if (!isSmaller) return { kind: 'kept', source, reason: undefined, unseen: groupUnseen([...unseen]) };
  return {
    kind: 'narrowed',
    source,
    parts: [...groupByResources(source, used), ...unseenParts(source, unseen)],
    removed,
  };
}

interface SortedActions {
  readonly used: ReadonlyMap<string, NarrowedResources>;
  readonly unseen: ReadonlyMap<string, UnseenAction>;
  readonly removed: readonly string[];
}

/** The roles that were seen to be passed are taken for all. */
const SEEN: Evidence['visibilityOf'] = () => ({ kind: 'seen', from: '', to: '' });

/** Each action of a statement: used on resources, of which uses would not be seen, or to be removed. */
function sortActions(source: SourceStatement, evidence: Evidence): SortedActions {
  const calls = new Map<string, Call[]>();
  for (const call of evidence.calls) {
    const action = call.action.toLowerCase();
    const same = calls.get(action);
    if (same === undefined) calls.set(action, [call]);
    else same.push(call);
  }
  const used = new Map<string, NarrowedResources>();
  const unseen = new Map<string, UnseenAction>();
  const removed: string[] = [];
  const named = source.actions.flatMap((pattern) => [...pattern.actions]);
  // A wildcard allows calls of actions too that the catalogue does not know.
  for (const action of new Set([...named, ...calls.keys()])) {
    const own = calls.get(action) ?? [];
    const known = iamActions().actionNamed(action);
    const isNarrowed = evidence.narrowsPassRole && action === 'iam:passrole' && own.length > 0;
    const on = usedResources(source, known, own, isNarrowed ? { ...evidence, visibilityOf: SEEN } : evidence);
    if (on.open !== undefined) unseen.set(action, on.open);
    if (on.used !== undefined) used.set(action, on.used);
    else if (on.open === undefined) removed.push(action);
  }
  return { used, unseen, removed };
}

function groupUnseen(unseen: readonly (readonly [string, UnseenAction])[]): UnseenActions[] {
  const groups = new Map<string, { reason: UnseenReason; detail: string; actions: string[] }>();
  for (const [action, { visibility }] of unseen) {
    const { reason, detail } = visibility;
    const key = `${reason} ${detail}`;
    const group = groups.get(key) ?? { reason, detail, actions: [] };
    group.actions.push(catalogueName(action));
    groups.set(key, group);
  }
  return [...groups.values()].map((group) => ({ ...group, actions: group.actions.sort() }));
}

/** Actions with the same resources are one part; parts in the order of their actions. */
function groupByResources(source: SourceStatement, used: SortedActions['used']): StatementPart[] {
  const groups = new Map<
    string,
    { actions: Set<string>; resources: readonly string[]; keptFor: Map<string, string> }
  >();
  for (const [action, { patterns, keptFor }] of used) {
    const key = JSON.stringify(patterns);
    const group = groups.get(key) ?? { actions: new Set(), resources: patterns, keptFor: new Map() };
    group.actions.add(action);
    if (keptFor !== undefined) group.keptFor.set(catalogueName(action), keptFor);
    groups.set(key, group);
  }
  const parts = [...groups.values()].map(
    ({ actions, resources, keptFor }): StatementPart => ({
      actions: writtenActions(source.actions, actions),
      meant: actions,
      resources,
      unseen: [],
      keptFor,
      madeWildcards: [],
    }),
  );
  return sortParts(parts);
}

export function sortParts(parts: readonly StatementPart[]): StatementPart[] {
  const keyOf = ({ actions, resources }: StatementPart) => [...actions, ...resources].join(' ');
  return [...parts].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

function unseenParts(source: SourceStatement, unseen: SortedActions['unseen']): StatementPart[] {
  const groups = new Map<string, [string, UnseenAction][]>();
  for (const entry of unseen) {
    const key = JSON.stringify(entry[1].resources);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  const parts = [...groups.values()].map((entries): StatementPart => {
    const meant = new Set(entries.map(([action]) => action));
    return {
      actions: writtenActions(source.actions, meant),
      meant,
      resources: entries[0]?.[1].resources ?? [],
      unseen: groupUnseen(entries),
      keptFor: new Map(),
      madeWildcards: [],
    };
  });
  return sortParts(parts);
}

/**
 * Actions as a policy writes them: a wildcard that the statement had where all that it stands for today is among them, else
 * names, in order.
 */
export function writtenActions(own: readonly ActionPattern[], actions: ReadonlySet<string>): string[] {
  const written = new Set<string>();
  const covered = new Set<string>();
  for (const { text, actions: meant, isComplement } of own) {
    if (isComplement || meant.size === 0 || ![...meant].every((action) => actions.has(action))) continue;
    written.add(text);
    for (const action of meant) covered.add(action);
  }
  for (const action of actions) if (!covered.has(action)) written.add(catalogueName(action));
  return [...written].sort();
}

export function isSameSet(some: readonly string[], others: readonly string[]): boolean {
  return new Set(some).size === new Set(others).size && some.every((one) => others.includes(one));
}
