import type { UnknownReason } from '../model/unknown-reason.js';
import type { SourceRange } from '../source/source-file.js';
import type { Outcome } from './evaluation.js';
import type { Severity } from './severity.js';

/** An outcome to be shown: the same cause on many instances is one finding. The JSON output is this, with ranges as lines. */
export interface Finding {
  readonly policy: string;
  readonly aliases: readonly string[];
  readonly severity: Severity;
  readonly outcome: Outcome;
  readonly title: string;
  readonly message: string;
  readonly remediation: string;
  readonly controls: ReadonlyMap<string, readonly string[]>;
  readonly resource: FindingResource;
  readonly element: string | null;
  readonly declaredIn: string | null;
  /** Path in normal form of the value that decided, or null. */
  readonly attribute: string | null;
  /** The attribute that decides, or the header of the block that lacks it. Null only for what has no source. */
  readonly location: SourceRange | null;
  /** Whether `location` is the header of a block in which something is missing. */
  readonly isMissing: boolean;
  /** Where the deciding value is written: the line to change. */
  readonly cause: SourceRange | null;
  readonly resourceLocation: SourceRange | null;
  readonly via: readonly ViaStep[];
  readonly also: readonly SourceRange[];
  readonly assumed: readonly string[];
  readonly unknowns: readonly FindingUnknown[];
  readonly instances: readonly FindingInstance[];
  readonly suppression: FindingSuppression | null;
  /** A suppression at one of the finding's places that no longer hides it. */
  readonly expired?: FindingSuppression | undefined;
  /** What the deciding value is, as it would be written (`"Suspended"`), where it is a known scalar and not sensitive. */
  readonly actual?: string | undefined;
  /** Instances of the same cause that the baseline accepts and that are therefore not listed here. */
  readonly acceptedInstances?: number | undefined;
  readonly fixable: boolean;
  readonly fingerprint: string;
}

export interface FindingResource {
  readonly root: string;
  readonly address: string;
  readonly type: string;
  readonly provider: string;
  readonly language: string;
  readonly account: string | null;
  readonly region: string | null;
  readonly arn: string | null;
  readonly existence: 'certain' | 'unknown';
  /** The path of the construct that made it in the program that generated its template (CDK). */
  readonly construct?: string | undefined;
}

/** What is assumed where a nested template was found by the end of its address alone. */
export const NESTED_BY_NAME = 'nested template found by name';

export interface FindingInstance {
  readonly root: string;
  readonly address: string;
}

export interface ViaStep {
  readonly kind:
    | 'tfvars'
    | 'flag'
    | 'environment'
    | 'default'
    | 'local'
    | 'argument'
    | 'variable'
    | 'output'
    | 'for-each'
    | 'resource'
    | 'data'
    | 'file'
    | 'function'
    | 'call'
    | 'default-of-type'
    | 'fact'
    | 'parameter'
    | 'parameter-file'
    | 'mapping'
    | 'import'
    | 'alias';
  readonly name: string;
  readonly range: SourceRange;
  readonly external: boolean;
}

export interface FindingUnknown {
  readonly path: string;
  readonly reason: UnknownReason;
  readonly subject: string | null;
}

export interface FindingSuppression {
  readonly kind: 'inline' | 'config' | 'baseline';
  readonly reason: string | null;
  readonly until: string | null;
  readonly owner: string | null;
  readonly location: SourceRange | null;
}
