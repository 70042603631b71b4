import { type AthenaTable, isProjected, type PartitionKey } from './table.js';

/** Half-open, in milliseconds. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** The conditions on partitions, which may be none, and whether they keep to the days that were asked for. */
export interface PartitionFilter {
  readonly conditions: readonly string[];
  readonly isOfDays: boolean;
}

/** Why a table cannot be asked. */
export interface Refusal {
  readonly refusal: string;
}

export interface FilterRequest {
  readonly range: TimeRange;
  /** Name of a key → values: `region` → `eu-west-1`. */
  readonly given: ReadonlyMap<string, readonly string[]>;
  /** Values of the table's partitions, in the order of its keys, where they are not projected. */
  readonly partitions: readonly (readonly string[])[];
}

const VALUE = /^[A-Za-z0-9_.-]{1,128}$/;
const DAY_MS = 86_400_000;
/** Files lie under the day on which they were delivered, which may be after that of their events. */
const LATE_MS = DAY_MS;

/** What keeps a query to the partitions of a time. */
export function partitionFilter(table: AthenaTable, request: FilterRequest): PartitionFilter | Refusal {
  const conditions: string[] = [];
  let isOfDays = false;
  for (const [name, values] of request.given) {
    const key = table.partitionKeys.find((one) => one.name === name);
    if (key === undefined) return { refusal: `"${name}" is not a key of its partitions.${namesOf(table)}` };
    const bad = values.find((value) => !VALUE.test(value));
    if (bad !== undefined) return { refusal: `"${bad}" is no value of a partition that can be asked for.` };
    conditions.push(equals(key, values));
  }
  for (const key of table.partitionKeys) {
    if (request.given.has(key.name)) continue;
    const projection = isProjected(table) ? table.parameters[`projection.${key.name}.type`]?.toLowerCase() : undefined;
    if (projection === 'injected')
      return { refusal: `Its partitions have a key "${key.name}" whose values it does not list: name them.` };
    const format =
      projection === 'date' ? table.parameters[`projection.${key.name}.format`] : formatOf(table, key, request);
    if (format === undefined) continue;
    const between = betweenDays(key, format, request.range);
    if (between === undefined)
      return { refusal: `Its partitions have dates as "${format}", which do not sort by time.` };
    conditions.push(between);
    isOfDays = true;
  }
  if (!isOfDays) {
    const parts = dateParts(table, request.range);
    if (parts !== undefined) return { conditions: [...conditions, parts], isOfDays: true };
  }
  return { conditions, isOfDays };
}

function namesOf({ partitionKeys }: AthenaTable): string {
  const names = partitionKeys.map(({ name }) => name);
  return names.length === 0 ? ' It has none.' : ` They are ${names.join(', ')}.`;
}

function equals({ name, isNumber }: PartitionKey, values: readonly string[]): string {
  const written = values.map((value) => literal(value, isNumber));
  return written.length === 1 ? `"${name}" = ${written[0]}` : `"${name}" IN (${written.join(', ')})`;
}

function literal(value: string, isNumber: boolean): string {
  return isNumber && /^\d+$/.test(value) ? value : `'${value}'`;
}

/** The format of the dates of partitions that were added one by one, by what they look like: all must look alike. */
function formatOf(
  { partitionKeys }: AthenaTable,
  key: PartitionKey,
  { partitions }: FilterRequest,
): string | undefined {
  const index = partitionKeys.indexOf(key);
  const formats = new Set(
    partitions.map((values) => {
      const [, separator] = /^\d{4}([/-]?)\d\d\1\d\d$/.exec(values[index] ?? '') ?? [];
      return separator === undefined ? undefined : `yyyy${separator}MM${separator}dd`;
    }),
  );
  const [format] = formats;
  return formats.size === 1 ? format : undefined;
}

const FORMAT = /^yyyy([^a-zA-Z'"]?)MM(?:([^a-zA-Z'"]?)dd(?:([^a-zA-Z'"]?)HH)?)?$/;

/** A time as a format of partitions has it; undefined for formats whose texts do not sort by time. */
export function formatTime(format: string, ms: number): string | undefined {
  const found = FORMAT.exec(format);
  if (found === null) return undefined;
  const [year = '', month = '', day = '', hour = ''] = new Date(ms).toISOString().split(/[-T:]/);
  const [, a = '', b, c] = found;
  return `${year}${a}${month}${b === undefined ? '' : `${b}${day}`}${c === undefined ? '' : `${c}${hour}`}`;
}

function betweenDays(key: PartitionKey, format: string, { from, to }: TimeRange): string | undefined {
  const [first, last] = [formatTime(format, from), formatTime(format, to - 1 + LATE_MS)];
  if (first === undefined || last === undefined) return undefined;
  return `"${key.name}" BETWEEN ${literal(first, key.isNumber)} AND ${literal(last, key.isNumber)}`;
}

/** Keys `year`, `month` and `day`, the days of each month, with and without leading zeros. */
function dateParts({ partitionKeys }: AthenaTable, { from, to }: TimeRange): string | undefined {
  const keyOf = (name: string) => partitionKeys.find((key) => key.name === name);
  const [year, month, day] = [keyOf('year'), keyOf('month'), keyOf('day')];
  if (year === undefined || month === undefined) return undefined;
  const months = new Map<string, string[]>();
  for (let at = Math.floor(from / DAY_MS) * DAY_MS; at < to + LATE_MS; at += DAY_MS) {
    const [date = ''] = new Date(at).toISOString().split('T');
    const known = months.get(date.slice(0, 7));
    if (known === undefined) months.set(date.slice(0, 7), [date.slice(8)]);
    else known.push(date.slice(8));
  }
  const either = (key: PartitionKey, values: readonly string[]) =>
    equals(key, key.isNumber ? values.map((value) => String(Number(value))) : [...new Set(values.flatMap(unpadded))]);
  const alternatives = [...months].map(([name, days]) => {
    const [y = '', m = ''] = name.split('-');
    const inMonth = `${equals(year, [y])} AND ${either(month, [m])}`;
    return day === undefined ? `(${inMonth})` : `(${inMonth} AND ${either(day, days)})`;
  });
  return alternatives.length === 1 ? alternatives[0] : `(${alternatives.join('\n    OR ')})`;
}

function unpadded(value: string): readonly string[] {
  return [value, String(Number(value))];
}
