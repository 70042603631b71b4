import { afterEach, expect, test } from 'vitest';
import type { SnapshotRecord } from '../../src/model/snapshot.js';
import { partsOf, readOrchard, sealSnapshot } from '../support/snapshot.js';
import { type Workspace, workspace } from './workspace.js';

let here: Workspace | undefined;

afterEach(() => here?.remove());

const GLOBAL = 'resources/123456789012/global.ndjson';
const ROLE = 'arn:aws:iam::123456789012:role/picker';

/** The orchard, whose role has these properties, with all operations done. */
function orchard(properties: SnapshotRecord['properties']): Workspace {
  const { header, ledger, records } = partsOf(readOrchard());
  const lines = (records[GLOBAL] ?? []).map((record) =>
    record.id === 'picker' ? { ...record, properties: { ...record.properties, ...properties } } : record,
  );
  const done = ledger.filter(({ state }) => state === 'collected');
  here = workspace(sealSnapshot({ header, ledger: done, records: { ...records, [GLOBAL]: lines } }));
  return here;
}

const policy = (Action: string, Resource: string) => ({
  PolicyName: 'pick',
  PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource }] },
});

async function ask(properties: SnapshotRecord['properties'], question: string) {
  const { out, code } = await orchard(properties).run(`access can ${question} --in snap --format json`);
  const { outcome, by, dependsOn, notSeen } = JSON.parse(out);
  return { answer: [outcome, ...by, ...dependsOn], notSeen, code };
}

test('a live role is allowed what its policies give, and what is absent is known to be absent', async () => {
  const properties = { ManagedPolicyArns: [], Policies: [policy('s3:GetObject', 'arn:aws:s3:::apples/*')] };
  expect(await ask(properties, `${ROLE} s3:GetObject arn:aws:s3:::apples/red`)).toMatchObject({
    answer: ['allowed', 'identity'],
    notSeen: ['service control policies', 'resource control policies', 'session policies', 'policies of VPC endpoints'],
  });
  expect((await ask(properties, `${ROLE} sqs:SendMessage arn:aws:sqs:eu-west-1:123456789012:none`)).answer).toEqual([
    'depends',
    'policy of arn:aws:sqs:eu-west-1:123456789012:none (outside-input)',
  ]);
});

test('its trust policy lets in everybody who signs', async () => {
  expect((await ask({}, `any-account sts:AssumeRole ${ROLE}`)).answer).toEqual(['allowed', 'identity', 'resource']);
  expect((await ask({}, `anonymous sts:AssumeRole ${ROLE}`)).answer).toEqual(['implicit-deny']);
});

test('a named session is a session of the role', async () => {
  const session = 'arn:aws:sts::123456789012:assumed-role/picker/today';
  const properties = { ManagedPolicyArns: [], Policies: [policy('s3:GetObject', 'arn:aws:s3:::apples/*')] };
  expect((await ask(properties, `${session} s3:GetObject arn:aws:s3:::apples/red`)).answer).toEqual([
    'allowed',
    'identity',
  ]);
});
