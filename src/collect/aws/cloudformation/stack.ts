import type { Collector } from '../collector.js';
import { get, lift } from '../json.js';

/**
 * A stack, by its name and the role that it keeps: what it makes is collected where it is. Of a stack CloudFormation's own type,
 * which is for one within another, has neither.
 */
export const stack: Collector = {
  type: 'aws_cloudformation_stack',
  service: 'cloudformation',
  version: 1,
  scope: 'region',
  list: {
    call: 'cloudformation:DescribeStacks',
    permission: 'cloudformation:DescribeStacks',
    alsoNeeds: ['cloudformation:ListStacks'],
    pages: { input: 'NextToken', output: 'NextToken' },
    items: 'Stacks.*',
  },
  only: [{ path: 'StackStatus', differs: 'DELETE_COMPLETE' }],
  tells: ['iam_role_arn', 'name'],
  id: 'StackName',
  arn: '{StackId}',
  project: (item) => ({
    properties: lift(item, { iam_role_arn: 'RoleARN', name: 'StackName' }),
    live: lift(item, { creation_time: 'CreationTime', parent_id: 'ParentId', status: 'StackStatus' }),
  }),
};

/** A stack set of this account, by its name and the role by which it reaches others; one of an organization may have none. */
export const stackSet: Collector = {
  type: 'aws_cloudformation_stack_set',
  service: 'cloudformation',
  version: 1,
  scope: 'region',
  list: {
    call: 'cloudformation:ListStackSets',
    permission: 'cloudformation:ListStackSets',
    input: { Status: 'ACTIVE' },
    pages: { input: 'NextToken', output: 'NextToken', limit: ['MaxResults', 100] },
    items: 'Summaries.*',
  },
  each: {
    describe: {
      call: 'cloudformation:DescribeStackSet',
      permission: 'cloudformation:DescribeStackSet',
      input: { StackSetName: '{StackSetName}' },
      answer: 'StackSet',
      gone: ['StackSetNotFoundException'],
      feeds: ['administration_role_arn', 'execution_role_name'],
    },
  },
  tells: ['name', 'permission_model'],
  id: 'StackSetName',
  arn: 'arn:{@partition}:cloudformation:{@region}:{@account}:stackset/{StackSetId}',
  project: (item, parts) => ({
    properties: {
      name: get(item, 'StackSetName'),
      permission_model: get(item, 'PermissionModel'),
      administration_role_arn: get(parts['describe'], 'AdministrationRoleARN'),
      execution_role_name: get(parts['describe'], 'ExecutionRoleName'),
    },
  }),
};
