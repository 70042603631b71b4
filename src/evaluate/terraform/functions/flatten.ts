import { DYNAMIC } from '../../../model/type.js';
import type { Value } from '../../../model/value.js';
import { eitherOf } from '../expression/alternatives.js';
import { elementTypeOf } from '../values/types.js';
import { isNotNull, markSensitive, unknownFrom } from '../values/unknown.js';
import { anyParameter, argumentAt, define, kindOf } from './define.js';
import { FunctionLimit } from './function.js';
import { withoutIdentity } from './parts.js';
import { type Member, type Members, membersOf, sequenceArgument, tupleFrom } from './sequence.js';

/** SAFETY: `flatten` of lists in lists must not overflow the stack. */
const maxFlattenDepth = 1_000;

/** `flatten`: what is in lists in lists, as one tuple. */
export const flatten = define({
  name: 'flatten',
  parameters: [anyParameter('list', 'um')],
  returns: DYNAMIC,
  call(args) {
    const list = argumentAt(args, 0);
    const parts = sequenceArgument(args, 0, 'can only flatten lists, sets and tuples', true);
    const flat: FlatParts = { members: [], isMarked: list.sensitive === true };
    flattenInto(parts, flat, 1);
    return markSensitive(tupleFrom(flat), flat.isMarked);
  },
});

interface FlatParts {
  readonly members: Member[];
  isMarked: boolean;
}

function flattenInto(parts: Members, flat: FlatParts, depth: number): void {
  if (depth > maxFlattenDepth) throw new FunctionLimit(`lists are nested more than ${maxFlattenDepth} deep`, 0);
  for (const { value, existence } of parts.members) flattenMember(value, existence, flat, depth);
  if (parts.rest === undefined) return;
  const { reason, subject, element } = parts.rest;
  const prototype = element ?? { kind: 'unknown' as const, type: DYNAMIC, reason, subject };
  flattenMember(prototype, 'any-number', flat, depth);
}

function flattenMember(value: Value, existence: Member['existence'], flat: FlatParts, depth: number): void {
  const kind = kindOf(value);
  const isSequence = kind === 'list' || kind === 'set' || kind === 'tuple' || value.kind === 'list';
  if (value.kind === 'null' || (!isSequence && kind !== 'dynamic')) {
    flat.members.push({ value, existence });
    return;
  }
  if (value.sensitive === true) flat.isMarked = true;
  if (value.kind === 'unknown') {
    // It may be null, which stays, or hold lists, which are flattened as well.
    const isTuple = value.type.kind === 'tuple' && isNotNull(value) && existence === undefined;
    const inner = isTuple ? membersOf(value) : undefined;
    if (inner !== undefined) {
      flattenInto(inner, flat, depth + 1);
      return;
    }
    const element = elementTypeOf(value.type);
    const isFlat = ['string', 'number', 'bool', 'object', 'map'].includes(element.kind) && isNotNull(value);
    const { reason, subject, refersTo, sensitive, origin } = value;
    const type = isFlat ? element : DYNAMIC;
    const one = { kind: 'unknown' as const, type, reason, subject, refersTo, sensitive, origin };
    flat.members.push({ value: one, existence: 'any-number' });
    return;
  }
  const inner = membersOf(value);
  if (inner === undefined) return;
  if (existence === undefined) {
    flattenInto(inner, flat, depth + 1);
    return;
  }
  const nested: FlatParts = { members: [], isMarked: false };
  flattenInto(inner, nested, depth + 1);
  if (nested.isMarked) flat.isMarked = true;
  const [only] = nested.members;
  if (existence === 'perhaps') {
    for (const one of nested.members) flat.members.push({ value: one.value, existence: one.existence ?? 'perhaps' });
  } else if (nested.members.length === 1 && only !== undefined) {
    flat.members.push({ value: only.value, existence: 'any-number' });
  } else if (nested.members.length > 1) {
    const every = nested.members.map((one) => one.value);
    flat.members.push({
      value: withoutIdentity(eitherOf(every, unknownFrom(every, DYNAMIC))),
      existence: 'any-number',
    });
  }
}
