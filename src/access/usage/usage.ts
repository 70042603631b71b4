/** What principals did, as actions of IAM, and what of it could be seen at all. */
export interface Usage {
  readonly uses: readonly Use[];
  /** Events that stand for no action that is known: nothing of the service is called unused for their principals. */
  readonly unmapped: readonly UnmappedEvent[];
  /** Whether all uses would have been seen; a principal is named by its ARN. */
  readonly visibility: (asked: VisibilityQuestion) => Visibility;
}

/** Uses that are alike. */
export interface Use {
  /** The ARN of a user, role (with its path) or root. */
  readonly principal: string;
  /** `s3:GetObject`, as the catalogue writes it. */
  readonly action: string;
  /** An ARN, or `*` for an action without resources; undefined where no event shows it. */
  readonly resource: string | undefined;
  /** `denied` is no use. `unsure`: one of several actions, or a call that failed otherwise. `inferred`: no event of its own. */
  readonly state: 'used' | 'unsure' | 'inferred' | 'denied';
  readonly region: string;
  /** Keys of the request that the event tells, in lower case. */
  readonly context: Readonly<Record<string, string>>;
  readonly people: readonly string[];
  readonly count: number;
  readonly first: string;
  readonly last: string;
  readonly eventIds: readonly string[];
}

export interface UnmappedEvent {
  readonly eventSource: string;
  readonly eventName: string;
  readonly principals: readonly string[];
  readonly count: number;
}

export interface VisibilityQuestion {
  readonly principal: string;
  readonly action: string;
  /** A pattern of ARNs, as a policy writes it; undefined: any resource. */
  readonly resource?: string | undefined;
}

/**
 * `seen`: every use from `from` to `to` is in the events, or IAM says that the service was never tried (`last-accessed`); else why uses may
 * be missing, in one sentence.
 */
export type Visibility =
  | { readonly kind: 'seen'; readonly from: string; readonly to: string; readonly by?: 'last-accessed' }
  | { readonly kind: 'unseen'; readonly reason: UnseenReason; readonly detail: string };

export type UnseenReason =
  | 'never-an-event'
  | 'data-event-not-recorded'
  | 'no-trail'
  | 'outside-window'
  | 'unmapped-events'
  | 'not-collected';
