import type { Diagnostic } from '../../source/diagnostic.js';
import type { SourceFile } from '../../source/source-file.js';

/** A parsed YAML stream. Documents that could not be read are missing; the diagnostics say why. */
export interface YamlStream {
  readonly source: SourceFile;
  readonly documents: readonly YamlNode[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Half-open stretches in UTF-16 offsets, tags and anchors not included; a block scalar's is its content. An alias is the
 * anchor's node itself, shared. A tag is `!!name` for YAML's own, `!name` for a local one.
 */
export type YamlNode = YamlMapping | YamlSequence | YamlScalar;

export interface YamlMapping {
  readonly kind: 'mapping';
  readonly start: number;
  readonly end: number;
  readonly tag?: string | undefined;
  /** Duplicate keys are all kept, in order. */
  readonly entries: readonly { readonly key: YamlNode; readonly value: YamlNode }[];
}

export interface YamlSequence {
  readonly kind: 'sequence';
  readonly start: number;
  readonly end: number;
  readonly tag?: string | undefined;
  readonly items: readonly YamlNode[];
}

/** A scalar as text; what a plain one means is decided by a dialect (`resolveScalar`). */
export interface YamlScalar {
  readonly kind: 'scalar';
  readonly start: number;
  readonly end: number;
  readonly tag?: string | undefined;
  readonly style: 'plain' | 'single' | 'double' | 'literal' | 'folded';
  readonly text: string;
  /**
   * A block scalar that the end of the file cuts: its last newline is not in the file. kubectl and CloudFormation read one
   * all the same, Terraform does not.
   */
  readonly isCutShort?: boolean;
}
