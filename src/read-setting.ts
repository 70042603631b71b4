import { realpathSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { maxFileBytes, nodeFileSystem } from './node-file-system.js';
import { decodeUtf8 } from './source/decode-utf8.js';
import type { FileSystem, Read } from './source/file-system.js';

/** SAFETY: the largest configuration that is read; one written by hand has a few kilobytes. */
export const maxConfigurationBytes = 4 * 1024 * 1024;

type ReadText = Read<string> | { readonly ok: false; readonly failure: 'not-utf8' };

/** The text of a file of the user's own, wherever it is. What is no file is not waited for. */
export function readSetting(absolute: string, maxBytes = maxFileBytes): ReadText {
  const path = realpathSync(absolute);
  return readText(nodeFileSystem(dirname(path)), basename(path), maxBytes);
}

/** The text of a file of the file system, where it has no more bytes than are allowed. */
export function readText(fileSystem: FileSystem, path: string, maxBytes = maxFileBytes): ReadText {
  const read = fileSystem.readFile(path);
  if (!read.ok) return read;
  if (read.value.length > maxBytes) return { ok: false, failure: 'too-large' };
  const value = decodeUtf8(read.value);
  return value === undefined ? { ok: false, failure: 'not-utf8' } : { ok: true, value };
}
