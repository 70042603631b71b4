import type { Evaluator } from './frame.js';
import type { RuntimeValue } from './runtime-value.js';

/** What a name stands for when an expression is compiled. */
export type Binding =
  | { readonly kind: 'slot'; readonly slot: number }
  /** Evaluated when it is first read, then kept in its slot. */
  | { readonly kind: 'lazy'; readonly slot: number; readonly evaluate: Evaluator }
  | { readonly kind: 'constant'; readonly value: RuntimeValue };

/** Names to bindings; dotted names (`variables.block`) are whole. Inner scopes hide outer ones. */
export class Scope {
  readonly #bindings: ReadonlyMap<string, Binding>;
  readonly #parent: Scope | undefined;
  readonly slots: SlotCounter;

  constructor(bindings: ReadonlyMap<string, Binding>, slots: SlotCounter, parent?: Scope) {
    this.#bindings = bindings;
    this.#parent = parent;
    this.slots = slots;
  }

  lookup(name: string): Binding | undefined {
    return this.#bindings.get(name) ?? this.#parent?.lookup(name);
  }

  /** The outermost meaning, for names that begin with a dot. */
  lookupGlobal(name: string): Binding | undefined {
    return this.#parent?.lookupGlobal(name) ?? this.#bindings.get(name);
  }

  inner(bindings: ReadonlyMap<string, Binding>): Scope {
    return new Scope(bindings, this.slots, this);
  }
}

/** Hands out the slots of a frame. */
export class SlotCounter {
  #count = 0;

  next(): number {
    return this.#count++;
  }

  get count(): number {
    return this.#count;
  }
}
