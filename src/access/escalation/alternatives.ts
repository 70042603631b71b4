import type { Resource } from '../../model/resource.js';
import type { Value } from '../../model/value.js';
import { removableOf } from '../places.js';
import { hasAction } from '../rows/action-set.js';
import { mayAttempt, type Step, type Way } from './attempt.js';
import type { Node } from './node.js';
import { type Found, hasActions, type Search, stepsOf, tryOnce } from './search.js';
import type { Technique } from './technique.js';

/** Other paths of a principal, and whether some were left out: not all ways were tried, or there are more. */
export interface Alternatives {
  readonly paths: readonly (readonly Step[])[];
  readonly isCut: boolean;
}

const maxAlternatives = 3;
/** SAFETY: more ways of a principal are not tried for the others, and of one technique no more than these. */
const maxTried = 40;
const maxTriedByTechnique = 8;

/** Finds certain paths of a principal that begin with other statements, and do not lead through the principal itself. */
export function openAlternatives(search: Search, found: Found): (node: Node, steps: readonly Step[]) => Alternatives {
  const waysFrom = indexWays(search, found);
  return (node, steps) => {
    const taken = new Set([beginningOf(steps[0])]);
    const done = new Set(steps[0] === undefined ? [] : [steps[0].technique]);
    const paths: (readonly Step[])[] = [];
    const counts = new Map<Technique, number>();
    let count = 0;
    let isCut = false;
    for (const way of waysFrom(node, (technique) => done.has(technique) || isBegunBy(node, technique, taken))) {
      const { technique } = way;
      if (done.has(technique) || !mayAttempt(node, way)) continue;
      const own = counts.get(technique) ?? 0;
      if (paths.length === maxAlternatives || count === maxTried || own === maxTriedByTechnique) {
        isCut = true;
        if (own === maxTriedByTechnique) continue;
        break;
      }
      counts.set(technique, own + 1);
      count += 1;
      const step = tryOnce(search, node, way, undefined);
      if (step === undefined || step.causes.length > 0 || taken.has(beginningOf(step))) continue;
      const rest = restOf(search, found, way);
      if (rest.some(({ from }) => from.resource === node.resource)) continue;
      done.add(technique);
      taken.add(beginningOf(step));
      paths.push([step, ...rest]);
    }
    return { paths, isCut };
  };
}

/** The statement that allows the first action of a step, or by which it is possible. */
function beginningOf(step: Step | undefined): Value | undefined {
  const [first] = step?.needs[0]?.judged.statements ?? [];
  return first === undefined ? step?.sources[0] : removableOf(first);
}

/** Whether all that may allow the first action is taken: of IAM's own actions no resource's policy grants any. */
function isBegunBy({ rows }: Node, { needs }: Technique, taken: ReadonlySet<Value | undefined>): boolean {
  const [first] = needs;
  if (first?.action.startsWith('iam:') !== true) return false;
  return rows.every(
    ({ actions, statement, policy }) =>
      hasAction(actions, first.action) === false || taken.has(policy.attachedBy ?? statement.source),
  );
}

function restOf({ nodeOf }: Search, { reached }: Found, { technique, target }: Way): readonly Step[] {
  const next = technique.gain === 'grant-any' || target.gains === undefined ? undefined : nodeOf(target.gains);
  return next === undefined ? [] : stepsOf(next, reached);
}

type WaysFrom = (node: Node, isDone: (technique: Technique) => boolean) => Iterable<Way>;

/** The ways of each principal that end with an administrator for certain: by which it grants itself any right, then by technique. */
function indexWays({ ways, nodeOf }: Search, { reached, admins }: Found): WaysFrom {
  const granting = new Map<Resource | undefined, Way[]>();
  for (const way of ways.granting) append(granting, way.target.gains, way);
  const byTechnique = new Map<Technique, Way[]>();
  const naming = new Map<Resource, Way[]>();
  for (const list of ways.into.values()) {
    const gains = list[0]?.target.gains;
    const node = gains === undefined ? undefined : nodeOf(gains);
    if (node === undefined || !isCertain(node, { reached, admins })) continue;
    for (const way of list) {
      append(byTechnique, way.technique, way);
      for (const one of way.target.named ?? []) append(naming, one, way);
    }
  }
  return function* (node, isDone) {
    const { resource } = node;
    yield* granting.get(resource) ?? [];
    yield* granting.get(undefined) ?? [];
    for (const way of naming.get(resource) ?? []) if (way.target.gains !== resource) yield way;
    for (const [technique, list] of byTechnique) {
      if (!hasActions(node, technique) || isDone(technique)) continue;
      for (const way of list) if (way.target.gains !== resource) yield way;
    }
  };
}

function append<Key, One>(index: Map<Key, One[]>, key: Key, one: One): void {
  const list = index.get(key);
  if (list === undefined) index.set(key, [one]);
  else list.push(one);
}

function isCertain(node: Node, { reached, admins }: Found): boolean {
  const steps = stepsOf(node, reached);
  if (steps.length === 0) return admins.get(node)?.causes.length === 0;
  return steps.every(({ causes }) => causes.length === 0);
}
