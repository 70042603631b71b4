/**
 * Asks `terraform console` again for every expression of fixtures/evaluate/function-answers.json, and writes its answers
 * there: `npx tsx scripts/measure-functions.ts`. To measure one more expression, add `{ "e": "…" }` and run it.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

interface Answer {
  /** The expression. */
  e: string;
  r?: 'known' | 'unknown' | 'error';
  /** The value as JSON, absent where it has none. */
  v?: string;
  /** The type as `type()` prints it, without white space. */
  t?: string;
  /** What is said of the error, after the function's or the parameter's name. */
  message?: string;
}

interface Fixture {
  about: string;
  /** Path → contents in base64. */
  files: Record<string, string>;
  answers: Answer[];
}

const path = new URL('../fixtures/evaluate/function-answers.json', import.meta.url);
const fixture: Fixture = JSON.parse(readFileSync(path, 'utf8'));
const program = 'terraform';
const folder = mkdtempSync(join(tmpdir(), 'trueline-functions-'));

function run(args: readonly string[], input: string) {
  const env = { ...process.env, CHECKPOINT_DISABLE: '1' };
  return spawnSync(program, args, { cwd: folder, encoding: 'utf8', input, env });
}

/** The lines of a diagnostic without their frame, as one line. */
function messageOf(stderr: string): string {
  const lines = stderr.split('\n').map((line) => line.replace(/^[│╷╵]? ?/, '').trim());
  const start = lines.findIndex((line) => line.startsWith('Error: '));
  const text = lines.slice(start).join(' ').replace(/\s+/g, ' ').trim();
  return text
    .replace(/^.*?(?:Call to function "[^"]*" failed: |Invalid value for "[^"]*" parameter: )/, '')
    .replace(/\.$/, '');
}

function ask(expression: string): { output: string; message?: string } {
  const plain = (text: string) => text.replace(/\x1b\[[0-9;]*m/g, '');
  const { status, stdout, stderr } = run(['console'], `${expression}\n`);
  return status === 0 ? { output: plain(stdout).trim() } : { output: '', message: messageOf(plain(stderr)) };
}

function measure(e: string): Answer {
  const { output, message } = ask(e);
  if (message !== undefined) return { e, r: 'error', message };
  const type = ask(`type(${e})`).output.replace(/\s+/g, '');
  const t = type === '' ? {} : { t: type };
  if (output === '(known after apply)') return { e, r: 'unknown', ...t };
  const json = ask(`jsonencode(${e})`);
  if (json.output === '(known after apply)' || json.output.startsWith('(sensitive')) return { e, r: 'unknown', ...t };
  return json.message === undefined ? { e, r: 'known', v: unquote(json.output), ...t } : { e, r: 'known', ...t };
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** The text of a string as the console prints it: in quotes, for JSON has no line ends. */
function unquote(output: string): string {
  return output
    .slice(1, -1)
    .replaceAll('$${', '${')
    .replaceAll('%%{', '%{')
    .replace(/\\(?:U([0-9a-f]{8})|u([0-9a-f]{4})|(.))/gi, (_, long?: string, short?: string, one?: string) => {
      if (one !== undefined) return ESCAPES[one] ?? one;
      return String.fromCodePoint(Number.parseInt(long ?? short ?? '', 16));
    });
}

try {
  for (const [name, contents] of Object.entries(fixture.files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), Buffer.from(contents, 'base64'));
  }
  run(['init', '-no-color', '-input=false'], '');
  const answers = fixture.answers.map(({ e }) => measure(e));
  const lines = answers.map((answer) => `  ${JSON.stringify(answer)}`).join(',\n');
  const head = JSON.stringify({ about: fixture.about, files: fixture.files }, undefined, 1).replace(/\n\}$/, '');
  writeFileSync(path, `${head},\n "answers": [\n${lines}\n ]\n}\n`);
  console.log(`${answers.length} expressions measured`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
