import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ambientEvents, type Event, eventsOf } from './events.js';
import { arnOf, markOf } from './identity.js';
import { ORGANIZATION_OF_GRANARY } from './organization.js';
import { LOGS_FROM, ORGANIZATION, PRODUCTION } from './types.js';

/** Files in the logs, each of so many hours. */
const FILE_HOURS = 12;
const FILE_MS = FILE_HOURS * 3_600_000;

/**
 * Writes 90 days of log files as S3 has them: those of the organization's trail, and of production's trail of objects and
 * functions. Gives the number of events.
 */
export function writeOrganizationLogs(folder: string): number {
  const { principals } = ORGANIZATION_OF_GRANARY;
  const byArn = new Map(principals.map((principal) => [arnOf(principal), principal]));
  const events = [...principals.flatMap((principal) => eventsOf(principal, byArn)), ...ambientEvents()];
  const files = new Map<string, Event[]>();
  for (const event of events) {
    const path = pathOf(event);
    if (path === undefined) continue;
    const others = files.get(path);
    if (others === undefined) files.set(path, [event]);
    else others.push(event);
  }
  const folders = new Set<string>();
  for (const [path, own] of files) {
    const parent = join(folder, path.slice(0, path.lastIndexOf('/')));
    if (!folders.has(parent)) mkdirSync(parent, { recursive: true });
    folders.add(parent);
    const Records = [...own].sort((a, b) => a.at - b.at).map(({ record }) => record);
    writeFileSync(join(folder, path), gzipSync(JSON.stringify({ Records }), { level: 1 }));
  }
  return [...files.values()].reduce((sum, own) => sum + own.length, 0);
}

/** The file of the first delivery after it; undefined for what no trail records. */
function pathOf({ account, region, isData, at }: Event): string | undefined {
  if (isData && account !== PRODUCTION) return undefined;
  const delivered = LOGS_FROM + (Math.floor((at - LOGS_FROM) / FILE_MS) + 1) * FILE_MS;
  return pathAt(account, region, delivered, isData);
}

function pathAt(account: string, region: string, at: number, isData: boolean): string {
  const time = new Date(at).toISOString();
  const prefix = isData
    ? `granary-data-trails/AWSLogs/${account}`
    : `granary-trails/AWSLogs/${ORGANIZATION}/${account}`;
  const stamp = `${time.slice(0, 16).replace(/[-:]/g, '')}Z`;
  const name = `${account}_CloudTrail_${region}_${stamp}_${markOf(`${prefix} ${region} ${stamp}`, 16)}.json.gz`;
  return `${prefix}/CloudTrail/${region}/${time.slice(0, 10).replaceAll('-', '/')}/${name}`;
}
