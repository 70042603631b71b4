import { ANY, type Statement, type Template, type Text, type Texts } from '../../iam/index.js';
import { iamActions } from '../../schemas/iam-actions.js';
import type { Budget } from './budget.js';
import { matchesWord, type Tokens } from './tokens.js';

/** Whether a statement is about an action: `maybe` where its actions are partly unknown. */
export type Membership = 'no' | 'yes' | 'maybe';

/** Of the actions of a service, in the order of the catalogue; one for all where they are the same. */
type Members = Membership | readonly Membership[];

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
  readonly tokens: Tokens;
  readonly isKnown: boolean;
}

/** The actions of a statement, by the patterns of its `Action` or `NotAction`. */
export function toActionSet({ actions, notActions }: Statement): ActionSet {
  const included = actions === undefined ? undefined : toPatternSet(actions);
  const excluded = notActions === undefined ? undefined : toPatternSet(notActions);
  const negated = excluded === undefined ? undefined : negate(excluded);
  if (included === undefined || negated === undefined) return included ?? negated ?? NONE;
  return {
    ofService: (service) => join(included.ofService(service), negated.ofService(service)),
    ofName: (action) => either(included.ofName(action), negated.ofName(action)),
  };
}

const NONE: ActionSet = { ofService: () => 'no', ofName: () => 'no' };

function negate({ ofService, ofName }: ActionSet): ActionSet {
  const not = (member: Membership): Membership => (member === 'yes' ? 'no' : member === 'no' ? 'yes' : 'maybe');
  return {
    ofService: (service) => {
      const members = ofService(service);
      return typeof members === 'string' ? not(members) : members.map(not);
    },
    ofName: (action) => not(ofName(action)),
  };
}

function either(some: Membership, other: Membership): Membership {
  if (some === 'yes' || other === 'yes') return 'yes';
  return some === 'maybe' || other === 'maybe' ? 'maybe' : 'no';
}

function join(some: Members, other: Members): Members {
  if (some === 'yes' || other === 'yes') return 'yes';
  if (some === 'no') return other;
  if (other === 'no') return some;
  const list = typeof some === 'string' ? other : some;
  const against = typeof some === 'string' ? some : other;
  if (typeof list === 'string') return either(list, against as Membership);
  return list.map((member, index) => either(member, typeof against === 'string' ? against : (against[index] ?? 'no')));
}

function toPatternSet(texts: Texts): ActionSet {
  const patterns = actionPatterns(texts);
  const byService = new Map<string, Members>();
  const general = patterns.filter(({ text }) => serviceOf(text) === undefined);
  const special = new Map<string, ActionPattern[]>();
  for (const pattern of patterns) {
    const service = serviceOf(pattern.text);
    if (service !== undefined) special.set(service, [...(special.get(service) ?? []), pattern]);
  }
  return {
    ofService: (service) => {
      let members = byService.get(service);
      if (members === undefined) {
        const relevant = [...general, ...(special.get(service) ?? [])];
        members = relevant.map((pattern) => membersOf(pattern, service)).reduce(join, 'no');
        byService.set(service, members);
      }
      return members;
    },
    ofName: (action) => {
      const word = charactersOf(action);
      let member: Membership = 'no';
      for (const { tokens, isKnown } of patterns)
        if (matchesWord(tokens, word)) member = either(member, isKnown ? 'yes' : 'maybe');
      return member;
    },
  };
}

function actionPatterns({ elements, rest }: Texts): ActionPattern[] {
  const patterns = elements.flatMap(({ options, perhaps }) =>
    options.flatMap((template) => (template === undefined ? [] : [toActionPattern(template, perhaps === undefined)])),
  );
  return rest === undefined ? patterns : [...patterns, { text: '*', tokens: [ANY], isKnown: false }];
}

function toActionPattern({ tokens }: Template, isCertain: boolean): ActionPattern {
  const isKnown = isCertain && tokens.every((token) => typeof token === 'number');
  const plain = (tokens as Text).map((token) => (typeof token === 'number' ? token : ANY));
  const text = plain
    .map((token) => (token === ANY ? '*' : token > ANY ? '?' : String.fromCharCode(token)))
    .join('')
    .toLowerCase();
  return { text, tokens: patternTokens(text), isKnown };
}

function patternTokens(text: string): Tokens {
  return charactersOf(text).map((code) => (code === 42 ? ANY : code === 63 ? ANY + 1 : code));
}

function charactersOf(text: string): number[] {
  return Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
}

/** Undefined where the prefix has wildcards, or there is none. */
function serviceOf(text: string): string | undefined {
  const colon = text.indexOf(':');
  const service = colon === -1 ? undefined : text.slice(0, colon);
  return service === undefined || /[*?]/.test(service) ? undefined : service;
}

/** Members of patterns, by service and pattern: the catalogue is the same for all comparisons. */
const matched = new Map<string, Map<string, Members>>();
/** SAFETY: patterns that are remembered. */
const maxRemembered = 50_000;

function membersOf({ text, tokens, isKnown }: ActionPattern, service: string): Members {
  const yes: Membership = isKnown ? 'yes' : 'maybe';
  if (text === '*' || text === '*:*' || text === `${service}:*`) return yes;
  if (matched.size > maxRemembered) matched.clear();
  const key = isKnown ? text : `?${text}`;
  let known = matched.get(key);
  if (known === undefined) {
    known = new Map();
    matched.set(key, known);
  }
  let members = known.get(service);
  if (members === undefined) {
    const names = namesOf(service);
    const name = text.slice(service.length + 1);
    const isPlain = text.startsWith(`${service}:`) && !/[*?]/.test(text);
    const list = names.map(
      (action): Membership =>
        (isPlain ? action === name : matchesWord(tokens, charactersOf(`${service}:${action}`))) ? yes : 'no',
    );
    members = list.every((member) => member === 'no') ? 'no' : list.every((member) => member === yes) ? yes : list;
    known.set(service, members);
  }
  return members;
}

const names = new Map<string, readonly string[]>();

/** The actions of a service, in lower case and without its prefix. */
export function namesOf(service: string): readonly string[] {
  let list = names.get(service);
  if (list === undefined) {
    list = [...(iamActions().actionsOf(service)?.keys() ?? [])];
    names.set(service, list);
  }
  return list;
}

/** Actions that statements name and the catalogue does not know, in lower case; and patterns of services that it lacks. */
export interface UnknownActions {
  readonly names: readonly string[];
  /** Texts that match no action of today. */
  readonly patterns: readonly string[];
}

export function unknownActionsOf(statements: readonly Statement[]): UnknownActions {
  const found = new Set<string>();
  const patterns = new Set<string>();
  for (const { actions, notActions } of statements) {
    for (const texts of [actions, notActions]) {
      if (texts === undefined) continue;
      for (const { text, tokens } of actionPatterns(texts)) {
        const colon = text.indexOf(':');
        if (colon <= 0 || found.has(text) || patterns.has(text)) continue;
        if (!/[*?]/.test(text)) {
          if (
            iamActions()
              .actionsOf(text.slice(0, colon))
              ?.has(text.slice(colon + 1)) !== true
          )
            found.add(text);
        } else if (!matchesSome(text, tokens)) patterns.add(text);
      }
    }
  }
  return { names: [...found].sort(), patterns: [...patterns].sort() };
}

function matchesSome(text: string, tokens: Tokens): boolean {
  const service = serviceOf(text);
  const services = service === undefined ? iamActions().services : [service];
  return services.some((one) => namesOf(one).length > 0 && membersOf({ text, tokens, isKnown: true }, one) !== 'no');
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
    const key = members.map((member) => member.charAt(0)).join('');
    const made = classes.get(key);
    if (made === undefined) classes.set(key, { actions: [group], members });
    else made.actions.push(group);
  };
  for (const service of iamActions().services) {
    const own = first.ofService(service);
    if (own === 'no') continue;
    const all = [own, ...sets.map((set) => set.ofService(service))];
    budget.spend(1 + sets.length);
    if (all.every((members) => typeof members === 'string')) add({ service, names: undefined }, all);
    else for (const [members, names] of dividedBy(all, namesOf(service), budget)) add({ service, names }, members);
  }
  for (const action of unknown) {
    const member = first.ofName(action);
    budget.spend(1 + sets.length);
    if (member === 'no') continue;
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
  const varying = all.flatMap((members) => (typeof members === 'string' ? [] : [members]));
  for (const [index, name] of names.entries()) {
    const [own] = all;
    if ((typeof own === 'string' ? own : own?.[index]) === 'no') continue;
    budget.spend(1);
    let key = '';
    for (const members of varying) key += members[index]?.charAt(0) ?? 'n';
    const made = found.get(key);
    if (made !== undefined) made[1].push(name);
    else found.set(key, [all.map((of) => (typeof of === 'string' ? of : (of[index] ?? 'no'))), [name]]);
  }
  return found.values();
}
