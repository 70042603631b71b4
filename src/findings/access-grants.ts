import type { SourceRange } from '../source/source-file.js';
import type { AccessProblem } from './access-problem.js';

/** What principals are granted, and whom resources let in, as statements. */
export interface AccessGrants {
  /** Users and roles, by root and address. */
  readonly principals: readonly PrincipalGrants[];
  /** Resources whose own policies allow somebody something. */
  readonly resources: readonly ResourceGrants[];
  /** What was taken for granted of the content of policies. */
  readonly assumed: readonly string[];
  /** What is wrong with policies. */
  readonly problems: readonly AccessProblem[];
}

export interface PrincipalGrants {
  /** A permission set is a role in each account in which somebody is assigned it. */
  readonly kind: 'user-or-role' | 'permission-set';
  readonly root: string;
  readonly principal: string;
  readonly grants: readonly AccessGrant[];
  /** Policies that it has, or perhaps has, whose statements are not all known. */
  readonly unknown: readonly string[];
}

export interface ResourceGrants {
  readonly root: string;
  readonly resource: string;
  readonly grants: readonly (AccessGrant & { readonly principals: readonly string[] })[];
  readonly unknown: readonly string[];
}

/** An Allow, with what may still cut it. Texts are as they are written; unknown parts stand as `${var.team}`. */
export interface AccessGrant {
  readonly policy: string;
  readonly sid: string | null;
  /** `closed`: nothing of it is within the permissions boundary. */
  readonly state: 'certain' | 'conditional' | 'unknown' | 'closed';
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  /** How many actions of the catalogue those are. */
  readonly actionCount: number;
  readonly resources: readonly string[];
  readonly notResources: readonly string[];
  /** `Bool aws:multifactorauthpresent true`. */
  readonly conditions: readonly string[];
  /** Statements that deny some of it, and a boundary that does not hold all of it. */
  readonly limits: readonly AccessLimit[];
  readonly location: SourceRange | null;
}

export interface AccessLimit {
  /** `control`: what a list of a control policy leaves out, where nothing beside it allows it. */
  readonly kind: 'deny' | 'boundary' | 'control';
  readonly policy: string;
  readonly sid: string | null;
  readonly location: SourceRange | null;
}
