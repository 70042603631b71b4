import type { SourceRange } from '../source/source-file.js';

/** What a principal's policies are, and what they could be. */
export interface RightSizing {
  /** The address of the user or role. */
  readonly principal: string;
  readonly arn: string;
  /** ARNs under which the usage has what is written here in other accounts: what was done there does not count. */
  readonly elsewhere: readonly string[];
  /** The time of which all uses were seen, of actions whose uses are seen: ISO 8601 in UTC; null where there is none. */
  readonly window: { readonly from: string; readonly to: string } | null;
  /** How many different calls there were. */
  readonly calls: number;
  /** Calls that were denied when they were made: no use. */
  readonly denied: readonly RightSizedCall[];
  /** Calls that were made and that today's policies do not allow. */
  readonly deniedToday: readonly RightSizedCall[];
  readonly policies: readonly RightSizedPolicy[];
  /** Actions that stay for no event would show their use, each once, by the reason. */
  readonly unseen: readonly UnseenKept[];
  /** Null where nothing is offered. */
  readonly proof: RightSizingProof | null;
  /** Why nothing is offered, in one sentence. */
  readonly refusal: string | null;
}

export interface UnseenKept {
  /** `never-an-event`, `no-trail`, … */
  readonly reason: string;
  /** One sentence. */
  readonly detail: string;
  readonly actions: readonly string[];
}

export interface RightSizedCall {
  readonly action: string;
  /** Null: no event shows it. */
  readonly resource: string | null;
  readonly count: number;
  readonly last: string;
}

export interface RightSizingProof {
  /** Calls that identity policies certainly allow, before and after. */
  readonly granted: number;
  /** Calls that are allowed as before, of those that were replayed. */
  readonly allowed: number;
  /** Calls that depend on what is not known, before and after on the same. */
  readonly depending: number;
  /** What the answer that nothing new is allowed takes for granted. */
  readonly assumes: readonly string[];
}

export type RightSizedOutcome = 'narrowed' | 'removed' | 'unchanged';

export interface RightSizedPolicy {
  readonly name: string;
  /** `aws-managed`: it is replaced by a policy of the account. */
  readonly kind: 'inline' | 'managed' | 'aws-managed' | 'group';
  readonly outcome: RightSizedOutcome;
  /** Why it stays as it is, in one sentence. */
  readonly reason: string | null;
  /** Other principals that have it: what they did counts too. */
  readonly sharedWith: readonly string[];
  readonly statements: readonly RightSizedStatement[];
  /** JSON of the new policy, indented; several where it is split; none where nothing is left. */
  readonly documents: readonly string[];
  /** The same as Terraform's text of new policies. */
  readonly terraform: readonly string[];
  /** Parts of the documents are not known here, and stand in them by their names. */
  readonly hasUnknown: boolean;
  /** Characters without white space; what IAM allows. */
  readonly size: { readonly before: number; readonly after: readonly number[]; readonly limit: number };
  readonly location: SourceRange | null;
}

export interface RightSizedStatement {
  readonly outcome: RightSizedOutcome;
  readonly before: StatementText;
  /** The statements in its place. */
  readonly after: readonly StatementText[];
  /** How many actions it has no more. */
  readonly removedActions: number;
  /** Why it stays as it is, in one sentence. */
  readonly reason: string | null;
  readonly location: SourceRange | null;
}

export interface StatementText {
  readonly sid: string | null;
  readonly effect: string;
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly resources: readonly string[];
  readonly notResources: readonly string[];
  /** `Bool aws:SecureTransport true` */
  readonly conditions: readonly string[];
  /** Why what is in it is kept, a sentence each. */
  readonly notes: readonly string[];
  /** The statement is kept for its uses would not be seen. */
  readonly isUnseen: boolean;
}

/** What is to become of a statement of code where it is written. */
export interface StatementChange {
  /** The header of a `statement` block, or the object of `jsonencode`. */
  readonly location: SourceRange;
  /** The statements in its place; none: it is removed. */
  readonly statements: readonly ChangedStatement[];
}

export interface ChangedStatement {
  readonly sid: string | null;
  readonly actions: readonly string[];
  readonly resources: readonly ChangedResource[];
  /** A sentence each. */
  readonly comments: readonly string[];
}

export interface ChangedResource {
  readonly text: string;
  /** One of the statement's own, as it is written there: its places, from its use to where it comes from. */
  readonly places: readonly SourceRange[];
  /** An expression of the same module for it: `"${aws_s3_bucket.in.arn}/*"`. */
  readonly reference: string | null;
}
