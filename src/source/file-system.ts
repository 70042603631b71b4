/** Why a file or folder was not read. `outside` means that it lies beyond the project root. */
export type ReadFailure =
  | 'missing'
  | 'denied'
  | 'too-large'
  | 'not-a-file'
  | 'not-a-folder'
  | 'loop'
  | 'outside'
  | 'failed';

export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: ReadFailure };

export interface DirectoryEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'other';
  /** The entry is a symbolic link; `kind` is that of its target, `other` where the target is missing. */
  readonly isLink: boolean;
  /** The name is not valid UTF-8: it cannot be addressed by path and is reported, not read. */
  readonly isUnreadableName?: boolean;
}

/**
 * Files under one project root. Paths are relative to it, with `/`, without `.` segments; the root itself is the empty
 * string. A path that leads outside (by `..` or by a link) is answered with the failure `outside`.
 */
export interface FileSystem {
  /** The whole file, or of a longer one at least its first `headBytes`, where those are all that is asked for. */
  readFile(path: string, headBytes?: number): Read<Uint8Array>;
  /** Entries sorted by name in code-point order. */
  readDirectory(path: string): Read<readonly DirectoryEntry[]>;
  /** The kind of what is at a path, links followed; undefined where nothing is. */
  kindOf(path: string): 'file' | 'folder' | 'other' | undefined;
}
