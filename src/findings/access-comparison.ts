import type { SourceRange } from '../source/source-file.js';

/** Whether one of the two sides lets somebody do what the other did not. */
export interface AccessComparison {
  /** The answers of users and roles, then of resources' own policies; of two documents one. */
  readonly answers: readonly ComparedAccess[];
  /** What is wrong with the policies, in sentences. */
  readonly notes: readonly string[];
}

export interface ComparedAccess {
  /** `control`: a policy of an organization, which bounds others. */
  readonly kind: 'principal' | 'resource' | 'control' | 'policy';
  /** Address of the user, role or resource; the file of a document. */
  readonly subject: string;
  /** Whether something is new. */
  readonly outcome: 'yes' | 'no' | 'unknown';
  /** A request that is allowed now and was not. */
  readonly witness: ComparedRequest | null;
  /** The statements that allow it; of a control policy those that denied it, with the place of what is left of the policy. */
  readonly statements: readonly ComparedStatement[];
  /** What an `unknown` depends on. */
  readonly dependsOn: readonly string[];
  readonly assumed: readonly string[];
}

export interface ComparedRequest {
  /** Whom a resource's policy lets in; null where the subject itself calls. */
  readonly principal: string | null;
  readonly action: string;
  readonly resource: string;
  /** Keys of the request in lower case; what is not here is absent. */
  readonly context: Readonly<Record<string, readonly string[]>>;
}

export interface ComparedStatement {
  readonly policy: string | null;
  readonly sid: string | null;
  readonly location: SourceRange | null;
}
