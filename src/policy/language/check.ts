import type { Shape } from '../../model/shape.js';
import { suggest } from '../../source/suggest.js';
import type {
  ComprehensionExpression,
  Expression,
  IndexExpression,
  LiteralExpression,
  SelectExpression,
  UndeterminedReading,
} from './ast.js';
import { checkBinary } from './check-binary.js';
import { checkCall } from './check-call.js';
import type { CheckContext, CheckOptions, TypeProblem, TypeScope } from './check-context.js';
import { dottedName } from './compile.js';
import {
  BOOL_TYPE,
  DYN,
  fromShape,
  INT_TYPE,
  isNullable,
  isNumberKind,
  joinTypes,
  matchesType,
  type ObjectType,
  renderType,
  STRING_TYPE,
  type StaticType,
  withoutNull,
} from './static-type.js';

/** Checks expressions against the shapes of the resource types, and notes on them what unset attributes read as. */
export class Checker implements CheckContext {
  readonly problems: TypeProblem[] = [];
  readonly options: CheckOptions;

  constructor(options: CheckOptions) {
    this.options = options;
  }

  error({ start, end }: { readonly start: number; readonly end: number }, message: string): void {
    this.problems.push({ severity: 'error', message, start, end });
  }

  warn({ start, end }: { readonly start: number; readonly end: number }, message: string): void {
    this.problems.push({ severity: 'warning', message, start, end });
  }

  check(expression: Expression, scope: TypeScope): StaticType {
    switch (expression.kind) {
      case 'literal':
        return literalType(expression);
      case 'identifier':
        return this.#identifier(expression, scope);
      case 'select':
        return this.#select(expression, scope);
      case 'index':
        return this.#index(expression, scope);
      case 'call':
        return checkCall(this, expression, scope);
      case 'unary':
        return this.#unary(expression, scope);
      case 'binary':
        return checkBinary(this, expression, scope);
      case 'logical':
        for (const operand of expression.operands) this.#boolean(operand, scope, `"${expression.operator}"`);
        return BOOL_TYPE;
      case 'conditional': {
        this.#boolean(expression.condition, scope, '"?"');
        return joinTypes(this.check(expression.whenTrue, scope), this.check(expression.whenFalse, scope));
      }
      case 'list': {
        const types = expression.elements.map(({ value, isOptional }) => {
          const type = this.check(value, scope);
          return isOptional && type.kind === 'optional' ? type.value : type;
        });
        return { kind: 'list', element: joinAll(types) };
      }
      case 'map': {
        const keys = expression.entries.map(({ key }) => this.check(key, scope));
        const values = expression.entries.map(({ value, isOptional }) => {
          const type = this.check(value, scope);
          return isOptional && type.kind === 'optional' ? type.value : type;
        });
        return { kind: 'map', key: joinAll(keys), value: joinAll(values) };
      }
      case 'comprehension':
        return this.#comprehension(expression, scope);
    }
  }

  /** Checks a condition: a boolean that is never null. */
  checkCondition(expression: Expression, scope: TypeScope, what: string): void {
    this.#boolean(expression, scope, what);
  }

  #boolean(expression: Expression, scope: TypeScope, what: string): void {
    const type = this.check(expression, scope);
    if (type.kind === 'dyn') return;
    if (type.kind !== 'bool') {
      this.error(expression, `${what} needs a boolean, not ${renderType(type)}.`);
    } else if (isNullable(type)) {
      this.error(expression, `${what} needs a boolean, and the attribute may not be set: write "== true".`);
    }
  }

  #identifier(expression: Extract<Expression, { kind: 'identifier' }>, scope: TypeScope): StaticType {
    const name = expression.name.replace(/^\./, '');
    const type = scope.get(name);
    if (type !== undefined) return type;
    if (TYPE_NAMES.has(name)) return { kind: 'type' };
    const names = [...scope.keys()].filter((known) => !known.includes('.'));
    this.error(expression, `"${name}" is not known here.${suggest(name, names)}`);
    return DYN;
  }

  #select(expression: SelectExpression, scope: TypeScope): StaticType {
    const dotted = expression.isOptional || expression.isTest ? undefined : dottedName(expression);
    const whole = dotted === undefined ? undefined : scope.get(dotted.replace(/^\./, ''));
    if (whole !== undefined) return whole;
    if (dotted !== undefined && TYPE_NAMES.has(dotted)) return { kind: 'type' };
    const { operand, field } = expression;
    if (operand.kind === 'identifier' && (operand.name === 'variables' || operand.name === 'parameters')) {
      return this.#missingName(expression, operand.name, scope);
    }
    const base = this.check(operand, scope);
    const type = this.#field(base, field, expression);
    if (expression.isTest) return BOOL_TYPE;
    if (expression.isOptional && type.kind !== 'optional') return { kind: 'optional', value: withoutNull(type) };
    return type;
  }

  #missingName(expression: SelectExpression, space: 'variables' | 'parameters', scope: TypeScope): StaticType {
    const names = [...scope.keys()]
      .filter((name) => name.startsWith(`${space}.`))
      .map((name) => name.slice(space.length + 1));
    const what = space === 'variables' ? 'variable' : 'parameter';
    const place = fieldPlace(expression);
    this.error(place, `There is no ${what} "${expression.field}".${suggest(expression.field, names)}`);
    return DYN;
  }

  #field(base: StaticType, field: string, expression: SelectExpression): StaticType {
    switch (base.kind) {
      case 'object':
        return this.#attribute(base, field, expression);
      case 'map':
        return base.value;
      case 'optional': {
        const inner = this.#field(base.value, field, expression);
        return expression.isTest ? BOOL_TYPE : { kind: 'optional', value: withoutNull(inner) };
      }
      case 'dyn':
        return DYN;
      default:
        this.error(fieldPlace(expression), `${renderType(base)} has no attribute "${field}".${listHint(base)}`);
        return DYN;
    }
  }

  #attribute(base: ObjectType, field: string, expression: SelectExpression): StaticType {
    let type: StaticType | undefined;
    const undetermined: Record<string, UndeterminedReading> = {};
    let empty: 'list' | 'map' | undefined;
    for (const { type: resourceType, path, shape } of base.shapes) {
      const found = shape.fields.get(field);
      if (found === undefined) {
        const where = path === '' ? `"${resourceType}"` : `"${path}" of "${resourceType}"`;
        this.error(
          fieldPlace(expression),
          `${where} has no attribute "${field}".${suggest(field, shape.fields.keys())}`,
        );
        return DYN;
      }
      const own = path === '' ? field : `${path}.${field}`;
      if (found.unset?.kind === 'undetermined') undetermined[resourceType] = found.unset;
      if (found.unanswered === true && this.options.isShipped === true) {
        this.error(
          fieldPlace(expression),
          `Nothing is known of "${own}" of "${resourceType}" where it is not set: the type's table needs an answer.`,
        );
      }
      empty = emptyKind(found) ?? empty;
      const next = fromShape(found, resourceType, own);
      type = type === undefined ? next : joinTypes(type, next);
    }
    const isUndetermined = Object.keys(undetermined).length > 0;
    expression.unset =
      empty === undefined && !isUndetermined
        ? undefined
        : { empty, undetermined: isUndetermined ? undetermined : undefined };
    return type ?? DYN;
  }

  #index(expression: IndexExpression, scope: TypeScope): StaticType {
    const base = this.check(expression.operand, scope);
    const index = this.check(expression.index, scope);
    const type = this.#element(base, index, expression);
    if (base.kind === 'list' || base.kind === 'map') {
      const inner = base.kind === 'list' ? base.element : base.value;
      const empty =
        base.isAttribute === true && inner.kind === 'list' ? 'list' : inner.kind === 'map' ? 'map' : undefined;
      if (base.isAttribute === true && empty !== undefined) expression.unset = { empty };
    }
    if (expression.isOptional && type.kind !== 'optional') return { kind: 'optional', value: withoutNull(type) };
    return type;
  }

  #element(base: StaticType, index: StaticType, expression: IndexExpression): StaticType {
    switch (base.kind) {
      case 'dyn':
        return DYN;
      case 'list':
        if (!isNumberKind(index) && index.kind !== 'dyn') {
          this.error(expression.index, `A list's index is a number, not ${renderType(index)}.`);
        }
        return base.isAttribute === true && 'nullable' in base.element
          ? { ...base.element, nullable: true }
          : base.element;
      case 'map':
        if (!matchesType(base.key, index, new Map())) {
          this.error(expression.index, `The map's keys are ${renderType(base.key)}, not ${renderType(index)}.`);
        }
        return base.value;
      case 'optional':
        return { kind: 'optional', value: this.#element(base.value, index, expression) };
      case 'object':
        if (expression.index.kind === 'literal' && expression.index.type === 'string') {
          const { index: key, operand, start, end } = expression;
          const select: SelectExpression = {
            kind: 'select',
            operand,
            field: expression.index.value,
            fieldStart: key.start,
            isOptional: false,
            isTest: false,
            start,
            end,
          };
          const type = this.#attribute(base, select.field, select);
          expression.unset = select.unset;
          return type;
        }
        return DYN;
      default:
        this.error(expression, `${renderType(base)} has no elements.`);
        return DYN;
    }
  }

  #unary(expression: Extract<Expression, { kind: 'unary' }>, scope: TypeScope): StaticType {
    if (expression.operator === '!') {
      this.#boolean(expression.operand, scope, '"!"');
      this.#warnOfAbsence(expression.operand, scope);
      return BOOL_TYPE;
    }
    const type = this.check(expression.operand, scope);
    const isNumber = type.kind === 'dyn' || type.kind === 'int' || type.kind === 'double' || type.kind === 'number';
    if (!isNumber) this.error(expression, `"-" does not take ${renderType(type)}.`);
    return withoutNull(type);
  }

  /** `!(a < b)` and `!a.matches(…)` are true where the attribute is not set. */
  #warnOfAbsence(operand: Expression, scope: TypeScope): void {
    const quiet = new Checker(this.options);
    if (operand.kind === 'binary' && ['<', '<=', '>', '>='].includes(operand.operator)) {
      const isAbsent = [operand.left, operand.right].some((side) => isNullable(quiet.check(side, scope)));
      if (isAbsent)
        this.warn(
          operand,
          'A comparison with an attribute that is not set is false, so that "!" makes absence pass: write the opposite comparison.',
        );
    }
    if (operand.kind === 'call' && operand.name === 'matches' && operand.target !== undefined) {
      if (isNullable(quiet.check(operand.target, scope))) {
        this.warn(
          operand,
          '"matches" is false for an attribute that is not set, so that "!" makes absence pass: compare it with null as well.',
        );
      }
    }
  }

  #comprehension(expression: ComprehensionExpression, scope: TypeScope): StaticType {
    const range = this.check(expression.range, scope);
    const [key, value] = this.#rangeTypes(expression, range);
    const inner = new Map(scope);
    const [first = '', second] = expression.names;
    for (const name of scope.keys())
      if (name.startsWith(`${first}.`) || (second !== undefined && name.startsWith(`${second}.`))) inner.delete(name);
    inner.set(first, second === undefined ? value : key);
    if (second !== undefined) inner.set(second, value);
    const what = `"${expression.macro}"`;
    if (expression.filter !== undefined) this.#boolean(expression.filter, inner, what);
    switch (expression.macro) {
      case 'all':
      case 'exists':
      case 'exists_one':
        this.#boolean(expression.body, inner, what);
        return BOOL_TYPE;
      case 'filter':
        this.#boolean(expression.body, inner, what);
        return { kind: 'list', element: value };
      case 'map':
      case 'transformList':
        return { kind: 'list', element: this.check(expression.body, inner) };
      case 'transformMap':
        return { kind: 'map', key, value: this.check(expression.body, inner) };
      case 'transformMapEntry':
        return this.check(expression.body, inner);
      case 'optMap':
        return { kind: 'optional', value: this.check(expression.body, inner) };
      case 'optFlatMap':
        return this.check(expression.body, inner);
    }
  }

  /** The types of index or key, and of what one name is bound to. */
  #rangeTypes(expression: ComprehensionExpression, range: StaticType): readonly [StaticType, StaticType] {
    const hasTwo = expression.names.length === 2;
    if (range.kind === 'optional') return [DYN, range.value];
    if (range.kind === 'list') return [INT_TYPE, range.element];
    if (range.kind === 'map') return [range.key, hasTwo ? withoutNull(range.value) : range.key];
    if (range.kind !== 'dyn') {
      const isBlock = range.kind === 'object';
      this.error(
        expression.range,
        `"${expression.macro}" needs a list or a map, not ${isBlock ? 'a single block' : renderType(range)}.`,
      );
    }
    return [DYN, DYN];
  }
}

const TYPE_NAMES = new Set([
  'int',
  'uint',
  'double',
  'bool',
  'string',
  'bytes',
  'list',
  'map',
  'null_type',
  'type',
  'optional_type',
  'google.protobuf.Timestamp',
  'google.protobuf.Duration',
  'net.IP',
  'net.CIDR',
]);

function listHint(base: StaticType): string {
  return base.kind === 'list' ? ' It is a list: use "exists" or "all".' : '';
}

function emptyKind(shape: Shape): 'list' | 'map' | undefined {
  if (shape.kind === 'list' || shape.kind === 'set') return 'list';
  return shape.kind === 'map' ? 'map' : undefined;
}

function fieldPlace({ fieldStart, field }: SelectExpression): { start: number; end: number } {
  return { start: fieldStart, end: fieldStart + field.length };
}

function joinAll(types: readonly StaticType[]): StaticType {
  return types.length === 0 ? DYN : types.reduce(joinTypes);
}

function literalType({ type }: LiteralExpression): StaticType {
  return type === 'string' ? STRING_TYPE : { kind: type };
}
