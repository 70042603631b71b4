import { role, user } from './people.js';
import { allow, roleArn, userArn } from './statements.js';
import { type Account, DEVELOPMENT, HOME, PRODUCTION, type Principal, type Question, type Scenario } from './types.js';

/** A principal that hands a strong role to a service, or makes one of its own use that it has. */
interface ByService {
  readonly principal: 'role' | 'user';
  readonly account: Account;
  readonly name: string;
  readonly technique: string;
  readonly actions: readonly string[];
  /** What the actions are about; `*` for a service whose things are named only when they are made. */
  readonly on?: string;
  readonly asked?: Readonly<Record<string, string>>;
  /** The role that is handed over, and to whom. */
  readonly passes?: readonly [role: string, service: string];
  readonly isOpen?: boolean;
}

const P = PRODUCTION;
const D = DEVELOPMENT;
const BASTION = `arn:aws:ec2:${HOME}:${P}:instance/i-0ba5710n0000000a1`;
const SYNC = `arn:aws:lambda:${HOME}:${P}:function:nightly-sync`;

const ways: readonly ByService[] = [
  {
    principal: 'user',
    account: P,
    name: 'igor',
    technique: 'P01',
    actions: ['ec2:RunInstances'],
    asked: { 'ec2:RunInstances': `arn:aws:ec2:${HOME}:${P}:instance/*` },
    passes: ['ec2-admin', 'ec2.amazonaws.com'],
  },
  {
    principal: 'role',
    account: P,
    name: 'fn-builder',
    technique: 'P08',
    actions: ['lambda:CreateFunction', 'lambda:InvokeFunction'],
    asked: {
      'lambda:CreateFunction': `arn:aws:lambda:${HOME}:${P}:function:new`,
      'lambda:InvokeFunction': `arn:aws:lambda:${HOME}:${P}:function:new`,
    },
    passes: ['lambda-admin', 'lambda.amazonaws.com'],
  },
  {
    principal: 'role',
    account: D,
    name: 'glue-dev',
    technique: 'P13',
    actions: ['glue:CreateJob', 'glue:StartJobRun'],
    asked: {
      'glue:CreateJob': `arn:aws:glue:${HOME}:${D}:job/new`,
      'glue:StartJobRun': `arn:aws:glue:${HOME}:${D}:job/new`,
    },
    passes: ['glue-admin', 'glue.amazonaws.com'],
  },
  {
    principal: 'role',
    account: D,
    name: 'stack-maker',
    technique: 'P17',
    actions: ['cloudformation:CreateStack'],
    asked: { 'cloudformation:CreateStack': `arn:aws:cloudformation:${HOME}:${D}:stack/new/1` },
    passes: ['cfn-admin', 'cloudformation.amazonaws.com'],
  },
  {
    principal: 'role',
    account: D,
    name: 'build-runner',
    technique: 'P21',
    actions: ['codebuild:CreateProject', 'codebuild:StartBuild'],
    asked: {
      'codebuild:CreateProject': `arn:aws:codebuild:${HOME}:${D}:project/new`,
      'codebuild:StartBuild': `arn:aws:codebuild:${HOME}:${D}:project/new`,
    },
    passes: ['codebuild-admin', 'codebuild.amazonaws.com'],
  },
  {
    principal: 'role',
    account: D,
    name: 'notebook-user',
    technique: 'P24',
    actions: ['sagemaker:CreateNotebookInstance', 'sagemaker:CreatePresignedNotebookInstanceUrl'],
    asked: {
      'sagemaker:CreateNotebookInstance': `arn:aws:sagemaker:${HOME}:${D}:notebook-instance/new`,
      'sagemaker:CreatePresignedNotebookInstanceUrl': `arn:aws:sagemaker:${HOME}:${D}:notebook-instance/new`,
    },
    passes: ['sagemaker-admin', 'sagemaker.amazonaws.com'],
  },
  {
    principal: 'role',
    account: D,
    name: 'task-runner',
    technique: 'P27',
    actions: ['ecs:RegisterTaskDefinition', 'ecs:RunTask', 'ecs:CreateCluster'],
    asked: {
      'ecs:CreateCluster': `arn:aws:ecs:${HOME}:${D}:cluster/new`,
      'ecs:RegisterTaskDefinition': `arn:aws:ecs:${HOME}:${D}:task-definition/new:1`,
      'ecs:RunTask': `arn:aws:ecs:${HOME}:${D}:task-definition/new:1`,
    },
    passes: ['tasks-admin', 'ecs-tasks.amazonaws.com'],
  },
  {
    principal: 'role',
    account: D,
    name: 'web-launcher',
    technique: 'P30',
    actions: ['apprunner:CreateService'],
    asked: { 'apprunner:CreateService': `arn:aws:apprunner:${HOME}:${D}:service/new/1` },
    passes: ['apprunner-admin', 'tasks.apprunner.amazonaws.com'],
  },
  {
    principal: 'role',
    account: D,
    name: 'flow-maker',
    technique: 'P31',
    actions: ['states:CreateStateMachine', 'states:StartExecution'],
    asked: {
      'states:CreateStateMachine': `arn:aws:states:${HOME}:${D}:stateMachine:new`,
      'states:StartExecution': `arn:aws:states:${HOME}:${D}:stateMachine:new`,
    },
    passes: ['states-admin', 'states.amazonaws.com'],
  },
  {
    principal: 'role',
    account: D,
    name: 'cron-maker',
    technique: 'P33',
    actions: ['scheduler:CreateSchedule'],
    asked: { 'scheduler:CreateSchedule': `arn:aws:scheduler:${HOME}:${D}:schedule/default/new` },
    passes: ['scheduler-admin', 'scheduler.amazonaws.com'],
  },
  {
    principal: 'role',
    account: P,
    name: 'hotfix',
    technique: 'X01',
    actions: ['lambda:UpdateFunctionCode', 'lambda:InvokeFunction'],
    on: SYNC,
  },
  {
    principal: 'user',
    account: P,
    name: 'vera',
    technique: 'X04',
    actions: ['ssm:SendCommand'],
    asked: { 'ssm:SendCommand': BASTION },
  },
  {
    principal: 'role',
    account: P,
    name: 'patcher',
    technique: 'X08',
    actions: ['ec2:ModifyInstanceAttribute', 'ec2:StopInstances', 'ec2:StartInstances'],
    on: BASTION,
  },
];

function toScenario(way: ByService): Scenario {
  const { account, name, technique, actions, on = '*', asked = {}, passes, isOpen } = way;
  const arn = way.principal === 'role' ? roleArn(account, name) : userArn(account, name);
  const own = [allow('Run', [...actions], on)];
  if (passes !== undefined) own.push(allow('Pass', 'iam:PassRole', roleArn(account, passes[0])));
  const principal: Principal = way.principal === 'role' ? role(account, name, own) : user(account, name, own);
  const requires = actions.map((action): Question => ({ principal: arn, action, resource: asked[action] ?? on }));
  if (passes !== undefined)
    requires.push({
      principal: arn,
      action: 'iam:PassRole',
      resource: roleArn(account, passes[0]),
      context: { 'iam:PassedToService': passes[1] },
    });
  const sid = passes === undefined ? 'Run' : 'Pass';
  return {
    principals: [principal],
    planted: [{ kind: 'escalation', principal: arn, technique, sid, requires, ...(isOpen === true ? { isOpen } : {}) }],
  };
}

/** Principals that gain what administrators have, by services that act for them. */
export const escalationsByServices: readonly Scenario[] = ways.map(toScenario);
