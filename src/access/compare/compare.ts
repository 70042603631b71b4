import { iamActions } from '../../schemas/iam-actions.js';
import { assumedOf } from '../policies-of-aws.js';
import type { PolicyInForce } from '../request.js';
import { unknownActionsOf } from './actions.js';
import type { CompareAnswer } from './answer.js';
import { type Limits, OUT_OF_BUDGET, startBudget } from './budget.js';
import { factsOfCaller, NO_FACTS, valuesOfCaller } from './caller-facts.js';
import { type Comparison, judgeTarget, type Target } from './judge.js';
import { multivalued } from './key-facts.js';
import { createLiterals, isSameContent, mentions } from './literals.js';
import { once } from './once.js';
import { createRules } from './rules.js';
import { type Factor, factorsOf, policiesOf, type Side } from './sides.js';
import { type Compared, EVERYTHING_ALLOWED, newAmong, toCompared } from './statements.js';
import { ACCOUNT_KEYS, createSymbols } from './symbols.js';

export interface CompareOptions extends Limits {
  /** What holds for the known forms of ARNs only is unknown. */
  readonly strict?: boolean | undefined;
}

/**
 * Whether NEW allows a request that OLD does not, both as identity policies of one principal. A `no` is right for every
 * request of the catalogue's actions, a `yes` has a request that the engine confirmed; everything else is `unknown`.
 */
export function comparePolicies(
  before: readonly PolicyInForce[],
  after: readonly PolicyInForce[],
  options: CompareOptions = {},
): CompareAnswer {
  return compareSides({ grants: before, limits: NO_LIMITS }, { grants: after, limits: NO_LIMITS }, options);
}

const NO_LIMITS: Side['limits'] = new Map();

/** Whether two sides have the same policies, unknown parts and all. */
export function isSameSide(before: Side, after: Side): boolean {
  const listsOf = ({ grants, limits }: Side) => [...limits, ['', grants] as const];
  const [own, others] = [listsOf(before), listsOf(after)];
  return (
    own.length === others.length &&
    own.every(([name, policies], index) => {
      const [otherName, otherPolicies = []] = others[index] ?? [];
      return (
        name === otherName &&
        policies.length === otherPolicies.length &&
        policies.every((policy, place) => isSamePolicy(policy, otherPolicies[place]))
      );
    })
  );
}

function isSamePolicy(some: PolicyInForce, other: PolicyInForce | undefined): boolean {
  if (other === undefined || (some.perhaps === undefined) !== (other.perhaps === undefined)) return false;
  return (some.perhaps === undefined || some.name === other.name) && isSameContent(some.document, other.document);
}

/** The same with limits, as a permissions boundary is one. */
export function compareSides(before: Side, after: Side, options: CompareOptions = {}): CompareAnswer {
  if (isSameSide(before, after)) return { kind: 'no', assumes: [] };
  const constructs = new Set<string>();
  const assumes = new Set<string>();
  const contents = assumedOf(policiesOf(factorsOf(before, after)));
  for (const { answer } of answersOf(before, after, options)) {
    if (answer.kind === 'yes') return { ...answer, assumes: [...answer.assumes, ...contents] };
    for (const one of answer.kind === 'unknown' ? answer.constructs : []) constructs.add(one);
    for (const one of answer.kind === 'no' ? answer.assumes : []) assumes.add(one);
  }
  if (constructs.size > 0) return { kind: 'unknown', constructs: [...constructs].sort() };
  return { kind: 'no', assumes: [`actions of ${iamActions().version}`, ...[...assumes].sort(), ...contents] };
}

/** Each statement of NEW, or taken away from OLD, by which something may be new, with the answer for it alone. */
export function* answersOf(
  before: Side,
  after: Side,
  options: CompareOptions,
): Iterable<{
  /** Undefined for what no single statement says. */
  readonly target: Compared | undefined;
  readonly answer: CompareAnswer;
}> {
  let target: Compared | undefined;
  try {
    const comparison = toComparison(factorsOf(before, after), after, options);
    for (const one of targetsOf(comparison)) {
      target = one.statement;
      yield { target, answer: judgeTarget(one, comparison) };
    }
  } catch (error) {
    if (error !== OUT_OF_BUDGET) throw error;
    yield { target, answer: { kind: 'unknown', constructs: ['steps'] } };
  }
}

function toComparison(factors: readonly Factor[], { asker, whose }: Side, options: CompareOptions): Comparison {
  const literals = createLiterals(createSymbols(valuesOfCaller(whose)));
  const facts = whose === undefined ? NO_FACTS : factsOfCaller(whose, literals);
  const budget = startBudget(options);
  const compared = factors.map((factor) => ({
    old: factor.old === undefined ? undefined : toCompared(factor.old, literals, asker),
    new: factor.new === undefined ? undefined : toCompared(factor.new, literals, asker),
  }));
  budget.spend(1);
  const statements = compared.flatMap((factor) => [...(factor.old ?? []), ...(factor.new ?? [])]);
  const fresh = freshValues(factors);
  return {
    factors,
    asker,
    compared,
    literals,
    budget,
    isStrict: options.strict === true,
    unknownActions: unknownActionsOf(statements.flatMap(({ statement }) => statement ?? [])),
    account: fresh.account,
    rules: createRules({ literals, account: fresh.otherAccount, region: fresh.region }),
    facts,
    memories: { 'over-colons': new Map(), 'in-segment': new Map() },
    isAlwaysPresent: facts.isAlwaysPresent,
    isMultivalued: multivalued,
    isAccount: (symbol) => {
      const meaning = literals.symbols.meaningOf(symbol);
      return meaning?.kind === 'key' && ACCOUNT_KEYS.has(meaning.key);
    },
  };
}

/** Values that no policy of the factors holds. */
function freshValues(factors: readonly Factor[]) {
  const fresh = (values: readonly string[]) =>
    values.find((value) => !policiesOf(factors).some(({ document }) => mentions(document, value)));
  const account = once(() => fresh(ACCOUNTS) ?? '987654321098');
  return {
    account,
    /** Another one: who calls, and whose the resource is, need not be the same. */
    otherAccount: once(() => fresh(ACCOUNTS.filter((one) => one !== account())) ?? '890123456789'),
    region: once(() => fresh(REGIONS) ?? 'xx-none-1'),
  };
}

/** Numbers of accounts for examples. */
const ACCOUNTS = ['111122223333', '444455556666', '777788889999', '123456789012', '210987654321', '135791357913'];

const REGIONS = ['eu-west-1', 'us-east-2', 'ap-south-1', 'sa-east-1', 'ca-central-1'];

/**
 * By what something may be new: an Allow that OLD has not; a limit's, likewise; a Deny that NEW has not. What both sides
 * have can allow nothing new by itself.
 */
function* targetsOf({ compared }: Comparison): Iterable<Target> {
  const denies = compared.flatMap((factor) => factor.new ?? []).filter(({ isAllow }) => !isAllow);
  for (const [index, factor] of compared.entries()) {
    if (factor.old === undefined) continue;
    const wereAllowed = factor.old.filter(({ isAllow }) => isAllow);
    const allowed = (factor.new ?? [EVERYTHING_ALLOWED]).filter(({ isAllow }) => isAllow);
    for (const statement of newAmong(allowed, wereAllowed)) yield { statement, factor: index, wereAllowed, denies };
  }
  const denied = compared.flatMap((factor) => factor.old ?? []).filter(({ isAllow }) => !isAllow);
  for (const statement of newAmong(denied, denies)) yield { statement, factor: undefined, wereAllowed: [], denies };
}
