import type { SourceRange } from '../source/source-file.js';
import type { AccessProblem } from './access-problem.js';

/** An answer to "may this principal do that?", for reports. */
export interface AccessAnswer {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly outcome: 'allowed' | 'explicit-deny' | 'implicit-deny' | 'depends';
  /** The kinds of policy that grant, deny, or would have to allow. */
  readonly by: readonly string[];
  /** What a `depends` depends on. */
  readonly dependsOn: readonly string[];
  readonly statements: readonly AccessStatement[];
  /** What was taken for granted. */
  readonly assumed: readonly string[];
  /** What may decide too and is not in the input. */
  readonly notSeen: readonly string[];
  /** The permissions that the call needs, the one that was asked about first; empty where it needs but that one, as far as is known. */
  readonly needs: readonly NeededPermission[];
  /** What is wrong with the policies that could decide. */
  readonly problems: readonly AccessProblem[];
}

/** One of several permissions that a call needs. */
export interface NeededPermission extends Pick<AccessAnswer, 'action' | 'resource' | 'outcome' | 'by' | 'dependsOn'> {
  /** When it is needed, in words; null: always. What is not always needed does not decide. */
  readonly when: string | null;
}

/** A statement that mattered. */
export interface AccessStatement {
  readonly kind: string;
  readonly effect: 'Allow' | 'Deny' | null;
  /** `condition`: only a condition keeps it from applying. */
  readonly applies: 'yes' | 'perhaps' | 'condition';
  readonly policy: string | null;
  readonly sid: string | null;
  readonly location: SourceRange | null;
}

/** Who may do something with a resource. */
export interface AccessListing {
  readonly action: string;
  readonly resource: string;
  /** Those who may, or perhaps may, by name: users and roles of the input first, then whom the resource names. */
  readonly answers: readonly AccessAnswer[];
  /** How many of those who were asked about may not. */
  readonly denied: number;
  /** What may decide too, of any of them, and is not in the input. */
  readonly notSeen: readonly string[];
  /** What is wrong with policies of any of them, or of the resource. */
  readonly problems: readonly AccessProblem[];
}
