import { ADMINISTRATOR, trustPeople, trustService } from './statements.js';
import { ACCOUNTS, type Account, DEVELOPMENT, PRODUCTION, type Role, type Scenario } from './types.js';

const SSO_PATH = '/aws-reserved/sso.amazonaws.com/eu-central-1/';
const SSO_NAME = 'AWSReservedSSO_Administrator_0f1e2d3c4b5a6978';

/** The services whose roles may do everything: what escalations by them gain. */
const SERVICES: readonly (readonly [account: Account, name: string, service: string])[] = [
  [PRODUCTION, 'lambda-admin', 'lambda.amazonaws.com'],
  [PRODUCTION, 'ec2-admin', 'ec2.amazonaws.com'],
  [DEVELOPMENT, 'cfn-admin', 'cloudformation.amazonaws.com'],
  [DEVELOPMENT, 'sagemaker-admin', 'sagemaker.amazonaws.com'],
  [DEVELOPMENT, 'glue-admin', 'glue.amazonaws.com'],
  [DEVELOPMENT, 'codebuild-admin', 'codebuild.amazonaws.com'],
  [DEVELOPMENT, 'tasks-admin', 'ecs-tasks.amazonaws.com'],
  [DEVELOPMENT, 'states-admin', 'states.amazonaws.com'],
  [DEVELOPMENT, 'apprunner-admin', 'tasks.apprunner.amazonaws.com'],
  [DEVELOPMENT, 'scheduler-admin', 'scheduler.amazonaws.com'],
  [DEVELOPMENT, 'pipeline-admin', 'datapipeline.amazonaws.com'],
];

function serviceAdmin([account, name, service]: (typeof SERVICES)[number]): Role {
  return {
    kind: 'role',
    account,
    name,
    trust: [trustService(service)],
    takenOnBy: service,
    attached: [ADMINISTRATOR],
    hasInstanceProfile: service === 'ec2.amazonaws.com',
    calls: [{ source: 'ec2.amazonaws.com', name: 'DescribeInstances', every: 2 }],
  };
}

/** Who may do everything by design. They are listed, and are no findings. */
export const admins: Scenario = {
  principals: [
    ...ACCOUNTS.map(
      (account): Role => ({
        kind: 'role',
        account,
        name: SSO_NAME,
        path: SSO_PATH,
        trust: [trustPeople(account)],
        takenOnBy: 'anna@granary.example',
        attached: [ADMINISTRATOR],
        calls: [
          { source: 'iam.amazonaws.com', name: 'ListRoles', region: 'us-east-1', every: 4 },
          { source: 'ec2.amazonaws.com', name: 'DescribeVpcs', every: 7 },
        ],
      }),
    ),
    {
      kind: 'role',
      account: PRODUCTION,
      name: 'ops-admin',
      trust: [trustPeople(PRODUCTION)],
      takenOnBy: 'karl@granary.example',
      attached: [ADMINISTRATOR],
      calls: [{ source: 'rds.amazonaws.com', name: 'DescribeDBInstances', every: 10 }],
    },
    ...SERVICES.map(serviceAdmin),
    {
      kind: 'user',
      account: PRODUCTION,
      name: 'anna-admin',
      groups: ['admins'],
      password: '2026-11-19T07:00:00Z',
      keys: ['2026-11-20T08:00:00Z', '2026-11-18T08:00:00Z'],
      calls: [{ source: 'iam.amazonaws.com', name: 'ListUsers', region: 'us-east-1', every: 6 }],
    },
    {
      kind: 'user',
      account: PRODUCTION,
      name: 'karl-admin',
      groups: ['admins'],
      keys: ['2026-11-20T08:00:00Z'],
      calls: [{ source: 'ec2.amazonaws.com', name: 'DescribeInstances', every: 6 }],
    },
    {
      kind: 'user',
      account: DEVELOPMENT,
      name: 'dora-admin',
      groups: ['dev-admins'],
      keys: ['2026-11-20T08:00:00Z'],
      calls: [{ source: 'ec2.amazonaws.com', name: 'DescribeInstances', every: 6 }],
    },
  ],
  groups: [
    { account: PRODUCTION, name: 'admins', attached: [ADMINISTRATOR] },
    { account: DEVELOPMENT, name: 'dev-admins', attached: [ADMINISTRATOR] },
  ],
  resources: [
    { kind: 'function', account: PRODUCTION, name: 'nightly-sync', role: 'lambda-admin' },
    { kind: 'instance', account: PRODUCTION, id: 'i-0ba5710n0000000a1', profile: 'ec2-admin' },
    { kind: 'instance', account: DEVELOPMENT, id: 'i-0de70000000000000' },
  ],
};
