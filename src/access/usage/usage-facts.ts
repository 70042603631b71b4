import type { EventSelectors } from './event-selectors.js';

/** What of the input's accounts says which uses logs would show. */
export interface UsageFacts {
  /** Users and roles by ARN. */
  readonly principals: ReadonlyMap<string, PrincipalFacts>;
  /** Accounts whose trails were all seen → those trails; an account that is not here: not known. */
  readonly trails: ReadonlyMap<string, readonly Trail[]>;
  /** Account → its regions that are known to be in use. */
  readonly regions: ReadonlyMap<string, readonly string[]>;
}

export interface PrincipalFacts {
  /** `AIDA…`, `AROA…` */
  readonly id: string | undefined;
  /** When it was made: ISO 8601 in UTC. */
  readonly created: string | undefined;
  /** What IAM says of when it used services last; undefined: it was not asked for. */
  readonly lastAccessed: LastAccessed | undefined;
}

/** Attempts that were denied count too: what was never tried was not used, what was tried perhaps. */
export interface LastAccessed {
  /** When it was asked: ISO 8601 in UTC. */
  readonly at: string | undefined;
  /** Service → when it was tried last, `none` for never; services that are not here: not known. */
  readonly services: ReadonlyMap<string, string>;
}

/** A trail; what is undefined is not known. */
export interface Trail {
  readonly name: string;
  readonly homeRegion: string | undefined;
  readonly isMultiRegion: boolean | undefined;
  readonly includesGlobalServices: boolean | undefined;
  readonly isLogging: boolean | undefined;
  /** Since when it records without a stop: ISO 8601 in UTC. */
  readonly since: string | undefined;
  readonly selectors: EventSelectors | undefined;
}
