import { invalidValue, policyError, type RuntimeValue, type TimestampValue } from './runtime-value.js';

const SECOND = 1_000_000_000n;
/** 0001-01-01T00:00:00Z and 9999-12-31T23:59:59.999999999Z, as CEL limits timestamps. */
const MIN_TIMESTAMP = -62_135_596_800n * SECOND;
const MAX_TIMESTAMP = 253_402_300_799n * SECOND + 999_999_999n;
/** CEL limits durations to about 10,000 years, and to 64 bits of nanoseconds. */
const MAX_DURATION = 2n ** 63n - 1n;

export function toTimestamp(nanoseconds: bigint): RuntimeValue {
  if (nanoseconds < MIN_TIMESTAMP || nanoseconds > MAX_TIMESTAMP) {
    return policyError('The timestamp lies beyond the years 1 to 9999.');
  }
  return { kind: 'timestamp', value: nanoseconds };
}

export function toDuration(nanoseconds: bigint): RuntimeValue {
  if (nanoseconds > MAX_DURATION || nanoseconds < -MAX_DURATION - 1n) return policyError('The duration is too long.');
  return { kind: 'duration', value: nanoseconds };
}

/** Sums and differences of timestamps and durations; undefined where there is none. */
export function addTimes(operator: '+' | '-', a: RuntimeValue, b: RuntimeValue): RuntimeValue | undefined {
  if (a.kind === 'timestamp' && b.kind === 'timestamp') {
    return operator === '-' ? toDuration(a.value - b.value) : undefined;
  }
  if (a.kind === 'timestamp' && b.kind === 'duration') {
    return toTimestamp(operator === '+' ? a.value + b.value : a.value - b.value);
  }
  if (a.kind === 'duration' && b.kind === 'timestamp') {
    return operator === '+' ? toTimestamp(a.value + b.value) : undefined;
  }
  if (a.kind === 'duration' && b.kind === 'duration') {
    return toDuration(operator === '+' ? a.value + b.value : a.value - b.value);
  }
  return undefined;
}

const TIMESTAMP =
  /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(?:([Zz])|([+-])(\d{2}):(\d{2}))$/;

/** Parses RFC 3339. */
export function parseTimestamp(text: string, value?: RuntimeValue): RuntimeValue {
  const match = TIMESTAMP.exec(text);
  if (match === null) return invalidValue(`"${text}" is no timestamp.`, value);
  const [, year, month, day, hour, minute, second, fraction, , sign, offsetHours, offsetMinutes] = match;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  date.setUTCHours(Number(hour), Number(minute), Number(second));
  const isDate = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  if (!isDate || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) {
    return invalidValue(`"${text}" is no timestamp.`, value);
  }
  const offset = BigInt(
    sign === undefined ? 0 : Number(`${sign}1`) * (Number(offsetHours) * 60 + Number(offsetMinutes)) * 60,
  );
  const seconds = BigInt(date.getTime() / 1000) - offset;
  return toTimestamp(seconds * SECOND + BigInt((fraction ?? '').padEnd(9, '0')));
}

const UNITS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1000n,
  µs: 1000n,
  μs: 1000n,
  ms: 1_000_000n,
  s: SECOND,
  m: 60n * SECOND,
  h: 3600n * SECOND,
};

/** Parses Go's durations: `1h30m`, `-1.5s`. */
export function parseDuration(text: string, value?: RuntimeValue): RuntimeValue {
  const match = /^([+-]?)((?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+|0)$/.exec(text);
  if (match === null) return invalidValue(`"${text}" is no duration.`, value);
  let total = 0n;
  for (const [, whole, fraction, unit] of (match[2] ?? '').matchAll(/(\d*)(?:\.(\d*))?(ns|us|µs|μs|ms|s|m|h)/g)) {
    const size = UNITS[unit ?? 's'] ?? SECOND;
    total += BigInt(whole === '' ? 0 : (whole ?? 0)) * size;
    if (fraction) total += (BigInt(fraction) * size) / 10n ** BigInt(fraction.length);
  }
  return toDuration(match[1] === '-' ? -total : total);
}

/** Seconds with the fraction that is needed: `90s`, `1.5s`. */
export function renderDuration(nanoseconds: bigint): string {
  const sign = nanoseconds < 0n ? '-' : '';
  const absolute = nanoseconds < 0n ? -nanoseconds : nanoseconds;
  return `${sign}${absolute / SECOND}${renderFraction(absolute % SECOND)}s`;
}

function renderFraction(nanoseconds: bigint): string {
  if (nanoseconds === 0n) return '';
  return `.${String(nanoseconds).padStart(9, '0').replace(/0+$/, '')}`;
}

export function renderTimestamp({ value }: TimestampValue): string {
  let seconds = value / SECOND;
  let fraction = value % SECOND;
  if (fraction < 0n) [seconds, fraction] = [seconds - 1n, fraction + SECOND];
  const date = new Date(Number(seconds) * 1000).toISOString().slice(0, 19);
  return `${date}${renderFraction(fraction)}Z`;
}
