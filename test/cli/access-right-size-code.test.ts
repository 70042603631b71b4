import { afterEach, expect, test } from 'vitest';
import { renderUsageFile } from '../../src/collect/audit-logs/usage-file.js';
import { accountSnapshot } from '../support/account-snapshot.js';
import { coverage, eventCount, usageLog } from '../support/usage-log.js';
import { type Workspace, workspace } from './workspace.js';

let here: Workspace | undefined;

afterEach(() => here?.remove());

const ACCOUNT = '123456789012';
const QUEUE = `arn:aws:sqs:eu-west-1:${ACCOUNT}:loaves`;
const BAKER = `arn:aws:iam::${ACCOUNT}:role/baker`;
const TRAIL = {
  type: 'AWS::CloudTrail::Trail',
  id: 'all',
  arn: `arn:aws:cloudtrail:eu-west-1:${ACCOUNT}:trail/all`,
  region: 'eu-west-1',
  properties: {
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
  },
  live: { home_region: 'eu-west-1', start_logging_time: '2026-01-01T00:00:00Z' },
};
const LOG = usageLog(
  [
    eventCount('sqs CreateQueue', {
      account: ACCOUNT,
      principal: { kind: 'role', name: BAKER, id: 'AROABAKER' },
      resource: QUEUE,
    }),
  ],
  { coverage: ['eu-west-1', 'us-east-1'].map((region) => coverage({ account: ACCOUNT, region })) },
);

function bakery(files: Readonly<Record<string, string>>): Workspace {
  here = workspace({ ...accountSnapshot([TRAIL]), ...files, 'usage.json': [...renderUsageFile(LOG)].join('') });
  return here;
}

const TEMPLATE = `Resources:
  Baker:
    Type: AWS::IAM::Role
    Properties:
      RoleName: baker
      AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [] }
      Policies:
        - PolicyName: bake
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Sid: Queues
                Effect: Allow
                Action: [sqs:CreateQueue, sqs:DeleteQueue]
                Resource: "*"
`;

test('a template is edited by what the logs of a snapshot show', async () => {
  const asked = `access right-size ${BAKER} --in bakery.yaml --in snap --usage usage.json --format patch`;
  expect(await bakery({ 'bakery.yaml': TEMPLATE }).run(asked)).toMatchInlineSnapshot(`
    {
      "code": 1,
      "err": "",
      "out": "--- a/bakery.yaml
    +++ b/bakery.yaml
    @@ -11,5 +11,5 @@
                 Statement:
                   - Sid: Queues
                     Effect: Allow
    -                Action: [sqs:CreateQueue, sqs:DeleteQueue]
    -                Resource: "*"
    +                Action: [sqs:CreateQueue]
    +                Resource: arn:aws:sqs:eu-west-1:123456789012:loaves
    ",
    }
  `);
});

test('a policy that is read from a file is edited there', async () => {
  const document = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: ['sqs:CreateQueue', 'sqs:DeleteQueue'], Resource: QUEUE }],
  };
  const files = {
    'infra/main.tf': `resource "aws_iam_role" "baker" {
  name               = "baker"
  assume_role_policy = "{}"
}
resource "aws_iam_role_policy" "bake" {
  name   = "bake"
  role   = aws_iam_role.baker.id
  policy = file("\${path.module}/bake.json")
}
resource "aws_iam_role_policy" "quoted" {
  name   = "quoted"
  role   = aws_iam_role.baker.id
  policy = "{\\"Version\\":\\"2012-10-17\\",\\"Statement\\":[{\\"Effect\\":\\"Allow\\",\\"Action\\":\\"sqs:*\\",\\"Resource\\":\\"*\\"}]}"
}
`,
    'infra/bake.json': JSON.stringify(document, null, 2),
  };
  const asked = `access right-size ${BAKER} --in infra --in snap --usage usage.json --format patch`;
  expect(await bakery(files).run(asked)).toMatchInlineSnapshot(`
    {
      "code": 1,
      "err": "trueline: not edited: The statement at infra/main.tf:13 is not written so that it can be edited there: it is text in quotes.
    ",
      "out": "--- a/infra/bake.json
    +++ b/infra/bake.json
    @@ -4,8 +4,7 @@
         {
           "Effect": "Allow",
           "Action": [
    -        "sqs:CreateQueue",
    -        "sqs:DeleteQueue"
    +        "sqs:CreateQueue"
           ],
           "Resource": "arn:aws:sqs:eu-west-1:123456789012:loaves"
         }
    ",
    }
  `);
});
