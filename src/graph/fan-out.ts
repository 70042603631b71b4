import type { RawResource } from '../model/raw-resource.js';
import { DYNAMIC } from '../model/type.js';
import type { ElementExistence, ObjectValue, Value } from '../model/value.js';
import {
  boolValue,
  listValue,
  numberValue,
  objectValue,
  originAt,
  stringValue,
  unknownValue,
} from '../model/values.js';
import type { SourceRange } from '../source/source-file.js';
import type { CloudFormationModel } from './cloudformation-model.js';
import { LIST_TYPE, OBJECT_TYPE } from './draft.js';
import type { ScopePlan } from './plan.js';
import { perhaps, presenceOf, whereSet } from './presence.js';
import type { AbsentProperty, CloudFormationSide, FanOut, PlainValue } from './resource-types/entries.js';

/**
 * The native resources that one native resource stands for under a model: none where the model is not for it, one for each
 * element of a list, itself otherwise. What CloudFormation takes for absent properties is put in.
 */
export function partsOfResource(written: RawResource, { side, plan }: CloudFormationModel): readonly RawResource[] {
  if (side === undefined) return [written];
  // What a part does not say itself is kept with the whole.
  const isPart = side.each !== undefined || side.own !== undefined;
  const raw = isPart ? { ...written, values: withoutNative(written.values, plan, side.each?.property) } : written;
  const { when, each, absent } = side;
  const own = when === undefined ? raw : whereKind(raw, when);
  if (own === undefined) return [];
  const whole =
    absent === undefined || raw.language === 'live'
      ? own
      : { ...own, values: withAbsent(own.values, absent, raw.header) };
  return each === undefined ? [whole] : partsOfEach(whole, each);
}

function withoutNative(values: ObjectValue, plan: ScopePlan, list: string | undefined): ObjectValue {
  const entries = [...values.entries].filter(([name]) => {
    const kind = plan.steps.get(name)?.kind;
    return name === list || (kind !== undefined && kind !== 'native-only');
  });
  return { ...values, entries: new Map(entries) };
}

type Kind = NonNullable<CloudFormationSide['when']>;

/** Whether a native resource is of the kind that a property decides. */
export function isOfKind({ values }: RawResource, { property, is }: Kind): boolean | 'perhaps' {
  const value = values.entries.get(property);
  if (is === 'set' || is === 'unset') {
    const presence = presenceOf(value, values.rest);
    return presence === 'perhaps' ? presence : presence === is;
  }
  if (value === undefined || value.kind === 'null') return values.rest === undefined ? false : 'perhaps';
  if (value.kind !== 'unknown') return value.kind === 'string' && is.includes(value.value);
  const mayBe = value.alternatives?.some(
    (one) => one.kind === 'unknown' || (one.kind === 'string' && is.includes(one.value)),
  );
  return mayBe === false ? false : 'perhaps';
}

/** The resource as it is where it is of the kind; undefined where it is not. */
function whereKind(raw: RawResource, when: Kind): RawResource | undefined {
  const applies = isOfKind(raw, when);
  if (applies !== 'perhaps') return applies ? raw : undefined;
  const { property, is } = when;
  const value = raw.values.entries.get(property);
  const entries = new Map(raw.values.entries);
  if (is === 'unset') entries.delete(property);
  else if (is === 'set' && value !== undefined) entries.set(property, whereSet(value));
  const { existence } = raw;
  const cause = value?.kind === 'unknown' ? value : raw.values.rest;
  const { condition, implies = [] } = existence.kind === 'unknown' ? existence : {};
  return {
    ...raw,
    values: { ...raw.values, entries },
    existence: {
      kind: 'unknown',
      reason: cause?.reason ?? 'uncertain-existence',
      subject: cause?.subject ?? property,
      implies: condition === undefined ? implies : [condition, ...implies],
    },
  };
}

function withAbsent(
  values: ObjectValue,
  absent: Readonly<Record<string, AbsentProperty>>,
  header: SourceRange,
): ObjectValue {
  const entries = new Map(values.entries);
  for (const [name, { value }] of Object.entries(absent)) {
    const present = entries.get(name);
    const isEmpty = present?.kind === 'list' && present.elements.length === 0 && present.rest === undefined;
    const presence = isEmpty ? 'unset' : presenceOf(present);
    if (presence === 'unset') entries.set(name, plainValue(value, header));
    else if (presence === 'perhaps' && present?.kind === 'unknown') {
      entries.set(name, perhaps(present, present, plainValue(value, header)));
    }
  }
  return { ...values, entries };
}

function plainValue(value: PlainValue, header: SourceRange): Value {
  const origin = originAt(header, 'default-of-type');
  if (typeof value === 'string') return stringValue(value, origin);
  if (typeof value === 'number') return numberValue(value, origin);
  if (typeof value === 'boolean') return boolValue(value, origin);
  if (isList(value)) {
    return listValue(
      LIST_TYPE,
      value.map((element) => plainValue(element, header)),
      origin,
    );
  }
  const entries = Object.entries(value).map(([name, field]) => [name, plainValue(field, header)] as const);
  return objectValue(OBJECT_TYPE, new Map(entries), origin);
}

function isList(value: PlainValue): value is readonly PlainValue[] {
  return Array.isArray(value);
}

function partsOfEach(raw: RawResource, each: FanOut): readonly RawResource[] {
  const list = raw.values.entries.get(each.property);
  if (list === undefined || list.kind === 'null') return [];
  const parts: RawResource[] = [];
  const add = (element: Value, existence: ElementExistence | undefined): void => {
    const part = withElement(raw, each, element);
    parts.push(existence === undefined ? part : uncertain(part, existence, list));
  };
  if (list.kind === 'list') {
    list.elements.forEach((element, index) => {
      add(element, list.existence?.get(index));
    });
    if (list.rest !== undefined) {
      const { reason, subject, element } = list.rest;
      add(element ?? unknownValue(reason, { subject, origin: list.origin }), 'any-number');
    }
    return parts;
  }
  if (list.kind === 'unknown') {
    const { reason, subject, origin, refersTo } = list;
    add(unknownValue(reason, { type: DYNAMIC, subject, origin, refersTo }), 'any-number');
    return parts;
  }
  add(list, undefined);
  return parts;
}

function withElement(raw: RawResource, { property, to }: FanOut, element: Value): RawResource {
  const entries = new Map(raw.values.entries);
  entries.delete(property);
  let { rest } = raw.values;
  // The attribute is named by the entries of the table, as a property of its own would be.
  if (to !== undefined) entries.set(property, element);
  else if (element.kind === 'object') for (const [name, value] of element.entries) entries.set(name, value);
  else if (element.kind === 'unknown') rest ??= { reason: element.reason, subject: element.subject };
  return { ...raw, values: { ...raw.values, entries, rest } };
}

function uncertain(raw: RawResource, existence: ElementExistence, list: Value): RawResource {
  const cause = list.kind === 'list' ? list.existenceCause : undefined;
  const open = list.kind === 'list' ? list.rest : list.kind === 'unknown' ? list : undefined;
  return {
    ...raw,
    existence:
      raw.existence.kind === 'unknown'
        ? raw.existence
        : {
            kind: 'unknown',
            reason: cause?.reason ?? open?.reason ?? 'uncertain-existence',
            subject: cause?.subject ?? open?.subject,
          },
    isPrototype: raw.isPrototype || existence === 'any-number',
  };
}
