import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { askAccess } from '../../src/access-questions.js';
import { LineIndex } from '../../src/source/line-index.js';

const fixtures = join(import.meta.dirname, '..', '..', 'fixtures');

interface Asked {
  readonly in?: string;
  readonly context?: Readonly<Record<string, string | null>>;
  readonly account?: string;
}

/** An answer in the words that a reader looks for. */
function ask(principal: string, action: string, resource: string, asked: Asked = {}) {
  const context = Object.entries(asked.context ?? {}).map(
    ([key, value]) => [key.toLowerCase(), value === null ? [] : [value]] as const,
  );
  const { input, exitCode } = askAccess({
    workingDirectory: join(fixtures, asked.in ?? 'access/bakery'),
    paths: [],
    environment: {},
    variables: [],
    varFiles: [],
    question: { principal, action, resource, context: new Map(context), account: asked.account },
  });
  const { outcome, by, dependsOn, statements, assumed, notSeen } = input.answer;
  return {
    outcome,
    exitCode,
    because: outcome === 'depends' ? dependsOn : by,
    statements: statements.map(({ effect, applies, policy, sid, location }) => {
      const line = location === null ? '' : ` :${new LineIndex(location.file.text).position(location.start).line}`;
      return `${effect ?? 'unknown'} ${applies} ${policy}${sid === null ? '' : ` (${sid})`}${line}`;
    }),
    assumed,
    notSeen,
  };
}

const SCP = 'service control policies';
const RCP = 'resource control policies';
const ELSEWHERE = 'policies attached outside of the input';
const OF_ROLE = [ELSEWHERE, SCP, RCP, 'session policies', 'policies of VPC endpoints'];
const OF_USER = [ELSEWHERE, SCP, RCP, 'policies of VPC endpoints'];
const TLS = ['aws:SecureTransport is true'];

describe('a role of Terraform', () => {
  test('is allowed what a policy gives, within its boundary', () => {
    expect(ask('aws_iam_role.baker', 's3:GetObject', 'aws_s3_bucket.orders/2026/rye.csv')).toEqual({
      outcome: 'allowed',
      exitCode: 0,
      because: ['identity'],
      statements: [
        'Allow yes inline policy "bake" of aws_iam_role.baker (Read) :91',
        'Allow yes aws_iam_policy.boundary :105',
      ],
      assumed: TLS,
      notSeen: OF_ROLE,
    });
  });

  test('is found by its ARN, which says in which account it is', () => {
    const { outcome, assumed } = ask(
      'arn:aws:iam::111122223333:role/baker',
      's3:GetObject',
      'arn:aws:s3:::orders/2026/rye.csv',
    );
    expect({ outcome, assumed }).toEqual({
      outcome: 'allowed',
      assumed: [...TLS, 'provider.aws account is 111122223333', 'provider.aws partition is aws'],
    });
  });

  test('is not allowed what its boundary leaves out', () => {
    expect(ask('aws_iam_role.baker', 'sqs:SendMessage', 'aws_sqs_queue.loaves')).toEqual({
      outcome: 'implicit-deny',
      exitCode: 1,
      because: ['boundary'],
      statements: ['Allow yes inline policy "bake" of aws_iam_role.baker (Queue) :94'],
      assumed: [],
      notSeen: OF_ROLE,
    });
  });

  test('depends on a name that is not known', () => {
    expect(ask('aws_iam_role.baker', 's3:PutObject', 'aws_s3_bucket.orders/north/rye.csv')).toEqual({
      outcome: 'depends',
      exitCode: 3,
      because: ['var.team (variable-without-value)'],
      statements: [
        'Allow perhaps inline policy "bake" of aws_iam_role.baker (Team) :92',
        'Allow yes aws_iam_policy.boundary :105',
      ],
      assumed: TLS,
      notSeen: OF_ROLE,
    });
  });

  test('depends on a key of the request that is not given', () => {
    const resource = 'aws_s3_bucket.orders/rye.csv';
    const answers = [undefined, 'true', 'false', null].map((mfa) => {
      const context = mfa === undefined ? {} : { 'aws:MultiFactorAuthPresent': mfa };
      const { outcome, because } = ask('aws_iam_role.baker', 's3:DeleteObject', resource, { context });
      return [outcome, ...because];
    });
    expect(answers).toEqual([
      ['depends', 'aws:MultiFactorAuthPresent'],
      ['allowed', 'identity'],
      ['implicit-deny', 'identity'],
      ['implicit-deny', 'identity'],
    ]);
  });

  test('is denied without TLS', () => {
    expect(
      ask('aws_iam_role.baker', 's3:GetObject', 'aws_s3_bucket.orders/rye.csv', {
        context: { 'aws:SecureTransport': 'false' },
      }),
    ).toEqual({
      outcome: 'explicit-deny',
      exitCode: 1,
      because: ['resource'],
      statements: ['Deny yes policy of aws_s3_bucket.orders (OnlyTls) :21'],
      assumed: [],
      notSeen: OF_ROLE,
    });
  });

  test('uses a key whose policy is the default one', () => {
    expect(ask('aws_iam_role.baker', 'kms:Decrypt', 'aws_kms_key.oven')).toEqual({
      outcome: 'allowed',
      exitCode: 0,
      because: ['identity', 'resource'],
      statements: [
        'Allow yes default policy of aws_kms_key.oven',
        'Allow yes inline policy "bake" of aws_iam_role.baker (Oven) :93',
        'Allow yes aws_iam_policy.boundary :105',
      ],
      assumed: [],
      notSeen: [...OF_ROLE, 'grants of keys outside of the input'],
    });
  });

  test('of which the resource is not in the input: its policy is not known', () => {
    const { outcome, because } = ask('aws_iam_role.baker', 's3:GetObject', 'arn:aws:s3:::cellar/x');
    expect({ outcome, because }).toEqual({
      outcome: 'depends',
      because: ['aws:ResourceAccount', 'policy of arn:aws:s3:::cellar/x (outside-input)'],
    });
  });
});

describe('who may assume a role', () => {
  const assume = (principal: string) => {
    const { outcome, because } = ask(principal, 'sts:AssumeRole', 'aws_iam_role.baker');
    return [outcome, ...because];
  };

  test('a user that the trust policy names', () => {
    expect(assume('aws_iam_user.ana')).toEqual(['allowed', 'resource']);
  });

  test('a service that it names, and none that it does not', () => {
    expect([assume('lambda.amazonaws.com'), assume('ec2.amazonaws.com')]).toEqual([
      ['allowed', 'resource'],
      ['implicit-deny', 'resource'],
    ]);
  });

  test('nobody without a signature', () => {
    expect(assume('anonymous')).toEqual(['implicit-deny']);
  });

  test('itself only with a policy of its own, which it does not have', () => {
    expect(assume('aws_iam_role.baker')).toEqual(['implicit-deny', 'identity']);
  });
});

describe('a user of Terraform', () => {
  test('has the policies of its groups, with its name in them', () => {
    const mine = ask('aws_iam_user.ana', 's3:GetObject', 'aws_s3_bucket.orders/ana/rye.csv');
    const other = ask('aws_iam_user.ana', 's3:GetObject', 'aws_s3_bucket.orders/jo/rye.csv');
    expect({ mine, other: other.outcome }).toEqual({
      mine: {
        outcome: 'allowed',
        exitCode: 0,
        because: ['identity'],
        statements: ['Allow yes inline policy "home" of aws_iam_group.millers (Home) :128'],
        assumed: TLS,
        notSeen: OF_USER,
      },
      other: 'implicit-deny',
    });
  });

  test('perhaps has a policy that denies', () => {
    expect(ask('aws_iam_user.ana', 'sqs:SendMessage', 'aws_sqs_queue.loaves')).toEqual({
      outcome: 'depends',
      exitCode: 3,
      because: ['attachment of aws_iam_policy.guard'],
      statements: [
        'Allow yes inline policy of aws_iam_user.ana :150',
        'Deny perhaps aws_iam_policy.guard (NoQueues) :142',
      ],
      assumed: [],
      notSeen: OF_USER,
    });
  });
});

describe('principals of a template', () => {
  const inMill = { in: 'access/mill' };

  test('a role on a bucket whose name is made up', () => {
    expect(ask('Miller', 's3:GetObject', 'Flour/wheat', inMill)).toEqual({
      outcome: 'allowed',
      exitCode: 0,
      because: ['identity'],
      statements: ['Allow yes inline policy "mill" of Miller :21'],
      assumed: [],
      notSeen: OF_ROLE,
    });
  });

  test('a policy of AWS whose content is not in the input is what it was on a day', () => {
    const { outcome, because } = ask('Watcher', 's3:GetObject', 'Flour/wheat', inMill);
    expect({ outcome, because }).toEqual({
      outcome: 'allowed',
      because: ['identity'],
    });
  });

  test('an administrator', () => {
    const { outcome, because } = ask('Owner', 's3:PutObject', 'Flour/wheat', inMill);
    expect({ outcome, because }).toEqual({ outcome: 'allowed', because: ['identity'] });
  });

  test('another account', () => {
    const { outcome, because } = ask('arn:aws:iam::444455556666:root', 's3:GetObject', 'aws_s3_bucket.orders/x', {
      account: '111122223333',
    });
    expect({ outcome, because }).toEqual({ outcome: 'allowed', because: ['resource'] });
  });
});

describe('what else decides', () => {
  const decide = (principal: string, action: string, resource: string, context: Record<string, string> = {}) => {
    const { outcome, because, assumed } = ask(principal, action, resource, { in: 'access/garden', context });
    return { answer: [outcome, ...because], assumed };
  };
  const answer = (...question: Parameters<typeof decide>) => decide(...question).answer;

  test('a policy that may be of any role', () => {
    const { outcome, because } = ask('aws_iam_role.mower', 'dynamodb:GetItem', 'aws_dynamodb_table.beds', {
      in: 'access/meadow',
    });
    expect([outcome, ...because]).toEqual([
      'depends',
      'more inline policies of aws_iam_role.mower, by aws_iam_role_policy.wandering (companion-link-unknown)',
    ]);
  });

  test('a resource whose policy would be another resource: there is none of them, or one that may be its own', () => {
    expect(answer('aws_iam_role.picker', 'logs:PutLogEvents', 'aws_cloudwatch_log_group.diary')).toEqual([
      'implicit-deny',
      'identity',
    ]);
    const { because } = ask('aws_iam_role.watcher', 'logs:PutLogEvents', 'aws_cloudwatch_log_group.diary', {
      in: 'access/meadow',
    });
    expect(because).toContain('policy of aws_cloudwatch_log_group.diary (outside-input)');
  });

  test('a grant of a key, within its encryption context, which is not known', () => {
    expect(answer('aws_iam_role.picker', 'kms:Decrypt', 'aws_kms_key.shed')).toEqual([
      'depends',
      'kms:encryptioncontext',
    ]);
  });

  test('a grant is for its grantee', () => {
    expect(answer('aws_iam_role.warden', 'kms:Encrypt', 'aws_kms_key.shed')).toEqual(['implicit-deny', 'identity']);
  });

  test('a topic without a policy of its own has the default one', () => {
    expect(answer('aws_iam_role.picker', 'sns:Publish', 'aws_sns_topic.harvest')).toEqual([
      'depends',
      'aws:sourceowner',
    ]);
    expect(answer('aws_iam_role.picker', 'sns:TagResource', 'aws_sns_topic.harvest')).toEqual([
      'implicit-deny',
      'identity',
    ]);
  });

  test('a public list, and objects that may have lists of their own', () => {
    expect([
      answer('anonymous', 's3:ListBucket', 'aws_s3_bucket.seeds'),
      answer('anonymous', 's3:GetObject', 'aws_s3_bucket.seeds/bean'),
      answer('anonymous', 's3:PutObject', 'aws_s3_bucket.seeds/bean'),
    ]).toEqual([
      ['depends', 'ignore-public-acls'],
      ['depends', 'object-acl'],
      ['implicit-deny', 'resource'],
    ]);
  });

  test('a public policy that is restricted, and lists that are disabled by default', () => {
    expect(decide('anonymous', 's3:GetObject', 'aws_s3_bucket.fenced/bean')).toEqual({
      answer: ['implicit-deny', 'resource'],
      assumed: ['aws_s3_bucket.fenced has the default BucketOwnerEnforced: access control lists are disabled'],
    });
    expect(answer('aws_iam_role.picker', 's3:GetObject', 'aws_s3_bucket.fenced/bean')).toEqual(['allowed', 'resource']);
  });

  test('calls without a signature, of services that take none, or of which that is not known', () => {
    expect([
      decide('anonymous', 'kms:Decrypt', 'aws_kms_key.shed'),
      decide('anonymous', 'glacier:ListJobs', 'arn:aws:glacier:eu-west-1:111122223333:vaults/v'),
    ]).toEqual([
      { answer: ['implicit-deny'], assumed: ['kms:Decrypt is called with a signature only'] },
      { answer: ['depends', 'unsigned-calls'], assumed: ['provider.aws partition is aws'] },
    ]);
  });

  test('what no policy decides', () => {
    expect(decide('aws_iam_role.picker', 'sts:GetCallerIdentity', '*')).toEqual({
      answer: ['allowed'],
      assumed: ['sts:GetCallerIdentity needs no permission, and none can be denied'],
    });
    expect(decide('arn:aws:iam::111122223333:root', 'sts:AssumeRole', 'aws_iam_role.picker')).toEqual({
      answer: ['implicit-deny'],
      assumed: ['provider.aws partition is aws', 'the root user of an account cannot assume roles'],
    });
  });
});

describe('a live role', () => {
  test('has policies of AWS, which the snapshot does not hold, as they were on a day', () => {
    const { outcome, because, exitCode } = ask(
      'arn:aws:iam::123456789012:role/picker',
      's3:GetObject',
      'arn:aws:s3:::apples/x',
      { in: 'snapshot/orchard' },
    );
    expect({ outcome, because, exitCode }).toEqual({
      // The snapshot lists fewer types than are collected now.
      outcome: 'allowed',
      because: ['identity'],
      exitCode: 3,
    });
  });
});

describe('a question that cannot be asked', () => {
  const problems: [string, string, string, string][] = [
    [
      'aws_iam_role.bakr',
      's3:ListAllMyBuckets',
      '*',
      '"aws_iam_role.bakr" is no user or role of the input, no ARN of one, and no service. Did you mean "aws_iam_role.baker"?',
    ],
    [
      'aws_iam_group.millers',
      's3:ListAllMyBuckets',
      '*',
      '"aws_iam_group.millers" is a aws_iam_group: principals are users, roles, services and accounts\' roots.',
    ],
    ['aws_iam_role.baker', 's3:GetObject', '*', '"s3:GetObject" is about a resource: name one instead of "*".'],
    ['aws_iam_role.baker', 's3:*', '*', '"s3:*" is no action: one is written as s3:GetObject, without wildcards.'],
    [
      'aws_iam_role.baker',
      's3:GetObject',
      'aws_s3_bucket.order',
      '"aws_s3_bucket.order" is no resource of the input and no ARN. Did you mean "aws_s3_bucket.orders"?',
    ],
  ];
  test.each(problems)('%s %s %s', (principal, action, resource, message) => {
    expect(() => ask(principal, action, resource)).toThrow(message);
  });

  test('an action that the catalogue does not have is asked for, with a note', () => {
    expect(ask('aws_iam_role.baker', 's3:GetObjct', 'aws_s3_bucket.orders/x').assumed).toEqual([
      ...TLS,
      'aws_s3_bucket.orders has the default BucketOwnerEnforced: access control lists are disabled',
      's3:GetObjct is an action, which the list of 0.21.202609261 does not have, perhaps s3:GetObject is meant',
    ]);
  });
});
