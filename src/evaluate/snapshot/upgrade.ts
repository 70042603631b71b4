import type { SnapshotVersions } from '../../model/snapshot.js';
import type { JsonNode } from '../../syntax/json/ast.js';
import { numberOf } from './json-members.js';

/** Members of a header, or properties of a record, with the places at which they stand. */
export type Members = ReadonlyMap<string, JsonNode>;

/** What an older release wrote, as the next one would have. Pure; each has a golden. */
export interface Upgrades {
  /** Schema → the header of the next one. */
  readonly headers: ReadonlyMap<number, (header: Members) => Members>;
  /** Type → version of its projection → the properties of the next one. */
  readonly records: ReadonlyMap<string, ReadonlyMap<number, (properties: Members) => Members>>;
}

/** There is only one schema, and one version of each projection. */
export const UPGRADES: Upgrades = { headers: new Map(), records: new Map() };

/** The header as this release would have written it, as far as there is a way. */
export function upgradeHeader(header: Members | undefined, { headers }: Upgrades = UPGRADES): Members | undefined {
  let upgraded = header;
  for (;;) {
    const schema = numberOf(upgraded?.get('schema'));
    const step = schema === undefined ? undefined : headers.get(schema);
    if (upgraded === undefined || step === undefined) return upgraded;
    upgraded = step(upgraded);
  }
}

/** How records of a type are read: in what way their properties are to be changed; undefined: not at all. */
export type RecordReading = ((properties: Members) => Members) | undefined;

/** For each type of a header that was not collected as this release does it: how its records are read. */
export function recordReadings(
  collectors: ReadonlyMap<string, number>,
  versions: SnapshotVersions,
  { records }: Upgrades = UPGRADES,
): ReadonlyMap<string, RecordReading> {
  const readings = new Map<string, RecordReading>();
  for (const [type, version] of collectors) {
    const own = versions.get(type);
    if (own?.version === version) continue;
    const reading = own === undefined ? undefined : stepsOf(records.get(type), version, own.version);
    readings.set(type, reading);
    // What stands beside it was written by the same projection.
    if (reading === undefined) for (const other of own?.beside ?? []) readings.set(other, undefined);
  }
  return readings;
}

function stepsOf(
  steps: ReadonlyMap<number, (properties: Members) => Members> | undefined,
  from: number,
  to: number,
): RecordReading {
  const way: ((properties: Members) => Members)[] = [];
  for (let version = from; version < to; version++) {
    const step = steps?.get(version);
    if (step === undefined) return undefined;
    way.push(step);
  }
  return from > to ? undefined : (properties) => way.reduce((changed, step) => step(changed), properties);
}
