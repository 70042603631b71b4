import type { ListValue, ObjectValue, Value } from '../model/value.js';
import { objectValue, stringValue } from '../model/values.js';
import { ListDraft, OBJECT_TYPE } from './draft.js';
import type { BlockStep } from './plan.js';
import { presenceOf } from './presence.js';
import type { SplitCase } from './resource-types/entries.js';

interface Case {
  readonly when: SplitCase['when'];
  readonly step: BlockStep;
}

interface Split {
  readonly value: Value;
  readonly step: BlockStep;
  /** The places of the elements in the native list. */
  readonly indexes?: readonly number[] | undefined;
}

/** One native list as the lists of its cases: each element goes where the first case holds, and perhaps where it may. */
export function splitList(value: Value, cases: readonly Case[]): readonly Split[] {
  const last = cases[cases.length - 1];
  if (last === undefined) return [];
  if (value.kind === 'unknown') return cases.map(({ step }) => ({ value, step }));
  if (value.kind !== 'list') return [{ value, step: last.step }];
  const parts = cases.map(() => new ListDraft());
  const indexes = cases.map((): number[] => []);
  value.elements.forEach((element, index) => {
    const existence = value.existence?.get(index);
    const holding = placesOf(element, cases);
    for (const place of holding) {
      parts[place]?.push(element, holding.length > 1 ? 'perhaps' : existence);
      indexes[place]?.push(index);
    }
  });
  return cases.flatMap(({ step }, place) => {
    const part = parts[place];
    if (part === undefined) return [];
    part.rest = restOf(value);
    return part.length === 0 && part.rest === undefined && value.elements.length > 0
      ? []
      : [{ value: part.finish(value.origin), step, indexes: indexes[place] }];
  });
}

function restOf({ rest }: ListValue): ListValue['rest'] {
  return rest === undefined ? undefined : { reason: rest.reason, subject: rest.subject };
}

/** The places of the cases that an element may be of: one where that is known. */
export function placesOf(element: Value, cases: readonly Case[]): readonly number[] {
  const places: number[] = [];
  for (const [place, { when }] of cases.entries()) {
    const holds = when === undefined ? true : isMet(element, when);
    if (holds !== false) places.push(place);
    if (holds === true) break;
  }
  return places;
}

function isMet(element: Value, { field, in: values, without }: NonNullable<SplitCase['when']>): boolean | 'perhaps' {
  if (element.kind !== 'object') return 'perhaps';
  const other = without === undefined ? 'unset' : presenceOf(element.entries.get(without));
  if (other === 'set') return false;
  const holds = isHeld(element, field, values);
  return holds === true && other === 'perhaps' ? 'perhaps' : holds;
}

function isHeld(
  { entries, rest }: ObjectValue,
  field: string,
  values: readonly string[] | undefined,
): boolean | 'perhaps' {
  const value = entries.get(field);
  const presence = presenceOf(value, rest);
  if (values === undefined || presence !== 'set') return presence === 'perhaps' ? presence : presence === 'set';
  if (value?.kind === 'unknown') return 'perhaps';
  return value !== undefined && 'value' in value && values.includes(String(value.value));
}

/** A map as the list of its entries: each is its `Key`, and its `Value` or the fields of it. */
export function mapToList(value: Value, hasFields: boolean): Value {
  if (value.kind !== 'object') return value;
  const list = new ListDraft();
  for (const [name, entry] of value.entries) {
    if (entry.kind === 'null') continue;
    const fields = hasFields && entry.kind === 'object' ? entry.entries : new Map([['Value', entry]]);
    const key = stringValue(name, entry.origin);
    list.push(objectValue(OBJECT_TYPE, new Map<string, Value>([['Key', key], ...fields]), entry.origin));
  }
  if (value.rest !== undefined) list.rest = { reason: value.rest.reason, subject: value.rest.subject };
  return list.finish(value.origin);
}
