import type { Type } from '../model/type.js';
import type { AttributeSchema, BlockSchema, NestedBlockSchema } from '../schemas/schema.js';
import type {
  BlockEntry,
  Conversion,
  DocumentEntry,
  Entries,
  Entry,
  Explosion,
  PairsEntry,
  ShapeCorrections,
  Silence,
  SplitCase,
} from './resource-types/entries.js';
import { splitPath } from './value-paths.js';

/** How one scope of a native type is lowered, and so what shape it has in normal form: table and schema in one. */
export interface ScopePlan {
  /** Native name → what becomes of it. */
  readonly steps: ReadonlyMap<string, Step>;
  /** What has no step is kept as it is written; absent: it keeps its name. */
  readonly isClosed?: boolean | undefined;
  readonly silent?: Silence | undefined;
}

export type Step =
  | ScalarStep
  | BlockStep
  | {
      readonly kind: 'explode';
      readonly to: readonly string[];
      readonly scope: ScopePlan;
      readonly explosion: Explosion;
      readonly schema: AttributeSchema | undefined;
    }
  | {
      readonly kind: 'document';
      readonly to: readonly string[];
      readonly entry: DocumentEntry;
      readonly schema: AttributeSchema;
    }
  | { readonly kind: 'pairs'; readonly to: readonly string[]; readonly entry: PairsEntry }
  | { readonly kind: 'native-only' }
  /** Kept native, and unknown in normal form. */
  | { readonly kind: 'untranslated'; readonly to: readonly string[] }
  | { readonly kind: 'other-spelling'; readonly of: string; readonly step: Step }
  | KeyedStep
  | {
      readonly kind: 'split';
      readonly cases: readonly { readonly when: SplitCase['when']; readonly step: BlockStep }[];
    }
  /** A map that is a list: of `Key` and `Value`, or of `Key` and the fields of its objects. */
  | { readonly kind: 'map'; readonly hasFields: boolean; readonly step: BlockStep }
  /** `{ Quantity, Items }` */
  | { readonly kind: 'counted'; readonly step: Step };

/** A list of pairs with known keys. */
export interface KeyedStep {
  readonly kind: 'keyed';
  readonly key: string;
  readonly value: string;
  readonly steps: ReadonlyMap<string, ScalarStep>;
}

export interface ScalarStep {
  readonly kind: 'scalar';
  readonly to: readonly string[];
  readonly convert: Conversion | undefined;
  /** Values that mean unset. */
  readonly unset: readonly (string | number | boolean)[];
  readonly schema: AttributeSchema;
}

export interface BlockStep {
  readonly kind: 'block';
  readonly mode: 'object' | 'hoist' | 'list';
  readonly to: readonly string[];
  readonly scope: ScopePlan;
  readonly isRequired: boolean;
  /** Optional and computed, or only computed. */
  readonly isComputed: boolean;
  readonly isSettable: boolean;
  /** Written as a list, whatever it is in normal form; absent: in Terraform, where every block is one. */
  readonly isNativeList?: boolean | undefined;
}

interface PlanInput {
  readonly entries: Entries;
  readonly corrections: ShapeCorrections;
  /** The native path of the scope, with a trailing dot where it is not the root. */
  readonly prefix: string;
}

/** Terraform's own blocks, which say nothing of the infrastructure. */
const META_BLOCKS = new Set(['timeouts']);

/** Plans one scope: every attribute and block of the schema has a step, the table's where it has an entry. */
export function planScope(schema: BlockSchema, input: PlanInput): ScopePlan {
  const steps = new Map<string, Step>();
  for (const [name, attribute] of schema.attributes) {
    steps.set(name, planAttribute(name, attribute, input));
  }
  for (const [name, block] of schema.blocks) {
    if (META_BLOCKS.has(name) && input.prefix === '') continue;
    steps.set(name, planBlock(name, block, input));
  }
  return { steps };
}

function planAttribute(name: string, schema: AttributeSchema, input: PlanInput, entry?: Entry): Step {
  const chosen = entry ?? input.entries[name];
  const unset = input.corrections.unset?.[`${input.prefix}${name}`] ?? [];
  const scalar = (to: string, convert?: Conversion): ScalarStep => ({
    kind: 'scalar',
    to: splitPath(to),
    convert,
    unset,
    schema,
  });
  if (chosen === undefined) return scalar(name);
  if (typeof chosen === 'string') return scalar(chosen);
  switch (chosen.kind) {
    case 'scalar':
      return scalar(chosen.to, chosen.convert);
    case 'document':
      return { kind: 'document', to: splitPath(chosen.to ?? name), entry: chosen, schema };
    case 'otherSpelling':
      return { kind: 'other-spelling', of: chosen.of, step: planAttribute(name, schema, input, chosen.entry) };
    case 'pairs':
      return { kind: 'pairs', to: splitPath(chosen.to), entry: chosen };
    case 'nativeOnly':
      return { kind: 'native-only' };
    case 'explode': {
      const scope = planScope(toBlock(schema), nested(name, chosen.fields, input));
      return { kind: 'explode', to: splitPath(chosen.to), scope, explosion: chosen, schema };
    }
    case 'keyed':
    case 'split':
    case 'map':
    case 'untranslated':
      return scalar(name);
    default:
      return planEntryBlock({ name, entry: chosen, input, block: toBlock(schema), flags: schema });
  }
}

function planBlock(name: string, schema: NestedBlockSchema, input: PlanInput, entry?: Entry): Step {
  const chosen = entry ?? input.entries[name];
  if (typeof chosen === 'object') {
    switch (chosen.kind) {
      case 'explode': {
        const scope = planScope(schema.block, nested(name, chosen.fields, input));
        return { kind: 'explode', to: splitPath(chosen.to), scope, explosion: chosen, schema: undefined };
      }
      case 'pairs':
        return { kind: 'pairs', to: splitPath(chosen.to), entry: chosen };
      case 'nativeOnly':
        return { kind: 'native-only' };
      case 'otherSpelling':
        return { kind: 'other-spelling', of: chosen.of, step: planBlock(name, schema, input, chosen.entry) };
      case 'object':
      case 'hoist':
      case 'list':
      case 'single':
      case 'one':
      case 'counted':
      case 'alike':
        return planEntryBlock({ name, entry: chosen, input, block: schema.block, flags: flagsOf(schema) });
      default:
        break;
    }
  }
  const kind = isSingle(name, schema, input) ? 'object' : 'list';
  const to = typeof chosen === 'string' ? chosen : name;
  const plain: BlockEntry = { kind, to, fields: {} };
  return planEntryBlock({ name, entry: plain, input, block: schema.block, flags: flagsOf(schema) });
}

interface Flags {
  readonly isRequired: boolean;
  readonly isOptional: boolean;
  readonly isComputed: boolean;
}

function planEntryBlock(block: {
  readonly name: string;
  readonly entry: BlockEntry;
  readonly input: PlanInput;
  readonly block: BlockSchema;
  readonly flags: Flags;
}): BlockStep {
  const { name, entry, flags } = block;
  return {
    kind: 'block',
    mode:
      entry.kind === 'hoist'
        ? 'hoist'
        : entry.kind === 'list' || entry.kind === 'one' || entry.kind === 'counted'
          ? 'list'
          : 'object',
    to: entry.kind === 'hoist' ? [] : splitPath(entry.to ?? name),
    scope: planScope(block.block, nested(name, entry.fields, block.input)),
    isRequired: flags.isRequired,
    isComputed: flags.isComputed,
    isSettable: flags.isRequired || flags.isOptional,
  };
}

function flagsOf(schema: NestedBlockSchema): Flags {
  return { isRequired: schema.minItems > 0, isOptional: true, isComputed: false };
}

function isSingle(name: string, schema: NestedBlockSchema, { corrections, prefix }: PlanInput): boolean {
  const path = `${prefix}${name}`;
  if (corrections.single?.includes(path) === true) return true;
  if (corrections.list?.includes(path) === true) return false;
  return schema.nesting === 'single' || schema.nesting === 'group' || schema.maxItems === 1;
}

function nested(name: string, entries: Entries, input: PlanInput): PlanInput {
  return { entries, corrections: input.corrections, prefix: `${input.prefix}${name}.` };
}

/** An attribute that holds objects, as the block that it is in normal form. */
function toBlock(schema: AttributeSchema): BlockSchema {
  const { type } = schema;
  const object = type.kind === 'list' || type.kind === 'set' ? type.element : type;
  const attributes = new Map<string, AttributeSchema>();
  if (object.kind === 'object') {
    for (const [name, field] of object.attributes) attributes.set(name, fieldSchema(field, schema));
  }
  return { attributes, blocks: new Map() };
}

function fieldSchema(type: Type, holder: AttributeSchema): AttributeSchema {
  return {
    type,
    isRequired: false,
    isOptional: holder.isRequired || holder.isOptional,
    isComputed: false,
    isSensitive: holder.isSensitive,
    isWriteOnly: false,
    isDeprecated: false,
  };
}
