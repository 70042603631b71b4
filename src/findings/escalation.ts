import type { SourceRange } from '../source/source-file.js';

/** How users and roles could become administrators, by what they are granted. */
export interface EscalationReport {
  /** Administrators by design, each once: they have no paths. */
  readonly admins: readonly EscalationAdmin[];
  /** The shortest path of each principal that has one, by root and address. */
  readonly paths: readonly EscalationPath[];
  /** How somebody from outside of the input's accounts becomes administrator, by root and role. */
  readonly outside: readonly OutsidePath[];
  /** The change of one statement that most principals lose their paths by; null where there is no path. */
  readonly change: EscalationChange | null;
  /** Techniques for which what they need was not seen, and whose actions somebody has. */
  readonly undecided: readonly UndecidedTechnique[];
  /** Principals whose policies are not all known: they may have more paths. */
  readonly notKnown: readonly {
    readonly root: string;
    readonly principal: string;
    readonly policies: readonly string[];
  }[];
  /** What was taken for granted, and what was not tried for there is too much of it. */
  readonly assumed: readonly string[];
}

export interface EscalationAdmin {
  readonly root: string;
  readonly principal: string;
  /** What it depends on; empty: nothing. */
  readonly dependsOn: readonly string[];
  readonly statements: readonly EscalationStatement[];
  /** What was taken for granted of the content of policies. */
  readonly assumed: readonly string[];
}

export interface EscalationPath {
  readonly root: string;
  readonly principal: string;
  /** `depends`: some of its steps depend on what `dependsOn` names. */
  readonly state: 'certain' | 'depends';
  readonly dependsOn: readonly string[];
  readonly hops: readonly EscalationHop[];
  /** What was taken for granted of the content of policies. */
  readonly assumed: readonly string[];
  /** At most three others, each beginning with another statement. */
  readonly alternatives: readonly (readonly EscalationHop[])[];
  /** There may be more others: not all were tried, or shown. */
  readonly hasMore: boolean;
}

/** A path of somebody who is no user or role of the input. */
export interface OutsidePath extends Pick<EscalationPath, 'root' | 'state' | 'dependsOn' | 'hops'> {
  /** `any repository of GitHub`, `any AWS account`, `account 444455556666` */
  readonly who: string;
  /** The role that is taken on first. */
  readonly role: string;
}

/** A step: what one principal does to gain what another one has. */
export interface EscalationHop {
  /** The id of the technique: `P08`. */
  readonly technique: string;
  readonly title: string;
  readonly from: string;
  readonly to: string;
  readonly gain: EscalationGain;
  readonly actions: readonly EscalationAction[];
  /** What else it needs, and is there. */
  readonly prerequisites: readonly EscalationFact[];
  readonly dependsOn: readonly string[];
  /** Keys of the request whose values the caller chooses. */
  readonly chosen: readonly string[];
}

/**
 * `become`: all rights of the target; `act-as`: what a service does with the target's rights on the caller's order;
 * `grant-any`: any policy; `unlimit`: a Deny or a boundary less.
 */
export type EscalationGain = 'become' | 'act-as' | 'grant-any' | 'unlimit';

export interface EscalationAction {
  readonly action: string;
  /** An ARN, unknown parts by their names, or `*`. */
  readonly resource: string;
  readonly statements: readonly EscalationStatement[];
}

export interface EscalationStatement {
  /** `identity`, `resource`, … */
  readonly kind: string;
  readonly policy: string | null;
  readonly sid: string | null;
  readonly location: SourceRange | null;
}

export interface EscalationFact {
  readonly text: string;
  readonly location: SourceRange | null;
}

export interface EscalationChange {
  readonly statement: EscalationStatement;
  /** Those who have no path without the statement, by address. */
  readonly principals: readonly string[];
  /** How many have a path. */
  readonly of: number;
  /** What else goes with the statement; null where that is not known. */
  readonly carries: CarriedGrants | null;
  /** Its policy without it, as IAM's JSON; null where it is the only one, is a trust policy, or is not wholly known. */
  readonly document: string | null;
  /** Its removal from the code in which it is written, as `git apply` takes it; null where it is not edited there. */
  readonly patch: string | null;
}

/** What stops working without a statement. */
export interface CarriedGrants {
  /** The users and roles that have it, by address; of a trust policy those whom it names. */
  readonly principals: readonly string[];
  /** As they are written. */
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** What of it the logs show as used; null: no logs were given. */
  readonly used: readonly CarriedUse[] | null;
}

export interface CarriedUse {
  readonly principal: string;
  readonly action: string;
  /** The newest one, as ISO 8601 has it. */
  readonly last: string;
  readonly eventIds: readonly string[];
  /** No other statement may allow it. */
  readonly isOnlyBy: boolean;
}

export interface UndecidedTechnique {
  readonly technique: string;
  readonly title: string;
  readonly reason: string;
  readonly principals: readonly string[];
}
