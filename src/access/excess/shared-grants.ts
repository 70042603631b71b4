import type { AccessGrant, ResourceGrants } from '../../findings/access-grants.js';
import type { LastUse, SharedGrant } from '../../findings/excess.js';
import { plainText } from '../../iam/index.js';
import type { Resource } from '../../model/resource.js';
import type { EventCount, UsageLog } from '../../model/usage.js';
import { listResourceGrants } from '../grants.js';
import { answerQuestion } from '../question.js';
import { actionsLike, listActions } from '../rows/action-set.js';
import type { AccessSources } from '../stated-world.js';
import { accountTextOf, arnTextOf, namedResources, type World } from '../world.js';

/** What resources grant to everybody and to other accounts, with the newest event that shows somebody of them there. */
export function sharedGrants(sources: AccessSources, log: UsageLog): SharedGrant[] {
  const world: World = { ...sources, bindings: new Map() };
  const byAddress = new Map(namedResources(world).map((one) => [`${one.root}\0${one.address}`, one]));
  const outside = foreignEvents(log);
  return listResourceGrants(sources).flatMap((granted) => {
    const resource = byAddress.get(`${granted.root}\0${granted.resource}`);
    return resource === undefined ? [] : sharedBy({ world, sources, outside }, resource, granted);
  });
}

interface Sharing {
  readonly world: World;
  readonly sources: AccessSources;
  readonly outside: readonly ForeignEvent[];
}

function sharedBy({ world, sources, outside }: Sharing, resource: Resource, { grants }: ResourceGrants): SharedGrant[] {
  const arn = textOf(arnTextOf(world, resource));
  const account = textOf(accountTextOf(world, resource));
  return grants.flatMap((grant) =>
    grant.principals.flatMap((principal): SharedGrant[] => {
      const to = sharedWith(principal, account);
      if (to === undefined || grant.state === 'closed') return [];
      if (to === 'everybody' && isClosedToOutsiders(sources, arn, grant)) return [];
      const { policy, sid, location, actions, conditions, state } = grant;
      const lastUse =
        arn === undefined ? null : lastUseBy(outside, arn, to === 'everybody' ? undefined : accountIn(principal));
      const base = { root: resource.root, resource: resource.address, arn: arn ?? null };
      return [{ ...base, to, principal, actions, conditions, state, lastUse, grant: { policy, sid, location } }];
    }),
  );
}

/** SAFETY: a grant of more requests than these is not asked about. */
const maxRequests = 40;

const CALLER_ACCOUNT: readonly [string, readonly string[]] = ['kms:calleraccount', ['any']];

/** Whoever has no account of the input's: of another organization, of none, and without a signature. */
const OUTSIDERS: readonly { readonly principal: string; readonly context: ReadonlyMap<string, readonly string[]> }[] = [
  { principal: 'any-account', context: new Map([CALLER_ACCOUNT, ['aws:principalorgid', ['o-ofnobody']]]) },
  { principal: 'any-account', context: new Map([CALLER_ACCOUNT, ['aws:principalorgid', []]]) },
  { principal: 'anonymous', context: new Map() },
];

/** Whether an access block, a Deny, a control policy or a condition certainly denies outsiders all that a statement allows. */
function isClosedToOutsiders(
  sources: AccessSources,
  arn: string | undefined,
  { actions: written, notActions, resources, notResources }: AccessGrant,
): boolean {
  const actions = [
    ...new Set(written.flatMap((text) => (/[*?]/.test(text) ? listActions(actionsLike(text)) : [text]))),
  ];
  // In a resource's own policy all is the resource: of a key nothing else can be meant.
  const targets = resources.map((text) => (text === '*' && arn !== undefined ? arn : text.replaceAll(/[*?]/g, 'x')));
  const isPlain = [...actions, ...targets].every((text) => !/[*?$…]/.test(text));
  if (!isPlain || notActions.length + notResources.length > 0 || actions.length * targets.length > maxRequests)
    return false;
  if (actions.length * targets.length === 0) return false;
  return OUTSIDERS.every(({ principal, context }) =>
    actions.every((action) =>
      targets.every((resource) => {
        const question = { principal, action, resource, context, account: undefined };
        const answer = answerQuestion(question, sources);
        return 'outcome' in answer && (answer.outcome === 'explicit-deny' || answer.outcome === 'implicit-deny');
      }),
    ),
  );
}

/** Services and identity providers are neither; an account that is not known is none of another. */
function sharedWith(principal: string, account: string | undefined): SharedGrant['to'] | undefined {
  if (principal === '*') return 'everybody';
  const named = accountIn(principal);
  return named === undefined || named === account || account === undefined ? undefined : 'account';
}

function accountIn(principal: string): string | undefined {
  return /^\d{12}$/.test(principal) ? principal : /^arn:[^:]*:(?:iam|sts)::(\d{12}):/.exec(principal)?.[1];
}

interface ForeignEvent {
  readonly event: EventCount;
  /** Undefined: without a signature, or nobody known. */
  readonly account: string | undefined;
}

/** Calls of other accounts' principals, and of nobody's. */
function foreignEvents({ events }: UsageLog): ForeignEvent[] {
  return events.flatMap((event) => {
    const { kind, name } = event.principal;
    const account = kind === 'account' ? name : accountIn(name);
    const isForeign = kind === 'unknown' || (account !== undefined && account !== accountOf(event));
    return isForeign && event.outcome === 'succeeded' && event.resource !== undefined ? [{ event, account }] : [];
  });
}

/** Whose the resource is, by its ARN; else whose log it is. */
function accountOf({ resource, account }: EventCount): string {
  const [, , , , named = ''] = resource?.split(':') ?? [];
  return named === '' ? account : named;
}

function lastUseBy(outside: readonly ForeignEvent[], arn: string, account: string | undefined): LastUse | null {
  let newest: EventCount | undefined;
  for (const { event, account: by } of outside) {
    const { resource = '' } = event;
    const isThere = resource === arn || resource.startsWith(`${arn}/`);
    if (!isThere || (account !== undefined && by !== account)) continue;
    if (newest === undefined || event.last > newest.last) newest = event;
  }
  if (newest === undefined) return null;
  const action = `${newest.eventSource.replace(/\.amazonaws\.com$/, '')}:${newest.eventName}`;
  return { action, at: newest.last, eventIds: newest.eventIds };
}

function textOf(of: ReturnType<typeof arnTextOf>): string | undefined {
  return of === undefined ? undefined : plainText(of);
}
