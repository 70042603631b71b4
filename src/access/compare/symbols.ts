import { type Hole, isHole, type Template, type Token } from '../../iam/index.js';
import { NAME_SYMBOL, SYMBOL, type Tokens } from './tokens.js';

/** What a symbol stands for: the value of a condition key, or an unknown part of a text. */
export type Meaning = { readonly kind: 'key'; readonly key: string } | { readonly kind: 'hole'; readonly hole: Hole };

/** The symbols of one comparison: equal meanings on both sides are one symbol. */
export interface Symbols {
  readonly ofKey: (key: string) => number;
  readonly ofHole: (hole: Hole) => number;
  readonly meaningOf: (symbol: number) => Meaning | undefined;
  /** Keys that variables name. */
  readonly keys: () => readonly string[];
  /** The value of a variable, where the caller decides it. */
  readonly valueOf: (key: string) => Tokens | undefined;
  /** Those that were asked for. */
  readonly values: ReadonlyMap<string, Tokens>;
}

/** Keys whose values are accounts. */
export const ACCOUNT_KEYS: ReadonlySet<string> = new Set([
  'aws:principalaccount',
  'aws:resourceaccount',
  'aws:sourceaccount',
  's3:resourceaccount',
  'kms:calleraccount',
]);

/** Keys whose values hold no colon. */
const PLAIN_KEYS: ReadonlySet<string> = new Set([
  ...ACCOUNT_KEYS,
  'aws:principalorgid',
  'aws:requestedregion',
  'aws:username',
]);

export function createSymbols(valueOfKey: (key: string) => Tokens | undefined = () => undefined): Symbols {
  const values = new Map<string, Tokens>();
  const numbers = new Map<string, number>();
  const meanings = new Map<number, Meaning>();
  const symbolOf = (name: string, isName: boolean, meaning: Meaning) => {
    const known = numbers.get(name);
    if (known !== undefined) return known;
    const symbol = (isName ? NAME_SYMBOL : SYMBOL) + numbers.size;
    numbers.set(name, symbol);
    meanings.set(symbol, meaning);
    return symbol;
  };
  return {
    ofKey: (key) => symbolOf(`key ${key}`, PLAIN_KEYS.has(key), { kind: 'key', key }),
    ofHole: (hole) => symbolOf(`hole ${hole.identity}`, hole.isName, { kind: 'hole', hole }),
    meaningOf: (symbol) => meanings.get(symbol),
    keys: () => [...meanings.values()].flatMap((meaning) => (meaning.kind === 'key' ? [meaning.key] : [])),
    values,
    valueOf: (key) => {
      const value = values.get(key) ?? valueOfKey(key);
      if (value !== undefined) values.set(key, value);
      return value;
    },
  };
}

/** The keys of a template's variables that have no default. */
export function neededKeys({ tokens, hasVariables }: Template): string[] {
  if (!hasVariables) return [];
  return tokens.flatMap((token) => (isVariable(token) && token.fallback === undefined ? [token.key] : []));
}

/** The template with symbols for variables and unknown parts, and as it is where all its variables have their defaults. */
export function toSymbolic({ tokens, hasVariables }: Template, symbols: Symbols): readonly (readonly number[])[] {
  const symbolic: number[] = [];
  const byDefault: number[] = [];
  let hasDefaults = false;
  for (const token of tokens) {
    if (typeof token === 'number') {
      symbolic.push(token);
      byDefault.push(token);
    } else if (isHole(token)) {
      const symbol = symbols.ofHole(token);
      symbolic.push(symbol);
      byDefault.push(symbol);
    } else {
      const value = symbols.valueOf(token.key);
      if (value !== undefined) {
        symbolic.push(...value);
        byDefault.push(...value);
        continue;
      }
      const symbol = symbols.ofKey(token.key);
      symbolic.push(symbol);
      if (token.fallback === undefined) byDefault.push(symbol);
      else {
        hasDefaults = true;
        for (let at = 0; at < token.fallback.length; at++) byDefault.push(token.fallback.charCodeAt(at));
      }
    }
  }
  return hasVariables && hasDefaults ? [symbolic, byDefault] : [symbolic];
}

type Variable = Exclude<Template['tokens'][number], Token>;

function isVariable(token: Template['tokens'][number]): token is Variable {
  return typeof token === 'object' && !isHole(token);
}
