import type { Diagnostic } from '../../source/diagnostic.js';
import type { SourceFile } from '../../source/source-file.js';
import type { Attribute, Block, Body, Comment, Expression, HclFile, Label, Node } from './ast.js';
import { expressionAt, plainText, textValue } from './expressions.js';
import { diagnosticsOf } from './messages.js';
import { at as integerAt, readList, type Tape } from './native-parser.js';
import * as Kind from './tape.js';

const commentStyles: readonly Comment['style'][] = ['#', '//', '/*'];

/**
 * Where a node finds what it builds only when it is asked, and where it keeps it. Symbols, so that it is no property of the
 * tree to whoever looks over all properties of a node.
 */
const TAPE = Symbol('tape');
const AT = Symbol('at');
const COMMENTS = Symbol('comments');
const ATTRIBUTES = Symbol('attributes');
const BLOCKS = Symbol('blocks');
const EXPRESSION = Symbol('expression');
const LABELS = Symbol('labels');
const BODY = Symbol('body');

/** A file of native syntax, a tape of the whole text: its places are the text's. Nodes are built where somebody looks. */
export class NativeFile implements HclFile {
  readonly source: SourceFile;
  readonly syntax = 'native';
  readonly body: Body;
  readonly diagnostics: readonly Diagnostic[];
  declare readonly [TAPE]: Tape;
  declare [COMMENTS]: readonly Comment[] | undefined;

  constructor(tape: Tape) {
    this.source = tape.source;
    this.body = new NativeBody(tape, tape.root);
    this.diagnostics = diagnosticsOf(tape);
    this[TAPE] = tape;
    this[COMMENTS] = undefined;
  }

  get comments(): readonly Comment[] {
    this[COMMENTS] ??= commentsOf(this[TAPE]);
    return this[COMMENTS];
  }
}

function commentsOf(tape: Tape): Comment[] {
  const comments: Comment[] = [];
  for (let at = tape.lastComment; at !== 0; at = integerAt(tape, at + 3)) {
    const style = commentStyles[integerAt(tape, at + 2)] ?? '#';
    comments.push({ start: integerAt(tape, at), end: integerAt(tape, at + 1), style });
  }
  return comments.reverse();
}

class NativeBody implements Body {
  declare readonly kind: 'body';
  declare readonly start: number;
  declare readonly end: number;
  declare readonly isIncomplete: boolean;
  declare readonly [TAPE]: Tape;
  declare readonly [AT]: number;
  declare [ATTRIBUTES]: readonly Attribute[] | undefined;
  declare [BLOCKS]: readonly Block[] | undefined;

  constructor(tape: Tape, at: number) {
    const { integers } = tape;
    this.start = integers[at + 1] ?? 0;
    this.end = integers[at + 2] ?? 0;
    this.isIncomplete = ((integers[at] ?? 0) & Kind.MARK) !== 0;
    this[TAPE] = tape;
    this[AT] = at;
    this[ATTRIBUTES] = undefined;
    this[BLOCKS] = undefined;
  }

  get attributes(): readonly Attribute[] {
    this[ATTRIBUTES] ??= attributesOf(this[TAPE], this[AT]);
    return this[ATTRIBUTES];
  }

  get blocks(): readonly Block[] {
    this[BLOCKS] ??= blocksOf(this[TAPE], this[AT]);
    return this[BLOCKS];
  }
}

function attributesOf(tape: Tape, body: number): readonly Attribute[] {
  return readList(tape, body + 5, integerAt(tape, body + 3), attributeAt);
}

function blocksOf(tape: Tape, body: number): readonly Block[] {
  return readList(tape, body + 5 + integerAt(tape, body + 3), integerAt(tape, body + 4), blockAt);
}

function attributeAt(tape: Tape, at: number): Attribute {
  return new NativeAttribute(tape, at);
}

function blockAt(tape: Tape, at: number): Block {
  return new NativeBlock(tape, at);
}

class NativeAttribute implements Attribute {
  declare readonly kind: 'attribute';
  declare readonly start: number;
  declare readonly end: number;
  declare readonly name: string;
  declare readonly [TAPE]: Tape;
  declare readonly [AT]: number;
  declare [EXPRESSION]: Expression | undefined;

  constructor(tape: Tape, at: number) {
    const { integers } = tape;
    this.start = integers[at + 1] ?? 0;
    this.end = integers[at + 2] ?? 0;
    this.name = tape.text.slice(this.start, integers[at + 3]);
    this[TAPE] = tape;
    this[AT] = integers[at + 4] ?? 0;
    this[EXPRESSION] = undefined;
  }

  get nameRange(): Node {
    return { start: this.start, end: this.start + this.name.length };
  }

  get expression(): Expression {
    this[EXPRESSION] ??= expressionAt(this[TAPE], this[AT]);
    return this[EXPRESSION];
  }
}

class NativeBlock implements Block {
  declare readonly kind: 'block';
  declare readonly start: number;
  declare readonly end: number;
  declare readonly type: string;
  declare memo: object | undefined;
  declare readonly [TAPE]: Tape;
  declare readonly [AT]: number;
  declare [LABELS]: readonly Label[] | undefined;
  declare [BODY]: Body | undefined;

  constructor(tape: Tape, at: number) {
    const { integers } = tape;
    this.start = integers[at + 1] ?? 0;
    this.end = integers[at + 2] ?? 0;
    this.type = tape.text.slice(this.start, integers[at + 3]);
    this.memo = undefined;
    this[TAPE] = tape;
    this[AT] = at;
    this[LABELS] = undefined;
    this[BODY] = undefined;
  }

  get typeRange(): Node {
    return { start: this.start, end: this.start + this.type.length };
  }

  get header(): Node {
    return { start: this.start, end: integerAt(this[TAPE], this[AT] + 4) };
  }

  get labels(): readonly Label[] {
    this[LABELS] ??= readList(this[TAPE], this[AT] + 7, integerAt(this[TAPE], this[AT] + 6), labelAt);
    return this[LABELS];
  }

  get body(): Body {
    this[BODY] ??= new NativeBody(this[TAPE], integerAt(this[TAPE], this[AT] + 5));
    return this[BODY];
  }
}

function labelAt(tape: Tape, at: number): Label {
  const start = integerAt(tape, at + 1);
  const end = integerAt(tape, at + 2);
  return { start, end, value: labelText(tape, at, start, end) };
}

function labelText(tape: Tape, at: number, start: number, end: number): string {
  const kind = integerAt(tape, at) & Kind.KIND_MASK;
  if (kind === Kind.LABEL) return tape.text.slice(start, end);
  if (kind === Kind.PLAIN) return plainText(tape, at);
  const count = integerAt(tape, at + 3);
  if (count === 0) return '';
  const only = integerAt(tape, at + 4);
  // A label cannot hold a template: the diagnostic is in the file.
  const isText = count === 1 && (integerAt(tape, only) & Kind.KIND_MASK) === Kind.TEXT;
  return isText ? textValue(tape, only) : tape.text.slice(start + 1, end - 1);
}

// What all of a class have in common stands on its prototype, which makes each of them that much smaller.
Object.assign(NativeBody.prototype, { kind: 'body' });
Object.assign(NativeAttribute.prototype, { kind: 'attribute' });
Object.assign(NativeBlock.prototype, { kind: 'block' });
