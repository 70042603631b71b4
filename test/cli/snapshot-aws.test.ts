import { afterAll, expect, test } from 'vitest';
import { workspace } from './workspace.js';

const here = workspace();
afterAll(() => here.remove());

test('--print-policy shows the permissions of a selection, and reads nothing', async () => {
  const { code, out } = await here.run('snapshot aws --print-policy --only sqs,eks');
  expect([code, JSON.parse(out)]).toEqual([
    0,
    {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'TruelineSnapshot',
          Effect: 'Allow',
          Action: [
            'ec2:DescribeRegions',
            'eks:DescribeAccessEntry',
            'eks:DescribeCluster',
            'eks:DescribeNodegroup',
            'eks:DescribePodIdentityAssociation',
            'eks:ListAccessEntries',
            'eks:ListClusters',
            'eks:ListNodegroups',
            'eks:ListPodIdentityAssociations',
            'sqs:GetQueueAttributes',
            'sqs:ListQueueTags',
            'sqs:ListQueues',
          ],
          Resource: '*',
        },
      ],
    },
  ]);
  const skipped = JSON.parse((await here.run('snapshot aws --print-policy --skip sqs')).out);
  expect(skipped.Statement[0].Action.filter((action: string) => action.startsWith('sqs:'))).toEqual([]);
});

test.each([
  ['snapshot', '"snapshot" needs a subcommand: aws, diff, merge.'],
  ['snapshot aws', '"snapshot aws" needs a folder to write: --output DIR.'],
  ['snapshot aws live', '"snapshot aws" takes no PATH: use --output DIR.'],
  [
    'snapshot aws --output live --external-id orchard',
    '"--external-id" needs --role-arn, --organization or --accounts-file.',
  ],
  ['snapshot aws --output live --organization', '"--organization" needs the role to take on: --role-name NAME.'],
  ['snapshot aws --output live --role-name auditor', '"--role-name" needs --organization or --accounts-file.'],
  [
    'snapshot aws --output live --organization --accounts-file a.txt --role-name auditor',
    '"--organization" and "--accounts-file" both say which accounts: use one of them.',
  ],
  [
    'snapshot aws --output live --organization --role-name au*ditor',
    '"--role-name au*ditor" is not the name of a role.',
  ],
  ['snapshot aws --output live --retry-denied', '"--retry-denied" needs --resume.'],
  ['snapshot aws --output live --resume-anyway', '"--resume-anyway" needs --resume.'],
  [
    'snapshot aws --output live --quota-share 1.5',
    '"--quota-share 1.5" is not a share: a number above 0, and at most 1.',
  ],
  [
    'snapshot aws --output live --only s3 --only sqs --skip sqs --skip s3',
    '"--only" and "--skip" name the same services: none is left to read.',
  ],
  [
    'snapshot aws --output live --only lamda',
    '"lamda" is not a service: accessanalyzer, apprunner, autoscaling, batch, bedrock-agentcore, cloudformation, cloudfront, cloudtrail, codebuild, config, dynamodb, ec2, ecr, ecs, efs, eks, elbv2, glue, guardduty, iam, kms, lambda, logs, opensearch, organizations, rds, redshift, s3, sagemaker, secretsmanager, securityhub, sns, sqs, ssm, sso, states. Did you mean "lambda"?',
  ],
])('%s', async (line, message) => {
  expect(await here.run(line)).toEqual({ code: 2, out: '', err: `error: ${message}\n` });
});
