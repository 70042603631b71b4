import { DYNAMIC } from '../../../model/type.js';
import type { UnknownValue, Value } from '../../../model/value.js';
import { isWhollyKnown } from '../../../model/values.js';
import type { CallExpression, Expression, Node } from '../../../syntax/hcl/ast.js';
import { FunctionFailure, FunctionLimit, type Parameter, type TerraformFunction } from '../functions/function.js';
import { convertValue } from '../values/convert.js';
import { hasSensitive, markSensitive, unknownFrom } from '../values/unknown.js';
import { derivedIdentity, eitherOf } from './alternatives.js';
import { callCost } from './call-cost.js';
import { type Evaluator, maxElements, maxTextLength } from './context.js';
import { reportGap } from './report-gap.js';
import { evaluateCan, evaluateTry } from './try-can.js';

interface Argument {
  readonly value: Value;
  readonly at: Node;
}

/** A call: the arguments are evaluated and converted, and the function gets what it declares that it can take. */
export function evaluateCall(expression: CallExpression, evaluator: Evaluator): Value {
  const name = expression.name.startsWith('core::') ? expression.name.slice('core::'.length) : expression.name;
  if (name === 'try') return evaluateTry(expression, evaluator);
  if (name === 'can') return evaluateCan(expression, evaluator);
  const called = evaluator.context.functions.get(name);
  const args = evaluateArguments(expression, evaluator);
  if (called === undefined) return unknownFunction(expression, args ?? [], evaluator);
  if (args === undefined) return invalid(expression, evaluator);
  if (!isComplete(args)) return unknownExpansion(expression, called, args.open, evaluator);
  if (name === 'templatestring' && !isReference(expression.arguments[0])) {
    const at = expression.arguments[0] ?? expression;
    return evaluator.fail(
      at,
      'The template of "templatestring" must be a reference to a value.',
      'terraform-function-failed',
    );
  }
  return call(called, args, expression, evaluator);
}

/** `templatestring` takes its template from elsewhere: a literal would be a template in the first place. */
function isReference(expression: Expression | undefined): boolean {
  return expression?.kind === 'variable' || expression?.kind === 'get-attribute' || expression?.kind === 'index';
}

function invalid(at: Node, evaluator: Evaluator): UnknownValue {
  return { kind: 'unknown', type: DYNAMIC, reason: 'invalid-expression', origin: evaluator.origin(at) };
}

/** `open`: the last argument is expanded and how many elements it has is not known. */
type Arguments = readonly Argument[] | { readonly open: readonly Value[] };

function isComplete(args: Arguments): args is readonly Argument[] {
  return Array.isArray(args);
}

function evaluateArguments(expression: CallExpression, evaluator: Evaluator): Arguments | undefined {
  const args: Argument[] = expression.arguments.map((at) => ({ value: evaluator.evaluate(at), at }));
  if (!expression.isExpanded) return args;
  const last = args.pop();
  if (last === undefined) return args;
  const { value, at } = last;
  const open = { open: [...args.map((argument) => argument.value), value] };
  if (value.kind === 'unknown') {
    if (value.type.kind === 'tuple') {
      return [...args, ...value.type.elements.map((type) => ({ value: unknownFrom([value], type), at }))];
    }
    evaluator.doubt();
    return open;
  }
  if (value.kind !== 'list') {
    const message = 'Only a list, set or tuple that is not null can be expanded with "...".';
    evaluator.fail(at, message, 'terraform-function-failed');
    return undefined;
  }
  if (value.rest !== undefined || value.existence !== undefined) return open;
  return [...args, ...value.elements.map((element) => ({ value: markSensitive(element, value.sensitive), at }))];
}

function unknownExpansion(
  expression: CallExpression,
  called: TerraformFunction,
  values: readonly Value[],
  evaluator: Evaluator,
): Value {
  evaluator.doubt();
  return evaluator.computed(unknownFrom(values, DYNAMIC, { notNull: called.isNeverNull }), expression, values);
}

function unknownFunction(expression: CallExpression, args: Arguments, evaluator: Evaluator): Value {
  const { context } = evaluator;
  const range = { file: context.file, start: expression.nameRange.start, end: expression.nameRange.end };
  const hint = context.budget.hint(expression.name, context.functions.keys());
  const message = `There is no function named "${expression.name}".${hint}`;
  context.report({ code: 'terraform-unknown-function', message, range });
  evaluator.doubt();
  const values = isComplete(args) ? args.map((argument) => argument.value) : args.open;
  const unknown = unknownFrom(values, DYNAMIC, {
    reason: 'unsupported-function',
    subject: expression.name,
    identity: derivedIdentity(expression.name, values),
  });
  return evaluator.computed(unknown, expression, values);
}

function call(called: TerraformFunction, args: readonly Argument[], at: CallExpression, evaluator: Evaluator): Value {
  const count = args.length;
  const least = called.parameters.length;
  if (count < least || (count > least && called.variadic === undefined)) {
    const wanted = `${called.variadic === undefined ? '' : 'at least '}${least}`;
    const message = `"${called.name}" takes ${wanted} argument${least === 1 ? '' : 's'}, not ${count}.`;
    return evaluator.fail(at, message, 'terraform-function-failed');
  }
  const converted: Value[] = [];
  let isSensitive = false;
  for (const [index, { value, at: place }] of args.entries()) {
    const parameter = parameterAt(called, index);
    if (parameter === undefined) continue;
    const one = prepare(value, parameter, called, place, evaluator);
    if (one === undefined) return invalid(at, evaluator);
    if (parameter.allowMarks !== true && hasSensitive(value)) isSensitive = true;
    converted.push(one);
  }
  if (!evaluator.context.budget.spend(callCost(called.name, converted) + (called.cost?.(converted) ?? 0)))
    return evaluator.overSteps(at);
  if (!converted.every(isWhollyKnown)) evaluator.doubt();
  const result = callThroughAlternatives(called, converted, args, at, evaluator);
  if (result === undefined) return invalid(at, evaluator);
  if (result.kind === 'string') evaluator.context.budget.use(result.value.length >> 6);
  const sized = withinSize(result, at, evaluator);
  const marked = markSensitive(sized, isSensitive);
  const isNew = marked.origin === undefined;
  return isNew
    ? evaluator.computed(
        marked,
        at,
        args.map((argument) => argument.value),
      )
    : marked;
}

function parameterAt(called: TerraformFunction, index: number): Parameter | undefined {
  return called.parameters[index] ?? called.variadic;
}

function prepare(
  value: Value,
  parameter: Parameter,
  called: TerraformFunction,
  at: Node,
  evaluator: Evaluator,
): Value | undefined {
  if (value.kind === 'null' && parameter.allowNull !== true) {
    const message = `The argument "${parameter.name}" of "${called.name}" must not be null.`;
    evaluator.fail(at, message, 'terraform-function-failed');
    return undefined;
  }
  const converted = convertValue(value, parameter.type);
  if (converted.ok) return converted.value;
  const message = `The argument "${parameter.name}" of "${called.name}" is not suitable: ${converted.message}.`;
  if (converted.isLimit === true) return { ...evaluator.overLimit(at, message), type: parameter.type };
  evaluator.fail(at, message, 'terraform-function-failed');
  return undefined;
}

/** Where one argument is undecided between known values the function is called for each of them. */
function callThroughAlternatives(
  called: TerraformFunction,
  values: readonly Value[],
  args: readonly Argument[],
  at: CallExpression,
  evaluator: Evaluator,
): Value | undefined {
  const undecided = values.filter((value): value is UnknownValue => value.kind === 'unknown');
  const [single] = undecided;
  const alternatives = single?.alternatives;
  if (single === undefined || undecided.length !== 1 || alternatives === undefined) {
    return callOnce(called, values, args, at, evaluator);
  }
  const results: Value[] = [];
  for (const alternative of alternatives) {
    if (alternative.kind === 'absent' || !isWhollyKnown(alternative) || alternative.kind === 'null') {
      return callOnce(called, values, args, at, evaluator);
    }
    const aside = evaluator.aside();
    const changed = values.map((value) => (value === single ? alternative : value));
    const result = callOnce(called, changed, args, at, aside);
    if (result === undefined || aside.observations.failed) return callOnce(called, values, args, at, evaluator);
    results.push(result);
  }
  return eitherOf(results, single);
}

function callOnce(
  called: TerraformFunction,
  values: readonly Value[],
  args: readonly Argument[],
  at: CallExpression,
  evaluator: Evaluator,
): Value | undefined {
  try {
    const isBlocked = values.some(
      (value, index) => parameterAt(called, index)?.allowUnknown !== true && !isWhollyKnown(value),
    );
    if (!isBlocked) {
      const made = called.call(values, evaluator.context.functionContext, evaluator);
      const result = made.kind === 'unknown' ? reportGap(made, values, at, evaluator) : made;
      return withIdentity(result, called, values);
    }
    const notNull = called.isNeverNull === true ? true : undefined;
    return withIdentity(unknownFrom(values, called.returns(values), { notNull }), called, values);
  } catch (error) {
    if (!(error instanceof FunctionFailure)) throw error;
    const place = error.argument === undefined ? at : (args[error.argument]?.at ?? at);
    if (error instanceof FunctionLimit)
      return evaluator.overLimit(place, `"${called.name}" is not evaluated: ${sentence(error.message)}`);
    evaluator.fail(place, `"${called.name}" failed: ${sentence(error.message)}`, 'terraform-function-failed');
    return undefined;
  }
}

function sentence(message: string): string {
  return message.endsWith('.') ? message : `${message}.`;
}

/** The same function of the same unknowns is the same unknown, but for what differs each time. */
function withIdentity(result: Value, called: TerraformFunction, values: readonly Value[]): Value {
  if (result.kind !== 'unknown' || result.identity !== undefined || values.length === 0) return result;
  if (result.reason === 'not-deterministic' || result.reason === 'environment' || values.includes(result))
    return result;
  const identity = derivedIdentity(called.name, values);
  return identity === undefined ? result : { ...result, identity };
}

function withinSize(value: Value, at: CallExpression, evaluator: Evaluator): Value {
  const isTooLong =
    (value.kind === 'string' && value.value.length > maxTextLength) ||
    (value.kind === 'list' && value.elements.length > maxElements) ||
    (value.kind === 'object' && value.entries.size > maxElements);
  if (isTooLong) return evaluator.overLimit(at, `"${at.name}" makes more than Trueline allows.`);
  return value;
}
