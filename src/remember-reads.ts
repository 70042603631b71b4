import type { DirectoryEntry, FileSystem, Read } from './source/file-system.js';

/** The same files, each read from the disk once: with `--since` both sides read most of them. */
export function rememberReads(fileSystem: FileSystem): FileSystem {
  const files = new Map<string, Read<Uint8Array>>();
  const folders = new Map<string, Read<readonly DirectoryEntry[]>>();
  return {
    readFile: (path, headBytes) => {
      const whole = files.get(path);
      if (whole !== undefined || headBytes === undefined)
        return whole ?? remember(files, path, () => fileSystem.readFile(path));
      const head = fileSystem.readFile(path, headBytes);
      // It is the whole file where there was no more to read.
      if (head.ok && head.value.length < headBytes) files.set(path, head);
      return head;
    },
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
