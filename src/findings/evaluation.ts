import type { ResourceKey } from '../model/resource.js';
import type { UnknownReason } from '../model/unknown-reason.js';
import type { Origin } from '../model/value.js';
import type { SourceRange } from '../source/source-file.js';
import type { Severity } from './severity.js';

export type Outcome = 'pass' | 'fail' | 'unknown' | 'skip';

/** A place that decided an outcome: a path of a resource in normal form, and where its value is written. */
export interface Place {
  readonly resource: ResourceKey;
  /** `versioning.status`, `ingress[2].cidr_ipv4`. */
  readonly path: string;
  /** Absent where nothing is written: then `block` is the header of the innermost block that exists. */
  readonly origin?: Origin | undefined;
  readonly block?: SourceRange | undefined;
}

/** A policy's outcome on one resource, or on one element of it. */
export interface Evaluation {
  readonly policy: string;
  readonly severity: Severity;
  readonly resource: ResourceKey;
  readonly element?: EvaluatedElement | undefined;
  readonly outcome: Outcome;
  readonly message: string;
  /** Absent for pass and skip, and for resources without a source. */
  readonly place?: Place | undefined;
  readonly also: readonly Place[];
  readonly unknowns: readonly UnknownRead[];
  /** Paths that were read as assumed defaults and decided; sentences, which have blanks, about what else was taken for granted. */
  readonly assumed: readonly string[];
  /** The policy itself failed, with its message: outcome `unknown`, reason `policy-error`, `invalid-value` or `limit-reached`. */
  readonly errors: readonly EvaluationError[];
}

export interface EvaluatedElement {
  readonly path: string;
  readonly key: string;
  /** It stands nowhere: its path is a name, and where its statements stand does not tell it from others. */
  readonly isFact?: boolean | undefined;
}

export interface UnknownRead {
  readonly path: string;
  readonly reason: UnknownReason;
  readonly subject?: string | undefined;
}

export interface EvaluationError {
  readonly kind: 'policy-error' | 'invalid-value' | 'limit-reached';
  readonly message: string;
  readonly range?: SourceRange | undefined;
}
