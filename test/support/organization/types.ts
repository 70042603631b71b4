/** The accounts of the made-up organization. */
export const MANAGEMENT = '111122223333';
export const PRODUCTION = '222233334444';
export const DEVELOPMENT = '333344445555';
/** A vendor's, outside of the organization. */
export const VENDOR = '999988887777';
export const ACCOUNTS = [MANAGEMENT, PRODUCTION, DEVELOPMENT] as const;
export type Account = (typeof ACCOUNTS)[number];

export const HOME = 'eu-central-1';
export const REGIONS = [HOME, 'eu-west-1', 'us-east-1'] as const;
export type Region = (typeof REGIONS)[number];

export const ORGANIZATION = 'o-granary0001';

/** The 90 days of the logs, from the first day until before the last. */
export const LOGS_FROM = Date.UTC(2026, 7, 24);
export const DAYS = 90;
export const DAY_MS = 86_400_000;
/** When the snapshot is taken: the morning after the last day. */
export const SNAPSHOT_AT = Date.UTC(2026, 10, 22, 9, 30);

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** A statement of a policy, as IAM's JSON has it. */
export type Statement = { readonly [name: string]: Json };

/** Calls that are alike, made again and again. */
export interface Call {
  /** `sqs.amazonaws.com`. */
  readonly source: string;
  readonly name: string;
  /** Where it is made; global services' are in us-east-1. */
  readonly region?: Region;
  /** The days between two of them; one, if it is not said. */
  readonly every?: number;
  /** The first day of the logs on which it is made, and the one before which it ends. */
  readonly from?: number;
  readonly until?: number;
  /** The ARNs of `resources[]`. */
  readonly resources?: readonly string[];
  readonly parameters?: { readonly [name: string]: Json };
  readonly error?: string;
  /** The service that makes it with the caller's rights. */
  readonly via?: string;
  readonly isData?: boolean;
  /** Made by a principal of the same name that was deleted since. */
  readonly isOfFormer?: boolean;
}

interface PrincipalParts {
  readonly account: Account;
  readonly name: string;
  readonly path?: string;
  readonly inline?: Readonly<Record<string, readonly Statement[]>>;
  /** Names of the account's own policies, or ARNs. */
  readonly attached?: readonly string[];
  /** The name of one of the account's own policies. */
  readonly boundary?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** ISO 8601. */
  readonly createdAt?: string;
  readonly calls?: readonly Call[];
}

export interface Role extends PrincipalParts {
  readonly kind: 'role';
  readonly trust: readonly Statement[];
  /** Who takes it on: an ARN, a service's principal, the subject of a token. Without it nobody does. */
  readonly takenOnBy?: string;
  readonly hasInstanceProfile?: boolean;
  /** When IAM says that it was used last, where the logs do not: `never` or ISO 8601. */
  readonly lastUsed?: string;
}

export interface User extends PrincipalParts {
  readonly kind: 'user';
  readonly groups?: readonly string[];
  /** When it was used last: `never` or ISO 8601; no password without it. */
  readonly password?: string;
  /** When each access key was used last: `never` or ISO 8601. The first makes the calls. */
  readonly keys?: readonly string[];
}

export type Principal = Role | User;

export interface Group {
  readonly account: Account;
  readonly name: string;
  readonly inline?: Readonly<Record<string, readonly Statement[]>>;
  readonly attached?: readonly string[];
}

export interface ManagedPolicy {
  readonly account: Account;
  readonly name: string;
  readonly statements: readonly Statement[];
}

export type Resource =
  | {
      readonly kind: 'bucket';
      readonly account: Account;
      readonly name: string;
      readonly policy?: readonly Statement[];
      /** All four settings are on; off, if it is not said. */
      readonly isPublicAccessBlocked?: boolean;
    }
  | {
      readonly kind: 'function';
      readonly account: Account;
      readonly name: string;
      readonly role: string;
      readonly policy?: readonly Statement[];
    }
  | { readonly kind: 'instance'; readonly account: Account; readonly id: string; readonly profile?: string }
  | { readonly kind: 'key'; readonly account: Account; readonly id: string; readonly policy: readonly Statement[] }
  | {
      readonly kind: 'secret';
      readonly account: Account;
      readonly name: string;
      readonly policy?: readonly Statement[];
    };

/** A question that `access can` is asked. */
export interface Question {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string>>;
}

/** What is in the organization on purpose, and has to be found. */
export type Planted =
  | {
      readonly kind: 'escalation';
      /** The ARN of the principal that gains, or of the role that outsiders gain. */
      readonly principal: string;
      /** The technique of the first step. */
      readonly technique: string;
      /** The principals on the way, if there are several steps. */
      readonly over?: readonly string[];
      /** The Sid of the statement that allows the first step. */
      readonly sid: string;
      /** What must be allowed for it. */
      readonly requires: readonly Question[];
      /** Facts that no snapshot has decide as well: found, but not for certain. */
      readonly isOpen?: boolean;
    }
  | {
      readonly kind: 'excess';
      readonly principal: string;
      /** Granted, seen, and never used. */
      readonly unused: readonly string[];
      /** Of the same statement, and used. */
      readonly used?: readonly string[];
      readonly sid: string;
    }
  | {
      readonly kind: 'unused';
      readonly what: 'role' | 'user' | 'password' | 'access-key' | 'group';
      /** The ARN of the role, user or group. */
      readonly principal: string;
      /** ISO 8601, or `never`. */
      readonly lastUse: string;
    }
  | {
      readonly kind: 'grant';
      /** The ARN of the resource that lets somebody in. */
      readonly resource: string;
      /** `everyone`, or an account. */
      readonly to: string;
      readonly sid: string;
    };

export type Barrier =
  | 'a Deny'
  | 'a boundary'
  | 'a control policy'
  | 'a trust'
  | 'a condition'
  | 'a missing prerequisite'
  | 'a target that is no more';

/** What looks like something to be found, and is not. */
export type Decoy =
  | {
      readonly kind: 'escalation';
      readonly principal: string;
      readonly closedBy: Barrier;
      /** What is denied because of it; undefined where rights are there and something else is missing. */
      readonly denied?: Question;
      /** What no snapshot tells decides: nothing that is certain may be said. */
      readonly isOpen?: boolean;
    }
  | {
      readonly kind: 'excess';
      readonly principal: string;
      /** Granted, and not to be called unused. */
      readonly actions: readonly string[];
      readonly why: string;
    }
  | { readonly kind: 'unused'; readonly principal: string; readonly why: string }
  | { readonly kind: 'grant'; readonly resource: string; readonly why: string; readonly denied?: Question };

/** Some of the organization, and what is to be said of it. */
export interface Scenario {
  readonly principals?: readonly Principal[];
  readonly groups?: readonly Group[];
  readonly policies?: readonly ManagedPolicy[];
  readonly resources?: readonly Resource[];
  readonly planted?: readonly Planted[];
  readonly decoys?: readonly Decoy[];
}
