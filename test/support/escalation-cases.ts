/** A technique as it is used: by a user or role `baker`, to become the administrator `chief`. */
export interface EscalationCase {
  readonly id: string;
  /** All that the caller needs. */
  readonly actions: readonly string[];
  readonly caller?: 'user' | 'role';
  /** What has to be there beside the caller; by default a role `chief` that trusts `trusts`. */
  readonly trusts?: string;
  readonly world?: string;
  /** The same without what is needed. */
  readonly without?: string;
  /** More of the caller: a boundary, a policy that denies. */
  readonly own?: string;
  /** What it depends on; by default nothing. */
  readonly dependsOn?: readonly string[];
  readonly to?: string;
}

const ADMIN = 'managed_policy_arns = ["arn:aws:iam::aws:policy/AdministratorAccess"]';

/** An administrator that trusts somebody: `Service = "lambda.amazonaws.com"`. */
export function chief(principal: string): string {
  return `
resource "aws_iam_role" "chief" {
  name               = "chief"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { ${principal} } }] })
  ${ADMIN}
}`;
}

const NOBODY = 'Service = "mill.amazonaws.com"';
const CHIEF_USER = `
resource "aws_iam_user" "chief" { name = "chief" }
resource "aws_iam_user_policy_attachment" "chief" {
  user       = aws_iam_user.chief.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}`;
const PROFILE = `
resource "aws_iam_instance_profile" "chief" {
  name = "chief"
  role = aws_iam_role.chief.name
}`;
const INSTANCE = `
resource "aws_instance" "oven" {
  ami                  = "ami-1"
  instance_type        = "t3.micro"
  iam_instance_profile = aws_iam_instance_profile.chief.name
}`;
const LAMBDA = `
resource "aws_lambda_function" "knead" {
  function_name = "knead"
  role          = ROLE
}`;
const EC2 = chief('Service = "ec2.amazonaws.com"');
const role = 'aws_iam_role.chief.arn';
const other = '"arn:aws:iam::111122223333:role/other"';
const carrier = (type: string, name: string, attributes: string) =>
  `\nresource "${type}" "${name}" {\n${attributes}\n}`;
const PROJECT = (arn: string) =>
  carrier(
    'aws_codebuild_project',
    'loaf',
    `name = "loaf"\nservice_role = ${arn}\nartifacts { type = "NO_ARTIFACTS" }\nenvironment {\n compute_type = "x"\n image = "x"\n type = "x"\n}\nsource { type = "NO_SOURCE" }`,
  );
const NOTEBOOK = (arn: string) =>
  carrier('aws_sagemaker_notebook_instance', 'recipes', `name = "recipes"\ninstance_type = "x"\nrole_arn = ${arn}`);
const MACHINE = (arn: string) =>
  carrier('aws_sfn_state_machine', 'rise', `name = "rise"\nrole_arn = ${arn}\ndefinition = "{}"`);
const STACK = (arn: string) => carrier('aws_cloudformation_stack', 'mill', `name = "mill"\niam_role_arn = ${arn}`);
const GROUP = `
resource "aws_iam_group" "bakers" { name = "bakers" }
resource "aws_iam_user_group_membership" "baker" {
  user   = aws_iam_user.baker.name
  groups = [aws_iam_group.bakers.name]
}`;
const POLICY = `
resource "aws_iam_policy" "oven" {
  name   = "oven"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = "*" }] })
}`;
const ATTACHED = `${POLICY}
resource "aws_iam_user_policy_attachment" "oven" {
  user       = aws_iam_user.baker.name
  policy_arn = aws_iam_policy.oven.arn
}`;
const withProfile = `${EC2}${PROFILE}`;
const passed = (trusts: string, ...actions: string[]) => ({ trusts, actions: ['iam:PassRole', ...actions] });
const CHIEF_ANYBODY = chief(NOBODY);
const keys = ['number of access keys of aws_iam_user.chief'];
const wayIn = ['a way into the instance'];
const CLUSTER = carrier('aws_ecs_cluster', 'ovens', 'name = "ovens"');
const QUEUE = carrier('aws_batch_job_queue', 'loaves', 'name = "loaves"\nstate = "ENABLED"\npriority = 1');

const ISSUER = carrier(
  'aws_iam_openid_connect_provider',
  'grain',
  'url = "https://grain.example.com"\nclient_id_list = ["oven"]',
);
const BUILT = `${carrier('aws_codecommit_repository', 'recipes', 'repository_name = "recipes"')}${PROJECT(role).replace(
  'type = "NO_SOURCE"',
  'type = "CODECOMMIT"\n location = aws_codecommit_repository.recipes.clone_url_http',
)}`;
const PUSHER = `
resource "aws_iam_user" "pusher" { name = "pusher" }
resource "aws_iam_user_policy" "pusher" {
  user   = aws_iam_user.pusher.name
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "codecommit:GitPush", Resource = "*" }] })
}`;
const EMPTY_PROFILE = carrier('aws_iam_instance_profile', 'chief', 'name = "chief"');
const JOB = (arn: string) =>
  carrier('aws_glue_job', 'dough', `name = "dough"\nrole_arn = ${arn}\ncommand {\n script_location = "s3://x/y"\n}`);
const SCRIPT = (arn: string) =>
  `${carrier('aws_s3_bucket', 'scripts', 'bucket = "scripts"')}${JOB(arn).replace('s3://x/y', `s3://\${aws_s3_bucket.scripts.bucket}/knead.py`)}`;
const RUNNER = (arn: string) =>
  carrier(
    'aws_apprunner_service',
    'shop',
    `service_name = "shop"\nsource_configuration {\n image_repository {\n image_identifier = "x"\n image_repository_type = "ECR"\n }\n}\ninstance_configuration {\n instance_role_arn = ${arn}\n}`,
  );
const EKS = (mode: string) =>
  carrier(
    'aws_eks_cluster',
    'mill',
    `name = "mill"\nrole_arn = ${other}\naccess_config {\n authentication_mode = "${mode}"\n}\nvpc_config {\n subnet_ids = []\n}`,
  );
const PODS = carrier(
  'aws_eks_pod_identity_association',
  'chief',
  `cluster_name = aws_eks_cluster.mill.name\nnamespace = "ovens"\nservice_account = "chief"\nrole_arn = ${role}`,
);
const PIPELINE = (arn: string) =>
  carrier(
    'aws_datapipeline_pipeline_definition',
    'flour',
    `pipeline_id = "df-1"\npipeline_object {\n id = "Default"\n name = "Default"\n field {\n key = "role"\n string_value = ${arn}\n }\n}`,
  );
const BATCH = (arn: string) =>
  carrier(
    'aws_batch_job_definition',
    'knead',
    `name = "knead"\ntype = "container"\ncontainer_properties = jsonencode({ image = "x", jobRoleArn = ${arn} })`,
  );
const PERMISSION_SET = carrier(
  'aws_ssoadmin_permission_set',
  'bakers',
  'name = "Bakers"\ninstance_arn = "arn:aws:sso:::instance/ssoins-0123456789abcdef"',
);
const KEY = carrier('aws_iam_access_key', 'chief', 'user = aws_iam_user.chief.name');
const SECRET = (value: string) =>
  `${KEY}${carrier('aws_secretsmanager_secret', 'chief', 'name = "chief"')}${carrier(
    'aws_secretsmanager_secret_version',
    'chief',
    `secret_id = aws_secretsmanager_secret.chief.id\nsecret_string = jsonencode({ key = ${value} })`,
  )}`;
const PARAMETER = (value: string) =>
  `${KEY}${carrier('aws_ssm_parameter', 'chief', `name = "/mill/chief"\ntype = "SecureString"\nvalue = ${value}`)}`;
const IMAGE = (mutability: string) =>
  `${carrier('aws_ecr_repository', 'oven', `name = "oven"\nimage_tag_mutability = "${mutability}"`)}
resource "aws_ecs_task_definition" "bake" {
  family                = "bake"
  task_role_arn         = ${role}
  container_definitions = jsonencode([{ name = "oven", image = "\${aws_ecr_repository.oven.repository_url}:latest" }])
}`;

/** By technique. Those with a Deny or a boundary of their own are not among them: see the test of these. */
export const ESCALATION_CASES: readonly EscalationCase[] = [
  { id: 'E01', actions: ['iam:CreatePolicyVersion'], world: ATTACHED, without: POLICY, to: 'aws_iam_user.baker' },
  {
    ...{
      id: 'E02',
      actions: ['iam:SetDefaultPolicyVersion'],
      world: ATTACHED,
      without: POLICY,
      to: 'aws_iam_user.baker',
    },
    dependsOn: ['older versions of the policy'],
  },
  { id: 'E03', actions: ['iam:AttachUserPolicy'], world: '', to: 'aws_iam_user.baker' },
  { id: 'E04', actions: ['iam:AttachGroupPolicy'], world: GROUP, without: '', to: 'aws_iam_user.baker' },
  { id: 'E05', actions: ['iam:AttachRolePolicy'], caller: 'role', world: '', to: 'aws_iam_role.baker' },
  { id: 'E06', actions: ['iam:PutUserPolicy'], world: '', to: 'aws_iam_user.baker' },
  { id: 'E07', actions: ['iam:PutGroupPolicy'], world: GROUP, without: '', to: 'aws_iam_user.baker' },
  { id: 'E08', actions: ['iam:PutRolePolicy'], caller: 'role', world: '', to: 'aws_iam_role.baker' },
  {
    id: 'E09',
    actions: ['iam:AddUserToGroup'],
    world: `
resource "aws_iam_group" "owners" { name = "owners" }
resource "aws_iam_group_policy_attachment" "owners" {
  group      = aws_iam_group.owners.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}`,
    without: 'resource "aws_iam_group" "owners" { name = "owners" }',
    to: 'aws_iam_user.baker',
  },
  {
    id: 'E17',
    actions: ['iam:CreateAccessKey'],
    world: CHIEF_USER,
    without: '',
    to: 'aws_iam_user.chief',
    dependsOn: keys,
  },
  {
    ...{ id: 'E18', actions: ['iam:CreateLoginProfile'], world: CHIEF_USER, without: '', to: 'aws_iam_user.chief' },
    dependsOn: ['password of aws_iam_user.chief'],
  },
  {
    id: 'E19',
    actions: ['iam:UpdateLoginProfile'],
    world: `${CHIEF_USER}
resource "aws_iam_user_login_profile" "chief" { user = aws_iam_user.chief.name }`,
    without: '',
    to: 'aws_iam_user.chief',
  },
  { id: 'E21', actions: ['iam:UpdateAssumeRolePolicy'], world: CHIEF_ANYBODY, without: '' },
  {
    ...{ id: 'E22', actions: ['sts:AssumeRole'], world: chief('AWS = data.aws_caller_identity.me.account_id') },
    without: CHIEF_ANYBODY,
  },
  {
    id: 'E24',
    actions: ['iam:CreateOpenIDConnectProvider'],
    world: chief('Federated = "arn:aws:iam::111122223333:oidc-provider/grain.example.com"'),
    without: CHIEF_ANYBODY,
    dependsOn: [
      'identity provider arn:aws:iam::111122223333:oidc-provider/grain.example.com: what the code does not have may be there',
      'provider.aws account (provider-configuration)',
      'who issues tokens at grain.example.com',
    ],
  },
  {
    id: 'E25',
    actions: ['iam:UpdateSAMLProvider'],
    world: `${chief('Federated = aws_iam_saml_provider.guild.arn').replace('sts:AssumeRole', 'sts:AssumeRoleWithSAML')}
resource "aws_iam_saml_provider" "guild" {
  name                   = "guild"
  saml_metadata_document = "<x/>"
}`,
    without: CHIEF_ANYBODY,
  },
  { id: 'E28', actions: ['iam:CreateRole', 'iam:AttachRolePolicy'], world: '', to: 'a new principal' },
  { id: 'E28-inline', actions: ['iam:CreateRole', 'iam:PutRolePolicy'], world: '', to: 'a new principal' },
  {
    id: 'E29',
    actions: ['iam:CreateUser', 'iam:AttachUserPolicy', 'iam:CreateAccessKey'],
    world: '',
    to: 'a new principal',
  },
  {
    id: 'E29-inline',
    actions: ['iam:CreateUser', 'iam:PutUserPolicy', 'iam:CreateAccessKey'],
    world: '',
    to: 'a new principal',
  },
  {
    id: 'P01',
    actions: ['iam:PassRole', 'ec2:RunInstances'],
    world: withProfile,
    without: `${CHIEF_ANYBODY}${PROFILE}`,
  },
  {
    ...{ id: 'P02', actions: ['iam:PassRole', 'ec2:AssociateIamInstanceProfile'], world: `${withProfile}${INSTANCE}` },
    ...{ without: withProfile, dependsOn: wayIn },
  },
  {
    id: 'P03',
    actions: ['iam:PassRole', 'ec2:ReplaceIamInstanceProfileAssociation'],
    world: `${withProfile}${INSTANCE}`,
    ...{ without: withProfile, dependsOn: wayIn },
  },
  {
    id: 'P05',
    actions: ['iam:PassRole', 'ec2:RequestSpotInstances'],
    world: withProfile,
    without: `${CHIEF_ANYBODY}${PROFILE}`,
  },
  {
    id: 'P06',
    actions: ['iam:PassRole', 'ec2:CreateLaunchTemplateVersion'],
    world: `${withProfile}
resource "aws_launch_template" "oven" { name = "oven" }
resource "aws_autoscaling_group" "ovens" {
  min_size = 1
  max_size = 2
  launch_template {
    id      = aws_launch_template.oven.id
    version = "$Latest"
  }
}`,
    without: withProfile,
  },
  {
    id: 'P07',
    actions: ['iam:PassRole', 'autoscaling:CreateLaunchConfiguration', 'autoscaling:CreateAutoScalingGroup'],
    world: withProfile,
    without: `${CHIEF_ANYBODY}${PROFILE}`,
    dependsOn: ['whether the account may still make launch configurations'],
  },
  { id: 'P08', ...passed('lambda', 'lambda:CreateFunction', 'lambda:InvokeFunction') },
  {
    ...{ id: 'P09', ...passed('lambda', 'lambda:CreateFunction', 'lambda:CreateEventSourceMapping') },
    dependsOn: ['a source that the role reads and the caller writes'],
  },
  { id: 'P10', ...passed('lambda', 'lambda:CreateFunction', 'lambda:AddPermission') },
  {
    ...{ id: 'P11', actions: ['iam:PassRole', 'lambda:UpdateFunctionConfiguration', 'lambda:InvokeFunction'] },
    world: `${chief('Service = "lambda.amazonaws.com"')}${LAMBDA.replace('ROLE', other)}`,
    without: chief('Service = "lambda.amazonaws.com"'),
  },
  { id: 'P12', ...passed('glue', 'glue:CreateDevEndpoint') },
  { id: 'P13', ...passed('glue', 'glue:CreateJob', 'glue:StartJobRun') },
  { id: 'P14', ...passed('glue', 'glue:CreateJob', 'glue:CreateTrigger') },
  {
    ...{ id: 'P15', actions: ['iam:PassRole', 'glue:UpdateJob', 'glue:StartJobRun'] },
    world: `${chief('Service = "glue.amazonaws.com"')}${carrier('aws_glue_job', 'dough', `name = "dough"\nrole_arn = ${other}\ncommand {\n script_location = "s3://x/y"\n}`)}`,
    without: chief('Service = "glue.amazonaws.com"'),
  },
  { id: 'P16', ...passed('glue', 'glue:CreateSession', 'glue:RunStatement') },
  { id: 'P17', ...passed('cloudformation', 'cloudformation:CreateStack') },
  {
    ...{ id: 'P18', actions: ['iam:PassRole', 'cloudformation:UpdateStack'] },
    world: `${chief('Service = "cloudformation.amazonaws.com"')}${STACK('null')}`,
    without: chief('Service = "cloudformation.amazonaws.com"'),
  },
  {
    ...{
      id: 'P19',
      ...passed('cloudformation', 'cloudformation:CreateStackSet', 'cloudformation:CreateStackInstances'),
    },
    dependsOn: ['a role that the administration role assumes in the account'],
  },
  { id: 'P20', ...passed('cloudformation', 'cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet') },
  { id: 'P21', ...passed('codebuild', 'codebuild:CreateProject', 'codebuild:StartBuild') },
  {
    ...{ id: 'P22', actions: ['iam:PassRole', 'codebuild:UpdateProject', 'codebuild:StartBuild'] },
    world: `${chief('Service = "codebuild.amazonaws.com"')}${PROJECT(other)}`,
    without: chief('Service = "codebuild.amazonaws.com"'),
  },
  {
    id: 'P23',
    ...passed(
      'datapipeline',
      'datapipeline:CreatePipeline',
      'datapipeline:PutPipelineDefinition',
      'datapipeline:ActivatePipeline',
    ),
  },
  {
    id: 'P24',
    ...passed('sagemaker', 'sagemaker:CreateNotebookInstance', 'sagemaker:CreatePresignedNotebookInstanceUrl'),
  },
  { id: 'P25', ...passed('sagemaker', 'sagemaker:CreateTrainingJob') },
  { id: 'P26', ...passed('sagemaker', 'sagemaker:CreateProcessingJob') },
  {
    ...{ id: 'P27', actions: ['iam:PassRole', 'ecs:RegisterTaskDefinition', 'ecs:RunTask'] },
    world: `${chief('Service = "ecs-tasks.amazonaws.com"')}${CLUSTER}`,
    without: `${CHIEF_ANYBODY}${CLUSTER}`,
  },
  {
    ...{ id: 'P28', actions: ['iam:PassRole', 'ecs:RegisterTaskDefinition', 'ecs:CreateService'] },
    world: `${chief('Service = "ecs-tasks.amazonaws.com"')}${CLUSTER}`,
    without: `${CHIEF_ANYBODY}${CLUSTER}`,
  },
  {
    id: 'P29',
    ...passed('ecs-tasks', 'ecs:RegisterTaskDefinition', 'ecs:StartTask'),
    dependsOn: ['an instance in a cluster'],
  },
  { id: 'P30', ...passed('tasks.apprunner', 'apprunner:CreateService') },
  { id: 'P31', ...passed('states', 'states:CreateStateMachine', 'states:StartExecution') },
  {
    ...{ id: 'P32', actions: ['iam:PassRole', 'states:UpdateStateMachine', 'states:StartExecution'] },
    world: `${chief('Service = "states.amazonaws.com"')}${MACHINE(other)}`,
    without: chief('Service = "states.amazonaws.com"'),
  },
  { id: 'P33', ...passed('scheduler', 'scheduler:CreateSchedule') },
  { id: 'P35', ...passed('ssm', 'ssm:StartAutomationExecution', 'ssm:CreateDocument') },
  {
    ...{ id: 'P36', actions: ['iam:PassRole', 'batch:RegisterJobDefinition', 'batch:SubmitJob'] },
    world: `${chief('Service = "ecs-tasks.amazonaws.com"')}${QUEUE}`,
    without: `${CHIEF_ANYBODY}${QUEUE}`,
  },
  {
    ...{
      id: 'P37',
      actions: ['iam:PassRole', 'elasticmapreduce:RunJobFlow'],
      world: withProfile,
      without: CHIEF_ANYBODY,
    },
    dependsOn: ['a service role of EMR that the caller may pass'],
  },
  {
    id: 'P38',
    actions: ['iam:PassRole', 'imagebuilder:CreateInfrastructureConfiguration', 'imagebuilder:CreateImage'],
    ...{ world: withProfile, without: CHIEF_ANYBODY, dependsOn: ['a recipe with components of the caller'] },
  },
  {
    id: 'P39',
    ...passed(
      'bedrock-agentcore',
      'bedrock-agentcore:CreateCodeInterpreter',
      'bedrock-agentcore:StartCodeInterpreterSession',
      'bedrock-agentcore:InvokeCodeInterpreter',
    ),
  },
  { id: 'P40', ...passed('amplify', 'amplify:CreateApp'), dependsOn: ['a branch of the app that is built'] },
  { id: 'P41', ...passed('credentials.iot', 'iot:CreateRoleAlias'), dependsOn: ['a certificate that the caller has'] },
  {
    ...{ id: 'P43', actions: ['iam:PassRole', 'cognito-identity:SetIdentityPoolRoles'], without: CHIEF_ANYBODY },
    world: chief('Federated = "cognito-identity.amazonaws.com"'),
    dependsOn: ['an identity pool that aws_iam_role.chief trusts'],
  },
  { id: 'P44', ...passed('omics', 'omics:CreateWorkflow', 'omics:StartRun') },
  { id: 'P45', ...passed('braket', 'braket:CreateJob') },
  {
    ...{ id: 'X01', actions: ['lambda:UpdateFunctionCode'], without: CHIEF_ANYBODY },
    world: `${CHIEF_ANYBODY}${LAMBDA.replace('ROLE', role)}`,
    dependsOn: ['whether something invokes aws_lambda_function.knead'],
  },
  {
    ...{ id: 'X02', actions: ['lambda:UpdateFunctionConfiguration'], without: CHIEF_ANYBODY },
    world: `${CHIEF_ANYBODY}${LAMBDA.replace('ROLE', role)}`,
    dependsOn: ['whether something invokes aws_lambda_function.knead'],
  },
  { id: 'X04', actions: ['ssm:SendCommand'], world: `${withProfile}${INSTANCE}`, without: withProfile },
  { id: 'X05', actions: ['ssm:StartSession'], world: `${withProfile}${INSTANCE}`, without: withProfile },
  {
    ...{
      id: 'X06',
      actions: ['ec2-instance-connect:SendSSHPublicKey'],
      world: `${withProfile}${INSTANCE}`,
      without: withProfile,
    },
    dependsOn: ['whether aws_instance.oven can be reached, and has EC2 Instance Connect'],
  },
  {
    id: 'X07',
    actions: ['ec2-instance-connect:SendSerialConsoleSSHPublicKey'],
    ...{ world: `${withProfile}${INSTANCE}`, without: withProfile },
    dependsOn: ['whether the account has the serial console enabled'],
  },
  {
    ...{
      id: 'X08',
      actions: ['ec2:ModifyInstanceAttribute', 'ec2:StopInstances', 'ec2:StartInstances'],
      without: withProfile,
    },
    world: `${withProfile}${INSTANCE}`,
  },
  {
    ...{ id: 'X09', actions: ['ecs:ExecuteCommand'], without: `${CHIEF_ANYBODY}${CLUSTER}` },
    world: `${CHIEF_ANYBODY}${CLUSTER}
resource "aws_ecs_task_definition" "bake" {
  family                = "bake"
  task_role_arn         = ${role}
  container_definitions = "[]"
}
resource "aws_ecs_service" "bake" {
  name                   = "bake"
  cluster                = aws_ecs_cluster.ovens.id
  task_definition        = aws_ecs_task_definition.bake.arn
  enable_execute_command = true
}`,
  },
  {
    id: 'X10',
    actions: ['codebuild:StartBuild'],
    world: `${CHIEF_ANYBODY}${PROJECT(role)}`,
    without: `${CHIEF_ANYBODY}${PROJECT(other)}`,
  },
  {
    ...{
      id: 'X11',
      actions: ['codebuild:UpdateProject', 'codebuild:StartBuild'],
      world: `${CHIEF_ANYBODY}${PROJECT(role)}`,
    },
    without: `${CHIEF_ANYBODY}${PROJECT(other)}`,
  },
  {
    id: 'X12',
    actions: ['cloudformation:UpdateStack'],
    world: `${CHIEF_ANYBODY}${STACK(role)}`,
    without: `${CHIEF_ANYBODY}${STACK('null')}`,
  },
  {
    ...{ id: 'X13', actions: ['cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet'] },
    ...{ world: `${CHIEF_ANYBODY}${STACK(role)}`, without: `${CHIEF_ANYBODY}${STACK('null')}` },
  },
  {
    ...{ id: 'X14', actions: ['cloudformation:UpdateStackSet'], without: CHIEF_ANYBODY },
    world: `${CHIEF_ANYBODY}${carrier('aws_cloudformation_stack_set', 'mills', `name = "mills"\nadministration_role_arn = ${role}`)}`,
  },
  {
    ...{ id: 'X15', actions: ['glue:UpdateDevEndpoint'], without: CHIEF_ANYBODY },
    world: `${CHIEF_ANYBODY}${carrier('aws_glue_dev_endpoint', 'dough', `name = "dough"\nrole_arn = ${role}`)}`,
  },
  {
    ...{
      id: 'X17',
      actions: ['sagemaker:CreatePresignedNotebookInstanceUrl'],
      world: `${CHIEF_ANYBODY}${NOTEBOOK(role)}`,
    },
    without: `${CHIEF_ANYBODY}${NOTEBOOK(other)}`,
  },
  {
    ...{ id: 'X18', actions: ['sagemaker:CreatePresignedDomainUrl'], without: CHIEF_ANYBODY },
    world: `${CHIEF_ANYBODY}${carrier('aws_sagemaker_user_profile', 'ana', `domain_id = "d-1"\nuser_profile_name = "ana"\nuser_settings {\n execution_role = ${role}\n}`)}`,
  },
  {
    id: 'X19',
    actions: [
      'sagemaker:CreateNotebookInstanceLifecycleConfig',
      'sagemaker:UpdateNotebookInstance',
      'sagemaker:StartNotebookInstance',
    ],
    ...{ world: `${CHIEF_ANYBODY}${NOTEBOOK(role)}`, without: `${CHIEF_ANYBODY}${NOTEBOOK(other)}` },
    dependsOn: ['whether aws_sagemaker_notebook_instance.recipes is stopped'],
  },
  {
    ...{
      id: 'X20',
      actions: ['states:UpdateStateMachine', 'states:StartExecution'],
      world: `${CHIEF_ANYBODY}${MACHINE(role)}`,
    },
    dependsOn: ['whether a role that stays has to be passed again'],
    without: `${CHIEF_ANYBODY}${MACHINE(other)}`,
  },
  {
    ...{
      id: 'X28',
      actions: ['bedrock-agentcore:StartCodeInterpreterSession', 'bedrock-agentcore:InvokeCodeInterpreter'],
    },
    world: `${CHIEF_ANYBODY}${carrier('aws_bedrockagentcore_code_interpreter', 'abacus', `name = "abacus"\nexecution_role_arn = ${role}`)}`,
    without: CHIEF_ANYBODY,
  },
  {
    id: 'E26',
    actions: ['iam:AddClientIDToOpenIDConnectProvider'],
    world: `${chief('Federated = aws_iam_openid_connect_provider.grain.arn').replace('sts:AssumeRole', 'sts:AssumeRoleWithWebIdentity')}${ISSUER}`,
    without: `${chief('Federated = aws_iam_openid_connect_provider.grain.arn').replace('Principal', 'Condition = { StringEquals = { "grain.example.com:aud" = "mill" } }, Principal')}${ISSUER}`,
    dependsOn: ['for whom aws_iam_openid_connect_provider.grain issues tokens'],
  },
  {
    ...{ id: 'E27', actions: ['iam:CreateServiceSpecificCredential'], without: `${CHIEF_ANYBODY}${BUILT}` },
    world: `${CHIEF_ANYBODY}${BUILT}${PUSHER}`,
    dependsOn: ['whether something builds aws_codebuild_project.loaf'],
  },
  {
    ...{ id: 'P04', actions: ['iam:PassRole', 'iam:AddRoleToInstanceProfile'], without: `${EC2}${EMPTY_PROFILE}` },
    world: `${EC2}${EMPTY_PROFILE}${INSTANCE}`,
    dependsOn: wayIn,
  },
  {
    ...{ id: 'P34', ...passed('events', 'events:PutRule', 'events:PutTargets') },
    dependsOn: ['a target of EventBridge that does more with the role'],
  },
  {
    ...{ id: 'P42', ...passed('transfer', 'transfer:CreateServer', 'transfer:CreateUser') },
    dependsOn: ['files in S3 or EFS by which the role leads on'],
  },
  {
    ...{ id: 'X16', actions: ['glue:StartJobRun'], without: `${CHIEF_ANYBODY}${JOB(other)}` },
    world: `${CHIEF_ANYBODY}${JOB(role)}`,
  },
  {
    ...{ id: 'X21', actions: ['apprunner:UpdateService'], without: `${CHIEF_ANYBODY}${RUNNER(other)}` },
    world: `${CHIEF_ANYBODY}${RUNNER(role)}`,
  },
  {
    ...{ id: 'X23', actions: ['eks:CreateAccessEntry', 'eks:AssociateAccessPolicy'] },
    world: `${CHIEF_ANYBODY}${EKS('API')}${PODS}`,
    without: `${CHIEF_ANYBODY}${EKS('CONFIG_MAP')}${PODS}`,
  },
  {
    ...{ id: 'X24', actions: ['eks:AssociateAccessPolicy'], without: `${CHIEF_ANYBODY}${EKS('API')}${PODS}` },
    world: `${CHIEF_ANYBODY}${EKS('API')}${PODS}${carrier('aws_eks_access_entry', 'baker', 'cluster_name = aws_eks_cluster.mill.name\nprincipal_arn = aws_iam_user.baker.arn')}`,
  },
  {
    ...{ id: 'X25', actions: ['iam:PassRole', 'eks:CreatePodIdentityAssociation'] },
    world: `${chief('Service = "pods.eks.amazonaws.com"')}${EKS('API')}`,
    without: chief('Service = "pods.eks.amazonaws.com"'),
    dependsOn: ['a pod in the cluster that the caller runs'],
  },
  {
    ...{ id: 'X26', actions: ['datapipeline:PutPipelineDefinition', 'datapipeline:ActivatePipeline'] },
    world: `${CHIEF_ANYBODY}${PIPELINE(role)}`,
    without: `${CHIEF_ANYBODY}${PIPELINE(other)}`,
    dependsOn: ['whether a role that stays has to be passed again'],
  },
  {
    ...{ id: 'X27', actions: ['batch:SubmitJob'], without: `${CHIEF_ANYBODY}${BATCH(other)}` },
    world: `${CHIEF_ANYBODY}${BATCH(role)}`,
  },
  {
    id: 'X29',
    actions: ['sso:CreatePermissionSet', 'sso:AttachManagedPolicyToPermissionSet', 'sso:CreateAccountAssignment'],
    ...{ world: PERMISSION_SET, without: '', to: 'aws_iam_user.baker' },
    dependsOn: ['whether aws_iam_user.baker is a user of IAM Identity Center'],
  },
  {
    ...{ id: 'X35', actions: ['s3:PutObject'], without: `${CHIEF_ANYBODY}${SCRIPT(other)}` },
    world: `${CHIEF_ANYBODY}${SCRIPT(role)}`,
    dependsOn: ['whether something runs aws_glue_job.dough'],
  },
  {
    ...{ id: 'X35-policy', actions: ['s3:PutBucketPolicy'], without: `${CHIEF_ANYBODY}${SCRIPT(other)}` },
    world: `${CHIEF_ANYBODY}${SCRIPT(role)}`,
    dependsOn: ['whether something runs aws_glue_job.dough'],
  },
  {
    ...{ id: 'X36', actions: ['secretsmanager:GetSecretValue'], to: 'aws_iam_user.chief' },
    world: `${CHIEF_USER}${SECRET('aws_iam_access_key.chief.secret')}`,
    without: `${CHIEF_USER}${SECRET('"flour"')}`,
  },
  {
    ...{ id: 'X36-parameter', actions: ['ssm:GetParameter'], to: 'aws_iam_user.chief' },
    world: `${CHIEF_USER}${PARAMETER('aws_iam_access_key.chief.secret')}`,
    without: `${CHIEF_USER}${PARAMETER('"flour"')}`,
  },
  {
    id: 'X38',
    actions: ['ecr:InitiateLayerUpload', 'ecr:UploadLayerPart', 'ecr:CompleteLayerUpload', 'ecr:PutImage'],
    world: `${CHIEF_ANYBODY}${IMAGE('MUTABLE')}`,
    without: `${CHIEF_ANYBODY}${IMAGE('IMMUTABLE')}`,
    dependsOn: ['whether something deploys aws_ecs_task_definition.bake again'],
  },
  {
    ...{
      id: 'X39',
      actions: ['codecommit:GitPush'],
      without: `${CHIEF_ANYBODY}${BUILT.replace('CODECOMMIT', 'GITHUB')}`,
    },
    world: `${CHIEF_ANYBODY}${BUILT}`,
    dependsOn: ['whether something builds aws_codebuild_project.loaf'],
  },
];

export interface Caller {
  readonly kind: 'user' | 'role';
  readonly statements: readonly string[];
  readonly more?: string;
}

/** The configuration of a caller `baker` with statements of its own. */
export function bakerWith({ kind, statements, more = '' }: Caller): string {
  const own = `jsonencode({ Version = "2012-10-17", Statement = [${statements.join(', ')}] })`;
  return kind === 'user'
    ? `
data "aws_caller_identity" "me" {}
resource "aws_iam_user" "baker" {
  name = "baker"
  ${more}
}
resource "aws_iam_user_policy" "baker" {
  name   = "own"
  user   = aws_iam_user.baker.name
  policy = ${own}
}`
    : `
resource "aws_iam_role" "baker" {
  name               = "baker"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "mill.amazonaws.com" } }] })
  inline_policy {
    name   = "own"
    policy = ${own}
  }
  ${more}
}`;
}
