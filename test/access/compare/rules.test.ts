import { describe, expect, test } from 'vitest';
import { comparePolicies } from '../../../src/access/compare/compare.js';
import { statements, type WrittenStatement } from '../../support/policies.js';

const CATALOGUE = /^actions of /;

function read(condition?: object, resource = 'arn:aws:s3:::orders/*'): WrittenStatement {
  return { Action: 's3:GetObject', Resource: resource, ...(condition !== undefined && { Condition: condition }) };
}

function start(resource: string, condition?: object): WrittenStatement {
  return { Action: 'ec2:StartInstances', Resource: resource, ...(condition !== undefined && { Condition: condition }) };
}

/** The answer in short: `no` with what it assumes, `yes` with the request's resource and keys, `unknown` with what is not known. */
function answer(before: readonly WrittenStatement[], after: readonly WrittenStatement[], strict = false): string {
  const compared = comparePolicies([statements(...before)], [statements(...after)], { strict });
  switch (compared.kind) {
    case 'no':
      return ['no', ...compared.assumes.filter((text) => !CATALOGUE.test(text))].join(' | ');
    case 'yes': {
      const { resource, context } = compared.witness;
      return [resource, ...Object.entries(context).map(([key, values]) => `${key}=${values.join('+')}`)].join(' | ');
    }
    case 'unknown':
      return `unknown ${compared.constructs.join(' | ')}`;
  }
}

const OF_PRINCIPAL = 'aws:PrincipalArn, aws:PrincipalType, aws:userid and aws:username are of one principal';
const ACCOUNT_OF_PRINCIPAL = 'the account of aws:PrincipalArn is aws:PrincipalAccount';
const ACCOUNT_OF_RESOURCE = 'the account in the ARN of a resource is aws:ResourceAccount';
const REGION = 'the region in the ARN of a resource is aws:RequestedRegion';

describe('keys of one request belong together', () => {
  test.each<readonly [string, readonly WrittenStatement[], readonly WrittenStatement[], string]>([
    [
      'an account, and roles of it',
      [read({ StringEquals: { 'aws:PrincipalAccount': '111122223333' } })],
      [read({ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/*' } })],
      `no | ${OF_PRINCIPAL} | ${ACCOUNT_OF_PRINCIPAL}`,
    ],
    [
      'an account, and roles of another',
      [read({ StringEquals: { 'aws:PrincipalAccount': '111122223333' } })],
      [read({ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::444455556666:role/*' } })],
      'arn:aws:s3:::orders/x | aws:principalaccount=444455556666 | aws:principalarn=arn:aws:iam::444455556666:role/x',
    ],
    [
      'an account, and whoever is a role',
      [read({ StringEquals: { 'aws:PrincipalAccount': '111122223333' } })],
      [read({ StringLike: { 'aws:PrincipalArn': '*:role/*' } })],
      'arn:aws:s3:::orders/x | aws:principalaccount=777788889999 | aws:principalarn=arn:aws:iam::777788889999:role/xx',
    ],
    [
      'users, and whoever has a name of a user',
      [read({ StringEquals: { 'aws:PrincipalType': 'User' } })],
      [read({ StringLike: { 'aws:username': 'ana-*' } })],
      `no | ${OF_PRINCIPAL}`,
    ],
    [
      'a session is no role',
      [],
      [read({ ArnEquals: { 'aws:PrincipalArn': 'arn:aws:sts::111122223333:assumed-role/baker/ana' } })],
      `no | ${OF_PRINCIPAL}`,
    ],
    [
      'sessions of a role, by the id of one',
      [read({ StringEquals: { 'aws:PrincipalType': 'AssumedRole' } })],
      [read({ StringLike: { 'aws:userid': 'AROAEXAMPLE:*' } })],
      `no | ${OF_PRINCIPAL}`,
    ],
    [
      'a region, and things in it',
      [start('*', { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } })],
      [start('arn:aws:ec2:eu-west-1:*:instance/*')],
      `no | ${REGION}`,
    ],
    [
      'things in an account, and things of it',
      [start('arn:aws:ec2:*:111122223333:instance/*')],
      [start('arn:aws:ec2:*:*:instance/*', { StringEquals: { 'aws:ResourceAccount': '111122223333' } })],
      `no | arn-forms | ${ACCOUNT_OF_RESOURCE}`,
    ],
    [
      'things in an account, and things of others',
      [start('arn:aws:ec2:*:111122223333:instance/*')],
      [start('arn:aws:ec2:*:*:instance/*', { StringLike: { 'aws:ResourceAccount': '1111*' } })],
      'arn:aws:ec2:eu-west-1:111177777777:instance/x | aws:resourceaccount=111177777777',
    ],
    [
      'an address, and a network',
      [read({ IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } })],
      [read({ IpAddress: { 'aws:SourceIp': '203.0.0.0/16' }, StringEquals: { 'aws:SourceVpce': 'vpce-1' } })],
      'no | aws:SourceIp is absent where a request comes through a VPC endpoint',
    ],
    [
      'multi-factor authentication without temporary credentials',
      [],
      [read({ Bool: { 'aws:MultiFactorAuthPresent': 'true' }, Null: { 'aws:TokenIssueTime': 'true' } })],
      'no | aws:MultiFactorAuthPresent is in requests with temporary credentials, aws:MultiFactorAuthAge where it is true',
    ],
    [
      'an organization, and what is in it',
      [read({ StringEquals: { 'aws:PrincipalOrgID': 'o-bakery' } })],
      [read({ 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-bakery/r-1/ou-ovens/*' } })],
      'no | aws:principalorgpaths begin with aws:principalorgid',
    ],
    [
      'an organization, and what is in another',
      [read({ StringEquals: { 'aws:PrincipalOrgID': 'o-bakery' } })],
      [read({ 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-mill/r-1/*' } })],
      'arn:aws:s3:::orders/x | aws:principalorgid=o-mill | aws:principalorgpaths=o-mill/r-1/x',
    ],
  ])('%s', (_title, before, after, expected) => {
    expect(answer(before, after)).toBe(expected);
  });

  test('strictly, what rests on such a rule is not known', () => {
    const before = [read({ StringEquals: { 'aws:PrincipalType': 'User' } })];
    const after = [read({ StringLike: { 'aws:username': 'ana-*' } })];
    expect(answer(before, after, true)).toBe(`unknown ${OF_PRINCIPAL}`);
  });
});
