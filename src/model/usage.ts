/** What audit logs say was done: events counted, and the time that was looked at. Nothing of it is judged here. */
export interface UsageLog {
  readonly events: readonly EventCount[];
  /** For each account and region the stretches of time whose events were read, in order, none touching another. */
  readonly coverage: readonly LogCoverage[];
  /** What was to be read and was not. */
  readonly gaps: readonly UsageGap[];
}

/** Events that are alike: who, what, on what, how it ended. */
export interface EventCount {
  /** Whose log has it (`recipientAccountId`): 12 digits. */
  readonly account: string;
  readonly region: string;
  readonly principal: EventPrincipal;
  /** `s3.amazonaws.com`. */
  readonly eventSource: string;
  /** As the event has it: `CreateFunction20150331`. */
  readonly eventName: string;
  /**
   * The ARN on which it was done; undefined: the event shows none; `*`: there were more different ones than are kept.
   */
  readonly resource: string | undefined;
  /** Those of `REQUEST_TRAITS` that the request has, sorted. */
  readonly traits: readonly string[];
  /** The ARN of the role that the request hands to a service. */
  readonly passedRole: string | undefined;
  readonly outcome: EventOutcome;
  /** The service that called with the principal's rights (`invokedBy`): a forward access session. */
  readonly via: string | undefined;
  /** Who is behind the sessions of a role, at most five: source identities, subjects of tokens, names of sessions. */
  readonly people: readonly string[];
  readonly count: number;
  /** Times, ISO 8601 in UTC, to the second. */
  readonly first: string;
  readonly last: string;
  /** At most five. */
  readonly eventIds: readonly string[];
}

/**
 * `denied`: no permission, so no use. `failed`: another error, which proves neither use nor denial. `dry-run`: the permission
 * was there, and nothing was done.
 */
export type EventOutcome = 'succeeded' | 'denied' | 'failed' | 'dry-run';

export interface EventPrincipal {
  readonly kind:
    | 'user'
    | 'role'
    | 'root'
    | 'federated-user'
    | 'saml'
    | 'web-identity'
    | 'account'
    | 'service'
    | 'identity-center-user'
    | 'unknown';
  /**
   * The ARN of a user, role (with its path) or root; the number of an account; the principal of a service; the subject of a token;
   * empty where the event does not tell.
   */
  readonly name: string;
  /** `AIDA…`, `AROA…`: another one after it was deleted and made again. */
  readonly id: string | undefined;
}

/** A stretch of time whose events were read, from `from` until before `to`: ISO 8601 in UTC. */
export interface LogCoverage {
  readonly account: string;
  readonly region: string;
  readonly categories: readonly ('management' | 'data')[];
  /**
   * Read from the event history, which has all management events, whatever trails there are. Otherwise what is there is what trails
   * record, and the categories are those of which some event was seen.
   */
  readonly isHistory?: boolean | undefined;
  /** Only events that change something were asked for. */
  readonly onlyWrites?: boolean | undefined;
  readonly from: string;
  readonly to: string;
}

/** What was to be read and was not: a file, a region, a stretch of time. */
export interface UsageGap {
  readonly account: string | undefined;
  readonly region: string | undefined;
  /** `not-collected`, `corrupt`, `denied`, `throttled`, … */
  readonly reason: string;
  /** One sentence. */
  readonly detail: string;
}

/** Names in the parameters of a request whose presence decides which actions it needed. */
export const REQUEST_TRAITS = ['policyArns', 'providedContexts', 'sourceIdentity', 'tags', 'versionId'] as const;
