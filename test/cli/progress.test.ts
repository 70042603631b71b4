import { afterEach, beforeEach, expect, test } from 'vitest';
import { bucket, VERSIONING, type Workspace, workspace } from './workspace.js';

let here: Workspace;

beforeEach(() => {
  here = workspace(Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [`${name}/main.tf`, 'locals {}\n'])));
});

afterEach(() => here.remove());

const ERASE = '\r\u001b[K';
const INCOMPLETE = 'trueline: 1 file or folder was not read, or not whole; the report is incomplete\n';

/** A terminal whose clock goes on by so many milliseconds each time that it is looked at. */
const terminal = (stepMs: number, environment: Readonly<Record<string, string>> = {}) => {
  let time = 40;
  return {
    isErrorTerminal: true,
    environment,
    now: () => {
      time += stepMs;
      return time;
    },
  };
};

test('a long scan says on a terminal how many roots are evaluated, in one line that is erased at the end', async () => {
  expect(await here.run(VERSIONING, terminal(300))).toEqual({
    code: 0,
    out: '',
    err: `${ERASE}evaluating 1/4 roots${ERASE}evaluating 2/4 roots${ERASE}evaluating 3/4 roots${ERASE}`,
  });
});

test('it is drawn at most ten times a second', async () => {
  here.write(Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`e${index}/main.tf`, 'locals {}\n'])));
  const { err } = await here.run(VERSIONING, terminal(40));
  expect(err.split(ERASE).slice(1)).toEqual([
    ...[12, 15, 18, 21, 24, 27, 30, 33].map((done) => `evaluating ${done}/34 roots`),
    '',
  ]);
});

test.each([
  ['a scan of less than half a second', VERSIONING, terminal(100)],
  ['--quiet', `${VERSIONING} --quiet`, terminal(300)],
  ['CI', VERSIONING, terminal(300, { CI: 'true' })],
  ['a dumb terminal', VERSIONING, terminal(300, { TERM: 'dumb' })],
  ['no terminal', VERSIONING, { ...terminal(300), isErrorTerminal: false }],
])('%s shows none', async (_, line, given) => {
  expect(await here.run(line, given)).toEqual({ code: 0, out: '', err: '' });
});

test('listings show it too', async () => {
  for (const line of ['resources', 'inputs'])
    expect((await here.run(line, terminal(600))).err.startsWith(`${ERASE}evaluating 0/4 roots`)).toBe(true);
});

test('it is erased before an error, and before the remark that ends an incomplete scan', async () => {
  const wrong = await here.run(`${VERSIONING} --var lost=1`, terminal(300, { NO_COLOR: '1' }));
  expect(wrong).toEqual({
    code: 2,
    out: '',
    err: `${ERASE}evaluating 1/4 roots${ERASE}evaluating 2/4 roots${ERASE}evaluating 3/4 roots${ERASE}error: No root module declares the variable "lost".\n`,
  });
  here.write({ 'd/main.tf': 'locals {\n' });
  const { code, err } = await here.run(VERSIONING, terminal(600));
  expect([code, err.slice(err.lastIndexOf(ERASE))]).toEqual([3, `${ERASE}${INCOMPLETE}`]);
});

test('the last line on standard error says that a report is incomplete, after every remark and with --quiet', async () => {
  here.write({ 'd/main.tf': bucket('pears').slice(0, -2), 'notes.txt': 'none' });
  const line = `${VERSIONING} a b c d notes.txt --no-baseline`;
  expect((await here.run(line)).err).toBe(`trueline: "notes.txt": not an input, not read\n${INCOMPLETE}`);
  expect((await here.run(`${line} --quiet --allow-incomplete`)).err).toBe(INCOMPLETE);
});

test('listings say that they are incomplete, and name what was not read', async () => {
  here.write({ 'd/main.tf': 'locals {\n' });
  const causes = INCOMPLETE.replace('\n', ':\n  d/main.tf:1: The block "locals" is not closed by "}".\n');
  expect(await here.run('resources d')).toEqual({ code: 3, out: 'No resources.\n', err: causes });
  expect(await here.run('inputs d')).toEqual({
    code: 3,
    out: `d   terraform module, 1 file, 1 module

not read
  d/main.tf  not read as a whole: The block "locals" is not closed by "}".

1 root, 1 file; 1 not read
`,
    err: INCOMPLETE,
  });
});
