import type { SourceRange } from '../source/source-file.js';

/** What is granted and not used, and what of that cannot be told. */
export interface Excess {
  /** Users and roles, by root and address. */
  readonly principals: readonly PrincipalExcess[];
  /** Roles, users, keys, passwords and groups that nobody uses, or perhaps nobody. */
  readonly unused: readonly UnusedIdentity[];
  /** What resources grant to everybody, and to other accounts. */
  readonly shared: readonly SharedGrant[];
  /** Users and roles whose ARNs are not known: no event can be told to be theirs. */
  readonly unnamed: readonly string[];
  /** Events that stand for no action that is known. */
  readonly unmapped: readonly { readonly eventSource: string; readonly eventName: string; readonly count: number }[];
}

export interface PrincipalExcess {
  readonly root: string;
  readonly principal: string;
  readonly arn: string;
  /**
   * How many actions of the catalogue; `granted` is the sum of the others. One that is not used on some of its resources and not known
   * on others is among `unused`.
   */
  readonly granted: number;
  readonly used: number;
  readonly unused: number;
  readonly unknown: number;
  /** The newest use of all. */
  readonly lastUse: LastUse | null;
  /** By name; services of which something is granted. */
  readonly services: readonly ServiceExcess[];
  /** Policies of the principal whose statements are not all known. */
  readonly unknownPolicies: readonly string[];
}

export interface ServiceExcess {
  readonly service: string;
  readonly granted: number;
  /** Actions that were used, certainly or inferred. */
  readonly used: readonly string[];
  /** Not used in all the time that was looked at, by risk, the greatest first. */
  readonly unused: readonly UnusedActions[];
  /** Whether they were used is not known. */
  readonly unknown: readonly UnknownActions[];
  /** Statements that grant used actions on more than what they were used on. */
  readonly wide: readonly WideGrant[];
  /** Used actions of which it is not known whether on all resources that they are granted on. */
  readonly openResources: readonly UnknownActions[];
  readonly lastUse: LastUse | null;
  /** The Allow statements that grant something of it that is not used, in the order of the policies. */
  readonly grants: readonly ExcessGrant[];
}

/**
 * What somebody could do with an action: `permissions`: change who may do what, or hand over a role; `credentials`: get secrets or
 * credentials of others; `write`, `tagging`, `read`: as the catalogue's levels say.
 */
export type ExcessRisk = 'permissions' | 'credentials' | 'write' | 'tagging' | 'read';

export interface UnusedActions {
  readonly risk: ExcessRisk;
  readonly level: string;
  readonly actions: readonly string[];
  /** Those of them that were tried and denied, which is no use. */
  readonly denied: readonly string[];
  readonly window: ExcessWindow;
  /** Patterns of ARNs, where uses on others would not be seen; undefined: on all that is granted. */
  readonly resources?: readonly string[] | undefined;
}

/** The time in which every use would have been seen: ISO 8601 in UTC. */
export interface ExcessWindow {
  readonly from: string;
  readonly to: string;
  /** In logs, or by what IAM says of services that were never tried. */
  readonly by: 'logs' | 'last-accessed';
}

export interface UnknownActions {
  /** `never-an-event`, `data-event-not-recorded`, …; `unsure`: an event may have been a use. */
  readonly reason: string;
  /** One sentence. */
  readonly detail: string;
  readonly actions: readonly string[];
  /** Patterns of ARNs, where uses on others would be seen; undefined: on all that is granted. */
  readonly resources?: readonly string[] | undefined;
}

/** A statement grants used actions on resources on which, or on all of which, they were not used. */
export interface WideGrant {
  readonly actions: readonly string[];
  /** Those of the statement's resources that are too wide, as they are written. */
  readonly resources: readonly string[];
  /** Patterns of what was used of the statement's resources; none: they were used on others alone. */
  readonly usedOn: readonly string[];
  readonly window: ExcessWindow;
  /** A Deny, a boundary or a control policy may leave less of it than is written. */
  readonly isLimited: boolean;
  readonly grant: ExcessGrant;
}

export interface LastUse {
  readonly action: string;
  readonly at: string;
  readonly eventIds: readonly string[];
}

export interface ExcessGrant {
  readonly policy: string;
  readonly sid: string | null;
  readonly location: SourceRange | null;
}

export interface UnusedIdentity {
  readonly kind: 'role' | 'user' | 'access-key' | 'password' | 'group';
  readonly root: string;
  /** The address of the role, user or group. */
  readonly identity: string;
  readonly arn: string | null;
  readonly state: 'unused' | 'unknown';
  /** When it was used last: ISO 8601 in UTC; null: never, as far as it was noted. */
  readonly lastUsed: string | null;
  /** Of events, where some are known. */
  readonly eventIds: readonly string[];
  /** One sentence. */
  readonly detail: string;
  readonly location: SourceRange | null;
}

export interface SharedGrant {
  readonly root: string;
  readonly resource: string;
  readonly arn: string | null;
  readonly to: 'everybody' | 'account';
  /** As it is written: `*`, `444455556666`, an ARN. */
  readonly principal: string;
  readonly actions: readonly string[];
  readonly conditions: readonly string[];
  readonly state: 'certain' | 'conditional' | 'unknown';
  /** The newest event that shows it used; null: none was seen. */
  readonly lastUse: LastUse | null;
  readonly grant: ExcessGrant;
}
