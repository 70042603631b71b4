import { admins } from './admins.js';
import { background, breakGlass } from './background.js';
import { escalationDecoys } from './decoys-of-escalations.js';
import { escalationsByIdentity } from './escalations-by-identity.js';
import { escalationsByServices } from './escalations-by-services.js';
import { excessDecoys, excesses, unused } from './excess.js';
import { grantDecoys, resourceGrants } from './resource-grants.js';
import { deny } from './statements.js';
import type { Scenario, Statement } from './types.js';

/** Everything of the organization, with what is to be said of it. */
export const ORGANIZATION_OF_GRANARY: Required<Scenario> = together([
  admins,
  breakGlass,
  ...escalationsByIdentity,
  ...escalationsByServices,
  ...escalationDecoys,
  ...excesses,
  unused,
  excessDecoys,
  resourceGrants,
  grantDecoys,
  background,
]);

function together(scenarios: readonly Scenario[]): Required<Scenario> {
  return {
    principals: scenarios.flatMap(({ principals = [] }) => principals),
    groups: scenarios.flatMap(({ groups = [] }) => groups),
    policies: scenarios.flatMap(({ policies = [] }) => policies),
    resources: scenarios.flatMap(({ resources = [] }) => resources),
    planted: scenarios.flatMap(({ planted = [] }) => planted),
    decoys: scenarios.flatMap(({ decoys = [] }) => decoys),
  };
}

interface ControlPolicy {
  readonly id: string;
  readonly name: string;
  readonly kind: 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY';
  readonly isAwsManaged?: boolean;
  readonly statements: readonly Statement[];
  readonly targets: readonly string[];
}

export const ROOT_ID = 'r-gran';
export const UNITS = { production: 'ou-gran-prod0001', development: 'ou-gran-dev00001' } as const;
const EVERYWHERE = [ROOT_ID, UNITS.production, UNITS.development, '222233334444', '333344445555', '111122223333'];

export const CONTROL_POLICIES: readonly ControlPolicy[] = [
  {
    id: 'p-FullAWSAccess',
    name: 'FullAWSAccess',
    kind: 'SERVICE_CONTROL_POLICY',
    isAwsManaged: true,
    statements: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
    targets: EVERYWHERE,
  },
  {
    id: 'p-keep00001',
    name: 'keep-trails',
    kind: 'SERVICE_CONTROL_POLICY',
    statements: [
      deny('Trails', ['cloudtrail:StopLogging', 'cloudtrail:DeleteTrail', 'organizations:LeaveOrganization']),
    ],
    targets: [ROOT_ID],
  },
  {
    id: 'p-fence0001',
    name: 'development-fence',
    kind: 'SERVICE_CONTROL_POLICY',
    statements: [
      deny('NoUsers', ['iam:CreateUser', 'iam:CreateAccessKey', 'datapipeline:*']),
      // Who calls chooses the region: this closes nothing.
      deny('Regions', ['glue:*', 'codebuild:*', 'ecs:*'], '*', {
        StringNotEquals: { 'aws:RequestedRegion': ['eu-central-1', 'eu-west-1'] },
      }),
    ],
    targets: [UNITS.development],
  },
  {
    id: 'p-RCPFullAWSAccess',
    name: 'RCPFullAWSAccess',
    kind: 'RESOURCE_CONTROL_POLICY',
    isAwsManaged: true,
    statements: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
    targets: EVERYWHERE,
  },
  {
    id: 'p-ring00001',
    name: 'only-us',
    kind: 'RESOURCE_CONTROL_POLICY',
    statements: [
      {
        ...deny('Strangers', 's3:*', '*', {
          StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-granary0001' },
          BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
        }),
        Principal: '*',
      },
    ],
    targets: [UNITS.development],
  },
];
