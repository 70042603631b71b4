import { expect, test } from 'vitest';
import { languagesOfType } from '../../src/graph/languages-of-types.js';

const TERRAFORM = ['terraform', 'terraform-plan', 'terraform-state'];

test.each([
  ['aws_s3_bucket', [...TERRAFORM, 'cloudformation']],
  ['aws_rds_cluster_instance', [...TERRAFORM, 'cloudformation']],
  ['aws_iam_account_password_policy', TERRAFORM],
  ['aws_account', TERRAFORM],
  ['google_storage_bucket', TERRAFORM],
  ['AWS::Cassandra::Table', ['cloudformation']],
  ['kubernetes/v1/Pod', [...TERRAFORM, 'kubernetes']],
])('resources of %s can be written in %j', (type, languages) => {
  expect(languagesOfType(type)).toEqual(languages);
});
