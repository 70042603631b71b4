import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { COLLECTORS } from '../../src/collect/aws/collectors.js';
import { SNAPSHOT_SCHEMA, type SnapshotHeader, type SnapshotRecord } from '../../src/model/snapshot.js';
import { collectServices } from '../collect/collect-service.js';

const ACCOUNT = '123456789012';
const SCOPES = new Set(['aws_account', 'aws_region']);

/** Writes a snapshot of at least so many resources: the recorded account again and again, under other names. */
export async function generateSnapshot(folder: string, resources: number): Promise<number> {
  const { run, records, ledger } = await collectServices([]);
  const scopes = records.filter(({ type }) => SCOPES.has(type));
  const others = records.filter(({ type }) => !SCOPES.has(type));
  // The account itself, which an organization lists, keeps its name.
  const ids = others.flatMap(({ id, arn }) => [id, arn?.split(':').at(-1)?.split('/').at(-1) ?? id]);
  const names = [...new Set(ids)]
    .filter((id) => id !== ACCOUNT && /[a-z]/.test(id))
    .sort((a, b) => b.length - a.length);
  const found = new RegExp(names.map((name) => `(?<![\\w-])${literal(name)}(?![\\w-])`).join('|'), 'g');
  const text = JSON.stringify(others);
  const files = new Map<string, string[]>([['ledger.ndjson', ledger.map((line) => JSON.stringify(line))]]);
  let written = 0;
  const write = (record: SnapshotRecord) => {
    const file = `resources/${ACCOUNT}/${record.region}.ndjson`;
    files.set(file, files.get(file) ?? []);
    files.get(file)?.push(JSON.stringify(record));
    written += 1;
  };
  for (const record of scopes) write(record);
  for (let copy = 0; written < resources; copy++) {
    const renamed: readonly SnapshotRecord[] = JSON.parse(text.replace(found, (name) => `${name}-${copy}`));
    for (const record of renamed) write(record);
  }
  const listed: Record<string, { lines: number; sha256: string }> = {};
  for (const [name, lines] of files) {
    const content = `${lines.join('\n')}\n`;
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
    listed[name] = { lines: lines.length, sha256: createHash('sha256').update(content).digest('hex') };
  }
  const header: SnapshotHeader = {
    kind: 'trueline-snapshot',
    schema: SNAPSHOT_SCHEMA,
    minReader: 1,
    tool: '0.0.0',
    provider: 'aws',
    partition: 'aws',
    startedAt: '2026-11-22T09:30:00Z',
    finishedAt: '2026-11-22T09:31:00Z',
    caller: { arn: `arn:aws:iam::${ACCOUNT}:user/auditor`, account: ACCOUNT },
    accounts: [{ id: ACCOUNT, name: null, status: 'complete', resources: written }],
    regions: run.regions,
    selection: { only: [], skip: [], regions: 'all-enabled' },
    collectors: Object.fromEntries(COLLECTORS.map(({ type, version }) => [type, version])),
    secretKey: { id: 'k1:00', algorithm: 'hmac-sha256-80' },
    files: listed,
  };
  writeFileSync(join(folder, 'snapshot.json'), `${JSON.stringify(header, null, 2)}\n`);
  return written;
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
