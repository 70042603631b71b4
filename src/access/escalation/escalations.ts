import type { EscalationReport, UndecidedTechnique } from '../../findings/escalation.js';
import { grantsIn } from '../rows/open-grants.js';
import { type AccessSources, openPartitions, stateWorld } from '../stated-world.js';
import type { Usage } from '../usage/usage.js';
import { type AdminProof, type Gates, gatesOf, proveAdmin } from './administrators.js';
import { openAlternatives } from './alternatives.js';
import type { Way } from './attempt.js';
import { bestChange } from './best-change.js';
import { type Node, openNodes } from './node.js';
import { entriesInto } from './outsiders.js';
import { type Found, findWays, hasActions, indexWays, type Search, stepsOf } from './search.js';
import type { Technique } from './technique.js';
import { TECHNIQUES } from './techniques/index.js';
import { openTerrain, plainOf, type Terrain, thingOf } from './terrain.js';
import { toAdmin, toOutsidePath, toPath } from './to-report.js';

/** The principals that are administrators, and how others could become some; with usage, what the one change would break. */
export function escalationsOf(sources: AccessSources, usage?: Usage): EscalationReport {
  return escalationsBy(TECHNIQUES, sources, usage);
}

/** The same by some techniques only. */
export function escalationsBy(
  techniques: readonly Technique[],
  sources: AccessSources,
  usage?: Usage,
): EscalationReport {
  const open = stateWorld({ names: [], account: undefined }, sources);
  const world = stateWorld({ names: [], account: undefined, partition: 'aws' }, sources);
  const terrain = openTerrain(grantsIn(world));
  const known = techniques.map((technique) => ({ technique, ...technique.prerequisite(terrain) }));
  const ways = known.flatMap(({ technique, targets }) => targets.map((target): Way => ({ technique, target })));
  const { search, nodes } = openSearch(terrain, techniques, ways);
  const admins = findAdmins(terrain, nodes);
  const found = findPaths(search, nodes, admins);
  const own = nodes.filter((node) => !search.freed.has(node));
  const alternativesOf = openAlternatives(search, found);
  const paths = own.flatMap((node) => {
    const steps = stepsOf(node, found.reached);
    return steps.length === 0 ? [] : [toPath(node, found, alternativesOf(node, steps))];
  });
  const shown = own.flatMap((node) => {
    const proof = admins.get(node);
    return proof === undefined ? [] : [toAdmin(node, proof)];
  });
  const partitions =
    openPartitions(open).size === 0 || paths.length === 0 ? [] : ['partitions that nothing states are aws'];
  const change = bestChange(search, found, usage);
  return {
    admins: shown,
    paths,
    outside: own.flatMap((node) =>
      found.reached.has(node) || admins.has(node)
        ? entriesInto(terrain, node.resource).map((entry) => toOutsidePath(entry, node, found))
        : [],
    ),
    change,
    undecided: undecidedOf(known, own, {
      cutOff: terrain.cutOff,
      done: new Set([...admins.keys(), ...found.reached.keys()]),
    }),
    notKnown: own.flatMap(({ resource }) => {
      const policies = terrain.grants.unknownOf(resource);
      return policies.length === 0 ? [] : [{ root: resource.root, principal: resource.address, policies }];
    }),
    assumed: [
      ...new Set([...partitions, ...[...shown, ...paths].flatMap(({ assumed }) => assumed), ...terrain.cuts]),
    ].sort(),
  };
}

function openSearch(
  terrain: Terrain,
  techniques: readonly Technique[],
  ways: readonly Way[],
): { readonly search: Search; readonly nodes: readonly Node[] } {
  const { grants, users, roles } = terrain;
  const needed = new Set(techniques.flatMap(({ needs }) => needs.map(({ action }) => action)));
  for (const { target } of ways) for (const { action } of target.also ?? []) needed.add(action);
  const toNode = openNodes([...needed]);
  const own = [...users, ...roles].map((resource) => {
    const { key: id, address: name } = resource;
    return toNode({ id, name, resource, principal: grants.principalOf(resource), rows: grants.rowsOf(resource) });
  });
  const byResource = new Map(own.map((node) => [node.resource, node]));
  const freed = new Map<Node, { readonly from: Node; readonly way: Way }>();
  for (const way of ways) {
    const { technique, target } = way;
    if (technique.gain !== 'unlimit' || target.gains === undefined || target.removes === undefined) continue;
    const from = byResource.get(target.gains);
    if (from === undefined || !technique.needs.every(({ action }) => from.actions.has(action.toLowerCase()))) continue;
    const { name, principal } = rid(from, target.removes);
    const id = `${from.id}\0${technique.id}\0${name}`;
    freed.set(toNode({ id, name, resource: from.resource, principal, rows: grants.rowsBy(principal) }), { from, way });
  }
  const nodes = [...own, ...freed.keys()];
  const nodesByResource = new Map(own.map((node) => [node.resource, [node]]));
  for (const node of freed.keys()) nodesByResource.get(node.resource)?.push(node);
  const search: Search = {
    terrain,
    ways: indexWays(ways),
    nodeOf: (resource) => byResource.get(resource),
    nodesOf: (resource) => nodesByResource.get(resource) ?? [],
    freed,
    tried: new Map(),
  };
  return { search, nodes };
}

function rid({ name, principal }: Node, removes: { readonly policy: string } | 'boundary') {
  if (removes === 'boundary')
    return { name: `${name} without its boundary`, principal: { ...principal, boundary: undefined } };
  const identity = principal.identity.filter((policy) => policy.name !== removes.policy);
  return { name: `${name} without ${removes.policy}`, principal: { ...principal, identity } };
}

function findAdmins(terrain: Terrain, nodes: readonly Node[]): Map<Node, AdminProof> {
  const { world, grants, users, roles } = terrain;
  const others = [...users, ...roles].map((resource) => thingOf(terrain, resource));
  // What control policies leave is the same for all of an account, but for the roles of services.
  const known = new Map<string, Gates>();
  const admins = new Map<Node, AdminProof>();
  for (const node of nodes) {
    const { caller } = node.principal;
    const account = 'account' in caller ? plainOf(caller.account) : undefined;
    const key = `${account ?? node.id} ${caller.kind === 'role-session' && caller.isServiceLinked}`;
    const gates = known.get(key) ?? gatesOf(grants.rowsBy, node.principal);
    known.set(key, gates);
    const proof = proveAdmin(world, node, gates, others);
    if (proof !== undefined) admins.set(node, proof);
    if (proof !== undefined && proof.untried > 0)
      terrain.cuts.add(
        `${node.name} counts as administrator: powers that control policies take were not tried on ${proof.untried} more users and roles`,
      );
  }
  return admins;
}

/** Certain ways first; where there are none, those that depend on something. */
function findPaths(search: Search, nodes: readonly Node[], admins: ReadonlyMap<Node, AdminProof>): Found {
  const certain = [...admins].flatMap(([node, { causes }]) => (causes.length === 0 ? [node] : []));
  const wanted = new Set(nodes.filter((node) => !admins.has(node)));
  const quest = { seeds: certain, wanted, mayDepend: false, without: undefined };
  const first = findWays(search, quest);
  const left = new Set([...wanted].filter((node) => !first.has(node)));
  const others = findWays(search, {
    ...quest,
    seeds: [...admins.keys(), ...first.keys()],
    wanted: left,
    mayDepend: true,
  });
  return { reached: new Map([...first, ...others]), admins };
}

function undecidedOf(
  known: readonly { readonly technique: Technique; readonly unseen?: string | undefined }[],
  own: readonly Node[],
  { cutOff, done }: Pick<Terrain, 'cutOff'> & { readonly done: ReadonlySet<Node> },
): UndecidedTechnique[] {
  const ids = new Set([...done].map(({ name }) => name));
  const cut = known.flatMap(({ technique: { id, title } }) =>
    byReason(cutOff.get(id), ids).map(([reason, principals]) => ({ technique: id, title, reason, principals })),
  );
  const undecided = known.flatMap(({ technique, unseen }) => {
    const { id, title } = technique;
    if (unseen === undefined) return [];
    const able = own.filter((node) => !done.has(node) && hasActions(node, technique));
    if (able.length === 0) return [];
    return [{ technique: id, title, reason: unseen, principals: able.map(({ name }) => name).sort() }];
  });
  return [...undecided, ...cut];
}

/** Reasons with those that have no path otherwise, in order. */
function byReason(
  cutOff: ReadonlyMap<string, string> | undefined,
  done: ReadonlySet<string>,
): (readonly [string, readonly string[]])[] {
  const reasons = new Map<string, string[]>();
  for (const [name, reason] of [...(cutOff ?? [])].sort(([some], [other]) => (some < other ? -1 : 1)))
    if (!done.has(name)) reasons.set(reason, [...(reasons.get(reason) ?? []), name]);
  return [...reasons].sort(([some], [other]) => (some < other ? -1 : 1));
}
