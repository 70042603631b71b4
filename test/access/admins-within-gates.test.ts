import { expect, test } from 'vitest';
import { gatesOf, proveAdmin } from '../../src/access/escalation/administrators.js';
import { openNodes } from '../../src/access/escalation/node.js';
import type { Principal } from '../../src/access/principals.js';
import { actionsLike, allActions, differenceOf, unionOf } from '../../src/access/rows/action-set.js';
import { grantsIn } from '../../src/access/rows/open-grants.js';
import { stateWorld } from '../../src/access/stated-world.js';
import { sourcesOfCode } from '../support/access-graph.js';

const ALL = '{ Effect = "Allow", Action = "*", Resource = "*" }';
const IAM = '{ Effect = "Allow", Action = "iam:*", Resource = "*" }';
const NO_IAM = '{ Effect = "Allow", NotAction = "iam:*", Resource = "*" }';
const DENY_ATTACH = '{ Effect = "Deny", Action = "iam:AttachRolePolicy", Resource = "*" }';
const DENY_SECRETS =
  '{ Effect = "Deny", Action = "secretsmanager:*", Resource = "arn:aws:secretsmanager:*:*:secret:x" }';
const IN_ITALY = ALL.replace(' }', ', Condition = { StringEquals = { "aws:PrincipalTag/at" = "milan" } } }');
const CREATING = '{ Effect = "Allow", Action = "iam:CreateRole", Resource = "*" }';

const USERS = ['iam:CreateUser', 'iam:CreateAccessKey'];

/** Statements of a user, what the gates take from everybody, and whether it is an administrator. */
const CASES: readonly (readonly [string, readonly string[], readonly string[], boolean])[] = [
  ['all, no gate', [ALL], [], true],
  ['all, without users', [ALL], USERS, true],
  ['all of IAM, without users', [IAM], USERS, true],
  ['a Deny of its own beside the gate', [ALL, DENY_ATTACH], USERS, false],
  ['all but IAM, without users', [NO_IAM], USERS, false],
  ['all of IAM, without the ways to attach', [IAM], ['iam:Attach*', 'iam:Put*'], false],
  ['all, without IAM', [ALL], ['iam:*'], true],
  ['all of IAM, without IAM', [IAM], ['iam:*'], false],
  ['all, without IAM, less something of its own', [ALL, DENY_SECRETS], ['iam:*'], false],
  ['all, without IAM, on a condition', [IN_ITALY], ['iam:*'], false],
  ['one action, of which alone something is left', [CREATING], ['iam:A*', 'iam:P*', 'iam:Update*'], false],
  ['all, of which nothing is left', [ALL], ['*'], false],
];

test.each(CASES)('%s', (_, statements, taken, isAdmin) => {
  const code = `
resource "aws_iam_user" "baker" { name = "baker" }
resource "aws_iam_user_policy" "own" {
  user   = aws_iam_user.baker.name
  policy = jsonencode({ Version = "2012-10-17", Statement = [${statements.join(', ')}] })
}`;
  const world = stateWorld({ names: [], account: undefined, partition: 'aws' }, sourcesOfCode({ 'main.tf': code }));
  const grants = grantsIn(world);
  const [baker] = grants.principals;
  if (baker === undefined) throw new Error('no user');
  const principal = grants.principalOf(baker);
  const gated = (one: Principal) => {
    const gone = unionOf(taken.map(actionsLike));
    return grants.rowsBy(one).map((row) => ({ ...row, actions: differenceOf(row.actions, gone) }));
  };
  const gates = gatesOf(gated, principal);
  expect(gates.left).toEqual(differenceOf(allActions(), unionOf(taken.map(actionsLike))));
  const node = openNodes([])({ id: 'baker', name: 'baker', resource: baker, principal, rows: gated(principal) });
  expect(proveAdmin(world, node, gates) !== undefined).toBe(isAdmin);
});
