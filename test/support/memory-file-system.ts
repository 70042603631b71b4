import { compareText } from '../../src/source/compare-text.js';
import type { DirectoryEntry, FileSystem } from '../../src/source/file-system.js';
import { joinPath } from '../../src/source/paths.js';

/** A project in memory: path → text or bytes. Folders are those that the paths name; a path that ends in `/` is an empty one. */
export function memoryFileSystem(files: Readonly<Record<string, string | Uint8Array>>): FileSystem {
  const contents = new Map<string, Uint8Array>();
  const folders = new Map<string, Map<string, DirectoryEntry>>([['', new Map()]]);
  const encoder = new TextEncoder();
  const addFolder = (path: string): void => {
    if (folders.has(path)) return;
    folders.set(path, new Map());
    const { folder, name } = split(path);
    addFolder(folder);
    folders.get(folder)?.set(name, { name, kind: 'folder', isLink: false });
  };
  for (const [written, content] of Object.entries(files)) {
    const path = joinPath(written);
    if (written.endsWith('/')) {
      addFolder(path);
      continue;
    }
    const { folder, name } = split(path);
    addFolder(folder);
    folders.get(folder)?.set(name, { name, kind: 'file', isLink: false });
    contents.set(path, typeof content === 'string' ? encoder.encode(content) : content);
  }
  const isOutside = (path: string): boolean => path === '..' || path.startsWith('../') || path.startsWith('/');
  return {
    readFile(path) {
      if (isOutside(path)) return { ok: false, failure: 'outside' };
      const value = contents.get(path);
      if (value !== undefined) return { ok: true, value };
      return { ok: false, failure: folders.has(path) ? 'not-a-file' : 'missing' };
    },
    readDirectory(path) {
      if (isOutside(path)) return { ok: false, failure: 'outside' };
      const entries = folders.get(path);
      if (entries === undefined) return { ok: false, failure: contents.has(path) ? 'not-a-folder' : 'missing' };
      return { ok: true, value: [...entries.values()].sort((a, b) => compareText(a.name, b.name)) };
    },
    kindOf(path) {
      if (folders.has(path)) return 'folder';
      return contents.has(path) ? 'file' : undefined;
    },
  };
}

function split(path: string): { readonly folder: string; readonly name: string } {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? { folder: '', name: path } : { folder: path.slice(0, slash), name: path.slice(slash + 1) };
}
