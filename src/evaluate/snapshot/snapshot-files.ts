import { hash } from 'node:crypto';
import type { SnapshotHeader } from '../../model/snapshot.js';
import { decodeUtf8 } from '../../source/decode-utf8.js';
import type { Diagnostic } from '../../source/diagnostic.js';
import type { FileSystem } from '../../source/file-system.js';
import { joinPath } from '../../source/paths.js';
import type { SourceFile } from '../../source/source-file.js';

/** A file of a snapshot; what was changed since it was written is not to be relied on. */
export interface SnapshotFile {
  readonly source: SourceFile;
  readonly isWhole: boolean;
}

/** Reads files of one snapshot and holds them against its header. */
export class SnapshotFiles {
  readonly diagnostics: Diagnostic[] = [];

  constructor(
    private readonly fileSystem: FileSystem,
    private readonly folder: string,
    private readonly files: SnapshotHeader['files'],
  ) {}

  /** Undefined where nothing can be read; what is wrong is reported. */
  read(name: string): SnapshotFile | undefined {
    const path = joinPath(this.folder, name);
    const expected = Object.hasOwn(this.files, name) ? this.files[name] : undefined;
    const read = this.fileSystem.readFile(path);
    if (!read.ok) {
      const isMissing = read.failure === 'missing';
      const code = isMissing ? 'snapshot-changed' : read.failure === 'too-large' ? 'file-too-large' : 'file-unreadable';
      const message = isMissing
        ? `"${path}" belongs to the snapshot and is missing.`
        : `"${path}" cannot be read (${read.failure}).`;
      this.diagnostics.push({ code, message, path });
      return undefined;
    }
    const text = decodeUtf8(read.value);
    if (text === undefined) {
      const message = `"${path}" is not UTF-8; it is not read.`;
      this.diagnostics.push({ code: 'file-not-utf8', message, path });
      return undefined;
    }
    const isWhole =
      expected !== undefined &&
      expected.sha256 === hash('sha256', read.value, 'hex') &&
      expected.lines === countLines(text);
    if (!isWhole) {
      const what = expected === undefined ? 'is not in the list of its files' : 'is not as it was written';
      const message = `"${path}" ${what}: there may have been more in it.`;
      this.diagnostics.push({ code: 'snapshot-changed', message, path });
    }
    return { source: { path, text }, isWhole };
  }
}

function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return text === '' || text.endsWith('\n') ? count : count + 1;
}
