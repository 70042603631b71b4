import type { UnusedIdentity } from '../../findings/excess.js';
import { elementsOf, plainText } from '../../iam/index.js';
import { openTypeOf, type Resource } from '../../model/resource.js';
import type { EventCount, UsageLog } from '../../model/usage.js';
import type { Value } from '../../model/value.js';
import type { Grants } from '../rows/open-grants.js';
import { collectionTimes } from '../usage/read-usage-facts.js';
import { accountTextOf, arnTextOf, attributeOf, namedResources, resourceBehind, type World } from '../world.js';

/** What has not been used for as long is unused: as long as the event history. */
const DEFAULT_DAYS = 90;

/** Roles, users, keys, passwords and groups that nobody uses: by what snapshots say of their last use, and by events. */
export function unusedIdentities(
  { world, principals }: Grants,
  log: UsageLog,
  days: number = DEFAULT_DAYS,
): UnusedIdentity[] {
  const seen = lastEvents(log);
  const times = collectionTimes(world, principals);
  // Of what is only written nothing tells when it was used.
  const found = principals
    .filter((resource) => isLive(world, resource))
    .flatMap((resource): UnusedIdentity[] => {
      const arn = textOf(arnTextOf(world, resource));
      if (arn?.includes(':role/aws-service-role/') === true) return [];
      const now = times.get(textOf(accountTextOf(world, resource)) ?? '');
      const asked = { world, resource, arn, now, days, event: arn === undefined ? undefined : seen.get(arn) };
      return resource.type === 'aws_iam_role' ? unusedRole(asked) : unusedUser(asked);
    });
  return [...found, ...unusedGroups(world)];
}

interface Asked {
  readonly world: World;
  readonly resource: Resource;
  readonly arn: string | undefined;
  /** When the account was asked. */
  readonly now: string | undefined;
  /** So many without a use make it unused. */
  readonly days: number;
  /** The newest event of the role or user. */
  readonly event: EventCount | undefined;
}

/** The newest event of each user and role, and of those who assumed a role. */
function lastEvents({ events }: UsageLog): Map<string, EventCount> {
  const newest = new Map<string, EventCount>();
  const note = (name: string | undefined, event: EventCount) => {
    if (name === undefined || event.outcome === 'denied') return;
    const known = newest.get(name);
    if (known === undefined || event.last > known.last) newest.set(name, event);
  };
  for (const event of events) {
    if (event.principal.kind === 'role' || event.principal.kind === 'user') note(event.principal.name, event);
    if (event.eventSource === 'sts.amazonaws.com' && event.eventName.startsWith('AssumeRole'))
      note(event.resource, event);
  }
  return newest;
}

/** IAM User Guide, "Refine permissions using last accessed information": what is not within 400 days is not told. */
function unusedRole(asked: Asked): UnusedIdentity[] {
  const use = latest(lastUseOf(asked.resource.values.entries.get('last_used')), asked.event);
  return judge(asked, { kind: 'role', what: 'The role', use });
}

/** Use of a user is that of its password and its keys. */
function unusedUser(asked: Asked): UnusedIdentity[] {
  const { world, resource, event } = asked;
  const hasPassword = attributeOf(world, resource, 'password_enabled');
  const password = lastUseOf(resource.values.entries.get('password_last_used'));
  const keyList = attributeOf(world, resource, 'access_keys');
  const keys = keyList?.kind === 'list' ? keyList.elements : [];
  const active = keys.filter((key) => truth(fieldOf(key, 'active')) !== false);
  const uses = active.map((key) => lastUseOf(fieldOf(key, 'last_used')));
  const isOn = hasPassword?.kind === 'bool' ? hasPassword.value : undefined;
  const whole = [...(isOn === false ? [] : [password]), ...uses];
  const isTold = keyList?.kind === 'list' && keyList.rest === undefined && isOn !== undefined;
  const use = latest(isTold ? newestOf(whole) : { kind: 'unknown' }, event);
  const user = judge(asked, { kind: 'user', what: 'The user', use });
  // Of a user that is unused all is.
  if (user.some(({ state }) => state === 'unused')) return user;
  return [
    ...user,
    ...(isOn === true ? judge(asked, { kind: 'password', what: 'The password', use: password }) : []),
    ...uses.flatMap((one, index) =>
      judge(asked, {
        kind: 'access-key',
        what: `Access key ${index + 1}`,
        use: one,
        since: text(fieldOf(active[index], 'last_rotated')),
      }),
    ),
  ];
}

type KnownUse =
  | { readonly kind: 'at'; readonly time: string; readonly eventIds: readonly string[] }
  | { readonly kind: 'never' }
  | { readonly kind: 'unknown' };

interface Judged {
  readonly kind: UnusedIdentity['kind'];
  readonly what: string;
  readonly use: KnownUse;
  /** Since when it is there; undefined: as long as the resource. */
  readonly since?: string | undefined;
}

function judge({ world, resource, arn, now, days }: Asked, { kind, what, use, since }: Judged): UnusedIdentity[] {
  const created = since ?? text(attributeOf(world, resource, 'create_date'));
  const base = {
    kind,
    root: resource.root,
    identity: resource.address,
    arn: arn ?? null,
    location: resource.range ?? null,
  };
  const before = now === undefined ? undefined : daysBefore(now, days);
  if (use.kind === 'unknown' || before === undefined) {
    const detail = `${what}: when it was used last is not known.`;
    return [{ ...base, state: 'unknown', lastUsed: null, eventIds: [], detail }];
  }
  const isNew = created !== undefined && created > before;
  if (isNew || (use.kind === 'at' && use.time >= before)) return [];
  const lastUsed = use.kind === 'at' ? use.time : null;
  const detail =
    lastUsed === null ? `${what} was never used, as far as IAM tells.` : `${what} was not used for ${days} days.`;
  return [{ ...base, state: 'unused', lastUsed, eventIds: use.kind === 'at' ? use.eventIds : [], detail }];
}

export function daysBefore(time: string, days: number): string {
  return new Date(Date.parse(time) - days * 86_400_000).toISOString();
}

function lastUseOf(value: Value | undefined): KnownUse {
  if (value?.kind === 'null') return { kind: 'never' };
  return value?.kind === 'string' ? { kind: 'at', time: value.value, eventIds: [] } : { kind: 'unknown' };
}

/** Of several: one that is not known may be newer than the others. */
function newestOf(uses: readonly KnownUse[]): KnownUse {
  return uses.reduce<KnownUse>(
    (best, one) => {
      if (best.kind === 'unknown' || one.kind === 'unknown') return { kind: 'unknown' };
      if (one.kind === 'never') return best;
      return best.kind === 'never' || one.time > best.time ? one : best;
    },
    { kind: 'never' },
  );
}

/** An event settles what is not known; the newest counts. */
function latest(use: KnownUse, event: EventCount | undefined): KnownUse {
  if (event === undefined || (use.kind === 'at' && use.time > event.last)) return use;
  return { kind: 'at', time: event.last, eventIds: event.eventIds };
}

/** Groups without members, where all users and their groups are known. */
function unusedGroups(world: World): UnusedIdentity[] {
  const resources = namedResources(world).filter(({ mode, presence }) => mode === 'managed' && presence === 'written');
  const users = resources.filter(({ type }) => type === 'aws_iam_user');
  const open = new Set<string>();
  const joined = new Set<string>();
  for (const user of users) {
    const { elements, isOpen } = elementsOf(attributeOf(world, user, 'groups'));
    if (isOpen) open.add(user.root);
    for (const { value } of elements) {
      const group = resourceBehind(world, user, 'groups', value);
      if (group !== undefined) joined.add(group.key);
      else if (value.kind !== 'string') open.add(user.root);
    }
  }
  return resources.flatMap((group): UnusedIdentity[] => {
    const isOpen = open.has(group.root) || openTypeOf(world.graph, group.root, 'aws_iam_user') !== undefined;
    if (group.type !== 'aws_iam_group' || joined.has(group.key) || isOpen || !isLive(world, group)) return [];
    return [
      {
        kind: 'group',
        root: group.root,
        identity: group.address,
        arn: textOf(arnTextOf(world, group)) ?? null,
        state: 'unused',
        lastUsed: null,
        eventIds: [],
        detail: 'The group has no members.',
        location: group.range ?? null,
      },
    ];
  });
}

/** In code, members may be elsewhere. */
function isLive({ graph }: World, { root }: Resource): boolean {
  return graph.openTypes.get(root)?.complete !== undefined;
}

function textOf(of: ReturnType<typeof arnTextOf>): string | undefined {
  return of === undefined ? undefined : plainText(of);
}

function fieldOf(value: Value | undefined, name: string): Value | undefined {
  return value?.kind === 'object' ? value.entries.get(name) : undefined;
}

function text(value: Value | undefined): string | undefined {
  return value?.kind === 'string' ? value.value : undefined;
}

function truth(value: Value | undefined): boolean | undefined {
  return value?.kind === 'bool' ? value.value : undefined;
}
