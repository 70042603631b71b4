import { Scope } from '../expression/context.js';
import { entryOf } from '../expression/nodes.js';
import type { Term } from '../terms/term.js';
import { invalidExpression } from '../terms/term.js';
import type { Stack } from './stack.js';
import type { Exported, ExportIndex } from './world.js';

/** What the roots of a project export, found when something is first imported. */
export class ProjectExports implements ExportIndex {
  #found: Map<string, Exported[]> | undefined;
  readonly #pending = new Set<string>();

  constructor(private readonly roots: () => Iterable<Stack>) {}

  find(name: string): readonly Exported[] {
    this.#found ??= this.#build();
    return this.#found.get(name) ?? [];
  }

  #build(): Map<string, Exported[]> {
    const found = new Map<string, Exported[]>();
    // While the names are worked out nothing is exported: a name that is itself imported stays unknown.
    this.#found = found;
    for (const stack of this.roots()) this.#addStack(stack, found);
    return found;
  }

  #addStack(stack: Stack, into: Map<string, Exported[]>): void {
    if (stack.template.source.text.includes('Export')) {
      for (const [output, { value }] of stack.expanded.section('Outputs')) {
        const node = entryOf(entryOf(value, 'Export'), 'Name');
        const name =
          node === undefined ? undefined : new Scope(stack, stack.place.assumption, undefined).evaluate(node);
        if (name?.kind !== 'string') continue;
        const one: Exported = { root: stack.place.root, value: () => this.#value(stack, output) };
        const known = into.get(name.value);
        if (known === undefined) into.set(name.value, [one]);
        else known.push(one);
      }
    }
    for (const declaration of stack.resources.declarations()) {
      const child = stack.resources.child(declaration);
      if (child !== undefined) this.#addStack(child, into);
    }
  }

  #value(stack: Stack, output: string): Term {
    const key = `${stack.place.root}\0${stack.place.prefix}${output}`;
    if (this.#pending.has(key)) return invalidExpression(undefined, output);
    this.#pending.add(key);
    const value = stack.output(output, stack.place.assumption) ?? invalidExpression(undefined, output);
    this.#pending.delete(key);
    return value;
  }
}
