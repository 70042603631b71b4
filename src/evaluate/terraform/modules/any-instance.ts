import type { UnknownValue, Value } from '../../../model/value.js';
import { LazyEntries } from './lazy-entries.js';

/** Identities of what differs from instance to instance of an unknown key set hold this. */
export const PROTOTYPE_MARK = '[*]';

/**
 * A prototype's value as one of the instances that it stands for may have it, seen from outside of them: two instances'
 * values are not the same unknown. `which` tells the instance where that is known, so that one instance's are the same.
 */
export function ofAnyInstance(value: Value, which: string | undefined): Value {
  switch (value.kind) {
    case 'unknown':
      return unknownOfAny(value, which);
    case 'list': {
      const elements = value.elements.map((element) => ofAnyInstance(element, which));
      return { ...value, elements, rest: restOfAny(value.rest, which) };
    }
    case 'object': {
      const { entries } = value;
      const change = (entry: Value) => ofAnyInstance(entry, which);
      const changed =
        entries instanceof LazyEntries
          ? entries.mapped(change)
          : new Map([...entries].map(([name, entry]) => [name, change(entry)]));
      return { ...value, entries: changed, rest: restOfAny(value.rest, which) };
    }
    case 'string':
      return value.encoded === undefined ? value : { ...value, encoded: ofAnyInstance(value.encoded, which) };
    default:
      return value;
  }
}

function restOfAny<T extends { readonly element?: Value | undefined } | undefined>(
  rest: T,
  which: string | undefined,
): T {
  return rest?.element === undefined ? rest : { ...rest, element: ofAnyInstance(rest.element, which) };
}

function unknownOfAny(value: UnknownValue, which: string | undefined): UnknownValue {
  const { identity, parts, alternatives, encoded } = value;
  return {
    ...value,
    identity: identityOfAny(identity, which),
    parts: parts?.map((part) => (typeof part === 'string' ? part : unknownOfAny(part, which))),
    alternatives: alternatives?.map((one) => (one.kind === 'absent' ? one : ofAnyInstance(one, which))),
    encoded: encoded === undefined ? undefined : ofAnyInstance(encoded, which),
  };
}

function identityOfAny(identity: string | undefined, which: string | undefined): string | undefined {
  if (identity === undefined || !identity.includes(PROTOTYPE_MARK)) return identity;
  return which === undefined ? undefined : `${identity}\0${which}`;
}
