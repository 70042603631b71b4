import type { DirectoryEntry, FileSystem, Read } from './source/file-system.js';

/** The same files, each read from the disk once: with `--since` both sides read most of them. */
export function rememberReads(fileSystem: FileSystem): FileSystem {
  const files = new Map<string, Read<Uint8Array>>();
  const folders = new Map<string, Read<readonly DirectoryEntry[]>>();
  return {
    readFile: (path) => remember(files, path, () => fileSystem.readFile(path)),
    readDirectory: (path) => remember(folders, path, () => fileSystem.readDirectory(path)),
    kindOf: (path) => fileSystem.kindOf(path),
  };
}

function remember<T>(known: Map<string, T>, path: string, read: () => T): T {
  const present = known.get(path);
  if (present !== undefined) return present;
  const value = read();
  known.set(path, value);
  return value;
}
