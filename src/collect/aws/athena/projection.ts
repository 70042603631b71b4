import { formatTime, type TimeRange } from './partition-filter.js';
import type { AthenaTable } from './table.js';

export interface ProjectionRequest {
  readonly range: TimeRange;
  /** Name of a key → values that are asked for. */
  readonly given: ReadonlyMap<string, readonly string[]>;
  /** Milliseconds. */
  readonly now: number;
}

const DAY_MS = 86_400_000;
/** More values are not told apart one by one. */
const MOST_VALUES = 4000;

/**
 * Which keys of objects are in a partition that is projected and asked for, by a template such as
 * `AWSLogs/${account}/CloudTrail/${region}/${timestamp}`; undefined where that is not known for certain: what is not in the table
 * must not be taken for seen. https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html
 */
export function projectedKeys(table: AthenaTable, template: string, request: ProjectionRequest): RegExp | undefined {
  const parts = template.split(/\$\{([^}]*)\}/).map((part, index) => {
    if (index % 2 === 0) return escaped(part);
    const pattern = patternOf(table, part.toLowerCase(), request);
    const given = request.given.get(part.toLowerCase());
    return pattern === undefined || given === undefined ? pattern : `(?=${pattern}(?:/|$))${oneOf(given)}`;
  });
  return parts.some((part) => part === undefined) ? undefined : new RegExp(`^${parts.join('')}(?:/|$)`);
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`);
}

function oneOf(values: readonly string[]): string {
  return `(?:${values.map(escaped).join('|')})`;
}

function patternOf({ parameters }: AthenaTable, key: string, request: ProjectionRequest): string | undefined {
  const at = (name: string) => parameters[`projection.${key}.${name}`];
  switch (at('type')?.toLowerCase()) {
    case 'enum':
      return oneOf((at('values') ?? '').split(',').map((value) => value.trim()));
    case 'injected':
      return '[^/]+';
    case 'integer':
      return integers(at('range'), Number(at('digits') ?? 0));
    case 'date':
      return dates(at('range'), at('format') ?? '', request);
    default:
      return undefined;
  }
}

function integers(range: string | undefined, digits: number): string | undefined {
  const [first, last] = (range ?? '').split(',').map((text) => Number(text.trim() || Number.NaN));
  if (!Number.isInteger(first) || !Number.isInteger(last) || first === undefined || last === undefined)
    return undefined;
  if (last - first >= MOST_VALUES) return undefined;
  return oneOf(Array.from({ length: last - first + 1 }, (_, index) => String(first + index).padStart(digits, '0')));
}

function dates(
  range: string | undefined,
  format: string,
  { range: asked, now }: ProjectionRequest,
): string | undefined {
  const byDay = format.replace(/[^a-zA-Z]?HH$/, '');
  const [first, last] = (range ?? '').split(',').map((text) => boundOf(text.trim(), now));
  if (first === undefined || last === undefined || formatTime(byDay, now) === undefined) return undefined;
  const days: string[] = [];
  const start = Math.floor(Math.max(first, asked.from) / DAY_MS) * DAY_MS;
  for (let day = start; day < Math.min(last + 1, asked.to + DAY_MS); day += DAY_MS)
    days.push(formatTime(byDay, day) ?? '');
  const hours = byDay === format ? '' : '[^a-zA-Z]?\\d\\d';
  return days.length === 0 ? '(?!)' : `${oneOf([...new Set(days)])}${hours}`;
}

/** Units of bounds that are counted from now, months and years as short as they can be. */
const UNIT_MS: Readonly<Record<string, number>> = {
  YEAR: 365 * DAY_MS,
  MONTH: 28 * DAY_MS,
  WEEK: 7 * DAY_MS,
  DAY: DAY_MS,
  HOUR: DAY_MS / 24,
  MINUTE: 60_000,
  SECOND: 1000,
};

/** `2026/01/01`, `NOW`, `NOW-3MONTHS`. */
function boundOf(text: string, now: number): number | undefined {
  const [, sign, number, unit] = /^NOW(?:([+-])(\d+)(YEAR|MONTH|WEEK|DAY|HOUR|MINUTE|SECOND)S?)?$/i.exec(text) ?? [];
  if (unit !== undefined)
    return now + (sign === '-' ? -1 : 1) * Number(number) * (UNIT_MS[unit.toUpperCase()] ?? Number.NaN);
  if (/^NOW$/i.test(text)) return now;
  const [, year, month, day = '01'] = /^(\d{4})\D?(\d\d)(?:\D?(\d\d))?(?:\D?\d\d)?$/.exec(text) ?? [];
  return year === undefined ? undefined : Date.UTC(Number(year), Number(month) - 1, Number(day));
}
