import type { SourceFile, SourceRange } from '../source/source-file.js';
import type { BigFloat } from './big-float.js';
import type { Type } from './type.js';
import type { UnknownReason } from './unknown-reason.js';

/**
 * A value of the configuration. Absent, null and unknown are three things: an attribute that is absent is not in its
 * object, `null` was written, `unknown` has a value that cannot be known here.
 */
export type Value = StringValue | NumberValue | BoolValue | NullValue | ListValue | ObjectValue | UnknownValue;

interface Common {
  readonly origin?: Origin | undefined;
  readonly sensitive?: boolean | undefined;
  /**
   * What the value may refer to: attributes of resources through which it came. One candidate is a certain reference;
   * with more, which one it is is not known. Known values carry it as well (`aws_s3_bucket.b.bucket`).
   */
  readonly refersTo?: readonly Reference[] | undefined;
}

export interface StringValue extends Common {
  readonly kind: 'string';
  readonly value: string;
  /** The value of which this string is the JSON text, where it was made by `jsonencode` or a policy document. */
  readonly encoded?: Value | undefined;
  /** Where the text's stretches are written: given for templates of several lines. */
  readonly layout?: TextLayout | undefined;
}

/**
 * Where the stretches of a text are written. `at` is the offset in the value (an unknown part counts one unit), `start`
 * the offset in the file; each stretch goes to the next one. Ascending.
 */
export interface TextLayout {
  readonly file: SourceFile;
  readonly segments: readonly { readonly at: number; readonly start: number }[];
}

export interface NumberValue extends Common {
  readonly kind: 'number';
  /** The nearest double. */
  readonly value: number;
  /** The exact number (512-bit binary floating point, as Terraform's), present only where the double differs from it. */
  readonly exact?: BigFloat | undefined;
}

export interface BoolValue extends Common {
  readonly kind: 'bool';
  readonly value: boolean;
}

export interface NullValue extends Common {
  readonly kind: 'null';
  readonly type?: Type | undefined;
}

/** How often an element occurs that is not there exactly once. */
export type ElementExistence = 'perhaps' | 'any-number';

/** A list, set or tuple. Elements of a set are distinct and in Terraform's order. */
export interface ListValue extends Common {
  readonly kind: 'list';
  /** `list`, `set` or `tuple`. */
  readonly type: Type;
  readonly elements: readonly Value[];
  /** Index → existence, for elements that are not there exactly once. */
  readonly existence?: ReadonlyMap<number, ElementExistence> | undefined;
  /** Why some elements are not there exactly once. */
  readonly existenceCause?: { readonly reason: UnknownReason; readonly subject?: string | undefined } | undefined;
  /** The list is open: after the known elements there may be more. */
  readonly rest?: Rest | undefined;
}

/** A map or object. Entries are in Terraform's order (sorted by key in code points). */
export interface ObjectValue extends Common {
  readonly kind: 'object';
  /** `map` or `object`. */
  readonly type: Type;
  readonly entries: ReadonlyMap<string, Value>;
  /** The map is open: there may be entries beyond the known ones. */
  readonly rest?: Rest | undefined;
}

/** What is known of the elements that may follow the known ones. */
export interface Rest {
  readonly reason: UnknownReason;
  readonly subject?: string | undefined;
  /** What every further element looks like, its varying parts unknown. */
  readonly element?: Value | undefined;
}

export interface UnknownValue extends Common {
  readonly kind: 'unknown';
  readonly type: Type;
  readonly reason: UnknownReason;
  /** The name of what is missing: `var.env`, `data.aws_ami.base`, `module.vpc`. */
  readonly subject?: string | undefined;
  /** Two unknowns with equal identities are the same value. */
  readonly identity?: string | undefined;
  readonly notNull?: boolean | undefined;
  /** A string's known parts in order, with the unknown ones between them. Implies not null. */
  readonly parts?: readonly (string | UnknownValue)[] | undefined;
  readonly layout?: TextLayout | undefined;
  /** A number's bounds, inclusive. */
  readonly bounds?: { readonly min?: number | undefined; readonly max?: number | undefined } | undefined;
  /** A collection's length, inclusive bounds. */
  readonly length?: { readonly min: number; readonly max?: number | undefined } | undefined;
  /** All that the value can be (at most four): both branches of an undecided conditional. `absent` stands for no value. */
  readonly alternatives?: readonly (Value | AbsentAlternative)[] | undefined;
  /** The value of which this string is the JSON text. */
  readonly encoded?: Value | undefined;
}

export interface AbsentAlternative {
  readonly kind: 'absent';
}

/**
 * An attribute of a resource, as a value refers to it. `address` is the instance address within the root
 * (`module.a.aws_s3_bucket.b["x"]`, `aws_s3_bucket.b[*]` for an instance that stands for unknown ones).
 */
export interface Reference {
  readonly root: string;
  readonly address: string;
  /** The attribute that was read (`id`, `arn`), or empty for the resource as a whole. */
  readonly attribute: string;
  /** Whether the value may be a text in which the attribute is only a part: all that a plan says is that it is read. */
  readonly mayBePart?: boolean | undefined;
}

/**
 * Where a value is written or used, and the step by which it got there. `from` leads towards the place where it is
 * set, so a chain reads: used here, passed there, set there.
 */
export interface Origin extends SourceRange {
  readonly step: OriginStep;
  /** `var.keep`, `local.name`, `aws_s3_bucket.b`: what the step goes through. */
  readonly name?: string | undefined;
  readonly from?: Origin | undefined;
}

export type OriginStep =
  | 'written'
  | 'variable'
  | 'variable-default'
  | 'tfvars'
  | 'flag'
  | 'environment'
  | 'local'
  | 'argument'
  | 'output'
  | 'for-each'
  | 'resource'
  | 'data'
  | 'file'
  | 'function'
  | 'companion'
  | 'default-of-type'
  | 'assumed-default'
  /** What an API server sets where a manifest is silent. */
  | 'server-default'
  | 'fact'
  /** A template's parameter, and the file that gives it a value. */
  | 'parameter'
  | 'parameter-file'
  /** A template's map. */
  | 'mapping'
  /** What another stack of the project exports. */
  | 'import'
  /** A YAML alias: what it stands for is written at the anchor. */
  | 'alias';
