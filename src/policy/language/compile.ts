import type {
  BinaryExpression,
  CallExpression,
  ComprehensionExpression,
  Expression,
  LiteralExpression,
  LogicalExpression,
  SelectExpression,
} from './ast.js';
import { elementAt, emptyOf } from './collection.js';
import { comprehend, toBoolError } from './comprehension.js';
import { buildList, buildMap, literalValue } from './construct.js';
import { isEqual } from './equality.js';
import type { Evaluator, Frame } from './frame.js';
import { type FunctionDefinition, type FunctionTable, invoke } from './functions/function.js';
import { joinOutcomes } from './lift.js';
import { applyBinary, negateBool, negateNumber } from './operators.js';
import {
  type ErrorValue,
  FALSE,
  overLimit,
  policyError,
  type RuntimeValue,
  TRUE,
  toBool,
  toList,
  unknownFrom,
} from './runtime-value.js';
import type { Binding, Scope } from './scope.js';
import { hasField, selectField, selectOptionally, toOptional } from './select.js';
import { parseSignature } from './static-type.js';

/** Every node's evaluator, and the slots of the names that macros bind: what the trace evaluates again. */
export interface Compilation {
  readonly evaluators: Map<Expression, Evaluator>;
  readonly slots: Map<ComprehensionExpression, readonly number[]>;
  readonly bindings: Map<Expression, Binding>;
}

export function newCompilation(): Compilation {
  return { evaluators: new Map(), slots: new Map(), bindings: new Map() };
}

/** Compiles expressions to closures. */
export class Compiler {
  readonly #functions: FunctionTable;
  readonly compilation: Compilation;

  constructor(functions: FunctionTable, compilation: Compilation = newCompilation()) {
    this.#functions = functions;
    this.compilation = compilation;
  }

  compile(expression: Expression, scope: Scope): Evaluator {
    const evaluator = this.#compile(expression, scope);
    this.compilation.evaluators.set(expression, evaluator);
    return evaluator;
  }

  #compile(expression: Expression, scope: Scope): Evaluator {
    switch (expression.kind) {
      case 'literal': {
        const value = literalValue(expression);
        return () => value;
      }
      case 'identifier':
        return (
          this.#named(expression, expression.name, scope) ?? failing(expression, `"${expression.name}" is not known.`)
        );
      case 'select':
        return this.#select(expression, scope);
      case 'index': {
        const operand = this.compile(expression.operand, scope);
        const index = this.compile(expression.index, scope);
        const empty = expression.unset?.empty;
        return (frame) => {
          const value = readIndex(operand(frame), index(frame), expression.isOptional);
          if (value.kind === 'null' && empty !== undefined) return emptyOf(empty);
          return placed(value, expression);
        };
      }
      case 'call':
        return this.#call(expression, scope);
      case 'unary': {
        const operand = this.compile(expression.operand, scope);
        const negate = expression.operator === '!' ? negateBool : negateNumber;
        return (frame) => placed(negate(operand(frame)), expression);
      }
      case 'binary':
        return this.#binary(expression, scope);
      case 'logical':
        return this.#logical(expression, scope);
      case 'conditional': {
        const condition = this.compile(expression.condition, scope);
        const whenTrue = this.compile(expression.whenTrue, scope);
        const whenFalse = this.compile(expression.whenFalse, scope);
        return (frame) =>
          placed(
            choose(
              condition(frame),
              () => whenTrue(frame),
              () => whenFalse(frame),
            ),
            expression,
          );
      }
      case 'list': {
        const elements = expression.elements.map(({ value, isOptional }) => ({
          evaluate: this.compile(value, scope),
          isOptional,
        }));
        if (expression.elements.every(({ value, isOptional }) => value.kind === 'literal' && !isOptional)) {
          const constant = toList(
            expression.elements.flatMap(({ value }) => (value.kind === 'literal' ? [literalValue(value)] : [])),
          );
          return () => constant;
        }
        return (frame) => buildList(elements, frame);
      }
      case 'map': {
        const entries = expression.entries.map(({ key, value, isOptional }) => ({
          key: this.compile(key, scope),
          value: this.compile(value, scope),
          isOptional,
        }));
        return (frame) => placed(buildMap(entries, frame), expression);
      }
      case 'comprehension':
        return this.#comprehension(expression, scope);
    }
  }

  /** A name, or a dotted name as a whole (`variables.block`). */
  #named(expression: Expression, name: string, scope: Scope): Evaluator | undefined {
    const binding = name.startsWith('.') ? scope.lookupGlobal(name.slice(1)) : scope.lookup(name);
    if (binding === undefined) return undefined;
    this.compilation.bindings.set(expression, binding);
    switch (binding.kind) {
      case 'constant': {
        const { value } = binding;
        return () => value;
      }
      case 'slot': {
        const { slot } = binding;
        return (frame) => frame.slots[slot] ?? policyError(`"${name}" has no value.`);
      }
      case 'lazy': {
        const { slot, evaluate } = binding;
        return (frame) => {
          const known = frame.slots[slot];
          if (known !== undefined) return known;
          const value = evaluate(frame);
          frame.slots[slot] = value;
          return value;
        };
      }
    }
  }

  #select(expression: SelectExpression, scope: Scope): Evaluator {
    const dotted = expression.isOptional || expression.isTest ? undefined : dottedName(expression);
    const whole = dotted === undefined ? undefined : this.#named(expression, dotted, scope);
    if (whole !== undefined) return whole;
    const operand = this.compile(expression.operand, scope);
    const { field } = expression;
    if (expression.isTest) return (frame) => placed(hasField(operand(frame), expression, frame), expression);
    if (expression.isOptional) {
      return (frame) => placed(selectOptionally(operand(frame), expression, frame), expression);
    }
    return (frame) => {
      const base = operand(frame);
      if (base.kind === 'object') {
        const value = base.entries.get(field);
        if (value !== undefined && value.kind !== 'null') return value;
      }
      return placed(selectField(base, expression, frame), expression);
    };
  }

  #call(expression: CallExpression, scope: Scope): Evaluator {
    const { target, name } = expression;
    const namespace = target === undefined ? undefined : dottedName(target);
    const isNamespace =
      namespace !== undefined &&
      scope.lookup(namespace) === undefined &&
      this.#functions[`${namespace}.${name}`] !== undefined;
    const key = isNamespace ? `${namespace}.${name}` : target === undefined ? name.replace(/^\./, '') : `.${name}`;
    const definition = Object.hasOwn(this.#functions, key) ? this.#functions[key] : undefined;
    const expressions = target === undefined || isNamespace ? expression.arguments : [target, ...expression.arguments];
    const evaluators = expressions.map((argument) => this.compile(argument, scope));
    if (definition === undefined) return failing(expression, `The function "${name}" is not known.`);
    if (!takesCount(definition, expressions.length)) {
      return failing(expression, `"${name}" does not take ${expressions.length} arguments.`);
    }
    return (frame) => {
      const values = evaluators.map((evaluate) => evaluate(frame));
      return placed(invoke(key, definition, values, frame.context), expression);
    };
  }

  #binary(expression: BinaryExpression, scope: Scope): Evaluator {
    const left = this.compile(expression.left, scope);
    const right = this.compile(expression.right, scope);
    const { operator } = expression;
    if ((operator === '==' || operator === '!=') && isPlainLiteral(expression.right)) {
      const constant = literalValue(expression.right);
      const [same, different] = operator === '==' ? [TRUE, FALSE] : [FALSE, TRUE];
      return (frame) => {
        const value = left(frame);
        if (value.kind === 'null') return different;
        if (value.kind !== 'unknown' && value.kind !== 'error' && value.kind !== 'resource') {
          return isEqual(value, constant) === true ? same : different;
        }
        return placed(applyBinary(operator, value, constant), expression);
      };
    }
    return (frame) => placed(applyBinary(operator, left(frame), right(frame)), expression);
  }

  #logical(expression: LogicalExpression, scope: Scope): Evaluator {
    const operands = expression.operands.map((operand) => this.compile(operand, scope));
    const isDeciding = expression.operator === '||';
    return (frame) => {
      let pending: RuntimeValue[] | undefined;
      let error: ErrorValue | undefined;
      for (const operand of operands) {
        const value = operand(frame);
        if (value.kind === 'bool') {
          if (value.value === isDeciding) return value;
        } else if (value.kind === 'unknown') {
          pending ??= [];
          pending.push(value);
        } else error ??= toBoolError(value);
      }
      if (pending !== undefined) return unknownFrom(pending);
      return error === undefined ? toBool(!isDeciding) : placed(error, expression);
    };
  }

  #comprehension(expression: ComprehensionExpression, scope: Scope): Evaluator {
    const range = this.compile(expression.range, scope);
    const slots = expression.names.map(() => scope.slots.next());
    this.compilation.slots.set(expression, slots);
    const [first = 0, second] = slots;
    const bindings = expression.names.map((name, index): [string, Binding] => [
      name,
      { kind: 'slot', slot: slots[index] ?? first },
    ]);
    const inner = scope.inner(new Map(bindings));
    const body = counted(this.compile(expression.body, inner));
    const filter = expression.filter === undefined ? undefined : counted(this.compile(expression.filter, inner));
    const isDeciding = expression.macro === 'exists' ? true : expression.macro === 'all' ? false : undefined;
    const quick =
      isDeciding === undefined || second !== undefined
        ? undefined
        : (list: RuntimeValue, frame: Frame) => quantifyPlain(list, isDeciding, first, body, frame);
    return (frame) => {
      const over = range(frame);
      const answer = quick?.(over, frame);
      if (answer !== undefined) return answer;
      const bind = (key: RuntimeValue, value: RuntimeValue) => {
        frame.slots[first] = second === undefined ? value : key;
        if (second !== undefined) frame.slots[second] = value;
      };
      const value = comprehend(expression.macro, over, second !== undefined, {
        filter:
          filter === undefined
            ? undefined
            : (visit) => {
                bind(visit.key, visit.value);
                return filter(frame);
              },
        body: (visit) => {
          bind(visit.key, visit.value);
          return body(frame);
        },
      });
      return placed(value, expression);
    };
  }
}

/** SAFETY: how many elements the macros of one policy go through for one resource: macros in macros multiply. */
const maxVisits = 500_000;

/** What is evaluated for an element, unless there were too many. */
function counted(evaluate: Evaluator): Evaluator {
  return (frame) => {
    frame.visits = (frame.visits ?? 0) + 1;
    if (frame.visits <= maxVisits) return evaluate(frame);
    frame.limit ??= overLimit(`more than ${maxVisits} elements are gone through`);
    return frame.limit;
  };
}

/** Gives an error its place in the expression: the innermost part that failed. */
function placed(value: RuntimeValue, { start, end }: Expression): RuntimeValue {
  return value.kind === 'error' && value.start === undefined ? { ...value, start, end } : value;
}

/** `all` and `exists` over a list that is all there; undefined where an element's answer is no boolean. */
function quantifyPlain(
  list: RuntimeValue,
  isDeciding: boolean,
  slot: number,
  body: Evaluator,
  frame: Frame,
): RuntimeValue | undefined {
  if (list.kind !== 'list' || list.existence !== undefined || list.rest !== undefined) return undefined;
  for (const element of list.elements) {
    frame.slots[slot] = element;
    const answer = body(frame);
    if (answer.kind !== 'bool') return undefined;
    if (answer.value === isDeciding) return answer;
  }
  return toBool(!isDeciding);
}

function takesCount({ signatures }: FunctionDefinition, count: number): boolean {
  return signatures.some((signature) => parseSignature(signature).parameters.length === count);
}

function failing(expression: Expression, message: string): Evaluator {
  const error = placed(policyError(message), expression);
  return () => error;
}

/** `a.b.c`, where it is names only. */
export function dottedName(expression: Expression): string | undefined {
  if (expression.kind === 'identifier') return expression.name;
  if (expression.kind !== 'select' || expression.isOptional || expression.isTest) return undefined;
  const operand = dottedName(expression.operand);
  return operand === undefined ? undefined : `${operand}.${expression.field}`;
}

function isPlainLiteral(expression: Expression): expression is LiteralExpression {
  return expression.kind === 'literal' && expression.type !== 'null';
}

function readIndex(operand: RuntimeValue, index: RuntimeValue, isOptional: boolean): RuntimeValue {
  if (operand.kind === 'optional') {
    if (operand.value === undefined) return operand;
    const inner = readIndex(operand.value, index, true);
    return inner.kind === 'optional' && inner.value !== undefined && operand.perhaps !== undefined
      ? { ...inner, perhaps: operand.perhaps }
      : inner;
  }
  if (!isOptional) return elementAt(operand, index);
  const value = elementAt(operand, index);
  const isMissing =
    value.kind === 'error' && (operand.kind === 'list' || operand.kind === 'map') && index.kind !== 'error';
  return isMissing ? { kind: 'optional' } : toPresent(value, operand);
}

/** Null in a map of an expression is a value; in a resource it is none. */
function toPresent(value: RuntimeValue, operand: RuntimeValue): RuntimeValue {
  if (value.kind === 'null' && operand.kind === 'map') return { kind: 'optional', value };
  return toOptional(value);
}

function choose(condition: RuntimeValue, whenTrue: () => RuntimeValue, whenFalse: () => RuntimeValue): RuntimeValue {
  if (condition.kind === 'bool') return condition.value ? whenTrue() : whenFalse();
  if (condition.kind === 'error') return condition;
  if (condition.kind !== 'unknown') return toBoolError(condition);
  return joinOutcomes([whenTrue(), whenFalse()], [condition]);
}
