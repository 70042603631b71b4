/** A text that was read, and the name it is reported under. */
export interface SourceFile {
  /** Path relative to the project root, with `/`. Paths outside begin with `../`. */
  readonly path: string;
  readonly text: string;
  /** The file lies under an installed remote module, so nobody edits it here. */
  readonly external?: boolean;
}

/** A stretch of a file: UTF-16 offsets, half-open. Line and column are computed at the door by `LineIndex`. */
export interface SourceRange {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
}
