import { expect, test } from 'vitest';
import { sizingExit } from '../src/access-exit.js';
import type { RightSizing } from '../src/findings/right-sizing.js';

const KEPT: Pick<RightSizing, 'policies' | 'refusal'> = { policies: [], refusal: null };

function unseen(reason: RightSizing['unseen'][number]['reason'], ...actions: readonly string[]) {
  return { reason, actions };
}

test.each([
  ['nothing is kept', [], { exitCode: 0, note: undefined }],
  ['what leaves no event is kept', [unseen('never-an-event', 'iam:PassRole')], { exitCode: 0, note: undefined }],
  [
    'what a trail could have recorded is kept',
    [unseen('never-an-event', 'iam:PassRole'), unseen('data-event-not-recorded', 's3:GetObject', 's3:PutObject')],
    { exitCode: 3, note: 'what is too much is not known: of 2 actions logs do not show whether they are used' },
  ],
] as const)('where nothing is too much, and %s', (_, kept, expected) => {
  expect(sizingExit({ ...KEPT, unseen: kept } as unknown as RightSizing)).toEqual(expected);
});
