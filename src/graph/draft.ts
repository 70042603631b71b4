import { DYNAMIC, type Type } from '../model/type.js';
import type { ElementExistence, ListValue, ObjectValue, Origin, Rest, Value } from '../model/value.js';
import { listValue, objectValue } from '../model/values.js';

export const OBJECT_TYPE: Type = { kind: 'object', attributes: new Map() };
export const LIST_TYPE: Type = { kind: 'list', element: DYNAMIC };

/** An object in the making. */
export class Draft {
  readonly entries = new Map<string, Value | Draft>();
  origin: Origin | undefined;
  rest: Rest | undefined;

  /**
   * Puts a value at a path; objects on the way are made. False where another value stands at the path, or in its way: it
   * stays.
   */
  put(path: readonly string[], value: Value): boolean {
    const name = path[path.length - 1];
    const holder = name === undefined ? undefined : path.length === 1 ? this : this.at(path.slice(0, -1));
    if (holder === undefined || name === undefined) return false;
    const present = holder.entries.get(name);
    const isFree = present === undefined || (!(present instanceof Draft) && present.kind === 'null');
    if (isFree) holder.entries.set(name, value);
    return isFree || value.kind === 'null';
  }

  /** The object at a path, made where nothing is; undefined where a value stands in the way. */
  at(path: readonly string[]): Draft | undefined {
    let holder: Draft | undefined = this;
    for (const name of path) holder = holder?.child(name);
    return holder;
  }

  finish(): ObjectValue {
    const entries = new Map<string, Value>();
    for (const [name, entry] of this.entries) entries.set(name, entry instanceof Draft ? entry.finish() : entry);
    return objectValue(OBJECT_TYPE, entries, this.origin, this.rest);
  }

  private child(name: string): Draft | undefined {
    const present = this.entries.get(name);
    if (present instanceof Draft) return present;
    if (present !== undefined && present.kind !== 'null' && present.kind !== 'object') return undefined;
    const made = new Draft();
    if (present?.kind === 'object') {
      for (const [key, value] of present.entries) made.entries.set(key, value);
      made.origin = present.origin;
      made.rest = present.rest;
    }
    this.entries.set(name, made);
    return made;
  }
}

/** Elements in the making, each with how often it occurs. */
export class ListDraft {
  readonly elements: Value[] = [];
  private readonly existence = new Map<number, ElementExistence>();
  rest: Rest | undefined;

  get length(): number {
    return this.elements.length;
  }

  push(value: Value, existence?: ElementExistence): void {
    if (existence !== undefined) this.existence.set(this.elements.length, existence);
    this.elements.push(value);
  }

  /** All elements of a list, its openness included. */
  append(list: ListValue, existence?: ElementExistence): void {
    list.elements.forEach((element, index) => {
      this.push(element, weaker(existence, list.existence?.get(index)));
    });
    if (list.rest !== undefined) this.open(list.rest);
  }

  /** There may be more elements. Of those that may come for several reasons nothing is known that holds for all. */
  open(rest: Rest): void {
    if (this.rest === undefined) this.rest = rest;
    else if (this.rest.element !== undefined && this.rest.element !== rest.element)
      this.rest = { ...this.rest, element: undefined };
  }

  finish(origin?: Origin): ListValue {
    const list = listValue(LIST_TYPE, this.elements, origin, this.rest);
    return this.existence.size > 0 ? { ...list, existence: this.existence } : list;
  }
}

/** How often an element occurs whose holder occurs so. */
export function weaker(a: ElementExistence | undefined, b: ElementExistence | undefined): ElementExistence | undefined {
  return a === 'any-number' || b === 'any-number' ? 'any-number' : (a ?? b);
}
