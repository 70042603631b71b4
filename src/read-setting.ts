import { realpathSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { maxFileBytes, nodeFileSystem } from './node-file-system.js';
import type { Read } from './source/file-system.js';

/** SAFETY: the largest configuration that is read; one written by hand has a few kilobytes. */
export const maxConfigurationBytes = 4 * 1024 * 1024;

/** The text of a file of the user's own, wherever it is. What is no file is not waited for. */
export function readSetting(absolute: string, maxBytes = maxFileBytes): Read<string> {
  const path = realpathSync(absolute);
  const read = nodeFileSystem(dirname(path)).readFile(basename(path));
  if (!read.ok) return read;
  if (read.value.length > maxBytes) return { ok: false, failure: 'too-large' };
  return { ok: true, value: Buffer.from(read.value).toString('utf8') };
}
