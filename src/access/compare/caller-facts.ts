import { ANY, type Caller, COLON, isHole, type KeyState, type Text, unknownKey } from '../../iam/index.js';
import { deriveContext, type RequestFacts } from '../derive-context.js';
import { always } from './key-facts.js';
import type { Literals, Signed } from './literals.js';
import { isNotPattern, ofPattern } from './rules.js';
import { ANY_IN_SEGMENT, ANY_OF_NAME, charactersOf, ONE_OF_NAME, type Tokens } from './tokens.js';

/** Who asks, where not one principal is meant but all that policies do not name. */
export interface Others {
  /** Of this account; undefined: of any account but those of `accounts`. */
  readonly account: string | undefined;
  readonly accounts: readonly string[];
  /** ARNs of principals that are asked about by themselves. */
  readonly arns: readonly string[];
}

/** Whose request it is. */
export interface Whose {
  readonly caller: Caller;
  readonly others?: Others | undefined;
}

/** What is known of a caller's keys. */
export interface CallerFacts {
  /** What the value of a key has to be. */
  readonly of: (key: string) => readonly Signed[];
  readonly isAlwaysPresent: (key: string) => boolean;
}

/** Of whoever calls with policies that are not somebody's. */
export const NO_FACTS: CallerFacts = { of: () => [], isAlwaysPresent: always };

/** The keys that say who calls, as far as the caller decides them. */
export function factsOfCaller({ caller, others }: Whose, literals: Literals): CallerFacts {
  if (others !== undefined) return { of: (key) => factsOfOthers(key, others, literals), isAlwaysPresent: always };
  const stateOf = statesOf(caller);
  return {
    of: (key) => {
      const state = stateOf(key);
      if (state === undefined || state.kind === 'unknown') return [];
      if (state.kind === 'absent') return [{ literal: literals.ofPresence(key), isMet: false }];
      return [
        { literal: literals.ofPresence(key), isMet: true },
        ...state.values.map((value) => ofPattern(literals, key, toPattern(value))),
      ];
    },
    isAlwaysPresent: (key) => always(key) && ('account' in caller || !(isOfCaller(key) || key === 'aws:userid')),
  };
}

/** The values that variables have for a caller, where they are all known. */
export function valuesOfCaller(whose: Whose | undefined): (key: string) => Tokens | undefined {
  if (whose === undefined || whose.others !== undefined) return () => undefined;
  const stateOf = statesOf(whose.caller);
  return (key) => {
    const state = stateOf(key);
    const [value, ...more] = state?.kind === 'known' ? state.values : [];
    if (value === undefined || more.length > 0) return undefined;
    return value.every((token) => typeof token === 'number') ? (value as Tokens) : undefined;
  };
}

function statesOf(caller: Caller): (key: string) => KeyState | undefined {
  const context = deriveContext(caller, NOTHING_KNOWN);
  return (key) => (isOfCaller(key) ? context(key) : undefined);
}

const NOTHING_KNOWN: RequestFacts = {
  stated: new Map(),
  principalTags: undefined,
  hasAllTags: false,
  resourceTags: new Map(),
  organization: undefined,
  resourceAccount: undefined,
  region: undefined,
  hasKey: () => undefined,
  fallback: unknownKey,
};

function isOfCaller(key: string): boolean {
  return OF_CALLER.has(key) || key.startsWith('aws:principaltag/');
}

/** Keys of which a caller's kind and names say what they are: not what it may choose, as its session tags. */
const OF_CALLER: ReadonlySet<string> = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalisawsservice',
  'aws:principalorgid',
  'aws:principalservicename',
  'aws:principaltype',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:username',
  'kms:calleraccount',
]);

function factsOfOthers(key: string, { account, accounts, arns }: Others, literals: Literals): Signed[] {
  switch (key) {
    case 'aws:principalaccount':
    case 'kms:calleraccount':
      if (account !== undefined) return [ofPattern(literals, key, charactersOf(account))];
      return accounts.map((one) => isNotPattern(literals, key, charactersOf(one)));
    case 'aws:principalarn': {
      const ofAccount = (one: string) => [
        ...charactersOf('arn:'),
        ANY_IN_SEGMENT,
        COLON,
        ANY_IN_SEGMENT,
        COLON,
        COLON,
        ...charactersOf(`${one}:`),
        ANY,
      ];
      const own = account === undefined ? [] : [ofPattern(literals, key, ofAccount(account))];
      return [
        ...own,
        ...(account === undefined ? accounts : []).map((one) => isNotPattern(literals, key, ofAccount(one))),
        ...(account === undefined ? [] : arns).map((arn) => isNotPattern(literals, key, charactersOf(arn))),
      ];
    }
    case 'aws:principalisawsservice':
      return [ofPattern(literals, key, charactersOf('false'))];
    case 'aws:principalservicename':
    case 'aws:sourceaccount':
    case 'aws:sourcearn':
    case 'aws:sourceorgid':
    case 'aws:sourceorgpaths':
      return [{ literal: literals.ofPresence(key), isMet: false }];
    default:
      return [];
  }
}

/** Unknown parts are any text. */
function toPattern(text: Text): Tokens {
  return text.flatMap((token) => (isHole(token) ? (token.isName ? [ONE_OF_NAME, ANY_OF_NAME] : [ANY]) : [token]));
}
