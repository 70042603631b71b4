import type { BinaryExpression } from './ast.js';
import type { CheckContext, TypeScope } from './check-context.js';
import { BOOL_TYPE, DYN, isNumberKind, joinTypes, matchesType, renderType, type StaticType } from './static-type.js';

/** The type of a binary operator, and what cannot be said with it. */
export function checkBinary(checker: CheckContext, expression: BinaryExpression, scope: TypeScope): StaticType {
  const left = checker.check(expression.left, scope);
  const right = checker.check(expression.right, scope);
  const { operator } = expression;
  switch (operator) {
    case '==':
    case '!=':
      report(checker, expression, equalityProblem(left, right));
      return BOOL_TYPE;
    case '<':
    case '<=':
    case '>':
    case '>=':
      report(checker, expression, orderingProblem(operator, left, right));
      return BOOL_TYPE;
    case 'in':
      report(checker, expression, membershipProblem(left, right));
      return BOOL_TYPE;
    default: {
      const type = arithmeticType(operator, left, right);
      if (type === undefined) {
        report(checker, expression, `"${operator}" does not take ${renderType(left)} and ${renderType(right)}.`);
      }
      return type ?? DYN;
    }
  }
}

function report(checker: CheckContext, expression: BinaryExpression, message: string | undefined): void {
  if (message !== undefined) checker.error(expression, message);
}

function matchesEitherWay(a: StaticType, b: StaticType): boolean {
  return matchesType(a, b, new Map()) || matchesType(b, a, new Map());
}

function equalityProblem(left: StaticType, right: StaticType): string | undefined {
  const sides = [left, right];
  const hasNull = sides.some(({ kind }) => kind === 'null');
  const isCollection = (side: StaticType) => (side.kind === 'list' || side.kind === 'map') && side.isAttribute === true;
  if (hasNull && sides.some(isCollection)) {
    return 'A list or map is never null, an unset one is empty: ask for its "size()".';
  }
  if (sides.some((side) => side.kind === 'list' && side.isSet === true) && sides.every(({ kind }) => kind === 'list')) {
    return 'The attribute is a set, whose order means nothing: write "sets.equivalent(a, b)".';
  }
  if (hasNull || matchesEitherWay(left, right)) return undefined;
  return `${renderType(left)} and ${renderType(right)} are never equal.`;
}

const UNORDERED = new Set<StaticType['kind']>(['list', 'map', 'object', 'optional', 'type']);

function orderingProblem(operator: string, left: StaticType, right: StaticType): string | undefined {
  if (left.kind === 'null' || right.kind === 'null') return 'null has no order: compare with "==" or "!=".';
  const isMatch = matchesType(left, right, new Map()) || (isNumberKind(left) && isNumberKind(right));
  if (isMatch && !UNORDERED.has(left.kind) && !UNORDERED.has(right.kind)) return undefined;
  return `"${operator}" cannot compare ${renderType(left)} and ${renderType(right)}.`;
}

function membershipProblem(left: StaticType, right: StaticType): string | undefined {
  if (right.kind === 'dyn' || right.kind === 'object') return undefined;
  if (right.kind !== 'list' && right.kind !== 'map') return `"in" needs a list or a map, not ${renderType(right)}.`;
  const wanted = right.kind === 'list' ? right.element : right.key;
  if (left.kind === 'null' || wanted.kind === 'null' || matchesEitherWay(wanted, left)) return undefined;
  return `${renderType(left)} is never in ${renderType(right)}.`;
}

function arithmeticType(operator: string, left: StaticType, right: StaticType): StaticType | undefined {
  if (left.kind === 'list' || right.kind === 'list') {
    if (operator !== '+') return undefined;
    if (left.kind === 'list' && right.kind === 'list')
      return {
        ...joinTypes(left, right),
        kind: 'list',
        element: joinTypes(left.element, right.element),
        isAttribute: false,
      };
    return left.kind === 'dyn' || right.kind === 'dyn' ? { kind: 'list', element: DYN } : undefined;
  }
  if (left.kind === 'dyn' || right.kind === 'dyn') return DYN;
  if (isNumberKind(left) && isNumberKind(right)) {
    if (operator === '%' && (left.kind === 'double' || right.kind === 'double')) return undefined;
    if (left.kind === right.kind)
      return {
        kind:
          left.kind === 'number' ? 'number' : left.kind === 'int' ? 'int' : left.kind === 'uint' ? 'uint' : 'double',
      };
    return left.kind === 'number' || right.kind === 'number' ? { kind: 'number' } : undefined;
  }
  if (operator === '+' && left.kind === right.kind && (left.kind === 'string' || left.kind === 'bytes'))
    return { kind: left.kind };
  if (operator !== '+' && operator !== '-') return undefined;
  return timeType(operator, left, right);
}

function timeType(operator: '+' | '-', left: StaticType, right: StaticType): StaticType | undefined {
  const kinds = `${left.kind} ${right.kind}`;
  if (kinds === 'duration duration') return { kind: 'duration' };
  if (kinds === 'timestamp duration') return { kind: 'timestamp' };
  if (kinds === 'duration timestamp' && operator === '+') return { kind: 'timestamp' };
  return kinds === 'timestamp timestamp' && operator === '-' ? { kind: 'duration' } : undefined;
}
