import type { ObjectValue, Value } from '../../model/value.js';
import { listValue, objectValue } from '../../model/values.js';
import { LIST_TYPE, OBJECT_TYPE } from '../draft.js';

/** A name of an object, or a place in a list. */
export type PathStep = string | number;

/** `LifecycleConfiguration.Rules[0].Prefix` */
export function parseNativePath(path: string): readonly PathStep[] {
  return path.split('.').flatMap((piece) => {
    const [name = '', ...indexes] = piece.split('[');
    return [name, ...indexes.map((index) => Number.parseInt(index, 10))];
  });
}

/** The object with a value put at a native path; objects and lists on the way are made. What is there stays. */
export function putNative(object: ObjectValue, path: readonly PathStep[], value: Value): ObjectValue {
  const changed = putInside(object, path, value);
  return changed.kind === 'object' ? changed : object;
}

function putInside(holder: Value | undefined, path: readonly PathStep[], value: Value): Value {
  const [step, ...inner] = path;
  if (step === undefined) return holder ?? value;
  if (typeof step === 'number') {
    const list = holder?.kind === 'list' ? holder : listValue(LIST_TYPE, []);
    const place = Math.min(step, list.elements.length);
    // A whole element goes between those that are there.
    if (inner.length === 0) return { ...list, elements: list.elements.toSpliced(place, 0, value) };
    const elements = [...list.elements];
    elements[place] = putInside(elements[place], inner, value);
    return { ...list, elements };
  }
  const object = holder?.kind === 'object' ? holder : objectValue(OBJECT_TYPE, new Map());
  return { ...object, entries: new Map(object.entries).set(step, putInside(object.entries.get(step), inner, value)) };
}
