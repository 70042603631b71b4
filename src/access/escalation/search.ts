import type { Resource, ResourceKey } from '../../model/resource.js';
import type { Value } from '../../model/value.js';
import type { AdminProof } from './administrators.js';
import { attempt, mayAttempt, type Step, type Way } from './attempt.js';
import { type Callers, openCallers } from './callers.js';
import type { Node } from './node.js';
import type { Technique } from './technique.js';
import type { Terrain } from './terrain.js';

/** All ways that techniques lead, by where they lead. */
export interface Ways {
  /** To the rights of a principal. */
  readonly into: ReadonlyMap<ResourceKey, readonly Way[]>;
  /** To any rights, of a principal or of a new one. */
  readonly granting: readonly Way[];
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
  /** As it is, and rid of its limits. */
  readonly nodesOf: (resource: Resource) => readonly Node[];
  /** A node that is rid of a limit → what its principal does for that. */
  readonly freed: ReadonlyMap<Node, { readonly from: Node; readonly way: Way }>;
  readonly tried: Map<string, Step | undefined>;
}

export function indexWays(all: readonly Way[]): Ways {
  const into = new Map<ResourceKey, Way[]>();
  const granting: Way[] = [];
  for (const way of all) {
    const { technique, target } = way;
    if (technique.gain === 'grant-any') granting.push(way);
    else if (technique.gain !== 'unlimit' && target.gains !== undefined) {
      const known = into.get(target.gains.key);
      if (known === undefined) into.set(target.gains.key, [way]);
      else known.push(way);
    }
  }
  return { into, granting };
}

/** Whether the rows of a node may allow all actions of a technique, each on something. */
export function hasActions({ actions }: Node, { needs }: Technique): boolean {
  return needs.every(({ action, isGranted }) => isGranted === true || actions.has(action.toLowerCase()));
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
    const entering = { isLeft, tryWay, add, callersOf: openCallers([...wanted].filter(isLeft)) };
    if (distance === 1) grantToSelf(search, entering);
    if (distance === 2) grantToOther(search, entering);
    for (const target of level) enter(search, target, entering);
    level = found;
  }
  return reached;
}

interface Entering {
  readonly isLeft: (node: Node) => boolean;
  readonly tryWay: (node: Node, way: Way) => Step | undefined;
  readonly add: (one: Reached) => void;
  readonly callersOf: Callers;
}

function grantToSelf({ ways, nodesOf }: Search, { isLeft, tryWay, add, callersOf }: Entering): void {
  for (const way of ways.granting) {
    const { gains } = way.target;
    for (const node of gains === undefined ? callersOf(way) : nodesOf(gains)) {
      const step = isLeft(node) ? tryWay(node, way) : undefined;
      if (step !== undefined) add({ node, steps: [step], next: undefined });
    }
  }
}

/** Rights for somebody else are one's own where one can be that one. */
function grantToOther({ ways }: Search, { isLeft, tryWay, add, callersOf }: Entering): void {
  for (const way of ways.granting) {
    const { gains } = way.target;
    const entries = gains === undefined ? undefined : ways.into.get(gains.key);
    if (entries === undefined) continue;
    for (const node of callersOf(way)) {
      if (!isLeft(node) || gains === node.resource || !mayAttempt(node, way)) continue;
      const entry = firstOf(entries, (into) => tryWay(node, into));
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

/** Everybody who can get the rights of a node. */
function enter({ ways, freed }: Search, target: Node, { isLeft, tryWay, add, callersOf }: Entering): void {
  const from = freed.get(target);
  if (from !== undefined) {
    if (!isLeft(from.from)) return;
    const step = tryWay(from.from, from.way);
    if (step !== undefined) add({ node: from.from, steps: [step], next: target });
    return;
  }
  for (const way of ways.into.get(target.resource.key) ?? []) {
    for (const node of callersOf(way)) {
      if (!isLeft(node) || node.resource === target.resource) continue;
      const step = tryWay(node, way);
      if (step !== undefined) add({ node, steps: [step], next: target });
    }
  }
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
