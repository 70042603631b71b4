import type { UnknownValue, Value } from '../../../model/value.js';
import type { Node } from '../../../syntax/hcl/ast.js';
import { sizeOf } from '../values/size-of.js';
import { type Evaluator, maxElements } from './context.js';

/**
 * SAFETY: the structure, unless it holds more than may be: forty locals that each hold the one before twice are a trillion
 * values to whoever walks them, though they take no room.
 */
export function withinSize(value: Value, at: Node, evaluator: Evaluator): Value {
  return sizeOf(value) <= maxElements ? value : overSize(at, evaluator);
}

/** What stands for a structure that holds too much. */
export function overSize(at: Node, evaluator: Evaluator): UnknownValue {
  evaluator.context.budget.refusals++;
  return evaluator.overLimit(at, 'A value holds more elements than Trueline allows.');
}
