import { ANY, ONE, type Statement, type Template, type Texts } from '../../iam/index.js';
import { iamActions } from '../../schemas/iam-actions.js';
import type { Budget } from './budget.js';
import { matchesWord, type Tokens } from './tokens.js';

/** Whether a statement is about an action; `MAYBE` where its actions are partly unknown. */
export type Membership = 0 | 1 | 2;

export const NO = 0;
export const YES = 1;
export const MAYBE = 2;

/** Of the actions of a service, in the order of the catalogue; one for all where they are the same. */
type Members = Membership | Uint8Array;

/** Actions that no statement tells apart. */
export interface ActionClass {
  readonly actions: readonly ActionGroup[];
  /** What each of the statements says of them. */
  readonly members: readonly Membership[];
}

/** Actions of one service, in lower case and without its prefix: all that the catalogue knows where no names are given. */
export interface ActionGroup {
  readonly service: string;
  readonly names: readonly string[] | undefined;
}

/** The actions of a statement. */
export interface ActionSet {
  readonly ofService: (service: string) => Members;
  /** Of an action that the catalogue does not know. */
  readonly ofName: (action: string) => Membership;
}

interface ActionPattern {
  readonly text: string;
  /** Undefined where the prefix has wildcards, or there is none. */
  readonly service: string | undefined;
  readonly isPlain: boolean;
  readonly member: Membership;
}

/** The actions of a statement, by the patterns of its `Action` or `NotAction`. */
export function toActionSet({ actions, notActions }: Statement): ActionSet {
  const included = actions === undefined ? undefined : toPatternSet(actions);
  const excluded = notActions === undefined ? undefined : negate(toPatternSet(notActions));
  if (included === undefined || excluded === undefined) return included ?? excluded ?? NONE;
  return {
    ofService: (service) => join(included.ofService(service), excluded.ofService(service), service),
    ofName: (action) => either(included.ofName(action), excluded.ofName(action)),
  };
}

const NONE: ActionSet = { ofService: () => NO, ofName: () => NO };

function negate({ ofService, ofName }: ActionSet): ActionSet {
  return {
    ofService: (service) => {
      const members = ofService(service);
      return typeof members === 'number' ? not(members) : members.map((member) => not(member as Membership));
    },
    ofName: (action) => not(ofName(action)),
  };
}

function not(member: Membership): Membership {
  return member === MAYBE ? MAYBE : member === YES ? NO : YES;
}

function either(some: number, other: number): Membership {
  if (some === YES || other === YES) return YES;
  return some === MAYBE || other === MAYBE ? MAYBE : NO;
}

function join(some: Members, other: Members, service: string): Members {
  const of = (members: Members, index: number) => (typeof members === 'number' ? members : (members[index] ?? NO));
  return Uint8Array.from(namesOf(service), (_, index) => either(of(some, index), of(other, index)));
}

function toPatternSet(texts: Texts): ActionSet {
  const patterns = actionPatterns(texts);
  const general = patterns.filter(({ service }) => service === undefined);
  const special = new Map<string, ActionPattern[]>();
  for (const pattern of patterns) {
    if (pattern.service === undefined) continue;
    const list = special.get(pattern.service);
    if (list === undefined) special.set(pattern.service, [pattern]);
    else list.push(pattern);
  }
  const byService = new Map<string, Members>();
  return {
    ofService: (service) => {
      const own = special.get(service);
      if (own === undefined && general.length === 0) return NO;
      let members = byService.get(service);
      if (members === undefined) {
        members = membersOf([...general, ...(own ?? [])], service);
        byService.set(service, members);
      }
      return members;
    },
    ofName: (action) => {
      let found: Membership = NO;
      const own = special.get(action.slice(0, action.indexOf(':'))) ?? [];
      for (const list of [general, own])
        for (const pattern of list) if (matchesAction(pattern, action)) found = either(found, pattern.member);
      return found;
    },
  };
}

const patternsOfTexts = new WeakMap<Texts, readonly ActionPattern[]>();

function actionPatterns(texts: Texts): readonly ActionPattern[] {
  let patterns = patternsOfTexts.get(texts);
  if (patterns === undefined) {
    const { elements, rest } = texts;
    const written = elements.flatMap(({ options, perhaps }) =>
      options.flatMap((template) => (template === undefined ? [] : [toActionPattern(template, perhaps === undefined)])),
    );
    patterns = rest === undefined ? written : [...written, patternOf('*', MAYBE)];
    patternsOfTexts.set(texts, patterns);
  }
  return patterns;
}

const patternsOfTemplates = new WeakMap<Template, ActionPattern>();

function toActionPattern(template: Template, isCertain: boolean): ActionPattern {
  if (!isCertain) return writeActionPattern(template, false);
  let pattern = patternsOfTemplates.get(template);
  if (pattern === undefined) {
    pattern = writeActionPattern(template, true);
    patternsOfTemplates.set(template, pattern);
  }
  return pattern;
}

function writeActionPattern({ tokens }: Template, isCertain: boolean): ActionPattern {
  let text = '';
  let isKnown = isCertain;
  for (const token of tokens) {
    if (typeof token !== 'number') isKnown = false;
    text += typeof token !== 'number' || token === ANY ? '*' : token === ONE ? '?' : String.fromCharCode(token);
  }
  return patternOf(text.toLowerCase(), isKnown ? YES : MAYBE);
}

function patternOf(text: string, member: Membership): ActionPattern {
  const colon = text.indexOf(':');
  const service = colon === -1 ? undefined : text.slice(0, colon);
  const isPlain = !/[*?]/.test(text);
  return { text, isPlain, member, service: service === undefined || /[*?]/.test(service) ? undefined : service };
}

function matchesAction({ text, isPlain }: ActionPattern, action: string): boolean {
  if (isPlain) return text === action;
  if (text === '*') return true;
  const star = text.search(/[*?]/);
  if (!action.startsWith(text.slice(0, star))) return false;
  return (star === text.length - 1 && text.endsWith('*')) || matchesWord(patternTokens(text), charactersOf(action));
}

function patternTokens(text: string): Tokens {
  return charactersOf(text).map((code) => (code === 42 ? ANY : code === 63 ? ONE : code));
}

function charactersOf(text: string): number[] {
  const codes = new Array<number>(text.length);
  for (let index = 0; index < text.length; index++) codes[index] = text.charCodeAt(index);
  return codes;
}

function membersOf(patterns: readonly ActionPattern[], service: string): Members {
  const isAll = (text: string) => text === '*' || text === '*:*' || text === `${service}:*`;
  if (patterns.some(({ text, member }) => member === YES && isAll(text))) return YES;
  const members = new Uint8Array(namesOf(service).length);
  let isSome = false;
  for (const pattern of patterns) {
    for (const index of isAll(pattern.text) ? members.keys() : indexesOf(pattern, service)) {
      members[index] = either(members[index] ?? NO, pattern.member);
      isSome = true;
    }
  }
  return isSome ? members : NO;
}

/** Places of the actions that patterns match, by service and pattern: the catalogue is the same for all comparisons. */
const matched = new Map<string, readonly number[]>();
/** SAFETY: patterns that are remembered. */
const maxRemembered = 100_000;

function indexesOf(pattern: ActionPattern, service: string): readonly number[] {
  const { text, isPlain } = pattern;
  const { places, names } = tableOf(service);
  if (isPlain) {
    const place = places.get(text.slice(service.length + 1));
    return place === undefined || pattern.service !== service ? [] : [place];
  }
  const key = `${service} ${text}`;
  let indexes = matched.get(key);
  if (indexes === undefined) {
    if (matched.size > maxRemembered) matched.clear();
    indexes = names.flatMap((name, index) => (matchesAction(pattern, `${service}:${name}`) ? [index] : []));
    matched.set(key, indexes);
  }
  return indexes;
}

interface Table {
  /** In lower case and without the prefix. */
  readonly names: readonly string[];
  readonly places: ReadonlyMap<string, number>;
}

const tables = new Map<string, Table>();

function tableOf(service: string): Table {
  let table = tables.get(service);
  if (table === undefined) {
    const names = [...(iamActions().actionsOf(service)?.keys() ?? [])];
    table = { names, places: new Map(names.map((name, index) => [name, index])) };
    tables.set(service, table);
  }
  return table;
}

/** The actions of a service, in lower case and without its prefix. */
export function namesOf(service: string): readonly string[] {
  return tableOf(service).names;
}

/** Actions that statements name and the catalogue does not know, in lower case; and patterns that match none of its actions. */
export interface UnknownActions {
  readonly names: readonly string[];
  readonly patterns: readonly string[];
}

export function unknownActionsOf(statements: readonly Statement[]): UnknownActions {
  const names = new Set<string>();
  const patterns = new Set<string>();
  for (const { actions, notActions } of statements) {
    for (const texts of [actions, notActions]) {
      for (const pattern of texts === undefined ? [] : actionPatterns(texts)) {
        const { text, isPlain } = pattern;
        if (text.indexOf(':') <= 0 || isKnownAction(pattern)) continue;
        (isPlain ? names : patterns).add(text);
      }
    }
  }
  return { names: [...names].sort(), patterns: [...patterns].sort() };
}

const knownPatterns = new WeakMap<ActionPattern, boolean>();

/** Whether the catalogue has an action that the pattern matches. */
function isKnownAction(pattern: ActionPattern): boolean {
  let isKnown = knownPatterns.get(pattern);
  if (isKnown === undefined) {
    isKnown = isInCatalogue(pattern);
    knownPatterns.set(pattern, isKnown);
  }
  return isKnown;
}

function isInCatalogue(pattern: ActionPattern): boolean {
  const { service, text } = pattern;
  if (service !== undefined && text.endsWith(':*') && text.length === service.length + 2)
    return iamActions().actionsOf(service) !== undefined;
  const services = service === undefined ? iamActions().services : [service];
  return services.some((one) => indexesOf(pattern, one).length > 0);
}

/** The actions of the first set, by what all sets say of them. */
export function classesOf(
  first: ActionSet,
  sets: readonly ActionSet[],
  unknown: readonly string[],
  budget: Budget,
): ActionClass[] {
  const classes = new Map<string, { readonly actions: ActionGroup[]; readonly members: readonly Membership[] }>();
  const add = (group: ActionGroup, members: readonly Membership[]) => {
    const key = members.join('');
    const made = classes.get(key);
    if (made === undefined) classes.set(key, { actions: [group], members });
    else made.actions.push(group);
  };
  for (const service of iamActions().services) {
    const own = first.ofService(service);
    if (own === NO) continue;
    const all = [own, ...sets.map((set) => set.ofService(service))];
    budget.spend(1 + sets.length);
    if (all.every((members) => typeof members === 'number')) add({ service, names: undefined }, all);
    else for (const [members, names] of dividedBy(all, namesOf(service), budget)) add({ service, names }, members);
  }
  for (const action of unknown) {
    const member = first.ofName(action);
    budget.spend(1 + sets.length);
    if (member === NO) continue;
    const colon = action.indexOf(':');
    const group = { service: action.slice(0, colon), names: [action.slice(colon + 1)] };
    add(group, [member, ...sets.map((set) => set.ofName(action))]);
  }
  return [...classes.values()];
}

/** The actions of a service, by what all sets say of them; those of the first set only. */
function dividedBy(
  all: readonly Members[],
  names: readonly string[],
  budget: Budget,
): Iterable<readonly [readonly Membership[], readonly string[]]> {
  const found = new Map<string, [Membership[], string[]]>();
  const varying = all.flatMap((members) => (typeof members === 'number' ? [] : [members]));
  const [own] = all;
  for (const [index, name] of names.entries()) {
    if (typeof own === 'object' && own[index] === NO) continue;
    budget.spend(1);
    let key = '';
    for (const members of varying) key += members[index];
    const made = found.get(key);
    if (made !== undefined) made[1].push(name);
    else found.set(key, [all.map((of) => (typeof of === 'number' ? of : ((of[index] ?? NO) as Membership))), [name]]);
  }
  return found.values();
}
