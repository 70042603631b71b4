import { joinPath } from '../../source/paths.js';
import type { DataMapping, DataNode } from '../../syntax/data/ast.js';
import { parseData } from '../../syntax/data/parse-data.js';

/** Lists of paths, and lists of mappings with the fields in which paths stand. `crds` are objects like others. */
const PATHS = [
  'resources',
  'bases',
  'components',
  'generators',
  'transformers',
  'validators',
  'configurations',
  'patchesStrategicMerge',
];
const HOLDERS: Readonly<Record<string, readonly string[]>> = {
  patches: ['path'],
  patchesJson6902: ['path'],
  replacements: ['path'],
  configMapGenerator: ['files', 'env', 'envs'],
  secretGenerator: ['files', 'env', 'envs'],
  helmCharts: ['valuesFile', 'additionalValuesFiles'],
  helmChartInflationGenerator: ['values'],
};

/** What leaves the manifests that it names as they are written. */
const PLAIN_FIELDS: ReadonlySet<string> = new Set([
  'apiVersion',
  'kind',
  'metadata',
  'resources',
  'bases',
  'components',
  'crds',
  'openapi',
  'sortOptions',
]);

export interface Kustomization {
  /** Files and folders of the project, from its root, whether they are there or not. */
  readonly named: readonly string[];
  /** It does nothing but put together what it names, and all of that lies in the project. */
  readonly isPlain: boolean;
}

/** Reads what a kustomization names, from its own folder. */
export function readKustomization(path: string, text: string): Kustomization {
  const named: string[] = [];
  let isPlain = true;
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
  const add = (node: DataNode | undefined): void => {
    if (node?.kind === 'alias') add(node.target);
    if (node?.kind === 'sequence') for (const item of node.items) add(item);
    // A patch may be written out, a file have the name that it gets, a resource lie on a server.
    if (node?.kind !== 'string' || node.value.includes('\n') || /:\/\/|^git@|\?ref=/.test(node.value)) {
      isPlain &&= node?.kind !== 'string';
      return;
    }
    named.push(joinPath(folder, node.value.replace(/^[^=/]+=/, '')));
  };
  for (const { root, isBroken } of parseData({ path, text }, 'kubernetes').documents) {
    isPlain &&= !isBroken && root.kind === 'mapping';
    if (root.kind !== 'mapping') continue;
    isPlain &&= [...root.entries.keys()].every((field) => PLAIN_FIELDS.has(field));
    for (const field of PATHS) add(root.entries.get(field)?.value);
    for (const [field, inner] of Object.entries(HOLDERS)) {
      for (const holder of mappingsIn(root.entries.get(field)?.value)) {
        for (const name of inner) add(holder.entries.get(name)?.value);
      }
    }
    const openapi = root.entries.get('openapi')?.value;
    if (openapi?.kind === 'mapping') add(openapi.entries.get('path')?.value);
  }
  return { named, isPlain };
}

function mappingsIn(node: DataNode | undefined): DataMapping[] {
  if (node?.kind === 'alias') return mappingsIn(node.target);
  return node?.kind === 'sequence' ? node.items.flatMap((item) => (item.kind === 'mapping' ? [item] : [])) : [];
}
