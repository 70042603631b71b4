import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { renderUsageFile } from '../../src/collect/audit-logs/usage-file.js';
import { accountSnapshot } from '../support/account-snapshot.js';
import { partsOf, readOrchard, sealSnapshot } from '../support/snapshot.js';
import { coverage, eventCount, usageLog } from '../support/usage-log.js';
import { type Workspace, workspace } from './workspace.js';

let here: Workspace | undefined;

afterEach(() => here?.remove());

const QUEUE = 'arn:aws:sqs:eu-west-1:111122223333:loaves';
const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:dawn';
const LOG = usageLog([
  eventCount('sqs SetQueueAttributes', { resource: QUEUE }),
  eventCount('sqs TagQueue', { resource: QUEUE }),
  eventCount('kms ListAliases'),
  eventCount('sns CreateTopic', { resource: TOPIC }),
]);

function bakery(): Workspace {
  here = workspace({
    'main.tf': readFileSync('fixtures/access/oven/main.tf', 'utf8'),
    'usage.json': [...renderUsageFile(LOG)].join(''),
  });
  return here;
}

test('what logs cannot show stays, with the reason', async () => {
  const { out, err, code } = await bakery().run('access right-size aws_iam_role.baker --in main.tf --usage usage.json');
  expect({ out, err, code }).toMatchInlineSnapshot(`
    {
      "code": 3,
      "err": "trueline: what is too much is not known: of 255 actions logs do not show whether they are used
    ",
      "out": "aws_iam_role.baker (arn:aws:iam::111122223333:role/team/baker)
      4 different calls

    inline policy "bake" of aws_iam_role.baker: stays as it is   main.tf:9
      = Queues   sqs:*, kms:DescribeKey, iam:PassRole
                 on *
                 if Bool aws:SecureTransport true
                 # Kept, for its uses are not seen (kms:DescribeKey,
                   sqs:AddPermission, sqs:CancelMessageMoveTask and 18 more): The
                   trails of 111122223333 are not in the input: what they record is
                   not known.
                 # Kept, for its uses are not seen (iam:PassRole): It is no
                   operation of its service: it is checked along with others.
      = Reports  athena:*
                 on *
                 # Kept, for its uses are not seen (athena:BatchGetNamedQuery,
                   athena:BatchGetPreparedStatement, athena:BatchGetQueryExecution
                   and 67 more): The trails of 111122223333 are not in the input:
                   what they record is not known.
                 # Kept, for its uses are not seen (athena:CancelQueryExecution,
                   athena:GetCatalogs, athena:GetExecutionEngine and 8 more): It is
                   no operation of its service: it is checked along with others.
      = Keys     kms:ListAliases
                 on *
                 # Kept, for its uses are not seen (kms:ListAliases): The trails of
                   111122223333 are not in the input: what they record is not known.

    inline policy "more" of aws_iam_role.baker: stays as it is   main.tf:51
      = Tags  sqs:TagQueue, sqs:UntagQueue
              on *
              # Kept, for its uses are not seen (sqs:TagQueue, sqs:UntagQueue): The
                trails of 111122223333 are not in the input: what they record is not
                known.
      = Rest  sns:CreateTopic, sns:DeleteTopic
              on arn:aws:sqs:\${provider.aws region}:111122223333:loaves, *
              # Kept, for its uses are not seen (sns:CreateTopic, sns:DeleteTopic):
                The trails of 111122223333 are not in the input: what they record is
                not known.
      = -     s3:GetObject, s3:PutObject, s3:ListBucket
              on arn:aws:s3:::flour, arn:aws:s3:::flour/*, arn:aws:s3:::bran/*
              # Kept, for its uses are not seen (s3:GetObject, s3:ListBucket,
                s3:PutObject): The trails of 111122223333 are not in the input: what
                they record is not known.
      = -     s3:*, iam:PassRole
              on *
              # Kept, for its uses are not seen (s3:AbortMultipartUpload,
                s3:AssociateAccessGrantsIdentityCenter, s3:CreateAccessGrant and 158
                more): The trails of 111122223333 are not in the input: what they
                record is not known.
              # Kept, for its uses are not seen (iam:PassRole,
                s3:AllowVendedLogDeliveryForResource, s3:BypassGovernanceRetention
                and 17 more): It is no operation of its service: it is checked along
                with others.

      replayed 4 calls: 0 denied; 4 granted by identity policies, 3 depend on
                policies that are not in the input, as before
      compared no new access
      not known whether 286 actions that stay are used: 255 no-trail, 31
                never-an-event
    ",
    }
  `);
});

test('without a principal of the input, or without usage, nothing is asked', async () => {
  const { run } = bakery();
  const lines = [
    'access right-size aws_iam_role.bakers --in main.tf --usage usage.json',
    'access right-size aws_iam_role.baker --in main.tf',
    'access right-size --in main.tf',
  ];
  expect(await Promise.all(lines.map((line) => run(line)))).toMatchInlineSnapshot(`
    [
      {
        "code": 2,
        "err": "error: "aws_iam_role.bakers" is no user or role of the input, no ARN of one, and no service. Did you mean "aws_iam_role.baker"?
    ",
        "out": "",
      },
      {
        "code": 2,
        "err": "error: "access right-size" needs to know what was done: --logs DIR, or --usage FILE.
    ",
        "out": "",
      },
      {
        "code": 2,
        "err": "error: "access right-size" takes a principal: trueline access right-size aws_iam_role.app --in infra --logs logs
    ",
        "out": "",
      },
    ]
  `);
});

test('what nobody could narrow is not taken for needed', async () => {
  here = workspace({
    'main.tf': `provider "aws" {
  region = "eu-west-1"
}

resource "aws_iam_role" "baker" {
  name               = "baker"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
  inline_policy {
    name = "bake"
    policy = jsonencode({
      Version   = "2012-10-17"
      Statement = [{ Sid = "Rest", Effect = "Allow", NotAction = "iam:*", Resource = "*" }]
    })
  }
}
`,
    'usage.json': [...renderUsageFile(usageLog([]))].join(''),
  });
  const asked = 'access right-size aws_iam_role.baker --in main.tf --usage usage.json --account 111122223333';
  const { out, err, code } = await here.run(asked);
  expect({ out, err, code }).toMatchInlineSnapshot(`
    {
      "code": 3,
      "err": "trueline: what is too much is not known: 1 statement or policy could not be narrowed
    ",
      "out": "aws_iam_role.baker (arn:aws:iam::111122223333:role/baker)
      0 different calls

    inline policy "bake" of aws_iam_role.baker: stays as it is   main.tf:10
      = Rest  all but iam:*
              on *
              # NotAction allows all but what it names: with --narrow-not what was
                used takes its place

      replayed 0 calls: 0 denied; 0 granted by identity policies
      compared no new access
    ",
    }
  `);
});

test('of an account without logs everything stays, and no policy is written', async () => {
  const { header, ledger, records } = partsOf(readOrchard());
  const file = 'resources/123456789012/global.ndjson';
  const Statement = [
    {
      Sid: 'Queues',
      Effect: 'Allow',
      Action: ['sqs:SendMessage', 'iam:PassRole'],
      Resource: '*',
      Condition: { StringLike: { 'aws:PrincipalTag/team': '${*}' } },
    },
    { Sid: 'Open', Effect: 'Allow', NotAction: 'iam:*', Resource: 'arn:aws:s3:::apples/*' },
  ];
  const lines = (records[file] ?? []).map((record) =>
    record.id === 'picker'
      ? {
          ...record,
          properties: {
            ...record.properties,
            ManagedPolicyArns: [],
            Policies: [{ PolicyName: 'pick', PolicyDocument: { Version: '2012-10-17', Statement } }],
          },
        }
      : record,
  );
  const done = ledger.filter(({ state }) => state === 'collected');
  here = workspace({
    ...sealSnapshot({ header, ledger: done, records: { ...records, [file]: lines } }),
    'usage.json': [...renderUsageFile(usageLog([]))].join(''),
  });
  const asked = 'access right-size arn:aws:iam::123456789012:role/picker --in snap --usage usage.json';
  const [text, policy, terraform] = await Promise.all(
    ['text', 'policy', 'terraform'].map((format) => here?.run(`${asked} --format ${format}`)),
  );
  expect({ text, policy, terraform }).toMatchInlineSnapshot(`
    {
      "policy": {
        "code": 3,
        "err": "trueline: 2 files or folders were not read, or not whole; the report is incomplete:
      snap/resources/123456789012/eu-west-1.ndjson:5: "s3:GetBucketPolicy" was denied in account 123456789012, eu-west-1 of "pears": the permission "s3:GetBucketPolicy" is missing.
      snap/resources/123456789012/eu-west-1.ndjson:5: "s3:GetBucketEncryption" was answered by "too many requests" in account 123456789012, eu-west-1 of "pears": what it tells is not known.
      snap/snapshot.json: Nothing proves that all resources of AWS::AccessAnalyzer::Analyzer, AWS::AppRunner::Service, AWS::AutoScaling::AutoScalingGroup and 88 more types of account 123456789012 are in the snapshot.
    trueline: what is too much is not known: of 1 action logs do not show whether they are used; 1 statement or policy could not be narrowed
    ",
        "out": "",
      },
      "terraform": {
        "code": 3,
        "err": "trueline: 2 files or folders were not read, or not whole; the report is incomplete:
      snap/resources/123456789012/eu-west-1.ndjson:5: "s3:GetBucketPolicy" was denied in account 123456789012, eu-west-1 of "pears": the permission "s3:GetBucketPolicy" is missing.
      snap/resources/123456789012/eu-west-1.ndjson:5: "s3:GetBucketEncryption" was answered by "too many requests" in account 123456789012, eu-west-1 of "pears": what it tells is not known.
      snap/snapshot.json: Nothing proves that all resources of AWS::AccessAnalyzer::Analyzer, AWS::AppRunner::Service, AWS::AutoScaling::AutoScalingGroup and 88 more types of account 123456789012 are in the snapshot.
    trueline: what is too much is not known: of 1 action logs do not show whether they are used; 1 statement or policy could not be narrowed
    ",
        "out": "",
      },
      "text": {
        "code": 3,
        "err": "trueline: 2 files or folders were not read, or not whole; the report is incomplete:
      snap/resources/123456789012/eu-west-1.ndjson:5: "s3:GetBucketPolicy" was denied in account 123456789012, eu-west-1 of "pears": the permission "s3:GetBucketPolicy" is missing.
      snap/resources/123456789012/eu-west-1.ndjson:5: "s3:GetBucketEncryption" was answered by "too many requests" in account 123456789012, eu-west-1 of "pears": what it tells is not known.
      snap/snapshot.json: Nothing proves that all resources of AWS::AccessAnalyzer::Analyzer, AWS::AppRunner::Service, AWS::AutoScaling::AutoScalingGroup and 88 more types of account 123456789012 are in the snapshot.
    trueline: what is too much is not known: of 1 action logs do not show whether they are used; 1 statement or policy could not be narrowed
    ",
        "out": "arn:aws:iam::123456789012:role/picker
      0 different calls

    inline policy "pick" of arn:aws:iam::123456789012:role/picker: stays as it is   snap/resources/123456789012/global.ndjson:1
      = Queues  sqs:SendMessage, iam:PassRole
                on *
                if StringLike aws:PrincipalTag/team \${*}
                # Kept, for its uses are not seen (sqs:SendMessage): There are no
                  logs of 123456789012.
                # Kept, for its uses are not seen (iam:PassRole): It is no operation
                  of its service: it is checked along with others.
      = Open    all but iam:*
                on arn:aws:s3:::apples/*
                # NotAction allows all but what it names: with --narrow-not what was
                  used takes its place

      replayed 0 calls: 0 denied; 0 granted by identity policies
      compared no new access
      not known whether 2 actions that stay are used: 1 never-an-event, 1
                not-collected
    ",
      },
    }
  `);
});

test('what the logs of an account show to be too much goes, with exit code 1', async () => {
  const arn = 'arn:aws:iam::123456789012:role/apps/baker';
  const properties = {
    RoleName: 'baker',
    Path: '/apps/',
    AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] },
    ManagedPolicyArns: [],
    Policies: [
      {
        PolicyName: 'bake',
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Sid: 'Queues',
              Effect: 'Allow',
              Action: ['sqs:CreateQueue', 'sqs:DeleteQueue', 'iam:PassRole'],
              Resource: '*',
            },
          ],
        },
      },
    ],
  };
  const trail = {
    TrailName: 'all',
    IsLogging: true,
    IsMultiRegionTrail: true,
    IsOrganizationTrail: false,
    IncludeGlobalServiceEvents: true,
    S3BucketName: 'logs',
    AdvancedEventSelectors: [],
    EventSelectors: [
      { ReadWriteType: 'All', IncludeManagementEvents: true, ExcludeManagementEventSources: [], DataResources: [] },
    ],
  };
  const account = '123456789012';
  const log = usageLog(
    [
      eventCount('sqs CreateQueue', {
        account,
        principal: { kind: 'role', name: arn, id: 'AROABAKER' },
        resource: `arn:aws:sqs:eu-west-1:${account}:loaves`,
      }),
    ],
    { coverage: ['eu-west-1', 'us-east-1'].map((region) => coverage({ account, region })) },
  );
  here = workspace({
    ...accountSnapshot([
      {
        type: 'AWS::CloudTrail::Trail',
        id: 'all',
        arn: `arn:aws:cloudtrail:eu-west-1:${account}:trail/all`,
        region: 'eu-west-1',
        properties: trail,
        live: { home_region: 'eu-west-1', start_logging_time: '2026-01-01T00:00:00Z' },
      },
      {
        type: 'AWS::IAM::Role',
        id: 'baker',
        arn,
        properties,
        live: { unique_id: 'AROABAKER', create_date: '2025-01-01T00:00:00Z' },
      },
    ]),
    'usage.json': [...renderUsageFile(log)].join(''),
  });
  const asked = `access right-size ${arn} --in snap --usage usage.json`;
  const [text, policy, terraform] = await Promise.all(
    ['text', 'policy', 'terraform'].map((format) => here?.run(`${asked} --format ${format}`)),
  );
  expect(`${text?.out}${text?.err}exit ${text?.code}\n${policy?.out}${terraform?.out}`).toMatchInlineSnapshot(`
    "arn:aws:iam::123456789012:role/apps/baker
      1 different call, seen from 2026-09-01 to 2026-11-20

    inline policy "bake" of arn:aws:iam::123456789012:role/apps/baker: 149 → 233 characters of 10240   snap/resources/123456789012/global.ndjson:1
      - Queues        sqs:CreateQueue, sqs:DeleteQueue, iam:PassRole
                      on *
                      # 1 action less
      + Queues        sqs:CreateQueue
                      on arn:aws:sqs:eu-west-1:123456789012:loaves
      + QueuesUnseen  iam:PassRole
                      on *
                      # Kept, for its uses are not seen (iam:PassRole): It is no
                        operation of its service: it is checked along with others.

      replayed 1 call: 0 denied; 1 granted by identity policies, 1 depend on
                policies that are not in the input, as before
      compared no new access, for actions of 0.21.202609261
      not known whether 1 action that stays is used: 1 never-an-event
    exit 1
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Sid": "Queues",
          "Effect": "Allow",
          "Action": "sqs:CreateQueue",
          "Resource": "arn:aws:sqs:eu-west-1:123456789012:loaves"
        },
        {
          "Sid": "QueuesUnseen",
          "Effect": "Allow",
          "Action": "iam:PassRole",
          "Resource": "*"
        }
      ]
    }
    data "aws_iam_policy_document" "baker_bake" {
      statement {
        sid       = "Queues"
        actions   = ["sqs:CreateQueue"]
        resources = ["arn:aws:sqs:eu-west-1:123456789012:loaves"]
      }

      # Kept, for its uses are not seen (iam:PassRole): It is no operation of its service: it is checked along with others.
      statement {
        sid       = "QueuesUnseen"
        actions   = ["iam:PassRole"]
        resources = ["*"]
      }
    }

    resource "aws_iam_policy" "baker_bake" {
      name   = "baker_bake"
      policy = data.aws_iam_policy_document.baker_bake.json
    }
    "
  `);
});
