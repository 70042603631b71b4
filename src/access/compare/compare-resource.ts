import type { ComparedAccess } from '../../findings/access-comparison.js';
import { nameOf, plainText, principalNames, type Statement, toDocument } from '../../iam/index.js';
import type { Resource } from '../../model/resource.js';
import type { Value } from '../../model/value.js';
import { compareText } from '../../source/compare-text.js';
import { outsidePrincipal } from '../principals.js';
import type { PolicyInForce } from '../request.js';
import { resourcePoliciesOf } from '../resource-policies.js';
import { shown } from '../shown-text.js';
import { accountTextOf, arnTextOf, type World } from '../world.js';
import type { CompareAnswer } from './answer.js';
import type { Whose } from './caller-facts.js';
import { type CompareOptions, compareSides } from './compare.js';
import { toCompared } from './compared-access.js';
import { contentOf } from './literals.js';
import type { Asker, Side } from './sides.js';

/** The policies of one resource on both sides. */
export interface ResourcePolicies {
  readonly before: readonly PolicyInForce[];
  readonly after: readonly PolicyInForce[];
  /** The resource's own; undefined where it is not known. */
  readonly account?: string | undefined;
}

/** Who may newly do what by the policies of one resource: everyone whom either side names is asked about. */
export function compareResourcePolicies(
  subject: string,
  policies: ResourcePolicies,
  options: CompareOptions,
): ComparedAccess {
  const constructs = new Set(unknownPrincipals(policies));
  const assumes = new Set<string>();
  for (const { name, before, after, assumption } of askedSides(policies)) {
    const answer = compareSides(before, after, options);
    if (answer.kind === 'yes' && assumption === undefined) return toCompared('resource', subject, answer, name);
    if (answer.kind === 'yes') assumes.add(assumption ?? '');
    for (const construct of answer.kind === 'unknown' ? answer.constructs : []) constructs.add(construct);
    for (const text of answer.kind === 'no' ? answer.assumes : []) assumes.add(text);
  }
  if (options.strict === true && assumes.has(OTHER_ACCOUNTS)) constructs.add(OTHER_ACCOUNTS);
  const answer: CompareAnswer =
    constructs.size > 0
      ? { kind: 'unknown', constructs: [...constructs].sort() }
      : { kind: 'no', assumes: [...assumes].sort() };
  return toCompared('resource', subject, answer);
}

const OTHER_ACCOUNTS =
  'who is newly named itself, and not only by its account, is of another account than the resource: in its own it would need no policy of its own any more';

/** A caller with both sides as they are for it. */
interface AskedSides {
  /** Who it is, in words. */
  readonly name: string;
  readonly before: Side;
  readonly after: Side;
  /** With which a `yes` is none. */
  readonly assumption: string | undefined;
}

/**
 * Everyone whom either side names, and those whom none names. In the account of the resource it matters by what somebody
 * is named, for who is named itself needs no policy of its own: IAM User Guide, "Policy evaluation logic".
 */
export function* askedSides({ before, after, account }: ResourcePolicies): Iterable<AskedSides> {
  const sidesOf = (asker: Asker, whose: Whose) => {
    const side = (grants: readonly PolicyInForce[]): Side => ({ grants, limits: NO_LIMITS, asker, whose });
    return { before: side(before), after: side(after) };
  };
  for (const { name, whose, ownAccount } of askedCallers([...before, ...after])) {
    const { caller } = whose;
    yield { name, ...sidesOf({ caller, by: 'account' }, whose), assumption: undefined };
    if (ownAccount === undefined || (account !== undefined && account !== ownAccount)) continue;
    for (const by of caller.kind === 'role-session' ? (['role', 'direct'] as const) : (['direct'] as const))
      yield {
        name,
        ...sidesOf({ caller, by }, whose),
        assumption: account === undefined ? OTHER_ACCOUNTS : undefined,
      };
  }
}

const NO_LIMITS: Side['limits'] = new Map();

interface AskedCaller {
  readonly name: string;
  readonly whose: Whose;
  /** Of a user or a session, whom an account's name does not name itself. */
  readonly ownAccount: string | undefined;
}

function* askedCallers(policies: readonly PolicyInForce[]): Iterable<AskedCaller> {
  const names = new Set(policies.flatMap(namesIn));
  const known = [...names].sort(compareText).flatMap((name) => {
    const caller = outsidePrincipal(name)?.caller;
    return caller === undefined || name === 'any-account' || name === 'anonymous' ? [] : [{ name, caller }];
  });
  const accounts = new Set(
    known.flatMap(({ caller }) => ('account' in caller ? (plainText(caller.account) ?? []) : [])),
  );
  const others = { accounts: [...accounts], arns: known.map(({ name }) => name) };
  for (const name of ['anonymous', 'any-account']) {
    const caller = outsidePrincipal(name)?.caller;
    if (caller === undefined) continue;
    const whose = caller.kind === 'anonymous' ? { caller } : { caller, others: { ...others, account: undefined } };
    yield { name, whose, ownAccount: undefined };
  }
  for (const { name, caller } of known) {
    const isOfAccount = caller.kind === 'user' || caller.kind === 'role-session';
    yield { name, whose: { caller }, ownAccount: isOfAccount ? plainText(caller.account) : undefined };
  }
  for (const account of [...accounts].sort(compareText)) {
    const caller = outsidePrincipal(`arn:aws:iam::${account}:role/${UNNAMED}`)?.caller;
    if (caller === undefined) continue;
    const whose = { caller, others: { ...others, account } };
    yield { name: `somebody else of account ${account}`, whose, ownAccount: account };
  }
}

/** A role that no policy names. */
const UNNAMED = 'one-that-no-policy-names';

/** Principals of which it cannot be told whether they are newly let in. */
export function unknownPrincipals({ before, after }: ResourcePolicies): string[] {
  const changed = [...newStatements(before, after), ...newStatements(after, before)];
  const names = new Set(changed.flatMap(principalNames));
  return [
    ...new Set(changed.flatMap(unknownNames)),
    // Names that are no principals' of today: deleted ones, canonical ids.
    ...[...names].filter((name) => outsidePrincipal(name) === undefined).map((name) => `principal:${name}`),
  ];
}

function namesIn({ document }: PolicyInForce): string[] {
  return toDocument(document).statements.flatMap(principalNames);
}

/** Statements of NEW that OLD has not, by what they say. */
function newStatements(before: readonly PolicyInForce[], after: readonly PolicyInForce[]): Statement[] {
  const statementsOf = (policies: readonly PolicyInForce[]) =>
    policies.flatMap(({ document }) => toDocument(document).statements);
  const known = new Set(statementsOf(before).map(({ source }) => contentOf(source)));
  return statementsOf(after).filter(({ source }) => !known.has(contentOf(source)));
}

/** Principals of a statement that are not known, or are in part: `principal aws_iam_role.x.arn`. */
function unknownNames({ principals, notPrincipals }: Statement): string[] {
  return [principals, notPrincipals].flatMap((list) => {
    if (list === undefined) return [];
    const named = list.groups.flatMap(({ identifiers: { elements, rest } }) => [
      ...(rest === undefined ? [] : [`principal ${nameOf(rest)}`]),
      ...elements.flatMap(({ options, value }) =>
        options.some((one) => one?.tokens.some((token) => typeof token !== 'number') === true)
          ? [`principal ${shownName(value)}`]
          : [],
      ),
    ]);
    return list.isOpen ? [...named, `principal ${nameOf(list.cause)}`] : named;
  });
}

function shownName(value: Value): string {
  const [reference, ...others] = value.refersTo ?? [];
  if (reference !== undefined && others.length === 0) return `${reference.address}.${reference.attribute}`;
  return value.kind === 'unknown' && value.parts === undefined ? (value.subject ?? value.reason) : shown(value);
}

/** The policies of a resource that let others in; none of what is no resource with such. */
export function ownPolicies(world: World, resource: Resource): PolicyInForce[] {
  if (resource.mode !== 'managed' || resource.presence !== 'written') return [];
  const service = resource.type === 'aws_iam_role' ? 'sts' : serviceOf(world, resource);
  if (service === undefined || service === 'iam') return [];
  return resourcePoliciesOf(world, resource, service);
}

/** Of two policies that the input does not show, nobody knows whether they are the same. */
export function isUnseen({ document }: PolicyInForce): boolean {
  return document.kind === 'unknown' && document.reason === 'outside-input';
}

function serviceOf(world: World, resource: Resource): string | undefined {
  const arn = arnTextOf(world, resource);
  const text = arn?.map((token) => (typeof token === 'number' ? String.fromCharCode(token) : '-')).join('');
  return text?.split(':')[2];
}

/** The account of a resource, where it is known. */
export function accountOf(world: World, resource: Resource): string | undefined {
  const account = accountTextOf(world, resource);
  return account === undefined ? undefined : plainText(account);
}
