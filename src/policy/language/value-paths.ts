import type { Resource } from '../../model/resource.js';
import type { RuntimeValue } from './runtime-value.js';

/** Each resource's values by their identity → their paths; built when first asked, kept as long as the resource. */
const indexes = new WeakMap<Resource, ReadonlyMap<RuntimeValue, readonly string[]>>();

/** SAFETY: values deeper than this have no place of their own. */
const MAX_DEPTH = 40;

/** The paths at which the value stands in the resource: `ingress[2].cidr_ipv4`. Empty for a value that is not its own. */
export function pathsIn(resource: Resource, value: RuntimeValue): readonly string[] {
  let index = indexes.get(resource);
  if (index === undefined) {
    index = buildIndex(resource);
    indexes.set(resource, index);
  }
  return index.get(value) ?? [];
}

function buildIndex(resource: Resource): Map<RuntimeValue, readonly string[]> {
  const index = new Map<RuntimeValue, string[]>();
  const visit = (value: RuntimeValue, path: string, depth: number): void => {
    const paths = index.get(value);
    if (paths === undefined) index.set(value, [path]);
    else paths.push(path);
    if (depth > MAX_DEPTH) return;
    if (value.kind === 'list') {
      for (const [at, element] of value.elements.entries()) visit(element, `${path}[${at}]`, depth + 1);
    }
    if (value.kind === 'object') {
      for (const [key, entry] of value.entries) visit(entry, joinField(path, key), depth + 1);
    }
  };
  for (const [key, entry] of resource.values.entries) visit(entry, key, 0);
  return index;
}

/** SAFETY: how many field names are remembered as plain ones; there are far fewer attributes than this. */
const MAX_PLAIN_FIELDS = 10_000;
const plainFields = new Set<string>();

function isPlain(field: string): boolean {
  if (plainFields.has(field)) return true;
  if (!/^[A-Za-z_][\w-]*$/.test(field)) return false;
  if (plainFields.size < MAX_PLAIN_FIELDS) plainFields.add(field);
  return true;
}

/** A field below a path; a key that is no plain name is written as an index: `tags["a b"]`. */
export function joinField(path: string, field: string): string {
  if (!isPlain(field)) return `${path}[${JSON.stringify(field)}]`;
  return path === '' ? field : `${path}.${field}`;
}

/** The path without list positions, as links have it: `ingress.cidr_ipv4`. */
export function withoutPositions(path: string): string {
  return path.replace(/\[\d+\]/g, '');
}
