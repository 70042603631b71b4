import type { Reference, UnknownValue, Value } from '../../model/value.js';
import type { PolicyInForce } from '../request.js';

/**
 * Policies of a root of the first side as if they were in the root of the second: of two folders that hold the same
 * code, a variable without a value is the same one.
 */
export function inRootOf(policies: readonly PolicyInForce[], from: string, to: string): readonly PolicyInForce[] {
  if (from === to) return policies;
  return policies.map((policy) => ({ ...policy, document: moved(policy.document, from, to) }));
}

const movedDocuments = new WeakMap<Value, Map<string, Value>>();

/** Remembered, for what is compiled of a document is remembered by it. */
function moved(document: Value, from: string, to: string): Value {
  const known = movedDocuments.get(document) ?? new Map<string, Value>();
  movedDocuments.set(document, known);
  const key = `${from}\0${to}`;
  const made = known.get(key) ?? move(document, from, to);
  known.set(key, made);
  return made;
}

function move(value: Value, from: string, to: string): Value {
  const of = (part: Value) => move(part, from, to);
  switch (value.kind) {
    case 'unknown':
      return moveUnknown(value, from, to);
    case 'list':
      return { ...value, elements: value.elements.map(of) };
    case 'object':
      return { ...value, entries: new Map([...value.entries].map(([name, entry]) => [name, of(entry)])) };
    default:
      return value;
  }
}

function moveUnknown(value: UnknownValue, from: string, to: string): UnknownValue {
  const { identity, refersTo, parts, alternatives } = value;
  return {
    ...value,
    identity: identity === undefined ? undefined : movedIdentity(identity, from, to),
    refersTo: refersTo?.map(
      (reference): Reference => (reference.root === from ? { ...reference, root: to } : reference),
    ),
    parts: parts?.map((part) => (typeof part === 'string' ? part : moveUnknown(part, from, to))),
    alternatives: alternatives?.map((one) => (one.kind === 'absent' ? one : move(one, from, to))),
  };
}

/** Identities begin with their root. */
export function movedIdentity(identity: string, from: string, to: string): string {
  return identity.startsWith(`${from}\0`) ? to + identity.slice(from.length) : identity;
}
