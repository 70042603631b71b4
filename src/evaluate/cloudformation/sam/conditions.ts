import type { Expansion } from './model.js';
import type { DraftMapping, Place } from './nodes.js';
import { build, mappingOf, nodeAt } from './nodes.js';

/** Adds a condition that the expansion needs beside the written ones. */
export function addCondition(expansion: Expansion, name: string, place: Place, draft: DraftMapping): void {
  const value = build(place, draft);
  expansion.conditions.set(name, { key: name, spelling: name, keyStart: place.start, keyEnd: place.end, value });
}

/** The name of the opposite of a condition, which is `NOT…` unless the template has one of that name. */
export function negatedCondition(expansion: Expansion, condition: string, place: Place): string {
  const declared = mappingOf(nodeAt(expansion.template, 'Conditions'));
  const name = declared?.entries.has(`NOT${condition}`) === true ? `NOT:${condition}` : `NOT${condition}`;
  addCondition(expansion, name, place, { 'Fn::Not': [{ Condition: condition }] });
  return name;
}
