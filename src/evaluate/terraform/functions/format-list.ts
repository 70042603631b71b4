import { DYNAMIC, listOf, STRING } from '../../../model/type.js';
import type { Rest, Value } from '../../../model/value.js';
import { typeOf, unknownValue } from '../../../model/values.js';
import { maxTextLength } from '../expression/context.js';
import { convertValue } from '../values/convert.js';
import { elementTypeOf, typesEqual } from '../values/types.js';
import { lengthRange, unknownFrom } from '../values/unknown.js';
import { anyParameter, argumentAt, define, kindOf, textParameter } from './define.js';
import { format, formatText } from './format.js';
import { FunctionFailure, FunctionLimit, type TerraformFunction } from './function.js';
import { withoutIdentity } from './parts.js';
import { gapOf, listFrom, type Member, type Members, membersOf } from './sequence.js';

/** An argument of `formatlist`: a list that is gone through, or one value for all rows. */
type Column = { readonly elements: readonly Value[] } | { readonly open: Members } | { readonly single: Value };

const formatlist = define({
  name: 'formatlist',
  parameters: [textParameter('format', 'u')],
  variadic: anyParameter('args', 'un'),
  returns: listOf(STRING),
  call(args) {
    const [text, ...values] = [argumentAt(args, 0), ...args.slice(1)];
    const unknown = () => unknownFrom(args, listOf(STRING), { notNull: true });
    if (text.kind !== 'string') return unknown();
    if (values.some((value) => value.kind === 'null' && value.type === undefined)) {
      return unknownValue('invalid-value', { type: listOf(STRING), notNull: true });
    }
    const columns = values.map(columnOf);
    if (columns.includes(undefined)) return unknown();
    const known = columns.filter((column) => column !== undefined);
    return listFrom(rowsOf(text.value, known), STRING);
  },
});

/** Undefined where it is not known whether the value is a list. */
function columnOf(value: Value): Column | undefined {
  const kind = kindOf(value);
  if (value.kind === 'null' || ['string', 'number', 'bool', 'map', 'object'].includes(kind)) return { single: value };
  // The members of a set are gone through in their order, which is not known of those that are not.
  const list =
    value.kind === 'list' && kind === 'set' ? convertValue(value, listOf(elementTypeOf(value.type))) : undefined;
  const ordered = list?.ok === true ? list.value : value;
  const range = lengthRange(ordered);
  const members = value.kind === 'unknown' && kind === 'dynamic' ? undefined : membersOf(ordered);
  if (members === undefined) return undefined;
  const isFixed = members.rest === undefined && range !== undefined && range.min === range.max;
  return isFixed ? { elements: members.members.map((one) => one.value) } : { open: members };
}

function rowsOf(text: string, columns: readonly Column[]): Members {
  const open = columns.flatMap((column) => ('open' in column ? [column.open] : []));
  const [single] = open;
  const isFixed = open.length === 0 || columns.some((column) => 'elements' in column);
  if (single !== undefined && open.length === 1 && !isFixed) return rowsOfOpen(text, columns, single);
  const certain = isFixed ? rowCount(columns) : Math.min(...open.map(certainLength));
  let length = 0;
  const members = Array.from({ length: certain }, (_, row): Member => {
    const value = formatRow(text, columns, row, (column) => cellOf(column, row));
    length += value.kind === 'string' ? value.value.length : 0;
    if (length > maxTextLength) throw new FunctionLimit(`the texts are longer than ${maxTextLength} characters`);
    return { value };
  });
  if (isFixed) return { members };
  const { reason, subject } = single === undefined ? { reason: 'invalid-value' as const } : openCause(single);
  const element = perhaps(() => {
    return formatRow(text, columns, certain, (column) => cellOf(column, Number.POSITIVE_INFINITY));
  });
  return { members, rest: { reason, subject, element } };
}

/** With one list whose length is not known: a row for each of its members, and one that is like all further ones. */
function rowsOfOpen(text: string, columns: readonly Column[], list: Members): Members {
  const rowWith = (value: Value, row: number) => {
    return formatRow(text, columns, row, (column) => ('open' in column ? value : cellOf(column, 0)));
  };
  const members = list.members.map(({ value, existence }, row): Member => {
    if (existence === undefined) return { value: rowWith(value, row) };
    return { value: perhaps(() => rowWith(value, row)), existence };
  });
  const { rest } = list;
  if (rest === undefined) return { members };
  return { members, rest: { ...rest, element: perhaps(() => rowWith(gapOf(rest).value, members.length)) } };
}

/** A row that may not be there: an error in it is none for certain. */
function perhaps(make: () => Value): Value {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof FunctionFailure)) throw error;
    return unknownValue('invalid-value', { type: STRING, notNull: true });
  }
}

/** How many members stand certainly at their own index. */
function certainLength({ members }: Members): number {
  const first = members.findIndex((member) => member.existence !== undefined);
  return first === -1 ? members.length : first;
}

function openCause({ members, rest }: Members): Pick<Rest, 'reason' | 'subject'> {
  const { reason, subject } =
    rest ??
    unknownFrom(
      members.map((member) => member.value),
      DYNAMIC,
    );
  return { reason, subject };
}

/** What a column gives to a row; of an open one beyond its certain members what any of them may be. */
function cellOf(column: Column, row: number): Value {
  if ('single' in column) return column.single;
  if ('elements' in column) return column.elements[row] ?? unknownValue('invalid-value', { type: DYNAMIC });
  const { members, rest } = column.open;
  const own = row < certainLength(column.open) ? members[row] : undefined;
  if (own !== undefined) return own.value;
  const possible = members.map((member) => member.value);
  if (rest !== undefined) possible.push(gapOf(rest).value);
  const [only] = possible;
  if (only !== undefined && possible.length === 1) return withoutIdentity(only);
  const [type, ...types] = possible.map(typeOf);
  const isSame = type !== undefined && types.every((other) => typesEqual(other, type));
  return unknownFrom(possible, isSame ? type : DYNAMIC);
}

function rowCount(columns: readonly Column[]): number {
  let count: number | undefined;
  let first = 0;
  for (const [index, column] of columns.entries()) {
    if (!('elements' in column)) continue;
    const { length } = column.elements;
    if (count === undefined) {
      count = length;
      first = index;
    } else if (count !== length) {
      const message = `argument ${index + 1} has length ${length}, which is inconsistent with argument ${first + 1} of length ${count}`;
      throw new FunctionFailure(message, index + 1);
    }
  }
  return count ?? 1;
}

function formatRow(text: string, columns: readonly Column[], row: number, cell: (column: Column) => Value): Value {
  try {
    return formatText(text, columns.map(cell));
  } catch (error) {
    if (!(error instanceof FunctionFailure)) throw error;
    if (error instanceof FunctionLimit) throw error;
    throw new FunctionFailure(`error on format iteration ${row}: ${error.message}`, error.argument);
  }
}

export const formatFunctions: readonly TerraformFunction[] = [format, formatlist];
