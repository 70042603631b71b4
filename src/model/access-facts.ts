import type { Resource } from './resource.js';
import type { UnknownValue, Value } from './value.js';

/** What policies may ask of who can do what. A principal is a user or role of the graph. */
export interface AccessFacts {
  /** Whether a principal may do an action: on an ARN, on `*`, or on a resource of the graph. */
  readonly allows: (principal: Resource, action: string, resource: string | Resource) => AccessFact;
  /** Whether a principal is an administrator, by all its policies within its limits. */
  readonly isAdmin: (principal: Resource) => AccessFact;
  /** How a principal that is no administrator can become one. */
  readonly escalations: (principal: Resource) => FactList<EscalationFacts>;
  /** The services of which a principal is granted something that it did not use. */
  readonly unused: (principal: Resource) => FactList<UnusedFacts>;
}

/** An answer with the statements that decided; undefined with what it depends on. */
export interface AccessFact {
  readonly value: boolean | undefined;
  readonly decidedBy: readonly Value[];
  readonly unknowns: readonly UnknownValue[];
  /** What was taken for granted, in sentences. */
  readonly assumed?: readonly string[] | undefined;
}

/** Facts of a list, with why there may be others. */
export interface FactList<Item> {
  readonly items: readonly ListedFact<Item>[];
  readonly rest: UnknownValue | undefined;
}

export interface ListedFact<Item> {
  /** What tells it from the others of its principal in every run. */
  readonly name: string;
  readonly facts: Item;
  readonly decidedBy: readonly Value[];
  /** What it depends on; empty: it is certain. */
  readonly unknowns: readonly UnknownValue[];
  /** What was taken for granted, in sentences. */
  readonly assumed?: readonly string[] | undefined;
}

export interface EscalationFacts {
  /** The id of the first technique: `P08`. */
  readonly technique: string;
  readonly title: string;
  /** The first principal whose rights are gained, by its address. */
  readonly target: string;
  /** All steps, in words. */
  readonly steps: string;
}

export interface UnusedFacts {
  /** `dynamodb`; `305 services` for all of which nothing was used, where there are many. */
  readonly service: string;
  /** How many actions are granted and were not used. */
  readonly actions: number;
  /** Some of them, in words. */
  readonly examples: string;
  /** Whether nothing of the service was used at all. */
  readonly whole: boolean;
  /** Used actions that are granted on more resources than they were used on, one of them in words; empty: none is known. */
  readonly wide: string;
}
