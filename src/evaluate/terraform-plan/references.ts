import type { Reference } from '../../model/value.js';
import { type ReferencePart, referenceParts } from './addresses.js';
import { innerScope, type ModuleScope, referencesOf } from './configuration.js';
import { isRecord, memberOf, type Plain } from './plain.js';

/** What an expression refers to. `isComplete`: it leads to nothing that the configuration does not tell (locals). */
export interface Referred {
  readonly references: readonly Reference[];
  readonly isComplete: boolean;
}

/** The `for_each` or `count` under which an expression stands, and the key of the instance in brackets. */
export interface Repetition {
  readonly forEach: Plain;
  readonly key: string;
  /** The address of the resource that is repeated, without its key; undefined for a module. */
  readonly group?: string | undefined;
}

const NOTHING: Referred = { references: [], isComplete: true };
const UNTOLD: Referred = { references: [], isComplete: false };

/** SAFETY: through how many arguments and outputs a reference is followed. */
const maxSteps = 32;

/** Follows the references of a plan's configuration to instances of resources: through arguments and outputs of modules. */
export class ReferenceResolver {
  /** Two groups of instances → whether they have the same keys. */
  readonly #sameKeys = new Map<string, boolean>();
  readonly #known = new Map<string, ReadonlySet<string>>();

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
    const texts = referencesOf(expression);
    const sameKey = this.#sameKey(texts, scope, repetition);
    if (sameKey !== undefined) return sameKey;
    const all = texts.map((text) => this.#follow(referenceParts(text), scope, repetition, step));
    return {
      references: unique(all.flatMap(({ references }) => references)),
      isComplete: all.every(({ isComplete }) => isComplete),
    };
  }

  /**
   * `aws_x.y[each.key].id` is told as `aws_x.y` and `each.key`. Where both have the very same keys, it is the instance with
   * the own one. Of `count.index` that cannot be said: one reckons with it (`aws_x.y[(count.index + 1) % 3]`).
   */
  #sameKey(texts: readonly string[], scope: ModuleScope, repetition: Repetition | undefined): Referred | undefined {
    if (texts.length !== 2 || repetition?.group === undefined) return undefined;
    const whole = texts.find((text) => text !== 'each.key');
    if (
      whole === undefined ||
      !texts.includes('each.key') ||
      !WHOLE_RESOURCE.test(whole) ||
      NAMES.has(whole.split('.')[0] ?? '')
    )
      return undefined;
    const group = `${scope.prefix}${whole}`;
    if (!this.#haveSameKeys(group, repetition.group)) return undefined;
    const reference = { root: this.root, address: `${group}${repetition.key}`, attribute: '' };
    return { references: [reference], isComplete: true };
  }

  #haveSameKeys(a: string, b: string): boolean {
    const known = this.#sameKeys.get(`${a}\0${b}`);
    if (known !== undefined) return known;
    const [own, other] = [this.instances.get(a) ?? [], this.instances.get(b) ?? []];
    const keys = new Set(own.map((address) => address.slice(a.length)));
    const isSame = own.length === other.length && other.every((address) => keys.has(address.slice(b.length)));
    this.#sameKeys.set(`${a}\0${b}`, isSame);
    return isSame;
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

  #has(group: string, address: string): boolean {
    let addresses = this.#known.get(group);
    if (addresses === undefined) {
      addresses = new Set(this.instances.get(group));
      this.#known.set(group, addresses);
    }
    return addresses.has(address);
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
    const isOne = isKeyed && index.index !== '[*]';
    const addresses = isOne ? [`${group}${index.index}`].filter((address) => this.#has(group, address)) : known;
    if (addresses.length === 0 || addresses.length > maxCandidates) return UNTOLD;
    return { references: addresses.map((address) => ({ root: this.root, address, attribute })), isComplete: true };
  }
}

/** Which of more instances is meant, is as good as not known. */
const maxCandidates = 8;

const WHOLE_RESOURCE = /^(?:data\.)?[\w-]+\.[\w-]+$/;
const NAMES: ReadonlySet<string> = new Set(['local', 'self', 'path', 'terraform', 'count', 'each', 'var', 'module']);

function unique(references: readonly Reference[]): Reference[] {
  return [...new Map(references.map((one) => [`${one.address}\0${one.attribute}`, one])).values()];
}
