import { expect, test } from 'vitest';
import { comparePolicies } from '../../../src/access/compare/compare.js';
import { statements } from '../../support/policies.js';
test('x', () => {
  const show = (o: any[], n: any[]) => { const a: any = comparePolicies([statements(...o)], [statements(...n)]); delete a.statements; console.log(JSON.stringify(a)); };
  const get = (r: any, c?: any) => ({ Action: 's3:GetObject', Resource: r, ...(c && { Condition: c }) });
  show([get('arn:aws:s3:::a/*')], [get('arn:aws:s3:::a/*')]);
  show([get('arn:aws:s3:::a/*')], [get('arn:aws:s3:::*')]);
  show([get('arn:aws:s3:::a/*')], [get('arn:aws:s3:::a/x*')]);
  show([get('arn:aws:s3:::a/*'), get('arn:aws:s3:::b/*')], [get(['arn:aws:s3:::a/*','arn:aws:s3:::b/q*'])]);
  show([get('*'), {...get('arn:aws:s3:::a/${aws:username}'), Effect: 'Deny'}], [get('arn:aws:s3:::a/q')]);
  show([get('*', {IpAddress: {'aws:SourceIp': '10.0.0.0/8'}})], [get('*', {IpAddress: {'aws:SourceIp': '10.1.0.0/16'}})]);
  show([get('*', {IpAddress: {'aws:SourceIp': '10.1.0.0/16'}})], [get('*', {IpAddress: {'aws:SourceIp': '10.0.0.0/8'}})]);
  show([get('*', {Bool: {'aws:MultiFactorAuthPresent': 'true'}})], [get('*')]);
  show([get('*', {StringLike: {'aws:PrincipalTag/team': 'rye*'}})], [get('*', {StringLike: {'aws:PrincipalTag/team': ['rye-a*', 'rye-b?']}})]);
  show([{Action: 's3:*', Resource: '*'}], [{NotAction: 'iam:*', Resource: '*'}]);
  show([{Action: '*', Resource: '*'}, {Effect: 'Deny', Action: 'iam:*', Resource: '*'}], [{NotAction: 'iam:*', Resource: '*'}]);
  show([], [{Action: 's3:ListObjects', Resource: '*'}]);
});
