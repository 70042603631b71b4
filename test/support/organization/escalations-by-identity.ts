import { role, user } from './people.js';
import {
  ADMINISTRATOR,
  allow,
  deny,
  groupArn,
  oidcArn,
  policyArn,
  roleArn,
  rootArn,
  samlArn,
  trust,
  trustPipeline,
  userArn,
} from './statements.js';
import {
  type Account,
  DEVELOPMENT,
  MANAGEMENT,
  type Planted,
  PRODUCTION,
  type Principal,
  type Question,
  type Scenario,
} from './types.js';

type Escalation = Extract<Planted, { readonly kind: 'escalation' }>;

function arnOf({ kind, account, name }: Principal): string {
  return kind === 'role' ? roleArn(account, name) : userArn(account, name);
}

/** One principal that gains by one technique. */
function gains(
  principal: Principal,
  technique: string,
  [sid, ...rights]: readonly [sid: string, ...rights: readonly (readonly [action: string, resource: string])[]],
  rest: Partial<Escalation> = {},
): Scenario {
  const arn = arnOf(principal);
  const requires = rights.map(([action, resource]): Question => ({ principal: arn, action, resource }));
  return {
    principals: [principal],
    planted: [{ kind: 'escalation', principal: arn, technique, sid, requires, ...rest }],
  };
}

const P = PRODUCTION;
const D = DEVELOPMENT;

const ola = user(P, 'ola', [allow('Versions', 'iam:CreatePolicyVersion', policyArn(P, 'data-tools'))], {
  attached: ['data-tools'],
});
const otto = user(P, 'otto', [
  allow('Attach', 'iam:AttachUserPolicy', userArn(P, 'otto')),
  // A key of a user that has no second factor does not send the key at all: this denies it nothing.
  deny('OnlyWithMfa', 'iam:*', '*', { Bool: { 'aws:MultiFactorAuthPresent': 'false' } }),
]);
const roleTuner = role(D, 'role-tuner', [allow('Tune', 'iam:AttachRolePolicy', roleArn(D, '*'))]);
const piotr = user(P, 'piotr', [allow('Self', 'iam:PutUserPolicy', `arn:aws:iam::${P}:user/\${aws:username}`)]);
const rosa = user(P, 'rosa', [allow('OurGroup', 'iam:PutGroupPolicy', groupArn(P, 'testers'))], {
  groups: ['testers'],
});
const hana = user(D, 'hana', [allow('Groups', 'iam:AddUserToGroup', groupArn(D, '*'))]);
const jonas = user(P, 'jonas', [allow('Keys', 'iam:CreateAccessKey', userArn(P, '*'))]);
const marta = user(P, 'marta', [allow('Welcome', 'iam:CreateLoginProfile', userArn(P, 'karl-admin'))]);
const lena = user(P, 'lena', [
  allow('Passwords', ['iam:UpdateLoginProfile', 'iam:CreateAccessKey'], userArn(P, 'anna-admin')),
  // Of another way than the one that is open.
  deny('NoKeys', 'iam:CreateAccessKey', userArn(P, 'anna-admin')),
]);
const trustEditor = role(P, 'trust-editor', [allow('Trusts', 'iam:UpdateAssumeRolePolicy', roleArn(P, 'ops-*'))]);
const boundedDev = role(P, 'bounded-dev', [allow('All', '*')], { boundary: 'workbench' });
const idpKeeper = role(P, 'idp-keeper', [allow('Provider', 'iam:UpdateSAMLProvider', samlArn(P))]);
const roleMaker = role(P, 'role-maker', [
  allow('Make', ['iam:CreateRole', 'iam:AttachRolePolicy'], roleArn(P, 'made-*')),
]);
const hopTwo = role(P, 'hop-two', [allow('Own', 'iam:PutRolePolicy', roleArn(P, 'hop-two'))], {
  trust: [trust({ AWS: roleArn(P, 'hop-one') })],
  takenOnBy: roleArn(P, 'hop-one'),
});
const hopOne = role(P, 'hop-one', [allow('Next', 'sts:AssumeRole', roleArn(P, 'hop-two'))], {
  trust: [trust({ AWS: userArn(P, 'tomas') })],
  takenOnBy: userArn(P, 'tomas'),
});
const tomas = user(P, 'tomas', [allow('First', 'sts:AssumeRole', roleArn(P, 'hop-one'))]);
const release = role(P, 'release', [allow('Attach', 'iam:AttachRolePolicy', roleArn(P, 'release'))], {
  trust: [trust({ AWS: rootArn(D) })],
  takenOnBy: userArn(D, 'kira'),
});
const kira = user(D, 'kira', [allow('Release', 'sts:AssumeRole', roleArn(P, 'release'))]);
const orgAudit = role(MANAGEMENT, 'org-audit', [allow('Own', 'iam:PutRolePolicy', roleArn(MANAGEMENT, 'org-audit'))], {
  trust: [trust({ AWS: roleArn(D, 'audit-reader') })],
  takenOnBy: roleArn(D, 'audit-reader'),
});
const auditReader = role(D, 'audit-reader', [allow('Audit', 'sts:AssumeRole', roleArn(MANAGEMENT, 'org-audit'))]);

/** Any repository of the host may take it on: only the audience is asked for. */
const ghDeploy: Principal = {
  kind: 'role',
  account: D,
  name: 'gh-deploy',
  trust: [trustPipeline(D, { StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' } })],
  takenOnBy: 'repo:granary/mill:ref:refs/heads/main',
  attached: [ADMINISTRATOR],
  calls: [{ source: 'cloudformation.amazonaws.com', name: 'DescribeStacks', every: 2 }],
};

function assume(principal: string, account: Account, name: string): Question {
  return { principal, action: 'sts:AssumeRole', resource: roleArn(account, name) };
}

/** Principals that gain what administrators have, by rights over identities. */
export const escalationsByIdentity: readonly Scenario[] = [
  gains(ola, 'E01', ['Versions', ['iam:CreatePolicyVersion', policyArn(P, 'data-tools')]]),
  gains(otto, 'E03', ['Attach'], {
    requires: [
      {
        principal: userArn(P, 'otto'),
        action: 'iam:AttachUserPolicy',
        resource: userArn(P, 'otto'),
        context: { 'aws:MultiFactorAuthPresent': '' },
      },
    ],
  }),
  gains(roleTuner, 'E05', ['Tune', ['iam:AttachRolePolicy', roleArn(D, 'role-tuner')]]),
  gains(piotr, 'E06', ['Self', ['iam:PutUserPolicy', userArn(P, 'piotr')]]),
  gains(rosa, 'E07', ['OurGroup', ['iam:PutGroupPolicy', groupArn(P, 'testers')]]),
  gains(hana, 'E09', ['Groups', ['iam:AddUserToGroup', groupArn(D, 'dev-admins')]]),
  gains(jonas, 'E17', ['Keys', ['iam:CreateAccessKey', userArn(P, 'karl-admin')]]),
  gains(marta, 'E18', ['Welcome', ['iam:CreateLoginProfile', userArn(P, 'karl-admin')]]),
  gains(lena, 'E19', ['Passwords', ['iam:UpdateLoginProfile', userArn(P, 'anna-admin')]]),
  gains(trustEditor, 'E21', ['Trusts', ['iam:UpdateAssumeRolePolicy', roleArn(P, 'ops-admin')]]),
  gains(boundedDev, 'E15', ['All', ['iam:DeleteRolePermissionsBoundary', roleArn(P, 'bounded-dev')]]),
  gains(idpKeeper, 'E25', ['Provider', ['iam:UpdateSAMLProvider', samlArn(P)]]),
  gains(roleMaker, 'E28', [
    'Make',
    ['iam:CreateRole', roleArn(P, 'made-bread')],
    ['iam:AttachRolePolicy', roleArn(P, 'made-bread')],
  ]),
  gains(hopTwo, 'E08', ['Own', ['iam:PutRolePolicy', roleArn(P, 'hop-two')]]),
  gains(hopOne, 'E22', ['Next'], {
    over: [roleArn(P, 'hop-two')],
    requires: [assume(roleArn(P, 'hop-one'), P, 'hop-two')],
  }),
  gains(tomas, 'E22', ['First'], {
    over: [roleArn(P, 'hop-one'), roleArn(P, 'hop-two')],
    requires: [assume(userArn(P, 'tomas'), P, 'hop-one')],
  }),
  gains(release, 'E05', ['Attach', ['iam:AttachRolePolicy', roleArn(P, 'release')]]),
  gains(kira, 'E22', ['Release'], {
    over: [roleArn(P, 'release')],
    requires: [assume(userArn(D, 'kira'), P, 'release')],
  }),
  gains(orgAudit, 'E08', ['Own', ['iam:PutRolePolicy', roleArn(MANAGEMENT, 'org-audit')]]),
  gains(auditReader, 'E22', ['Audit'], {
    over: [roleArn(MANAGEMENT, 'org-audit')],
    requires: [assume(roleArn(D, 'audit-reader'), MANAGEMENT, 'org-audit')],
  }),
  gains(ghDeploy, 'E23', ['Trust'], {
    requires: [
      {
        principal: oidcArn(D),
        action: 'sts:AssumeRoleWithWebIdentity',
        resource: roleArn(D, 'gh-deploy'),
        context: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' },
      },
    ],
  }),
  {
    policies: [
      { account: P, name: 'data-tools', statements: [allow('Queries', ['athena:ListWorkGroups'])] },
      {
        account: P,
        name: 'workbench',
        statements: [
          allow('Work', [
            'cloudwatch:*',
            's3:*',
            'sqs:*',
            'iam:Get*',
            'iam:List*',
            'iam:DeleteRolePermissionsBoundary',
          ]),
        ],
      },
    ],
    groups: [{ account: P, name: 'testers', inline: { test: [allow('Test', 'sqs:ListQueues')] } }],
  },
];
