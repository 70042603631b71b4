import { describe, expect, test } from 'vitest';
import {
  actionsLike,
  allActions,
  countActions,
  differenceOf,
  hasAction,
  intersectionOf,
  listActions,
  unionOf,
} from '../../src/access/rows/action-set.js';
import { openGrants, resourcesOfRow } from '../../src/access/rows/open-grants.js';
import { iamActions } from '../../src/schemas/iam-actions.js';
import { sourcesOfCode } from '../support/access-graph.js';

describe('sets of actions', () => {
  test('patterns, in any case, and what the catalogue does not have', () => {
    expect(listActions(actionsLike('SQS:*MessageBatch'))).toEqual([]);
    expect(listActions(actionsLike('SQS:s??dMessage'))).toEqual(['sqs:SendMessage']);
    expect(listActions(actionsLike('sqs:Tag*'))).toEqual(['sqs:TagQueue']);
    expect(listActions(actionsLike('sts:assumerole*'))).toEqual([
      'sts:AssumeRole',
      'sts:AssumeRoleWithSAML',
      'sts:AssumeRoleWithWebIdentity',
    ]);
    expect(hasAction(actionsLike('sqs:*'), 'sqs:Bake')).toBe(undefined);
    expect(hasAction(actionsLike('sqs:*'), 'SQS:sendmessage')).toBe(true);
    expect(hasAction(actionsLike('sqs:*'), 'sns:Publish')).toBe(false);
  });

  test('all actions are those of the catalogue, and each operation is that of sets', () => {
    const names = iamActions().services.flatMap((service) => [...(iamActions().actionsOf(service)?.values() ?? [])]);
    expect(listActions(allActions())).toEqual(names.map(({ name }) => name));
    expect(countActions(allActions())).toBe(names.length);
    expect(countActions(differenceOf(allActions(), actionsLike('iam:*')))).toBe(
      names.length - countActions(actionsLike('iam:*')),
    );
    const some = unionOf([actionsLike('sqs:Tag*'), actionsLike('sqs:Untag*'), actionsLike('sns:Tag*')]);
    expect(listActions(some)).toEqual(['sqs:TagQueue', 'sqs:UntagQueue', 'sns:TagResource']);
    expect(listActions(intersectionOf(some, actionsLike('*:Tag*')))).toEqual(['sqs:TagQueue', 'sns:TagResource']);
    expect(intersectionOf(some, actionsLike('s3:*')).size).toBe(0);
  });
});

/** Rows as texts: state, actions, resources, limits. */
function rowsOf(code: string): Readonly<Record<string, readonly string[]>> {
  const grants = openGrants(sourcesOfCode({ 'main.tf': code }));
  return Object.fromEntries(
    grants.principals.map((principal) => [
      principal.address,
      grants.rowsOf(principal).map((row) => {
        const names = listActions(row.actions);
        const shown =
          names.length > 4 ? `${names.length > 1000 ? 'more than 1000' : names.length} actions` : names.join(' ');
        const limits = row.limits.map(({ kind, policy }) => `${kind} ${policy.name ?? ''}`);
        return [`${row.state}:`, shown, 'on', resourcesOfRow(row)?.join(' ') ?? '?', ...limits].join(' ');
      }),
    ]),
  );
}

const role = (name: string, statements: string, more = '') => `
resource "aws_iam_role" "${name}" {
  name               = "${name}"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
  inline_policy {
    name   = "own"
    policy = jsonencode({ Version = "2012-10-17", Statement = [${statements}] })
  }
  ${more}
}`;

describe('effective grants', () => {
  test('a Deny on everything goes out of the actions, another one limits what it may be about', () => {
    const allow =
      '{ Effect = "Allow", Action = ["sqs:SendMessage", "sqs:TagQueue"], Resource = "arn:aws:sqs:*:*:rye" }';
    expect(
      rowsOf(
        [
          role('certain', allow),
          role('less', `${allow}, { Effect = "Deny", Action = "sqs:Send*", Resource = "*" }`),
          role('closed', `${allow}, { Effect = "Deny", NotAction = "s3:*", Resource = "*" }`),
          role('limited', `${allow}, { Effect = "Deny", Action = "sqs:*", Resource = "arn:aws:sqs:eu-west-1:*" }`),
          role('apart', `${allow}, { Effect = "Deny", Action = "sqs:*", Resource = "arn:aws:sns:*" }`),
          role(
            'mfa',
            `${allow}, { Effect = "Deny", Action = "*", Resource = "*", Condition = { Bool = { "aws:MultiFactorAuthPresent" = "false" } } }`,
          ),
        ].join('\n'),
      ),
    ).toEqual({
      'aws_iam_role.apart': ['certain: sqs:SendMessage sqs:TagQueue on arn:aws:sqs:*:*:rye'],
      'aws_iam_role.certain': ['certain: sqs:SendMessage sqs:TagQueue on arn:aws:sqs:*:*:rye'],
      'aws_iam_role.closed': ['closed:  on arn:aws:sqs:*:*:rye'],
      'aws_iam_role.less': ['certain: sqs:TagQueue on arn:aws:sqs:*:*:rye'],
      'aws_iam_role.limited': [
        'conditional: sqs:SendMessage sqs:TagQueue on arn:aws:sqs:*:*:rye deny inline policy "own" of aws_iam_role.limited',
      ],
      'aws_iam_role.mfa': [
        'conditional: sqs:SendMessage sqs:TagQueue on arn:aws:sqs:*:*:rye deny inline policy "own" of aws_iam_role.mfa',
      ],
    });
  });

  test('a boundary, unknown parts, and everything but some', () => {
    const boundary = `
resource "aws_iam_policy" "fence" {
  name   = "fence"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sqs:*", Resource = "*" }] })
}
variable "queue" {}`;
    const fenced = 'permissions_boundary = aws_iam_policy.fence.arn';
    expect(
      rowsOf(
        [
          boundary,
          role('held', '{ Effect = "Allow", Action = "sqs:TagQueue", Resource = "*" }', fenced),
          role('cut', '{ Effect = "Allow", Action = ["sqs:TagQueue", "sns:Publish"], Resource = "*" }', fenced),
          role('out', '{ Effect = "Allow", Action = "sns:Publish", Resource = "*" }', fenced),
          role('open', '{ Effect = "Allow", Action = "sqs:TagQueue", Resource = var.queue }'),
          role('power', '{ Effect = "Allow", NotAction = ["iam:*", "organizations:*"], Resource = "*" }'),
        ].join('\n'),
      ),
    ).toEqual({
      'aws_iam_role.cut': ['certain: sqs:TagQueue on *'],
      'aws_iam_role.held': ['certain: sqs:TagQueue on *'],
      'aws_iam_role.open': ['unknown: sqs:TagQueue on ?'],
      'aws_iam_role.out': ['closed:  on *'],
      'aws_iam_role.power': ['certain: more than 1000 actions on *'],
    });
  });
});
