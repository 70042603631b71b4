import {
  closeSync,
  type Dirent,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { join, relative, sep } from 'node:path';
import { compareText } from './source/compare-text.js';
import type { DirectoryEntry, FileSystem, Read, ReadFailure } from './source/file-system.js';
import { baseName, folderOf } from './source/paths.js';

/** SAFETY: the largest file that is read. A generated plan has some 20 MB; nothing written by hand has one. */
export const maxFileBytes = 64 * 1024 * 1024;
/** SAFETY: plans and states say everything several times; beyond this is no text that Node can hold. */
const maxPlanBytes = 480 * 1024 * 1024;

/** What a plan or a state may be called. */
const PLAN_NAME = /\.(?:json|tfstate|tfplan|plan|out)$|(?:^|[/\\])[^./\\]+$/i;

/** SAFETY: longer listings are read anew each time rather than kept. */
const maxRememberedEntries = 10_000;

/** SAFETY: how many bytes of files are kept that may never be asked for again. */
const maxRememberedBytes = 16 * 1024 * 1024;

/**
 * The files under an absolute folder; what a folder holds is as it was when first asked for. Links are followed inside it
 * and answered with `outside` where they lead out.
 */
export function nodeFileSystem(root: string): FileSystem {
  const realRoot = realpathSync(root);
  const folders = new Map<string, Read<string>>();
  /** Walking, looking for roots and reading modules each ask for a folder's entries. */
  const listings = new Map<string, Read<readonly DirectoryEntry[]>>();

  /** Files that were looked into to know what they are, and were as short as that: the next to ask for one reads it. */
  const heads = new Map<string, Uint8Array>();
  let rememberedBytes = 0;

  const realFolder = (folder: string): Read<string> => {
    const known = folders.get(folder);
    if (known !== undefined) return known;
    const answer = resolveInside(realRoot, join(realRoot, folder));
    folders.set(folder, answer);
    return answer;
  };

  /** The absolute path of a file or folder, its own last segment not yet resolved. */
  const locate = (path: string): Read<string> => {
    if (path === '..' || path.startsWith('../') || path.startsWith('/')) return { ok: false, failure: 'outside' };
    if (path === '') return { ok: true, value: realRoot };
    const folder = realFolder(folderOf(path));
    return folder.ok ? { ok: true, value: join(folder.value, baseName(path)) } : folder;
  };

  return {
    readFile: (path, headBytes) => {
      const known = heads.get(path);
      if (known !== undefined) {
        if (headBytes === undefined) rememberedBytes -= forget(heads, path);
        return { ok: true, value: known };
      }
      const place = locate(path);
      if (!place.ok) return place;
      const read = readInside(realRoot, place.value, headBytes);
      // One byte less than was asked for: nothing comes after it.
      const isWhole = read.ok && headBytes !== undefined && read.value.length < headBytes;
      if (isWhole && rememberedBytes + read.value.length <= maxRememberedBytes) {
        heads.set(path, read.value);
        rememberedBytes += read.value.length;
      }
      return read;
    },
    readDirectory: (path) => {
      const known = listings.get(path);
      if (known !== undefined) return known;
      const place = realFolder(path);
      const listing = place.ok ? listInside(realRoot, place.value) : place;
      if (listing.ok && listing.value.length <= maxRememberedEntries) listings.set(path, listing);
      return listing;
    },
    kindOf: (path) => {
      const place = locate(path);
      return place.ok ? kindAt(realRoot, place.value) : undefined;
    },
  };
}

/** How many bytes that were. */
function forget(heads: Map<string, Uint8Array>, path: string): number {
  const size = heads.get(path)?.length ?? 0;
  heads.delete(path);
  return size;
}

function resolveInside(realRoot: string, path: string): Read<string> {
  try {
    const real = realpathSync(path);
    return isInside(realRoot, real) ? { ok: true, value: real } : { ok: false, failure: 'outside' };
  } catch (error) {
    return { ok: false, failure: failureOf(error) };
  }
}

function isInside(realRoot: string, path: string): boolean {
  return path === realRoot || path.startsWith(realRoot.endsWith(sep) ? realRoot : realRoot + sep);
}

function readInside(realRoot: string, path: string, headBytes = Number.POSITIVE_INFINITY): Read<Uint8Array> {
  let descriptor: number | undefined;
  try {
    // The folder is resolved already: only a link of that name can lead elsewhere.
    const status = lstatSync(path);
    const resolved = status.isSymbolicLink() ? resolveInside(realRoot, path) : { ok: true as const, value: path };
    if (!resolved.ok) return resolved;
    // SAFETY: a device or a pipe would never end; opening a pipe would wait for a writer.
    const isFile = status.isSymbolicLink() ? statSync(resolved.value).isFile() : status.isFile();
    if (!isFile) return { ok: false, failure: 'not-a-file' };
    descriptor = openSync(resolved.value, 'r');
    const { size } = fstatSync(descriptor);
    if (size > (PLAN_NAME.test(path) ? maxPlanBytes : maxFileBytes)) return { ok: false, failure: 'too-large' };
    return { ok: true, value: readAll(descriptor, Math.min(size, headBytes)) };
  } catch (error) {
    return { ok: false, failure: failureOf(error) };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function readAll(descriptor: number, size: number): Uint8Array {
  const bytes = Buffer.allocUnsafe(size);
  let length = 0;
  while (length < size) {
    const count = readSync(descriptor, bytes, length, size - length, length);
    if (count === 0) break;
    length += count;
  }
  return bytes.subarray(0, length);
}

function listInside(realRoot: string, folder: string): Read<readonly DirectoryEntry[]> {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    const isNameDoubtful = entries.some(({ name }) => name.includes('\uFFFD'));
    const unreadable = isNameDoubtful ? unreadableNames(folder) : new Set<string>();
    return {
      ok: true,
      value: entries
        .map((entry) => toEntry(realRoot, folder, entry, unreadable))
        .sort((a, b) => compareText(a.name, b.name)),
    };
  } catch (error) {
    return { ok: false, failure: failureOf(error) };
  }
}

/** The names that are not valid UTF-8, as they come out with replacement characters. */
function unreadableNames(folder: string): Set<string> {
  const names = new Set<string>();
  for (const bytes of readdirSync(folder, { encoding: 'buffer' })) {
    const text = bytes.toString('utf8');
    if (!Buffer.from(text, 'utf8').equals(bytes)) names.add(text);
  }
  return names;
}

function toEntry(realRoot: string, folder: string, entry: Dirent, unreadable: ReadonlySet<string>): DirectoryEntry {
  const isLink = entry.isSymbolicLink();
  const kind = isLink ? (kindAt(realRoot, join(folder, entry.name)) ?? 'other') : kindOfEntry(entry);
  return { name: entry.name, kind, isLink, ...(unreadable.has(entry.name) ? { isUnreadableName: true } : {}) };
}

function kindAt(realRoot: string, path: string): 'file' | 'folder' | 'other' | undefined {
  const resolved = resolveInside(realRoot, path);
  if (!resolved.ok) return undefined;
  try {
    return kindOfEntry(statSync(resolved.value));
  } catch {
    return undefined;
  }
}

function kindOfEntry(entry: { isFile(): boolean; isDirectory(): boolean }): 'file' | 'folder' | 'other' {
  if (entry.isFile()) return 'file';
  return entry.isDirectory() ? 'folder' : 'other';
}

function failureOf(error: unknown): ReadFailure {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
      return 'missing';
    case 'EACCES':
    case 'EPERM':
      return 'denied';
    case 'ELOOP':
      return 'loop';
    case 'ENOTDIR':
      return 'not-a-folder';
    case 'EISDIR':
      return 'not-a-file';
    default:
      return 'failed';
  }
}

/** An absolute path as seen from the root, with `/`; begins with `../` outside. */
export function toProjectPath(root: string, path: string): string {
  return relative(root, path).split(sep).join('/');
}
