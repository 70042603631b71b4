import { describe, expect, test } from 'vitest';
import { escalationsOf } from '../../src/access/escalation/escalations.js';
import type { SnapshotJson } from '../../src/model/snapshot.js';
import { collectServices } from '../collect/collect-service.js';
import { errorOf, type Fault } from '../collect/fake-aws.js';
import { sourcesOfSnapshot } from '../support/access-graph.js';
import { partsOf } from '../support/fault-matrix.js';
import { sealSnapshot } from '../support/snapshot.js';

const IAM = 'arn:aws:iam::123456789012';

const documentOf = (...statements: readonly SnapshotJson[]) =>
  encodeURIComponent(JSON.stringify({ Version: '2012-10-17', Statement: statements }));

/** A user who may do some things, and an administrator that trusts a service. */
function people(own: readonly SnapshotJson[], chief: string, trust: SnapshotJson): SnapshotJson {
  return {
    UserDetailList: [
      {
        ...{ Path: '/', UserName: 'baker', UserId: 'AIDA', Arn: `${IAM}:user/baker`, GroupList: [] },
        UserPolicyList: [
          {
            PolicyName: 'own',
            PolicyDocument: documentOf(...own),
          },
        ],
        AttachedManagedPolicies: [],
      },
    ],
    GroupDetailList: [],
    RoleDetailList: [
      {
        ...{ Path: '/', RoleName: chief, RoleId: 'AROA', Arn: `${IAM}:role/${chief}`, InstanceProfileList: [] },
        AssumeRolePolicyDocument: documentOf({
          ...{
            Effect: 'Allow',
            Action: 'Federated' in (trust as object) ? 'sts:AssumeRoleWithWebIdentity' : 'sts:AssumeRole',
            Principal: trust,
          },
        }),
        RolePolicyList: [],
        AttachedManagedPolicies: [
          { PolicyName: 'AdministratorAccess', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
        ],
      },
    ],
    Policies: [],
    IsTruncated: false,
  };
}

interface Case {
  readonly technique: string;
  readonly actions: readonly string[];
  /** Which service tells it, and which of its operations all hangs on. */
  readonly service: string;
  readonly operation: string;
  /** The role that what is recorded has. */
  readonly chief?: string;
  readonly trusts: string;
  /** Whom the administrator trusts, if not that service. */
  readonly trust?: SnapshotJson;
  /** What else the user's policy says. */
  readonly more?: readonly SnapshotJson[];
  /** Why it is not decided where the operation is denied; by default the permission. */
  readonly undecided?: string;
  readonly dependsOn?: readonly string[];
}

async function judged(
  { actions, service, chief = 'chief', trusts, trust, more = [] }: Case,
  fault: Fault = () => undefined,
) {
  const collected = await collectServices(['iam', service], (call, nth) =>
    call.operation === 'GetAccountAuthorizationDetails'
      ? {
          kind: 'answer',
          output: people(
            [{ Effect: 'Allow', Action: [...actions], Resource: '*' }, ...more],
            chief,
            trust ?? { Service: `${trusts}.amazonaws.com` },
          ),
        }
      : fault(call, nth),
  );
  const { paths, undecided } = escalationsOf(sourcesOfSnapshot(sealSnapshot(partsOf([collected]))));
  return {
    paths: paths.map(({ principal, hops, dependsOn }) => [
      principal,
      ...hops.map(({ technique, to }) => `${technique} ${to}`),
      ...dependsOn,
    ]),
    undecided: undecided.map(({ technique, reason, principals }) => [technique, reason, ...principals]),
  };
}

const CASES: readonly Case[] = [
  {
    ...{ technique: 'X10', actions: ['codebuild:StartBuild'], service: 'codebuild' },
    ...{ operation: 'BatchGetProjects', chief: 'builder', trusts: 'codebuild' },
  },
  {
    ...{ technique: 'X10', actions: ['codebuild:StartBuild'], service: 'codebuild' },
    ...{ operation: 'ListProjects', chief: 'presser', trusts: 'codebuild' },
  },
  {
    ...{ technique: 'P22', actions: ['iam:PassRole', 'codebuild:UpdateProject', 'codebuild:StartBuild'] },
    ...{ service: 'codebuild', operation: 'BatchGetProjects', trusts: 'codebuild' },
  },
  {
    ...{ technique: 'X20', actions: ['states:UpdateStateMachine', 'states:StartExecution'], service: 'states' },
    ...{ operation: 'ListStateMachines', chief: 'harvester', trusts: 'states' },
    dependsOn: ['whether a role that stays has to be passed again'],
  },
  {
    ...{ technique: 'X20', actions: ['states:UpdateStateMachine', 'states:StartExecution'], service: 'states' },
    ...{ operation: 'DescribeStateMachine', chief: 'harvester', trusts: 'states' },
    dependsOn: ['whether a role that stays has to be passed again'],
    undecided: 'role_arn of arn:aws:states:eu-central-1:123456789012:stateMachine:bottle (permission-denied)',
  },
  {
    ...{ technique: 'X15', actions: ['glue:UpdateDevEndpoint'], service: 'glue' },
    ...{ operation: 'GetDevEndpoints', chief: 'developer', trusts: 'glue' },
  },
  {
    ...{ technique: 'P15', actions: ['iam:PassRole', 'glue:UpdateJob', 'glue:StartJobRun'], service: 'glue' },
    ...{ operation: 'GetJobs', trusts: 'glue' },
  },
  {
    ...{ technique: 'X17', actions: ['sagemaker:CreatePresignedNotebookInstanceUrl'], service: 'sagemaker' },
    ...{ operation: 'ListNotebookInstances', chief: 'taster', trusts: 'sagemaker' },
  },
  {
    ...{ technique: 'X18', actions: ['sagemaker:CreatePresignedDomainUrl'], service: 'sagemaker' },
    ...{ operation: 'ListUserProfiles', chief: 'ada', trusts: 'sagemaker' },
  },
  {
    ...{ technique: 'X18', actions: ['sagemaker:CreatePresignedDomainUrl'], service: 'sagemaker' },
    ...{ operation: 'DescribeDomain', chief: 'tasters', trusts: 'sagemaker' },
    undecided:
      'default_user_settings of arn:aws:sagemaker:eu-central-1:123456789012:domain/d-0orchard (permission-denied)',
  },
  {
    ...{ technique: 'X09', actions: ['ecs:ExecuteCommand'], service: 'ecs' },
    ...{ operation: 'DescribeServices', chief: 'web', trusts: 'ecs-tasks' },
  },
  {
    ...{ technique: 'X09', actions: ['ecs:ExecuteCommand'], service: 'ecs' },
    ...{ operation: 'DescribeTaskDefinition', chief: 'web', trusts: 'ecs-tasks' },
  },
  {
    ...{ technique: 'X27', actions: ['batch:SubmitJob'], service: 'batch' },
    ...{ operation: 'DescribeJobDefinitions', chief: 'presser', trusts: 'ecs-tasks' },
  },
  {
    ...{ technique: 'X21', actions: ['apprunner:UpdateService'], service: 'apprunner' },
    ...{ operation: 'ListServices', chief: 'shop', trusts: 'tasks.apprunner' },
  },
  {
    ...{ technique: 'X12', actions: ['cloudformation:UpdateStack'], service: 'cloudformation' },
    ...{ operation: 'DescribeStacks', chief: 'deployer', trusts: 'cloudformation' },
  },
  {
    ...{ technique: 'X14', actions: ['cloudformation:UpdateStackSet'], service: 'cloudformation' },
    ...{ operation: 'ListStackSets', chief: 'AWSCloudFormationStackSetAdministrationRole', trusts: 'cloudformation' },
  },
  {
    ...{ technique: 'X23', actions: ['eks:CreateAccessEntry', 'eks:AssociateAccessPolicy'], service: 'eks' },
    ...{ operation: 'ListPodIdentityAssociations', chief: 'cellar', trusts: 'pods.eks' },
  },
  {
    ...{ technique: 'X23', actions: ['eks:CreateAccessEntry', 'eks:AssociateAccessPolicy'], service: 'eks' },
    ...{ operation: 'DescribePodIdentityAssociation', chief: 'cellar', trusts: 'pods.eks' },
    undecided:
      'role_arn of arn:aws:eks:eu-central-1:123456789012:podidentityassociation/barn/a-0orchard (permission-denied)',
  },
  {
    ...{ technique: 'X23', actions: ['eks:CreateAccessEntry', 'eks:AssociateAccessPolicy'], service: 'eks' },
    ...{ operation: 'ListNodegroups', chief: 'pickers', trusts: 'ec2' },
    dependsOn: ['whether pods of arn:aws:eks:eu-central-1:123456789012:cluster/barn reach the role of its nodes'],
  },
  {
    ...{ technique: 'X24', actions: ['eks:AssociateAccessPolicy'], service: 'eks' },
    ...{ operation: 'ListAccessEntries', chief: 'cellar', trusts: 'pods.eks' },
  },
  {
    ...{ technique: 'X24', actions: ['eks:AssociateAccessPolicy'], service: 'eks' },
    ...{ operation: 'DescribeAccessEntry', chief: 'cellar', trusts: 'pods.eks' },
    undecided: expect.stringMatching(/^type of .* \(permission-denied\)$/),
  },
  {
    ...{ technique: 'X25', actions: ['iam:PassRole', 'eks:CreatePodIdentityAssociation'], service: 'eks' },
    ...{ operation: 'ListClusters', trusts: 'pods.eks' },
    dependsOn: ['a pod in the cluster that the caller runs'],
  },
  {
    ...{ technique: 'X28', service: 'bedrock-agentcore', operation: 'ListCodeInterpreters' },
    actions: ['bedrock-agentcore:StartCodeInterpreterSession', 'bedrock-agentcore:InvokeCodeInterpreter'],
    ...{ chief: 'counter', trusts: 'bedrock-agentcore' },
  },
  {
    ...{ technique: 'X28', service: 'bedrock-agentcore', operation: 'GetCodeInterpreter' },
    actions: ['bedrock-agentcore:StartCodeInterpreterSession', 'bedrock-agentcore:InvokeCodeInterpreter'],
    ...{ chief: 'counter', trusts: 'bedrock-agentcore' },
    undecided: expect.stringMatching(/^ExecutionRoleArn of .* \(permission-denied\)$/),
  },
];

describe('what a snapshot has collected decides', () => {
  test.each(CASES)('$technique by $service:$operation', async (one) => {
    const { technique, chief = 'chief' } = one;
    expect(await judged(one)).toEqual({
      paths: [[`${IAM}:user/baker`, `${technique} ${IAM}:role/${chief}`, ...(one.dependsOn ?? [])]],
      undecided: [],
    });
    const other = await judged({ ...one, chief: 'somebody-else', trusts: 'mill' });
    expect(other).toEqual({ paths: [], undecided: [] });
  });

  test.each(CASES)('$technique is not decided without $service:$operation', async (one) => {
    const { technique, operation } = one;
    const denied = await judged(one, (call) =>
      call.operation === operation ? errorOf('AccessDeniedException', 400) : undefined,
    );
    const own = denied.undecided.find(([id]) => id === technique);
    expect({ paths: denied.paths, reason: own?.[1], who: own?.slice(2) }).toEqual({
      paths: [],
      reason: one.undecided ?? expect.stringMatching(/ \((permission-denied|not-collected)\)$/),
      who: [`${IAM}:user/baker`],
    });
  });
});

test.each([
  ['P27', 'ecs', 'ListClusters', 'ecs-tasks', ['iam:PassRole', 'ecs:RegisterTaskDefinition', 'ecs:RunTask']],
  [
    'P36',
    'batch',
    'DescribeJobQueues',
    'ecs-tasks',
    ['iam:PassRole', 'batch:RegisterJobDefinition', 'batch:SubmitJob'],
  ],
])('%s depends on where it runs without %s:%s', async (technique, service, operation, trusts, actions) => {
  const one: Case = { technique, actions, service, operation, trusts };
  const path = [`${IAM}:user/baker`, `${technique} ${IAM}:role/chief`];
  expect((await judged(one)).paths).toEqual([path]);
  const denied = await judged(one, (call) =>
    call.operation === operation ? errorOf('AccessDeniedException', 400) : undefined,
  );
  expect(denied.paths).toEqual([[...path, expect.stringMatching(/ \(permission-denied\)$/)]]);
});

test('whoever may make a cluster needs none that is there', async () => {
  const actions = ['iam:PassRole', 'ecs:RegisterTaskDefinition', 'ecs:RunTask'];
  const one: Case = { technique: 'P27', actions, service: 'ecs', operation: 'ListClusters', trusts: 'ecs-tasks' };
  const without: Fault = ({ operation }) =>
    operation === 'ListClusters' ? { kind: 'answer', output: { clusterArns: [] } } : undefined;
  expect(await judged(one, without)).toEqual({ paths: [], undecided: [] });
  const making = { ...one, actions: [...actions, 'ecs:CreateCluster'] };
  expect(await judged(making, without)).toEqual({
    paths: [[`${IAM}:user/baker`, `P27 ${IAM}:role/chief`]],
    undecided: [],
  });
});

test('a cluster that has its own map of users has no entries, and that is known', async () => {
  const withMap: Fault = ({ operation }) =>
    operation === 'ListAccessEntries'
      ? errorOf(
          'InvalidRequestException',
          400,
          "The cluster's authentication mode must be set to one of [API] for this.",
        )
      : undefined;
  const one = { ...{ technique: 'X24', actions: ['eks:AssociateAccessPolicy'], service: 'eks' } };
  const found = await judged({ ...one, operation: 'ListAccessEntries', chief: 'cellar', trusts: 'pods.eks' }, withMap);
  expect(found).toEqual({ paths: [], undecided: [] });
});

test('roles that trust the issuer of a cluster are those of its pods', async () => {
  const provider = `${IAM}:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/0BARN`;
  const answers: Readonly<Record<string, SnapshotJson>> = {
    ListOpenIDConnectProviders: { OpenIDConnectProviderList: [{ Arn: provider }] },
    GetOpenIDConnectProvider: {
      Url: 'oidc.eks.eu-central-1.amazonaws.com/id/0BARN',
      ClientIDList: [],
      ThumbprintList: [],
    },
  };
  const ofIssuer: Fault = ({ operation }) => {
    const output = answers[operation];
    return output === undefined ? undefined : { kind: 'answer', output };
  };
  const one: Case = {
    ...{ technique: 'X23', actions: ['eks:CreateAccessEntry', 'eks:AssociateAccessPolicy'], service: 'eks' },
    ...{ operation: 'DescribeCluster', trusts: 'eks', trust: { Federated: provider } },
  };
  const path = [`${IAM}:user/baker`, `X23 ${IAM}:role/chief`];
  expect(await judged(one, ofIssuer)).toEqual({ paths: [path], undecided: [] });
  expect(await judged(one)).toEqual({ paths: [], undecided: [] });
});

test('a repository that a project builds from need not be collected', async () => {
  const arn = 'arn:aws:codebuild:eu-central-1:123456789012:project/recipes';
  const location = 'https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/recipes';
  const project = { name: 'recipes', arn, serviceRole: `${IAM}:role/chief`, source: { type: 'CODECOMMIT', location } };
  const answers: Readonly<Record<string, SnapshotJson>> = {
    ListProjects: { projects: ['recipes'] },
    BatchGetProjects: { projects: [project] },
  };
  const built: Fault = ({ operation }) => {
    const output = answers[operation];
    return output === undefined ? undefined : { kind: 'answer', output };
  };
  const one: Case = {
    ...{ technique: 'X39', actions: ['codecommit:GitPush'], service: 'codebuild' },
    ...{ operation: 'BatchGetProjects', trusts: 'codebuild' },
  };
  expect(await judged(one, built)).toEqual({
    paths: [[`${IAM}:user/baker`, `X39 ${IAM}:role/chief`, `whether something builds ${arn}`]],
    undecided: [],
  });
  const elsewhere = { Effect: 'Deny', Action: 'codecommit:*', Resource: 'arn:aws:codecommit:eu-west-1:*:recipes' };
  expect(await judged({ ...one, more: [elsewhere] }, built)).toEqual({ paths: [], undecided: [] });
});

test('nodes outside of groups are known by their access entries', async () => {
  const one: Case = {
    ...{ technique: 'X23', actions: ['eks:CreateAccessEntry', 'eks:AssociateAccessPolicy'], service: 'eks' },
    ...{ operation: 'ListAccessEntries', chief: 'nodes', trusts: 'ec2' },
  };
  const reach = 'whether pods of arn:aws:eks:eu-central-1:123456789012:cluster/barn reach the role of its nodes';
  expect(await judged(one)).toEqual({
    paths: [[`${IAM}:user/baker`, `X23 ${IAM}:role/nodes`, reach]],
    undecided: [],
  });
});
