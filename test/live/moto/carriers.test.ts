import { BatchClient, RegisterJobDefinitionCommand } from '@aws-sdk/client-batch';
import { CloudFormationClient, CreateStackCommand, CreateStackSetCommand } from '@aws-sdk/client-cloudformation';
import { CodeBuildClient, CreateProjectCommand } from '@aws-sdk/client-codebuild';
import {
  CreateClusterCommand,
  CreateServiceCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs';
import { CreateClusterCommand as CreateEksCluster, CreateNodegroupCommand, EKSClient } from '@aws-sdk/client-eks';
import { CreateDevEndpointCommand, CreateJobCommand, GlueClient } from '@aws-sdk/client-glue';
import { CreateInstanceProfileCommand, CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateNotebookInstanceCommand, SageMakerClient } from '@aws-sdk/client-sagemaker';
import { CreateStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { collectorsOf } from '../../../src/collect/aws/collectors.js';
import { openSession, type Session } from '../../../src/collect/aws/sdk-client.js';
import { type CollectedService, collectWith } from '../../collect/collect-service.js';
import { type MotoServer, startMoto } from './moto-server.js';

/** What hands a role to whoever starts or changes it, made on moto and collected from there by the SDK itself. */

const REGION = 'eu-central-1';
const ENVIRONMENT = { AWS_REGION: REGION, AWS_ACCESS_KEY_ID: 'orchard', AWS_SECRET_ACCESS_KEY: 'orchard' };
const SERVICES = ['batch', 'cloudformation', 'codebuild', 'ecs', 'eks', 'glue', 'iam', 'sagemaker', 'states'];

const COLLECTED = collectorsOf(SERVICES, []).filter(
  ({ service, type }) => service !== 'iam' || type === 'AWS::IAM::InstanceProfile',
);

let moto: MotoServer;
let session: Session;
let collected: CollectedService;
const before = { ...process.env };

beforeAll(async () => {
  moto = await startMoto();
  Object.assign(process.env, ENVIRONMENT, { AWS_ENDPOINT_URL: moto.url });
  await plant();
  session = await openSession({});
  collected = await collectWith(COLLECTED, session.client, [REGION]);
});

afterAll(() => {
  session.close();
  moto.stop();
  process.env = before;
});

async function plant(): Promise<void> {
  const trust = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'codebuild.amazonaws.com' } }],
  });
  const iam = new IAMClient({});
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: 'harvester', AssumeRolePolicyDocument: trust }));
  const role = Role?.Arn ?? '';
  await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: 'spare' }));
  await new CodeBuildClient({}).send(
    new CreateProjectCommand({
      name: 'cider',
      source: { type: 'S3', location: 'orchard/cider.zip' },
      artifacts: { type: 'NO_ARTIFACTS' },
      environment: { type: 'LINUX_CONTAINER', image: 'standard:7.0', computeType: 'BUILD_GENERAL1_SMALL' },
      serviceRole: role,
    }),
  );
  const glue = new GlueClient({});
  await glue.send(
    new CreateJobCommand({ Name: 'sort', Role: role, Command: { ScriptLocation: 's3://orchard/sort.py' } }),
  );
  await glue.send(new CreateDevEndpointCommand({ EndpointName: 'shed', RoleArn: role }));
  const ecs = new ECSClient({});
  await ecs.send(new CreateClusterCommand({ clusterName: 'barn' }));
  for (const image of ['web:1', 'web:2'])
    await ecs.send(
      new RegisterTaskDefinitionCommand({
        family: 'web',
        taskRoleArn: role,
        containerDefinitions: [{ name: 'web', image, memory: 128, environment: [{ name: 'TOKEN', value: image }] }],
      }),
    );
  await ecs.send(
    new CreateServiceCommand({ cluster: 'barn', serviceName: 'web', taskDefinition: 'web:1', desiredCount: 0 }),
  );
  const eks = new EKSClient({});
  await eks.send(new CreateEksCluster({ name: 'mill', roleArn: role, resourcesVpcConfig: { subnetIds: [] } }));
  await eks.send(
    new CreateNodegroupCommand({
      clusterName: 'mill',
      nodegroupName: 'wheels',
      nodeRole: role,
      subnets: ['subnet-0a'],
    }),
  );
  await new SageMakerClient({}).send(
    new CreateNotebookInstanceCommand({ NotebookInstanceName: 'tasting', InstanceType: 'ml.t3.medium', RoleArn: role }),
  );
  await new SFNClient({}).send(
    new CreateStateMachineCommand({
      name: 'harvest',
      roleArn: role,
      definition: '{"StartAt":"a","States":{"a":{"Type":"Succeed"}}}',
    }),
  );
  await new BatchClient({}).send(
    new RegisterJobDefinitionCommand({
      jobDefinitionName: 'press',
      type: 'container',
      containerProperties: { image: 'press', vcpus: 1, memory: 128, jobRoleArn: role },
    }),
  );
  const cloudformation = new CloudFormationClient({});
  const TemplateBody = JSON.stringify({ Resources: { Topic: { Type: 'AWS::SNS::Topic' } } });
  await cloudformation.send(new CreateStackCommand({ StackName: 'orchard', TemplateBody, RoleARN: role }));
  await cloudformation.send(
    new CreateStackSetCommand({ StackSetName: 'guards', TemplateBody, AdministrationRoleARN: role }),
  );
}

const ROLE = 'arn:aws:iam::123456789012:role/harvester';

test('each is collected with its role', () => {
  const roles = collected.records
    .filter(({ region, id }) => region === REGION || id === 'spare')
    .map(
      ({ type, id, properties }) => `${type} ${id.split(/[:/]/).at(-1)} ${JSON.stringify(properties).includes(ROLE)}`,
    );
  expect(roles.sort()).toEqual([
    'AWS::Batch::JobDefinition 1 true',
    'AWS::CodeBuild::Project cider true',
    'AWS::ECS::Cluster barn false',
    'AWS::ECS::Service web false',
    'AWS::ECS::TaskDefinition 1 true',
    'AWS::ECS::TaskDefinition 2 true',
    'AWS::EKS::Cluster mill true',
    'AWS::EKS::Nodegroup wheels true',
    'AWS::Glue::DevEndpoint shed true',
    'AWS::Glue::Job sort true',
    'AWS::IAM::InstanceProfile spare false',
    'AWS::SageMaker::NotebookInstance tasting true',
    'AWS::StepFunctions::StateMachine harvest true',
    'aws_cloudformation_stack orchard true',
    'aws_cloudformation_stack_set guards true',
  ]);
});

test('what moto cannot tell is all that is missing', () => {
  const failed = collected.ledger.filter(({ state, parent }) => parent === null && state === 'failed');
  expect([...new Set(failed.map(({ operation }) => operation))].sort()).toEqual([
    'codebuild:GetResourcePolicy',
    'eks:DescribeAccessEntry',
    'eks:DescribePodIdentityAssociation',
    'eks:ListAccessEntries',
    'eks:ListPodIdentityAssociations',
    'sagemaker:DescribeUserProfile',
    'sagemaker:ListUserProfiles',
  ]);
});
