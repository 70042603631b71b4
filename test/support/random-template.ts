import type { Value } from '../../src/model/value.js';

/** Plain data as a template writes it. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A template, and every way in which its parameters can be given. */
export interface RandomTemplate {
  readonly template: { readonly [section: string]: { readonly [name: string]: Json } };
  readonly assignments: readonly Readonly<Record<string, string>>[];
}

/** Numbers from 0 to 1 that are the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const ENVIRONMENTS = ['dev', 'prod', 'test'];
const SIZES = ['s', 'l'];
/** What the open parameter is given: the texts that conditions name, and others. */
const FRUITS = ['pear', 'plum', 'dev', ''];
const NO_VALUE: Json = { Ref: 'AWS::NoValue' };

class Generator {
  private readonly conditions: string[] = [];
  private names: readonly string[] = [];

  constructor(private readonly random: () => number) {}

  template(): RandomTemplate['template'] {
    const written: Record<string, Json> = {};
    const count = 1 + this.below(4);
    for (let index = 0; index < count; index++) {
      const name = `C${index}`;
      written[name] = this.condition(2);
      this.conditions.push(name);
    }
    const resources: Record<string, Json> = {};
    for (const name of ['B', 'A']) {
      const properties: Record<string, Json> = {};
      for (let index = 0; index < 2; index++) properties[`P${index}`] = this.property();
      resources[name] = {
        Type: name === 'A' ? 'Custom::Crate' : 'AWS::S3::Bucket',
        Properties: name === 'B' ? { ...properties, BucketName: this.text(2) } : properties,
        ...(this.chance(0.5) ? { Condition: this.pick(this.conditions) } : {}),
      };
      this.names = ['B'];
    }
    return {
      Parameters: {
        Env: { Type: 'String', AllowedValues: ENVIRONMENTS },
        Size: { Type: 'String', AllowedValues: SIZES },
        Fruit: { Type: 'String' },
      },
      Mappings: {
        Yields: {
          dev: { s: 'few', l: 'some' },
          prod: { s: 'some', l: 'some' },
          test: { s: 'few', l: this.pick(['few', 'many']) },
        },
        Kinds: { pear: { dev: 'a', prod: 'a', test: 'a' }, plum: { dev: 'a', prod: 'b', test: 'a' } },
        Rows: {
          dev: { crates: ['c1', 'c2'] },
          prod: { crates: ['c1'] },
          ...(this.chance(0.5) ? { test: { crates: [] } } : {}),
        },
      },
      Conditions: written,
      Resources: resources,
    };
  }

  private condition(depth: number): Json {
    const others = this.conditions;
    if (others.length > 0 && this.chance(0.3)) return { Condition: this.pick(others) };
    if (depth === 0 || this.chance(0.4)) return { 'Fn::Equals': this.pair() };
    const arms = () => Array.from({ length: 2 + this.below(2) }, () => this.condition(depth - 1));
    const kind = this.below(3);
    if (kind === 0) return { 'Fn::Not': [this.condition(depth - 1)] };
    return kind === 1 ? { 'Fn::And': arms() } : { 'Fn::Or': arms() };
  }

  private pair(): Json[] {
    const known = this.pick<[string, readonly string[]]>([
      ['Env', ENVIRONMENTS],
      ['Size', SIZES],
      ['Fruit', FRUITS],
    ]);
    if (this.chance(0.6)) return [{ Ref: known[0] }, this.pick(known[1])];
    return [this.early(1), this.early(1)];
  }

  /** What conditions may compare: no conditions in it, no resources. */
  private early(depth: number): Json {
    const kind = this.below(depth === 0 ? 2 : 5);
    if (kind === 0) return this.pick([...ENVIRONMENTS, ...FRUITS, 'few', 'a']);
    if (kind === 1) return { Ref: this.pick(['Env', 'Size', 'Fruit']) };
    if (kind === 2) return { 'Fn::FindInMap': ['Yields', { Ref: 'Env' }, { Ref: 'Size' }] };
    if (kind === 3) return { 'Fn::FindInMap': ['Kinds', { Ref: 'Fruit' }, { Ref: 'Env' }] };
    return { 'Fn::Join': ['-', [this.early(depth - 1), this.early(depth - 1)]] };
  }

  private property(): Json {
    const kind = this.below(4);
    if (kind === 0) return this.list(2);
    if (kind === 1) return { a: this.orNothing(this.text(2)), b: this.orNothing(this.list(1)) };
    return this.orNothing(this.text(3));
  }

  private orNothing(value: Json): Json {
    if (!this.chance(0.35)) return value;
    const branches = this.chance(0.5) ? [value, NO_VALUE] : [NO_VALUE, value];
    return { 'Fn::If': [this.pick(this.conditions), ...branches] };
  }

  private text(depth: number): Json {
    const kind = this.below(depth === 0 ? 3 : 11);
    if (kind === 0) return this.pick(['a', 'b', 'dev', '1']);
    if (kind <= 2) return { Ref: this.pick(['Env', 'Size', 'Fruit']) };
    if (kind <= 5) return { 'Fn::If': [this.pick(this.conditions), this.text(depth - 1), this.text(depth - 1)] };
    if (kind === 6) return { 'Fn::Join': [this.pick(['', '-', '/']), this.list(depth - 1)] };
    if (kind === 7) return this.substitution(depth);
    if (kind === 8) return this.lookUp(depth);
    if (kind === 9)
      return { 'Fn::Select': [this.chance(0.7) ? this.below(2) : String(this.below(2)), this.list(depth - 1)] };
    return this.names.length > 0 && this.chance(0.6) ? { Ref: this.pick(this.names) } : { Ref: 'Fruit' };
  }

  private substitution(depth: number): Json {
    const text = this.pick(['${Env}', 'x-${Fruit}-${Env}', '${!Env}${Size}', '${own}/${own}']);
    return text.includes('own') ? { 'Fn::Sub': [text, { own: this.text(depth - 1) }] } : { 'Fn::Sub': text };
  }

  private lookUp(depth: number): Json {
    const first = this.chance(0.7) ? { Ref: 'Env' } : this.text(depth - 1);
    if (this.chance(0.5)) return { 'Fn::FindInMap': ['Yields', first, this.chance(0.5) ? { Ref: 'Size' } : 's'] };
    return { 'Fn::FindInMap': ['Kinds', { Ref: 'Fruit' }, first] };
  }

  private list(depth: number): Json {
    const kind = this.below(8);
    if (depth > 0 && kind === 0)
      return { 'Fn::If': [this.pick(this.conditions), this.list(depth - 1), this.list(depth - 1)] };
    if (kind === 1) return { 'Fn::Split': [this.pick(['-', '/']), this.text(Math.max(0, depth - 1))] };
    if (kind === 2) return { 'Fn::FindInMap': ['Rows', { Ref: 'Env' }, 'crates'] };
    return Array.from({ length: 1 + this.below(3) }, () => this.orNothing(this.text(Math.max(0, depth - 1))));
  }

  private below(limit: number): number {
    return Math.floor(this.random() * limit);
  }

  private chance(probability: number): boolean {
    return this.random() < probability;
  }

  private pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)] as T;
  }
}

export function randomTemplate(random: () => number): RandomTemplate {
  const assignments = ENVIRONMENTS.flatMap((Env) =>
    SIZES.flatMap((Size) => FRUITS.map((Fruit) => ({ Env, Size, Fruit }))),
  );
  return { template: new Generator(random).template(), assignments };
}

/** CloudFormation refuses the template with these parameters. */
export class Refused extends Error {}

/** The name that a service makes for a resource without one. */
const MADE = 'made-by-the-service';

/** Evaluates a template as plainly as possible, every parameter known. Undefined is "no value". */
export class PlainEvaluator {
  constructor(
    private readonly template: RandomTemplate['template'],
    private readonly parameters: Readonly<Record<string, string>>,
  ) {}

  exists(name: string): boolean {
    const { Condition: condition } = this.resource(name);
    return condition === undefined || this.holds({ Condition: condition });
  }

  property(resource: string, name: string): Json | undefined {
    const properties = this.resource(resource)['Properties'] as Readonly<Record<string, Json>>;
    const written = properties[name];
    return written === undefined ? undefined : this.evaluate(written);
  }

  private resource(name: string): Readonly<Record<string, Json>> {
    return this.template['Resources']?.[name] as Readonly<Record<string, Json>>;
  }

  private holds(written: Json): boolean {
    const [[name, argument] = ['', null]] = Object.entries(written as object) as [string, Json][];
    if (name === 'Condition') return this.holds(this.template['Conditions']?.[argument as string] as Json);
    const args = argument as readonly Json[];
    if (name === 'Fn::Not') return !this.holds(args[0] as Json);
    // All are evaluated: one that is refused refuses the template.
    if (name === 'Fn::And') return args.map((one) => this.holds(one)).every(Boolean);
    if (name === 'Fn::Or') return args.map((one) => this.holds(one)).some(Boolean);
    const [left, right] = args.map((one) => this.evaluate(one));
    return String(left) === String(right);
  }

  private evaluate(written: Json): Json | undefined {
    if (Array.isArray(written)) return this.items(written);
    if (typeof written !== 'object' || written === null) return written;
    const entries = Object.entries(written) as [string, Json][];
    const [first] = entries;
    if (entries.length === 1 && first !== undefined && /^Fn::|^Ref$/.test(first[0])) return this.call(...first);
    const plain = entries.map(([key, value]) => [key, this.evaluate(value)] as const);
    return Object.fromEntries(plain.filter(([, value]) => value !== undefined)) as Json;
  }

  private items(written: readonly Json[]): Json[] {
    return written.map((item) => this.evaluate(item)).filter((item) => item !== undefined);
  }

  private call(name: string, argument: Json): Json | undefined {
    const args = Array.isArray(argument) ? (argument as readonly Json[]) : [argument];
    const [a = null, b = null, c = null] = args;
    switch (name) {
      case 'Ref':
        return this.refer(argument as string);
      case 'Fn::If':
        return this.evaluate(this.holds({ Condition: a }) ? b : c);
      case 'Fn::Join':
        return this.list(b)
          .map((item) => this.text(item))
          .join(a as string);
      case 'Fn::Split':
        return this.text(this.evaluate(b)).split(a as string);
      case 'Fn::Select':
        return this.defined(this.list(b)[Number(a)]);
      case 'Fn::Sub':
        return this.substitute(a as string, (b ?? {}) as Readonly<Record<string, Json>>);
      case 'Fn::FindInMap': {
        const map = this.template['Mappings']?.[a as string] as Readonly<
          Record<string, Readonly<Record<string, Json>>>
        >;
        const keys = [b, c].map((key) => this.text(this.evaluate(key)));
        return this.defined(map[keys[0] as string]?.[keys[1] as string]);
      }
      default:
        throw new Error(name);
    }
  }

  private refer(name: string): Json | undefined {
    if (name === 'AWS::NoValue') return undefined;
    const value = this.parameters[name];
    if (value !== undefined) return value;
    if (!this.exists(name)) throw new Refused();
    return this.property(name, 'BucketName') ?? MADE;
  }

  private substitute(text: string, own: Readonly<Record<string, Json>>): string {
    return text.replace(/\$\{([^}]*)\}/g, (_, name: string) => {
      if (name.startsWith('!')) return `\${${name.slice(1)}}`;
      return this.text(own[name] === undefined ? this.refer(name) : this.evaluate(own[name]));
    });
  }

  private list(written: Json): readonly Json[] {
    const list = this.evaluate(written);
    if (!Array.isArray(list)) throw new Refused();
    return list as readonly Json[];
  }

  private text(value: Json | undefined): string {
    if (typeof value !== 'string' && typeof value !== 'number') throw new Refused();
    return String(value);
  }

  private defined(value: Json | undefined): Json {
    if (value === undefined) throw new Refused();
    return value;
  }
}

/** Whether a value, as far as it is known, can turn out as this; undefined is absence. */
export function admits(value: Value | undefined, actual: Json | undefined): boolean {
  if (value === undefined) return actual === undefined;
  if (value.kind === 'unknown') return admitsUnknown(value, actual);
  if (actual === undefined) return false;
  switch (value.kind) {
    case 'list':
      return Array.isArray(actual) && admitsList(value, 0, actual as readonly Json[], 0);
    case 'object': {
      if (typeof actual !== 'object' || actual === null || Array.isArray(actual)) return false;
      const entries = new Map(Object.entries(actual) as [string, Json][]);
      const names = new Set([...entries.keys(), ...value.entries.keys()]);
      return [...names].every(
        (name) =>
          (!value.entries.has(name) && value.rest !== undefined) || admits(value.entries.get(name), entries.get(name)),
      );
    }
    case 'null':
      return actual === null;
    default:
      return String(value.value) === String(actual) && typeof actual !== 'object';
  }
}

function admitsUnknown(value: Extract<Value, { readonly kind: 'unknown' }>, actual: Json | undefined): boolean {
  if (value.alternatives !== undefined)
    return value.alternatives.some((one) => (one.kind === 'absent' ? actual === undefined : admits(one, actual)));
  if (actual === undefined) return value.notNull !== true && value.parts === undefined;
  if (value.type.kind === 'string' && typeof actual === 'object') return false;
  if (value.parts === undefined) return true;
  const pattern = value.parts.map((part) =>
    typeof part === 'string' ? part.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&') : '[^]*',
  );
  return new RegExp(`^${pattern.join('')}$`).test(String(actual));
}

function admitsList(
  list: Extract<Value, { readonly kind: 'list' }>,
  at: number,
  actual: readonly Json[],
  from: number,
): boolean {
  const element = list.elements[at];
  if (element === undefined) return list.rest !== undefined || from === actual.length;
  const next = actual[from];
  if (list.existence?.has(at) === true && admitsList(list, at + 1, actual, from)) return true;
  return next !== undefined && admits(element, next) && admitsList(list, at + 1, actual, from + 1);
}
