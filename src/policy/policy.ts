import type { PolicyMetadata } from '../findings/policy-metadata.js';
import type { SourceFile } from '../source/source-file.js';
import type { Expression } from './language/ast.js';

/** A policy, read and type-checked. Plain data: it is compiled when it is first evaluated. */
export interface Policy {
  readonly metadata: PolicyMetadata;
  /** The types it judges, views resolved; sorted. */
  readonly types: readonly string[];
  readonly variables: readonly PolicyVariable[];
  readonly each: readonly PolicyEach[];
  readonly when?: PolicyExpression | undefined;
  readonly assert: PolicyExpression;
  /** The message's texts and expressions, in order. */
  readonly message: readonly (string | PolicyExpression)[];
  readonly parameters: readonly PolicyParameter[];
  readonly fix: PolicyFix;
}

/** An expression, and where its text is written: absent for shipped policies. */
export interface PolicyExpression {
  readonly text: string;
  readonly expression: Expression;
  readonly place?: ExpressionPlace | undefined;
}

/** Where an expression's text is written in a file. `offsets` maps UTF-16 offsets of the text to those of the file. */
export interface ExpressionPlace {
  readonly file: SourceFile;
  readonly offsets: readonly number[];
}

export interface PolicyVariable {
  readonly name: string;
  readonly value: PolicyExpression;
}

/** `each: rule in resource.ingress`; several are nested. */
export interface PolicyEach {
  readonly name: string;
  readonly collection: PolicyExpression;
}

export type ParameterValue = string | number | boolean | readonly string[] | readonly number[];
export type ParameterType = 'string' | 'number' | 'int' | 'bool' | 'list(string)' | 'list(number)';

export interface PolicyParameter {
  readonly name: string;
  readonly type: ParameterType;
  readonly default: ParameterValue;
  readonly description?: string | undefined;
}

/** Data of a fix; a text may be a template, whose parts are texts and expressions. */
export type FixValue =
  | string
  | number
  | boolean
  | null
  | FixTemplate
  | readonly FixValue[]
  | { readonly kind: 'object'; readonly entries: readonly (readonly [string, FixValue])[] };

export interface FixTemplate {
  readonly kind: 'template';
  readonly parts: readonly (string | PolicyExpression)[];
}

/** A path in normal form. `root` is `resource`, or the name of an `each`. */
export interface FixPath {
  readonly text: string;
  readonly root: string;
  readonly steps: readonly FixStep[];
}

/** A field; with `key`, the element of the list whose attribute `key.name` has the value. */
export interface FixStep {
  readonly field: string;
  readonly key?: { readonly name: string; readonly value: string } | undefined;
}

export interface PolicyFix {
  readonly set: readonly { readonly path: FixPath; readonly value: FixValue }[];
  readonly append: readonly { readonly path: FixPath; readonly value: FixValue }[];
  readonly remove: readonly FixPath[];
  /** Why there is no fix. */
  readonly none?: string | undefined;
  /** What the fix may break. */
  readonly unsafe?: string | undefined;
}

export const NO_FIX: PolicyFix = { set: [], append: [], remove: [] };
