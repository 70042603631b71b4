import { DYNAMIC, setOf, type Type } from '../../../model/type.js';
import type { ListValue, Value } from '../../../model/value.js';
import { typeOf } from '../../../model/values.js';
import { maxElements } from '../expression/context.js';
import { tupleOf } from '../values/collections.js';
import { convertValue } from '../values/convert.js';
import { compareForEquality } from '../values/equality.js';
import { makeSet } from '../values/set.js';
import { elementTypeOf, unifyTypes } from '../values/types.js';
import { isUnknown, markSensitive, unknownFrom } from '../values/unknown.js';
import { anyParameter, define, parameter } from './define.js';
import { FunctionFailure, FunctionLimit, type TerraformFunction } from './function.js';
import { listFrom, type Member, type Members, membersOf } from './sequence.js';

/** SAFETY: how many members are compared one by one where they are not known. */
const maxComparisons = 1_000_000;

interface Operation {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly isVariadic: boolean;
  /** The members of the result of two sets of one type. */
  readonly combine: (a: Members, b: Members) => Members;
}

function setOperation({ name, parameters, isVariadic, combine }: Operation): TerraformFunction {
  return define({
    name,
    parameters: parameters.map((one) => parameter(one, setOf(DYNAMIC), 'u')),
    ...(isVariadic && { variadic: parameter('other_sets', setOf(DYNAMIC), 'u') }),
    returns: setOf(DYNAMIC),
    call(args) {
      const element = unifyTypes(args.map((arg) => elementTypeOf(typeOf(arg))));
      if (element === undefined) throw new FunctionFailure('given sets must all have compatible element types');
      const sets = args.map((arg, index) => {
        const converted = convertValue(arg, setOf(element));
        if (!converted.ok) throw new FunctionFailure(converted.message, index);
        return membersOf(converted.value) ?? { members: [] };
      });
      const [first, ...others] = sets;
      const joined = others.reduce(combine, first ?? { members: [] });
      if (joined.members.length === 0 && joined.rest !== undefined) {
        return unknownFrom(args, setOf(element), { notNull: true });
      }
      return setFrom(joined, element);
    },
  });
}

function setFrom(parts: Members, element: Type): ListValue {
  const existence = new Map(
    parts.members.flatMap((one, index) => (one.existence === undefined ? [] : [[index, one.existence] as const])),
  );
  return makeSet({ elements: parts.members.map((one) => one.value), existence, rest: parts.rest }, element);
}

/** Whether the value is among the members; undefined where that is not known. */
function isAmong(value: Value, { members, rest }: Members): boolean | undefined {
  let isUndecided = rest !== undefined;
  for (const member of members) {
    const answer = compareForEquality(member.value, value);
    if (answer === true && member.existence === undefined) return true;
    if (answer !== false) isUndecided = true;
  }
  return isUndecided ? undefined : false;
}

function checkSize(a: Members, b: Members): void {
  if (a.members.length * b.members.length > maxComparisons)
    throw new FunctionLimit('the sets are too large to compare');
}

/** The members of `a` that are in `b`, or not. */
function filtered(a: Members, b: Members, isWanted: boolean): Members {
  checkSize(a, b);
  const members = a.members.flatMap((member): Member[] => {
    const answer = isAmong(member.value, b);
    if (answer === undefined) return [{ value: member.value, existence: member.existence ?? 'perhaps' }];
    return answer === isWanted ? [member] : [];
  });
  const isClosed = isWanted && b.members.length === 0 && b.rest === undefined;
  return { members, ...(a.rest !== undefined && !isClosed && { rest: a.rest }) };
}

const union = setOperation({
  name: 'setunion',
  parameters: ['first_set'],
  isVariadic: true,
  combine: (a, b) => unordered([a, b]),
});

const intersection = setOperation({
  name: 'setintersection',
  parameters: ['first_set'],
  isVariadic: true,
  combine: (a, b) => filtered(a, b, true),
});

const subtraction = setOperation({
  name: 'setsubtract',
  parameters: ['a', 'b'],
  isVariadic: false,
  combine: (a, b) => filtered(a, b, false),
});

/** All members together: a set has no order, so what is open stands last. */
function unordered(sets: readonly Members[]): Members {
  const members = sets.flatMap((set) => set.members);
  const open = sets.flatMap((set) => set.rest ?? []);
  const [first] = open;
  if (first === undefined) return { members };
  const prototypes = open.flatMap((rest) => rest.element ?? []);
  if (open.length === 1) return { members, rest: first };
  if (prototypes.length !== open.length) return { members, rest: { reason: first.reason, subject: first.subject } };
  const element = unknownFrom(prototypes, typeOf(prototypes[0] ?? tupleOf([])));
  return { members, rest: { reason: first.reason, subject: first.subject, element } };
}

const product = define({
  name: 'setproduct',
  parameters: [],
  variadic: anyParameter('sets', 'um'),
  returns: DYNAMIC,
  call(args) {
    if (args.length < 2) throw new FunctionFailure('at least two arguments are required');
    const lists = args.map((arg, index) => {
      const list = membersOf(arg);
      if (list === undefined) throw new FunctionFailure('a set or a list is required', index);
      return list;
    });
    const isSet = args.some((arg) => typeOf(arg).kind === 'set');
    const elementTypes = args.map((arg, index) => productElementType(typeOf(arg), index));
    const element: Type = { kind: 'tuple', elements: elementTypes };
    const isEmpty = lists.some((list) => list.members.length === 0 && list.rest === undefined);
    const isOpen = lists.some((list) => list.rest !== undefined || list.members.some((one) => one.existence));
    const isUntyped = args.some((arg) => typeOf(arg).kind === 'dynamic');
    if ((isOpen && !isSet) || isUntyped || args.some(isUnknown)) {
      const type = isUntyped ? DYNAMIC : ({ kind: isSet ? 'set' : 'list', element } as const);
      const length = isEmpty ? { length: { min: 0, max: 0 } } : {};
      return unknownFrom(args, type, { notNull: true, ...length });
    }
    const size = lists.reduce((total, list) => total * list.members.length, 1);
    if (size > maxElements) throw new FunctionLimit(`the product has more than ${maxElements} elements`);
    const parts = productOf(lists, elementTypes);
    const made = isSet ? setFrom(parts, element) : listFrom(parts, element);
    return markSensitive(
      made,
      args.some((arg) => arg.sensitive === true),
    );
  },
});

function productElementType(type: Type, argument: number): Type {
  if (type.kind === 'list' || type.kind === 'set') return type.element;
  if (type.kind !== 'tuple') return DYNAMIC;
  const element = type.elements.length === 0 ? DYNAMIC : unifyTypes(type.elements);
  if (element === undefined) throw new FunctionFailure('all elements must be of the same type', argument);
  return element;
}

function productOf(lists: readonly Members[], types: readonly Type[]): Members {
  let combined: { readonly values: readonly Value[]; readonly existence: Member['existence'] }[] = [
    { values: [], existence: undefined },
  ];
  for (const [index, list] of lists.entries()) {
    const type = types[index] ?? DYNAMIC;
    const members = list.members.map((member) => {
      const converted = convertValue(member.value, type);
      if (!converted.ok) throw new FunctionFailure(converted.message, index);
      return { value: converted.value, existence: member.existence };
    });
    combined = combined.flatMap((one) =>
      members.map((member) => ({
        values: [...one.values, member.value],
        existence: one.existence ?? member.existence,
      })),
    );
  }
  const members = combined.map((one) => ({ value: tupleOf(one.values), existence: one.existence }));
  const open = lists.map((list) => list.rest).find((found) => found !== undefined);
  return { members, ...(open !== undefined && { rest: { reason: open.reason, subject: open.subject } }) };
}

export const setFunctions: readonly TerraformFunction[] = [union, intersection, subtraction, product];
