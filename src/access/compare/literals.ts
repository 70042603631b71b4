import {
  ANY,
  type Condition,
  identityOf,
  nameOf,
  operatorOf,
  positiveOf,
  type Statement,
  type Texts,
} from '../../iam/index.js';
import type { Value } from '../../model/value.js';
import {
  mayBeDividedOtherwise,
  type ResourcePattern,
  toArnPattern,
  toExact,
  toFolded,
  toResourcePattern,
} from './patterns.js';
import { neededKeys, type Symbols, toSymbolic } from './symbols.js';
import { isSymbol, type Tokens } from './tokens.js';

/** One part of a statement that a request meets or does not. Equal ones are one object, on whichever side they are written. */
export interface Literal {
  readonly id: number;
  /** What it looks at: the resource, a condition key, or itself, where its meaning is not known. */
  readonly space: Space;
  readonly test: Test;
}

export type Space =
  | { readonly kind: 'resource'; readonly name: string }
  | { readonly kind: 'key'; readonly name: string }
  | { readonly kind: 'opaque'; readonly name: string };

/** A literal, demanded or denied. */
export interface Signed {
  readonly literal: Literal;
  readonly isMet: boolean;
}

export type Test =
  | ResourceTest
  | TextTest
  /** Of a key that is there, absent, or either: `Null`. */
  | { readonly kind: 'null'; readonly ofPresent: boolean; readonly ofAbsent: boolean }
  /** Numbers, dates, addresses, bytes, without variables: decided by trying values. */
  | {
      readonly kind: 'finite';
      readonly family: Family;
      readonly condition: Condition;
      readonly values: readonly string[];
    }
  | { readonly kind: 'opaque'; readonly construct: string };

export interface ResourceTest {
  readonly kind: 'resource';
  /** Patterns that it perhaps and that it certainly has. */
  readonly most: readonly ResourcePattern[];
  readonly least: readonly ResourcePattern[];
  /** Of `NotResource`: it is met by what matches none. */
  readonly isExcluding: boolean;
  /** Keys without which a pattern of `most` does not match, for each of them. */
  readonly needs: readonly (readonly string[])[];
  /** A wildcard of it can be read in two ways. */
  readonly isDivided: boolean;
  /** The forms of an action's resources: accounts are numbers then. */
  readonly isForms: boolean;
  /** A variable in `NotResource` whose key is absent: the documentation leaves open what happens. */
  readonly isOpen: boolean;
}

export interface TextTest {
  readonly kind: 'text';
  readonly most: readonly Tokens[];
  readonly least: readonly Tokens[];
  /** A match is not what the symbols in its patterns say: letters of either case, parts of an ARN. */
  readonly isLoose: boolean;
  readonly isBool: boolean;
  readonly isNegated: boolean;
  readonly set: 'all' | 'any' | undefined;
  readonly ifExists: boolean;
}

export type Family = 'number' | 'date' | 'address' | 'binary';

const FAMILIES: ReadonlyMap<string, Family> = new Map([
  ['ipaddress', 'address'],
  ['binaryequals', 'binary'],
]);

/** Makes the literals of statements, each once. */
export interface Literals {
  readonly symbols: Symbols;
  readonly ofResource: (statement: Statement) => Literal | undefined;
  /** One pattern of resources by itself. */
  readonly ofPattern: (pattern: ResourcePattern) => Literal;
  readonly ofForms: (key: string, patterns: readonly Tokens[]) => Literal;
  readonly ofConditions: (statement: Statement) => readonly Literal[];
  /** That a key is in the request. */
  readonly ofPresence: (key: string) => Literal;
  /** What a rule between keys demands of a value of one of them, or of the resource. */
  readonly ofRule: (content: string, space: Space, test: Test) => Literal;
  readonly opaque: (key: string, construct: string) => Literal;
}

export function createLiterals(symbols: Symbols): Literals {
  const made = new Map<string, Literal>();
  const intern = (content: string, space: Space, test: () => Test): Literal => {
    let literal = made.get(content);
    if (literal === undefined) {
      literal = { id: made.size, space, test: test() };
      made.set(content, literal);
    }
    return literal;
  };
  const opaque = (key: string, construct: string) =>
    intern(`opaque ${key}`, { kind: 'opaque', name: key }, () => ({ kind: 'opaque', construct }));
  const ofCondition = ({ condition, perhaps }: Statement['conditions'][number]): Literal => {
    const { key, source } = condition;
    const content = `${contentOf(source)} ${lengthOf(condition.values)}`;
    const test = perhaps || key === undefined ? undefined : conditionTest(condition, symbols);
    if (test === undefined || key === undefined) return opaque(content, constructOf(condition));
    return intern(`condition ${content}`, { kind: 'key', name: key }, () => test);
  };
  return {
    symbols,
    opaque,
    ofResource: ({ resources, notResources, source }) => {
      if (resources === undefined && notResources === undefined) return undefined;
      const content = `${resourceContent(source)} ${lengthOf(resources)} ${lengthOf(notResources)}`;
      if (resources !== undefined && notResources !== undefined) return opaque(content, 'resource and notresource');
      return intern(content, RESOURCE, () =>
        resourceTest(resources ?? notResources, notResources !== undefined, symbols),
      );
    },
    ofPattern: (pattern) =>
      intern(`pattern ${pattern['over-colons'].join()}`, RESOURCE, () => ({
        ...SIMPLE,
        most: [pattern],
        least: [pattern],
        isDivided: isDivided(pattern),
      })),
    ofForms: (key, patterns) =>
      intern(`forms ${key}`, RESOURCE, () => {
        const both = patterns.map((tokens): ResourcePattern => ({ 'over-colons': tokens, 'in-segment': tokens }));
        return { ...SIMPLE, most: both, least: both, isForms: true };
      }),
    ofConditions: (statement) => [
      ...statement.conditions.map(ofCondition),
      ...(statement.areConditionsOpen ? [opaque(`conditions ${contentOf(statement.source)}`, 'condition')] : []),
    ],
    ofRule: (content, space, test) => intern(`rule ${content}`, space, () => test),
    ofPresence: (key) =>
      intern(`presence ${key}`, { kind: 'key', name: key }, () => ({ kind: 'null', ofPresent: true, ofAbsent: false })),
  };
}

/** Tells texts with variables from equal ones of a version without. */
export function lengthOf(texts: Texts | undefined): number {
  const options = (texts?.elements ?? []).flatMap((element) => element.options);
  return options.reduce((length, template) => length + (template?.tokens.length ?? 0), 0);
}

export const RESOURCE: Space = { kind: 'resource', name: '' };

/** A text that is equal for equal contents, wherever they are written. */
export function contentOf(value: Value | undefined): string {
  if (value === undefined) return '';
  switch (value.kind) {
    case 'string':
    case 'number':
    case 'bool':
      return JSON.stringify(String(value.value));
    case 'null':
      return 'null';
    case 'unknown': {
      if (value.parts !== undefined)
        return `(${value.parts.map((part) => (typeof part === 'string' ? JSON.stringify(part) : contentOf(part))).join('+')})`;
      const alternatives = value.alternatives?.map((one) => (one.kind === 'absent' ? '-' : contentOf(one)));
      return `?${identityOf(value)}${alternatives === undefined ? '' : `<${alternatives.join()}>`}`;
    }
    case 'list': {
      let content = '[';
      for (const element of value.elements) content += `${contentOf(element)},`;
      const existence = value.existence === undefined ? '' : JSON.stringify([...value.existence]);
      return `${content}${restContent(value.rest)}]${existence}`;
    }
    case 'object': {
      let content = '{';
      for (const [name, entry] of value.entries) if (name !== 'sid') content += `${name}:${contentOf(entry)},`;
      return `${content}${restContent(value.rest)}}`;
    }
  }
}

/** Whether two values have the same content. */
export function isSameContent(some: Value | undefined, other: Value | undefined): boolean {
  if (some === other) return true;
  if (some?.kind === 'object' && other?.kind === 'object' && some.rest === undefined && other.rest === undefined) {
    const [own, others] = [some, other].map(({ entries }) => [...entries].filter(([name]) => name !== 'sid'));
    return (
      own?.length === others?.length &&
      own?.every(([name, entry], index) => {
        const [otherName, otherEntry] = others?.[index] ?? [];
        return name === otherName && isSameContent(entry, otherEntry);
      }) === true
    );
  }
  if (some?.kind === 'list' && other?.kind === 'list' && isPlainList(some) && isPlainList(other))
    return (
      some.elements.length === other.elements.length &&
      some.elements.every((element, index) => isSameContent(element, other.elements[index]))
    );
  return contentOf(some) === contentOf(other);
}

function isPlainList({ rest, existence }: Value & { readonly kind: 'list' }): boolean {
  return rest === undefined && existence === undefined;
}

/** Whether a text of the value holds another one. */
export function mentions(value: Value, text: string): boolean {
  if (value.kind === 'string') return value.value.includes(text);
  if (value.kind === 'list') return value.elements.some((element) => mentions(element, text));
  if (value.kind === 'object') {
    for (const entry of value.entries.values()) if (mentions(entry, text)) return true;
    return false;
  }
  return contentOf(value).includes(text);
}

function restContent(rest: (Value & { readonly kind: 'list' | 'object' })['rest']): string {
  return rest === undefined ? '' : `…${rest.reason} ${rest.subject ?? ''}`;
}

function resourceContent(source: Value): string {
  const entries = source.kind === 'object' ? source.entries : undefined;
  if (entries === undefined) return `resource ${contentOf(source)}`;
  return `resource ${contentOf(entries.get('resources'))} ${contentOf(entries.get('not_resources'))}`;
}

function constructOf({ operator, key, source }: Condition): string {
  if (operator === undefined || key === undefined)
    return source.kind === 'unknown' ? nameOf({ kind: 'value', value: source }) : 'condition';
  const isKnown = operator.base === 'null' || operatorOf(operator.base) !== undefined;
  return isKnown ? `condition:${operator.name} ${key}` : `operator:${operator.name}`;
}

function isDivided(pattern: ResourcePattern): boolean {
  return pattern['over-colons'] !== pattern['in-segment'];
}

/** What a test of resources is beside its patterns. */
export const SIMPLE = {
  kind: 'resource',
  isExcluding: false,
  needs: [],
  isDivided: false,
  isForms: false,
  isOpen: false,
} as const;

interface Patterns {
  readonly most: readonly Tokens[];
  readonly least: readonly Tokens[];
  /** The keys that each of `most` needs. */
  readonly needs: readonly (readonly string[])[];
}

/** The texts of a field as patterns: those that it perhaps has, and those that it has. */
export function patternsOf({ elements, rest }: Texts, symbols: Symbols): Patterns {
  const most: Tokens[] = [];
  const least: Tokens[] = [];
  const needs: (readonly string[])[] = [];
  for (const { options, perhaps } of elements) {
    for (const template of options) {
      if (template === undefined) continue;
      const patterns = toSymbolic(template, symbols);
      most.push(...patterns);
      needs.push(...patterns.map(() => neededKeys(template)));
      // Its default is what it has only where its key is absent.
      if (perhaps === undefined) least.push(...patterns.slice(0, 1));
    }
  }
  if (rest !== undefined) {
    most.push([ANY]);
    needs.push([]);
  }
  return { most, least, needs };
}

function resourceTest(texts: Texts | undefined, isExcluding: boolean, symbols: Symbols): ResourceTest {
  const { most, least, needs } = patternsOf(texts ?? { elements: [], rest: undefined }, symbols);
  const patterns = most.map(toResourcePattern);
  return {
    ...SIMPLE,
    most: patterns,
    least: least.map(toResourcePattern),
    isExcluding,
    isDivided: patterns.some(isDivided),
    needs,
    isOpen: isExcluding && needs.some((keys) => keys.length > 0),
  };
}

/** Undefined where nothing can be said of the condition but that equal ones have equal answers. */
function conditionTest({ operator, values, ...rest }: Condition, symbols: Symbols): Test | undefined {
  if (operator === undefined) return undefined;
  const { base, set, ifExists } = operator;
  const plain = plainValues(values);
  if (base === 'null') {
    if (plain === undefined) return undefined;
    const answers = new Set(plain.map((value) => value.toLowerCase()));
    return { kind: 'null', ofPresent: answers.has('false'), ofAbsent: answers.has('true') };
  }
  const tested = operatorOf(base);
  if (tested === undefined) return undefined;
  const positive = positiveOf(base) ?? base;
  const family = familyOf(positive);
  if (family !== undefined) {
    if (plain === undefined) return undefined;
    return { kind: 'finite', family, condition: { operator, values, ...rest }, values: plain };
  }
  const patterns = patternsOf(values, symbols);
  const hasSymbols = patterns.most.some((tokens) => tokens.some(isSymbol));
  if (positive === 'bool' && hasSymbols) return undefined;
  const compile = COMPILERS.get(positive);
  if (compile === undefined) return undefined;
  const isLoose =
    (compile === toFolded && hasSymbols) || (compile === toArnPattern && patterns.most.some(mayBeDividedOtherwise));
  return {
    kind: 'text',
    most: patterns.most.flatMap((tokens) =>
      isAny(tokens) && positive !== 'stringlike' && values.rest !== undefined ? [tokens] : loosely(compile, tokens),
    ),
    least: patterns.least.flatMap((tokens) => {
      const compiled = compile(tokens);
      return compiled === undefined ? [] : [compiled];
    }),
    isLoose,
    isBool: positive === 'bool',
    isNegated: tested.isNegated,
    set,
    ifExists,
  };
}

/** An ARN pattern whose symbols may hold colons may have six parts, although none are seen. */
function loosely(compile: (tokens: Tokens) => Tokens | undefined, tokens: Tokens): readonly Tokens[] {
  const compiled = compile(tokens);
  if (compiled !== undefined) return [compiled];
  return mayBeDividedOtherwise(tokens) ? [tokens] : [];
}

function isAny(tokens: Tokens): boolean {
  return tokens.length === 1 && tokens[0] === ANY;
}

const COMPILERS: ReadonlyMap<string, (tokens: Tokens) => Tokens | undefined> = new Map([
  ['stringequals', toExact],
  ['stringlike', (tokens: Tokens) => tokens],
  ['stringequalsignorecase', toFolded],
  ['bool', toFolded],
  ['arnequals', toArnPattern],
  ['arnlike', toArnPattern],
]);

function familyOf(positive: string): Family | undefined {
  if (positive.startsWith('numeric')) return 'number';
  return positive.startsWith('date') ? 'date' : FAMILIES.get(positive);
}

/** The values of a condition; undefined where some are not known, or have variables. */
function plainValues({ elements, rest }: Texts): string[] | undefined {
  if (rest !== undefined) return undefined;
  const plain: string[] = [];
  for (const { options, perhaps } of elements) {
    const [template, ...others] = options;
    if (perhaps !== undefined || others.length > 0) return undefined;
    if (template === undefined) continue;
    if (template.tokens.some((token) => typeof token !== 'number')) return undefined;
    plain.push((template.tokens as Tokens).map((token) => toWritten(token)).join(''));
  }
  return plain;
}

function toWritten(token: number): string {
  return token === ANY ? '*' : token > ANY ? '?' : String.fromCharCode(token);
}
