import { realpathSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { maxFileBytes, nodeFileSystem } from './node-file-system.js';
import type { Read } from './source/file-system.js';

/** SAFETY: the largest configuration that is read; one written by hand has a few kilobytes. */
export const maxConfigurationBytes = 4 * 1024 * 1024;

/** The text of a file of the user's own, wherever it is. What is no file is not waited for. */
export function readSetting(
  absolute: string,
  maxBytes = maxFileBytes,
): Read<string> | { readonly ok: false; readonly failure: 'not-utf8' } {
  const path = realpathSync(absolute);
  const read = nodeFileSystem(dirname(path)).readFile(basename(path));
  if (!read.ok) return read;
  if (read.value.length > maxBytes) return { ok: false, failure: 'too-large' };
  const value = decodeSetting(read.value);
  return value === undefined ? { ok: false, failure: 'not-utf8' } : { ok: true, value };
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Undefined for what is not UTF-8. */
export function decodeSetting(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}
