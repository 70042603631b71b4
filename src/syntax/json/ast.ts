import type { Diagnostic } from '../../source/diagnostic.js';
import type { SourceFile } from '../../source/source-file.js';

/** A parsed JSON text. `root` is undefined where nothing could be read. */
export interface JsonDocument {
  readonly source: SourceFile;
  readonly root: JsonNode | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Half-open stretches in UTF-16 offsets; a string's and a key's include the quotes. */
export type JsonNode =
  | { readonly kind: 'object'; readonly start: number; readonly end: number; readonly members: readonly JsonMember[] }
  | { readonly kind: 'array'; readonly start: number; readonly end: number; readonly elements: readonly JsonNode[] }
  | { readonly kind: 'string'; readonly start: number; readonly end: number; readonly value: string }
  /** The number's text is kept: it may have more digits than a double. */
  | { readonly kind: 'number'; readonly start: number; readonly end: number; readonly text: string }
  | { readonly kind: 'bool'; readonly start: number; readonly end: number; readonly value: boolean }
  | { readonly kind: 'null'; readonly start: number; readonly end: number };

/** Duplicate keys are all kept, in order: what they mean is the reader's to say. */
export interface JsonMember {
  readonly key: string;
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly value: JsonNode;
}
