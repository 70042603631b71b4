import type {
  ExcessGrant,
  ExcessWindow,
  LastUse,
  PrincipalExcess,
  ServiceExcess,
  UnknownActions,
  UnusedActions,
} from '../../findings/excess.js';
import { plainText } from '../../iam/index.js';
import type { Resource } from '../../model/resource.js';
import { iamActions } from '../../schemas/iam-actions.js';
import { locationOf, sidOf } from '../places.js';
import { type ActionSet, hasAction, listActions, unionOf } from '../rows/action-set.js';
import { type GrantRow, type Grants, resourcesOfRow } from '../rows/open-grants.js';
import type { Usage, Use, Visibility } from '../usage/usage.js';
import { arnTextOf } from '../world.js';
import { RISKS, riskOf } from './risk.js';
import { daysBefore } from './unused-identities.js';
import { type VisibleResources, visibilityByResource } from './visible-resources.js';
import { wideGrants } from './wide-grants.js';

interface ExcessInput {
  readonly grants: Grants;
  readonly usage: Usage;
  readonly uses: ReadonlyMap<string, ReadonlyMap<string, readonly Use[]>>;
  /** See `excessOf`. */
  readonly unusedDays: number | undefined;
}

/** Principal → action → its uses, and what was denied. */
export function usesByPrincipal(uses: readonly Use[]): Map<string, Map<string, Use[]>> {
  const byPrincipal = new Map<string, Map<string, Use[]>>();
  for (const use of uses) {
    const byAction = byPrincipal.get(use.principal) ?? new Map<string, Use[]>();
    byPrincipal.set(use.principal, byAction);
    const known = byAction.get(use.action);
    if (known === undefined) byAction.set(use.action, [use]);
    else known.push(use);
  }
  return byPrincipal;
}

/**
 * What a user or role is granted and does not use; undefined where its ARN is not known. Roles of services
 * (`/aws-service-role/`) are not the account's to change.
 */
export function principalExcess(input: ExcessInput, resource: Resource): PrincipalExcess | undefined {
  const arn = arnOf(input.grants, resource);
  if (arn === undefined || arn.includes(':role/aws-service-role/')) return undefined;
  const rows = input.grants.rowsOf(resource);
  const granted = unionOf(rows.map(({ actions }) => actions));
  const visibilityOf = visibilityByResource(input.usage, arn, rows);
  const services = [...granted.keys()]
    .sort()
    .map((service) => serviceExcess(input, { rows, arn, granted, service, visibilityOf }));
  const sum = (of: (one: ServiceExcess) => number) => services.reduce((total, one) => total + of(one), 0);
  return {
    root: resource.root,
    principal: resource.address,
    arn,
    granted: sum((one) => one.granted),
    used: sum(({ used }) => used.length),
    unused: sum(({ unused }) => actionsOf(unused).size),
    unknown: sum(unknownCount),
    lastUse: newest(services.map(({ lastUse }) => lastUse)),
    services,
    unknownPolicies: input.grants.unknownOf(resource),
  };
}

/** The ARN of a user or role, where it is known. */
export function arnOf({ world }: Grants, resource: Resource): string | undefined {
  const text = arnTextOf(world, resource);
  return text === undefined ? undefined : plainText(text);
}

function actionsOf(groups: readonly { readonly actions: readonly string[] }[]): Set<string> {
  return new Set(groups.flatMap(({ actions }) => actions));
}

function unknownCount({ unused, unknown }: ServiceExcess): number {
  const known = actionsOf(unused);
  return [...actionsOf(unknown)].filter((action) => !known.has(action)).length;
}

interface Asked {
  readonly rows: readonly GrantRow[];
  readonly arn: string;
  readonly granted: ActionSet;
  readonly service: string;
  readonly visibilityOf: (action: string) => readonly VisibleResources[];
}

function serviceExcess(
  { uses, usage, unusedDays }: ExcessInput,
  { rows, arn, granted, service, visibilityOf }: Asked,
): ServiceExcess {
  const words = granted.get(service);
  const actions = words === undefined ? [] : listActions(new Map([[service, words]]));
  const own = uses.get(arn);
  const used: string[] = [];
  const unused = new Map<string, UnusedDraft>();
  const unknown = new Map<string, UnknownDraft>();
  for (const action of actions) {
    const ofAction = own?.get(action) ?? NO_USES;
    const isRecent = recentUse(unusedDays, () => usage.visibility({ principal: arn, action }));
    if (ofAction.some((use) => isUse(use) && isRecent(use))) used.push(action);
    else if (ofAction.some(({ state }) => state === 'unsure')) addUnknown(unknown, { ...UNSURE, action });
    else
      for (const { visibility: whole, resources } of visibilityOf(action)) {
        const visibility = withinDays(whole, unusedDays);
        if (visibility.kind === 'unseen') addUnknown(unknown, { ...visibility, action, resources });
        else {
          const window: ExcessWindow = { from: visibility.from, to: visibility.to, by: visibility.by ?? 'logs' };
          addUnused(unused, { action, window, isDenied: ofAction.some(({ state }) => state === 'denied'), resources });
        }
      }
  }
  const inUse = wideGrants({
    service,
    rows,
    used: new Map(used.map((action) => [action, recentUses(own?.get(action) ?? NO_USES, unusedDays, usage, arn)])),
    visibilityOf: (action, resource) => withinDays(usage.visibility({ principal: arn, action, resource }), unusedDays),
  });
  const listed = [...unused.values()].sort((one, other) => byRisk(one, other));
  return {
    service,
    granted: actions.length,
    used,
    unused: listed,
    unknown: [...unknown.values()].sort((one, other) => compareTexts(one.detail, other.detail)),
    wide: inUse.wide,
    openResources: inUse.open,
    lastUse: newest(used.flatMap((action) => (own?.get(action) ?? []).map(toLastUse))),
    grants: listed.length === 0 ? [] : grantsOf(rows, service, listed),
  };
}

const NO_USES: readonly Use[] = [];

/** Whether a use is one of the days that were asked for, as far as all of those were seen. */
function recentUse(days: number | undefined, visibilityOf: () => Visibility): (use: Use) => boolean {
  if (days === undefined) return () => true;
  return ({ last }) => {
    const visibility = visibilityOf();
    return visibility.kind === 'unseen' || last >= daysBefore(visibility.to, days);
  };
}

/** The uses that count; what was perhaps done is among them. */
function recentUses(uses: readonly Use[], days: number | undefined, usage: Usage, arn: string): readonly Use[] {
  const [first] = uses;
  if (first === undefined) return uses;
  const isRecent = recentUse(days, () => usage.visibility({ principal: arn, action: first.action }));
  return uses.filter((use) => use.state !== 'denied' && isRecent(use));
}

/** The last days of what was seen; of fewer than were asked for it is not known. */
function withinDays(visibility: Visibility, days: number | undefined): Visibility {
  if (days === undefined || visibility.kind === 'unseen') return visibility;
  const { from, to } = visibility;
  const since = daysBefore(to, days).replace('.000Z', 'Z');
  if (from <= since) return { ...visibility, from: since };
  const detail = `Uses were seen from ${from.slice(0, 10)} to ${to.slice(0, 10)}, which is less than ${days} days.`;
  return { kind: 'unseen', reason: 'outside-window', detail };
}

const UNSURE = { reason: 'unsure', detail: 'A call failed for another reason, or may have needed it.' } as const;

function isUse({ state }: Use): boolean {
  return state === 'used' || state === 'inferred';
}

type UnusedDraft = Omit<UnusedActions, 'actions' | 'denied'> & {
  readonly actions: string[];
  readonly denied: string[];
};
type UnknownDraft = Omit<UnknownActions, 'actions'> & { readonly actions: string[] };

interface UnusedAction {
  readonly action: string;
  readonly window: ExcessWindow;
  readonly isDenied: boolean;
  readonly resources: readonly string[] | undefined;
}

function addUnused(drafts: Map<string, UnusedDraft>, { action, window, isDenied, resources }: UnusedAction): void {
  const { risk, level } = kindOf(action);
  const key = `${risk} ${level} ${window.from} ${window.to} ${window.by}${resources === undefined ? '' : ` ${resources.join(' ')}`}`;
  let draft = drafts.get(key);
  if (draft === undefined) {
    draft = { risk, level, actions: [], denied: [], window, resources };
    drafts.set(key, draft);
  }
  draft.actions.push(action);
  if (isDenied) draft.denied.push(action);
}

type ActionKind = Pick<UnusedActions, 'risk' | 'level'>;

const kinds = new Map<string, ActionKind>();

function kindOf(action: string): ActionKind {
  let kind = kinds.get(action);
  if (kind === undefined) {
    const level = iamActions().actionNamed(action)?.level ?? 'Write';
    kind = { risk: riskOf(action, level), level };
    kinds.set(action, kind);
  }
  return kind;
}

function addUnknown(
  drafts: Map<string, UnknownDraft>,
  { reason, detail, action, resources }: Omit<UnknownActions, 'actions'> & { readonly action: string },
): void {
  const key = `${reason} ${detail}${resources === undefined ? '' : ` ${resources.join(' ')}`}`;
  const draft = drafts.get(key);
  if (draft === undefined) drafts.set(key, { reason, detail, actions: [action], resources });
  else draft.actions.push(action);
}

function byRisk(one: UnusedDraft, other: UnusedDraft): number {
  const risk = RISKS.indexOf(one.risk) - RISKS.indexOf(other.risk);
  return risk !== 0 ? risk : compareTexts(`${one.level} ${one.window.from}`, `${other.level} ${other.window.from}`);
}

function compareTexts(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function grantsOf(rows: readonly GrantRow[], service: string, unused: readonly UnusedDraft[]): ExcessGrant[] {
  return rows.flatMap((row) => {
    const { policy, statement } = row;
    if (!row.actions.has(service)) return [];
    return unused.some((draft) => grantsSome(row, draft))
      ? {
          policy: policy.name ?? '',
          sid: sidOf(statement.source),
          location: locationOf(policy.attachedBy ?? statement.source),
        }
      : [];
  });
}

function grantsSome(row: GrantRow, { actions, resources }: UnusedDraft): boolean {
  if (!actions.some((action) => hasAction(row.actions, action) === true)) return false;
  return resources === undefined || resourcesOfRow(row)?.some((resource) => resources.includes(resource)) !== false;
}

function toLastUse(use: Use): LastUse | null {
  return isUse(use) ? { action: use.action, at: use.last, eventIds: use.eventIds } : null;
}

function newest(uses: readonly (LastUse | null)[]): LastUse | null {
  return uses.reduce<LastUse | null>(
    (best, one) => (one !== null && (best === null || one.at > best.at) ? one : best),
    null,
  );
}
