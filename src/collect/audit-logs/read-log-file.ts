import { createReadStream, readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { constants, createGunzip, gunzipSync } from 'node:zlib';
import type { FileCounts } from './counted-events.js';
import type { EventCounter, FileScope } from './event-counter.js';
import { type DocumentProblem, type DocumentScan, scanDocument } from './scan-document.js';
import { scannedRecord } from './scan-record.js';
import type { SeenEvents } from './seen-events.js';

/** What became of one file. */
export interface FileReport extends FileCounts {
  /** Why not all of it was read; what was read before is counted. */
  readonly problem: FileProblem | undefined;
  /** Values where an event was expected. */
  readonly strange: number;
}

/** `corrupt`: its compression; `empty`: no event and nothing that could hold one; else an error's code (`EACCES`). */
export type FileProblem = DocumentProblem | 'corrupt' | 'empty' | `unreadable ${string}`;

/** What is larger is read in parts. */
const maxWholeBytes = 4 * 1024 * 1024;
/** SAFETY: a file that unpacks to more than this is none of CloudTrail's. */
const maxFileBytes = 4 * 1024 * 1024 * 1024;
const partBytes = 1024 * 1024;
/** What was unpacked is lost with the part in which an error is. */
const smallPartBytes = 256;

/** Counts the events of a file, which may be compressed. What is wrong with it is told, and never thrown. */
export async function readLogFile(
  file: FileScope & { readonly path: string; readonly size: number },
  counter: EventCounter,
  seen: SeenEvents,
): Promise<FileReport> {
  counter.openFile(file, seen);
  const scan = scanDocument(() => counter.add(scannedRecord()));
  const problem = await scanFile(file, scan);
  return {
    ...counter.closeFile(),
    strange: scan.strange(),
    problem: problem ?? scan.problem() ?? (scan.isEmpty() ? 'empty' : undefined),
  };
}

async function scanFile(
  { path, size }: { readonly path: string; readonly size: number },
  scan: DocumentScan,
): Promise<FileProblem | undefined> {
  try {
    if (size > maxWholeBytes) return await scanParts(createReadStream(path), scan);
    const bytes = readFileSync(path);
    if (!isCompressed(bytes)) {
      scan.read(bytes, bytes.length, true);
      return undefined;
    }
    const whole = unpack(bytes);
    if (whole === 'corrupt') return await scanParts(createReadStream(path), scan, smallPartBytes);
    if (whole === 'large') return await scanParts(createReadStream(path), scan);
    scan.read(whole, whole.length, true);
    return undefined;
  } catch (error) {
    return `unreadable ${error instanceof Error && 'code' in error ? String(error.code) : 'for an unknown reason'}`;
  }
}

function isCompressed(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** What is cut off gives what is there of it. */
function unpack(bytes: Buffer): Buffer | 'large' | 'corrupt' {
  // The length is at the end; one that is wrong costs a copy.
  const length = bytes.length < 18 ? 0 : bytes.readUInt32LE(bytes.length - 4);
  if (length > maxWholeBytes) return 'large';
  try {
    return gunzipSync(bytes, {
      chunkSize: Math.min(Math.max(length + 1, 64 * 1024), maxWholeBytes),
      maxOutputLength: maxWholeBytes,
      finishFlush: constants.Z_SYNC_FLUSH,
    });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return code === 'ERR_BUFFER_TOO_LARGE' ? 'large' : 'corrupt';
  }
}

async function scanParts(
  source: Readable,
  scan: DocumentScan,
  chunkSize = partBytes,
): Promise<FileProblem | undefined> {
  const parts = openParts(scan);
  const first = await firstPart(source);
  if (first === undefined) return 'empty';
  if (!isCompressed(first)) {
    const problem = parts.add(first) ?? (await addAll(source, parts));
    return problem ?? parts.end();
  }
  const unpacked = createGunzip({ chunkSize, finishFlush: constants.Z_SYNC_FLUSH });
  source.on('error', (error) => unpacked.destroy(error));
  unpacked.write(first);
  source.pipe(unpacked);
  const problem = await addAll(unpacked, parts);
  source.destroy();
  return problem ?? parts.end();
}

async function firstPart(source: Readable): Promise<Buffer | undefined> {
  for await (const part of source.iterator({ destroyOnReturn: false })) return part;
  return undefined;
}

async function addAll(source: Readable, parts: Parts): Promise<FileProblem | undefined> {
  try {
    for await (const part of source) {
      const problem = parts.add(part);
      if (problem !== undefined) return problem;
    }
    return undefined;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return code.startsWith('Z_') ? 'corrupt' : `unreadable ${code}`;
  } finally {
    source.destroy();
  }
}

interface Parts {
  readonly add: (part: Uint8Array) => FileProblem | undefined;
  readonly end: () => FileProblem | undefined;
}

/** Gives a document its bytes part by part, with what it did not read before them. */
function openParts(scan: DocumentScan): Parts {
  let kept: Uint8Array = new Uint8Array(2 * partBytes);
  let length = 0;
  let total = 0;
  return {
    add: (part) => {
      total += part.length;
      if (total > maxFileBytes) return 'too-large';
      if (length + part.length > kept.length) {
        const larger = new Uint8Array(Math.max(kept.length * 2, length + part.length));
        larger.set(kept.subarray(0, length));
        kept = larger;
      }
      kept.set(part, length);
      length += part.length;
      const read = scan.read(kept, length, false);
      kept.copyWithin(0, read, length);
      length -= read;
      return scan.problem();
    },
    end: () => {
      scan.read(kept, length, true);
      return undefined;
    },
  };
}
