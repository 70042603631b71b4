import type { Resource } from '../../model/resource.js';
import type { Way } from './attempt.js';
import { type Node, wholeText } from './node.js';

/** Who of some nodes comes into question for a way: more than can go it, and nobody less. */
export type Callers = (way: Way) => Iterable<Node>;

/** Those who may do one action, by the beginnings of what their rows are about. */
interface Able {
  readonly onAny: Node[];
  readonly byStart: Map<string, Node[]>;
  /** The beginnings, in order. */
  readonly starts: string[];
  /** How long they are. */
  readonly lengths: Set<number>;
  readonly known: Map<string, readonly (readonly Node[])[]>;
}

/**
 * Indexes nodes by what they may do, so that a way is met with those only whose rows may be about its things: most ways lead
 * from few, and there are as many ways as there are principals times techniques.
 */
export function openCallers(nodes: readonly Node[]): Callers {
  const able = indexNodes(nodes);
  const byResource = new Map<Resource, Node[]>();
  for (const node of nodes) append(byResource, node.resource, node);
  const ofResources = (some: readonly Resource[]) => some.flatMap((resource) => byResource.get(resource) ?? []);
  return ({ technique, target }) => {
    if (target.callers !== undefined) return ofResources(target.callers);
    const named = target.named === undefined ? NOBODY : ofResources(target.named);
    if (!technique.needs.every(({ action, isGranted }) => isGranted === true || able.has(action.toLowerCase())))
      return named;
    let fewest: readonly (readonly Node[])[] | undefined;
    let count = Number.POSITIVE_INFINITY;
    for (const { action, on, isGranted } of technique.needs) {
      if (isGranted === true) continue;
      const thing = typeof on === 'string' ? target.things[on] : undefined;
      const found = ableOn(able.get(action.toLowerCase()), thing === undefined ? undefined : wholeText(thing.text));
      const sum = found.reduce((before, list) => before + list.length, 0);
      if (sum >= count) continue;
      [fewest, count] = [found, sum];
      if (count === 0) break;
    }
    return together([named, ...(fewest ?? [nodes])]);
  };
}

const NOBODY: readonly Node[] = [];

function indexNodes(nodes: readonly Node[]): ReadonlyMap<string, Able> {
  const able = new Map<string, Able>();
  for (const node of nodes) {
    for (const [action, starts] of node.actions) {
      let one = able.get(action);
      if (one === undefined) {
        one = { onAny: [], byStart: new Map(), starts: [], lengths: new Set(), known: new Map() };
        able.set(action, one);
      }
      if (starts === undefined) one.onAny.push(node);
      else for (const start of new Set(starts)) append(one.byStart, start, node);
    }
  }
  for (const { byStart, starts, lengths } of able.values()) {
    for (const start of [...byStart.keys()].sort()) {
      starts.push(start);
      lengths.add(start.length);
    }
  }
  return able;
}

function append<Key>(index: Map<Key, Node[]>, key: Key, node: Node): void {
  const list = index.get(key);
  if (list === undefined) index.set(key, [node]);
  else list.push(node);
}

/** Those whose rows may be about a text; undefined: about any that is not known. */
function ableOn(able: Able | undefined, text: string | undefined): readonly (readonly Node[])[] {
  if (able === undefined) return [];
  const { onAny, byStart, known } = able;
  if (text === undefined) return [onAny, ...byStart.values()];
  let found = known.get(text);
  if (found === undefined) {
    found = [onAny, ...startsMeeting(able, text).flatMap((start) => [byStart.get(start) ?? []])];
    known.set(text, found);
  }
  return found;
}

function* together(lists: readonly (readonly Node[])[]): Iterable<Node> {
  for (const list of lists) yield* list;
}

/** The beginnings that a text begins with, and those that begin with the text. */
function startsMeeting({ byStart, lengths, starts }: Able, text: string): string[] {
  const found: string[] = [];
  for (const length of lengths) {
    const start = text.slice(0, length);
    if (length <= text.length && byStart.has(start)) found.push(start);
  }
  for (let at = firstAfter(starts, text); starts[at]?.startsWith(text) === true; at++) found.push(starts[at] ?? '');
  return found;
}

/** The place of the first text behind another one, in order. */
function firstAfter(ordered: readonly string[], text: string): number {
  let [low, high] = [0, ordered.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ordered[middle] ?? '') <= text) low = middle + 1;
    else high = middle;
  }
  return low;
}
