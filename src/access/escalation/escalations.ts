import type { EscalationReport, UndecidedTechnique } from '../../findings/escalation.js';
import type { Principal } from '../principals.js';
import { grantsIn, openRows } from '../rows/open-grants.js';
import { type AccessSources, openPartitions, stateWorld } from '../stated-world.js';
import type { Way } from './attempt.js';
import { bestChange } from './best-change.js';
import { type AdminProof, leftByGates, type Node, openNodes, proveAdmin } from './node.js';
import { type Found, findWays, indexWays, type Search } from './search.js';
import type { Technique } from './technique.js';
import { TECHNIQUES } from './techniques/index.js';
import { openTerrain, type Terrain } from './terrain.js';
import { toAdmin, toPath } from './to-report.js';

/** The principals that are administrators, and how others could become some. */
export function escalationsOf(sources: AccessSources): EscalationReport {
  return escalationsBy(TECHNIQUES, sources);
}

/** The same by some techniques only. */
export function escalationsBy(techniques: readonly Technique[], sources: AccessSources): EscalationReport {
  const open = stateWorld({ names: [], account: undefined }, sources);
  const world = stateWorld({ names: [], account: undefined, partition: 'aws' }, sources);
  const terrain = openTerrain(grantsIn(world));
  const known = techniques.map((technique) => ({ technique, ...technique.prerequisite(terrain) }));
  const ways = known.flatMap(({ technique, targets }) => targets.map((target): Way => ({ technique, target })));
  const { search, nodes } = openSearch(terrain, techniques, ways);
  const admins = new Map<Node, AdminProof>();
  const rowsOf = openRows(world);
  for (const node of nodes) {
    const proof = proveAdmin(world, node, leftByGates(rowsOf, node.principal));
    if (proof !== undefined) admins.set(node, proof);
  }
  const found = findPaths(search, nodes, admins);
  const own = nodes.filter((node) => !search.freed.has(node));
  const paths = own.flatMap((node) => (found.reached.has(node) ? [toPath(search, node, found)] : []));
  return {
    admins: own.flatMap((node) => {
      const proof = admins.get(node);
      return proof === undefined ? [] : [toAdmin(node, proof)];
    }),
    paths,
    change: bestChange(search, found),
    undecided: undecidedOf(known, search, new Set([...admins.keys(), ...found.reached.keys()])),
    notKnown: own.flatMap(({ resource }) => {
      const policies = terrain.grants.unknownOf(resource);
      return policies.length === 0 ? [] : [{ root: resource.root, principal: resource.address, policies }];
    }),
    assumed: openPartitions(open).size === 0 || paths.length === 0 ? [] : ['partitions that nothing states are aws'],
  };
}

function openSearch(
  terrain: Terrain,
  techniques: readonly Technique[],
  ways: readonly Way[],
): { readonly search: Search; readonly nodes: readonly Node[] } {
  const { world, grants, users, roles } = terrain;
  const rowsOf = openRows(world);
  const toNode = openNodes(
    (principal: Principal) => rowsOf(principal),
    [
      ...new Set(
        [...techniques.flatMap(({ needs }) => needs), ...ways.flatMap(({ target }) => target.also ?? [])].map(
          ({ action }) => action,
        ),
      ),
    ],
  );
  const own = [...users, ...roles].map((resource) =>
    toNode(resource, grants.principalOf(resource), resource.key, resource.address),
  );
  const byResource = new Map(own.map((node) => [node.resource, node]));
  const freed = new Map<Node, { readonly from: Node; readonly way: Way }>();
  for (const way of ways) {
    const { technique, target } = way;
    if (technique.gain !== 'unlimit' || target.gains === undefined || target.removes === undefined) continue;
    const from = byResource.get(target.gains);
    if (from === undefined || !technique.needs.every(({ action }) => from.actions.has(action.toLowerCase()))) continue;
    const { name, principal } = rid(from, target.removes);
    freed.set(toNode(from.resource, principal, `${from.id}\0${technique.id}\0${name}`, name), { from, way });
  }
  const nodes = [...own, ...freed.keys()];
  const search: Search = {
    terrain,
    ways: indexWays(techniques, ways, nodes),
    nodeOf: (resource) => byResource.get(resource),
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
  { ways, terrain, freed }: Search,
  done: ReadonlySet<Node>,
): UndecidedTechnique[] {
  const nodes = [...terrain.users, ...terrain.roles];
  const ids = new Set([...done].map(({ name }) => name));
  const cut = known.flatMap(({ technique: { id, title } }) =>
    byReason(terrain.cutOff.get(id), ids).map(([reason, principals]) => ({ technique: id, title, reason, principals })),
  );
  const undecided = known.flatMap(({ technique: { id, title }, unseen }) => {
    if (unseen === undefined) return [];
    const able = (ways.capable.get(id) ?? []).filter((node) => !done.has(node) && !freed.has(node));
    if (able.length === 0 || nodes.length === 0) return [];
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
