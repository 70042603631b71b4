import type { Reference } from '../../model/value.js';
import { type ReferencePart, referenceParts } from './addresses.js';
import { innerScope, type ModuleScope, referencesOf } from './configuration.js';
import { isRecord, memberOf, type Plain } from './plain.js';

/** What an expression refers to. `isComplete`: it leads to nothing that the configuration does not tell (locals). */
export interface Referred {
  readonly references: readonly Reference[];
  readonly isComplete: boolean;
}

/** The `for_each` under which an expression stands, and the key of the instance in brackets. */
export interface Repetition {
  readonly forEach: Plain;
  readonly key: string;
}

const NOTHING: Referred = { references: [], isComplete: true };
const UNTOLD: Referred = { references: [], isComplete: false };

/** SAFETY: through how many arguments and outputs a reference is followed. */
const maxSteps = 32;

/** Follows the references of a plan's configuration to instances of resources: through arguments and outputs of modules. */
export class ReferenceResolver {
  constructor(
    private readonly root: string,
    /** Address without its own key → addresses of its instances. */
    private readonly instances: ReadonlyMap<string, readonly string[]>,
    /** The values of the root module's variables. */
    private readonly variables: Plain,
  ) {}

  /** Whether an expression is null, or nothing but a variable that is null. */
  isNull(expression: Plain, scope: ModuleScope, step = 0): boolean {
    if (isRecord(expression) && memberOf(expression, 'constant_value') === null) return true;
    const [only, second] = referencesOf(expression);
    if (step > maxSteps || only === undefined || second !== undefined || !/^var\.[\w-]+$/.test(only)) return false;
    const name = only.slice('var.'.length);
    const { caller, module } = scope;
    if (caller === undefined) return memberOf(memberOf(this.variables, name), 'value') === null;
    const passed = memberOf(caller.call.expressions, name);
    if (passed !== undefined) return this.isNull(passed, caller.scope, step + 1);
    return memberOf(memberOf(module.variables, name), 'default') === null;
  }

  resolve(expression: Plain, scope: ModuleScope, repetition: Repetition | undefined, step = 0): Referred {
    if (step > maxSteps) return UNTOLD;
    const all = referencesOf(expression).map((text) => this.#follow(referenceParts(text), scope, repetition, step));
    return {
      references: unique(all.flatMap(({ references }) => references)),
      isComplete: all.every(({ isComplete }) => isComplete),
    };
  }

  #follow(
    parts: readonly ReferencePart[],
    scope: ModuleScope,
    repetition: Repetition | undefined,
    step: number,
  ): Referred {
    const [first, second] = parts.map((part) => ('name' in part ? part.name : undefined));
    switch (first) {
      case undefined:
      case 'local':
      case 'self':
        return UNTOLD;
      case 'path':
      case 'terraform':
      case 'count':
        return NOTHING;
      case 'each':
        return second === 'value' ? this.#eachValue(parts.slice(2), scope, repetition, step) : NOTHING;
      case 'var':
        return this.#argument(second ?? '', scope, step);
      case 'module':
        return this.#output(parts.slice(1), scope, step);
      default:
        return this.#resource(parts, scope);
    }
  }

  /** `each.value`, where `for_each` is a resource: the instance of the same key. */
  #eachValue(
    rest: readonly ReferencePart[],
    scope: ModuleScope,
    repetition: Repetition | undefined,
    step: number,
  ): Referred {
    if (repetition === undefined) return UNTOLD;
    const over = referencesOf(repetition.forEach);
    const [only] = over;
    if (over.length !== 1 || only === undefined) return over.length === 0 ? NOTHING : UNTOLD;
    const parts = referenceParts(only);
    const [head] = parts;
    const isResource = head !== undefined && 'name' in head && !NAMES.has(head.name);
    const length = head !== undefined && 'name' in head && head.name === 'data' ? 3 : 2;
    if (isResource && parts.length === length)
      return this.#resource([...parts, { index: repetition.key }, ...rest], scope);
    const found = this.#follow(parts, scope, undefined, step + 1);
    return found.isComplete && found.references.length === 0 ? NOTHING : UNTOLD;
  }

  /** A variable: what the call passes; that of the root module has its value from outside. */
  #argument(name: string, { caller }: ModuleScope, step: number): Referred {
    if (caller === undefined) return NOTHING;
    const expression = memberOf(caller.call.expressions, name);
    if (expression === undefined) return NOTHING;
    return this.resolve(expression, caller.scope, { forEach: caller.call.forEach, key: caller.key }, step + 1);
  }

  #output(parts: readonly ReferencePart[], scope: ModuleScope, step: number): Referred {
    const [call, second, third] = parts;
    if (call === undefined || !('name' in call)) return UNTOLD;
    const key = second !== undefined && 'index' in second ? second.index : '';
    const output = key === '' ? second : third;
    const inner = innerScope(scope, call.name, key);
    if (inner === undefined || output === undefined || !('name' in output)) return UNTOLD;
    return this.resolve(
      memberOf(memberOf(inner.module.outputs, output.name), 'expression'),
      inner,
      undefined,
      step + 1,
    );
  }

  #resource(parts: readonly ReferencePart[], { prefix }: ModuleScope): Referred {
    const names = parts.map((part) => ('name' in part ? part.name : ''));
    const length = names[0] === 'data' ? 3 : 2;
    const own = names.slice(0, length);
    if (own.length < length || own.includes('')) return UNTOLD;
    const group = `${prefix}${own.join('.')}`;
    const index = parts[length];
    const isKeyed = index !== undefined && 'index' in index;
    const attribute = names[isKeyed ? length + 1 : length] ?? '';
    const known = this.instances.get(group) ?? [];
    const named = isKeyed && index.index !== '[*]' ? [`${group}${index.index}`] : known;
    const addresses = named.filter((address) => known.includes(address));
    if (addresses.length === 0) return UNTOLD;
    return { references: addresses.map((address) => ({ root: this.root, address, attribute })), isComplete: true };
  }
}

const NAMES: ReadonlySet<string> = new Set(['local', 'self', 'path', 'terraform', 'count', 'each', 'var', 'module']);

function unique(references: readonly Reference[]): Reference[] {
  return [...new Map(references.map((one) => [`${one.address}\0${one.attribute}`, one])).values()];
}
