import type { ListValue, Value } from '../model/value.js';
import { Draft, LIST_TYPE } from './draft.js';
import { elementValue } from './presence.js';

/** `[{ Key, Value }]` as a map. */
export function pairsToMap(value: Value, key: string, content: string): Value {
  if (value.kind === 'object' && value.entries.has(key)) {
    return listToMap({ kind: 'list', type: LIST_TYPE, elements: [value] }, key, content);
  }
  if (value.kind === 'list') return listToMap(value, key, content);
  if (value.kind !== 'unknown' || value.alternatives === undefined) return value;
  const alternatives = value.alternatives.map((one) => (one.kind === 'absent' ? one : pairsToMap(one, key, content)));
  return { ...value, alternatives };
}

function listToMap(list: ListValue, key: string, content: string): Value {
  const target = new Draft();
  target.origin = list.origin;
  target.rest = list.rest === undefined ? undefined : { reason: list.rest.reason, subject: list.rest.subject };
  list.elements.forEach((element, index) => {
    const name = element.kind === 'object' ? element.entries.get(key) : element;
    const entry = element.kind === 'object' ? element.entries.get(content) : undefined;
    if (name?.kind === 'string' && entry !== undefined) {
      target.entries.set(name.value, elementValue(entry, list, list.existence?.get(index)));
    } else if (name?.kind === 'unknown') target.rest ??= { reason: name.reason, subject: name.subject };
    else target.rest ??= { reason: 'invalid-value' };
  });
  return target.finish();
}
