import { role, user } from './people.js';
import {
  ADMINISTRATOR,
  allow,
  deny,
  groupArn,
  policyArn,
  roleArn,
  rootArn,
  trust,
  trustPipeline,
  userArn,
} from './statements.js';
import {
  type Barrier,
  DEVELOPMENT,
  type Decoy,
  HOME,
  MANAGEMENT,
  PRODUCTION,
  type Principal,
  type Question,
  type Scenario,
  VENDOR,
} from './types.js';

const P = PRODUCTION;
const D = DEVELOPMENT;

type EscalationDecoy = Extract<Decoy, { readonly kind: 'escalation' }>;

/** A principal that seems to gain; what is denied of what it would take, if a policy closes it. */
function closed(
  principal: Principal,
  closedBy: Barrier,
  denied?: readonly [action: string, resource: string, context?: Readonly<Record<string, string>>],
  rest: Partial<EscalationDecoy> = {},
): Scenario {
  const { kind, account, name } = principal;
  const arn = kind === 'role' ? roleArn(account, name) : userArn(account, name);
  const [action, resource, context] = denied ?? [];
  const question: Question | undefined =
    action === undefined || resource === undefined
      ? undefined
      : { principal: arn, action, resource, ...(context === undefined ? {} : { context }) };
  return {
    principals: [principal],
    decoys: [
      {
        kind: 'escalation',
        principal: arn,
        closedBy,
        ...(question === undefined ? {} : { denied: question }),
        ...rest,
      },
    ],
  };
}

function passing(role: string, service: string): readonly [string, string, Readonly<Record<string, string>>] {
  return ['iam:PassRole', role, { 'iam:PassedToService': service }];
}

const byDeny: readonly Scenario[] = [
  closed(
    user(P, 'paula', [allow('Self', 'iam:PutUserPolicy', userArn(P, 'paula')), deny('NoPolicies', 'iam:Put*')]),
    'a Deny',
    ['iam:PutUserPolicy', userArn(P, 'paula')],
  ),
  closed(
    role(P, 'fn-maker-kept', [
      allow('Run', ['lambda:CreateFunction', 'lambda:InvokeFunction']),
      allow('Pass', 'iam:PassRole', roleArn(P, '*')),
      deny('NoAdmins', 'iam:PassRole', roleArn(P, '*-admin')),
    ]),
    'a Deny',
    passing(roleArn(P, 'lambda-admin'), 'lambda.amazonaws.com'),
  ),
  closed(user(P, 'petra', [allow('Out', 'sts:AssumeRole', roleArn(P, 'closed-admin'))]), 'a Deny', [
    'sts:AssumeRole',
    roleArn(P, 'closed-admin'),
  ]),
];

const byBoundary: readonly Scenario[] = [
  closed(
    role(P, 'attacher-kept', [allow('Attach', 'iam:AttachRolePolicy', roleArn(P, '*'))], { boundary: 'apps-only' }),
    'a boundary',
    ['iam:AttachRolePolicy', roleArn(P, 'attacher-kept')],
  ),
  closed(role(P, 'bounded-ops', [allow('All', '*')], { boundary: 'apps-only' }), 'a boundary', [
    'iam:CreateUser',
    userArn(P, 'new'),
  ]),
  closed(
    role(P, 'maker-kept', [
      allow('Make', ['iam:CreateRole', 'iam:AttachRolePolicy'], roleArn(P, 'made-*'), {
        StringEquals: { 'iam:PermissionsBoundary': policyArn(P, 'apps-only') },
      }),
    ]),
    'a boundary',
    ['iam:CreateRole', roleArn(P, 'made-cake'), { 'iam:PermissionsBoundary': '' }],
  ),
];

const byControlPolicy: readonly Scenario[] = [
  closed(user(D, 'jan', [allow('Keys', 'iam:CreateAccessKey', userArn(D, '*'))]), 'a control policy', [
    'iam:CreateAccessKey',
    userArn(D, 'dora-admin'),
  ]),
  closed(
    role(D, 'pipe-maker', [
      allow('Run', 'datapipeline:*'),
      allow('Pass', 'iam:PassRole', roleArn(D, 'pipeline-admin')),
    ]),
    'a control policy',
    ['datapipeline:CreatePipeline', '*'],
  ),
  closed(
    user(D, 'uwe', [
      allow('Make', ['iam:CreateUser', 'iam:AttachUserPolicy', 'iam:CreateAccessKey'], userArn(D, 'made-*')),
    ]),
    'a control policy',
    ['iam:CreateUser', userArn(D, 'made-user')],
  ),
];

const byTrust: readonly Scenario[] = [
  closed(
    role(P, 'fn-maker-other', [
      allow('Run', ['lambda:CreateFunction', 'lambda:InvokeFunction']),
      allow('Pass', 'iam:PassRole', roleArn(P, 'ec2-admin')),
    ]),
    'a trust',
  ),
  closed(user(P, 'ed', [allow('Ops', 'sts:AssumeRole', roleArn(P, 'ops-admin'))]), 'a trust', [
    'sts:AssumeRole',
    roleArn(P, 'ops-admin'),
  ]),
  closed(user(P, 'nora', [allow('Vendor', 'sts:AssumeRole', roleArn(P, 'vendor-admin'))]), 'a trust', [
    'sts:AssumeRole',
    roleArn(P, 'vendor-admin'),
    { 'sts:ExternalId': 'granary-7' },
  ]),
  closed(role(D, 'mgmt-reader', [allow('Over', 'sts:AssumeRole', roleArn(MANAGEMENT, 'billing-admin'))]), 'a trust', [
    'sts:AssumeRole',
    roleArn(MANAGEMENT, 'billing-admin'),
  ]),
  // The role trusts the account, and nothing of the user's lets it take the role on.
  closed(user(D, 'ben', []), 'a trust', ['sts:AssumeRole', roleArn(P, 'release')]),
];

const byCondition: readonly Scenario[] = [
  closed(
    role(P, 'fn-maker-wrong', [
      allow('Run', ['lambda:CreateFunction', 'lambda:InvokeFunction']),
      allow('Pass', 'iam:PassRole', roleArn(P, '*'), {
        StringEquals: { 'iam:PassedToService': 'states.amazonaws.com' },
      }),
    ]),
    'a condition',
    passing(roleArn(P, 'lambda-admin'), 'lambda.amazonaws.com'),
  ),
  closed(
    user(
      P,
      'pia',
      [
        allow('Attach', 'iam:AttachUserPolicy', userArn(P, 'pia'), {
          StringEquals: { 'aws:PrincipalTag/team': 'security' },
        }),
      ],
      { tags: { team: 'mill' } },
    ),
    'a condition',
    ['iam:AttachUserPolicy', userArn(P, 'pia')],
  ),
  closed(
    role(P, 'attacher-harmless', [
      allow('Attach', 'iam:AttachRolePolicy', roleArn(P, 'attacher-harmless'), {
        ArnEquals: { 'iam:PolicyARN': policyArn(P, 'apps-only') },
      }),
    ]),
    'a condition',
    ['iam:AttachRolePolicy', roleArn(P, 'attacher-harmless'), { 'iam:PolicyARN': ADMINISTRATOR }],
  ),
];

const byPrerequisite: readonly Scenario[] = [
  // The policy is attached to nobody that he can be.
  closed(
    user(P, 'oskar', [allow('Versions', 'iam:CreatePolicyVersion', policyArn(P, 'spare-tools'))]),
    'a missing prerequisite',
  ),
  // There are two keys already, and none can be deleted.
  closed(user(P, 'mia', [allow('Keys', 'iam:CreateAccessKey', userArn(P, 'anna-admin'))]), 'a missing prerequisite'),
  // There is a password already.
  closed(
    user(P, 'mila', [allow('Welcome', 'iam:CreateLoginProfile', userArn(P, 'anna-admin'))]),
    'a missing prerequisite',
  ),
  // There is no password.
  closed(
    user(P, 'lars', [allow('Passwords', 'iam:UpdateLoginProfile', userArn(P, 'karl-admin'))]),
    'a missing prerequisite',
  ),
  // No instance of it has a role.
  closed(
    user(D, 'vlad', [allow('Command', 'ssm:SendCommand', `arn:aws:ec2:${HOME}:${D}:instance/i-0de70000000000000`)]),
    'a missing prerequisite',
  ),
  // The strong role is in no instance profile, and may not be put into one.
  closed(
    role(P, 'runner-bare', [
      allow('Run', 'ec2:RunInstances'),
      allow('Pass', 'iam:PassRole', roleArn(P, 'bare-ec2-admin')),
    ]),
    'a missing prerequisite',
  ),
  // What it gains is no more than it has.
  closed(
    role(D, 'stack-maker-weak', [
      allow('Run', 'cloudformation:CreateStack'),
      allow('Pass', 'iam:PassRole', roleArn(D, 'cfn-weak')),
    ]),
    'a missing prerequisite',
  ),
  closed(
    role(P, 'hotfix-weak', [
      allow(
        'Run',
        ['lambda:UpdateFunctionCode', 'lambda:InvokeFunction'],
        `arn:aws:lambda:${HOME}:${P}:function:greet`,
      ),
    ]),
    'a missing prerequisite',
  ),
  closed(user(P, 'hugo', [allow('Groups', 'iam:AddUserToGroup', groupArn(P, 'testers'))]), 'a missing prerequisite'),
  closed(
    role(P, 'trust-editor-weak', [allow('Trusts', 'iam:UpdateAssumeRolePolicy', roleArn(P, 'lambda-weak'))]),
    'a missing prerequisite',
  ),
  closed(
    role(P, 'linked-editor', [
      allow(
        'Own',
        'iam:PutRolePolicy',
        roleArn(P, 'AWSServiceRoleForConfig', '/aws-service-role/config.amazonaws.com/'),
      ),
    ]),
    'a missing prerequisite',
  ),
];

/** An administrator that no decoy reaches. */
function admin(account: typeof P | typeof D | typeof MANAGEMENT, name: string, statement: Principal): Principal {
  return { ...statement, account, name, attached: [ADMINISTRATOR] };
}

function adminTrusting(
  account: typeof P | typeof MANAGEMENT,
  name: string,
  ...trusts: readonly Parameters<typeof trust>[]
) {
  const statements = trusts.map((one) => trust(...one));
  return admin(account, name, { kind: 'role', account, name, trust: statements });
}

const targets: Scenario = {
  principals: [
    {
      ...adminTrusting(P, 'closed-admin', [{ AWS: rootArn(P) }]),
      kind: 'role',
      trust: [
        trust({ AWS: rootArn(P) }),
        { Sid: 'NotPetra', Effect: 'Deny', Principal: { AWS: userArn(P, 'petra') }, Action: 'sts:AssumeRole' },
      ],
    },
    adminTrusting(P, 'vendor-admin', [{ AWS: rootArn(VENDOR) }, { StringEquals: { 'sts:ExternalId': 'granary-7' } }]),
    adminTrusting(P, 'bare-ec2-admin', [{ Service: 'ec2.amazonaws.com' }]),
    adminTrusting(MANAGEMENT, 'billing-admin', [{ AWS: rootArn(P) }]),
    {
      kind: 'role',
      account: D,
      name: 'gh-release',
      trust: [
        trustPipeline(D, {
          StringEquals: {
            'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
            'token.actions.githubusercontent.com:sub': 'repo:granary/release:ref:refs/heads/main',
          },
        }),
      ],
      takenOnBy: 'repo:granary/release:ref:refs/heads/main',
      attached: [ADMINISTRATOR],
      calls: [{ source: 'cloudformation.amazonaws.com', name: 'DescribeStacks', every: 2 }],
    },
    role(D, 'cfn-weak', [], {
      trust: [trust({ Service: 'cloudformation.amazonaws.com' })],
      takenOnBy: 'cloudformation.amazonaws.com',
    }),
    role(P, 'lambda-weak', [], {
      trust: [trust({ Service: 'lambda.amazonaws.com' })],
      takenOnBy: 'lambda.amazonaws.com',
    }),
  ],
  policies: [
    { account: P, name: 'apps-only', statements: [allow('Apps', ['cloudwatch:*', 's3:*', 'sqs:*'])] },
    { account: P, name: 'spare-tools', statements: [allow('Queries', ['athena:ListWorkGroups'])] },
  ],
  resources: [{ kind: 'function', account: P, name: 'greet', role: 'lambda-weak' }],
  decoys: [
    {
      kind: 'escalation',
      principal: roleArn(D, 'gh-release'),
      closedBy: 'a condition',
      denied: {
        principal: `arn:aws:iam::${D}:oidc-provider/token.actions.githubusercontent.com`,
        action: 'sts:AssumeRoleWithWebIdentity',
        resource: roleArn(D, 'gh-release'),
        context: {
          'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
          'token.actions.githubusercontent.com:sub': 'repo:stranger/fork:ref:refs/heads/main',
        },
      },
    },
  ],
};

/** Principals that look as if they gained what administrators have, and do not. */
export const escalationDecoys: readonly Scenario[] = [
  ...byDeny,
  ...byBoundary,
  ...byControlPolicy,
  ...byTrust,
  ...byCondition,
  ...byPrerequisite,
  targets,
];
