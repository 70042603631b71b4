import {
  type Answer,
  type Condition,
  type Context,
  compileCondition,
  known,
  textOf,
  toMoment,
} from '../../iam/index.js';
import type { Budget } from './budget.js';
import type { Language } from './language.js';
import type { Family } from './literals.js';
import type { Demand, Solution } from './solution.js';
import { charactersOf, matchesWord } from './tokens.js';

/**
 * A value that meets demands on numbers, dates, addresses and bytes. The values that the conditions name, their
 * neighbours and one of no kind stand for all that they can tell apart. With a language the values have to be of it.
 */
export function solveFinite(
  demands: readonly Demand[],
  budget: Budget | undefined,
  language?: Language,
): Solution | undefined {
  let rough: Solution | undefined;
  for (const candidate of candidatesOf(demands, language)) {
    budget?.spend(demands.length);
    const word = charactersOf(candidate);
    if (language !== undefined && !isIn(language, word)) continue;
    const answer = meetsAll(demands, candidate);
    if (answer === true) return { words: [word], isRough: false };
    if (answer === undefined) rough ??= { words: [word], isRough: true };
  }
  return rough;
}

function isIn({ allOf, noneOf }: Language, word: readonly number[]): boolean {
  return (
    allOf.every((union) => union.some((pattern) => matchesWord(pattern, word))) &&
    !noneOf.some((pattern) => matchesWord(pattern, word))
  );
}

/** Undefined where an answer is left open. */
function meetsAll(demands: readonly Demand[], candidate: string): boolean | undefined {
  let isOpen = false;
  for (const { signed, passes } of demands) {
    const { test } = signed.literal;
    if (test.kind !== 'finite') continue;
    const answer = testOf(test.condition)?.(() => known(textOf(candidate)));
    if (answer === undefined) return undefined;
    if (typeof answer !== 'boolean') isOpen = true;
    else if (answer !== passes) return false;
  }
  return isOpen ? undefined : true;
}

const tests = new WeakMap<Condition, (context: Context) => Answer>();

/** The test of one value: it passes a set's test as it passes the operator's. Undefined for an unknown operator. */
function testOf(condition: Condition): ((context: Context) => Answer) | undefined {
  const { operator } = condition;
  if (operator === undefined) return undefined;
  let test = tests.get(condition);
  if (test === undefined) {
    test = compileCondition({ ...condition, operator: { ...operator, set: undefined } });
    tests.set(condition, test);
  }
  return test;
}

function candidatesOf(demands: readonly Demand[], language: Language | undefined): Set<string> {
  const candidates = new Set<string>();
  if (language?.isNonEmpty === false) return candidates.add('');
  const byFamily = new Map<Family, string[]>();
  for (const { signed } of demands) {
    const { test } = signed.literal;
    if (test.kind !== 'finite') continue;
    byFamily.set(test.family, [...(byFamily.get(test.family) ?? []), ...test.values]);
  }
  for (const [family, values] of byFamily) for (const value of CANDIDATES[family](values)) candidates.add(value);
  return candidates.add('x');
}

const CANDIDATES: Readonly<Record<Family, (values: readonly string[]) => readonly string[]>> = {
  number: numbersAround,
  date: momentsAround,
  address: addressesAround,
  binary: (values) => [...values, 'T3RoZXI='],
};

/** The numbers, one beyond the first and the last, and one between each two. */
function numbersAround(values: readonly string[]): string[] {
  const scale = Math.max(0, ...values.map((value) => (value.trim().split('.')[1] ?? '').length)) + 1;
  const points = new Set<bigint>();
  for (const value of values) {
    const [, sign, whole = '', fraction = ''] = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(value.trim()) ?? [];
    if (whole === '' || whole.length + scale > maxDigits) continue;
    const digits = BigInt(whole + fraction.padEnd(scale, '0'));
    points.add(sign === '-' ? -digits : digits);
  }
  return around([...points], 10n ** BigInt(scale)).map((point) => decimal(point, scale));
}

/** SAFETY: longer numbers are none for `iam` either. */
const maxDigits = 1000;

function decimal(point: bigint, scale: number): string {
  const digits = String(point < 0n ? -point : point).padStart(scale + 1, '0');
  const fraction = digits.slice(-scale).replace(/0+$/, '');
  return `${point < 0n ? '-' : ''}${digits.slice(0, -scale)}${fraction === '' ? '' : `.${fraction}`}`;
}

function around(points: bigint[], beyond: bigint): bigint[] {
  const sorted = [...points].sort((some, other) => (some < other ? -1 : some > other ? 1 : 0));
  const first = sorted[0] ?? 0n;
  const last = sorted.at(-1) ?? 0n;
  const between = sorted.slice(1).map((point, index) => (point + (sorted[index] ?? point)) / 2n);
  return [first - beyond, ...sorted, ...between, last + beyond];
}

/** In milliseconds. */
function momentsAround(values: readonly string[]): string[] {
  const moments = values.flatMap((value) => {
    const moment = toMoment(value);
    return typeof moment === 'number' && Number.isSafeInteger(moment) ? [BigInt(moment)] : [];
  });
  const written = around([...new Set(moments)], 1000n).flatMap((moment) => {
    const date = new Date(Number(moment));
    return Number.isNaN(date.getTime()) ? [] : [date.toISOString()];
  });
  return [...values, ...written];
}

/** The first address of each range, the one after each, and the first of all. */
function addressesAround(values: readonly string[]): string[] {
  const candidates = ['0.0.0.0', '::'];
  for (const value of values) {
    const [address = '', prefix] = value.trim().split('/');
    const bits = address.includes(':') ? 128 : 32;
    const number = bits === 32 ? toV4(address) : toV6(address);
    const length = prefix === undefined ? bits : Number(prefix);
    if (number === undefined || !(length >= 0 && length <= bits)) continue;
    const shift = BigInt(bits - length);
    const first = (number >> shift) << shift;
    const after = first + (1n << shift);
    const write = bits === 32 ? fromV4 : fromV6;
    candidates.push(write(first));
    if (after < 1n << BigInt(bits)) candidates.push(write(after));
  }
  return candidates;
}

function toV4(address: string): bigint | undefined {
  const parts = address.split('.');
  if (parts.length !== 4 || parts.some((part) => !/^\d{1,3}$/.test(part))) return undefined;
  return parts.reduce((number, part) => (number << 8n) | BigInt(part), 0n);
}

function fromV4(number: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => String((number >> shift) & 255n)).join('.');
}

function toV6(written: string): bigint | undefined {
  const [, start = '', v4 = ''] = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(written) ?? [];
  const end = toV4(v4) ?? 0n;
  const address = v4 === '' ? written : `${start}${(end >> 16n).toString(16)}:${(end & 0xffffn).toString(16)}`;
  const [head = '', tail, ...others] = address.split('::');
  if (others.length > 0 || address.includes('.')) return undefined;
  const groups = (text: string) => (text === '' ? [] : text.split(':'));
  const before = groups(head);
  const after = groups(tail ?? '');
  const all = [...before, ...new Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0'), ...after];
  if (all.length !== 8 || all.some((group) => !/^[0-9A-Fa-f]{1,4}$/.test(group))) return undefined;
  return all.reduce((number, group) => (number << 16n) | BigInt(`0x${group}`), 0n);
}

function fromV6(number: bigint): string {
  return Array.from({ length: 8 }, (_, index) => ((number >> BigInt(112 - 16 * index)) & 0xffffn).toString(16)).join(
    ':',
  );
}
