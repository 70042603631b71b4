import type { Expansion } from './model.js';
import type { DraftMapping, Place } from './nodes.js';
import { build } from './nodes.js';

/** Adds a condition that the expansion needs beside the written ones. */
export function addCondition(expansion: Expansion, name: string, place: Place, draft: DraftMapping): void {
  const value = build(place, draft);
  expansion.conditions.set(name, { key: name, spelling: name, keyStart: place.start, keyEnd: place.end, value });
}
