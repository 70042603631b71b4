import type { ObjectShape, Shape } from '../model/shape.js';
import type { Type } from '../model/type.js';
import type { AttributeSchema } from '../schemas/schema.js';
import type { BlockStep, ScalarStep, ScopePlan, Step } from './plan.js';
import type {
  BlockEntry,
  CloudFormationSide,
  Conversion,
  Entries,
  Entry,
  KeyedEntry,
  MapEntry,
  PairsEntry,
  ScalarEntry,
  Silence,
  SplitEntry,
} from './resource-types/entries.js';
import { toSnakeCase } from './snake-case.js';
import { splitPath } from './value-paths.js';

export interface CloudFormationPlan {
  readonly plan: ScopePlan;
  /** Where the table does not agree with the schemas. */
  readonly problems: readonly string[];
}

/** The properties of a scope, and the place in normal form that they are lowered to. */
interface Scope {
  readonly properties: ReadonlyMap<string, Type>;
  readonly entries: Entries;
  /** Undefined where nothing is known of the place: nothing is taken by its name there. */
  readonly target: ObjectShape | undefined;
  /** The native path, with a trailing dot where it is not the root. */
  readonly prefix: string;
  readonly problems: string[];
  /** The blocks in it are taken by their names as well. */
  readonly isAlike?: boolean | undefined;
  readonly silent?: Silence | undefined;
}

/**
 * Plans how the properties of a CloudFormation type are lowered: by the entries of its table, and, for scalars, lists of
 * scalars and tags, by their names where both schemas agree on the type. What remains is kept native.
 */
export function planCloudFormation(
  properties: ReadonlyMap<string, Type>,
  { properties: entries = {}, silent }: Pick<CloudFormationSide, 'properties' | 'silent'>,
  target: ObjectShape,
): CloudFormationPlan {
  const problems: string[] = [];
  return { plan: planScope({ properties, entries, target, prefix: '', problems, silent }), problems };
}

function planScope(scope: Scope): ScopePlan {
  const steps = new Map<string, Step>();
  for (const [name, type] of scope.properties) steps.set(name, planProperty(name, type, scope));
  for (const name of Object.keys(scope.entries)) {
    if (!scope.properties.has(name)) scope.problems.push(`${scope.prefix}${name}: CloudFormation has no such property`);
  }
  return { steps, isClosed: true, silent: scope.silent };
}

function planProperty(name: string, type: Type, scope: Scope): Step {
  const entry = scope.entries[name];
  return entry === undefined ? planByName(name, type, scope) : planEntry({ name, type, scope }, entry);
}

function planByName(name: string, type: Type, scope: Scope): Step {
  const to = toSnakeCase(name);
  const shape = scope.target?.fields.get(to);
  if (shape === undefined || shape.settable === false) return planBlockByName({ name, type, scope });
  if (isPairsOf(type, shape)) return pairsStep([to], { kind: 'pairs', to, key: 'Key', value: 'Value' });
  return isSameType(type, shape) ? scalarStep([to], type, undefined) : planBlockByName({ name, type, scope });
}

/** In blocks that are built alike: the block of the property's name, which may be in the singular. */
function planBlockByName(property: Property): Step {
  const { name, type, scope } = property;
  const plural = toSnakeCase(name);
  const to = [plural, plural.replace(/s$/, ''), plural.replace(/ies$/, 'y')].find(
    (one) => objectAt(scope.target?.fields.get(one)) !== undefined,
  );
  if (scope.isAlike !== true || to === undefined) return { kind: 'native-only' };
  const isEmpty = objectAt(scope.target?.fields.get(to))?.fields.size === 0;
  const element = type.kind === 'list' ? type.element : type;
  // A definition that holds itself is cut in the schema.
  if (element.kind === 'dynamic' && !isEmpty) return { kind: 'untranslated', to: [to] };
  if (element.kind !== 'object' && !isEmpty) return { kind: 'native-only' };
  return planBlock(property, { kind: 'alike', to, fields: {} });
}

interface Property {
  readonly name: string;
  readonly type: Type;
  readonly scope: Scope;
}

function planEntry(property: Property, entry: Entry): Step {
  const { name, type, scope } = property;
  if (typeof entry === 'string') return planRename(property, entry);
  switch (entry.kind) {
    case 'scalar':
      return planScalar(property, entry);
    case 'document': {
      const to = entry.to ?? toSnakeCase(name);
      requireShape(property, to);
      return { kind: 'document', to: splitPath(to), entry, schema: schemaOf(type) };
    }
    case 'pairs':
      requireShape(property, entry.to);
      return pairsStep(splitPath(entry.to), entry);
    case 'nativeOnly':
      return { kind: 'native-only' };
    case 'otherSpelling':
      return { kind: 'other-spelling', of: entry.of, step: planEntry(property, entry.entry) };
    case 'untranslated':
      requireShape(property, entry.to);
      return { kind: 'untranslated', to: splitPath(entry.to) };
    case 'keyed':
      return planKeyed(property, entry);
    case 'split':
      return planSplit(property, entry);
    case 'counted':
      return planCounted(property, entry);
    case 'map':
      return planMap(property, entry);
    case 'explode':
      scope.problems.push(`${scope.prefix}${name}: rules are atomic in CloudFormation`);
      return { kind: 'native-only' };
    default:
      return planBlock(property, entry);
  }
}

/** Another name for a scalar, a list of scalars or tags; the kind of a scalar is chosen from the schemas. */
function planRename(property: Property, to: string): Step {
  const { type } = property;
  const shape = requireShape(property, to);
  if (shape !== undefined && isPairsOf(type, shape)) {
    return pairsStep(splitPath(to), { kind: 'pairs', to, key: 'Key', value: 'Value' });
  }
  const convert = shape === undefined || isSameType(type, shape) ? undefined : typeConversion(type, shape);
  const isOpen = shape?.kind === 'any' || (shape?.kind === 'map' && type.kind === 'dynamic');
  if (convert === undefined && shape !== undefined && !isSameType(type, shape) && !isOpen) {
    report(property, to, shape);
  }
  return scalarStep(splitPath(to), type, convert);
}

function planScalar(property: Property, { to, convert }: ScalarEntry): Step {
  const shape = requireShape(property, to);
  const scalar = convert.kind === 'list' || shape === undefined ? undefined : scalarKindOf(shape);
  // Words are texts: where the attribute is no text, they are read as what it is.
  const isWords = convert.kind === 'words' || convert.kind === 'normalise' || convert.kind === 'only';
  const chain: Conversion =
    isWords && scalar !== undefined && (scalar !== 'string' || scalarKindOfType(property.type) !== 'string')
      ? { kind: 'chain', steps: [convert, { kind: 'type', to: scalar }] }
      : convert;
  return scalarStep(splitPath(to), property.type, chain);
}

function planKeyed(property: Property, entry: KeyedEntry): Step {
  const steps = new Map<string, ScalarStep>();
  const element = property.type.kind === 'list' ? property.type.element : property.type;
  const value: Type =
    (element.kind === 'object' ? element.attributes.get(entry.value) : undefined) ?? ({ kind: 'string' } as const);
  for (const [key, inner] of Object.entries(entry.entries)) {
    const step = planEntry({ ...property, name: `${property.name}[${key}]`, type: value }, inner);
    if (step.kind === 'scalar') steps.set(key, step);
  }
  return { kind: 'keyed', key: entry.key, value: entry.value, steps };
}

function planSplit(property: Property, entry: SplitEntry): Step {
  const cases = entry.cases.map(({ when, entry: block }) => ({ when, step: planBlock(property, block) }));
  return { kind: 'split', cases };
}

function planCounted(property: Property, entry: BlockEntry): Step {
  const items = property.type.kind === 'object' ? property.type.attributes.get('Items') : undefined;
  if (items === undefined) {
    property.scope.problems.push(`${property.scope.prefix}${property.name}: has no "Items"`);
    return { kind: 'native-only' };
  }
  const inner: Property = { ...property, type: items };
  const isScalars = items.kind === 'list' && items.element.kind !== 'object';
  const step = isScalars
    ? planRename(inner, entry.to ?? toSnakeCase(property.name))
    : planBlock(inner, { ...entry, kind: 'list' });
  return { kind: 'counted', step };
}

function planMap(property: Property, { to, fields }: MapEntry): Step {
  const { type } = property;
  const content: Type = type.kind === 'map' ? type.element : { kind: 'dynamic' };
  const hasFields = content.kind === 'object';
  const attributes = new Map<string, Type>(hasFields ? content.attributes : [['Value', content]]);
  const element: Type = { kind: 'object', attributes: attributes.set('Key', { kind: 'string' }) };
  const step = planBlock({ ...property, type: { kind: 'list', element } }, { kind: 'list', to, fields });
  return { kind: 'map', hasFields, step };
}

function planBlock(property: Property, entry: BlockEntry): BlockStep {
  const { name, type, scope } = property;
  const object = type.kind === 'list' || type.kind === 'map' ? type.element : type;
  const to = entry.kind === 'hoist' ? [] : splitPath(entry.to ?? toSnakeCase(name));
  const place = entry.kind === 'hoist' ? scope.target : requireShape(property, to.join('.'));
  const mode = modeOf(entry, place);
  const shape = objectAt(place);
  const isList = place?.kind === 'list' || place?.kind === 'set';
  if (mode !== 'hoist' && place !== undefined && isList !== (mode === 'list')) report(property, to.join('.'), place);
  if (mode !== 'hoist' && shape === undefined) report(property, to.join('.'), shapeAt(scope.target, to));
  const inner = planScope({
    properties: object.kind === 'object' ? object.attributes : new Map(),
    entries: entry.fields,
    target: shape,
    prefix: `${scope.prefix}${name}.`,
    problems: scope.problems,
    silent: entry.silent,
    isAlike: entry.kind === 'alike' || (entry.kind === 'hoist' && scope.isAlike === true),
  });
  return {
    kind: 'block',
    mode,
    to,
    scope: inner,
    isRequired: false,
    isComputed: false,
    isSettable: true,
    isNativeList: type.kind === 'list',
  };
}

function modeOf({ kind }: BlockEntry, place: Shape | undefined): 'object' | 'hoist' | 'list' {
  if (kind === 'hoist') return 'hoist';
  if (kind === 'alike') return place?.kind === 'list' || place?.kind === 'set' ? 'list' : 'object';
  return kind === 'list' || kind === 'one' ? 'list' : 'object';
}

function scalarStep(to: readonly string[], type: Type, convert: Conversion | undefined): ScalarStep {
  return { kind: 'scalar', to, convert, unset: [], schema: schemaOf(type) };
}

function pairsStep(to: readonly string[], entry: PairsEntry): Step {
  return { kind: 'pairs', to, entry };
}

function schemaOf(type: Type): AttributeSchema {
  return {
    type,
    isRequired: false,
    isOptional: true,
    isComputed: false,
    isSensitive: false,
    isWriteOnly: false,
    isDeprecated: false,
  };
}

/** The shape at a path of the scope; a path that is not there is a mistake of the table. */
function requireShape(property: Property, to: string): Shape | undefined {
  const { scope } = property;
  const shape = shapeAt(scope.target, splitPath(to));
  if (shape === undefined && scope.target !== undefined) {
    scope.problems.push(`${scope.prefix}${property.name}: there is no "${to}" in normal form`);
  }
  return shape;
}

function report({ scope, name, type }: Property, to: string, shape: Shape | undefined): void {
  scope.problems.push(
    `${scope.prefix}${name}: ${type.kind} does not fit "${to}", which is ${shape?.kind ?? 'nothing'}`,
  );
}

function shapeAt(shape: Shape | undefined, path: readonly string[]): Shape | undefined {
  const [name, ...inner] = path;
  if (shape === undefined || name === undefined) return shape;
  const holder = objectAt(shape);
  return holder === undefined ? undefined : shapeAt(holder.fields.get(name), inner);
}

/** The object that a place holds, alone or in a list. */
function objectAt(shape: Shape | undefined): ObjectShape | undefined {
  if (shape?.kind === 'list' || shape?.kind === 'set') return objectAt(shape.element);
  return shape?.kind === 'object' ? shape : undefined;
}

function isSameType(type: Type, shape: Shape): boolean {
  switch (shape.kind) {
    case 'string':
    case 'number':
    case 'bool':
      return type.kind === shape.kind;
    case 'list':
    case 'set':
      return type.kind === 'list' && isScalar(shape.element) && isSameType(type.element, shape.element);
    case 'map':
      return type.kind === 'map' && isScalar(shape.element) && isSameType(type.element, shape.element);
    default:
      return false;
  }
}

function isScalar({ kind }: Shape): boolean {
  return kind === 'string' || kind === 'number' || kind === 'bool';
}

/** `[{ Key, Value }]` for a map of texts. */
function isPairsOf(type: Type, shape: Shape): boolean {
  if (shape.kind !== 'map' || type.kind !== 'list' || type.element.kind !== 'object') return false;
  const { attributes } = type.element;
  return attributes.get('Key')?.kind === 'string' && attributes.get('Value')?.kind === 'string';
}

/** The conversion between scalars of two kinds, or between lists of them. */
function typeConversion(type: Type, shape: Shape): Conversion | undefined {
  const [from, to] = [scalarKindOfType(type), scalarKindOf(shape)];
  if (to === undefined || from === undefined) return undefined;
  const isAlike =
    (type.kind === 'list') === (shape.kind === 'list' || shape.kind === 'set') &&
    (type.kind === 'map') === (shape.kind === 'map');
  return isAlike && from !== to ? { kind: 'type', to } : undefined;
}

type ScalarKind = 'string' | 'number' | 'bool';

function scalarKindOf(shape: Shape): ScalarKind | undefined {
  if (shape.kind === 'list' || shape.kind === 'set' || shape.kind === 'map') return scalarKindOf(shape.element);
  return shape.kind === 'string' || shape.kind === 'number' || shape.kind === 'bool' ? shape.kind : undefined;
}

/** `dynamic` may be any of them. */
function scalarKindOfType(type: Type): ScalarKind | 'dynamic' | undefined {
  if (type.kind === 'list' || type.kind === 'map') return scalarKindOfType(type.element);
  return type.kind === 'string' || type.kind === 'number' || type.kind === 'bool' || type.kind === 'dynamic'
    ? type.kind
    : undefined;
}
