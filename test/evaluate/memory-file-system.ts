import { compareText } from '../../src/source/compare-text.js';
import type { DirectoryEntry, FileSystem } from '../../src/source/file-system.js';
import { baseName, folderOf, isWithin } from '../../src/source/paths.js';

/** Files that are in memory only, and the folders that hold them. */
export function memoryFileSystem(files: ReadonlyMap<string, Uint8Array>): FileSystem {
  const folders = new Set<string>(['']);
  for (const path of files.keys()) {
    for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder)) folders.add(folder);
  }
  const kindOf: FileSystem['kindOf'] = (path) => (files.has(path) ? 'file' : folders.has(path) ? 'folder' : undefined);
  return {
    kindOf,
    readFile(path) {
      if (!isWithin(path, '')) return { ok: false, failure: 'outside' };
      const value = files.get(path);
      if (value !== undefined) return { ok: true, value };
      return { ok: false, failure: folders.has(path) ? 'not-a-file' : 'missing' };
    },
    readDirectory(path) {
      if (!folders.has(path)) return { ok: false, failure: files.has(path) ? 'not-a-folder' : 'missing' };
      const inside = [...files.keys(), ...folders].filter((one) => one !== '' && folderOf(one) === path);
      const entries = inside.map((one): DirectoryEntry => {
        return { name: baseName(one), kind: files.has(one) ? 'file' : 'folder', isLink: false };
      });
      return { ok: true, value: entries.sort((a, b) => compareText(a.name, b.name)) };
    },
  };
}
