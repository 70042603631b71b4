import { role, user } from './people.js';
import { allow, groupArn, letIn, roleArn, rootArn, trustService, userArn } from './statements.js';
import {
  type Account,
  type Call,
  DEVELOPMENT,
  HOME,
  MANAGEMENT,
  PRODUCTION,
  type Scenario,
  type Statement,
} from './types.js';

const P = PRODUCTION;
const D = DEVELOPMENT;

/** A role that has more than it uses. */
function excess(
  at: readonly [account: Account, name: string],
  statement: Statement,
  calls: readonly Call[],
  [unused, used]: readonly [unused: readonly string[], used: readonly string[]],
): Scenario {
  const [account, name] = at;
  return {
    principals: [role(account, name, [statement], { calls })],
    planted: [{ kind: 'excess', principal: roleArn(account, name), sid: String(statement['Sid']), unused, used }],
  };
}

const LEDGER = 'arn:aws:s3:::granary-ledger';

/** What S3 does is recorded in production, of all buckets. */
function onObject(name: string, key: string, every = 1): Call {
  return {
    source: 's3.amazonaws.com',
    name,
    every,
    isData: true,
    resources: [`${LEDGER}/${key}`, LEDGER],
    parameters: { bucketName: 'granary-ledger', key },
  };
}

/** Rights that are seen, and were never used in the 90 days. */
export const excesses: readonly Scenario[] = [
  excess(
    [P, 'order-writer'],
    allow('Dns', 'route53:*'),
    [],
    [['route53:ChangeResourceRecordSets', 'route53:DeleteHostedZone', 'route53:ListHostedZones'], []],
  ),
  excess(
    [P, 'invoice-render'],
    allow('Objects', ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], `${LEDGER}/*`),
    [onObject('GetObject', 'in/1.json'), onObject('PutObject', 'out/1.pdf', 2)],
    [['s3:DeleteObject'], ['s3:GetObject', 's3:PutObject']],
  ),
  excess(
    [P, 'report-export'],
    allow('Queries', [
      'athena:StartQueryExecution',
      'athena:GetQueryExecution',
      'athena:DeleteWorkGroup',
      'athena:CreateWorkGroup',
    ]),
    [
      { source: 'athena.amazonaws.com', name: 'StartQueryExecution' },
      { source: 'athena.amazonaws.com', name: 'GetQueryExecution' },
    ],
    [
      ['athena:DeleteWorkGroup', 'athena:CreateWorkGroup'],
      ['athena:StartQueryExecution', 'athena:GetQueryExecution'],
    ],
  ),
  excess(
    [D, 'schema-migrate'],
    allow('Databases', ['rds:DescribeDBInstances', 'rds:ModifyDBInstance', 'rds:DeleteDBInstance']),
    [
      { source: 'rds.amazonaws.com', name: 'DescribeDBInstances', every: 3 },
      { source: 'rds.amazonaws.com', name: 'ModifyDBInstance', every: 20 },
    ],
    [['rds:DeleteDBInstance'], ['rds:DescribeDBInstances', 'rds:ModifyDBInstance']],
  ),
  excess(
    [MANAGEMENT, 'cost-export'],
    allow('Organization', ['organizations:ListAccounts', 'organizations:MoveAccount', 'organizations:CloseAccount']),
    [{ source: 'organizations.amazonaws.com', name: 'ListAccounts', region: 'us-east-1' }],
    [['organizations:MoveAccount', 'organizations:CloseAccount'], ['organizations:ListAccounts']],
  ),
  excess(
    [P, 'key-rotator'],
    allow('Keys', ['kms:ListKeys', 'kms:ScheduleKeyDeletion', 'kms:EnableKeyRotation']),
    [
      { source: 'kms.amazonaws.com', name: 'ListKeys', every: 7 },
      {
        source: 'kms.amazonaws.com',
        name: 'EnableKeyRotation',
        every: 30,
        parameters: { keyId: '11111111-aaaa-4bbb-8ccc-000000000001' },
      },
    ],
    [['kms:ScheduleKeyDeletion'], ['kms:ListKeys', 'kms:EnableKeyRotation']],
  ),
  excess(
    [P, 'backup-runner'],
    allow('Snapshots', ['ec2:CreateSnapshot', 'ec2:DeleteSnapshot', 'ec2:ModifySnapshotAttribute']),
    [{ source: 'ec2.amazonaws.com', name: 'CreateSnapshot' }],
    [['ec2:DeleteSnapshot', 'ec2:ModifySnapshotAttribute'], ['ec2:CreateSnapshot']],
  ),
  excess(
    [D, 'queue-admin'],
    allow('Queues', ['sqs:CreateQueue', 'sqs:DeleteQueue', 'sqs:SetQueueAttributes']),
    [{ source: 'sqs.amazonaws.com', name: 'CreateQueue', every: 10, parameters: { queueName: 'try' } }],
    [['sqs:DeleteQueue', 'sqs:SetQueueAttributes'], ['sqs:CreateQueue']],
  ),
  // An attempt that was denied is no use, and neither is what somebody of the same name did before.
  excess(
    [P, 'denied-mover'],
    allow('Zones', ['route53:ListHostedZones', 'route53:CreateHostedZone']),
    [
      { source: 'route53.amazonaws.com', name: 'ListHostedZones', region: 'us-east-1', every: 4 },
      {
        source: 'route53.amazonaws.com',
        name: 'CreateHostedZone',
        region: 'us-east-1',
        every: 9,
        error: 'AccessDenied',
      },
    ],
    [['route53:CreateHostedZone'], ['route53:ListHostedZones']],
  ),
  {
    principals: [
      role(P, 'reborn', [allow('Stacks', ['cloudformation:ListStacks', 'cloudformation:DeleteStack'])], {
        createdAt: '2026-10-01T00:00:00Z',
        calls: [
          { source: 'cloudformation.amazonaws.com', name: 'ListStacks', from: 45 },
          { source: 'cloudformation.amazonaws.com', name: 'DeleteStack', until: 30, every: 5, isOfFormer: true },
        ],
      }),
      user(P, 'nina', [], {
        groups: ['analysts'],
        calls: [{ source: 'glue.amazonaws.com', name: 'GetTables', every: 2 }],
      }),
    ],
    groups: [
      {
        account: P,
        name: 'analysts',
        inline: { catalogue: [allow('Catalogue', ['glue:GetTables', 'glue:DeleteTable', 'glue:DeleteDatabase'])] },
      },
    ],
    planted: [
      {
        kind: 'excess',
        principal: roleArn(P, 'reborn'),
        sid: 'Stacks',
        unused: ['cloudformation:DeleteStack'],
        used: ['cloudformation:ListStacks'],
      },
      {
        kind: 'excess',
        principal: userArn(P, 'nina'),
        sid: 'Catalogue',
        unused: ['glue:DeleteDatabase'],
        used: ['glue:GetTables'],
      },
    ],
  },
];

const idle = allow('Idle', 'sqs:ListQueues');

/** Principals and credentials that nobody uses. */
export const unused: Scenario = {
  principals: [
    {
      kind: 'role',
      account: P,
      name: 'old-etl',
      trust: [trustService('glue.amazonaws.com')],
      inline: { own: [idle] },
      lastUsed: 'never',
    },
    {
      kind: 'role',
      account: D,
      name: 'loadtest',
      trust: [trustService('ec2.amazonaws.com')],
      inline: { own: [idle] },
      lastUsed: '2026-04-02T10:00:00Z',
    },
    { kind: 'user', account: D, name: 'marek', password: 'never', inline: { own: [idle] } },
    { kind: 'user', account: P, name: 'svc-import', keys: ['2026-03-01T10:00:00Z'], inline: { own: [idle] } },
    user(P, 'legacy-backup', [], { keys: ['2026-11-20T08:00:00Z', 'never'] }),
    user(D, 'petr', [], { password: '2026-01-10T08:00:00Z' }),
  ],
  groups: [{ account: MANAGEMENT, name: 'auditors-old', inline: { own: [idle] } }],
  planted: [
    { kind: 'unused', what: 'role', principal: roleArn(P, 'old-etl'), lastUse: 'never' },
    { kind: 'unused', what: 'role', principal: roleArn(D, 'loadtest'), lastUse: '2026-04-02T10:00:00Z' },
    // Nobody ever took on these administrators.
    ...['bare-ec2-admin', 'closed-admin', 'vendor-admin'].map((name) => ({
      kind: 'unused' as const,
      what: 'role' as const,
      principal: roleArn(P, name),
      lastUse: 'never',
    })),
    { kind: 'unused', what: 'role', principal: roleArn(MANAGEMENT, 'billing-admin'), lastUse: 'never' },
    { kind: 'unused', what: 'user', principal: userArn(D, 'marek'), lastUse: 'never' },
    { kind: 'unused', what: 'user', principal: userArn(P, 'svc-import'), lastUse: '2026-03-01T10:00:00Z' },
    { kind: 'unused', what: 'access-key', principal: userArn(P, 'legacy-backup'), lastUse: 'never' },
    { kind: 'unused', what: 'password', principal: userArn(D, 'petr'), lastUse: '2026-01-10T08:00:00Z' },
    { kind: 'unused', what: 'group', principal: groupArn(MANAGEMENT, 'auditors-old'), lastUse: 'never' },
  ],
};

const KEY = `arn:aws:kms:${HOME}:${P}:key/22222222-aaaa-4bbb-8ccc-000000000002`;

/** What is granted and not seen to be used, and may be in use all the same. */
export const excessDecoys: Scenario = {
  principals: [
    role(D, 'table-reader', [allow('Items', ['dynamodb:GetItem', 'dynamodb:PutItem'])]),
    role(D, 'bucket-reader', [allow('Objects', 's3:GetObject', 'arn:aws:s3:::dev-share/*')]),
    role(P, 'passer', [allow('Pass', 'iam:PassRole', roleArn(P, 'lambda-weak'))]),
    role(P, 'sealed-reader', [allow('Open', 'kms:Decrypt', KEY)], {
      calls: [
        {
          source: 'kms.amazonaws.com',
          name: 'Decrypt',
          via: 's3.amazonaws.com',
          resources: [KEY],
          parameters: { encryptionContext: { 'aws:s3:arn': LEDGER }, encryptionAlgorithm: 'SYMMETRIC_DEFAULT' },
        },
      ],
    }),
    role(D, 'base-connector', [allow('Connect', 'rds-db:connect')]),
    // An event that stands for no action that is known: what else of the service it did nobody can tell.
    role(D, 'odd-caller', [allow('Odd', ['sqs:DeleteQueue', 'sqs:PurgeQueue'])], {
      calls: [{ source: 'sqs.amazonaws.com', name: 'ShuffleQueue', every: 8 }],
    }),
    // A call that failed for another reason may have been allowed.
    role(D, 'failing-caller', [allow('Fail', 'rds:DeleteDBInstance')], {
      calls: [{ source: 'rds.amazonaws.com', name: 'DeleteDBInstance', every: 8, error: 'DBInstanceNotFound' }],
    }),
    role(D, 'dry-runner', [allow('Try', 'ec2:RunInstances')], {
      calls: [{ source: 'ec2.amazonaws.com', name: 'RunInstances', every: 8, error: 'Client.DryRunOperation' }],
    }),
    // It is handed to functions, which call nothing.
    {
      kind: 'role',
      account: P,
      name: 'quiet',
      trust: [trustService('lambda.amazonaws.com')],
      takenOnBy: 'lambda.amazonaws.com',
    },
    {
      kind: 'role',
      account: P,
      name: 'AWSServiceRoleForConfig',
      path: '/aws-service-role/config.amazonaws.com/',
      trust: [trustService('config.amazonaws.com')],
      takenOnBy: 'config.amazonaws.com',
      inline: { own: [allow('Config', ['ec2:DescribeVpcs', 'ec2:DescribeSubnets'])] },
      calls: [{ source: 'ec2.amazonaws.com', name: 'DescribeVpcs', via: 'config.amazonaws.com' }],
    },
  ],
  resources: [
    {
      kind: 'key',
      account: P,
      id: '22222222-aaaa-4bbb-8ccc-000000000002',
      policy: [letIn('Account', { AWS: rootArn(P) }, 'kms:*', '*')],
    },
    {
      kind: 'key',
      account: P,
      id: '11111111-aaaa-4bbb-8ccc-000000000001',
      policy: [letIn('Account', { AWS: rootArn(P) }, 'kms:*', '*')],
    },
  ],
  decoys: [
    {
      kind: 'excess',
      principal: roleArn(D, 'table-reader'),
      actions: ['dynamodb:GetItem', 'dynamodb:PutItem'],
      why: 'no trail records the items of tables',
    },
    {
      kind: 'excess',
      principal: roleArn(D, 'bucket-reader'),
      actions: ['s3:GetObject'],
      why: 'no trail records the objects of development',
    },
    { kind: 'excess', principal: roleArn(P, 'passer'), actions: ['iam:PassRole'], why: 'no event shows it' },
    {
      kind: 'excess',
      principal: roleArn(P, 'sealed-reader'),
      actions: ['kms:Decrypt'],
      why: 'S3 used it for the role',
    },
    { kind: 'excess', principal: roleArn(D, 'base-connector'), actions: ['rds-db:connect'], why: 'no event shows it' },
    {
      kind: 'excess',
      principal: roleArn(D, 'odd-caller'),
      actions: ['sqs:DeleteQueue', 'sqs:PurgeQueue'],
      why: 'an event of the service is not known',
    },
    {
      kind: 'excess',
      principal: roleArn(D, 'failing-caller'),
      actions: ['rds:DeleteDBInstance'],
      why: 'it failed, and not for a lack of rights',
    },
    {
      kind: 'excess',
      principal: roleArn(D, 'dry-runner'),
      actions: ['ec2:RunInstances'],
      why: 'a dry run proves the right',
    },
    { kind: 'unused', principal: roleArn(P, 'quiet'), why: 'Lambda takes it on' },
    {
      kind: 'unused',
      principal: roleArn(P, 'AWSServiceRoleForConfig', '/aws-service-role/config.amazonaws.com/'),
      why: 'it is a service’s own',
    },
    {
      kind: 'excess',
      principal: roleArn(P, 'AWSServiceRoleForConfig', '/aws-service-role/config.amazonaws.com/'),
      actions: ['ec2:DescribeSubnets'],
      why: 'it is a service’s own',
    },
  ],
};
