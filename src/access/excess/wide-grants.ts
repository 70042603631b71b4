import type { ExcessWindow, UnknownActions, WideGrant } from '../../findings/excess.js';
import type { IamAction } from '../../schemas/iam-action-table.js';
import { iamActions } from '../../schemas/iam-actions.js';
import { locationOf, sidOf } from '../places.js';
import { type Call, toCalls } from '../right-size/calls.js';
import type { StatedResources } from '../right-size/narrow-resources.js';
import { ownPattern, resourcePatterns } from '../right-size/source-statement.js';
import { withUnshownCalls } from '../right-size/unshown-calls.js';
import { usedResources } from '../right-size/used-resources.js';
import { hasAction } from '../rows/action-set.js';
import type { GrantRow } from '../rows/open-grants.js';
import type { Use, Visibility } from '../usage/usage.js';

/** What a principal used of a service. */
export interface UsedService {
  readonly service: string;
  readonly rows: readonly GrantRow[];
  /** Actions that were used → their uses, without those that are none. */
  readonly used: ReadonlyMap<string, readonly Use[]>;
  readonly visibilityOf: (action: string, resource?: string) => Visibility;
}

export interface WideGrants {
  readonly wide: readonly WideGrant[];
  /** Used actions of which it is not known whether on all resources that they are granted on. */
  readonly open: readonly UnknownActions[];
}

/**
 * Statements that grant used actions on more resources than they were used on, by the resources to which right-sizing would narrow
 * them. That a region or account is left open is not told.
 */
export function wideGrants({ service, rows, used, visibilityOf }: UsedService): WideGrants {
  const wide = new Map<string, WideDraft>();
  const open = new Map<string, UnknownDraft>();
  if (used.size === 0) return { wide: [], open: [] };
  for (const row of rows) {
    if (row.state === 'closed' || !row.actions.has(service)) continue;
    const source = listedResources(row);
    if (source === undefined) continue;
    for (const [name, uses] of used) {
      const action = iamActions().actionNamed(name);
      if (action === undefined || action.resourceTypes.length === 0 || hasAction(row.actions, name) !== true) continue;
      const found = resourcesInUse(source, action, callsOf(uses), visibilityOf);
      if (found.open !== undefined) addOpen(open, name, found.open);
      if (found.wide !== undefined) addWide(wide, name, row, found.wide);
    }
  }
  return { wide: [...wide.values()], open: [...open.values()] };
}

type WideDraft = Omit<WideGrant, 'actions'> & { readonly actions: string[] };
type UnknownDraft = Omit<UnknownActions, 'actions'> & { readonly actions: string[] };

/** The resources of a row, where all of them are known texts. */
function listedResources({ statement }: GrantRow): StatedResources | undefined {
  const { resources, notResources } = statement;
  if (notResources !== undefined || resources === undefined || resources.rest !== undefined) return undefined;
  const patterns = resourcePatterns(statement);
  return patterns.some(({ text }) => text === undefined) ? undefined : { resources: patterns };
}

const callsByUses = new WeakMap<readonly Use[], readonly Call[]>();

function callsOf(uses: readonly Use[]): readonly Call[] {
  const calls = callsByUses.get(uses) ?? withUnshownCalls(toCalls(uses));
  callsByUses.set(uses, calls);
  return calls;
}

interface Found {
  readonly open: Omit<UnknownActions, 'actions'> | undefined;
  readonly wide: Pick<WideGrant, 'resources' | 'usedOn' | 'window'> | undefined;
}

function resourcesInUse(
  source: StatedResources,
  action: IamAction,
  calls: readonly Call[],
  visibilityOf: UsedService['visibilityOf'],
): Found {
  const found = usedResources(source, action, calls, { visibilityOf, isWide: false });
  const own = source.resources.map(ownPattern);
  const seen = own.filter((pattern) => found.open?.resources.includes(pattern) !== true);
  const unseen =
    found.open === undefined ? undefined : { ...detailOf(found.open.visibility), resources: found.open.resources };
  const keptFor = found.used?.keptFor;
  if (keptFor !== undefined)
    return { open: { reason: 'unsure', detail: `${keptFor[0]?.toUpperCase()}${keptFor.slice(1)}.` }, wide: undefined };
  const patterns = found.used?.patterns ?? [];
  const idle = seen.filter((pattern) => !patterns.some((used) => isUsedUp(pattern, used)));
  const window = idle.length === 0 ? undefined : windowOf(visibilityOf, action.name, idle);
  if (window === undefined) return { open: unseen, wide: undefined };
  const certain = calls.some(({ isPerhaps }) => isPerhaps)
    ? usedResources(
        source,
        action,
        calls.filter(({ isPerhaps }) => isPerhaps !== true),
        { visibilityOf, isWide: false },
      )
    : found;
  return { open: unseen, wide: { resources: idle, usedOn: certain.used?.patterns ?? [], window } };
}

function detailOf({ reason, detail }: Extract<Visibility, { readonly kind: 'unseen' }>) {
  return { reason, detail };
}

/** What was seen of all resources that were not, or not wholly, in use. */
function windowOf(
  visibilityOf: UsedService['visibilityOf'],
  action: string,
  patterns: readonly string[],
): ExcessWindow | undefined {
  const each = patterns.map((pattern) => visibilityOf(action, pattern === '*' ? undefined : pattern));
  const whole = visibilityOf(action);
  const windows = whole.kind === 'seen' ? [whole] : each.flatMap((one) => (one.kind === 'seen' ? [one] : []));
  const [from, to] = [
    windows
      .map((one) => one.from)
      .sort()
      .at(-1),
    windows.map((one) => one.to).sort()[0],
  ];
  return from === undefined || to === undefined || from >= to ? undefined : { from, to, by: 'logs' };
}

/** Whether a pattern is the used one, but for partition, region and account. */
function isUsedUp(own: string, used: string): boolean {
  if (own === used) return true;
  const [parts, others] = [own.split(':'), used.split(':')];
  if (parts.length < 6 || others.length < 6) return false;
  const isPlace = (index: number) => /^\*?$/.test(parts[index] ?? '') || parts[index] === others[index];
  return [1, 3, 4].every(isPlace) && parts[2] === others[2] && parts.slice(5).join(':') === others.slice(5).join(':');
}

function addOpen(drafts: Map<string, UnknownDraft>, action: string, open: Omit<UnknownActions, 'actions'>): void {
  const key = JSON.stringify([open.reason, open.detail, open.resources]);
  const draft = drafts.get(key) ?? { ...open, actions: [] };
  drafts.set(key, draft);
  if (!draft.actions.includes(action)) draft.actions.push(action);
}

function addWide(
  drafts: Map<string, WideDraft>,
  action: string,
  { policy, statement, limits }: GrantRow,
  wide: Pick<WideGrant, 'resources' | 'usedOn' | 'window'>,
): void {
  const grant = {
    policy: policy.name ?? '',
    sid: sidOf(statement.source),
    location: locationOf(policy.attachedBy ?? statement.source),
  };
  const { location } = grant;
  const place = location === null ? '' : `${location.file.path} ${location.start}`;
  const key = JSON.stringify([grant.policy, grant.sid, place, wide.resources, wide.usedOn, wide.window]);
  const draft = drafts.get(key) ?? { ...wide, actions: [], isLimited: limits.length > 0, grant };
  drafts.set(key, draft);
  if (!draft.actions.includes(action)) draft.actions.push(action);
}
