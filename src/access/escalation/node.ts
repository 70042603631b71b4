import { type Cause, isHole, plainText, type Text, textOf, toDocument } from '../../iam/index.js';
import type { Resource } from '../../model/resource.js';
import { ADMINISTRATOR } from '../documents.js';
import type { DecidingStatement } from '../evaluate-policies.js';
import type { Principal } from '../principals.js';
import type { PolicyInForce } from '../request.js';
import {
  type ActionSet,
  actionsLike,
  hasAction,
  holdsAll,
  intersectionOf,
  listActions,
  unionOf,
} from '../rows/action-set.js';
import type { GrantRow } from '../rows/open-grants.js';
import type { World } from '../world.js';
import { judge } from './judge.js';

/** A principal as far as paths lead through it: as it is, or rid of something that limits it. */
export interface Node {
  readonly id: string;
  readonly name: string;
  readonly resource: Resource;
  readonly principal: Principal;
  readonly rows: readonly GrantRow[];
  /** Those of the actions that techniques need, in lower case, that its rows may allow. */
  readonly actions: ReadonlySet<string>;
}

/** Makes nodes; `needed` are the actions that techniques need. */
export function openNodes(rowsOf: (principal: Principal) => readonly GrantRow[], needed: readonly string[]) {
  const wanted = unionOf(needed.map(actionsLike));
  const found = new WeakMap<ActionSet, readonly string[]>();
  const actionsIn = (set: ActionSet) => {
    let names = found.get(set);
    if (names === undefined) {
      names = listActions(intersectionOf(set, wanted)).map((name) => name.toLowerCase());
      found.set(set, names);
    }
    return names;
  };
  return (resource: Resource, principal: Principal, id: string, name: string): Node => {
    const rows = rowsOf(principal).filter(({ state }) => state !== 'closed');
    return { id, name, resource, principal, rows, actions: new Set(rows.flatMap(({ actions }) => actionsIn(actions))) };
  };
}

/** Whoever may do all of these on everything, gives itself what it lacks: an administrator. */
const POWERS: ActionSet = unionOf(
  [
    'iam:AttachRolePolicy',
    'iam:AttachUserPolicy',
    'iam:CreateAccessKey',
    'iam:CreatePolicyVersion',
    'iam:CreateRole',
    'iam:CreateUser',
    'iam:PassRole',
    'iam:PutRolePolicy',
    'iam:PutUserPolicy',
    'iam:UpdateAssumeRolePolicy',
  ].map(actionsLike),
);

/** What makes an administrator; undefined: it is none. */
export interface AdminProof {
  readonly causes: readonly Cause[];
  readonly statements: readonly DecidingStatement[];
}

/** By each of these whoever has it for all roles and users gives itself any right. */
const SELF_GRANTS = [
  ['iam:AttachRolePolicy', 'iam:PutRolePolicy'],
  ['iam:AttachUserPolicy', 'iam:PutUserPolicy'],
] as const;

const ALL_OF_IAM = actionsLike('iam:*');

/** What `*` on `*` comes to for a principal without limits of its own: all but what its account's gates take from everybody. */
export function leftByGates(rowsOf: (principal: Principal) => readonly GrantRow[], principal: Principal): ActionSet {
  const rows = rowsOf({ ...principal, identity: [ADMINISTRATOR], boundary: undefined });
  return unionOf(rows.map(({ actions }) => actions));
}

/**
 * What makes an administrator within gates: the powers, if all are left; all that is left of IAM, if it is enough to give
 * oneself the rest; else all that is left.
 */
function adminSet(left: ActionSet): ActionSet {
  if (holdsAll(left, POWERS)) return POWERS;
  const isEnough = SELF_GRANTS.every((some) => some.some((action) => hasAction(left, action) === true));
  return isEnough ? intersectionOf(left, ALL_OF_IAM) : left;
}

/** The rows that are about everything; of those that no request for a power tries, only what nothing of its own limits. */
function wideRows({ principal, rows }: Node, isTried: boolean): readonly GrantRow[] {
  if (isTried) return rows.filter(({ compiled }) => compiled.isOnAll || compiled.starts === undefined);
  const own = new Set([...principal.identity, principal.boundary]);
  return rows.filter(
    ({ compiled, limits }) =>
      compiled.isOnAll && compiled.isKnown && !compiled.hasConditions && !limits.some(({ policy }) => own.has(policy)),
  );
}

/**
 * Whether a principal is an administrator by design: `iam:*` on `*`, or more, whatever the request, as far as the gates of its
 * account leave it to anybody. `left` is what they leave.
 */
export function proveAdmin(world: World, node: Node, left: ActionSet): AdminProof | undefined {
  const { principal } = node;
  const wanted = adminSet(left);
  const wide = wideRows(node, wanted !== left);
  if (left.size === 0 || !holdsAll(unionOf(wide.map(({ actions }) => actions)), wanted)) return undefined;
  const causes: Cause[] = [];
  const statements: DecidingStatement[] = [];
  const account = 'account' in principal.caller ? principal.caller.account : [];
  for (const action of listActions(intersectionOf(left, POWERS))) {
    // Of something that is nobody's in particular: what is denied of some is not denied of all.
    const kind =
      action.includes('User') || action.endsWith('AccessKey') ? 'user' : action.endsWith('Version') ? 'policy' : 'role';
    const text: Text = [...textOf('arn:aws:iam::'), ...account, ...textOf(`:${kind}/any-other`)];
    const judged = judge({
      world,
      principal,
      action,
      thing: { text, resource: undefined },
      context: ANYTHING,
      isGranted: false,
      without: undefined,
    });
    if (judged === undefined) return undefined;
    causes.push(...judged.causes);
    statements.push(...judged.statements);
  }
  return { causes, statements: [...new Map(statements.map((one) => [one.source, one])).values()] };
}

/** Of what a request for anything is without. */
const ANYTHING = new Map<string, readonly (string | Text)[]>([
  ['iam:permissionsboundary', []],
  ['iam:policyarn', ['arn:aws:iam::aws:policy/AdministratorAccess']],
  ['iam:passedtoservice', ['ec2.amazonaws.com']],
]);

/** Whether a boundary lets an administrator through: true, false, or what it depends on. */
export function letsAdminThrough(boundary: PolicyInForce | undefined): boolean | Cause {
  if (boundary === undefined) return true;
  const { statements, isOpen } = toDocument(boundary.document);
  if (isOpen || boundary.perhaps !== undefined)
    return boundary.perhaps ?? { kind: 'construct', name: boundary.name ?? 'permissions boundary' };
  return isAdminDocument(boundary) && statements.every(({ isAllow }) => isAllow === true);
}

/** Whether a policy by itself makes an administrator of whoever has it. */
export function isAdminDocument({ document, perhaps }: Pick<PolicyInForce, 'document' | 'perhaps'>): boolean {
  if (perhaps !== undefined) return false;
  const whole = toDocument(document).statements.flatMap((statement) => {
    const { isAllow, conditions, areConditionsOpen, actions, resources } = statement;
    const isPlain = isAllow === true && !statement.perhaps && conditions.length === 0 && !areConditionsOpen;
    if (!isPlain || actions === undefined || !isStar(resources)) return [];
    return actions.elements.flatMap(({ options, perhaps: maybe }) => {
      const [only] = options;
      const plain = only === undefined || maybe !== undefined ? undefined : plainText(only.tokens as Text);
      return plain === undefined ? [] : [actionsLike(plain)];
    });
  });
  return holdsAll(unionOf(whole), POWERS);
}

function isStar(
  texts:
    | {
        readonly elements: readonly {
          readonly options: readonly ({ readonly tokens: readonly unknown[] } | undefined)[];
        }[];
      }
    | undefined,
): boolean {
  return (
    texts?.elements.some(({ options }) => options[0] !== undefined && plainText(options[0].tokens as Text) === '*') ===
    true
  );
}

/** Whether some row may allow the action on a thing, by the patterns that are known: what is not known may. */
export function mayMatch({ rows }: Node, action: string, text: Text): boolean {
  const plain = text.some(isHole) ? undefined : plainText(text);
  return rows.some(({ actions, compiled }) => {
    if (hasAction(actions, action) === false) return false;
    const { starts } = compiled;
    if (starts === undefined || plain === undefined) return true;
    return starts.some((start) => plain.startsWith(start) || start.startsWith(plain));
  });
}
