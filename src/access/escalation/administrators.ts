import { type Cause, type Text, textOf, toDocument } from '../../iam/index.js';
import { iamActions } from '../../schemas/iam-actions.js';
import { ADMINISTRATOR } from '../documents.js';
import type { DecidingStatement } from '../evaluate-policies.js';
import { organizationRulesOf } from '../organization.js';
import type { Principal } from '../principals.js';
import {
  type ActionSet,
  actionsLike,
  differenceOf,
  hasAction,
  holdsAll,
  intersectionOf,
  listActions,
  meets,
  NO_ACTIONS,
  unionOf,
} from '../rows/action-set.js';
import { compileStatement } from '../rows/compile-statement.js';
import type { GrantRow } from '../rows/open-grants.js';
import type { World } from '../world.js';
import { type Judged, judge } from './judge.js';
import { type Node, POWERS, wholeText } from './node.js';
import type { RequestContext } from './technique.js';
import type { Thing } from './terrain.js';

/** What makes an administrator; undefined: it is none. */
export interface AdminProof {
  readonly causes: readonly Cause[];
  readonly statements: readonly DecidingStatement[];
  /** Others on whom control policies may leave a power, and who were too many to be tried. */
  readonly untried: number;
}

const POWER_NAMES: readonly string[] = listActions(POWERS);

/** What of IAM gives rights: to change policies, and the powers. */
function givingRights(): ActionSet {
  const actions = [...(iamActions().actionsOf('iam')?.values() ?? [])];
  const changing = actions.filter(({ level }) => level === 'Permissions management');
  return unionOf([POWERS, ...changing.map(({ name }) => actionsLike(name))]);
}

/** Whoever may do one of the first to a role or user, and one of the second, has any right by it. */
const SELF_GRANTS = [
  { gives: ['iam:AttachRolePolicy', 'iam:PutRolePolicy'], enters: ['iam:CreateRole', 'iam:UpdateAssumeRolePolicy'] },
  { gives: ['iam:AttachUserPolicy', 'iam:PutUserPolicy'], enters: ['iam:CreateAccessKey'] },
] as const;

/** What control policies leave of `*` on `*` to a principal without limits of its own. */
export interface Gates {
  /** What they leave of some resources or requests. */
  readonly left: ActionSet;
  /** What they leave whatever the resource and the request. */
  readonly whole: ActionSet;
}

export function gatesOf(rowsOf: (principal: Principal) => readonly GrantRow[], principal: Principal): Gates {
  const [row] = rowsOf(withAllRights(principal));
  if (row === undefined) return { left: NO_ACTIONS, whole: NO_ACTIONS };
  const { actions, limits } = row;
  if (limits.some(({ statement }) => statement === undefined)) return { left: actions, whole: NO_ACTIONS };
  const denied = limits.flatMap(({ statement }) =>
    statement === undefined ? [] : [compileStatement(statement).possible],
  );
  return { left: actions, whole: differenceOf(actions, unionOf(denied)) };
}

/** What the principal would be with `*` on `*`, and nothing but the gates of its account in the way. */
function withAllRights(principal: Principal): Principal {
  return { ...principal, identity: [ADMINISTRATOR], boundary: undefined };
}

/**
 * Whether a principal is an administrator by design, within what the control policies of its account leave. Each of IAM's powers
 * is asked for twice: of the principal, and of one that would have its name and `*` on `*`. What that one may, on anything new, on
 * itself or on another principal, the principal has to be allowed too. What that one may not, the control policies take, and it
 * counts for nothing: an SCP that closes some powers, some roles, or requests that need not be made does not make an administrator
 * less of one.
 *
 * - All powers are left: they are enough.
 * - By some that are left rights are given to whom the principal is, or can be: all of IAM that is left and gives rights has to be
 *   its own.
 * - Fewer are left: then nobody of the account gives rights, and all that is left of everything has to be its own. Where the
 *   control policies look at who calls (`aws:PrincipalArn`), somebody else may have more, and it is no administrator.
 *
 * `others` are principals on which powers are tried.
 */
export function proveAdmin(
  world: World,
  node: Node,
  gates: Gates,
  others: readonly Thing[] = [],
): AdminProof | undefined {
  const { left, whole } = gates;
  if (left.size === 0) return undefined;
  const wide = unionOf(
    node.rows.flatMap(({ compiled, actions }) =>
      compiled.isOnAll || compiled.starts === undefined ? [ofIam(actions)] : [],
    ),
  );
  const powers = new Map<string, Power>();
  let untried = 0;
  // What it lacks comes first: who has none is asked for one only.
  for (const power of [...POWER_NAMES].sort((some, other) => rank(wide, some) - rank(wide, other))) {
    if (hasAction(left, power) !== true) continue;
    const isHeld = hasAction(wide, power) === true;
    if (!isHeld && hasAction(whole, power) === true) return undefined;
    const found = comparePower(world, node, { power, isHeld, others });
    if (found === 'lacking') return undefined;
    if ('judged' in found) powers.set(power, found);
    else untried = Math.max(untried, found.untried);
  }
  const statements = [...powers.values()].flatMap(({ judged }) => judged.statements);
  const causes = [...powers.values()].flatMap(({ judged }) => judged.causes);
  if (powers.size < POWER_NAMES.length) {
    if (givesItselfRights(powers)) {
      if (!holdsAll(wide, intersectionOf(left, givingRights()))) return undefined;
    } else {
      const rows = unlimitedRows(node);
      if (looksAtCallers(world, node.principal, powers)) return undefined;
      if (!holdsAll(unionOf(rows.map(({ actions }) => actions)), left)) return undefined;
      statements.push(...rows.map(toDeciding));
    }
  }
  return { causes, statements: [...new Map(statements.map((one) => [one.source, one])).values()], untried };
}

function ofIam(actions: ActionSet): ActionSet {
  const words = actions.get('iam');
  return words === undefined ? NO_ACTIONS : new Map([['iam', words]]);
}

function rank(wide: ActionSet, power: string): number {
  return hasAction(wide, power) === true ? 1 : 0;
}

/** A power that is left, and the principal has. */
interface Power {
  readonly judged: Judged;
  /** It is tried on the principal itself. */
  readonly isOnItself: boolean;
}

interface Compared {
  readonly power: string;
  readonly isHeld: boolean;
  readonly others: readonly Thing[];
}

/** Control policies leave none of a power, but for others that were not tried. */
interface Taken {
  readonly untried: number;
}

/** `lacking`: control policies leave some of it that the principal does not have. */
function comparePower(world: World, node: Node, { power, isHeld, others }: Compared): Power | Taken | 'lacking' {
  const all = withAllRights(node.principal);
  const tryOn = (thing: Thing): Power | 'lacking' | undefined => {
    for (const context of contextsFor(node)) {
      const request = { world, action: power, thing, context, isGranted: false, without: undefined };
      const judged = isHeld ? judge({ ...request, principal: node.principal }) : undefined;
      if (judged !== undefined) return { judged, isOnItself: thing.resource === node.resource };
      if (judge({ ...request, principal: all }) !== undefined) return 'lacking';
    }
    return undefined;
  };
  // First something that is nobody's in particular: what is denied of some is not denied of all.
  const found = tryOn({ text: arnOf(node, power, 'any-other'), resource: undefined });
  if (found !== undefined) return found;
  const likeIt = thingsLike(node, power, others);
  for (const thing of likeIt.slice(0, maxThings)) {
    const one = tryOn(thing);
    if (one !== undefined) return one;
  }
  return { untried: Math.max(0, likeIt.length - maxThings) };
}

/** SAFETY: powers are not tried on more than these: that it is cut off is said. */
const maxThings = 100;

/** Others of the account that a power may be used on, the principal itself first. */
function thingsLike(node: Node, power: string, others: readonly Thing[]): readonly Thing[] {
  const start = wholeText(arnOf(node, power, ''));
  const like = others.filter(({ text }) => start !== undefined && wholeText(text)?.startsWith(start) === true);
  const isItself = (one: Thing) => one.resource === node.resource;
  return [...like.filter(isItself), ...like.filter((one) => !isItself(one))];
}

function arnOf({ principal: { caller } }: Node, power: string, name: string): Text {
  const account = 'account' in caller ? caller.account : [];
  return [...textOf('arn:aws:iam::'), ...account, ...textOf(`:${kindOf(power)}/${name}`)];
}

function kindOf(power: string): 'user' | 'policy' | 'role' {
  if (power.includes('User') || power.endsWith('AccessKey')) return 'user';
  return power.endsWith('Version') ? 'policy' : 'role';
}

/** What requests for anything are without, with a policy of AWS and with another one. */
function contextsFor({ principal: { caller } }: Node): RequestContext[] {
  const account = 'account' in caller ? caller.account : [];
  const policies: Text[] = [
    textOf('arn:aws:iam::aws:policy/AdministratorAccess'),
    [...textOf('arn:aws:iam::'), ...account, ...textOf(':policy/any-other')],
  ];
  return policies.map(
    (policy) =>
      new Map<string, readonly (string | Text)[]>([
        ['iam:permissionsboundary', []],
        ['iam:policyarn', [policy]],
        ['iam:passedtoservice', ['ec2.amazonaws.com']],
      ]),
  );
}

function givesItselfRights(powers: ReadonlyMap<string, Power>): boolean {
  return SELF_GRANTS.some(({ gives, enters }) =>
    gives.some((give) => {
      const power = powers.get(give);
      return power !== undefined && (power.isOnItself || enters.some((enter) => powers.has(enter)));
    }),
  );
}

/** The rows that are about everything, and that nothing of the principal's own limits. */
function unlimitedRows({ principal, rows }: Node): readonly GrantRow[] {
  const own = new Set([...principal.identity, principal.boundary]);
  return rows.filter(
    ({ compiled, limits, policy }) =>
      compiled.isOnAll &&
      compiled.isKnown &&
      !compiled.hasConditions &&
      policy.perhaps === undefined &&
      !limits.some((limit) => own.has(limit.policy)),
  );
}

function toDeciding({ statement, policy }: GrantRow): DecidingStatement {
  return { kind: 'identity', effect: 'Allow', applies: 'yes', policy: policy.name, source: statement.source };
}

/** Keys that tell callers of one account from each other. */
const OF_CALLERS =
  /^aws:(?:principal(?!account$|org|isawsservice$)|sourceidentity$|userid$|username$|federatedprovider$)/;

/** Whether control policies that take powers look at who calls, and not only at what is called. */
function looksAtCallers(world: World, { caller }: Principal, powers: ReadonlyMap<string, Power>): boolean {
  const { scp } = organizationRulesOf(world, 'account' in caller ? caller.account : undefined);
  const taken = unionOf(POWER_NAMES.filter((power) => !powers.has(power)).map(actionsLike));
  return scp.levels
    .flat()
    .some(({ document }) =>
      toDocument(document).statements.some(
        (statement) =>
          meets(compileStatement(statement).possible, taken) &&
          statement.conditions.some(({ condition: { key = '' } }) => OF_CALLERS.test(key)),
      ),
    );
}
