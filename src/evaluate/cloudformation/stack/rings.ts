import { entryOf, scalarText, sequenceOf } from '../expression/nodes.js';
import type { Stack } from './stack.js';

/** How many names of a ring are said. */
const maxNames = 8;

/** Says of every ring of resources that refer to or wait for each other that it is one; afterwards all are judged. */
export function reportRings(stack: Stack): void {
  for (const ring of ringsOf(dependenciesOf(stack))) {
    const [first] = ring;
    const declaration = first === undefined ? undefined : stack.resources.declaration(first);
    if (declaration === undefined) continue;
    const shown = ring.slice(0, maxNames).map((name) => `"${name}"`);
    const more = ring.length > maxNames ? ` and ${ring.length - maxNames} more` : '';
    const message =
      ring.length === 1
        ? `The resource ${shown[0]} depends on itself.`
        : `Resources depend on each other in a circle: ${shown.join(', ')}${more}.`;
    const { keyStart: start, keyEnd: end } = declaration.entry;
    stack.report('cfn-circular-reference', message, { start, end });
  }
}

function dependenciesOf(stack: Stack): Map<string, readonly string[]> {
  const dependencies = new Map<string, readonly string[]>();
  for (const { name, body } of stack.resources.declarations()) {
    const node = entryOf(body, 'DependsOn');
    const waits =
      node === undefined ? [] : (sequenceOf(node)?.items ?? [node]).flatMap((item) => scalarText(item) ?? []);
    dependencies.set(name, [...(stack.resources.references.get(name) ?? []), ...waits]);
  }
  return dependencies;
}

/**
 * The strongly connected components with more than one member, and members that lead to themselves; each sorted, in the order
 * of their first members. Tarjan's algorithm without recursion: a ring may have thousands of members.
 */
export function ringsOf(edges: ReadonlyMap<string, readonly string[]>): string[][] {
  const state = new Map<string, { readonly index: number; low: number; isOnStack: boolean }>();
  const stack: string[] = [];
  const rings: string[][] = [];
  const open = (name: string) => {
    const index = state.size;
    state.set(name, { index, low: index, isOnStack: true });
    stack.push(name);
    return { name, targets: (edges.get(name) ?? []).filter((target) => edges.has(target)), next: 0 };
  };
  const close = (name: string) => {
    const own = state.get(name);
    if (own === undefined || own.low !== own.index) return;
    const members: string[] = [];
    for (let member = stack.pop(); member !== undefined; member = stack.pop()) {
      const of = state.get(member);
      if (of !== undefined) of.isOnStack = false;
      members.push(member);
      if (member === name) break;
    }
    if (members.length > 1 || edges.get(name)?.includes(name) === true) rings.push(members.sort());
  };
  for (const start of edges.keys()) {
    if (state.has(start)) continue;
    const pending = [open(start)];
    for (let frame = pending.at(-1); frame !== undefined; frame = pending.at(-1)) {
      const own = state.get(frame.name);
      const target = frame.targets[frame.next++];
      if (target !== undefined) {
        const known = state.get(target);
        if (known === undefined) pending.push(open(target));
        else if (own !== undefined && known.isOnStack) own.low = Math.min(own.low, known.index);
        continue;
      }
      pending.pop();
      close(frame.name);
      const parent = pending.at(-1);
      const above = parent === undefined ? undefined : state.get(parent.name);
      if (above !== undefined && own !== undefined) above.low = Math.min(above.low, own.low);
    }
  }
  return rings.sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
}
