import type { Diagnostic } from '../../source/diagnostic.js';
import type { SourceFile } from '../../source/source-file.js';
import type {
  Attribute,
  AttributeAccess,
  BinaryOperator,
  Block,
  Body,
  CallExpression,
  Comment,
  Expression,
  HclFile,
  Label,
  LiteralExpression,
  Node,
  ObjectItem,
  SplatStep,
  TemplateExpression,
  TemplatePart,
} from './ast.js';
import { makeLiteral, makeTemplate } from './constructors.js';
import { diagnosticsOf } from './messages.js';
import { namespacedName } from './names.js';
import type { Tape } from './native-parser.js';
import { toNfc } from './nfc.js';
import * as Kind from './tape.js';

const operators: readonly (BinaryOperator | undefined)[] = [
  undefined,
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
const commentStyles: readonly Comment['style'][] = ['#', '//', '/*'];
const templateForms: readonly TemplateExpression['form'][] = ['quoted', 'heredoc', 'json'];

/** A file of native syntax. The tree over its tape is built where somebody looks: bodies, then single expressions. */
export class NativeFile implements HclFile {
  readonly source: SourceFile;
  readonly syntax = 'native';
  readonly body: Body;
  readonly diagnostics: readonly Diagnostic[];
  readonly #tape: Tape;
  #comments: readonly Comment[] | undefined;

  constructor(tape: Tape) {
    this.source = tape.source;
    this.body = new NativeBody(tape, tape.root);
    this.diagnostics = diagnosticsOf(tape);
    this.#tape = tape;
  }

  get comments(): readonly Comment[] {
    this.#comments ??= commentsOf(this.#tape);
    return this.#comments;
  }
}

function commentsOf(tape: Tape): Comment[] {
  const comments: Comment[] = [];
  for (let at = tape.lastComment; at !== 0; at = tape.at(at + 3)) {
    const style = commentStyles[tape.at(at + 2)] ?? '#';
    comments.push({ start: tape.place(at), end: tape.place(at + 1), style });
  }
  return comments.reverse();
}

class NativeBody implements Body {
  declare readonly kind: 'body';
  declare readonly start: number;
  declare readonly end: number;
  declare readonly isIncomplete: boolean;
  readonly #tape: Tape;
  readonly #at: number;
  #attributes: readonly Attribute[] | undefined;
  #blocks: readonly Block[] | undefined;

  constructor(tape: Tape, at: number) {
    this.start = tape.place(at + 1);
    this.end = tape.place(at + 2);
    this.isIncomplete = (tape.at(at) & Kind.MARK) !== 0;
    this.#tape = tape;
    this.#at = at;
  }

  get attributes(): readonly Attribute[] {
    this.#attributes ??= this.#items(this.#at + 5, this.#tape.at(this.#at + 3), NativeAttribute);
    return this.#attributes;
  }

  get blocks(): readonly Block[] {
    const first = this.#at + 5 + this.#tape.at(this.#at + 3);
    this.#blocks ??= this.#items(first, this.#tape.at(this.#at + 4), NativeBlock);
    return this.#blocks;
  }

  #items<Item>(first: number, count: number, Item: new (tape: Tape, at: number) => Item): readonly Item[] {
    const items: Item[] = [];
    for (let i = first; i < first + count; i++) items.push(new Item(this.#tape, this.#tape.at(i)));
    return items;
  }
}

class NativeAttribute implements Attribute {
  declare readonly kind: 'attribute';
  declare readonly start: number;
  declare readonly end: number;
  declare readonly name: string;
  readonly #tape: Tape;
  readonly #at: number;
  #expression: Expression | undefined;

  constructor(tape: Tape, at: number) {
    this.start = tape.place(at + 1);
    this.end = tape.place(at + 2);
    this.name = tape.slice(tape.at(at + 1), tape.at(at + 3));
    this.#tape = tape;
    this.#at = at;
  }

  get nameRange(): Node {
    return { start: this.start, end: this.#tape.place(this.#at + 3) };
  }

  get expression(): Expression {
    this.#expression ??= expressionAt(this.#tape, this.#tape.at(this.#at + 4));
    return this.#expression;
  }
}

class NativeBlock implements Block {
  declare readonly kind: 'block';
  declare readonly start: number;
  declare readonly end: number;
  declare readonly type: string;
  declare memo: object | undefined;
  readonly #tape: Tape;
  readonly #at: number;
  #labels: readonly Label[] | undefined;
  #body: Body | undefined;

  constructor(tape: Tape, at: number) {
    this.start = tape.place(at + 1);
    this.end = tape.place(at + 2);
    this.type = tape.slice(tape.at(at + 1), tape.at(at + 3));
    this.memo = undefined;
    this.#tape = tape;
    this.#at = at;
  }

  get typeRange(): Node {
    return { start: this.start, end: this.#tape.place(this.#at + 3) };
  }

  get header(): Node {
    return { start: this.start, end: this.#tape.place(this.#at + 4) };
  }

  get labels(): readonly Label[] {
    this.#labels ??= listAt(this.#tape, this.#at + 6, labelAt);
    return this.#labels;
  }

  get body(): Body {
    this.#body ??= new NativeBody(this.#tape, this.#tape.at(this.#at + 5));
    return this.#body;
  }
}

/** The list whose count stands at an index. */
function listAt<Item>(tape: Tape, at: number, read: (tape: Tape, at: number) => Item): readonly Item[] {
  const items: Item[] = [];
  for (let i = at + 1; i <= at + tape.at(at); i++) items.push(read(tape, tape.at(i)));
  return items;
}

function labelAt(tape: Tape, at: number): Label {
  return { start: tape.place(at + 1), end: tape.place(at + 2), value: labelText(tape, at) };
}

function labelText(tape: Tape, at: number): string {
  const header = tape.at(at);
  const [start, end] = [tape.at(at + 1), tape.at(at + 2)];
  if ((header & Kind.KIND_MASK) === Kind.LABEL) return tape.slice(start, end);
  if ((header & Kind.KIND_MASK) === Kind.PLAIN) return plainText(tape, at);
  const count = tape.at(at + 3);
  if (count === 0) return '';
  const only = tape.at(at + 4);
  // A label cannot hold a template: the diagnostic is in the file.
  const isText = count === 1 && (tape.at(only) & Kind.KIND_MASK) === Kind.TEXT;
  return isText ? textValue(tape, only) : tape.slice(start + 1, end - 1);
}

function plainText(tape: Tape, at: number): string {
  const text = tape.slice(tape.at(at + 1) + 1, tape.at(at + 2) - 1);
  return (tape.at(at) & Kind.HIGH) === 0 ? text : toNfc(text);
}

function textValue(tape: Tape, at: number): string {
  const header = tape.at(at);
  const [from, to] = [tape.at(at + 3), tape.at(at + 4)];
  const text = (header & Kind.DECODED) === 0 ? tape.slice(from, to) : tape.sliceDecoded(from, to);
  return (header & Kind.HIGH) === 0 ? text : toNfc(text);
}

/** The variables of a `for`, whose places begin at an index. */
function variablesAt(tape: Tape, at: number): { keyVariable: string | undefined; valueVariable: string } {
  const [keyStart, keyEnd, start, end] = [tape.at(at), tape.at(at + 1), tape.at(at + 2), tape.at(at + 3)];
  return {
    keyVariable: keyStart < 0 ? undefined : tape.slice(keyStart, keyEnd),
    valueVariable: tape.slice(start, end),
  };
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
  readonly #tape: Tape;
  readonly #at: number;

  constructor(tape: Tape, at: number, start: number, end: number) {
    this.start = start;
    this.end = end;
    this.memo = undefined;
    this.#tape = tape;
    this.#at = at;
  }

  get parts(): readonly TemplatePart[] {
    const [tape, at] = [this.#tape, this.#at];
    if ((tape.at(at) & Kind.KIND_MASK) === Kind.WORD) {
      return [{ kind: 'text', start: this.start, end: this.end, value: tape.slice(tape.at(at + 1), tape.at(at + 2)) }];
    }
    const [start, end] = [tape.at(at + 1), tape.at(at + 2)];
    if (end - start === 2) return [];
    return [{ kind: 'text', start: tape.placeOf(start + 1), end: tape.placeOf(end - 1), value: plainText(tape, at) }];
  }
}

class NativeNumber implements LiteralExpression {
  declare readonly kind: 'literal';
  declare readonly start: number;
  declare readonly end: number;
  declare readonly isConstant: true;
  declare memo: object | undefined;
  readonly #tape: Tape;
  readonly #at: number;

  constructor(tape: Tape, at: number, start: number, end: number) {
    this.start = start;
    this.end = end;
    this.memo = undefined;
    this.#tape = tape;
    this.#at = at;
  }

  get value(): { readonly number: string } {
    return { number: this.#tape.slice(this.#tape.at(this.#at + 1), this.#tape.at(this.#at + 2)) };
  }
}

class NativeAttributeAccess implements AttributeAccess {
  declare readonly kind: 'get-attribute';
  declare readonly start: number;
  declare readonly end: number;
  declare readonly object: Expression;
  declare readonly name: string;
  readonly #nameStart: number;

  constructor(tape: Tape, at: number, start: number, end: number) {
    this.start = start;
    this.end = end;
    this.object = child(tape, at + 3);
    this.name = tape.slice(tape.at(at + 4), tape.at(at + 2));
    this.#nameStart = tape.place(at + 4);
  }

  get nameRange(): Node {
    return { start: this.#nameStart, end: this.end };
  }
}

class NativeCall implements CallExpression {
  declare readonly kind: 'call';
  declare readonly start: number;
  declare readonly end: number;
  declare readonly name: string;
  declare readonly arguments: readonly Expression[];
  declare readonly isExpanded: boolean;
  readonly #nameEnd: number;

  constructor(tape: Tape, at: number, start: number, end: number) {
    this.start = start;
    this.end = end;
    this.name = callName(tape, at);
    this.arguments = listAt(tape, at + 5, expressionAt);
    this.isExpanded = (tape.at(at) & Kind.MARK) !== 0;
    this.#nameEnd = tape.place(at + 3);
  }

  get nameRange(): Node {
    return { start: this.start, end: this.#nameEnd };
  }
}

function callName(tape: Tape, at: number): string {
  const name = tape.at(at + 4);
  return name === 0 ? tape.slice(tape.at(at + 1), tape.at(at + 3)) : namespacedName(tape, name);
}

// What all of a class have in common stands on its prototype, which makes each of them that much smaller.
Object.assign(NativeBody.prototype, { kind: 'body' });
Object.assign(NativeAttribute.prototype, { kind: 'attribute' });
Object.assign(NativeBlock.prototype, { kind: 'block' });
Object.assign(PlainTemplate.prototype, { kind: 'template', form: 'quoted', text: undefined, isConstant: true });
Object.assign(NativeNumber.prototype, { kind: 'literal', isConstant: true });
Object.assign(NativeAttributeAccess.prototype, { kind: 'get-attribute' });
Object.assign(NativeCall.prototype, { kind: 'call' });

/** The expression whose record stands at an index, with all that it is built of. */
export function expressionAt(tape: Tape, at: number): Expression {
  const header = tape.at(at);
  const start = tape.place(at + 1);
  const end = tape.place(at + 2);
  switch (header & Kind.KIND_MASK) {
    case Kind.PLAIN:
    case Kind.WORD:
      return new PlainTemplate(tape, at, start, end);
    case Kind.VARIABLE:
      return { kind: 'variable', start, end, name: tape.slice(tape.at(at + 1), tape.at(at + 2)) };
    case Kind.GET_ATTRIBUTE:
      return new NativeAttributeAccess(tape, at, start, end);
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

function child(tape: Tape, at: number): Expression {
  return expressionAt(tape, tape.at(at));
}

/** An expression of several others. */
function compoundAt(tape: Tape, at: number, start: number, end: number): Expression {
  const header = tape.at(at);
  const isMarked = (header & Kind.MARK) !== 0;
  const isConstant = (header & Kind.CONSTANT) !== 0;
  switch (header & Kind.KIND_MASK) {
    case Kind.TUPLE:
      return { kind: 'tuple', start, end, elements: listAt(tape, at + 3, expressionAt), isConstant, memo: undefined };
    case Kind.OBJECT:
      return { kind: 'object', start, end, items: itemsAt(tape, at + 3), isConstant, memo: undefined };
    case Kind.INDEX: {
      const collection = child(tape, at + 3);
      return { kind: 'index', start, end, collection, key: child(tape, at + 4), isLegacy: isMarked };
    }
    case Kind.SPLAT: {
      const source = child(tape, at + 3);
      return { kind: 'splat', start, end, source, isFull: isMarked, each: listAt(tape, at + 4, stepAt) };
    }
    case Kind.BINARY: {
      const operator = operators[header >> Kind.DATA_SHIFT] ?? '+';
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

function itemsAt(tape: Tape, at: number): readonly ObjectItem[] {
  const items: ObjectItem[] = [];
  const last = at + 2 * tape.at(at);
  for (let i = at + 1; i < last; i += 2) {
    const key = child(tape, i);
    const value = child(tape, i + 1);
    items.push({ start: key.start, end: Math.max(key.end, value.end), key, value });
  }
  return items;
}

function forAt(tape: Tape, at: number, start: number, end: number): Expression {
  const { keyVariable, valueVariable } = variablesAt(tape, at + 3);
  const collection = child(tape, at + 7);
  const key = tape.at(at + 8) === 0 ? undefined : child(tape, at + 8);
  const value = child(tape, at + 9);
  const isGrouped = (tape.at(at) & Kind.MARK) !== 0;
  const condition = tape.at(at + 10) === 0 ? undefined : child(tape, at + 10);
  return { kind: 'for', start, end, keyVariable, valueVariable, collection, key, value, isGrouped, condition };
}

function stepAt(tape: Tape, at: number): SplatStep {
  const header = tape.at(at);
  const range = { start: tape.place(at + 1), end: tape.place(at + 2) };
  switch (header & Kind.KIND_MASK) {
    case Kind.STEP_ATTRIBUTE:
      return { kind: 'attribute', name: tape.slice(tape.at(at + 3), tape.at(at + 2)), range };
    case Kind.STEP_INDEX:
      return { kind: 'index', key: child(tape, at + 3), range };
    default:
      return {
        kind: 'splat',
        isFull: (header & Kind.MARK) !== 0,
        each: listAt(tape, at + 3, stepAt),
        range,
      };
  }
}

/** The template whose record stands at an index. */
export function templateAt(tape: Tape, at: number): TemplateExpression {
  const header = tape.at(at);
  const form = templateForms[header >> Kind.DATA_SHIFT] ?? 'quoted';
  const place = { start: tape.place(at + 1), end: tape.place(at + 2) };
  return makeTemplate(form, place, partsAt(tape, at));
}

/** The parts of the template whose record stands at an index. */
export function partsAt(tape: Tape, at: number): readonly TemplatePart[] {
  return listAt(tape, at + 3, partAt);
}

function partAt(tape: Tape, at: number): TemplatePart {
  const start = tape.place(at + 1);
  const end = tape.place(at + 2);
  switch (tape.at(at) & Kind.KIND_MASK) {
    case Kind.TEXT:
      return { kind: 'text', start, end, value: textValue(tape, at) };
    case Kind.IF: {
      const whenTrue = listAt(tape, tape.at(at + 4), partAt);
      const otherwise = tape.at(at + 5) === 0 ? undefined : listAt(tape, tape.at(at + 5), partAt);
      // biome-ignore lint/suspicious/noThenProperty: the tree's word; nothing awaits it.
      return { kind: 'if', start, end, condition: child(tape, at + 3), then: whenTrue, else: otherwise };
    }
    case Kind.FOR_PART: {
      const { keyVariable, valueVariable } = variablesAt(tape, at + 3);
      const body = listAt(tape, tape.at(at + 8), partAt);
      return { kind: 'for', start, end, keyVariable, valueVariable, collection: child(tape, at + 7), body };
    }
    default:
      return { kind: 'interpolation', start, end, expression: child(tape, at + 3) };
  }
}
