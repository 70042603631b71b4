import type { EscalationFact, EscalationGain } from '../../findings/escalation.js';
import type { Cause, Text } from '../../iam/index.js';
import type { Resource } from '../../model/resource.js';
import type { Terrain, Thing } from './terrain.js';

/** A way to more rights. */
export interface Technique {
  /** `P08` */
  readonly id: string;
  /** What the caller does, without a full stop. */
  readonly title: string;
  /** The pages of AWS's documentation that say so. */
  readonly documentation: readonly string[];
  readonly gain: EscalationGain;
  /** All of them are needed. */
  readonly needs: readonly Need[];
  /** What has to be there beside: everything by which the technique leads somewhere, certain or not. */
  readonly prerequisite: (terrain: Terrain) => Prerequisite;
}

export interface Prerequisite {
  readonly targets: readonly Target[];
  /** Why there may be others that cannot be named: things of a type that was not collected. */
  readonly unseen?: string | undefined;
}

/** An action that is needed. */
export interface Need {
  /** `iam:PassRole` */
  readonly action: string;
  /** Which thing of the target it is about; `*`: none. */
  readonly on: string | NewThing | ChosenThing;
  /** Keys of the request that the technique implies: the caller takes the first of several that is allowed. */
  readonly contexts?: ((target: Target, terrain: Terrain) => readonly RequestContext[]) | undefined;
  /** Only an explicit Deny would be in the way: the caller writes the policy that allows it. */
  readonly isGranted?: true | undefined;
}

/** Something that the caller makes, and names as it may: of a resource type that the catalogue has for the action. */
export interface NewThing {
  readonly creates: string;
}

/** One of several that are there: those of the target under this name. */
export interface ChosenThing {
  readonly chooses: string;
}

/** Keys in lower case; without values they are absent. */
export type RequestContext = ReadonlyMap<string, readonly (string | Text)[]>;

/** Where a technique leads. */
export interface Target {
  /** The user or role whose rights are gained, or whose rights become any; undefined: a new one, with any rights. */
  readonly gains: Resource | undefined;
  readonly things: Readonly<Record<string, Thing>>;
  readonly choices?: Readonly<Record<string, readonly Thing[]>> | undefined;
  readonly facts: readonly EscalationFact[];
  /** What it depends on whether the prerequisites are there. */
  readonly causes: readonly Cause[];
  /** What is needed beside the technique's own. */
  readonly also?: readonly Need[] | undefined;
  /** Only these can: the target is something of theirs. */
  readonly callers?: readonly Resource[] | undefined;
  /** These can without a grant of their own: the target's policy names them. */
  readonly named?: readonly Resource[] | undefined;
  /** The service that has to be trusted by the role: `lambda.amazonaws.com`. */
  readonly trusted?: string | undefined;
  /** The service to which the role is passed, where it is another one than the technique says. */
  readonly passedTo?: string | undefined;
  /** What the caller is rid of. */
  readonly removes?: { readonly policy: string } | 'boundary' | undefined;
}
