import { policyError, type RuntimeValue, toInt } from '../runtime-value.js';
import type { FunctionDefinition, FunctionTable } from './function.js';

const MILLISECOND = 1_000_000n;

/** The parts of timestamps and durations. A timestamp's are in UTC, or in the zone of the argument. */
export const TIME_FUNCTIONS: FunctionTable = {
  '.getFullYear': part((date) => date.getUTCFullYear()),
  '.getMonth': part((date) => date.getUTCMonth()),
  '.getDate': part((date) => date.getUTCDate()),
  '.getDayOfMonth': part((date) => date.getUTCDate() - 1),
  '.getDayOfWeek': part((date) => date.getUTCDay()),
  '.getDayOfYear': part(
    (date) =>
      Math.round((Date.UTC(2000, date.getUTCMonth(), date.getUTCDate()) - Date.UTC(2000, 0, 1)) / 86_400_000) -
      (date.getUTCMonth() > 1 && !isLeap(date.getUTCFullYear()) ? 1 : 0),
  ),
  '.getHours': part(
    (date) => date.getUTCHours(),
    (value) => value / 3_600_000_000_000n,
  ),
  '.getMinutes': part(
    (date) => date.getUTCMinutes(),
    (value) => value / 60_000_000_000n,
  ),
  '.getSeconds': part(
    (date) => date.getUTCSeconds(),
    (value) => value / 1_000_000_000n,
  ),
  '.getMilliseconds': part(
    (date) => date.getUTCMilliseconds(),
    (value) => (value / MILLISECOND) % 1000n,
  ),
};

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

function part(ofDate: (date: Date) => number, ofDuration?: (value: bigint) => bigint): FunctionDefinition {
  const forDurations = ofDuration === undefined ? [] : ['(duration): int'];
  return {
    signatures: ['(timestamp): int', '(timestamp, string): int', ...forDurations],
    overNull: 'null',
    call: ([value, zone]) => {
      if (value?.kind === 'duration' && zone === undefined) {
        return ofDuration === undefined ? undefined : toInt(ofDuration(value.value));
      }
      if (value?.kind !== 'timestamp' || (zone !== undefined && zone.kind !== 'string')) return undefined;
      const milliseconds = Number(value.value / MILLISECOND - (value.value % MILLISECOND < 0n ? 1n : 0n));
      const shifted = zone === undefined ? milliseconds : shift(milliseconds, zone.value);
      return typeof shifted === 'number' ? toInt(ofDate(new Date(shifted))) : shifted;
    },
  };
}

/** Milliseconds as a clock in the zone shows them: `+02:00`, `-5:30`, or a name of the tz database. */
function shift(milliseconds: number, zone: string): number | RuntimeValue {
  const fixed = /^([+-]?)(\d{1,2}):(\d{2})$/.exec(zone);
  if (fixed !== null) {
    const minutes = Number(fixed[2]) * 60 + Number(fixed[3]);
    return milliseconds + (fixed[1] === '-' ? -minutes : minutes) * 60_000;
  }
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    const parts = new Map(format.formatToParts(new Date(milliseconds)).map(({ type, value }) => [type, Number(value)]));
    const number = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
    const date = Date.UTC(
      number('year'),
      number('month') - 1,
      number('day'),
      number('hour'),
      number('minute'),
      number('second'),
    );
    return date + (((milliseconds % 1000) + 1000) % 1000);
  } catch {
    return policyError(`"${zone}" is no time zone.`);
  }
}
