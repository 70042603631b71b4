/**
 * Expressions of the policy language (CEL) as plain data, so that checked policies can be shipped as JSON. `start` and
 * `end` are half-open UTF-16 offsets in the expression's text. Macros stay what they are (`comprehension`): their
 * three-valued meaning and the places they lead to depend on which macro it is.
 */
export type Expression =
  | LiteralExpression
  | IdentifierExpression
  | SelectExpression
  | IndexExpression
  | CallExpression
  | UnaryExpression
  | BinaryExpression
  | LogicalExpression
  | ConditionalExpression
  | ListExpression
  | MapExpression
  | ComprehensionExpression;

interface Spanned {
  readonly start: number;
  readonly end: number;
}

export type LiteralType = 'int' | 'uint' | 'double' | 'string' | 'bytes' | 'bool' | 'null';

export interface LiteralExpression extends Spanned {
  readonly kind: 'literal';
  readonly type: LiteralType;
  /** Integers and doubles as text (64 bits do not fit into a JSON number), bytes as Latin-1 text, booleans as words. */
  readonly value: string;
}

export interface IdentifierExpression extends Spanned {
  readonly kind: 'identifier';
  readonly name: string;
}

/** What an attribute reads as when it is not there, decided by the type checker from the shape. */
export interface UnsetReading {
  /** Empty for lists and maps; null where absent. */
  readonly empty?: 'list' | 'map' | undefined;
  /** Resource type → why the value of an unset attribute cannot be told. */
  readonly undetermined?: Readonly<Record<string, UndeterminedReading>> | undefined;
  /** The attribute is one that its resource's type does not say: nothing is known of its default. */
  readonly sensitive?: boolean | undefined;
}

export interface UndeterminedReading {
  readonly reason: string;
  readonly decidedBy?: string | undefined;
  readonly cause?: string | undefined;
}

export interface SelectExpression extends Spanned {
  readonly kind: 'select';
  readonly operand: Expression;
  readonly field: string;
  /** Where the field's name is. */
  readonly fieldStart: number;
  /** `.?field` */
  readonly isOptional: boolean;
  /** `has(operand.field)` */
  readonly isTest: boolean;
  /** Written by the type checker. */
  unset?: UnsetReading | undefined;
}

export interface IndexExpression extends Spanned {
  readonly kind: 'index';
  readonly operand: Expression;
  readonly index: Expression;
  /** `[?key]` */
  readonly isOptional: boolean;
  /** Written by the type checker. */
  unset?: UnsetReading | undefined;
}

export interface CallExpression extends Spanned {
  readonly kind: 'call';
  readonly name: string;
  /** Where the function's name is. */
  readonly nameStart: number;
  readonly target?: Expression | undefined;
  readonly arguments: readonly Expression[];
}

export interface UnaryExpression extends Spanned {
  readonly kind: 'unary';
  readonly operator: '!' | '-';
  readonly operand: Expression;
}

export type BinaryOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | '+' | '-' | '*' | '/' | '%';

export interface BinaryExpression extends Spanned {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}

/** A run of one operator: `a && b && c` has three operands. */
export interface LogicalExpression extends Spanned {
  readonly kind: 'logical';
  readonly operator: '&&' | '||';
  readonly operands: readonly Expression[];
}

export interface ConditionalExpression extends Spanned {
  readonly kind: 'conditional';
  readonly condition: Expression;
  readonly whenTrue: Expression;
  readonly whenFalse: Expression;
}

export interface ListExpression extends Spanned {
  readonly kind: 'list';
  readonly elements: readonly { readonly value: Expression; readonly isOptional: boolean }[];
}

export interface MapExpression extends Spanned {
  readonly kind: 'map';
  readonly entries: readonly { readonly key: Expression; readonly value: Expression; readonly isOptional: boolean }[];
}

export type Macro =
  | 'all'
  | 'exists'
  | 'exists_one'
  | 'map'
  | 'filter'
  | 'transformList'
  | 'transformMap'
  | 'transformMapEntry'
  | 'optMap'
  | 'optFlatMap';

export interface ComprehensionExpression extends Spanned {
  readonly kind: 'comprehension';
  readonly macro: Macro;
  readonly range: Expression;
  /** One name (the element, or a map's key), or two (index or key, and value). */
  readonly names: readonly string[];
  /** The condition of `map(x, condition, body)` and the transforming macros. */
  readonly filter?: Expression | undefined;
  readonly body: Expression;
}

/** The direct parts of an expression, in the order in which they are written. */
export function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'literal':
    case 'identifier':
      return [];
    case 'select':
    case 'unary':
      return [expression.operand];
    case 'index':
      return [expression.operand, expression.index];
    case 'call':
      return expression.target === undefined ? expression.arguments : [expression.target, ...expression.arguments];
    case 'binary':
      return [expression.left, expression.right];
    case 'logical':
      return expression.operands;
    case 'conditional':
      return [expression.condition, expression.whenTrue, expression.whenFalse];
    case 'list':
      return expression.elements.map(({ value }) => value);
    case 'map':
      return expression.entries.flatMap(({ key, value }) => [key, value]);
    case 'comprehension':
      return expression.filter === undefined
        ? [expression.range, expression.body]
        : [expression.range, expression.filter, expression.body];
  }
}
