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
  if (when !== undefined && !applies(raw.values.entries.get(when.property), when.is)) return [];
  const whole = absent === undefined ? raw : { ...raw, values: withAbsent(raw.values, absent, raw.header) };
  return each === undefined ? [whole] : partsOfEach(whole, each);
}

function withoutNative(values: ObjectValue, plan: ScopePlan, list: string | undefined): ObjectValue {
  const entries = [...values.entries].filter(([name]) => {
    const kind = plan.steps.get(name)?.kind;
    return name === list || (kind !== undefined && kind !== 'native-only');
  });
  return { ...values, entries: new Map(entries) };
}

function applies(value: Value | undefined, is: NonNullable<CloudFormationSide['when']>['is']): boolean {
  if (is === 'set') return isSet(value);
  if (is === 'unset') return !isSet(value);
  return value?.kind === 'string' && is.includes(value.value);
}

function isSet(value: Value | undefined): boolean {
  return value !== undefined && value.kind !== 'null';
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
    if (!isSet(present) || isEmpty) entries.set(name, plainValue(value, header));
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
