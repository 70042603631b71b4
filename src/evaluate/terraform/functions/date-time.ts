import { NUMBER, STRING } from '../../../model/type.js';
import { numberValue, unknownValue } from '../../../model/values.js';
import { define, textFunction, textOf, textParameter } from './define.js';
import { FunctionFailure, type TerraformFunction } from './function.js';

/** A time with the offset from UTC in which it is written. Nanoseconds since 1970; the offset in seconds. */
interface Timestamp {
  readonly nanoseconds: bigint;
  readonly offset: number;
  /** Written `Z`. */
  readonly isUtc: boolean;
}

const perSecond = 1_000_000_000n;
const RFC3339 = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:[.,](\d+))?(?:(Z)|([+-])(\d{2}):(\d{2}))$/;

/** An RFC 3339 timestamp as Terraform reads it: `T` and `Z` in upper case, a date that there is, no leap second. */
function parseTimestamp(text: string, argument: number): Timestamp {
  const match = RFC3339.exec(text);
  const failure = new FunctionFailure(`not a valid RFC3339 timestamp: "${text}"`, argument);
  if (match === null) throw failure;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number);
  const [fraction = '', zulu, sign = '+', offsetHour = '0', offsetMinute = '0'] = match.slice(7);
  if (year === undefined || month === undefined || day === undefined) throw failure;
  if (hour === undefined || minute === undefined || second === undefined) throw failure;
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) throw failure;
  if (hour > 23 || minute > 59 || second > 59 || Number(offsetHour) > 24 || Number(offsetMinute) > 60) throw failure;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second, 0);
  const offset = (sign === '-' ? -1 : 1) * (Number(offsetHour) * 3600 + Number(offsetMinute) * 60);
  const seconds = BigInt(date.getTime() / 1000 - offset);
  const nanoseconds = seconds * perSecond + BigInt(fraction.slice(0, 9).padEnd(9, '0'));
  return { nanoseconds, offset, isUtc: zulu !== undefined };
}

function daysIn(year: number, month: number): number {
  const isLeapYear = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return [31, isLeapYear ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}

interface Clock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** 0 is Sunday. */
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** What calendar and clock show where the timestamp is written. */
function clockOf({ nanoseconds, offset }: Timestamp, argument: number): Clock {
  const remainder = nanoseconds % perSecond;
  const seconds = (nanoseconds - (remainder < 0n ? remainder + perSecond : remainder)) / perSecond;
  const date = new Date(Number(seconds) * 1000 + offset * 1000);
  if (Number.isNaN(date.getTime())) throw new FunctionFailure('the time is beyond the calendar', argument);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: date.getUTCDay(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  };
}

const two = (part: number): string => String(part).padStart(2, '0');

function offsetText(offset: number, separator: string): string {
  const minutes = Math.trunc(Math.abs(offset) / 60);
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}${separator}${two(minutes % 60)}`;
}

function renderTimestamp(time: Timestamp): string {
  const clock = clockOf(time, 0);
  const year = clock.year < 0 ? `-${String(-clock.year).padStart(4, '0')}` : String(clock.year).padStart(4, '0');
  const date = `${year}-${two(clock.month)}-${two(clock.day)}`;
  const zone = time.offset === 0 ? 'Z' : offsetText(time.offset, ':');
  return `${date}T${two(clock.hour)}:${two(clock.minute)}:${two(clock.second)}${zone}`;
}

const UNIT_NANOSECONDS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  '\u00b5s': 1_000n,
  '\u03bcs': 1_000n,
  ms: 1_000_000n,
  s: perSecond,
  m: 60n * perSecond,
  h: 3600n * perSecond,
};
const maxDuration = 2n ** 63n - 1n;

/** Nanoseconds of a duration as Go's `time.ParseDuration` reads it: `-1.5h`, `1h30m`. */
function parseDuration(text: string): bigint {
  const quoted = JSON.stringify(text);
  const unsigned = text.replace(/^[+-]/, '');
  if (unsigned === '0') return 0n;
  if (unsigned === '') throw new FunctionFailure(`time: invalid duration ${quoted}`, 1);
  const step = /(\d*)(?:(\.)(\d*))?([^\d.]*)/y;
  let total = 0n;
  while (step.lastIndex < unsigned.length) {
    const [, whole = '', , fraction = '', unit = ''] = step.exec(unsigned) ?? [];
    if (whole === '' && fraction === '') throw new FunctionFailure(`time: invalid duration ${quoted}`, 1);
    if (unit === '') throw new FunctionFailure(`time: missing unit in duration ${quoted}`, 1);
    const size = Object.hasOwn(UNIT_NANOSECONDS, unit) ? UNIT_NANOSECONDS[unit] : undefined;
    if (size === undefined) {
      throw new FunctionFailure(`time: unknown unit ${JSON.stringify(unit)} in duration ${quoted}`, 1);
    }
    // SAFETY: more digits than these are beyond any duration, or below a nanosecond.
    if (whole.replace(/^0+/, '').length > 20) throw new FunctionFailure(`time: invalid duration ${quoted}`, 1);
    const decimals = fraction.slice(0, 18);
    total += BigInt(whole || '0') * size + (BigInt(decimals || '0') * size) / 10n ** BigInt(decimals.length);
    if (total > maxDuration) throw new FunctionFailure(`time: invalid duration ${quoted}`, 1);
  }
  return text.startsWith('-') ? -total : total;
}

const timeadd = textFunction('timeadd', ['timestamp', 'duration'], (timestamp = '', duration = '') => {
  const time = parseTimestamp(timestamp, 0);
  return renderTimestamp({ ...time, nanoseconds: time.nanoseconds + parseDuration(duration) });
});

const timecmp = define({
  name: 'timecmp',
  parameters: [textParameter('timestamp_a'), textParameter('timestamp_b')],
  returns: NUMBER,
  call(args) {
    const a = parseTimestamp(textOf(args[0]), 0).nanoseconds;
    const b = parseTimestamp(textOf(args[1]), 1).nanoseconds;
    return numberValue(a < b ? -1 : a > b ? 1 : 0);
  },
});

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

type Verb = (clock: Clock, time: Timestamp) => string;
const hourOfTwelve = (hour: number): number => hour % 12 || 12;

/** What `formatdate` writes for each run of one letter. */
const VERBS: ReadonlyMap<string, Verb> = new Map<string, Verb>([
  ['YYYY', ({ year }) => String(year).padStart(4, '0')],
  ['YY', ({ year }) => two(year % 100)],
  ['MMMM', ({ month }) => MONTHS[month - 1] ?? ''],
  ['MMM', ({ month }) => (MONTHS[month - 1] ?? '').slice(0, 3)],
  ['MM', ({ month }) => two(month)],
  ['M', ({ month }) => String(month)],
  ['DD', ({ day }) => two(day)],
  ['D', ({ day }) => String(day)],
  ['EEEE', ({ weekday }) => WEEKDAYS[weekday] ?? ''],
  ['EEE', ({ weekday }) => (WEEKDAYS[weekday] ?? '').slice(0, 3)],
  ['hh', ({ hour }) => two(hour)],
  ['h', ({ hour }) => String(hour)],
  ['HH', ({ hour }) => two(hourOfTwelve(hour))],
  ['H', ({ hour }) => String(hourOfTwelve(hour))],
  ['AA', ({ hour }) => (hour < 12 ? 'AM' : 'PM')],
  ['aa', ({ hour }) => (hour < 12 ? 'am' : 'pm')],
  ['mm', ({ minute }) => two(minute)],
  ['m', ({ minute }) => String(minute)],
  ['ss', ({ second }) => two(second)],
  ['s', ({ second }) => String(second)],
  ['ZZZZZ', (_, { offset }) => offsetText(offset, ':')],
  ['ZZZZ', (_, { offset }) => offsetText(offset, '')],
  ['ZZZ', (_, { offset }) => (offset === 0 ? 'UTC' : offsetText(offset, ''))],
  ['Z', (_, { offset }) => (offset === 0 ? 'Z' : offsetText(offset, ':'))],
]);

/** A quoted literal, a quote that is not closed, a run of one letter, or what stands between them. */
const DATE_TOKEN = /'((?:[^']|'')*)'|(')|([A-Za-z])\3*|[^A-Za-z']+/gy;

const formatdate = textFunction('formatdate', ['format', 'time'], (format = '', timestamp = '') => {
  const time = parseTimestamp(timestamp, 1);
  const clock = clockOf(time, 1);
  let text = '';
  for (const match of format.matchAll(DATE_TOKEN)) {
    const [token, literal, openQuote, letter] = match;
    if (openQuote !== undefined) throw new FunctionFailure("unterminated literal '", 0);
    // Quotes with nothing in them are one quote.
    if (literal !== undefined) text += literal === '' ? "'" : literal.replaceAll("''", "'");
    else if (letter === undefined) text += token;
    else text += verbOf(token)(clock, time);
  }
  return text;
});

function verbOf(token: string): Verb {
  const verb = VERBS.get(token);
  if (verb === undefined) throw new FunctionFailure(`invalid date format verb "${token}"`, 0);
  return verb;
}

/** A time that differs with each plan; without an identity with each call. */
function nowFunction(name: string, identity?: string): TerraformFunction {
  return define({
    name,
    parameters: [],
    returns: STRING,
    call: () => unknownValue('not-deterministic', { type: STRING, notNull: true, subject: `${name}()`, identity }),
  });
}

export const dateTimeFunctions: readonly TerraformFunction[] = [
  formatdate,
  nowFunction('plantimestamp', 'plantimestamp()'),
  timeadd,
  timecmp,
  nowFunction('timestamp'),
];
