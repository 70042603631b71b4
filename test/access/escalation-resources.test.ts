import { describe, expect, test } from 'vitest';
import { escalationsBy } from '../../src/access/escalation/escalations.js';
import { TECHNIQUES } from '../../src/access/escalation/techniques/index.js';
import { sourcesOfCode, sourcesOfTemplates } from '../support/access-graph.js';
import { bakerWith, chief } from '../support/escalation-cases.js';

type Sources = ReturnType<typeof sourcesOfCode>;

/** The paths by one technique: whose, where they lead, and what they depend on. */
function pathsBy(id: string, sources: Sources): string[] {
  const { paths } = escalationsBy(
    TECHNIQUES.filter((one) => one.id === id),
    sources,
  );
  return paths.map(({ principal, hops, dependsOn }) =>
    [`${principal} → ${hops.map(({ to }) => to).join(', ')}`, ...dependsOn].join('; '),
  );
}

const allow = (action: string, ...resources: readonly string[]) =>
  `{ Effect = "Allow", Action = "${action}", Resource = ${JSON.stringify(resources)} }`;
const ofBaker = (id: string, statements: readonly string[], world: string) =>
  pathsBy(id, sourcesOfCode({ 'main.tf': `${bakerWith({ kind: 'user', statements })}${world}` }));
const PATH = 'aws_iam_user.baker → aws_iam_role.chief';

describe('a runbook is started', () => {
  const started = (...types: readonly string[]) =>
    ofBaker(
      'P35',
      [
        allow('iam:PassRole', '*'),
        allow('ssm:CreateDocument', '*'),
        allow('ssm:StartAutomationExecution', ...types.map((type) => `arn:aws:ssm:*:*:${type}/*`)),
      ],
      chief('Service = "ssm.amazonaws.com"'),
    );
  const open = `${PATH}; which resources ssm:StartAutomationExecution asks for`;

  test('for certain with the document and the execution', () => {
    expect(started('document', 'automation-execution')).toEqual([PATH]);
  });

  test('perhaps with the document or its definition alone', () => {
    expect(started('document')).toEqual([open]);
    expect(started('automation-definition')).toEqual([open]);
    expect(started('automation-definition', 'automation-execution')).toEqual([open]);
  });

  test('not with the execution alone', () => {
    expect(started('automation-execution')).toEqual([]);
  });
});

describe('what the caller makes is of the type that is asked for', () => {
  const run = (...resources: readonly string[]) =>
    ofBaker(
      'P01',
      [allow('iam:PassRole', '*'), allow('ec2:RunInstances', ...resources)],
      `${chief('Service = "ec2.amazonaws.com"')}
resource "aws_iam_instance_profile" "chief" {
  name = "chief"
  role = aws_iam_role.chief.name
}`,
    );
  const others = ['image', 'network-interface', 'security-group', 'subnet', 'volume'].map(
    (type) => `arn:aws:ec2:*:*:${type}/*`,
  );

  test('instances are no images', () => {
    expect(run('arn:aws:ec2:*:*:instance/*', ...others)).toEqual([PATH]);
    expect(run('arn:aws:ec2:*:*:instance/*')).toEqual([]);
    expect(run(...others)).toEqual([]);
  });

  test('and a pattern may leave its type open', () => {
    const create = (resource: string) =>
      ofBaker(
        'P08',
        [allow('iam:PassRole', '*'), allow('lambda:CreateFunction', resource), allow('lambda:InvokeFunction', '*')],
        chief('Service = "lambda.amazonaws.com"'),
      );
    for (const resource of ['*', 'arn:aws:lambda:*:*:*', 'arn:aws:lambda:*:*:*:team-*'])
      expect([resource, create(resource)]).toEqual([resource, [PATH]]);
    expect(create('arn:aws:lambda:*:*:func*-oven')).toEqual([`${PATH}; wildcard-across-colon`]);
    for (const resource of ['arn:aws:lambda:*:*:layer:*', 'arn:aws:sqs:*:*:*'])
      expect([resource, create(resource)]).toEqual([resource, []]);
  });
});

test('a hybrid job needs its device too', () => {
  const braket = (...resources: readonly string[]) =>
    ofBaker(
      'P45',
      [allow('iam:PassRole', '*'), allow('braket:CreateJob', ...resources)],
      chief('Service = "braket.amazonaws.com"'),
    );
  expect(braket('arn:aws:braket:*:*:job/*', 'arn:aws:braket:*:*:device/*')).toEqual([PATH]);
  expect(braket('arn:aws:braket:*:*:job/*')).toEqual([]);
});

describe('a job has roles', () => {
  const definition = (properties: string) => `
resource "aws_batch_job_definition" "knead" {
  name = "knead"
  type = "container"
  ${properties}
}`;
  const submitted = (properties: string) =>
    ofBaker(
      'X27',
      [allow('batch:SubmitJob', '*')],
      `${chief('Service = "ecs-tasks.amazonaws.com"')}${definition(properties)}`,
    );
  const role = 'aws_iam_role.chief.arn';

  test('in each form of its properties', () => {
    for (const properties of [
      `container_properties = jsonencode({ image = "x", jobRoleArn = ${role} })`,
      `ecs_properties = jsonencode({ taskProperties = [{ containers = [], taskRoleArn = ${role} }] })`,
      `node_properties = jsonencode({ numNodes = 2, nodeRangeProperties = [
        { targetNodes = "0:0", container = { image = "x" } },
        { targetNodes = "1:1", container = { image = "x", jobRoleArn = ${role} } },
      ] })`,
      `node_properties = jsonencode({ nodeRangeProperties = [
        { targetNodes = "0:", ecsProperties = { taskProperties = [{ taskRoleArn = ${role} }] } },
      ] })`,
    ])
      expect([properties, submitted(properties)]).toEqual([properties, [PATH]]);
  });

  test('and not where the role is that of its agent', () => {
    expect(submitted(`ecs_properties = jsonencode({ taskProperties = [{ executionRoleArn = ${role} }] })`)).toEqual([]);
  });

  test('in a template', () => {
    const template = `
Resources:
  Chief:
    Type: AWS::IAM::Role
    Properties:
      ManagedPolicyArns: [arn:aws:iam::aws:policy/AdministratorAccess]
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement: [{ Effect: Allow, Action: sts:AssumeRole, Principal: { Service: ecs-tasks.amazonaws.com } }]
  Baker:
    Type: AWS::IAM::User
    Properties:
      Policies:
        - PolicyName: bake
          PolicyDocument:
            Version: "2012-10-17"
            Statement: [{ Effect: Allow, Action: batch:SubmitJob, Resource: "*" }]
  Knead:
    Type: AWS::Batch::JobDefinition
    Properties:
      Type: multinode
      NodeProperties:
        NumNodes: 2
        MainNode: 0
        NodeRangeProperties: [{ TargetNodes: "0:1", Container: { Image: x, JobRoleArn: !GetAtt Chief.Arn } }]
`;
    expect(pathsBy('X27', sourcesOfTemplates({ 'template.yaml': template }))).toEqual(['Baker → Chief']);
  });
});

describe('without a queue the caller makes one', () => {
  const actions = ['iam:PassRole', 'batch:RegisterJobDefinition', 'batch:SubmitJob', 'batch:CreateJobQueue'];
  const made = (more: readonly string[], world = '') =>
    ofBaker(
      'P36',
      [...actions, ...more].map((action) => allow(action, '*')),
      `${chief('Service = "ecs-tasks.amazonaws.com"')}${world}`,
    );

  test('on an environment that is there', () => {
    expect(made([], '\nresource "aws_batch_compute_environment" "mill" {\n  type = "MANAGED"\n}')).toEqual([PATH]);
  });

  test('on one that it makes', () => {
    expect(made(['batch:CreateComputeEnvironment'])).toEqual([`${PATH}; the service-linked role of AWS Batch`]);
  });

  test('and on none it needs one that the code does not have', () => {
    expect(made([])).toEqual([`${PATH}; aws_batch_job_queue: what the code does not have may be there`]);
  });
});
