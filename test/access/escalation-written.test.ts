import { describe, expect, test } from 'vitest';
import { escalationsOf } from '../../src/access/escalation/escalations.js';
import { sourcesOfCode, sourcesOfTemplates } from '../support/access-graph.js';

/** The path of each principal that has one: by which techniques, and what it depends on. */
function pathsOf(sources: ReturnType<typeof sourcesOfCode>): Record<string, string> {
  const { paths } = escalationsOf(sources);
  return Object.fromEntries(
    paths.map(({ principal, hops, dependsOn }) => [
      principal,
      [hops.map(({ technique }) => technique).join(', '), ...dependsOn].join('; '),
    ]),
  );
}

/** Who could become administrator, by the actions that it may do to anything, and by which technique; decoys by none. */
const BAKERS: readonly (readonly [name: string, actions: string, technique?: string])[] = [
  ['Key', 'iam:CreateAccessKey', 'E17; number of access keys of CHIEF'],
  ['Keys', 'iam:CreateAccessKey, iam:DeleteAccessKey', 'E17'],
  ['Login', 'iam:CreateLoginProfile', 'E18; password of CHIEF'],
  ['Inline', 'iam:PutUserPolicy', 'E06'],
  ['Attach', 'iam:AttachUserPolicy', 'E03'],
  ['Wild', 'iam:Put*', 'E06'],
  ['Trust', 'iam:UpdateAssumeRolePolicy', 'E21'],
  ['Lambda', 'iam:PassRole, lambda:CreateFunction, lambda:InvokeFunction', 'P08'],
  ['Instance', 'iam:PassRole, ec2:RunInstances', 'P01'],
  ['Stack', 'iam:PassRole, cloudformation:CreateStack', 'P17'],
  ['Glue', 'iam:PassRole, glue:CreateJob, glue:StartJobRun', 'P13'],
  ['Build', 'iam:PassRole, codebuild:CreateProject, codebuild:StartBuild', 'P21'],
  ['Notebook', 'iam:PassRole, sagemaker:CreateNotebookInstance, sagemaker:CreatePresignedNotebookInstanceUrl', 'P24'],
  ['Steps', 'iam:PassRole, states:CreateStateMachine, states:StartExecution', 'P31'],
  ['Code', 'lambda:UpdateFunctionCode, lambda:InvokeFunction', 'X01'],
  ['Command', 'ssm:SendCommand', 'X04'],
  ['Assume', 'sts:AssumeRole', 'E22'],
  ['Read', 'iam:Get*, iam:List*, sts:GetCallerIdentity'],
  ['Pass', 'iam:PassRole'],
  ['Run', 'ec2:RunInstances, lambda:CreateFunction, lambda:InvokeFunction'],
  [
    'Pipe',
    'iam:PassRole, datapipeline:CreatePipeline, datapipeline:PutPipelineDefinition, datapipeline:ActivatePipeline',
  ],
];
const EXPECTED = (address: (name: string) => string) =>
  Object.fromEntries(
    BAKERS.flatMap(([name, , found]) =>
      found === undefined ? [] : [[address(name), found.replace('CHIEF', address('Chief'))]],
    ),
  );
const SERVICES = ['ec2', 'lambda', 'cloudformation', 'glue', 'codebuild', 'sagemaker', 'states'].map(
  (name) => `${name}.amazonaws.com`,
);

test('in CloudFormation', () => {
  const users = BAKERS.map(
    ([name, actions]) => `
  ${name}: { Type: AWS::IAM::User }
  ${name}Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      Users: [!Ref ${name}]
      PolicyDocument:
        Version: "2012-10-17"
        Statement: [{ Effect: Allow, Action: [${actions
          .split(', ')
          .map((one) => `"${one}"`)
          .join(', ')}], Resource: "*" }]`,
  ).join('');
  const template = `
Resources:
  Chief:
    Type: AWS::IAM::User
    Properties: { ManagedPolicyArns: [arn:aws:iam::aws:policy/AdministratorAccess] }
  Oven:
    Type: AWS::IAM::Role
    Properties:
      ManagedPolicyArns: [!Sub "arn:\${AWS::Partition}:iam::aws:policy/AdministratorAccess"]
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - { Effect: Allow, Action: sts:AssumeRole, Principal: { Service: [${SERVICES.join(', ')}] } }
          - { Effect: Allow, Action: sts:AssumeRole, Principal: { AWS: !Sub "arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root" } }
  Profile: { Type: AWS::IAM::InstanceProfile, Properties: { Roles: [!Ref Oven] } }
  Machine: { Type: AWS::EC2::Instance, Properties: { ImageId: ami-1, IamInstanceProfile: !Ref Profile } }
  Knead: { Type: AWS::Lambda::Function, Properties: { Role: !GetAtt Oven.Arn, Code: { ZipFile: x }, Runtime: nodejs22.x } }
${users}
`;
  expect(pathsOf(sourcesOfTemplates({ 'template.yaml': template }))).toEqual(EXPECTED((name) => name));
});

describe('in Terraform', () => {
  const WORLD = `
data "aws_caller_identity" "me" {}
data "aws_partition" "here" {}
resource "aws_iam_user" "Chief" { name = "chief" }
resource "aws_iam_user_policy_attachment" "chief" {
  user       = aws_iam_user.Chief.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
data "aws_iam_policy_document" "oven" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ${JSON.stringify(SERVICES)}
    }
  }
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = ["arn:\${data.aws_partition.here.partition}:iam::\${data.aws_caller_identity.me.account_id}:root"]
    }
  }
}
resource "aws_iam_role" "oven" {
  name               = "oven"
  assume_role_policy = data.aws_iam_policy_document.oven.json
}
resource "aws_iam_role_policy_attachment" "oven" {
  role       = aws_iam_role.oven.name
  policy_arn = "arn:\${data.aws_partition.here.partition}:iam::aws:policy/AdministratorAccess"
}
resource "aws_iam_instance_profile" "oven" { role = aws_iam_role.oven.name }
resource "aws_instance" "oven" {
  ami                  = "ami-1"
  iam_instance_profile = aws_iam_instance_profile.oven.name
}
resource "aws_lambda_function" "knead" {
  function_name = "knead"
  role          = aws_iam_role.oven.arn
}`;
  const listOf = (actions: string) => JSON.stringify(actions.split(', '));
  const user = (name: string) => `\nresource "aws_iam_user" "${name}" { name = "${name.toLowerCase()}" }`;
  const FORMS: Readonly<Record<string, (name: string, actions: string) => string>> = {
    'as documents, attached': (name, actions) => `${user(name)}
data "aws_iam_policy_document" "${name}" {
  statement {
    actions   = ${listOf(actions)}
    resources = ["*"]
  }
}
resource "aws_iam_policy" "${name}" {
  name   = "${name}"
  policy = data.aws_iam_policy_document.${name}.json
}
resource "aws_iam_policy_attachment" "${name}" {
  name       = "${name}"
  users      = [aws_iam_user.${name}.name]
  policy_arn = aws_iam_policy.${name}.arn
}`,
    'of groups, in several statements': (name, actions) => `${user(name)}
resource "aws_iam_group" "${name}" { name = "${name}s" }
resource "aws_iam_user_group_membership" "${name}" {
  user   = aws_iam_user.${name}.name
  groups = [aws_iam_group.${name}.name]
}
resource "aws_iam_group_policy" "${name}" {
  group  = aws_iam_group.${name}.name
  policy = jsonencode({ Version = "2012-10-17", Statement = [for action in ${listOf(actions)} :
    { Effect = "Allow", Action = action, Resource = "*" }] })
}`,
  };

  test.each(Object.keys(FORMS))('%s', (form) => {
    const users = BAKERS.map(([name, actions]) => FORMS[form]?.(name, actions)).join('');
    const found = pathsOf(sourcesOfCode({ 'main.tf': `${WORLD}${users}` }));
    expect(found).toEqual(EXPECTED((name) => `aws_iam_user.${name}`));
  });
});
