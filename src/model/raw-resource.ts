import type { SourceRange } from '../source/source-file.js';
import type { UnknownReason } from './unknown-reason.js';
import type { ObjectValue, Value } from './value.js';

export type Language = 'terraform' | 'terraform-plan' | 'terraform-state' | 'cloudformation' | 'kubernetes' | 'live';

/** Whether the resource is there. An uncertain one is judged as existing, and its outcomes say so. */
export type Existence =
  | { readonly kind: 'certain' }
  | {
      readonly kind: 'unknown';
      readonly reason: UnknownReason;
      readonly subject?: string | undefined;
      /** Equal for what exists under the very same condition: with one it is there, the other is as well. */
      readonly condition?: string | undefined;
    };

export const CERTAIN: Existence = { kind: 'certain' };

/** The account and region that a resource lives in, as its provider configuration says. */
export interface ProviderScope {
  /** `aws`, `google`, `azurerm`, `kubernetes`. */
  readonly provider: string;
  /** Equal for resources of one root under one provider configuration. */
  readonly configuration: string;
  readonly account: Value;
  readonly region: Value;
  readonly partition: Value;
}

/** One call on the way from the root module to the module in which a resource is written. */
export interface ModuleCallStep {
  /** `module.logs["team-0"]`, relative to the calling module. */
  readonly name: string;
  /** The header of the call's block. */
  readonly range: SourceRange;
  /** The whole block of the call. */
  readonly block: SourceRange;
  /** The called module is an installed remote one. */
  readonly isExternal: boolean;
}

/**
 * A resource as its language has it: native type and shape (every block a list of objects, attribute values converted to
 * the schema's types, defaults not applied).
 */
export interface RawResource {
  readonly language: Language;
  /** The root's folder, `.` for the project root, plus `#name` where one folder is configured several times. */
  readonly root: string;
  /** Unique in its root: `module.a["x"].aws_s3_bucket.b[0]`, `module.m.data.aws_ami.base`. */
  readonly address: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  /** The address of the declaration from its own module, without instance keys: `aws_s3_bucket.b`. */
  readonly declaration: string;
  /** The folder of the module in which it is written. */
  readonly folder: string;
  readonly scope: ProviderScope;
  readonly existence: Existence;
  /** The keys of the instances are not known: this one stands for all of them (`aws_x.y[*]`). */
  readonly isPrototype: boolean;
  /** Equal for resources whose unknown `for_each` is the same collection, so that prototypes link to prototypes. */
  readonly keySet?: string | undefined;
  readonly values: ObjectValue;
  /** The whole block, from its type to its closing brace. */
  readonly range: SourceRange;
  /** Its first line up to and including the opening brace. */
  readonly header: SourceRange;
  /** From the root module inwards; empty for a resource of the root module. */
  readonly calls: readonly ModuleCallStep[];
  /** Attributes named by `lifecycle.ignore_changes`; `all` stands alone. */
  readonly ignoreChanges?: readonly string[] | undefined;
}

/** A module that was called but not read, and the values that were passed to it. */
export interface UnreadModule {
  readonly root: string;
  readonly address: string;
  readonly reason: UnknownReason;
  readonly source: string;
  readonly range: SourceRange;
  readonly arguments: readonly Value[];
}

/** Of a type a root has resources that a limit kept from being evaluated. */
export interface OmittedType {
  readonly root: string;
  readonly type: string;
}

/** A comment that may be a suppression, with what it stands above, in or beside. */
export interface AttachedComment extends SourceRange {
  /** Without the comment signs. */
  readonly content: string;
  /** The attribute or block that the comment stands above, at the end of whose line it stands, or in whose body. */
  readonly target?: SourceRange | undefined;
}
