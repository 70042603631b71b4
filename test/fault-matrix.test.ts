import { expect, test } from 'vitest';
import { type CellOutcome, faultCells, judgeWhole, openFaultMatrix } from './support/fault-matrix.js';

/** The part of the matrix that is quick; `npm run bench snapshot` judges all of it. */
const PARTS = 8;

test('whatever fails, nothing passes that did not, and no failure is gone without a word', async () => {
  const judge = await openFaultMatrix();
  const cells = faultCells().filter((_, index) => index % PARTS === 0);
  const wrong: Record<string, Partial<CellOutcome>> = {};
  let undecided = 0;
  for (const cell of cells) {
    const { unknown, wrongPasses, gone, wrongFails } = await judge(cell);
    undecided += unknown;
    if (wrongPasses.length + gone.length + wrongFails.length > 0)
      wrong[`${cell.operation} ${cell.fault}`] = { wrongPasses, gone, wrongFails };
  }
  expect(wrong).toEqual({});
  expect(undecided).toBeGreaterThan(0);
});

test('where nothing fails every policy judges what it is for', async () => {
  const unseen = (await judgeWhole()).filter(({ message }) => message.endsWith('was not seen'));
  expect(unseen.map(({ policy, message }) => `${policy}: ${message}`)).toEqual([]);
});
