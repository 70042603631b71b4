import type { ResourceType } from './resource-types/entries.js';
import { tableOf } from './type-model.js';

const known = new Map<ResourceType, ReadonlyMap<string, readonly string[]>>();
const NONE: ReadonlyMap<string, readonly string[]> = new Map();

/** Path (indexes left out) → the types that its value names; those of folded companions at the places they are folded to. */
export function linksOfType(table: ResourceType | undefined): ReadonlyMap<string, readonly string[]> {
  if (table === undefined) return NONE;
  const present = known.get(table);
  if (present !== undefined) return present;
  const links = new Map<string, readonly string[]>();
  for (const mount of table.companions ?? []) {
    const prefix = mount.path.replace('[]', '');
    for (const [path, types] of Object.entries(tableOf(mount.type)?.links ?? {})) {
      if (mount.value === undefined) links.set(`${prefix}.${path}`, toList(types));
      else if (path === mount.value || path.startsWith(`${mount.value}.`)) {
        links.set(`${prefix}${path.slice(mount.value.length)}`, toList(types));
      }
    }
  }
  for (const [path, types] of Object.entries(table.links ?? {})) links.set(path, toList(types));
  known.set(table, links);
  return links;
}

function toList(types: string | readonly string[]): readonly string[] {
  return typeof types === 'string' ? [types] : types;
}
