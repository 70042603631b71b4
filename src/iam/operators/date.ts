import { type OperatorTest, ofPlain } from './test.js';

/** Compares moments, in one of the W3C's forms of ISO 8601 or in seconds since 1970; what is none matches nothing. */
export function date(isMatch: (order: number) => boolean): OperatorTest {
  return ofPlain((policy, request) => {
    const limit = toMoment(policy);
    const given = toMoment(request);
    // A time without its zone is none of the W3C's forms: which one it would be is said nowhere.
    if (limit === 'no-zone' || given === 'no-zone') return undefined;
    return limit !== undefined && given !== undefined && isMatch(given - limit);
  }, 'date-without-zone');
}

const FORM =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[Tt](\d{2}):(\d{2})(?::(\d{2})(\.\d+)?)?(Z|z|[+-]\d{2}(?::?\d{2})?)?)?)?)?$/;

/** In milliseconds since 1970; undefined for what is no moment. */
export function toMoment(text: string): number | 'no-zone' | undefined {
  const trimmed = text.trim();
  if (/^\d{5,14}(\.\d+)?$/.test(trimmed)) return Number(trimmed) * 1000;
  const form = FORM.exec(trimmed);
  if (form === null) return undefined;
  const [, year, month = '01', day = '01', hour, minute, second = '00', fraction = '', zone] = form;
  const isTime = hour !== undefined;
  if (isTime && zone === undefined) return 'no-zone';
  const iso = `${year}-${month}-${day}T${hour ?? '00'}:${minute ?? '00'}:${second}${fraction.slice(0, 4)}Z`;
  const moment = Date.parse(iso);
  return Number.isNaN(moment) ? undefined : moment - offsetOf(zone);
}

function offsetOf(zone = 'Z'): number {
  const [, sign, hours, minutes = '0'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone) ?? [];
  if (sign === undefined) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
