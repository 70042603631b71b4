import type { Diagnostic } from '../../source/diagnostic.js';
import type { SourceFile } from '../../source/source-file.js';

/** Whose rules say what a plain scalar is: `010` is 8, `1:30` a number for one and a text for the other. */
export type DataDialect = 'cloudformation' | 'kubernetes';

/**
 * A YAML stream or a JSON text as the service that takes it reads it: scalars resolved in its dialect, merge keys merged,
 * the last of duplicate keys kept.
 */
export interface DataStream {
  readonly source: SourceFile;
  readonly form: 'yaml' | 'json';
  readonly documents: readonly DataDocument[];
  /** From `#` (in JSON from `//`, and all of `/* *\/`) to the end of the line, in order. Those of a broken document may be missing. */
  readonly comments: readonly { readonly start: number; readonly end: number }[];
  readonly diagnostics: readonly Diagnostic[];
}

/** One document; empty ones are left out. Half-open stretches in UTF-16 offsets of the file, here and below. */
export interface DataDocument {
  readonly start: number;
  readonly end: number;
  readonly root: DataNode;
  /** It has a syntax error and holds what was read before it: half of it would make absent what is present. */
  readonly isBroken: boolean;
}

export type DataNode = DataMapping | DataSequence | DataScalar | DataAlias | DataInvalid;

interface Common {
  readonly start: number;
  readonly end: number;
  /** A local tag as written, `!Ref`; the tags of YAML itself are resolved. */
  readonly tag?: string | undefined;
}

export interface DataMapping extends Common {
  readonly kind: 'mapping';
  readonly entries: ReadonlyMap<string, DataEntry>;
}

export interface DataEntry {
  /** The key as its service reads it: `on:` is `true`. */
  readonly key: string;
  /** As it is written, quotes taken away. */
  readonly spelling: string;
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly value: DataNode;
  /** It comes from another mapping by a merge key: where the merge is written. */
  readonly mergedAt?: { readonly start: number; readonly end: number } | undefined;
}

export interface DataSequence extends Common {
  readonly kind: 'sequence';
  readonly items: readonly DataNode[];
}

export type DataScalar =
  | (Common & { readonly kind: 'string'; readonly value: string })
  /** A number's exact decimal text. `spelling` is what is written: `0644` for 420. */
  | (Common & { readonly kind: 'number'; readonly text: string; readonly spelling: string })
  | (Common & { readonly kind: 'bool'; readonly value: boolean; readonly spelling: string })
  | (Common & { readonly kind: 'null' });

/** `*name`: the target is the anchor's own node, shared and never copied. `start` and `end` are the alias's. */
export interface DataAlias extends Common {
  readonly kind: 'alias';
  readonly name: string;
  readonly target: DataNode;
}

/** What the service could not read (an undefined or circular alias, `.inf`); its diagnostic is in the stream. */
export interface DataInvalid extends Common {
  readonly kind: 'invalid';
  readonly reason: 'invalid-value' | 'limit-reached';
}

/** A stretch of a scalar's value and where it is written; `isVerbatim`: one unit of the value is one of the source. */
export interface TextPiece {
  readonly at: number;
  readonly start: number;
  readonly length: number;
  readonly isVerbatim: boolean;
}
