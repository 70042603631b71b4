import { DYNAMIC } from '../model/type.js';
import type { ListValue, ObjectValue, UnknownValue, Value } from '../model/value.js';
import { unknownValue } from '../model/values.js';
import type { Diagnostic } from '../source/diagnostic.js';
import type { SourceRange } from '../source/source-file.js';
import { convertValue } from './convert.js';
import { decodeDocument } from './decode-document.js';
import { Draft, ListDraft } from './draft.js';
import { explodeObject } from './explode.js';
import { lowerKeyed } from './lower-keyed.js';
import { pairsToMap } from './pairs.js';
import type { BlockStep, ScalarStep, ScopePlan, Step } from './plan.js';
import type { Silence } from './resource-types/entries.js';
import { mapToList, splitList } from './split-list.js';

export interface LowerContext {
  readonly address: string;
  /** What `true` of an own-id attribute stands for. */
  readonly ownId: UnknownValue;
  readonly header: SourceRange;
  readonly diagnostics: Diagnostic[];
  /** What has no place in normal form, by its full native path. */
  readonly native: Map<string, Value>;
  /** Path in normal form → the data source whose document stands there. */
  readonly documents: Map<string, string>;
  /** What is null is known not to be there, and what is not named at all is not: a block that is null stays. */
  readonly keepsNull?: boolean | undefined;
}

export interface Place {
  readonly target: Draft;
  /** Native path of the scope, with a trailing dot where it is not the root. */
  readonly native: string;
  /** Path in normal form of the scope, likewise. */
  readonly normal: string;
}

/** Native values → normal form, by the plan of the type. */
export function lowerValues(values: ObjectValue, plan: ScopePlan, context: LowerContext): ObjectValue {
  const target = new Draft();
  target.origin = values.origin;
  target.rest = values.rest;
  lowerScope(values, plan, { target, native: '', normal: '' }, context);
  if (context.native.size > 0) {
    const native = new Draft();
    for (const [path, value] of context.native) native.entries.set(path, value);
    target.entries.set('native', native);
  }
  return target.finish();
}

function lowerScope(values: ObjectValue, plan: ScopePlan, place: Place, context: LowerContext): void {
  for (const [name, value] of values.entries) {
    const step = plan.steps.get(name);
    if (step === undefined) {
      if (plan.isClosed === true) context.native.set(`${place.native}${name}`, value);
      else place.target.put([name], value);
    } else lowerStep({ name, value, step, siblings: values }, place, context);
  }
  if (plan.silent !== undefined) silence(plan, plan.silent, place, context);
}

/** Keeps native what says nothing where another field has a value. */
function silence(
  { steps }: ScopePlan,
  { attribute, equals, fields }: Silence,
  place: Place,
  context: LowerContext,
): void {
  const { entries } = place.target;
  const decides = entries.get(attribute);
  if (decides === undefined || decides instanceof Draft || decides.kind !== 'string' || decides.value !== equals)
    return;
  for (const [name, step] of steps) {
    const to = step.kind === 'scalar' && step.to.length === 1 ? step.to[0] : undefined;
    const value = to !== undefined && fields.includes(to) ? entries.get(to) : undefined;
    if (to === undefined || value === undefined || value instanceof Draft) continue;
    context.native.set(`${place.native}${name}`, value);
    entries.delete(to);
  }
}

interface Item {
  readonly name: string;
  readonly value: Value;
  readonly step: Step;
  readonly siblings: ObjectValue;
}

function lowerStep(item: Item, place: Place, context: LowerContext): void {
  const { name, value, step, siblings } = item;
  switch (step.kind) {
    case 'scalar':
      if (!lowerScalar(value, step, place.target)) context.native.set(`${place.native}${name}`, value);
      return;
    case 'document':
      lowerDocument(item, step, place, context);
      return;
    case 'block':
      lowerBlock({ name, value, step }, place, context);
      return;
    case 'explode': {
      const list = lowerList(value, step.scope, { place, name, to: step.to, explosion: step.explosion }, context);
      mergeList(place.target, step.to, list);
      return;
    }
    case 'pairs':
      lowerPairs(item, step, place, context);
      return;
    case 'native-only':
      context.native.set(`${place.native}${name}`, value);
      return;
    case 'untranslated':
      context.native.set(`${place.native}${name}`, value);
      if (value.kind !== 'null') {
        const { origin } = value;
        place.target.put(step.to, unknownValue('limit-reached', { subject: `${context.address}.${name}`, origin }));
      }
      return;
    case 'keyed':
      lowerKeyed({ name, value }, step, place, context.native);
      return;
    case 'split':
      for (const part of splitList(value, step.cases)) lowerBlock({ name, ...part }, place, context);
      return;
    case 'map':
      lowerBlock({ name, value: mapToList(value, step.hasFields), step: step.step }, place, context);
      return;
    case 'counted':
      lowerCounted(item, step.step, place, context);
      return;
    case 'other-spelling': {
      const canonical = siblings.entries.get(step.of);
      if (canonical === undefined || canonical.kind === 'null') lowerStep({ ...item, step: step.step }, place, context);
      else context.native.set(`${place.native}${name}`, value);
    }
  }
}

/** `{ Quantity, Items }` is its items; a quantity that says something else is kept. */
function lowerCounted({ name, value, siblings }: Item, step: Step, place: Place, context: LowerContext): void {
  if (value.kind !== 'object') {
    lowerStep({ name, value: itemsOfAlternatives(value), step, siblings }, place, context);
    return;
  }
  const items = value.entries.get('Items');
  const quantity = value.entries.get('Quantity');
  const isCount = items?.kind === 'list' && quantity?.kind === 'number' && quantity.value === items.elements.length;
  if (quantity !== undefined && !isCount) context.native.set(`${place.native}${name}.Quantity`, quantity);
  if (items !== undefined) {
    const inside = { ...place, native: `${place.native}${name}.` };
    lowerStep({ name: 'Items', value: items, step, siblings: value }, inside, context);
  }
}

function itemsOfAlternatives(value: Value): Value {
  if (value.kind !== 'unknown' || value.alternatives === undefined) return value;
  const alternatives = value.alternatives.map((alternative) =>
    alternative.kind === 'object' ? (alternative.entries.get('Items') ?? { kind: 'absent' as const }) : alternative,
  );
  return { ...value, alternatives };
}

/** False where two native attributes mean one thing, and the other one is there already. */
function lowerScalar(value: Value, step: ScalarStep, target: Draft): boolean {
  if (step.unset.length > 0 && 'value' in value && step.unset.includes(value.value)) return true;
  // An empty path through objects would make an object present that is not.
  if (value.kind === 'null' && step.to.length > 1) return true;
  return target.put(step.to, step.convert === undefined ? value : convertValue(value, step.convert));
}

function lowerPairs(
  { name, value }: Item,
  step: Extract<Step, { readonly kind: 'pairs' }>,
  place: Place,
  context: LowerContext,
): void {
  const map = pairsToMap(value, step.entry.key, step.entry.value);
  if (!place.target.put(step.to, map)) context.native.set(`${place.native}${name}`, value);
}

function lowerDocument(
  { name, value }: Item,
  step: Extract<Step, { readonly kind: 'document' }>,
  place: Place,
  context: LowerContext,
): void {
  const decoded = decodeDocument(value, step.entry);
  if (decoded.value === undefined) return;
  place.target.put(step.to, decoded.value);
  const path = `${place.normal}${step.to.join('.')}`;
  const source = value.refersTo?.length === 1 ? value.refersTo[0] : undefined;
  if (source !== undefined && /(^|\.)data\.aws_iam_policy_document\./.test(source.address)) {
    context.documents.set(path, source.address);
  }
  if (decoded.problem !== undefined) {
    context.native.set(`${place.native}${name}`, value);
    context.diagnostics.push({
      code: 'document-invalid',
      message: `"${path}" of "${context.address}" cannot be read as a document: ${decoded.problem.replace(/\.$/, '')}.`,
      range: value.origin ?? context.header,
    });
  }
}

interface Block {
  readonly name: string;
  readonly value: Value;
  readonly step: BlockStep;
  /** Where the elements stand in the native list, if that is not where they stand here. */
  readonly indexes?: readonly number[] | undefined;
}

function lowerBlock(block: Block, place: Place, context: LowerContext): void {
  const { value, step, indexes } = block;
  const isInList =
    step.mode !== 'list' && (indexes?.length === 1 || (indexes === undefined && step.isNativeList === true));
  const name = isInList ? `${block.name}[${indexes?.[0] ?? 0}]` : block.name;
  if (step.mode === 'list') {
    const list = lowerList(value, step.scope, { place, name, to: step.to, indexes }, context);
    mergeList(place.target, step.to, list);
    return;
  }
  const only = onlyElement(value);
  switch (only.kind) {
    case 'none':
      if (context.keepsNull === true && value.kind === 'null' && step.to.length === 1) place.target.put(step.to, value);
      return;
    case 'several':
      context.native.set(`${place.native}${name}`, value);
      context.diagnostics.push({
        code: 'more-than-one-block',
        message: `"${place.native}${name}" of "${context.address}" is written more than once, and can mean only one thing.`,
        range: value.origin ?? context.header,
      });
      if (step.mode === 'object')
        place.target.put(step.to, unknownValue('more-than-one', { origin: value.origin, notNull: true }));
      return;
    case 'unknown':
      lowerUnknownBlock({ name, step }, only.value, place, context);
      return;
    case 'object': {
      const target = place.target.at(step.to);
      if (target === undefined) {
        context.native.set(`${place.native}${name}`, value);
        return;
      }
      if (step.mode === 'object') target.origin ??= only.value.origin;
      target.rest ??= only.value.rest;
      lowerScope(only.value, step.scope, within(place, target, name, step.to), context);
    }
  }
}

function within(place: Place, target: Draft, name: string, to: readonly string[]): Place {
  const normal = to.length === 0 ? place.normal : `${place.normal}${to.join('.')}.`;
  return { target, native: `${place.native}${name}.`, normal };
}

/** A block that may be there, or of which nothing is known. */
function lowerUnknownBlock(
  { name, step }: { readonly name: string; readonly step: BlockStep },
  value: UnknownValue,
  place: Place,
  context: LowerContext,
): void {
  if (step.mode === 'hoist') {
    place.target.rest ??= { reason: value.reason, subject: value.subject };
    return;
  }
  const alternatives = value.alternatives?.map((alternative) => {
    if (alternative.kind !== 'object') return alternative;
    const target = new Draft();
    target.origin = alternative.origin;
    lowerScope(alternative, step.scope, within(place, target, name, step.to), context);
    return target.finish();
  });
  place.target.put(step.to, { ...value, type: DYNAMIC, alternatives });
}

type Only =
  | { readonly kind: 'none' }
  | { readonly kind: 'several' }
  | { readonly kind: 'object'; readonly value: ObjectValue }
  | { readonly kind: 'unknown'; readonly value: UnknownValue };

/** What a block that means at most one thing holds. */
function onlyElement(value: Value): Only {
  if (value.kind === 'object') return { kind: 'object', value };
  if (value.kind === 'unknown') return { kind: 'unknown', value: unwrapAlternatives(value) };
  if (value.kind !== 'list') return { kind: 'none' };
  const [first] = value.elements;
  const existence = value.existence?.get(0);
  if (value.elements.length > 1) {
    return value.existence === undefined ? { kind: 'several' } : { kind: 'unknown', value: oneOf(value) };
  }
  if (first === undefined)
    return value.rest === undefined ? { kind: 'none' } : { kind: 'unknown', value: oneOf(value) };
  if (existence !== undefined) return { kind: 'unknown', value: oneOf(value) };
  if (first.kind === 'object') return { kind: 'object', value: first };
  return first.kind === 'unknown' ? { kind: 'unknown', value: first } : { kind: 'none' };
}

/** The most that an unknown remembers. */
const maxAlternatives = 4;

function oneOf(list: ListValue): UnknownValue {
  const reason = list.rest?.reason ?? 'uncertain-existence';
  const known =
    list.elements.length > 0 ? list.elements : list.rest?.element === undefined ? undefined : [list.rest.element];
  const isClosed = known !== undefined && known.length < maxAlternatives;
  const alternatives = isClosed ? [{ kind: 'absent' as const }, ...known] : undefined;
  return unknownValue(reason, { subject: list.rest?.subject, origin: list.origin, alternatives });
}

/** Alternatives that are lists of at most one, as what they hold. */
function unwrapAlternatives(value: UnknownValue): UnknownValue {
  const alternatives = value.alternatives?.map((alternative) => {
    if (alternative.kind !== 'list') return alternative;
    const only = onlyElement(alternative);
    return only.kind === 'none' ? { kind: 'absent' as const } : only.kind === 'several' ? alternative : only.value;
  });
  return { ...value, alternatives };
}

interface ListPlace {
  readonly place: Place;
  readonly name: string;
  readonly to: readonly string[];
  readonly explosion?: Extract<Step, { readonly kind: 'explode' }>['explosion'] | undefined;
  readonly indexes?: readonly number[] | undefined;
}

function lowerList(value: Value, scope: ScopePlan, at: ListPlace, context: LowerContext): Value {
  const { place, name, to, explosion, indexes } = at;
  if (value.kind === 'null') return value;
  if (value.kind === 'unknown')
    return {
      ...value,
      type: DYNAMIC,
      alternatives: value.alternatives?.map((alternative) =>
        alternative.kind === 'list' || alternative.kind === 'object'
          ? lowerList(alternative, scope, at, context)
          : alternative,
      ),
    };
  const list = new ListDraft();
  const source = value.kind === 'list' ? value : { elements: [value], existence: undefined, rest: undefined };
  const lowered = (element: ObjectValue, index: number, native: number): ObjectValue => {
    const target = new Draft();
    target.origin = element.origin ?? value.origin;
    target.rest = element.rest;
    const path = `${place.normal}${to.join('.')}[${index}].`;
    lowerScope(element, scope, { target, native: `${place.native}${name}[${native}].`, normal: path }, context);
    return target.finish();
  };
  source.elements.forEach((element, index) => {
    const existence = source.existence?.get(index);
    const native = indexes?.[index] ?? index;
    if (element.kind !== 'object') list.push(element, existence);
    else if (explosion === undefined) list.push(lowered(element, list.length, native), existence);
    else explodeObject(lowered(element, list.length, native), explosion, { list, existence, ownId: context.ownId });
  });
  if (source.rest !== undefined) {
    const { element } = source.rest;
    const further =
      element?.kind === 'object' && explosion === undefined ? lowered(element, list.length, list.length) : undefined;
    list.rest = { ...source.rest, element: further };
  }
  return list.finish(value.origin);
}

/** Several native blocks may share one list in normal form. */
function mergeList(target: Draft, to: readonly string[], value: Value): void {
  const holder = target.at(to.slice(0, -1));
  const name = to[to.length - 1];
  if (holder === undefined || name === undefined) return;
  const present = holder.entries.get(name);
  if (present === undefined || present instanceof Draft || present.kind !== 'list' || value.kind !== 'list') {
    holder.put([name], value);
    return;
  }
  const merged = new ListDraft();
  merged.append(present);
  merged.append(value);
  holder.entries.set(name, merged.finish(present.origin));
}
