import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer } from '../../src/collect/aws/ask.js';
import { errorOf, type Fault } from '../collect/fake-aws.js';
import { type TakenSnapshot, takeSnapshot } from '../support/take-snapshot.js';
import { type Workspace, workspace } from './workspace.js';

let here: Workspace;

beforeAll(() => {
  here = workspace();
});

afterAll(() => here.remove());

let nth = 0;

interface Compared extends Pick<TakenSnapshot, 'only'> {
  /** What is otherwise in the account when the first is taken, and the second. */
  readonly before?: Partial<TakenSnapshot>;
  readonly after?: Partial<TakenSnapshot>;
  readonly flags?: string;
}

async function diff({ only, before, after, flags = '' }: Compared) {
  nth += 1;
  const [old, next] = [`old${nth}`, `new${nth}`];
  await takeSnapshot(here.folder, old, { only, ...before });
  await takeSnapshot(here.folder, next, { only, startsAt: Date.UTC(2026, 10, 23), ...after });
  const { code, out, err } = await here.run(`snapshot diff ${old} ${next} ${flags}`);
  return { code, err, out: out.replaceAll(old, 'old').replaceAll(next, 'new') };
}

type Output = Extract<Answer, { kind: 'answer' }>['output'];

/** Answers of some operations. */
const saying =
  (outputs: Readonly<Record<string, Output | Answer>>): Fault =>
  ({ operation }) => {
    const said = outputs[operation];
    if (said === undefined) return undefined;
    const isAnswer = typeof said === 'object' && said !== null && 'kind' in said;
    return isAnswer ? (said as Answer) : { kind: 'answer', output: said as Output };
  };

const denied = errorOf('AccessDenied', 403);

test('of the same account without a change there is no difference', async () => {
  expect(await diff({ only: ['s3', 'sqs'] })).toEqual({
    code: 0,
    err: '',
    out: `No differences.
old       old, finished at 2026-11-22T09:30:08Z, only s3, sqs
new       new, finished at 2026-11-23T00:00:08Z, only s3, sqs
`,
  });
});

describe('what changed', () => {
  test('is shown attribute by attribute, with what was added and removed', async () => {
    const before = { fault: saying({ ListQueueTags: { Tags: { team: 'orchard', owner: 'pears' } } }) };
    const after = {
      fault: saying({
        GetPublicAccessBlock: {
          PublicAccessBlockConfiguration: {
            BlockPublicAcls: true,
            BlockPublicPolicy: false,
            IgnorePublicAcls: true,
            RestrictPublicBuckets: true,
          },
        },
        ListTopics: { Topics: [] },
      }),
    };
    const only = ['s3', 'sqs', 'sns'];
    const { code, out } = await diff({ only, before, after });
    expect([code, out]).toEqual([
      1,
      `changed  aws_s3_bucket  arn:aws:s3:::apples
   ~ public_access_block.block_public_policy   true -> false
   ~ public_access_block.restrict_public_buckets   false -> true

changed  aws_s3_bucket  arn:aws:s3:::bare
   + public_access_block.block_public_acls   true
   + public_access_block.block_public_policy   false
   + public_access_block.ignore_public_acls   true
   + public_access_block.restrict_public_buckets   true

changed  aws_s3_bucket  arn:aws:s3:::old
   + public_access_block.block_public_acls   true
   + public_access_block.block_public_policy   false
   + public_access_block.ignore_public_acls   true
   + public_access_block.restrict_public_buckets   true

removed  aws_sns_topic  arn:aws:sns:eu-central-1:123456789012:harvest

removed  aws_sns_topic_subscription
    arn:aws:sns:eu-central-1:123456789012:harvest

changed  aws_sqs_queue  arn:aws:sqs:eu-central-1:123456789012:orders.fifo
   - tags.owner   "pears"

6 differences: 2 removed, 4 changed
old       old, finished at 2026-11-22T09:30:08Z, only s3, sqs, sns
new       new, finished at 2026-11-23T00:00:08Z, only s3, sqs, sns
`,
    ]);
  });

  test('is JSON with every path', async () => {
    const after = { fault: saying({ ListQueueTags: { Tags: { team: 'cider' } } }) };
    const { code, out } = await diff({ only: ['sqs'], after, flags: '--format json' });
    expect([code, JSON.parse(out)]).toEqual([
      1,
      {
        schemaVersion: 1,
        old: {
          folder: 'old',
          tool: '9.8.7',
          startedAt: '2026-11-22T09:30:00Z',
          finishedAt: '2026-11-22T09:30:00Z',
          only: ['sqs'],
          skip: [],
        },
        new: {
          folder: 'new',
          tool: '9.8.7',
          startedAt: '2026-11-23T00:00:00Z',
          finishedAt: '2026-11-23T00:00:00Z',
          only: ['sqs'],
          skip: [],
        },
        summary: { added: 0, removed: 0, changed: 1, notComparable: 0 },
        differences: [
          {
            change: 'changed',
            account: '123456789012',
            region: 'eu-central-1',
            type: 'aws_sqs_queue',
            address: 'arn:aws:sqs:eu-central-1:123456789012:orders.fifo',
            attributes: [{ path: 'tags.team', old: 'orchard', new: 'cider', secret: false }],
          },
        ],
        notComparable: [],
        damaged: [],
      },
    ]);
  });

  test('stands under its account and region where there are several', async () => {
    here.write({ 'accounts.txt': '210000000001\n210000000002\n' });
    const accountsFile = 'accounts.txt';
    const after = { accountsFile, fault: saying({ ListQueues: {} }) };
    const { out } = await diff({ only: ['sqs'], before: { accountsFile }, after });
    expect(out.slice(0, out.indexOf('2 differences'))).toBe(`210000000001  eu-central-1

removed  aws_sqs_queue  arn:aws:sqs:eu-central-1:210000000001:orders.fifo

210000000002  eu-central-1

removed  aws_sqs_queue  arn:aws:sqs:eu-central-1:210000000002:orders.fifo

`);
  });
});

describe('what cannot be compared', () => {
  test('is said with what is missing, and is no difference', async () => {
    const after = { fault: saying({ GetBucketLogging: denied, ListQueues: denied }) };
    expect(await diff({ only: ['s3', 'sqs'], after })).toEqual({
      code: 3,
      err: '',
      out: `NOT COMPARABLE: 5 parts
  not known in the new one: permission-denied  s3:GetBucketLogging
    arn:aws:s3:::apples  logging
    arn:aws:s3:::bare  logging
    arn:aws:s3:::old  logging
  not known in the new one: permission-denied  sqs:ListQueues
    aws_sqs_queue of 123456789012, eu-central-1
    aws_sqs_queue_policy of 123456789012, eu-central-1

No differences. Not all could be compared.
old       old, finished at 2026-11-22T09:30:08Z, only s3, sqs
new       new, finished at 2026-11-23T00:00:08Z, only s3, sqs
`,
    });
  });

  test('is what only one of them asked for', async () => {
    const { code, out } = await diff({ only: ['sqs'], after: { only: ['sqs', 'sns'] } });
    expect([code, out.slice(0, out.indexOf('old  '))]).toEqual([
      3,
      `NOT COMPARABLE: 2 parts
  not known in the old one: not-collected  sns:ListTopics
    arn:aws:sns:eu-central-1:123456789012:harvest

No differences. Not all could be compared.
`,
    ]);
  });

  test('is an account that only one of them has', async () => {
    here.write({ 'one.txt': '210000000001\n', 'two.txt': '210000000001\n210000000002\n' });
    const { code, out } = await diff({
      only: ['sqs'],
      before: { accountsFile: 'one.txt' },
      after: { accountsFile: 'two.txt' },
    });
    expect([code, out.slice(0, out.indexOf('old  '))]).toEqual([
      3,
      `NOT COMPARABLE: 1 part
  not known in the old one: the account is in one of them only
    210000000002

No differences. Not all could be compared.
`,
    ]);
  });
});

describe('a secret', () => {
  const press = (variables: Readonly<Record<string, string>>): Partial<TakenSnapshot> => ({
    fault: saying({
      ListFunctions: {
        Functions: [
          {
            FunctionName: 'press',
            FunctionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:press',
            Environment: { Variables: variables },
          },
        ],
      },
    }),
  });
  const head = `changed  aws_lambda_function
    arn:aws:lambda:eu-central-1:123456789012:function:press
`;

  test('that is another one has changed, and is not shown', async () => {
    const before = press({ TOKEN: 's3cr3t-of-the-press', MODE: 'fast', OLD: 'long since gone' });
    const after = press({ TOKEN: 's3cr3t-of-the-mills', MODE: 'slow', STEP: 'longer' });
    const { code, out } = await diff({ only: ['lambda'], before, after });
    expect([code, out.slice(0, out.indexOf('old  '))]).toEqual([
      1,
      `${head}   ~ environment.variables.OLD   secret changed
   ~ environment.variables.STEP   secret changed
   ~ environment.variables.TOKEN   secret changed

1 difference: 1 changed
unsure    1 secret of few characters, kept without a hash
`,
    ]);
  });

  test('may have changed where its hash was made with another key', async () => {
    const before = { ...press({ TOKEN: 's3cr3t-of-the-press' }), key: 'another orchard' };
    const { code, out } = await diff({ only: ['lambda'], before, after: press({ TOKEN: 's3cr3t-of-the-press' }) });
    expect([code, out.slice(0, out.indexOf('old  '))]).toEqual([
      3,
      `NOT COMPARABLE: 1 part
  the secret may have changed: its hash was made with another key
    arn:aws:lambda:eu-central-1:123456789012:function:press  environment.variables.TOKEN

No differences. Not all could be compared.
`,
    ]);
  });
});

test('what was changed by hand is not to be relied on', async () => {
  await takeSnapshot(here.folder, 'whole', { only: ['sqs'] });
  await takeSnapshot(here.folder, 'torn', { only: ['sqs'] });
  here.write({ 'torn/resources/123456789012/eu-central-1.ndjson': '' });
  const { code, out } = await here.run('snapshot diff whole torn');
  expect(code).toBe(3);
  expect(out).toContain('damaged   "torn/resources/123456789012/eu-central-1.ndjson" is not as it was');
  expect(out).not.toContain('removed');
});

test.each([
  ['snapshot diff', '"snapshot diff" needs the folders of two snapshots: trueline snapshot diff OLD NEW.'],
  ['snapshot diff gone gone', '"gone" does not exist.'],
  ['snapshot diff empty empty', 'The snapshot "empty" is unfinished: finish it with --resume.'],
  ['snapshot diff empty/note.txt empty', '"empty/note.txt" is not the folder of a snapshot.'],
])('%s', async (line, message) => {
  here.write({ 'empty/note.txt': 'apples' });
  expect(await here.run(line)).toEqual({ code: 2, out: '', err: `error: ${message}\n` });
});
