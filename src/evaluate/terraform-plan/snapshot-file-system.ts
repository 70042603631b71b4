import { compareText } from '../../source/compare-text.js';
import type { DirectoryEntry, FileSystem } from '../../source/file-system.js';
import { folderOf } from '../../source/paths.js';
import type { PlannedConfiguration } from './result.js';

/** What Terraform reads as configuration or variables: of these a plan file has all. */
const CONFIGURATION = /\.(?:tf|tofu)(?:\.json)?$|\.tfvars(?:\.json)?$/;

/**
 * The configuration of a plan file as a file system. What it does not hold, files that are read by functions, comes from
 * the files beside it, where they are given.
 */
export function snapshotFileSystem({ files, folder }: PlannedConfiguration, beside?: FileSystem): FileSystem {
  const folders = new Map<string, Map<string, DirectoryEntry>>([['', new Map()]]);
  const addFolder = (path: string): Map<string, DirectoryEntry> => {
    const known = folders.get(path);
    if (known !== undefined) return known;
    const made = new Map<string, DirectoryEntry>();
    folders.set(path, made);
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (path !== '' && !isOutside(path)) addFolder(folderOf(path)).set(name, { name, kind: 'folder', isLink: false });
    return made;
  };
  addFolder(folder);
  for (const path of files.keys()) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (!isOutside(path)) addFolder(folderOf(path)).set(name, { name, kind: 'file', isLink: false });
  }
  return {
    readFile(path) {
      const value = files.get(path);
      if (value !== undefined) return { ok: true, value };
      if (isOutside(path)) return { ok: false, failure: 'outside' };
      if (folders.has(path)) return { ok: false, failure: 'not-a-file' };
      const isOther = beside !== undefined && !CONFIGURATION.test(path);
      return isOther ? beside.readFile(path) : { ok: false, failure: 'missing' };
    },
    readDirectory(path) {
      if (isOutside(path)) return { ok: false, failure: 'outside' };
      const own = folders.get(path);
      const others = beside?.readDirectory(path);
      if (own === undefined && others?.ok !== true)
        return others ?? { ok: false, failure: files.has(path) ? 'not-a-folder' : 'missing' };
      const entries = new Map(own);
      for (const entry of others?.ok === true ? others.value : []) {
        if (!entries.has(entry.name) && !CONFIGURATION.test(entry.name)) entries.set(entry.name, entry);
      }
      return { ok: true, value: [...entries.values()].sort((a, b) => compareText(a.name, b.name)) };
    },
    kindOf(path) {
      if (files.has(path)) return 'file';
      if (folders.has(path)) return 'folder';
      return CONFIGURATION.test(path) ? undefined : beside?.kindOf(path);
    },
  };
}

function isOutside(path: string): boolean {
  return path === '..' || path.startsWith('../') || path.startsWith('/');
}
