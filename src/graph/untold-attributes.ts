import type { ObjectValue, Value } from '../model/value.js';
import { unknownValue } from '../model/values.js';
import type { ResourceType } from './resource-types/entries.js';
import { splitPath } from './value-paths.js';

const pathsOf = new WeakMap<ResourceType, readonly (readonly string[])[]>();

/** Of what is live, attributes inside others that no property tells are not known, though all properties were told. */
export function withUntoldAttributes(values: ObjectValue, table: ResourceType): ObjectValue {
  const paths = pathsOf.get(table) ?? nestedPaths(table);
  pathsOf.set(table, paths);
  return paths.reduce((object, path) => withUntold(object, path) as ObjectValue, values);
}

/** Without a property the whole of an attribute is not known anyway. */
function nestedPaths({ terraformOnly = {} }: ResourceType): readonly (readonly string[])[] {
  return Object.keys(terraformOnly)
    .map(splitPath)
    .filter((path) => path.length > 1);
}

function withUntold(value: Value, path: readonly string[]): Value {
  if (value.kind === 'list') return { ...value, elements: value.elements.map((element) => withUntold(element, path)) };
  const [name, ...inner] = path;
  if (value.kind !== 'object' || name === undefined) return value;
  const present = value.entries.get(name);
  const isTold = present !== undefined && present.kind !== 'null';
  if (inner.length === 0 ? isTold : present === undefined) return value;
  const told =
    inner.length === 0 || present === undefined
      ? unknownValue('not-collected', { origin: value.origin })
      : withUntold(present, inner);
  return told === present ? value : { ...value, entries: new Map(value.entries).set(name, told) };
}
