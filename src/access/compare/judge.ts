import { nameOf } from '../../iam/index.js';
import { iamActions } from '../../schemas/iam-actions.js';
import {
  type ActionClass,
  type ActionGroup,
  classesOf,
  MAYBE,
  type Membership,
  NO,
  type UnknownActions,
  YES,
} from './actions.js';
import type { CompareAnswer } from './answer.js';
import type { Budget } from './budget.js';
import { type CallerFacts, NO_FACTS } from './caller-facts.js';
import { formsOfGroup, WITHOUT_RESOURCE } from './forms.js';
import type { Literal, Literals, Signed } from './literals.js';
import { type Reading, relax } from './patterns.js';
import { brokenRules, type Rules } from './rules.js';
import { type Assignment, type Clause, type Conjunction, type Memory, type Problem, search } from './search.js';
import type { Asker, Factor } from './sides.js';
import type { Setting } from './solve.js';
import type { Compared } from './statements.js';
import { charactersOf, mayMeet } from './tokens.js';
import { confirm, plainer, toCandidate, toWitness } from './witness.js';

/** Both sides of a comparison, taken apart. */
export interface Comparison extends Pick<Setting, 'isAccount' | 'isAlwaysPresent' | 'isMultivalued'> {
  readonly factors: readonly Factor[];
  readonly asker: Asker | undefined;
  readonly compared: readonly {
    readonly old: readonly Compared[] | undefined;
    readonly new: readonly Compared[] | undefined;
  }[];
  readonly literals: Literals;
  readonly budget: Budget;
  readonly isStrict: boolean;
  readonly unknownActions: UnknownActions;
  readonly account: () => string;
  readonly rules: Rules;
  readonly facts: CallerFacts;
  /** What was solved once, in each reading. */
  readonly memories: Readonly<Record<Reading, Memory>>;
}

/** A statement by which something may be new. */
export interface Target {
  readonly statement: Compared;
  /** Of which factor it is an Allow; undefined: it is a Deny that is not there any more. */
  readonly factor: number | undefined;
  /** What must not have allowed. */
  readonly wereAllowed: readonly Compared[];
  /** What must not deny. */
  readonly denies: readonly Compared[];
}

/** The statements that decide beside the target, in the order of an action class's members. */
interface Parties {
  readonly denies: readonly Compared[];
  readonly wereAllowed: readonly Compared[];
  /** Of every other factor, what may allow. */
  readonly allows: readonly (readonly Compared[])[];
}

/** Whether something is new by one statement. */
export function judgeTarget(target: Target, comparison: Comparison): CompareAnswer {
  const { unknownActions, budget } = comparison;
  const parties = partiesOf(target, comparison);
  const others = [...parties.denies, ...parties.wereAllowed, ...parties.allows.flat()];
  const { names, strange } = extraActions(unknownActions);
  const classes = classesOf(
    target.statement.actions,
    others.map(({ actions }) => actions),
    names,
    budget,
  );
  const constructs = new Set<string>();
  const assumes = new Set<string>();
  for (const one of classes) {
    const answer = judgeClass(one, target, parties, comparison);
    if (answer.kind === 'yes') {
      const pattern = strange.get(answer.witness.action.toLowerCase());
      if (pattern === undefined) return answer;
      constructs.add(`action:${pattern}`);
    }
    for (const text of answer.kind === 'unknown' ? answer.constructs : []) constructs.add(text);
    for (const text of answer.kind === 'no' ? answer.assumes : []) assumes.add(text);
  }
  if (constructs.size > 0) return { kind: 'unknown', constructs: [...constructs] };
  return { kind: 'no', assumes: [...assumes] };
}

/** Names that the catalogue lacks; and one for each pattern of a service that it lacks. */
function extraActions({ names, patterns }: UnknownActions): {
  readonly names: readonly string[];
  readonly strange: ReadonlyMap<string, string>;
} {
  const strange = new Map<string, string>();
  for (const pattern of patterns) {
    const service = pattern.slice(0, pattern.indexOf(':'));
    if (iamActions().actionsOf(service) === undefined)
      strange.set(pattern.replaceAll('*', 'any').replaceAll('?', 'x'), pattern);
  }
  return { names: [...names, ...strange.keys()], strange };
}

function partiesOf({ factor, wereAllowed, denies }: Target, { compared }: Comparison): Parties {
  const allows = compared.flatMap((one, index) =>
    index === factor || one.new === undefined ? [] : [one.new.filter(({ isAllow }) => isAllow)],
  );
  return { denies, wereAllowed, allows };
}

function judgeClass(one: ActionClass, target: Target, parties: Parties, comparison: Comparison): CompareAnswer {
  const { statement } = target;
  const [own = NO, ...rest] = one.members;
  const members = new Map<Compared, Membership>();
  const others = [...parties.denies, ...parties.wereAllowed, ...parties.allows.flat()];
  for (const [index, other] of others.entries()) members.set(other, rest[index] ?? NO);
  if (
    [...parties.denies, ...parties.wereAllowed].some(
      (other) => members.get(other) === YES && isPartOf(other, statement),
    )
  )
    return { kind: 'no', assumes: [] };
  const clauses: Clause[] = [
    ...[...parties.denies, ...parties.wereAllowed].flatMap((other) => failing(other, members.get(other) ?? NO)),
    ...parties.allows.map((list) => list.flatMap((other) => holding(other, members.get(other) ?? NO))),
  ];
  const constructs = new Set<string>();
  const assumes = new Set<string>();
  for (const base of basesOf(statement, own, comparison)) {
    const answer = judgeProblem(one.actions, { base, clauses: withoutMet(clauses, base, comparison) }, comparison);
    if (answer.kind === 'yes') return answer;
    for (const text of answer.kind === 'unknown' ? answer.constructs : []) constructs.add(text);
    for (const text of answer.kind === 'no' ? answer.assumes : []) assumes.add(text);
  }
  return constructs.size > 0 ? { kind: 'unknown', constructs: [...constructs] } : { kind: 'no', assumes: [...assumes] };
}

/** Whether a statement applies wherever the other one does, since all that it demands the other demands. */
function isPartOf(statement: Compared, other: Compared): boolean {
  const [own, others] = [statement.demands(), other.demands()];
  return (
    (own.resource === undefined || own.resource === others.resource) &&
    own.others.every((literal) => others.others.includes(literal))
  );
}

/** That a statement does not apply: one of its literals is not met. None where it is not about the action. */
function failing(statement: Compared, member: Membership): Clause[] {
  if (member === NO) return [];
  const alternatives = partsOf(statement, member).map((literal): Conjunction => [{ literal, isMet: false }]);
  return [alternatives];
}

/** That a statement applies. */
function holding(statement: Compared, member: Membership): Clause {
  return member === NO ? [] : [partsOf(statement, member).map((literal) => ({ literal, isMet: true }))];
}

function partsOf(statement: Compared, member: Membership): Literal[] {
  const { resource, others } = statement.demands();
  return [
    ...(resource === undefined ? [] : [resource]),
    ...others,
    ...(member === MAYBE ? [statement.perhapsActions()] : []),
  ];
}

/** What has to be met that a statement applies, for each of its resource patterns. */
function basesOf(statement: Compared, member: Membership, { literals }: Comparison): Conjunction[] {
  const { resource } = statement.demands();
  const others = partsOf(statement, member)
    .filter((literal) => literal !== resource)
    .map((literal): Signed => ({ literal, isMet: true }));
  const test = resource?.test;
  if (resource === undefined || test?.kind !== 'resource' || test.isExcluding)
    return [resource === undefined ? others : [{ literal: resource, isMet: true }, ...others]];
  return test.most.map((pattern, index): Conjunction => {
    const needs = test.needs[index] ?? [];
    const single = test.most.length === 1 ? resource : literals.ofPattern(pattern);
    const present = needs.map((key): Signed => ({ literal: literals.ofPresence(key), isMet: true }));
    return [{ literal: single, isMet: true }, ...present, ...others];
  });
}

/** Without clauses that hold since no resource of the base is one of theirs: most statements are about other resources. */
function withoutMet(clauses: readonly Clause[], base: Conjunction, { budget }: Comparison): readonly Clause[] {
  const own = base.flatMap(({ literal: { test }, isMet }) =>
    test.kind === 'resource' && isMet && !test.isExcluding ? [test.most] : [],
  );
  const isElsewhere = ({ literal: { test }, isMet }: Signed) => {
    if (test.kind !== 'resource' || isMet || test.isExcluding) return false;
    return own.some((patterns) => {
      budget.spend(patterns.length);
      return patterns.every((pattern) => test.most.every((other) => !mayMeet(pattern[WIDE], other[WIDE])));
    });
  };
  return clauses.filter(
    (clause) => !clause.some(([signed, ...more]) => signed !== undefined && more.length === 0 && isElsewhere(signed)),
  );
}

/** The reading in which a pattern matches most. */
const WIDE: Reading = 'over-colons';

const READINGS: readonly Reading[] = ['over-colons', 'in-segment'];

/** Whether a `*` or `?` of the problem can be read in two ways. */
function isDivided({ base, clauses }: Problem): boolean {
  const divides = ({ literal: { test } }: Signed) => test.kind === 'resource' && test.isDivided;
  return base.some(divides) || clauses.some((clause) => clause.some((alternative) => alternative.some(divides)));
}

/** Tells of each way to meet a problem with further literals, in each reading; true if the search was ended. */
type Find = (further: Conjunction, onFound: (assignment: Assignment) => boolean) => boolean;

/** Whether a problem can be met for one of the actions: first over all texts, then over the forms of its resources. */
function judgeProblem(actions: readonly ActionGroup[], problem: Problem, comparison: Comparison): CompareAnswer {
  const readings = isDivided(problem) ? READINGS : READINGS.slice(0, 1);
  const { rules, memories } = comparison;
  const base = [...problem.base, ...factsAbout(problem, comparison)];
  const ruled = new Set<string>();
  const onExcluded = (clauses: readonly Clause[]) => {
    for (const words of rules.wordsOf(clauses)) ruled.add(words);
  };
  const find: Find = (further, onFound) =>
    readings.some((reading) =>
      search(
        { base: [...base, ...further], clauses: problem.clauses },
        {
          setting: settingOf(comparison, reading),
          memory: memories[reading],
          related: rules.related,
          onExcluded,
          onFound,
        },
      ),
    );
  if (!find([], () => true)) return without([...ruled], comparison);
  const constructs = new Set<string>();
  const isOfBase = meetingForms(problem.base);
  for (const [action, literal] of formsOfActions(actions, comparison)) {
    if (literal !== undefined && !isOfBase(literal)) continue;
    const answer = confirmOne(action, literal === undefined ? [] : [{ literal, isMet: true }], find, comparison);
    if (answer.kind === 'yes') return answer;
    for (const text of answer.kind === 'unknown' ? answer.constructs : []) constructs.add(text);
  }
  if (constructs.size > 0) return { kind: 'unknown', constructs: [...constructs] };
  return without(['arn-forms', ...ruled], comparison);
}

/** Nothing new, if what is assumed holds. */
function without(assumes: readonly string[], { isStrict }: Comparison): CompareAnswer {
  return isStrict && assumes.length > 0 ? { kind: 'unknown', constructs: assumes } : { kind: 'no', assumes };
}

/** What is known of the caller's keys that a problem is about. */
function factsAbout({ base, clauses }: Problem, { facts }: Comparison): Signed[] {
  if (facts === NO_FACTS) return [];
  const keys = new Set<string>();
  for (const { literal } of [...base, ...clauses.flat(2)])
    if (literal.space.kind === 'key') keys.add(literal.space.name);
  return [...keys].flatMap(facts.of);
}

/** Of the actions one for each set of forms, with the literal of the forms: at last one with no resource. */
function* formsOfActions(
  groups: readonly ActionGroup[],
  { literals, budget }: Comparison,
): Iterable<readonly [action: string, forms: Literal | undefined]> {
  const seen = new Set<string>();
  let first: string | undefined;
  for (const group of groups) {
    for (const [action, forms] of formsOfGroup(group)) {
      budget.spend(1);
      const key = forms?.key ?? '?';
      if (seen.has(key)) continue;
      seen.add(key);
      if (forms !== undefined && forms.key !== '') first ??= action;
      yield [action, forms === undefined ? undefined : literals.ofForms(key, forms.patterns)];
    }
  }
  if (first !== undefined) yield [first, literals.ofForms(WITHOUT_RESOURCE.key, WITHOUT_RESOURCE.patterns)];
}

/** Whether some form may match a pattern that is demanded: most are of other services. */
function meetingForms(base: Conjunction): (forms: Literal) => boolean {
  const demanded = base.flatMap(({ literal: { test }, isMet }) =>
    test.kind === 'resource' && isMet && !test.isExcluding
      ? [test.most.map((pattern) => relax(pattern['over-colons']))]
      : [],
  );
  return ({ test }) =>
    test.kind !== 'resource' ||
    demanded.every((union) => union.some((pattern) => test.most.some((form) => mayMeet(pattern, form['over-colons']))));
}

/** SAFETY: ways that the engine did not confirm, after which no more are tried. */
const maxUnconfirmed = 24;

/** Looks for a request of an action that the engine confirms. */
function confirmOne(action: string, further: Conjunction, find: Find, comparison: Comparison): CompareAnswer {
  const constructs = new Set<string>();
  let unconfirmed = 0;
  let confirmed: CompareAnswer | undefined;
  const { literals, account, isAlwaysPresent, factors, budget } = comparison;
  find(further, (assignment) => {
    budget.spend(64);
    const candidate = toCandidate(action, assignment, { symbols: literals.symbols, account, isAlwaysPresent });
    const { isNew, statements } = confirm(candidate, factors, comparison.asker);
    const broken = brokenRules(candidate.keys, candidate.resource);
    if (isNew === true && broken.length === 0) {
      const shown = plainer(candidate, account());
      const isSame =
        brokenRules(shown.keys, shown.resource).length === 0 &&
        confirm(shown, factors, comparison.asker).isNew === true;
      const witness = toWitness(isSame ? shown : candidate, writtenName);
      confirmed = { kind: 'yes', witness, assumes: assumptionsOf(action, candidate.keys), statements };
      return true;
    }
    const names = isNew === true ? broken : isNew === false ? opaqueNames(assignment) : isNew.causes.map(nameOf);
    for (const name of names.length > 0 ? names : ['witness-not-confirmed']) constructs.add(name);
    return ++unconfirmed >= maxUnconfirmed;
  });
  if (confirmed !== undefined) return confirmed;
  return constructs.size > 0 ? { kind: 'unknown', constructs: [...constructs] } : { kind: 'no', assumes: [] };
}

function opaqueNames({ spaces }: Assignment): string[] {
  return [...spaces.values()].flatMap(({ literals }) =>
    literals.flatMap(({ literal: { test } }) => (test.kind === 'opaque' ? [test.construct] : [])),
  );
}

/** An action as the catalogue writes it. */
function writtenName(action: string): string {
  const colon = action.indexOf(':');
  return (
    iamActions()
      .actionsOf(action.slice(0, colon))
      ?.get(action.slice(colon + 1))?.name ?? action
  );
}

/** What has to hold that the request can be made: no rule between keys was looked at. */
function assumptionsOf(action: string, keys: ReadonlyMap<string, unknown>): string[] {
  const colon = action.indexOf(':');
  const isKnown =
    iamActions()
      .actionsOf(action.slice(0, colon))
      ?.has(action.slice(colon + 1)) === true;
  return [
    ...(isKnown ? [] : [`the catalogue does not know the action ${action}`]),
    ...(keys.size > 1 ? [`a request can have these keys together: ${[...keys.keys()].sort().join(', ')}`] : []),
  ];
}

function settingOf(comparison: Comparison, reading: Reading): Setting {
  const { budget, isAccount, isAlwaysPresent, isMultivalued, account } = comparison;
  return { budget, reading, isAccount, isAlwaysPresent, isMultivalued, account: () => charactersOf(account()) };
}
