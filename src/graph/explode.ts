import { STRING } from '../model/type.js';
import type { ElementExistence, ObjectValue, UnknownValue, Value } from '../model/value.js';
import { unknownValue } from '../model/values.js';
import { type ListDraft, weaker } from './draft.js';
import type { Explosion } from './resource-types/entries.js';

interface Source {
  readonly to: string;
  readonly value: Value;
  readonly existence: ElementExistence | undefined;
}

/**
 * Turns one object into atomic ones, one for each value of the exploded attributes; with none, into one without. `ownId`
 * is what `true` of an own-id attribute stands for.
 */
export function explodeObject(
  object: ObjectValue,
  explosion: Explosion,
  target: { readonly list: ListDraft; readonly existence: ElementExistence | undefined; readonly ownId: UnknownValue },
): void {
  const common = commonEntries(object, explosion);
  const sources: Source[] = [];
  for (const [attribute, to] of Object.entries(explosion.from)) {
    const value = object.entries.get(attribute);
    if (value === undefined) continue;
    if (typeof to === 'string') collectSources(value, to, undefined, sources);
    else collectOwnId(value, to.ownId, target.ownId, sources);
  }
  const element = (entries: ReadonlyMap<string, Value>): ObjectValue => ({ ...object, entries });
  if (sources.length === 0) {
    target.list.push(element(common), target.existence);
    return;
  }
  for (const source of sources) {
    const entries = new Map(common);
    entries.set(source.to, source.value);
    target.list.push(element(entries), weaker(target.existence, source.existence));
  }
}

function commonEntries(object: ObjectValue, explosion: Explosion): Map<string, Value> {
  const { silent } = explosion;
  const decides = silent === undefined ? undefined : object.entries.get(silent.attribute);
  const isSilent = silent !== undefined && decides?.kind === 'string' && decides.value === silent.equals;
  const entries = new Map<string, Value>();
  for (const [name, value] of object.entries) {
    if (name in explosion.from || value.kind === 'null') continue;
    if (isSilent && silent.fields.includes(name)) continue;
    entries.set(name, value);
  }
  return entries;
}

function collectSources(value: Value, to: string, existence: ElementExistence | undefined, sources: Source[]): void {
  switch (value.kind) {
    case 'null':
      return;
    case 'list': {
      value.elements.forEach((element, index) => {
        const own = weaker(existence, value.existence?.get(index));
        // An element can be an unknown list where a list of lists was flattened; it is one source all the same.
        if (element.kind !== 'null') sources.push({ to, value: element, existence: own });
      });
      if (value.rest !== undefined) {
        const { reason, subject, element } = value.rest;
        const further = element ?? unknownValue(reason, { type: STRING, subject, origin: value.origin });
        sources.push({ to, value: further, existence: 'any-number' });
      }
      return;
    }
    case 'unknown':
      collectUnknown(value, to, existence, sources);
      return;
    default:
      sources.push({ to, value, existence });
  }
}

function collectUnknown(
  value: UnknownValue,
  to: string,
  existence: ElementExistence | undefined,
  sources: Source[],
): void {
  const { alternatives, type } = value;
  const isCollection = type.kind === 'list' || type.kind === 'set' || type.kind === 'tuple';
  const mayBeNothing = alternatives?.some(({ kind }) => kind === 'null' || kind === 'absent') === true;
  if (
    alternatives !== undefined &&
    (isCollection || mayBeNothing || alternatives.some(({ kind }) => kind === 'list'))
  ) {
    for (const alternative of alternatives) {
      if (alternative.kind !== 'absent') collectSources(alternative, to, weaker(existence, 'perhaps'), sources);
    }
    return;
  }
  if (!isCollection) {
    sources.push({ to, value, existence });
    return;
  }
  const { reason, subject, origin, refersTo } = value;
  const element = unknownValue(reason, { type: STRING, subject, origin, refersTo });
  sources.push({ to, value: element, existence: 'any-number' });
}

function collectOwnId(value: Value, to: string, ownId: UnknownValue, sources: Source[]): void {
  if (value.kind === 'bool' && value.value)
    sources.push({ to, value: { ...ownId, origin: value.origin }, existence: undefined });
  if (value.kind === 'unknown') sources.push({ to, value: { ...ownId, origin: value.origin }, existence: 'perhaps' });
}
