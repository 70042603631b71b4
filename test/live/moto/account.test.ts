import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { program, run } from '../run.js';
import { type Farm, openFarm, type StateResource } from './farm.js';
import { OF_MOTO, PLANTED } from './planted.js';

/** An account with known weaknesses, applied to moto by Terraform, read and judged by the program as users have it. */

/** What moto does not implement. */
const NOT_ON_MOTO = [
  'accessanalyzer:ListAnalyzers',
  'apprunner:DescribeService',
  'apprunner:ListServices',
  'apprunner:ListTagsForResource',
  'bedrockagentcore:GetCodeInterpreter',
  'bedrockagentcore:ListCodeInterpreters',
  'bedrockagentcore:ListTagsForResource',
  'ec2:GetEbsDefaultKmsKeyId',
  'ec2:GetImageBlockPublicAccessState',
  'ec2:GetInstanceMetadataDefaults',
  'ec2:GetSerialConsoleAccessStatus',
  'ec2:GetSnapshotBlockPublicAccessState',
  'eks:DescribeAccessEntry',
  'eks:DescribePodIdentityAssociation',
  'eks:ListAccessEntries',
  'eks:ListPodIdentityAssociations',
  'lambda:ListFunctionUrlConfigs',
  'sagemaker:DescribeUserProfile',
  'sagemaker:ListUserProfiles',
  'securityhub:GetEnabledStandards',
];

interface Finding {
  readonly policy: string;
  readonly outcome: string;
  readonly resource: { readonly address: string; readonly arn: string | null };
}

let farm: Farm;
let said: string;
let findings: readonly Finding[];

beforeAll(async () => {
  farm = await openFarm();
  const snapshot = join(farm.folder, 'snapshot');
  rmSync(snapshot, { recursive: true, force: true });
  const regions = ['--region', 'eu-central-1', '--region', 'eu-west-1'];
  const node = (args: readonly string[], exitCodes: readonly number[]) =>
    run(process.execPath, [program, ...args], farm.folder, farm.environment, exitCodes);
  said = await node(['snapshot', 'aws', ...regions, '--output', 'snapshot'], [3]);
  findings = JSON.parse(await node(['scan', 'snapshot', '--format', 'json'], [3])).findings;
});

/** What Terraform calls each resource of the account. */
function addressOf({ resource }: Finding): string {
  const { arn, address } = resource;
  // What is read beside another resource has no ARN of its own, and is named by it all the same.
  const wanted = arn ?? address.slice(Math.max(0, address.indexOf('arn:')));
  return own().find(({ values }) => values['arn'] === wanted)?.address ?? address;
}

function own(): readonly StateResource[] {
  return farm.resources.filter(({ address }) => !address.startsWith('module.'));
}

function pairs(outcome: string): readonly string[] {
  const found = findings.filter((finding) => finding.outcome === outcome);
  return [...new Set(found.map((finding) => `${addressOf(finding)} ${finding.policy}`))].sort();
}

test('the account is large enough to be one', () => {
  const types = new Set(own().map(({ type }) => type));
  expect([own().length >= 200, types.size >= 25]).toEqual([true, true]);
  expect(new Set(Object.values(PLANTED).flat()).size).toBeGreaterThanOrEqual(25);
  expect(farm.applySeconds).toBeLessThan(400);
});

test('every planted weakness is found at its resource, and none is made up', () => {
  const planted = Object.entries(PLANTED).flatMap(([address, policies]) =>
    policies.map((policy) => `${address} ${policy}`),
  );
  const isOfMoto = (pair: string) => /^(arn:|aws_ebs_snapshot\.)/.test(pair);
  const found = pairs('fail');
  expect(found.filter((pair) => !isOfMoto(pair))).toEqual(planted.sort());
  const others = found.filter(isOfMoto).map((pair) => pair.split(' ')[1]);
  expect([...new Set(others)].sort()).toEqual(Object.keys(OF_MOTO));
});

test('what moto cannot tell is all that is missing', () => {
  const gaps = [...said.matchAll(/^gap +(\S+)/gm)].map(([, operation]) => operation);
  expect(gaps).toEqual(NOT_ON_MOTO);
});
