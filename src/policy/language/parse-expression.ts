import type { BinaryOperator, Expression, LiteralType, Macro } from './ast.js';
import { ExpressionSyntaxError, lexExpression, type Token } from './lex-expression.js';

/** What is wrong with an expression, at half-open offsets in its text. */
export interface ExpressionProblem {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

export type ParsedExpression =
  | { readonly ok: true; readonly expression: Expression }
  | { readonly ok: false; readonly problem: ExpressionProblem };

/** SAFETY: how deeply an expression may be nested, and how long it may be. */
export const MAX_EXPRESSION_DEPTH = 250;
export const MAX_EXPRESSION_LENGTH = 100_000;

const RESERVED = new Set(
  'as break const continue else for function if import let loop package namespace return var void while'.split(' '),
);

/** Parses CEL (https://github.com/google/cel-spec/blob/master/doc/langdef.md#syntax) with optional syntax and macros. */
export function parseExpression(text: string): ParsedExpression {
  try {
    if (text.length > MAX_EXPRESSION_LENGTH) {
      throw new ExpressionSyntaxError(`The expression is longer than ${MAX_EXPRESSION_LENGTH} characters.`, 0, 1);
    }
    return { ok: true, expression: new Parser(lexExpression(text)).parse() };
  } catch (error) {
    if (!(error instanceof ExpressionSyntaxError)) throw error;
    return { ok: false, problem: { message: error.message, start: error.start, end: error.end } };
  }
}

class Parser {
  #at = 0;
  #depth = 0;
  readonly #tokens: readonly Token[];

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  parse(): Expression {
    const expression = this.#expression();
    const rest = this.#peek();
    if (rest.kind !== 'end') this.#fail(rest, `"${rest.text}" is not expected here.`);
    return expression;
  }

  #peek(ahead = 0): Token {
    const token = this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)];
    if (token === undefined) throw new ExpressionSyntaxError('The expression is empty.', 0, 0);
    return token;
  }

  #next(): Token {
    const token = this.#peek();
    this.#at++;
    return token;
  }

  #isSign(sign: string, ahead = 0): boolean {
    const token = this.#peek(ahead);
    return token.kind === 'sign' && token.text === sign;
  }

  #accept(sign: string): boolean {
    if (!this.#isSign(sign)) return false;
    this.#at++;
    return true;
  }

  #expect(sign: string): Token {
    const token = this.#peek();
    if (!this.#isSign(sign)) {
      this.#fail(token, `"${sign}" is missing${token.kind === 'end' ? ' at the end' : ` before "${token.text}"`}.`);
    }
    this.#at++;
    return token;
  }

  #fail(token: Token, message: string): never {
    throw new ExpressionSyntaxError(message, token.start, Math.max(token.end, token.start));
  }

  #deeper<T>(parse: () => T): T {
    if (++this.#depth > MAX_EXPRESSION_DEPTH) this.#fail(this.#peek(), 'The expression is nested too deeply.');
    const result = parse();
    this.#depth--;
    return result;
  }

  /** `Expr = ConditionalOr ["?" ConditionalOr ":" Expr]` */
  #expression(): Expression {
    return this.#deeper(() => {
      const condition = this.#logical('||', () => this.#logical('&&', () => this.#relation()));
      if (!this.#accept('?')) return condition;
      const whenTrue = this.#logical('||', () => this.#logical('&&', () => this.#relation()));
      this.#expect(':');
      const whenFalse = this.#expression();
      return {
        kind: 'conditional',
        condition,
        whenTrue,
        whenFalse,
        start: condition.start,
        end: whenFalse.end,
      };
    });
  }

  #logical(operator: '&&' | '||', operand: () => Expression): Expression {
    const first = operand();
    if (!this.#isSign(operator)) return first;
    const operands = [first];
    while (this.#accept(operator)) operands.push(operand());
    return { kind: 'logical', operator, operands, start: first.start, end: operands.at(-1)?.end ?? first.end };
  }

  #relation(): Expression {
    const operators: readonly BinaryOperator[] = ['==', '!=', '<', '<=', '>', '>=', 'in'];
    return this.#binary(operators, () =>
      this.#binary(['+', '-'], () => this.#binary(['*', '/', '%'], () => this.#unary())),
    );
  }

  #binary(operators: readonly BinaryOperator[], operand: () => Expression): Expression {
    let left = operand();
    for (;;) {
      const token = this.#peek();
      const operator = operators.find((candidate) => candidate === token.text);
      if (operator === undefined || (token.kind !== 'sign' && !(token.kind === 'identifier' && operator === 'in'))) {
        return left;
      }
      this.#at++;
      const right = operand();
      left = { kind: 'binary', operator, left, right, start: left.start, end: right.end };
    }
  }

  /** `Unary = Member | "!"{"!"} Member | "-"{"-"} Member` */
  #unary(): Expression {
    const token = this.#peek();
    const operator = token.kind === 'sign' && (token.text === '!' || token.text === '-') ? token.text : undefined;
    if (operator === undefined) return this.#member();
    this.#at++;
    const next = this.#peek();
    if (operator === '-' && (next.kind === 'int' || next.kind === 'double')) return this.#member(token);
    return this.#deeper(() => {
      const operand = this.#unary();
      return { kind: 'unary', operator, operand, start: token.start, end: operand.end };
    });
  }

  #member(minus?: Token): Expression {
    let operand = this.#primary(minus);
    for (let steps = 0; ; steps++) {
      if (steps > MAX_EXPRESSION_DEPTH) this.#fail(this.#peek(), 'The expression is nested too deeply.');
      if (this.#accept('.')) operand = this.#selection(operand);
      else if (this.#accept('[')) {
        const isOptional = this.#accept('?');
        const index = this.#expression();
        const end = this.#expect(']').end;
        operand = { kind: 'index', operand, index, isOptional, start: operand.start, end };
      } else return operand;
    }
  }

  #selection(operand: Expression): Expression {
    const isOptional = this.#accept('?');
    const name = this.#next();
    if (name.kind !== 'identifier' && name.kind !== 'quoted') this.#fail(name, 'A name is missing after ".".');
    if (!isOptional && name.kind === 'identifier' && this.#isSign('(')) {
      const call = this.#arguments();
      return (
        macroOf(name, operand, call.list, call.end) ?? {
          kind: 'call',
          name: name.text,
          nameStart: name.start,
          target: operand,
          arguments: call.list,
          start: operand.start,
          end: call.end,
        }
      );
    }
    if (name.kind === 'identifier' && name.text === 'in') this.#fail(name, '"in" cannot be a name.');
    return {
      kind: 'select',
      operand,
      field: name.text,
      fieldStart: name.start,
      isOptional,
      isTest: false,
      start: operand.start,
      end: name.end,
    };
  }

  #arguments(): { list: Expression[]; end: number } {
    this.#expect('(');
    const list: Expression[] = [];
    while (!this.#isSign(')')) {
      list.push(this.#expression());
      if (!this.#accept(',')) break;
    }
    return { list, end: this.#expect(')').end };
  }

  #primary(minus?: Token): Expression {
    const token = this.#next();
    const start = minus?.start ?? token.start;
    switch (token.kind) {
      case 'int':
      case 'uint':
      case 'double':
        return this.#number(token, minus === undefined ? token.text : `-${token.text}`, start);
      case 'string':
      case 'bytes':
        return { kind: 'literal', type: token.kind, value: token.text, start, end: token.end };
      case 'identifier':
        return this.#identifier(token, '');
      case 'sign':
        return this.#sign(token);
      default:
        return this.#fail(token, token.kind === 'end' ? 'The expression ends too early.' : 'A value is missing here.');
    }
  }

  #number(token: Token, text: string, start: number): Expression {
    const type: LiteralType = token.kind === 'uint' ? 'uint' : token.kind === 'double' ? 'double' : 'int';
    if (type === 'double') return { kind: 'literal', type, value: text, start, end: token.end };
    const value = text.startsWith('-') ? -BigInt(text.slice(1)) : BigInt(text);
    const [low, high] = type === 'uint' ? [0n, 2n ** 64n] : [-(2n ** 63n), 2n ** 63n];
    if (value < low || value >= high) this.#fail(token, `The number "${text}" does not fit into 64 bits.`);
    return { kind: 'literal', type, value: String(value), start, end: token.end };
  }

  #identifier(token: Token, prefix: string): Expression {
    const { text: name, start, end } = token;
    if (prefix === '' && (name === 'true' || name === 'false')) {
      return { kind: 'literal', type: 'bool', value: name, start, end };
    }
    if (prefix === '' && name === 'null') return { kind: 'literal', type: 'null', value: 'null', start, end };
    if (RESERVED.has(name) || name === 'in') this.#fail(token, `"${name}" is a reserved word.`);
    if (!this.#isSign('(')) return { kind: 'identifier', name: prefix + name, start, end };
    const call = this.#arguments();
    if (name === 'has' && call.list.length === 1) return presenceTest(call.list[0], start, call.end);
    return { kind: 'call', name: prefix + name, nameStart: start, arguments: call.list, start, end: call.end };
  }

  #sign(token: Token): Expression {
    switch (token.text) {
      case '(': {
        const inner = this.#expression();
        this.#expect(')');
        return inner;
      }
      case '[':
        return this.#list(token);
      case '{':
        return this.#map(token);
      case '.': {
        const name = this.#next();
        if (name.kind !== 'identifier') this.#fail(name, 'A name is missing after ".".');
        return this.#identifier(name, '.');
      }
      default:
        return this.#fail(token, `"${token.text}" is not expected here.`);
    }
  }

  #list(opening: Token): Expression {
    const elements: { value: Expression; isOptional: boolean }[] = [];
    while (!this.#isSign(']')) {
      const isOptional = this.#accept('?');
      elements.push({ value: this.#expression(), isOptional });
      if (!this.#accept(',')) break;
    }
    return { kind: 'list', elements, start: opening.start, end: this.#expect(']').end };
  }

  #map(opening: Token): Expression {
    const entries: { key: Expression; value: Expression; isOptional: boolean }[] = [];
    while (!this.#isSign('}')) {
      const isOptional = this.#accept('?');
      const key = this.#expression();
      this.#expect(':');
      entries.push({ key, value: this.#expression(), isOptional });
      if (!this.#accept(',')) break;
    }
    return { kind: 'map', entries, start: opening.start, end: this.#expect('}').end };
  }
}

function presenceTest(argument: Expression | undefined, start: number, end: number): Expression {
  if (argument?.kind !== 'select' || argument.isOptional || argument.isTest) {
    throw new ExpressionSyntaxError('"has" needs an attribute, as in "has(resource.logging)".', start, end);
  }
  return { ...argument, isTest: true, start, end };
}

/** Macro → how many arguments it may have, by the number of its names. */
const MACROS: Readonly<
  Record<string, { readonly macro: Macro; readonly one?: readonly number[]; readonly two?: readonly number[] }>
> = {
  all: { macro: 'all', one: [2], two: [3] },
  exists: { macro: 'exists', one: [2], two: [3] },
  exists_one: { macro: 'exists_one', one: [2], two: [3] },
  existsOne: { macro: 'exists_one', one: [2], two: [3] },
  map: { macro: 'map', one: [2, 3] },
  filter: { macro: 'filter', one: [2] },
  transformList: { macro: 'transformList', two: [3, 4] },
  transformMap: { macro: 'transformMap', two: [3, 4] },
  transformMapEntry: { macro: 'transformMapEntry', two: [3, 4] },
  optMap: { macro: 'optMap', one: [2] },
  optFlatMap: { macro: 'optFlatMap', one: [2] },
};

function macroOf(name: Token, range: Expression, list: readonly Expression[], end: number): Expression | undefined {
  const definition = MACROS[name.text];
  if (definition === undefined) return undefined;
  const count = definition.one?.includes(list.length) ? 1 : definition.two?.includes(list.length) ? 2 : 0;
  if (count === 0) return undefined;
  const names = list.slice(0, count).map((expression) => {
    if (expression.kind === 'identifier' && !expression.name.startsWith('.')) return expression.name;
    throw new ExpressionSyntaxError(
      `"${name.text}" needs a name here, as in "list.${name.text}(element, …)".`,
      expression.start,
      expression.end,
    );
  });
  if (names.length === 2 && names[0] === names[1]) {
    throw new ExpressionSyntaxError(`"${names[0]}" names two different things.`, name.start, end);
  }
  const body = list.at(-1);
  if (body === undefined) return undefined;
  const filter = list.length - count === 2 ? list[count] : undefined;
  return { kind: 'comprehension', macro: definition.macro, range, names, filter, body, start: range.start, end };
}
