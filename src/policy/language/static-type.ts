import type { ObjectShape, Shape } from '../../model/shape.js';

/** What the type checker knows of an expression. */
export type StaticType =
  | ScalarType
  | {
      readonly kind: 'list';
      readonly element: StaticType;
      readonly isSet?: boolean | undefined;
      readonly isAttribute?: boolean | undefined;
    }
  | {
      readonly kind: 'map';
      readonly key: StaticType;
      readonly value: StaticType;
      readonly isAttribute?: boolean | undefined;
    }
  | { readonly kind: 'optional'; readonly value: StaticType }
  | ObjectType
  /** Of a signature: any type, the same wherever the name occurs. */
  | { readonly kind: 'variable'; readonly name: string };

export interface ScalarType {
  readonly kind:
    | 'dyn'
    | 'bool'
    | 'int'
    | 'uint'
    | 'double'
    | 'number'
    | 'string'
    | 'bytes'
    | 'null'
    | 'timestamp'
    | 'duration'
    | 'type'
    | 'ip'
    | 'cidr';
  /** An attribute that may read as null. */
  readonly nullable?: boolean | undefined;
}

/** A resource or a block: what it is in each of the types it may belong to. */
export interface ObjectType {
  readonly kind: 'object';
  readonly shapes: readonly TypedShape[];
  readonly nullable?: boolean | undefined;
  readonly isResource?: boolean | undefined;
}

export interface TypedShape {
  readonly type: string;
  /** Below the resource: empty for the resource itself. */
  readonly path: string;
  readonly shape: ObjectShape;
}

export const DYN: ScalarType = { kind: 'dyn' };
export const BOOL_TYPE: ScalarType = { kind: 'bool' };
export const INT_TYPE: ScalarType = { kind: 'int' };
export const STRING_TYPE: ScalarType = { kind: 'string' };

/** The type of an attribute; scalars may read as null. */
export function fromShape(shape: Shape, type: string, path: string): StaticType {
  switch (shape.kind) {
    case 'any':
      return DYN;
    case 'string':
    case 'number':
    case 'bool':
      return { kind: shape.kind, nullable: true };
    case 'list':
    case 'set':
      return {
        kind: 'list',
        element: withoutNull(fromShape(shape.element, type, path)),
        isSet: shape.kind === 'set',
        isAttribute: true,
      };
    case 'map':
      return { kind: 'map', key: STRING_TYPE, value: fromShape(shape.element, type, path), isAttribute: true };
    case 'object':
      return { kind: 'object', shapes: [{ type, path, shape }], nullable: true };
  }
}

export function withoutNull(type: StaticType): StaticType {
  return 'nullable' in type && type.nullable === true ? { ...type, nullable: false } : type;
}

export function isNullable(type: StaticType): boolean {
  return 'nullable' in type && type.nullable === true;
}

/** One type for both: their own where they agree, else `dyn`. */
export function joinTypes(a: StaticType, b: StaticType): StaticType {
  if (a.kind === 'null') return asNullable(b);
  if (b.kind === 'null') return asNullable(a);
  if (a.kind === 'list' && b.kind === 'list') {
    return {
      kind: 'list',
      element: joinTypes(a.element, b.element),
      isAttribute: a.isAttribute === true && b.isAttribute === true,
    };
  }
  if (a.kind === 'map' && b.kind === 'map') {
    return { kind: 'map', key: joinTypes(a.key, b.key), value: joinTypes(a.value, b.value) };
  }
  if (a.kind === 'optional' && b.kind === 'optional') return { kind: 'optional', value: joinTypes(a.value, b.value) };
  if (a.kind === 'object' && b.kind === 'object') {
    const added = b.shapes.filter((other) => !a.shapes.some(({ shape }) => shape === other.shape));
    return { ...a, shapes: [...a.shapes, ...added], nullable: isNullable(a) || isNullable(b) };
  }
  if (isNumberKind(a) && isNumberKind(b) && (a.kind === 'number' || b.kind === 'number')) {
    return { kind: 'number', nullable: isNullable(a) || isNullable(b) };
  }
  if (a.kind === b.kind && a.kind !== 'variable') {
    return isNullable(a) || isNullable(b) ? asNullable(a) : a;
  }
  return DYN;
}

function asNullable(type: StaticType): StaticType {
  switch (type.kind) {
    case 'list':
    case 'map':
    case 'optional':
    case 'variable':
    case 'dyn':
    case 'null':
      return type;
    default:
      return { ...type, nullable: true };
  }
}

export function isNumberKind(type: StaticType): boolean {
  return type.kind === 'int' || type.kind === 'uint' || type.kind === 'double' || type.kind === 'number';
}

/** Whether a value of one type can be where the other is asked for; binds the signature's variables. */
export function matchesType(wanted: StaticType, given: StaticType, variables: Map<string, StaticType>): boolean {
  if (given.kind === 'dyn' || wanted.kind === 'dyn') return true;
  if (wanted.kind === 'variable') {
    const bound = variables.get(wanted.name);
    if (bound === undefined || bound.kind === 'dyn') {
      variables.set(wanted.name, given);
      return true;
    }
    if (!matchesType(bound, given, new Map()) && given.kind !== 'null' && bound.kind !== 'null') return false;
    variables.set(wanted.name, joinTypes(bound, given));
    return true;
  }
  // An attribute that is null by chance: functions say what they give over null.
  if (given.kind === 'null') return wanted.kind === 'null';
  if (isNumberKind(wanted) && isNumberKind(given))
    return wanted.kind === given.kind || given.kind === 'number' || wanted.kind === 'number';
  if (wanted.kind === 'list') return given.kind === 'list' && matchesType(wanted.element, given.element, variables);
  if (wanted.kind === 'optional') return given.kind === 'optional' && matchesType(wanted.value, given.value, variables);
  if (wanted.kind === 'map') {
    if (given.kind === 'object') {
      return matchesType(wanted.key, STRING_TYPE, variables) && matchesType(wanted.value, DYN, variables);
    }
    return (
      given.kind === 'map' &&
      matchesType(wanted.key, given.key, variables) &&
      matchesType(wanted.value, given.value, variables)
    );
  }
  return wanted.kind === given.kind;
}

/** A signature's result with its variables filled in; one that nothing bound is `dyn`. */
export function substitute(type: StaticType, variables: ReadonlyMap<string, StaticType>): StaticType {
  switch (type.kind) {
    case 'variable':
      return variables.get(type.name) ?? DYN;
    case 'list':
      return { kind: 'list', element: substitute(type.element, variables) };
    case 'optional':
      return { kind: 'optional', value: substitute(type.value, variables) };
    case 'map':
      return { kind: 'map', key: substitute(type.key, variables), value: substitute(type.value, variables) };
    default:
      return type;
  }
}

/** How a message names a type. */
export function renderType(type: StaticType): string {
  switch (type.kind) {
    case 'list':
      return type.isSet === true ? `set(${renderType(type.element)})` : `list(${renderType(type.element)})`;
    case 'map':
      return `map(${renderType(type.key)}, ${renderType(type.value)})`;
    case 'optional':
      return `optional(${renderType(type.value)})`;
    case 'object': {
      const [first] = type.shapes;
      if (first === undefined) return 'a block';
      return first.path === '' ? first.type : `the block "${first.path}"`;
    }
    case 'variable':
      return type.name;
    default:
      return type.kind;
  }
}

export interface Signature {
  readonly parameters: readonly StaticType[];
  readonly result: StaticType;
}

const parsed = new Map<string, Signature>();

/** Parses `(string, list(A)): bool`, as functions declare it. */
export function parseSignature(text: string): Signature {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const colon = text.lastIndexOf('):');
  const parameters = splitArguments(text.slice(1, colon)).map(parseType);
  const signature = { parameters, result: parseType(text.slice(colon + 2).trim()) };
  parsed.set(text, signature);
  return signature;
}

function splitArguments(text: string): string[] {
  const pieces: string[] = [];
  let [depth, start] = [0, 0];
  for (let at = 0; at <= text.length; at++) {
    const character = text[at];
    if (character === '(') depth++;
    if (character === ')') depth--;
    if ((character === ',' && depth === 0) || at === text.length) {
      const piece = text.slice(start, at).trim();
      if (piece !== '') pieces.push(piece);
      start = at + 1;
    }
  }
  return pieces;
}

const SCALARS = new Set('dyn bool int uint double number string bytes null timestamp duration type ip cidr'.split(' '));

function isScalarKind(text: string): text is ScalarType['kind'] {
  return SCALARS.has(text);
}

function parseType(text: string): StaticType {
  const generic = /^(\w+)\((.*)\)$/.exec(text);
  if (generic !== null) {
    const [first = DYN, second = DYN] = splitArguments(generic[2] ?? '').map(parseType);
    if (generic[1] === 'list') return { kind: 'list', element: first };
    if (generic[1] === 'optional') return { kind: 'optional', value: first };
    return { kind: 'map', key: first, value: second };
  }
  return isScalarKind(text) ? { kind: text } : { kind: 'variable', name: text };
}
