import { suggest } from '../../../source/suggest.js';
import type { DataEntry, DataMapping, DataNode } from '../../../syntax/data/ast.js';
import { resolveAlias, scalarText } from '../expression/nodes.js';
import { diagnose } from './expansion.js';
import { GLOBALS } from './generated/property-names.js';
import type { Expansion } from './model.js';
import { entryOf, intrinsicOf, itemsOf, mappingOf, nodeAt, placeOf, sequenceOf } from './nodes.js';

// SAFETY: each of many resources may get a copy of a long list or map.
const maxMergedEntries = 2_000_000;

/** Reports sections and properties that `Globals` cannot have. */
export function checkGlobals(expansion: Expansion): void {
  for (const [name, entry] of mappingOf(nodeAt(expansion.template, 'Globals'))?.entries ?? []) {
    const allowed = Object.hasOwn(GLOBALS, name) ? GLOBALS[name] : undefined;
    if (allowed === undefined) {
      const message = `"Globals" have no section "${name}".${suggest(name, Object.keys(GLOBALS))}`;
      diagnose(expansion, 'sam-invalid', placeOf(entry), message);
      continue;
    }
    for (const [property, value] of mappingOf(entry.value)?.entries ?? []) {
      if (allowed.includes(property)) continue;
      const message = `"${property}" cannot stand in "Globals" of "${name}".${suggest(property, allowed)}`;
      diagnose(expansion, 'sam-invalid', placeOf(value), message);
    }
  }
}

/** The properties of a resource with those that Globals give its type: what it has itself wins. */
export function withGlobals(expansion: Expansion, type: string, written: DataMapping): DataMapping {
  const properties = mappingOf(nodeAt(written, 'Properties'));
  const section = mappingOf(nodeAt(mappingOf(nodeAt(expansion.template, 'Globals')), type));
  const own: DataMapping = properties ?? {
    kind: 'mapping',
    entries: new Map(),
    start: written.start,
    end: written.start,
  };
  if (section === undefined || !Object.hasOwn(GLOBALS, type)) return own;
  const ignored = itemsOf(entryOf(written, 'IgnoreGlobals')?.value).map(scalarText);
  if (ignored.includes('*')) return own;
  const allowed = GLOBALS[type] ?? [];
  const entries = new Map<string, DataEntry>();
  for (const [name, entry] of section.entries) {
    if (allowed.includes(name) && !ignored.includes(name)) entries.set(name, entry);
  }
  const merging = new Merging(expansion.merged);
  const merged = merging.mappings({ ...section, entries }, own);
  if (merging.isOverLimit) {
    const message = `"Globals" are not merged into more resources: that would make over ${maxMergedEntries} entries.`;
    diagnose(expansion, 'limit-reached', section, message);
  }
  return merged;
}

/** Objects are merged deeply, lists are joined with the global items first, everything else is the local value. */
class Merging {
  isOverLimit = false;
  private readonly merged: { count: number };

  constructor(merged: { count: number }) {
    this.merged = merged;
  }

  mappings(global: DataMapping, local: DataMapping): DataMapping {
    if (local.entries.size === 0) return { ...local, entries: global.entries };
    if (!this.hasRoom(global.entries.size)) return local;
    const entries = new Map(global.entries);
    for (const [key, entry] of local.entries) {
      const present = global.entries.get(key);
      entries.set(key, present === undefined ? entry : { ...entry, value: this.nodes(present.value, entry.value) });
    }
    return { ...local, entries };
  }

  private nodes(global: DataNode, local: DataNode): DataNode {
    if (intrinsicOf(global) !== undefined || intrinsicOf(local) !== undefined) return local;
    const [globalMap, localMap] = [mappingOf(global), mappingOf(local)];
    if (globalMap !== undefined && localMap !== undefined) return this.mappings(globalMap, localMap);
    const [globalList, localList] = [sequenceOf(global), sequenceOf(local)];
    if (globalList === undefined || localList === undefined) return resolveAlias(local);
    if (!this.hasRoom(globalList.items.length)) return localList;
    return { ...localList, items: [...globalList.items, ...localList.items] };
  }

  private hasRoom(count: number): boolean {
    this.merged.count += count;
    this.isOverLimit ||= this.merged.count > maxMergedEntries;
    return !this.isOverLimit;
  }
}
