import type { Node } from '../node.js';

/** SAFETY: of more objects with one name it is not asked which is meant. */
export const maxNamesakes = 1_000;

/** Finds the objects of Kubernetes by what they are called. */
export class ObjectIndex {
  readonly #byName = new Map<string, Node[]>();
  readonly #byType = new Map<string, Node[]>();

  constructor(nodes: Iterable<Node>) {
    for (const node of nodes) {
      const metadata = node.values.entries.get('metadata');
      const name = metadata?.kind === 'object' ? metadata.entries.get('name') : undefined;
      const { type } = node.model;
      push(this.#byType, type, node);
      if (name?.kind === 'string') push(this.#byName, `${type}\0${name.value}`, node);
    }
  }

  named(type: string, name: string): readonly Node[] {
    return this.#byName.get(`${type}\0${name}`) ?? [];
  }

  ofType(type: string): readonly Node[] {
    return this.#byType.get(type) ?? [];
  }

  /**
   * Of objects with one name those that another means: in its own file, else in its folder, else in the folder that they
   * have most of their path in common with. Several where that does not tell.
   */
  nearest(candidates: readonly Node[], from: Node): readonly Node[] {
    if (candidates.length <= 1) return candidates;
    let best: Node[] = [];
    let bestRank = -1;
    for (const candidate of candidates) {
      const rank = closeness(candidate, from);
      if (rank > bestRank) best = [];
      bestRank = Math.max(bestRank, rank);
      if (rank === bestRank) best.push(candidate);
    }
    return best;
  }
}

function closeness({ raw: a }: Node, { raw: b }: Node): number {
  if (a.range.file.path === b.range.file.path) return Number.POSITIVE_INFINITY;
  if (a.root === b.root) return Number.MAX_SAFE_INTEGER;
  const [one, other] = [segmentsOf(a.root), segmentsOf(b.root)];
  let common = 0;
  while (common < one.length && one[common] === other[common]) common++;
  return common;
}

function segmentsOf(root: string): readonly string[] {
  return root === '.' || root === '' ? [] : root.split('/');
}

function push(map: Map<string, Node[]>, key: string, node: Node): void {
  const nodes = map.get(key);
  if (nodes === undefined) map.set(key, [node]);
  else nodes.push(node);
}
