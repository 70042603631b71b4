import type { TerraformResult } from '../../src/evaluate/terraform/result.js';
import type { RawResource } from '../../src/model/raw-resource.js';
import { DYNAMIC } from '../../src/model/type.js';
import type { ListValue, ObjectValue, UnknownValue, Value } from '../../src/model/value.js';
import { dumpValue } from './dump-terraform.js';

/**
 * What was said while variables were not known, and does not hold now that they are: resources that must be there and are
 * not, that are there and were not said to be possible, and values.
 */
export function contradictions(before: TerraformResult, after: TerraformResult): string[] {
  const found: string[] = [];
  const actual = new Map(after.resources.map((resource) => [resource.address, resource]));
  for (const resource of before.resources) {
    const isPromised = resource.existence.kind === 'certain' && !isWild(resource.address);
    const own = actual.get(resource.address);
    if (own === undefined && isPromised) found.push(`${resource.address}: is not there`);
  }
  const exact = new Map(before.resources.map((resource) => [resource.address, resource]));
  const wild = before.resources.filter(({ address }) => isWild(address));
  for (const resource of after.resources) {
    const told = exact.get(resource.address) ?? wild.find(({ address }) => coversAddress(address, resource.address));
    if (told === undefined) found.push(`${resource.address}: was not said to be possible`);
    else found.push(...contradictionsOf(told, resource));
  }
  for (const [index, root] of before.roots.entries()) {
    for (const [name, value] of root.outputs) {
      const own = after.roots[index]?.outputs.get(name);
      if (own !== undefined && !admits(value, own)) found.push(`output.${name}: ${show(value)} became ${show(own)}`);
    }
  }
  return found;
}

function isWild(address: string): boolean {
  return address.includes('[*]');
}

/** `module.a[*].aws_x.y[*]` stands for every instance. */
function coversAddress(pattern: string, address: string): boolean {
  const escaped = pattern.split('[*]').map((part) => part.replace(/[^a-z0-9]/gi, '\\$&'));
  return new RegExp(`^${escaped.join('\\[.*\\]')}$`).test(address);
}

function contradictionsOf(told: RawResource, actual: RawResource): string[] {
  const found: string[] = [];
  const names = new Set([...told.values.entries.keys(), ...actual.values.entries.keys()]);
  for (const name of names) {
    const before = told.values.entries.get(name);
    const now = actual.values.entries.get(name);
    if (before === undefined && now !== undefined && actual.mode === 'managed')
      found.push(`${actual.address}.${name}: was not there`);
    if (before === undefined) continue;
    // Blocks that are not made are absent.
    const isAdmitted = now === undefined ? mayBeEmpty(before) : admits(before, now);
    if (!isAdmitted) found.push(`${actual.address}.${name}: ${show(before)} became ${now && show(now)}`);
  }
  return found;
}

function mayBeEmpty(value: Value): boolean {
  if (value.kind === 'unknown') return true;
  if (value.kind === 'object') return [...value.entries.values()].every(mayBeEmpty);
  return value.kind === 'list' && value.elements.every((_, index) => value.existence?.has(index) === true);
}

function show(value: Value): string {
  return JSON.stringify(dumpValue(value)).slice(0, 300);
}

/** Whether a value may turn out to be another. What is still unknown then says nothing against it. */
export function admits(value: Value, actual: Value): boolean {
  if (actual.kind === 'unknown')
    return (
      value.kind === 'unknown' ||
      (actual.alternatives?.every((one) => one.kind === 'absent' || admits(value, one)) ?? true)
    );
  if (value.kind === 'unknown') return unknownAdmits(value, actual);
  if (value.kind === 'list') return actual.kind === 'list' && listAdmits(value, actual);
  if (value.kind === 'object') return actual.kind === 'object' && objectAdmits(value, actual);
  if (value.kind === 'null' || actual.kind === 'null') return value.kind === actual.kind;
  return actual.kind === value.kind && actual.value === value.value;
}

function unknownAdmits(value: UnknownValue, actual: Value): boolean {
  if (actual.kind === 'null') return value.notNull !== true && value.parts === undefined;
  if (value.alternatives !== undefined)
    if (!value.alternatives.some((one) => one.kind !== 'absent' && admits(one, actual))) return false;
  if (value.encoded !== undefined && actual.kind === 'string' && actual.encoded !== undefined)
    if (!admits(inLists(value.encoded), inLists(actual.encoded))) return false;
  if (value.parts !== undefined && actual.kind === 'string') {
    const parts = value.parts.map((part) => (typeof part === 'string' ? part.replace(/[^a-z0-9]/gi, '\\$&') : '[^]*'));
    if (!new RegExp(`^${parts.join('')}$`).test(actual.value)) return false;
  }
  if (value.bounds !== undefined && actual.kind === 'number') {
    const { min = -Infinity, max = Infinity } = value.bounds;
    if (actual.value < min || actual.value > max) return false;
  }
  if (value.length === undefined || (actual.kind !== 'list' && actual.kind !== 'object')) return true;
  const size = actual.kind === 'list' ? actual.elements.length : actual.entries.size;
  return size >= value.length.min && size <= (value.length.max ?? Infinity);
}

/** In a policy document a text and a list of it alone are the same, and lists have no order. */
function inLists(value: Value): Value {
  switch (value.kind) {
    case 'object': {
      const entries = new Map([...value.entries].map(([name, entry]) => [name, inLists(entry)]));
      return { ...value, entries };
    }
    case 'list':
      return {
        ...value,
        type: { kind: 'set', element: DYNAMIC },
        elements: value.elements.map(inListsBelow),
        rest: value.rest && { ...value.rest, element: value.rest.element && inListsBelow(value.rest.element) },
      };
    case 'unknown':
      return { ...value, alternatives: value.alternatives?.map((one) => (one.kind === 'absent' ? one : inLists(one))) };
    case 'string':
      return { kind: 'list', type: { kind: 'set', element: DYNAMIC }, elements: [value] };
    default:
      return value;
  }
}

function inListsBelow(value: Value): Value {
  return value.kind === 'string' ? value : inLists(value);
}

function listAdmits(value: ListValue, actual: ListValue): boolean {
  if (value.type.kind === 'set' || actual.type.kind === 'set') return setAdmits(value, actual);
  return sequenceAdmits(value, actual, { i: 0, j: 0 });
}

function sequenceAdmits(value: ListValue, actual: ListValue, { i, j }: { i: number; j: number }): boolean {
  const element = value.elements[i];
  const own = actual.elements[j];
  if (element === undefined) {
    if (own === undefined) return true;
    if (value.rest === undefined) return false;
    const fits = value.rest.element === undefined || admits(value.rest.element, own);
    return fits && sequenceAdmits(value, actual, { i, j: j + 1 });
  }
  const existence = value.existence?.get(i);
  if (existence !== undefined && sequenceAdmits(value, actual, { i: i + 1, j })) return true;
  if (own === undefined || !admits(element, own)) return false;
  return sequenceAdmits(value, actual, { i: existence === 'any-number' ? i : i + 1, j: j + 1 });
}

function setAdmits(value: ListValue, actual: ListValue): boolean {
  const isThere = value.elements.every(
    (element, index) =>
      value.existence?.has(index) === true ||
      actual.elements.some((own) => own.kind === 'unknown' || admits(element, own)),
  );
  const { rest } = value;
  return (
    isThere &&
    actual.elements.every(
      (own) =>
        own.kind === 'unknown' ||
        value.elements.some((element) => admits(element, own)) ||
        (rest !== undefined && (rest.element === undefined || admits(rest.element, own))),
    )
  );
}

function objectAdmits(value: ObjectValue, actual: ObjectValue): boolean {
  const { rest } = value;
  for (const [key, entry] of value.entries) {
    const own = actual.entries.get(key);
    if (own === undefined ? !mayBeEmpty(entry) : !admits(entry, own)) return false;
  }
  for (const [key, own] of actual.entries) {
    if (value.entries.has(key)) continue;
    if (rest === undefined || (rest.element !== undefined && !admits(rest.element, own))) return false;
  }
  return true;
}
