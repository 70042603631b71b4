import type { Resource, ResourceKey } from '../../model/resource.js';
import type { Value } from '../../model/value.js';
import { attempt, mayAttempt, type Step, type Way } from './attempt.js';
import type { AdminProof, Node } from './node.js';
import type { Target, Technique } from './technique.js';
import type { Terrain } from './terrain.js';

/** All ways that techniques lead, by where they lead. */
export interface Ways {
  /** To the rights of a principal. */
  readonly into: ReadonlyMap<ResourceKey, readonly Way[]>;
  /** To any rights, of a principal or of a new one. */
  readonly granting: readonly Way[];
  /** Whoever has the actions of a technique, by its id. */
  readonly capable: ReadonlyMap<string, readonly Node[]>;
  /** Whom targets name. */
  readonly named: ReadonlyMap<Target, readonly Node[]>;
}

/** How a principal gets on: what it does first, and whose rights it has then; undefined: an administrator's. */
export interface Reached {
  readonly node: Node;
  readonly steps: readonly Step[];
  readonly next: Node | undefined;
}

/** What was found: how principals become administrators, and who is one. */
export interface Found {
  readonly reached: ReadonlyMap<Node, Reached>;
  readonly admins: ReadonlyMap<Node, AdminProof>;
}

/** From a principal to the end of its path. */
export function stepsOf(node: Node, reached: ReadonlyMap<Node, Reached>): Step[] {
  const steps: Step[] = [];
  let at = reached.get(node);
  while (at !== undefined) {
    steps.push(...at.steps);
    at = at.next === undefined ? undefined : reached.get(at.next);
  }
  return steps;
}

export interface Search {
  readonly terrain: Terrain;
  readonly ways: Ways;
  readonly nodeOf: (resource: Resource) => Node | undefined;
  /** A node that is rid of a limit → what its principal does for that. */
  readonly freed: ReadonlyMap<Node, { readonly from: Node; readonly way: Way }>;
  readonly tried: Map<string, Step | undefined>;
}

export function indexWays(techniques: readonly Technique[], all: readonly Way[], nodes: readonly Node[]): Ways {
  const into = new Map<ResourceKey, Way[]>();
  const granting: Way[] = [];
  const named = new Map<Target, readonly Node[]>();
  for (const way of all) {
    const { technique, target } = way;
    if (target.named !== undefined && target.named.length > 0)
      named.set(
        target,
        nodes.filter(({ resource }) => target.named?.includes(resource)),
      );
    if (technique.gain === 'grant-any') granting.push(way);
    else if (technique.gain !== 'unlimit' && target.gains !== undefined) {
      const known = into.get(target.gains.key);
      if (known === undefined) into.set(target.gains.key, [way]);
      else known.push(way);
    }
  }
  const capable = new Map(
    techniques.map(({ id, needs }) => {
      const actions = needs.flatMap(({ action, isGranted }) => (isGranted ? [] : [action.toLowerCase()]));
      return [id, nodes.filter((node) => actions.every((action) => node.actions.has(action)))] as const;
    }),
  );
  return { into, granting, capable, named };
}

/** SAFETY: of a technique that depends for so many targets, it is not tried whether it is certain for another one. */
const maxOpen = 64;

interface Quest {
  /** Whose ways are looked for. */
  readonly wanted: ReadonlySet<Node>;
  /** Where they may lead. */
  readonly seeds: readonly Node[];
  readonly mayDepend: boolean;
  /** A statement that is taken to be gone. */
  readonly without: Value | undefined;
}

/** The shortest ways of principals to the seeds, or to any rights. */
export function findWays(search: Search, quest: Quest): Map<Node, Reached> {
  const reached = new Map<Node, Reached>();
  const { wanted, seeds } = quest;
  const open = new Map<string, number>();
  const tryWay = (node: Node, way: Way): Step | undefined => {
    const key = `${node.id}\0${way.technique.id}`;
    if (!quest.mayDepend && (open.get(key) ?? 0) >= maxOpen) return undefined;
    const step = tryOnce(search, node, way, quest.without);
    if (step === undefined || step.causes.length === 0 || quest.mayDepend) return step;
    open.set(key, (open.get(key) ?? 0) + 1);
    return undefined;
  };
  const isLeft = (node: Node) => wanted.has(node) && !reached.has(node);
  let level: readonly Node[] = seeds;
  for (let distance = 1; level.length > 0 || distance <= 2; distance++) {
    const found: Node[] = [];
    const add = (one: Reached) => {
      reached.set(one.node, one);
      found.push(one.node);
    };
    if (distance === 1) grantToSelf(search, isLeft, tryWay, add);
    if (distance === 2) grantToOther(search, isLeft, tryWay, add);
    for (const target of level) enter(search, target, { isLeft, tryWay, add });
    level = found;
  }
  return reached;
}

type Trial = (node: Node, way: Way) => Step | undefined;
type Add = (one: Reached) => void;

function grantToSelf({ ways }: Search, isLeft: (node: Node) => boolean, tryWay: Trial, add: Add): void {
  for (const way of ways.granting) {
    for (const node of callersOf(ways, way)) {
      if (!isLeft(node) || (way.target.gains !== undefined && way.target.gains !== node.resource)) continue;
      const step = tryWay(node, way);
      if (step !== undefined) add({ node, steps: [step], next: undefined });
    }
  }
}

/** Rights for somebody else are one's own where one can be that one. */
function grantToOther({ ways, nodeOf }: Search, isLeft: (node: Node) => boolean, tryWay: Trial, add: Add): void {
  for (const way of ways.granting) {
    const { gains } = way.target;
    if (gains === undefined) continue;
    const other = nodeOf(gains);
    if (other === undefined) continue;
    for (const node of callersOf(ways, way)) {
      if (!isLeft(node) || gains === node.resource || !mayAttempt(node, way)) continue;
      const entry = firstOf(ways.into.get(gains.key) ?? [], (into) =>
        isCaller(ways, node, into) ? tryWay(node, into) : undefined,
      );
      if (entry === undefined) continue;
      const step = tryWay(node, way);
      if (step !== undefined) add({ node, steps: [step, entry], next: undefined });
    }
  }
}

function firstOf<T, R>(list: readonly T[], make: (one: T) => R | undefined): R | undefined {
  for (const one of list) {
    const made = make(one);
    if (made !== undefined) return made;
  }
  return undefined;
}

interface Entering {
  readonly isLeft: (node: Node) => boolean;
  readonly tryWay: Trial;
  readonly add: Add;
}

/** Everybody who can get the rights of a node. */
function enter({ ways, freed }: Search, target: Node, { isLeft, tryWay, add }: Entering): void {
  const from = freed.get(target);
  if (from !== undefined) {
    if (!isLeft(from.from)) return;
    const step = tryWay(from.from, from.way);
    if (step !== undefined) add({ node: from.from, steps: [step], next: target });
    return;
  }
  for (const way of ways.into.get(target.resource.key) ?? []) {
    for (const node of callersOf(ways, way)) {
      if (!isLeft(node) || node.resource === target.resource) continue;
      const step = tryWay(node, way);
      if (step !== undefined) add({ node, steps: [step], next: target });
    }
  }
}

/** Who comes into question for a way, by its actions or because the target names them. */
function callersOf({ capable, named }: Ways, { technique, target }: Way): readonly Node[] {
  const able = capable.get(technique.id) ?? [];
  const { callers } = target;
  const listed = named.get(target);
  if (listed !== undefined) return [...new Set([...able, ...listed])];
  return callers === undefined ? able : able.filter(({ resource }) => callers.includes(resource));
}

function isCaller({ capable }: Ways, node: Node, { technique, target }: Way): boolean {
  return target.named?.includes(node.resource) === true || (capable.get(technique.id) ?? []).includes(node);
}

const wayIds = new WeakMap<Way, number>();
let lastWay = 0;

/** The step of a principal on a way, decided once. */
export function tryOnce(
  { terrain, tried }: Search,
  node: Node,
  way: Way,
  without: Value | undefined,
): Step | undefined {
  if (!mayAttempt(node, way)) return undefined;
  let id = wayIds.get(way);
  if (id === undefined) {
    lastWay += 1;
    id = lastWay;
    wayIds.set(way, id);
  }
  const key = `${node.id}\0${id}`;
  if (!tried.has(key)) tried.set(key, attempt(terrain, node, way));
  const step = tried.get(key);
  if (without === undefined || step === undefined || !step.sources.includes(without)) return step;
  return attempt(terrain, node, way, without);
}
