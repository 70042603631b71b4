import { role } from './people.js';
import { letIn, roleArn, rootArn, trust } from './statements.js';
import { DEVELOPMENT, HOME, ORGANIZATION, PRODUCTION, type Resource, type Scenario, VENDOR } from './types.js';

const P = PRODUCTION;
const D = DEVELOPMENT;

function bucketArn(name: string): string {
  return `arn:aws:s3:::${name}`;
}

const KEY_ID = '33333333-aaaa-4bbb-8ccc-000000000003';
const KEY_ARN = `arn:aws:kms:${HOME}:${P}:key/${KEY_ID}`;
const SECRET_ARN = `arn:aws:secretsmanager:${HOME}:${D}:secret:vendor-token-AbCdEf`;
const WEBHOOK_ARN = `arn:aws:lambda:${HOME}:${D}:function:webhook`;

const open: readonly Resource[] = [
  {
    kind: 'bucket',
    account: P,
    name: 'granary-prices',
    policy: [letIn('Prices', '*', 's3:GetObject', `${bucketArn('granary-prices')}/*`)],
  },
  {
    kind: 'bucket',
    account: P,
    name: 'granary-handover',
    policy: [letIn('Vendor', { AWS: rootArn(VENDOR) }, 's3:PutObject', `${bucketArn('granary-handover')}/*`)],
  },
  {
    kind: 'bucket',
    account: D,
    name: 'dev-share',
    policy: [letIn('Production', { AWS: rootArn(P) }, 's3:GetObject', `${bucketArn('dev-share')}/*`)],
  },
  {
    kind: 'key',
    account: P,
    id: KEY_ID,
    policy: [
      letIn('Account', { AWS: rootArn(P) }, 'kms:*', '*'),
      letIn('Vendor', { AWS: rootArn(VENDOR) }, 'kms:Decrypt', '*'),
    ],
  },
  {
    kind: 'secret',
    account: D,
    name: 'vendor-token',
    policy: [letIn('Vendor', { AWS: rootArn(VENDOR) }, 'secretsmanager:GetSecretValue', '*')],
  },
  {
    kind: 'function',
    account: D,
    name: 'webhook',
    role: 'webhook',
    policy: [letIn('Anybody', '*', 'lambda:InvokeFunction', WEBHOOK_ARN)],
  },
];

/** Resources that let in who is outside of their account. */
export const resourceGrants: Scenario = {
  principals: [
    role(P, 'vendor-sync', [], { trust: [trust({ AWS: rootArn(VENDOR) })], takenOnBy: rootArn(VENDOR) }),
    role(D, 'webhook', [], { trust: [trust({ Service: 'lambda.amazonaws.com' })], takenOnBy: 'lambda.amazonaws.com' }),
  ],
  resources: open,
  planted: [
    { kind: 'grant', resource: bucketArn('granary-prices'), to: 'everyone', sid: 'Prices' },
    { kind: 'grant', resource: bucketArn('granary-handover'), to: VENDOR, sid: 'Vendor' },
    { kind: 'grant', resource: bucketArn('dev-share'), to: P, sid: 'Production' },
    { kind: 'grant', resource: KEY_ARN, to: VENDOR, sid: 'Vendor' },
    { kind: 'grant', resource: SECRET_ARN, to: VENDOR, sid: 'Vendor' },
    { kind: 'grant', resource: WEBHOOK_ARN, to: 'everyone', sid: 'Anybody' },
    { kind: 'grant', resource: roleArn(P, 'vendor-sync'), to: VENDOR, sid: 'Trust' },
    { kind: 'grant', resource: roleArn(P, 'vendor-admin'), to: VENDOR, sid: 'Trust' },
  ],
};

const OWN_KEY_ID = '44444444-aaaa-4bbb-8ccc-000000000004';

/** Policies that seem to let everybody in. */
export const grantDecoys: Scenario = {
  resources: [
    {
      kind: 'bucket',
      account: P,
      name: 'granary-everyone-here',
      policy: [
        letIn('Here', '*', 's3:GetObject', `${bucketArn('granary-everyone-here')}/*`, {
          StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION },
        }),
      ],
    },
    {
      kind: 'bucket',
      account: P,
      name: 'granary-shut',
      isPublicAccessBlocked: true,
      policy: [letIn('Prices', '*', 's3:GetObject', `${bucketArn('granary-shut')}/*`)],
    },
    // The organization's policy for resources keeps strangers out of development's buckets.
    {
      kind: 'bucket',
      account: D,
      name: 'dev-fenced',
      policy: [letIn('Anybody', '*', 's3:GetObject', `${bucketArn('dev-fenced')}/*`)],
    },
    {
      kind: 'key',
      account: P,
      id: OWN_KEY_ID,
      policy: [
        letIn('Account', { AWS: rootArn(P) }, 'kms:*', '*'),
        letIn('ByS3', '*', 'kms:Decrypt', '*', {
          StringEquals: { 'kms:CallerAccount': P, 'kms:ViaService': `s3.${HOME}.amazonaws.com` },
        }),
      ],
    },
  ],
  decoys: [
    {
      kind: 'grant',
      resource: bucketArn('granary-everyone-here'),
      why: 'only the organization is let in',
      denied: { principal: 'anonymous', action: 's3:GetObject', resource: `${bucketArn('granary-everyone-here')}/a` },
    },
    {
      kind: 'grant',
      resource: bucketArn('granary-shut'),
      why: 'public policies are held to the account',
      denied: { principal: 'anonymous', action: 's3:GetObject', resource: `${bucketArn('granary-shut')}/a` },
    },
    {
      kind: 'grant',
      resource: bucketArn('dev-fenced'),
      why: 'a policy of the organization keeps strangers out',
      denied: { principal: 'anonymous', action: 's3:GetObject', resource: `${bucketArn('dev-fenced')}/a` },
    },
    {
      kind: 'grant',
      resource: `arn:aws:kms:${HOME}:${P}:key/${OWN_KEY_ID}`,
      why: 'only the account is let in, by S3',
      denied: {
        principal: 'any-account',
        action: 'kms:Decrypt',
        resource: `arn:aws:kms:${HOME}:${P}:key/${OWN_KEY_ID}`,
      },
    },
  ],
};
