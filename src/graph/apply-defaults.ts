import type { Language } from '../model/raw-resource.js';
import type { ObjectValue, Origin, UnknownValue, Value } from '../model/value.js';
import { boolValue, numberValue, originAt, stringValue, unknownValue } from '../model/values.js';
import type { SourceRange } from '../source/source-file.js';
import type { DefaultTree, ScalarDefault } from './default-tree.js';
import { presenceOf } from './presence.js';
import type { DefaultValue, Undetermined } from './resource-types/entries.js';
import { splitPath, valueAt } from './value-paths.js';

export interface DefaultContext {
  readonly language: Language;
  readonly header: SourceRange;
  /** An attribute of the resource itself. */
  own(attribute: string): UnknownValue;
  /** Stand-ins: what is not said is unknown, so only what members declare is completed. */
  readonly onlyChildren: boolean;
}

/** Puts the defaults of the source where nothing is written. Live resources have none: the collector says what is. */
export function applyDefaults(values: ObjectValue, tree: DefaultTree, context: DefaultContext): ObjectValue {
  if (tree.isEmpty || context.language === 'live') return values;
  return completeObject(values, tree, context);
}

function completeObject(object: ObjectValue, tree: DefaultTree, context: DefaultContext): ObjectValue {
  let entries: Map<string, Value> | undefined;
  const set = (name: string, value: Value) => {
    entries ??= new Map(object.entries);
    entries.set(name, value);
  };
  const inner = context.onlyChildren ? { ...context, onlyChildren: false } : context;
  for (const [name, child] of tree.children) {
    const value = object.entries.get(name);
    const completed = value === undefined ? undefined : completeChild(value, child, inner);
    if (completed !== undefined && completed !== value) set(name, completed);
  }
  if (context.onlyChildren || object.rest !== undefined) return entries === undefined ? object : { ...object, entries };
  for (const [name, scalar] of tree.scalars) {
    const value = object.entries.get(name);
    if (value === undefined || value.kind === 'null') {
      const completed = defaultFor(scalar, object, context);
      if (completed !== undefined) set(name, completed);
    } else if (value.kind === 'unknown' && value.alternatives !== undefined) {
      const completed = completeAlternatives(value, scalar, object, context);
      if (completed !== value) set(name, completed);
    }
  }
  return entries === undefined ? object : { ...object, entries };
}

function completeChild(value: Value, tree: DefaultTree, context: DefaultContext): Value {
  switch (value.kind) {
    case 'object':
      return completeObject(value, tree, context);
    case 'list': {
      const elements = value.elements.map((element) => completeChild(element, tree, context));
      return elements.every((element, index) => element === value.elements[index]) ? value : { ...value, elements };
    }
    case 'unknown': {
      const alternatives = value.alternatives?.map((alternative) =>
        alternative.kind === 'absent' ? alternative : completeChild(alternative, tree, context),
      );
      return alternatives === undefined ? value : { ...value, alternatives };
    }
    default:
      return value;
  }
}

/** `c ? "x" : null`: where it is null, it is the default. */
function completeAlternatives(
  value: UnknownValue,
  scalar: ScalarDefault,
  object: ObjectValue,
  context: DefaultContext,
): UnknownValue {
  if (value.alternatives?.some(({ kind }) => kind === 'null' || kind === 'absent') !== true) return value;
  const completed = defaultFor(scalar, object, context);
  if (completed === undefined) return value;
  const alternatives = value.alternatives.map((alternative) =>
    alternative.kind === 'null' || alternative.kind === 'absent' ? completed : alternative,
  );
  return { ...value, alternatives };
}

function defaultFor(scalar: ScalarDefault, object: ObjectValue, context: DefaultContext): Value | undefined {
  const place = object.origin ?? context.header;
  const decider = scalar.unless?.find((path) => presenceOf(valueAt(object, splitPath(path))) !== 'unset');
  if (decider !== undefined) {
    return unknownValue('default-not-certain', {
      origin: originAt(place, 'default-of-type'),
      subject: decider.replace(/^native\./, ''),
    });
  }
  if (context.language === 'cloudformation') return cloudFormationDefault(scalar, object, place, context);
  if (scalar.terraform !== undefined) {
    return 'value' in scalar.terraform
      ? tableDefault(scalar.terraform, object, place)
      : undetermined(scalar.terraform, place);
  }
  if (scalar.planned === undefined) return undefined;
  const { value, when } = scalar.planned;
  const origin = originAt(place, 'default-of-type');
  if (when === undefined) return toScalar(value, origin);
  const sibling = object.entries.get(when.sibling);
  if (sibling?.kind === 'unknown') return unknownValue('default-not-certain', { origin, subject: when.sibling });
  const isMet = when.equals.some((expected) =>
    expected === null
      ? sibling === undefined || sibling.kind === 'null'
      : sibling !== undefined && 'value' in sibling && String(sibling.value) === expected,
  );
  return isMet ? toScalar(value, origin) : undefined;
}

/** What Terraform's provider takes is no answer for CloudFormation: without one of its own, it is not certain. */
function cloudFormationDefault(
  scalar: ScalarDefault,
  object: ObjectValue,
  place: SourceRange,
  context: DefaultContext,
): Value | undefined {
  const { cloudformation, terraform, planned } = scalar;
  if (cloudformation === 'nothing') return undefined;
  const origin = originAt(place, 'default-of-type');
  if (cloudformation === undefined) {
    return isLeftOpen(terraform) || isLeftOpen(planned) ? unknownValue('default-not-certain', { origin }) : undefined;
  }
  if ('own' in cloudformation) return { ...context.own(cloudformation.own), origin };
  return 'value' in cloudformation ? tableDefault(cloudformation, object, place) : undetermined(cloudformation, place);
}

function undetermined({ decidedBy, reason }: Undetermined, place: SourceRange): Value {
  return unknownValue('default-not-certain', {
    origin: originAt(place, 'default-of-type'),
    subject: decidedBy ?? reason,
  });
}

/** A text that Terraform puts there so that there is one says nothing of the infrastructure. */
const FILLERS: ReadonlySet<unknown> = new Set(['', 'Managed by Terraform']);

function isLeftOpen(known: ScalarDefault['planned'] | ScalarDefault['terraform']): boolean {
  if (known === undefined || 'reason' in known) return known !== undefined;
  return known.when === undefined && !FILLERS.has(known.value);
}

function tableDefault(table: DefaultValue, object: ObjectValue, place: SourceRange): Value | undefined {
  const { value, certainty, when } = table;
  const origin = originAt(place, certainty === 'certain' ? 'default-of-type' : 'assumed-default');
  if (when === undefined) return toScalar(value, origin);
  const sibling = object.entries.get(when.sibling);
  if (sibling?.kind === 'unknown') return unknownValue('default-not-certain', { origin, subject: when.sibling });
  return sibling !== undefined && 'value' in sibling && when.equals.includes(sibling.value)
    ? toScalar(value, origin)
    : undefined;
}

function toScalar(value: string | number | boolean, origin: Origin): Value {
  if (typeof value === 'string') return stringValue(value, origin);
  return typeof value === 'number' ? numberValue(value, origin) : boolValue(value, origin);
}
