import type {
  AttributeAccess,
  BinaryOperator,
  CallExpression,
  Expression,
  LiteralExpression,
  Node,
  ObjectItem,
  SplatStep,
  TemplateExpression,
  TemplatePart,
} from './ast.js';
import { makeLiteral } from './constructors.js';
import { namespacedName } from './names.js';
import { at as integerAt, placeOf, readList, type Tape } from './native-parser.js';
import { toNfc } from './nfc.js';
import * as Kind from './tape.js';

/** By the numbers that `tape.ts` gives them. */
const operators: readonly BinaryOperator[] = [
  '||',
  '||',
  '&&',
  '==',
  '!=',
  '>',
  '>=',
  '<',
  '<=',
  '+',
  '-',
  '*',
  '/',
  '%',
];
const forms: readonly TemplateExpression['form'][] = ['quoted', 'heredoc', 'json'];

/**
 * Where a node finds what it builds only when it is asked. Symbols, so that it is no property of the tree to whoever looks
 * over all properties of a node.
 */
const TAPE = Symbol('tape');
const AT = Symbol('at');

/** The expression whose record stands at an index, with all that it is built of. */
export function expressionAt(tape: Tape, at: number): Expression {
  const { integers } = tape;
  const from = integers[at + 1] ?? 0;
  const to = integers[at + 2] ?? 0;
  const start = tape.isMoved ? placeOf(tape, from) : from;
  const end = tape.isMoved ? placeOf(tape, to) : to;
  switch ((integers[at] ?? 0) & Kind.KIND_MASK) {
    case Kind.PLAIN:
    case Kind.WORD:
      return new PlainTemplate(tape, at, start, end);
    case Kind.VARIABLE:
      return { kind: 'variable', start, end, name: tape.text.slice(from, to) };
    case Kind.GET_ATTRIBUTE: {
      const object = expressionAt(tape, integers[at + 3] ?? 0);
      const nameAt = integers[at + 4] ?? 0;
      return new NativeAccess(object, tape.text.slice(nameAt, to), end, tape.isMoved ? placeOf(tape, nameAt) : nameAt);
    }
    case Kind.NUMBER:
      return new NativeNumber(tape, at, start, end);
    case Kind.TRUE:
      return makeLiteral(start, end, true);
    case Kind.FALSE:
      return makeLiteral(start, end, false);
    case Kind.NULL:
      return makeLiteral(start, end, null);
    case Kind.TEMPLATE:
      return templateAt(tape, at);
    case Kind.CALL:
      return new NativeCall(tape, at, start, end);
    case Kind.ERROR:
      return { kind: 'error', start, end };
    default:
      return compoundAt(tape, at, start, end);
  }
}

/** An expression of several others. */
function compoundAt(tape: Tape, at: number, start: number, end: number): Expression {
  const header = integerAt(tape, at);
  const isMarked = (header & Kind.MARK) !== 0;
  const isConstant = (header & Kind.CONSTANT) !== 0;
  switch (header & Kind.KIND_MASK) {
    case Kind.TUPLE:
      return { kind: 'tuple', start, end, elements: expressionsAt(tape, at + 3), isConstant, memo: undefined };
    case Kind.OBJECT:
      return { kind: 'object', start, end, items: itemsAt(tape, at + 3), isConstant, memo: undefined };
    case Kind.INDEX: {
      const collection = child(tape, at + 3);
      return { kind: 'index', start, end, collection, key: child(tape, at + 4), isLegacy: isMarked };
    }
    case Kind.SPLAT: {
      const source = child(tape, at + 3);
      return { kind: 'splat', start, end, source, isFull: isMarked, each: stepsAt(tape, at + 4) };
    }
    case Kind.BINARY: {
      const operator = operators[header >> Kind.DATA_SHIFT] ?? '||';
      return { kind: 'binary', start, end, operator, left: child(tape, at + 3), right: child(tape, at + 4) };
    }
    case Kind.UNARY: {
      const operator = header >> Kind.DATA_SHIFT === 0 ? '!' : '-';
      return { kind: 'unary', start, end, operator, operand: child(tape, at + 3) };
    }
    case Kind.CONDITIONAL: {
      const condition = child(tape, at + 3);
      const whenTrue = child(tape, at + 4);
      // biome-ignore lint/suspicious/noThenProperty: the tree's word; nothing awaits it.
      return { kind: 'conditional', start, end, condition, then: whenTrue, else: child(tape, at + 5) };
    }
    case Kind.FOR:
      return forAt(tape, at, start, end);
    case Kind.PARENTHESIS:
      return { kind: 'parenthesis', start, end, expression: child(tape, at + 3) };
    default:
      return { kind: 'error', start, end };
  }
}

/** The expression whose index stands at an index. */
function child(tape: Tape, at: number): Expression {
  return expressionAt(tape, tape.integers[at] ?? 0);
}

/** The expressions of a list. */
function expressionsAt(tape: Tape, at: number): readonly Expression[] {
  return readList(tape, at + 1, integerAt(tape, at), expressionAt);
}

function itemsAt(tape: Tape, at: number): readonly ObjectItem[] {
  const items = new Array<ObjectItem>(integerAt(tape, at));
  for (let i = 0; i < items.length; i++) {
    const key = child(tape, at + 1 + 2 * i);
    const value = child(tape, at + 2 + 2 * i);
    items[i] = { start: key.start, end: Math.max(key.end, value.end), key, value };
  }
  return items;
}

function forAt(tape: Tape, at: number, start: number, end: number): Expression {
  const isGrouped = (integerAt(tape, at) & Kind.MARK) !== 0;
  const keyVariable = variableAt(tape, at + 3);
  const valueVariable = variableAt(tape, at + 5) ?? '';
  const collection = child(tape, at + 7);
  const key = integerAt(tape, at + 8) === 0 ? undefined : child(tape, at + 8);
  const value = child(tape, at + 9);
  const condition = integerAt(tape, at + 10) === 0 ? undefined : child(tape, at + 10);
  return { kind: 'for', start, end, keyVariable, valueVariable, collection, key, value, isGrouped, condition };
}

/** The variable of a `for` whose start and end stand at an index. */
function variableAt(tape: Tape, at: number): string | undefined {
  const start = integerAt(tape, at);
  return start < 0 ? undefined : tape.text.slice(start, integerAt(tape, at + 1));
}

function stepsAt(tape: Tape, at: number): readonly SplatStep[] {
  return readList(tape, at + 1, integerAt(tape, at), stepAt);
}

function stepAt(tape: Tape, at: number): SplatStep {
  const header = integerAt(tape, at);
  const range = rangeAt(tape, at);
  switch (header & Kind.KIND_MASK) {
    case Kind.STEP_ATTRIBUTE:
      return { kind: 'attribute', name: tape.text.slice(integerAt(tape, at + 3), integerAt(tape, at + 2)), range };
    case Kind.STEP_INDEX:
      return { kind: 'index', key: child(tape, at + 3), range };
    default:
      return { kind: 'splat', isFull: (header & Kind.MARK) !== 0, each: stepsAt(tape, at + 3), range };
  }
}

function rangeAt(tape: Tape, at: number): Node {
  return { start: placeOf(tape, integerAt(tape, at + 1)), end: placeOf(tape, integerAt(tape, at + 2)) };
}

/** The template whose record stands at an index. */
export function templateAt(tape: Tape, at: number): TemplateExpression {
  const header = integerAt(tape, at);
  const form = forms[header >> Kind.DATA_SHIFT] ?? 'quoted';
  const { start, end } = rangeAt(tape, at);
  const isConstant = (header & Kind.CONSTANT) !== 0;
  const parts = partsAt(tape, at + 3);
  return { kind: 'template', form, start, end, parts, text: undefined, isConstant, memo: undefined };
}

/** The parts of a list: of a template, its list stands behind its end. */
export function partsAt(tape: Tape, at: number): readonly TemplatePart[] {
  return readList(tape, at + 1, integerAt(tape, at), partAt);
}

function partAt(tape: Tape, at: number): TemplatePart {
  const { start, end } = rangeAt(tape, at);
  switch (integerAt(tape, at) & Kind.KIND_MASK) {
    case Kind.TEXT:
      return { kind: 'text', start, end, value: textValue(tape, at) };
    case Kind.IF: {
      const condition = child(tape, at + 3);
      const whenTrue = partsAt(tape, integerAt(tape, at + 4));
      const otherwise = integerAt(tape, at + 5) === 0 ? undefined : partsAt(tape, integerAt(tape, at + 5));
      // biome-ignore lint/suspicious/noThenProperty: the tree's word; nothing awaits it.
      return { kind: 'if', start, end, condition, then: whenTrue, else: otherwise };
    }
    case Kind.FOR_PART: {
      const keyVariable = variableAt(tape, at + 3);
      const valueVariable = variableAt(tape, at + 5) ?? '';
      const body = partsAt(tape, integerAt(tape, at + 8));
      return { kind: 'for', start, end, keyVariable, valueVariable, collection: child(tape, at + 7), body };
    }
    default:
      return { kind: 'interpolation', start, end, expression: child(tape, at + 3) };
  }
}

/** The value of a TEXT. */
export function textValue(tape: Tape, at: number): string {
  const header = integerAt(tape, at);
  const from = (header & Kind.DECODED) === 0 ? tape.text : tape.decoded;
  const text = from.slice(integerAt(tape, at + 3), integerAt(tape, at + 4));
  return (header & Kind.HIGH) === 0 ? text : toNfc(text);
}

/** The value of a PLAIN string. */
export function plainText(tape: Tape, at: number): string {
  const text = tape.text.slice(integerAt(tape, at + 1) + 1, integerAt(tape, at + 2) - 1);
  return (integerAt(tape, at) & Kind.HIGH) === 0 ? text : toNfc(text);
}

/** A string that holds nothing but its text, or a bare word as a key. */
class PlainTemplate implements TemplateExpression {
  declare readonly kind: 'template';
  declare readonly form: 'quoted';
  declare readonly start: number;
  declare readonly end: number;
  declare readonly text: undefined;
  declare readonly isConstant: true;
  declare memo: object | undefined;
  declare readonly [TAPE]: Tape;
  declare readonly [AT]: number;

  constructor(tape: Tape, at: number, start: number, end: number) {
    this.start = start;
    this.end = end;
    this.memo = undefined;
    this[TAPE] = tape;
    this[AT] = at;
  }

  get parts(): readonly TemplatePart[] {
    const tape = this[TAPE];
    const at = this[AT];
    const from = integerAt(tape, at + 1);
    const to = integerAt(tape, at + 2);
    if ((integerAt(tape, at) & Kind.KIND_MASK) === Kind.WORD) {
      return [{ kind: 'text', start: this.start, end: this.end, value: tape.text.slice(from, to) }];
    }
    if (to - from === 2) return [];
    const [start, end] = [placeOf(tape, from + 1), placeOf(tape, to - 1)];
    return [{ kind: 'text', start, end, value: plainText(tape, at) }];
  }
}

class NativeNumber implements LiteralExpression {
  declare readonly kind: 'literal';
  declare readonly start: number;
  declare readonly end: number;
  declare readonly isConstant: true;
  declare memo: object | undefined;
  declare readonly [TAPE]: Tape;
  declare readonly [AT]: number;

  constructor(tape: Tape, at: number, start: number, end: number) {
    this.start = start;
    this.end = end;
    this.memo = undefined;
    this[TAPE] = tape;
    this[AT] = at;
  }

  get value(): { readonly number: string } {
    const [tape, at] = [this[TAPE], this[AT]];
    return { number: tape.text.slice(integerAt(tape, at + 1), integerAt(tape, at + 2)) };
  }
}

class NativeAccess implements AttributeAccess {
  declare readonly kind: 'get-attribute';
  declare readonly start: number;
  declare readonly end: number;
  declare readonly object: Expression;
  declare readonly name: string;
  declare readonly [AT]: number;

  constructor(object: Expression, name: string, end: number, nameAt: number) {
    this.start = object.start;
    this.end = end;
    this.object = object;
    this.name = name;
    this[AT] = nameAt;
  }

  get nameRange(): Node {
    return { start: this[AT], end: this.end };
  }
}

class NativeCall implements CallExpression {
  declare readonly kind: 'call';
  declare readonly start: number;
  declare readonly end: number;
  declare readonly name: string;
  declare readonly arguments: readonly Expression[];
  declare readonly isExpanded: boolean;
  declare readonly [AT]: number;

  constructor(tape: Tape, at: number, start: number, end: number) {
    const { integers } = tape;
    const nameEnd = integers[at + 3] ?? 0;
    const words = integers[at + 4] ?? 0;
    this.start = start;
    this.end = end;
    this.name = words === 0 ? tape.text.slice(integers[at + 1], nameEnd) : namespacedName(tape, words);
    this.arguments = expressionsAt(tape, at + 5);
    this.isExpanded = ((integers[at] ?? 0) & Kind.MARK) !== 0;
    this[AT] = tape.isMoved ? placeOf(tape, nameEnd) : nameEnd;
  }

  get nameRange(): Node {
    return { start: this.start, end: this[AT] };
  }
}

// What all of a class have in common stands on its prototype, which makes each of them that much smaller.
Object.assign(PlainTemplate.prototype, { kind: 'template', form: 'quoted', text: undefined, isConstant: true });
Object.assign(NativeNumber.prototype, { kind: 'literal', isConstant: true });
Object.assign(NativeAccess.prototype, { kind: 'get-attribute' });
Object.assign(NativeCall.prototype, { kind: 'call' });
