import type { AccessFacts } from '../../model/access-facts.js';
import type { Resource, ResourceGraph } from '../../model/resource.js';
import type { ErrorValue, RuntimeValue } from './runtime-value.js';

/** What functions that look beyond their arguments may use. */
export interface EvaluationContext {
  readonly graph: ResourceGraph;
  /** The judged resource. */
  readonly resource: Resource;
  /** Resources that this evaluation has read, the judged one first: a value's place is looked up in them. */
  readonly touched: Resource[];
  /** Who can do what, worked out when it is first asked; absent where nobody can say. */
  readonly access?: (() => AccessFacts) | undefined;
}

/** The variables of one evaluation. Slots of lazy variables are empty until they are read. */
export interface Frame {
  readonly slots: (RuntimeValue | undefined)[];
  readonly context: EvaluationContext;
  /** How many elements macros have gone through, all together. */
  visits?: number;
  /** The limit that was reached, whatever became of it in the expression. */
  limit?: ErrorValue;
}

export type Evaluator = (frame: Frame) => RuntimeValue;
