import { accessKeyOf, arnOf, CREATED_AT, markOf, uniqueIdOf } from './identity.js';
import { CONTROL_POLICIES, ORGANIZATION_OF_GRANARY, ROOT_ID, UNITS } from './organization.js';
import { groupArn, OIDC_HOST, oidcArn, policyArn, samlArn } from './statements.js';
import {
  type Account,
  DEVELOPMENT,
  type Json,
  MANAGEMENT,
  ORGANIZATION,
  PRODUCTION,
  type Role,
  type Statement,
  type User,
} from './types.js';

const { principals, groups, policies } = ORGANIZATION_OF_GRANARY;

/** What an operation answers in an account; undefined for what is not made up. */
export type Answers = Readonly<
  Record<string, (account: Account, input: { readonly [name: string]: Json }) => Json | { readonly error: string }>
>;

/** As IAM gives documents: URL-encoded. */
function documentOf(statements: readonly Statement[]): string {
  return encodeURIComponent(textOf(statements));
}

export function textOf(statements: readonly Statement[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

function inlineOf(inline: Readonly<Record<string, readonly Statement[]>> = {}): Json {
  return Object.entries(inline).map(([PolicyName, statements]) => ({
    PolicyName,
    PolicyDocument: documentOf(statements),
  }));
}

function attachedOf(account: Account, attached: readonly string[] = []): Json {
  return attached.map((name) => ({
    PolicyName: name.slice(name.lastIndexOf('/') + 1),
    PolicyArn: policyArn(account, name),
  }));
}

function boundaryOf(account: Account, boundary: string | undefined) {
  if (boundary === undefined) return {};
  return {
    PermissionsBoundary: {
      PermissionsBoundaryType: 'Policy',
      PermissionsBoundaryArn: policyArn(account, boundary),
    },
  };
}

function tagsOf(tags: Readonly<Record<string, string>> = {}): Json {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

function rolesOf(account: Account): readonly Role[] {
  return principals.filter((one): one is Role => one.kind === 'role' && one.account === account);
}

function usersOf(account: Account): readonly User[] {
  return principals.filter((one): one is User => one.kind === 'user' && one.account === account);
}

/** IAM notes when a role was used last. */
function lastUseOf({ lastUsed, takenOnBy }: Role): Json {
  if (lastUsed === 'never' || (lastUsed === undefined && takenOnBy === undefined)) return {};
  return { LastUsedDate: lastUsed ?? '2026-11-21T08:00:00Z', Region: 'eu-central-1' };
}

function profileOf(role: Role): Json {
  const { account, name, createdAt = CREATED_AT } = role;
  return {
    Path: '/',
    InstanceProfileName: name,
    InstanceProfileId: `AIPA${markOf(name, 17)}`,
    Arn: `arn:aws:iam::${account}:instance-profile/${name}`,
    CreateDate: createdAt,
    Roles: [{ RoleName: name, Arn: arnOf(role) }],
  };
}

function roleDetail(role: Role): Json {
  const { account, name, path = '/', createdAt = CREATED_AT, hasInstanceProfile } = role;
  return {
    Path: path,
    RoleName: name,
    RoleId: uniqueIdOf(role),
    Arn: arnOf(role),
    CreateDate: createdAt,
    AssumeRolePolicyDocument: documentOf(role.trust),
    InstanceProfileList: hasInstanceProfile === true ? [profileOf(role)] : [],
    RolePolicyList: inlineOf(role.inline),
    AttachedManagedPolicies: attachedOf(account, role.attached),
    ...boundaryOf(account, role.boundary),
    Tags: tagsOf(role.tags),
    RoleLastUsed: lastUseOf(role),
  };
}

function userDetail(user: User): Json {
  const { account, name, path = '/', createdAt = CREATED_AT } = user;
  return {
    Path: path,
    UserName: name,
    UserId: uniqueIdOf(user),
    Arn: arnOf(user),
    CreateDate: createdAt,
    UserPolicyList: inlineOf(user.inline),
    GroupList: user.groups ?? [],
    AttachedManagedPolicies: attachedOf(account, user.attached),
    ...boundaryOf(account, user.boundary),
    Tags: tagsOf(user.tags),
  };
}

function authorizationDetails(account: Account): Json {
  return {
    UserDetailList: usersOf(account).map(userDetail),
    RoleDetailList: rolesOf(account).map(roleDetail),
    GroupDetailList: groups
      .filter((group) => group.account === account)
      .map(({ name, inline, attached }) => ({
        Path: '/',
        GroupName: name,
        GroupId: `AGPA${markOf(name, 17)}`,
        Arn: groupArn(account, name),
        CreateDate: CREATED_AT,
        GroupPolicyList: inlineOf(inline),
        AttachedManagedPolicies: attachedOf(account, attached),
      })),
    Policies: policies
      .filter((policy) => policy.account === account)
      .map(({ name, statements }) => ({
        PolicyName: name,
        PolicyId: `ANPA${markOf(name, 17)}`,
        Arn: policyArn(account, name),
        Path: '/',
        DefaultVersionId: 'v1',
        AttachmentCount: principals.filter((one) => one.account === account && one.attached?.includes(name)).length,
        IsAttachable: true,
        CreateDate: CREATED_AT,
        PolicyVersionList: [
          { VersionId: 'v1', IsDefaultVersion: true, CreateDate: CREATED_AT, Document: documentOf(statements) },
        ],
      })),
    IsTruncated: false,
  };
}

const REPORT_COLUMNS = [
  ...['user', 'arn', 'user_creation_time', 'password_enabled', 'password_last_used', 'password_last_changed'],
  ...['password_next_rotation', 'mfa_active'],
  ...[1, 2].flatMap((nth) =>
    ['active', 'last_rotated', 'last_used_date', 'last_used_region', 'last_used_service'].map(
      (column) => `access_key_${nth}_${column}`,
    ),
  ),
  ...['cert_1_active', 'cert_1_last_rotated', 'cert_2_active', 'cert_2_last_rotated'],
];

function toReportTime(time: string): string {
  return time.replace('Z', '+00:00');
}

function keyCells(used: string | undefined, createdAt: string): readonly string[] {
  if (used === undefined) return ['false', 'N/A', 'N/A', 'N/A', 'N/A'];
  const last = used === 'never' ? ['N/A', 'N/A', 'N/A'] : [toReportTime(used), 'eu-central-1', 'monitoring'];
  return ['true', toReportTime(createdAt), ...last];
}

function reportRow(user: User): string {
  const { name, createdAt = CREATED_AT, password, keys = [] } = user;
  const made = toReportTime(createdAt);
  const passwordCells =
    password === undefined
      ? ['false', 'N/A', 'N/A', 'N/A']
      : ['true', password === 'never' ? 'no_information' : toReportTime(password), made, 'N/A'];
  const certificates = ['false', 'N/A', 'false', 'N/A'];
  return [
    name,
    arnOf(user),
    made,
    ...passwordCells,
    'false',
    ...keyCells(keys[0], createdAt),
    ...keyCells(keys[1], createdAt),
    ...certificates,
  ].join(',');
}

function credentialReport(account: Account): Json {
  const root = `<root_account>,arn:aws:iam::${account}:root,2020-01-01T00:00:00+00:00,not_supported,no_information,not_supported,not_supported,true,false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A`;
  const text = [REPORT_COLUMNS.join(','), root, ...usersOf(account).map(reportRow)].join('\n');
  return {
    Content: Buffer.from(text, 'utf8').toString('base64'),
    ReportFormat: 'text/csv',
    GeneratedTime: '2026-11-22T09:00:00Z',
  };
}

/** What IAM answers. */
export const iamAnswers: Answers = {
  'iam:GetAccountAuthorizationDetails': authorizationDetails,
  'iam:ListInstanceProfiles': (account) => ({
    InstanceProfiles: rolesOf(account).flatMap((role) => (role.hasInstanceProfile === true ? [profileOf(role)] : [])),
    IsTruncated: false,
  }),
  'iam:ListRoles': (account) => ({
    Roles: rolesOf(account).map((role) => ({
      RoleName: role.name,
      Arn: arnOf(role),
      Description: '',
      MaxSessionDuration: 3600,
    })),
    IsTruncated: false,
  }),
  'iam:GetLoginProfile': (account, { UserName }) =>
    usersOf(account).some(({ name, password }) => name === UserName && password !== undefined)
      ? { LoginProfile: { UserName: String(UserName), CreateDate: CREATED_AT, PasswordResetRequired: false } }
      : { error: 'NoSuchEntity' },
  'iam:GetCredentialReport': credentialReport,
  'iam:ListAccessKeys': (account, { UserName }) => ({
    AccessKeyMetadata: usersOf(account)
      .filter(({ name, keys = [] }) => name === UserName && keys.length > 0)
      .map((user) => ({ UserName: user.name, AccessKeyId: accessKeyOf(user), Status: 'Active' })),
    IsTruncated: false,
  }),
  'iam:ListOpenIDConnectProviders': (account) => ({ OpenIDConnectProviderList: [{ Arn: oidcArn(account) }] }),
  'iam:GetOpenIDConnectProvider': () => ({
    Url: OIDC_HOST,
    ClientIDList: ['sts.amazonaws.com'],
    ThumbprintList: ['6938fd4d98bab03faadb97b34396831e3780aea1'],
    CreateDate: CREATED_AT,
    Tags: [],
  }),
  'iam:ListSAMLProviders': (account) => ({
    SAMLProviderList: [{ Arn: samlArn(account), ValidUntil: '2027-05-06T07:08:09Z', CreateDate: CREATED_AT }],
  }),
  'sts:GetCallerIdentity': (account) => ({
    UserId: 'AIDAAUDITOR',
    Account: account,
    Arn: `arn:aws:iam::${account}:role/auditor`,
  }),
};

const ORGANIZATION_ARN = `arn:aws:organizations::${MANAGEMENT}`;
const NAMES: Readonly<Record<Account, string>> = {
  [MANAGEMENT]: 'management',
  [PRODUCTION]: 'production',
  [DEVELOPMENT]: 'development',
};
const PARENTS: Readonly<Record<Account, string>> = {
  [MANAGEMENT]: ROOT_ID,
  [PRODUCTION]: UNITS.production,
  [DEVELOPMENT]: UNITS.development,
};

function accountEntry(account: Account): Json {
  return {
    Id: account,
    Arn: `${ORGANIZATION_ARN}:account/${ORGANIZATION}/${account}`,
    Email: `${NAMES[account]}@granary.example`,
    Name: NAMES[account],
    Status: 'ACTIVE',
    State: 'ACTIVE',
    JoinedMethod: 'CREATED',
    JoinedTimestamp: CREATED_AT,
  };
}

/** What Organizations answers. */
export const organizationAnswers: Answers = {
  'organizations:DescribeOrganization': () => ({
    Organization: {
      Id: ORGANIZATION,
      Arn: `${ORGANIZATION_ARN}:organization/${ORGANIZATION}`,
      FeatureSet: 'ALL',
      MasterAccountArn: `${ORGANIZATION_ARN}:account/${ORGANIZATION}/${MANAGEMENT}`,
      MasterAccountId: MANAGEMENT,
      MasterAccountEmail: 'management@granary.example',
    },
  }),
  'organizations:ListRoots': () => ({
    Roots: [
      {
        Id: ROOT_ID,
        Arn: `${ORGANIZATION_ARN}:root/${ORGANIZATION}/${ROOT_ID}`,
        Name: 'Root',
        PolicyTypes: [
          { Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' },
          { Type: 'RESOURCE_CONTROL_POLICY', Status: 'ENABLED' },
        ],
      },
    ],
  }),
  'organizations:ListOrganizationalUnitsForParent': (_, { ParentId }) => ({
    OrganizationalUnits:
      ParentId === ROOT_ID
        ? Object.entries(UNITS).map(([Name, Id]) => ({ Id, Arn: `${ORGANIZATION_ARN}:ou/${ORGANIZATION}/${Id}`, Name }))
        : [],
  }),
  'organizations:ListAccounts': () => ({
    Accounts: [MANAGEMENT, PRODUCTION, DEVELOPMENT].map((id) => accountEntry(id as Account)),
  }),
  'organizations:ListDelegatedAdministrators': () => ({ DelegatedAdministrators: [] }),
  'organizations:ListAccountsForParent': (_, { ParentId }) => ({
    Accounts: ([MANAGEMENT, PRODUCTION, DEVELOPMENT] as const)
      .filter((id) => PARENTS[id] === ParentId)
      .map(accountEntry),
  }),
  'organizations:ListPolicies': (_, { Filter }) => ({
    Policies: CONTROL_POLICIES.filter(({ kind }) => kind === Filter).map(
      ({ id, name, kind, isAwsManaged = false }) => ({
        Id: id,
        Arn: `${ORGANIZATION_ARN}:policy/${ORGANIZATION}/${kind.toLowerCase()}/${id}`,
        Name: name,
        Description: name,
        Type: kind,
        AwsManaged: isAwsManaged,
      }),
    ),
  }),
  'organizations:DescribePolicy': (_, { PolicyId }) => ({
    Policy: { Content: textOf(CONTROL_POLICIES.find(({ id }) => id === PolicyId)?.statements ?? []) },
  }),
  'organizations:ListTargetsForPolicy': (_, { PolicyId }) => ({
    Targets: (CONTROL_POLICIES.find(({ id }) => id === PolicyId)?.targets ?? []).map((TargetId) => ({
      TargetId,
      Name: TargetId,
      Type: TargetId.startsWith('r-') ? 'ROOT' : TargetId.startsWith('ou-') ? 'ORGANIZATIONAL_UNIT' : 'ACCOUNT',
    })),
  }),
};
