import { inflateRawSync } from 'node:zlib';

/** SAFETY: what a ZIP archive may hold, and unpack to. */
const maxEntries = 20_000;
const maxUnpackedBytes = 1 << 30;

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const FILE_SIGNATURE = 0x04034b50;
const endBytes = 22;
const maxCommentBytes = 0xffff;

export interface ZipArchive {
  /** The names of all files, in the order of the directory. */
  readonly names: readonly string[];
  /** A file unpacked; undefined where there is none, or it is damaged. */
  read(name: string): Uint8Array | undefined;
}

interface Entry {
  readonly method: number;
  readonly packed: number;
  readonly unpacked: number;
  readonly at: number;
}

/** A ZIP archive (APPNOTE 6.3, stored and deflated files, no ZIP64). Undefined where the bytes are none, or were cut. */
export function openZip(bytes: Uint8Array): ZipArchive | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  if (end === undefined) return undefined;
  const entries = readDirectory(view, bytes, end);
  if (entries === undefined) return undefined;
  let left = maxUnpackedBytes;
  return {
    names: [...entries.keys()],
    read: (name) => {
      const entry = entries.get(name);
      if (entry === undefined || entry.unpacked > left) return undefined;
      left -= entry.unpacked;
      return unpack(view, bytes, entry);
    },
  };
}

/** The record at the end stands before a comment of any length. */
function findEnd(view: DataView): number | undefined {
  const first = Math.max(0, view.byteLength - endBytes - maxCommentBytes);
  for (let at = view.byteLength - endBytes; at >= first; at--)
    if (view.getUint32(at, true) === END_SIGNATURE) return at;
  return undefined;
}

function readDirectory(view: DataView, bytes: Uint8Array, end: number): Map<string, Entry> | undefined {
  const count = view.getUint16(end + 10, true);
  const entries = new Map<string, Entry>();
  const decoder = new TextDecoder();
  let at = view.getUint32(end + 16, true);
  if (count > maxEntries) return undefined;
  for (let index = 0; index < count; index++) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== ENTRY_SIGNATURE) return undefined;
    const nameBytes = view.getUint16(at + 28, true);
    const name = decoder.decode(bytes.subarray(at + 46, at + 46 + nameBytes));
    entries.set(name, {
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      unpacked: view.getUint32(at + 24, true),
      at: view.getUint32(at + 42, true),
    });
    at += 46 + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

function unpack(view: DataView, bytes: Uint8Array, { method, packed, unpacked, at }: Entry): Uint8Array | undefined {
  if (at + 30 > view.byteLength || view.getUint32(at, true) !== FILE_SIGNATURE) return undefined;
  const start = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  const content = bytes.subarray(start, start + packed);
  if (content.length !== packed) return undefined;
  if (method === 0) return content;
  if (method !== 8) return undefined;
  try {
    const whole = inflateRawSync(content, { maxOutputLength: Math.max(1, unpacked) });
    return whole.length === unpacked ? whole : undefined;
  } catch {
    return undefined;
  }
}
