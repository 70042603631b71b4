import { suggest } from '../../../source/suggest.js';
import { decideBetween } from '../terms/choice.js';
import { causeOfFormula, type Formula } from '../terms/formula.js';
import type { Term } from '../terms/term.js';
import { argumentList, invalidCall } from './arguments.js';
import type { IntrinsicCall, Place, Scope } from './context.js';
import { scalarText } from './nodes.js';

/** `Fn::If [condition, then, else]`: in each branch the condition is assumed. */
export function evaluateIf(call: IntrinsicCall, scope: Scope): Term {
  const [condition, whenTrue, whenFalse] = argumentList(call, 3) ?? [];
  const name = scalarText(condition);
  if (condition === undefined || name === undefined || whenTrue === undefined || whenFalse === undefined)
    return invalidCall(call, scope, 'takes the name of a condition and two values.');
  const formula = namedCondition(name, scope, condition);
  const subject = { cause: causeOfFormula(formula), label: name };
  return decideBetween(formula, scope.assumption, subject, (isTrue, assumption) =>
    scope.under(assumption).evaluate(isTrue ? whenTrue : whenFalse),
  );
}

/** The condition of this name. One that is not declared may be true or false. */
export function namedCondition(name: string, { context }: Scope, at: Place): Formula {
  const formula = context.condition(name);
  if (formula !== undefined) return formula;
  const near = suggest(name, context.conditionNames());
  context.report('cfn-unknown-reference', `There is no condition "${name}".${near}`, at);
  const cause = { reason: 'invalid-expression', subject: name } as const;
  return context.logic.is(context.logic.variable(`${context.file.path}\0condition\0${name}`, cause), 'true');
}
