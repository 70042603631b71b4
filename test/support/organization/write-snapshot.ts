import type { Answer, Call, Client } from '../../../src/collect/aws/ask.js';
import { type ListOperation, operationsOf } from '../../../src/collect/aws/collector.js';
import { COLLECTORS } from '../../../src/collect/aws/collectors.js';
import { type SnapshotResult, snapshotAws } from '../../../src/snapshot.js';
import { fakeAws, fakeClock } from '../../collect/fake-aws.js';
import { type Answers, iamAnswers, organizationAnswers } from './iam-answers.js';
import { serviceAnswers } from './service-answers.js';
import { ACCOUNTS, type Account, HOME, type Json, MANAGEMENT, SNAPSHOT_AT } from './types.js';

const answers: Answers = { ...iamAnswers, ...organizationAnswers, ...serviceAnswers };

/** Operation → an answer with nothing in it. */
const nothing: ReadonlyMap<string, Answer> = new Map(
  COLLECTORS.flatMap(operationsOf).flatMap((operation) => {
    const { items = '', pages, proof } = operation as ListOperation;
    const [list = ''] = items.split('.');
    if (!items.endsWith('*') || operation.job !== undefined) return [];
    const more = pages?.more === undefined ? {} : { [pages.more]: false };
    const proven = typeof proof === 'string' && proof !== pages?.more ? { [proof]: [] } : {};
    return [[operation.call, { kind: 'answer', output: { ...proven, [list]: [], ...more } }]];
  }),
);

/** Answers as AWS does in one of the accounts: what is made up, else what is recorded of scopes, else nothing. */
function clientOf(account: Account): Client {
  const { client } = fakeAws();
  return async (call: Call): Promise<Answer> => {
    const name = `${call.client}:${call.operation}`;
    const answer = answers[name]?.(account, { ...(call.input as { [name: string]: Json }), '@region': call.region });
    if (answer === undefined) return nothing.get(name) ?? inPlace(await client(call), account, call.region);
    if (typeof answer === 'object' && answer !== null && 'error' in answer)
      return { kind: 'error', code: String(answer.error), message: String(answer.error), status: 404 };
    return { kind: 'answer', output: answer as never };
  };
}

/** What is recorded of one account and region, as it is in another. */
function inPlace(answer: Answer, account: Account, region: string): Answer {
  return JSON.parse(JSON.stringify(answer).replaceAll('123456789012', account).replaceAll(HOME, region));
}

/** Writes a snapshot of the organization into a folder, as it is collected from AWS. */
export async function writeOrganizationSnapshot(workingDirectory: string, output: string): Promise<SnapshotResult> {
  return snapshotAws({
    workingDirectory,
    output,
    regions: [],
    only: [],
    skip: [],
    access: {},
    accounts: { kind: 'organization', roleName: 'auditor' },
    isResumed: false,
    environment: { TRUELINE_SNAPSHOT_KEY: 'granary' },
    version: '9.8.7',
    clock: fakeClock(SNAPSHOT_AT),
    random: () => 0.5,
    open: async ({ roleArn }) => {
      const account = ACCOUNTS.find((id) => roleArn?.split(':')[4] === id) ?? MANAGEMENT;
      return { client: clientOf(account), homeRegion: async () => HOME, close: () => undefined };
    },
  });
}
