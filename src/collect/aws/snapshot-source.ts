import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LedgerLine, SNAPSHOT_SCHEMA, type SnapshotHeader } from '../../model/snapshot.js';
import { FolderError } from './snapshot-folder.js';

/** A snapshot that is whole, read a file at a time. */
export interface SnapshotSource {
  readonly header: SnapshotHeader;
  /** Absolute. */
  pathOf(file: string): string;
  /** Of one account. */
  ledger(account: string): readonly LedgerLine[];
  /** The lines of a file; none where it has no such file. */
  lines<Line>(file: string): readonly Line[];
}

/** Opens the snapshot in a folder and holds every file against its header. Throws `FolderError`. */
export function openSnapshotSource(folder: string): SnapshotSource {
  const headerFile = join(folder, 'snapshot.json');
  if (!existsSync(folder)) throw new FolderError('It does not exist.');
  if (!existsSync(headerFile)) throw new FolderError('It is no snapshot, or an unfinished one.');
  const header = readHeader(headerFile);
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  for (const [file, { sha256 }] of Object.entries(header.files)) {
    const isWhole = existsSync(join(folder, file)) && createHash('sha256').update(read(file)).digest('hex') === sha256;
    if (!isWhole) throw new FolderError(`"${file}" in it is not as it was written.`);
  }
  const ledgers = byAccount(read('ledger.ndjson'));
  const lines = <Line>(text: string): Line[] =>
    text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Line]));
  return {
    header,
    pathOf: (file) => join(folder, file),
    ledger: (account) => lines(ledgers.get(account) ?? ''),
    lines: (file) => (Object.hasOwn(header.files, file) ? lines(read(file)) : []),
  };
}

function readHeader(path: string): SnapshotHeader {
  let header: SnapshotHeader;
  try {
    header = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    throw new FolderError('Its header cannot be read.');
  }
  if (header.kind !== 'trueline-snapshot') throw new FolderError(`It holds a "${header.kind}".`);
  if (header.schema !== SNAPSHOT_SCHEMA)
    throw new FolderError(`It is of schema ${header.schema}, and this release writes ${SNAPSHOT_SCHEMA}.`);
  return header;
}

/** The lines of each account, which stand together. */
function byAccount(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (let start = 0; start < text.length; ) {
    const account = accountAt(text, start);
    let end = start;
    while (end < text.length && accountAt(text, end) === account) {
      const next = text.indexOf('\n', end);
      end = next < 0 ? text.length : next + 1;
    }
    found.set(account, (found.get(account) ?? '') + text.slice(start, end));
    start = end;
  }
  return found;
}

function accountAt(text: string, start: number): string {
  return /"account":"(\d+)"/.exec(text.slice(start, start + 200))?.[1] ?? '';
}
