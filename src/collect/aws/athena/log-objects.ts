import type { SnapshotJson } from '../../../model/snapshot.js';
import { ask, type Failure, type World } from '../ask.js';
import { all, get, textAt } from '../json.js';
import type { TimeRange } from './partition-filter.js';
import { type ProjectionRequest, projectedKeys } from './projection.js';
import { type AthenaTable, isProjected } from './table.js';

/** What a query would read: objects of S3, and the hours of which there are log files. */
export interface LogObjects {
  readonly bytes: number;
  readonly objects: number;
  /** `<account> <region>` → the hours that a file was delivered in, by the millisecond at which they begin. */
  readonly hours: ReadonlyMap<string, ReadonlySet<number>>;
  /** There is more than this: the listing was given up. */
  readonly isCut: boolean;
}

export interface ListedPlaces {
  readonly bucket: string;
  /** Keys that begin with one of these are listed. */
  readonly prefixes: readonly string[];
  /** Of those only these count. */
  readonly pattern: RegExp | undefined;
  /** Only files of these days are read; undefined: all. */
  readonly days: TimeRange | undefined;
}

export interface ListRun {
  readonly world: World;
  readonly region: string;
  /** Above it the listing is given up. */
  readonly maxBytes: number;
  readonly isInterrupted: () => boolean;
}

export const LIST_OBJECTS = { call: 's3:ListObjectsV2', permission: 's3:ListBucket' } as const;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** A trail's file: `…/AWSLogs/[organization/]<account>/CloudTrail/<region>/2026/11/22/<account>_CloudTrail_<region>_20261122T0815Z_….json.gz` */
const LOG_FILE =
  /\/?AWSLogs\/(?:o-[a-z0-9]+\/)?(\d{12})\/CloudTrail\/([a-z0-9-]+)\/\d{4}\/\d\d\/\d\d\/[^/]*_(\d{4})(\d\d)(\d\d)T(\d\d)\d\dZ_[^/]*$/;
/** Folders of one region, in which days follow each other. */
const REGION_FOLDER = /\/?AWSLogs\/(?:o-[a-z0-9]+\/)?\d{12}\/CloudTrail\/[a-z0-9-]+\/$/;
/** SAFETY: deeper than logs lie. */
const DEEPEST = 12;

export interface PlacesRequest extends ProjectionRequest {
  /** Whether the query keeps to the days of its range. */
  readonly isOfDays: boolean;
  /** Of partitions that were added one by one, and are asked for. */
  readonly locations: readonly string[];
}

/** Where the objects of a table are; undefined where nothing says it for certain. */
export function placesOf(table: AthenaTable, request: PlacesRequest): ListedPlaces | undefined {
  const { range, isOfDays, locations } = request;
  const days = isOfDays ? range : undefined;
  const template = isProjected(table) ? table.parameters['storage.location.template'] : undefined;
  if (template !== undefined) {
    const found = /^s3:\/\/([^/]+)\/(.*)$/.exec(template);
    if (found === null) return undefined;
    const [, bucket = '', path = ''] = found;
    const [fixed = ''] = path.split('${');
    const pattern = projectedKeys(table, path, request);
    return pattern === undefined ? undefined : { bucket, prefixes: [fixed], pattern, days };
  }
  const roots = (table.partitionKeys.length > 0 ? locations : [table.location]).map((root) =>
    /^s3:\/\/([^/]+)\/(.*)$/.exec(root),
  );
  const bucket = roots[0]?.[1];
  if (bucket === undefined || roots.some((root) => root?.[1] !== bucket)) return undefined;
  const prefixes = roots.map((root) => (root?.[2] ?? '').replace(/([^/])$/, '$1/'));
  return { bucket, prefixes: [...new Set(prefixes)].sort(), pattern: undefined, days };
}

interface Tally {
  bytes: number;
  objects: number;
  isCut: boolean;
  readonly hours: Map<string, Set<number>>;
}

/** Lists what a query would read, until it is too much. */
export async function listLogObjects(run: ListRun, places: ListedPlaces): Promise<LogObjects | Failure> {
  const tally: Tally = { bytes: 0, objects: 0, isCut: false, hours: new Map() };
  for (const prefix of places.prefixes) {
    const failure = await listBelow(run, places, tally, { prefix, depth: 0 });
    if (failure !== undefined) return failure;
    if (tally.isCut) break;
  }
  return tally;
}

interface Folder {
  readonly prefix: string;
  readonly depth: number;
}

async function listBelow(
  run: ListRun,
  places: ListedPlaces,
  tally: Tally,
  { prefix, depth }: Folder,
): Promise<Failure | undefined> {
  const isFlat = REGION_FOLDER.test(prefix) || places.days === undefined || depth >= DEEPEST;
  const folders: string[] = [];
  const dayOf = (ms: number) => `${prefix}${new Date(ms).toISOString().slice(0, 10).replaceAll('-', '/')}/`;
  const isOfRegion = places.days !== undefined && REGION_FOLDER.test(prefix);
  const after = isOfRegion ? { StartAfter: dayOf(places.days?.from ?? 0) } : {};
  const last = isOfRegion ? dayOf((places.days?.to ?? 0) + DAY_MS) : undefined;
  let token: string | undefined;
  do {
    if (run.isInterrupted()) return undefined;
    const page = token === undefined ? after : { ContinuationToken: token };
    const input = { Bucket: places.bucket, Prefix: prefix, ...(isFlat ? {} : { Delimiter: '/' }), ...page };
    const ending = await ask(run.world, LIST_OBJECTS, {
      client: 's3',
      operation: 'ListObjectsV2',
      region: run.region,
      input,
    });
    if (ending.kind === 'failure') return ending;
    const objects = all(ending.output, 'Contents.*');
    for (const object of objects) count(tally, places, object);
    folders.push(...all(ending.output, 'CommonPrefixes.*.Prefix').map(String));
    tally.isCut ||= tally.bytes > run.maxBytes;
    const isPast = last !== undefined && textAt(objects.at(-1), 'Key') > `${last}~`;
    token =
      get(ending.output, 'IsTruncated') === true && !isPast
        ? textAt(ending.output, 'NextContinuationToken')
        : undefined;
  } while (token !== undefined && token !== '' && !tally.isCut);
  for (const folder of new Set(folders)) {
    if (tally.isCut) return undefined;
    const failure = await listBelow(run, places, tally, { prefix: folder, depth: depth + 1 });
    if (failure !== undefined) return failure;
  }
  return undefined;
}

function count(tally: Tally, { pattern, days }: ListedPlaces, object: SnapshotJson): void {
  const key = textAt(object, 'Key');
  if (pattern !== undefined && !pattern.test(key)) return;
  const found = LOG_FILE.exec(key);
  const [, account = '', region = '', year = '', month = '', day = '', hour = ''] = found ?? [];
  const at = found === null ? undefined : Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour));
  if (
    days !== undefined &&
    at !== undefined &&
    (at < Math.floor(days.from / DAY_MS) * DAY_MS || at >= days.to + DAY_MS)
  )
    return;
  tally.bytes += Number(textAt(object, 'Size')) || 0;
  tally.objects += 1;
  if (at === undefined) return;
  const place = `${account} ${region}`;
  const hours = tally.hours.get(place) ?? new Set<number>();
  tally.hours.set(place, hours);
  hours.add(Math.floor(at / HOUR_MS) * HOUR_MS);
}
