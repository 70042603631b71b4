import { createReadStream, readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { constants, createGunzip, gunzipSync } from 'node:zlib';
import type { FileCounts } from './counted-events.js';
import type { DocumentProblem, EventCounter, FileScope } from './event-counter.js';
import type { SeenEvents } from './seen-events.js';

/** What became of one file. */
export interface FileReport extends FileCounts {
  /** Why not all of it was read; what was read before is counted. */
  readonly problem: FileProblem | undefined;
  /** Values where an event was expected. */
  readonly strange: number;
}

/** `corrupt`: its compression; `no-json`: something else; `empty`: no event and nothing that could hold one; else an error's code (`EACCES`). */
export type FileProblem = DocumentProblem | 'corrupt' | 'no-json' | 'empty' | `unreadable ${string}`;

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
  const problem = await readFile(file, counter);
  const document = counter.document();
  return {
    ...counter.closeFile(),
    strange: document.strange,
    problem: problem ?? document.problem ?? (document.isEmpty ? 'empty' : undefined),
  };
}

async function readFile(
  { path, size }: { readonly path: string; readonly size: number },
  counter: EventCounter,
): Promise<FileProblem | undefined> {
  try {
    if (size > maxWholeBytes) return await readParts(createReadStream(path), counter);
    const bytes = readFileSync(path);
    const whole = isCompressed(bytes) ? unpack(bytes) : bytes;
    if (whole === 'corrupt') return await readParts(Readable.from([bytes]), counter, smallPartBytes);
    if (whole === 'large') return await readParts(Readable.from([bytes]), counter);
    if (isOther(whole)) return 'no-json';
    counter.readPart(whole, true);
    return undefined;
  } catch (error) {
    return `unreadable ${error instanceof Error && 'code' in error ? String(error.code) : 'for an unknown reason'}`;
  }
}

function isCompressed(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

const BEGINNINGS = new Set('{["'.split('').map((letter) => letter.charCodeAt(0)));
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/** Whether a text begins as no document of events does: an error page under the name of a log. */
function isOther(bytes: Uint8Array): boolean {
  let at = BYTE_ORDER_MARK.every((byte, index) => bytes[index] === byte) ? BYTE_ORDER_MARK.length : 0;
  while ((bytes[at] ?? 33) <= 32) at++;
  return at < bytes.length && !BEGINNINGS.has(bytes[at] ?? 0);
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

async function readParts(
  source: Readable,
  counter: EventCounter,
  chunkSize = partBytes,
): Promise<FileProblem | undefined> {
  const first = await firstPart(source);
  if (first === undefined) return 'empty';
  const parts = openParts(counter);
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

function openParts(counter: EventCounter): Parts {
  let total = 0;
  return {
    add: (part) => {
      total += part.length;
      return total > maxFileBytes ? 'too-large' : counter.readPart(part, false).problem;
    },
    end: () => counter.readPart(new Uint8Array(0), true).problem,
  };
}
