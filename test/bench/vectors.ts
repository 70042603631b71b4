import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratchFolder } from './measure.js';

/** What is held to recorded answers, and the tests that hold it; each has its table of deviations with their reasons. */
const ORACLES: Readonly<Record<string, string>> = {
  'test/evaluate/vectors.test.ts': "Terraform's expressions, functions and conversions",
  'test/syntax/data/vectors.test.ts': 'YAML as CloudFormation and kubectl read it',
  'test/evaluate/cloudformation-vectors.test.ts': 'values of CloudFormation',
  'test/evaluate/cloudformation/sam-vectors.test.ts': 'templates of SAM, translated',
  'test/evaluate/cloudformation/sam-translations.test.ts': 'further templates of SAM',
  'test/evaluate/kubernetes-defaults.test.ts': 'manifests with defaults',
  'test/policy/kubernetes-policies.test.ts': 'pods with the controls they fail, decided cases',
  'test/policy/vectors.test.ts': 'expressions of policies',
  'test/same-graph.test.ts': 'one graph from every language',
  'test/evaluate/cloudformation-agreement.test.ts': "random templates beside CloudFormation's validator",
  'test/evaluate/cloudformation-soundness.test.ts': 'random templates, every assignment of their parameters',
};

const TEMPLATES = '20000';

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

/** Runs the tests that hold the product to recorded answers, and counts: one line each, then what the random ones say. */
export function run(): string[] {
  const folder = scratchFolder('vectors');
  const file = join(folder, 'report.json');
  const root = join(import.meta.dirname, '../..');
  const args = [
    'run',
    ...Object.keys(ORACLES),
    '--testTimeout=600000',
    '--reporter=default',
    '--reporter=json',
    `--outputFile=${file}`,
  ];
  const printed = runTests(join(root, 'node_modules/vitest/vitest.mjs'), args, root);
  const { testResults }: Report = JSON.parse(readFileSync(file, 'utf8'));
  const lines = Object.entries(ORACLES).map(([path, name]) => {
    const { assertionResults = [] } = testResults.find((result) => result.name.endsWith(path)) ?? {};
    const passed = assertionResults.filter(({ status }) => status === 'passed').length;
    return `${name.padEnd(60)} ${passed} of ${assertionResults.length}`;
  });
  return [...lines, ...printed.filter((line) => /^\d+ (values agree|templates:)/.test(line))];
}

/** A test that fails is counted like any other. */
function runTests(vitest: string, args: readonly string[], root: string): readonly string[] {
  const options = { cwd: root, encoding: 'utf8', env: { ...process.env, TEMPLATES, NO_COLOR: '1' } } as const;
  try {
    return execFileSync(process.execPath, [vitest, ...args], options).split('\n');
  } catch (error) {
    return String((error as { stdout?: string }).stdout ?? '').split('\n');
  }
}
