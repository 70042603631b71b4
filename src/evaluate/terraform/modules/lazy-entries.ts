import type { Value } from '../../../model/value.js';

/** A map whose values are made when they are read: an instance has dozens of attributes, and mostly one is asked for. */
export class LazyEntries extends Map<string, Value> {
  readonly #names: ReadonlySet<string> | undefined;
  readonly #make: (name: string) => Value;

  /** The names in the order of iteration. */
  constructor(names: Iterable<string>, make: (name: string) => Value) {
    super();
    this.#names = names instanceof Set ? names : new Set(names);
    this.#make = make;
  }

  /** The same names, each value changed when it is read. */
  mapped(change: (value: Value) => Value): LazyEntries {
    return new LazyEntries(this.#names ?? [], (name) => change(this.#make(name)));
  }

  override get size(): number {
    return this.#names?.size ?? 0;
  }

  override has(name: string): boolean {
    return this.#names?.has(name) === true;
  }

  override get(name: string): Value | undefined {
    return this.has(name) ? this.#make(name) : undefined;
  }

  override *keys(): MapIterator<string> {
    yield* this.#names ?? [];
  }

  override *values(): MapIterator<Value> {
    for (const name of this.#names ?? []) yield this.#make(name);
  }

  override *entries(): MapIterator<[string, Value]> {
    for (const name of this.#names ?? []) yield [name, this.#make(name)];
  }

  override [Symbol.iterator](): MapIterator<[string, Value]> {
    return this.entries();
  }

  override forEach(visit: (value: Value, key: string, map: Map<string, Value>) => void): void {
    for (const name of this.#names ?? []) visit(this.#make(name), name, this);
  }
}
