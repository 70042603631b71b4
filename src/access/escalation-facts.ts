import type { EscalationAdmin, EscalationPath, EscalationReport } from '../findings/escalation.js';
import type { AccessFact, AccessFacts, EscalationFacts, FactList, ListedFact } from '../model/access-facts.js';
import { type Resource, type ResourceKey, resourceKey } from '../model/resource.js';
import type { UnknownValue } from '../model/value.js';
import { unknownValue } from '../model/values.js';
import { decidingValues } from './deciding-values.js';
import { escalationsBy, escalationsOf } from './escalation/escalations.js';
import { isPrincipalType } from './names.js';
import type { AccessSources } from './stated-world.js';

/** What a report says of each principal. */
interface ByPrincipal {
  readonly admins: ReadonlyMap<ResourceKey, EscalationAdmin>;
  readonly paths: ReadonlyMap<ResourceKey, EscalationPath>;
  /** Why there may be more than is said. */
  readonly open: ReadonlyMap<ResourceKey, readonly UnknownValue[]>;
}

/** Who is an administrator, and how others could become one. */
export function escalationFacts(sources: AccessSources): Pick<AccessFacts, 'isAdmin' | 'escalations'> {
  // Administrators alone are found without looking for the ways to them.
  const admins = later(() => byPrincipal(sources, escalationsBy([], sources)));
  const paths = later(() => byPrincipal(sources, escalationsOf(sources)));
  return {
    isAdmin: (principal) => isAdmin(sources, principal, admins()),
    escalations: (principal) => escalationsFrom(sources, principal, paths()),
  };
}

function later<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function byPrincipal({ graph }: AccessSources, report: EscalationReport): ByPrincipal {
  const open = new Map<ResourceKey, UnknownValue[]>();
  const add = (key: ResourceKey, subject: string) =>
    open.set(key, [...(open.get(key) ?? []), unknownValue('outside-input', { subject })]);
  const keyOf = ({ root, principal }: { readonly root: string; readonly principal: string }) =>
    resourceKey(root, principal);
  for (const principal of report.notKnown) for (const policy of principal.policies) add(keyOf(principal), policy);
  for (const { technique, title, reason, principals } of report.undecided) {
    const names = new Set(principals);
    for (const { key, address } of graph.resources.values())
      if (names.has(address)) add(key, `${technique} (${title}): ${reason}`);
  }
  return {
    admins: new Map(report.admins.map((admin) => [keyOf(admin), admin])),
    paths: new Map(report.paths.map((path) => [keyOf(path), path])),
    open,
  };
}

function isAdmin(sources: AccessSources, principal: Resource, { admins, open }: ByPrincipal): AccessFact {
  const admin = admins.get(principal.key);
  if (admin !== undefined) {
    const unknowns = admin.dependsOn.map((subject) => unknownValue('outside-input', { subject }));
    const decidedBy = decidingValues(sources, principal, admin.statements);
    return { value: unknowns.length === 0 ? true : undefined, decidedBy, unknowns, assumed: admin.assumed };
  }
  const unknowns = isPrincipalType(principal) ? (open.get(principal.key) ?? []) : [notWritten(principal)];
  return { value: unknowns.length === 0 ? false : undefined, decidedBy: [], unknowns };
}

function notWritten({ address }: Resource): UnknownValue {
  return unknownValue('outside-input', { subject: address });
}

function escalationsFrom(
  sources: AccessSources,
  principal: Resource,
  { admins, paths, open }: ByPrincipal,
): FactList<EscalationFacts> {
  if (!isPrincipalType(principal)) return { items: [], rest: notWritten(principal) };
  // An administrator has nothing to gain.
  if (admins.get(principal.key)?.dependsOn.length === 0) return { items: [], rest: undefined };
  const path = paths.get(principal.key);
  if (path === undefined) return { items: [], rest: open.get(principal.key)?.[0] };
  const item = toItem(sources, principal, path);
  return { items: item === undefined ? [] : [item], rest: undefined };
}

function toItem(
  sources: AccessSources,
  principal: Resource,
  { hops, dependsOn, state, assumed }: EscalationPath,
): ListedFact<EscalationFacts> | undefined {
  const [first] = hops;
  const last = hops.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const steps = hops.map(({ technique, title, to }) => `${technique} ${title}: ${to}`).join(', then ');
  const causes = state === 'certain' ? [] : dependsOn;
  return {
    name: `${first.technique} ${last.to}`,
    facts: { technique: first.technique, title: first.title, target: last.to, steps },
    decidedBy: decidingValues(
      sources,
      principal,
      first.actions.flatMap(({ statements }) => statements),
    ),
    unknowns: causes.map((subject) => unknownValue('outside-input', { subject })),
    assumed,
  };
}
