import { STRING } from '../../model/type.js';
import type { ObjectValue } from '../../model/value.js';
import { objectValue, unknownValue } from '../../model/values.js';

/** The name that the server makes of `generateName`: its beginning is known, and there is one. */
export function withGeneratedName(values: ObjectValue): ObjectValue {
  const metadata = values.entries.get('metadata');
  if (metadata?.kind !== 'object' || metadata.entries.has('name')) return values;
  const prefix = metadata.entries.get('generateName');
  if (prefix?.kind !== 'string' || prefix.value === '') return values;
  const suffix = unknownValue('computed-by-provider', { type: STRING, notNull: true });
  const name = unknownValue('computed-by-provider', {
    type: STRING,
    subject: 'metadata.name',
    notNull: true,
    parts: [prefix.value, suffix],
    origin: prefix.origin,
  });
  const { type, origin, rest } = metadata;
  const named = objectValue(type, new Map(metadata.entries).set('name', name), origin, rest);
  return objectValue(values.type, new Map(values.entries).set('metadata', named), values.origin, values.rest);
}
