import { describe, expect, it } from 'vitest';
import { cloudFormationModels } from '../../src/graph/cloudformation-model.js';
import { cloudFormationTypes } from '../../src/graph/cloudformation-sides.js';
import { lowerValues } from '../../src/graph/lower.js';
import type { ScopePlan, Step } from '../../src/graph/plan.js';
import type { PathStep } from '../../src/graph/raise/native-path.js';
import { put } from '../../src/graph/raise/put.js';
import { raise } from '../../src/graph/raise/raise.js';
import type { Conversion } from '../../src/graph/resource-types/entries.js';
import type { Type } from '../../src/model/type.js';
import type { ObjectValue, UnknownValue, Value } from '../../src/model/value.js';
import { unknownValue } from '../../src/model/values.js';
import { providerSchemas } from '../../src/schemas/provider-schemas.js';
import { FILE } from '../support/raw-resource.js';
import { toValue } from '../support/to-value.js';

const OWN_ID: UnknownValue = unknownValue('computed-by-provider', { subject: 'own id' });

function lower(native: ObjectValue, plan: ScopePlan): ObjectValue {
  return lowerValues(native, plan, {
    address: 'Orchard',
    ownId: OWN_ID,
    header: { file: FILE, start: 0, end: 0 },
    diagnostics: [],
    native: new Map(),
    documents: new Map(),
  });
}

/** A native resource with every property written, each leaf another one. */
class Filler {
  private count = 0;

  scope(plan: ScopePlan): Record<string, unknown> {
    const values: Record<string, unknown> = {};
    for (const [name, step] of plan.steps) {
      const value = this.step(step);
      if (value !== undefined) values[name] = value;
    }
    return values;
  }

  private step(step: Step): unknown {
    switch (step.kind) {
      case 'scalar':
        return this.scalar(step.schema.type, step.convert);
      case 'document':
        return step.entry.document === 'iam-policy' ? this.policy() : { key: this.text() };
      case 'pairs':
        return [{ [step.entry.key]: this.text(), [step.entry.value]: this.text() }];
      case 'block': {
        const inner = this.scope(step.scope);
        return step.isNativeList === true ? [inner] : inner;
      }
      case 'keyed':
        return [...step.steps].map(([key, scalar]) => ({
          [step.key]: key,
          [step.value]: this.scalar(scalar.schema.type, scalar.convert),
        }));
      case 'split':
        return step.cases.map(({ when, step: block }) => {
          const word = when === undefined ? undefined : (when.in?.[0] ?? this.text());
          // Earlier cases must not hold.
          const others = step.cases.flatMap((one) =>
            one.when === undefined || one.when === when ? [] : [one.when.field],
          );
          const inner = this.scope(block.scope);
          for (const field of others)
            if (
              field !== when?.field &&
              step.cases.some((one) => one.when?.field === field && one.when.in === undefined)
            )
              delete inner[field];
          return when === undefined ? inner : { ...inner, [when.field]: word };
        });
      case 'counted': {
        const items = this.step(step.step);
        return { Quantity: Array.isArray(items) ? items.length : 1, Items: items };
      }
      case 'map': {
        const inner = this.scope(step.step.scope);
        const { Key: key, ...rest } = inner;
        return { [String(key)]: step.hasFields ? rest : inner['Value'] };
      }
      case 'native-only':
        return this.text();
      default:
        return undefined;
    }
  }

  private scalar(type: Type, convert: Conversion | undefined): unknown {
    switch (convert?.kind) {
      case 'words':
        return Object.keys(convert.words)[0];
      case 'chain': {
        const words = convert.steps.find((one) => one.kind === 'words' || one.kind === 'only');
        return this.scalar(type, words);
      }
      case 'only':
        return [convert.field === undefined ? this.text() : { [convert.field]: this.text() }];
      case 'fields':
        return [{ [convert.field]: this.text() }];
      case 'type':
        return this.typed(type, convert.to);
      case 'base64':
        return Buffer.from(this.text()).toString('base64');
      default:
        return this.typed(type, undefined);
    }
  }

  /** A value of the native type that can be converted to the kind. */
  private typed(type: Type, to: 'string' | 'number' | 'bool' | undefined): unknown {
    switch (type.kind) {
      case 'list':
        return [this.typed(type.element, to)];
      case 'map':
        return { [this.text()]: this.typed(type.element, to) };
      case 'number':
        return this.number();
      case 'bool':
        return true;
      case 'object':
        return this.text();
      default:
        return to === 'bool'
          ? 'true'
          : to === 'number'
            ? String(this.number())
            : type.kind === 'dynamic' && to === undefined
              ? { [this.text()]: this.text() }
              : this.text();
    }
  }

  private policy(): unknown {
    return {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: [this.text()],
          Resource: [this.text()],
          Principal: { AWS: [this.text()] },
          Condition: { Bool: { 'aws:securetransport': ['true'] } },
        },
      ],
    };
  }

  private text(): string {
    this.count++;
    return `leaf${this.count}`;
  }

  private number(): number {
    this.count++;
    return 100_000 + this.count;
  }
}

interface Leaf {
  readonly path: readonly PathStep[];
  readonly value: Value;
}

function leavesOf(value: Value, path: readonly PathStep[] = []): readonly Leaf[] {
  if (value.kind === 'object') {
    return [...value.entries].flatMap(([name, entry]) =>
      path.length === 0 && name === 'native' ? [] : leavesOf(entry, [...path, name]),
    );
  }
  if (value.kind === 'list') return value.elements.flatMap((element, index) => leavesOf(element, [...path, index]));
  return [{ path, value }];
}

function texts(value: Value): readonly string[] {
  // A pair's key is a name in normal form.
  if (value.kind === 'object') return [...value.entries].flatMap(([name, entry]) => [name, ...texts(entry)]);
  if (value.kind === 'list') return value.elements.flatMap(texts);
  return 'value' in value ? [String(value.value)] : [];
}

/** Without what does not tell values apart. */
function plain(value: Value): unknown {
  switch (value.kind) {
    case 'object':
      return Object.fromEntries([...value.entries].map(([name, entry]) => [name, plain(entry)]));
    case 'list':
      return value.elements.map(plain);
    case 'unknown':
      return `?${value.reason} ${value.subject}`;
    case 'null':
      return null;
    default:
      return value.value;
  }
}

function changed({ value }: Leaf): Value {
  if (value.kind === 'number') return { ...value, value: value.value + 500_000 };
  if (value.kind === 'bool') return { ...value, value: !value.value };
  return toValue('changed');
}

function toObject(data: unknown): ObjectValue {
  const value = toValue(data);
  if (value.kind !== 'object') throw new Error('an object');
  return value;
}

function withPlain(data: unknown, [step, ...inner]: readonly PathStep[], value: unknown): unknown {
  if (step === undefined) return value;
  if (Array.isArray(data))
    return data.map((element, index) => (index === step ? withPlain(element, inner, value) : element));
  return { ...(data as object), [step]: withPlain((data as Record<string, unknown>)[String(step)], inner, value) };
}

const cases = [...cloudFormationTypes()]
  .sort()
  .flatMap((type) => cloudFormationModels(providerSchemas, type))
  .map((model): [string, typeof model] => [`${model.nativeType} as ${model.type}`, model]);

/** What CloudFormation refuses beside another property: both mean one thing. */
const EXCLUSIVE: Readonly<Record<string, readonly string[]>> = {
  'AWS::EC2::Instance': ['Ipv6Addresses', 'PrivateIpAddress', 'SecurityGroupIds', 'SubnetId'],
};

describe.each(cases)('%s', (_, { plan, nativeType }) => {
  const written = Object.entries(new Filler().scope(plan)).filter(([name]) => !EXCLUSIVE[nativeType]?.includes(name));
  const native = toObject(Object.fromEntries(written));
  const normal = lower(native, plan);

  it('has every native leaf in normal form or under "native"', () => {
    const found = new Set(texts(normal));
    const isFound = (text: string) => found.has(text) || found.has(Buffer.from(text, 'base64').toString());
    expect(texts(native).filter((text) => /^leaf\d|^1\d{5}$|^bGVhZ/.test(text) && !isFound(text))).toEqual([]);
  });

  it('is raised to what is lowered to the same', () => {
    expect(plain(lower(raise(normal, plan), plan))).toEqual(plain(normal));
  });

  it('changes exactly where a value is put, and nothing where it is put back', () => {
    const problems: string[] = [];
    for (const leaf of leavesOf(normal)) {
      const same = put(native, plan, leaf.path, leaf.value);
      if (same === undefined) {
        problems.push(`${leaf.path.join('.')}: no place`);
        continue;
      }
      if (JSON.stringify(plain(same)) !== JSON.stringify(plain(native)))
        problems.push(`${leaf.path.join('.')}: put back`);
      const value = changed(leaf);
      const other = put(native, plan, leaf.path, value);
      if (other === undefined) continue;
      const expected = withPlain(plain(normal), leaf.path, plain(value));
      if (JSON.stringify(sorted(plain(lower(other, plan)))) !== JSON.stringify(sorted(expected)))
        problems.push(`${leaf.path.join('.')}: changed elsewhere`);
    }
    expect(problems).toEqual([]);
  });
});

function sorted(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(sorted);
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(
    Object.entries(data)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => [key, sorted(value)]),
  );
}
