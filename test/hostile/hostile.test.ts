import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { type Workspace, workspace } from '../cli/workspace.js';
import { dataCases } from './cases-data.js';
import { fileCases } from './cases-files.js';
import { instanceCases } from './cases-instances.js';
import { nameCases } from './cases-names.js';
import { referenceCases } from './cases-references.js';
import { settingCases } from './cases-settings.js';
import { syntaxCases } from './cases-syntax.js';
import { valueCases } from './cases-values.js';
import { type HostileCase, writeCase } from './hostile-case.js';

const POLICY = 'aws-s3-bucket-versioning-enabled';
let here: Workspace | undefined;
afterEach(() => here?.remove());

/** What a scan of the folder says, as cases expect it, and whether the good file was judged. */
async function outcomeOf({ args = [], environment = {} }: HostileCase, { run, folder }: Workspace) {
  const only = args.includes('--policy-dir') ? [] : ['--policy', POLICY];
  const { code, out, err } = await run(['scan', '--format', 'json', ...only, ...args], { environment });
  if (code === 2) return { says: `2 ${err.split('\n')[0]?.replaceAll(folder, '')}`, found: true };
  const report: Report = JSON.parse(out);
  const wrong = report.diagnostics.filter(({ severity }) => severity !== 'info');
  const codes = [...new Set(wrong.map((one) => one.code))].sort();
  return { says: [String(code), ...codes].join(' '), found: foundIn(report, 'apples') };
}

interface Report {
  readonly findings: readonly { readonly policy: string; readonly resource: { readonly address: string } }[];
  readonly diagnostics: readonly { readonly severity: string; readonly code: string }[];
}

function foundIn({ findings }: Report, name: string): boolean {
  return findings.some(({ policy, resource }) => policy === POLICY && resource.address === `aws_s3_bucket.${name}`);
}

describe.each([
  ['syntax', syntaxCases],
  ['data', dataCases],
  ['references', referenceCases],
  ['values', valueCases],
  ['instances', instanceCases],
  ['files', fileCases],
  ['names', nameCases],
  ['settings', settingCases],
])('%s', (_, cases) => {
  test.each(cases)('$name', async (one) => {
    here = workspace();
    writeCase(here.folder, one);
    // Nothing that was read is lost, and nothing is our own mistake.
    expect(await outcomeOf(one, here)).toEqual({ says: one.expect, found: true });
  });
});

/** Of each broken file: its diagnostics, and whether what stands before and behind the fault is judged. */
test('what stands around broken text is judged', async () => {
  const folder = join(import.meta.dirname, '../../fixtures/hostile/broken');
  const outcomes: string[] = [];
  for (const name of readdirSync(folder).sort()) {
    here = workspace();
    here.write({ 'main.tf': readFileSync(join(folder, name), 'utf8') });
    const { code, out } = await here.run(['scan', '--format', 'json', '--policy', POLICY]);
    const report: Report = JSON.parse(out);
    const found = ['before', 'after'].filter((bucket) => foundIn(report, bucket));
    const codes = new Set(report.diagnostics.map((one) => one.code));
    outcomes.push(`${name}: ${code}, ${[...codes].sort().join(' ')}, ${found.join(' and ')}`);
    here.remove();
  }
  expect(outcomes).toMatchInlineSnapshot(`
    [
      "attribute-at-top.tf: 1, terraform-invalid-block, before and after",
      "backticks.tf: 3, hcl-invalid-character, before and after",
      "colon-for-equals.tf: 3, hcl-unexpected-token, before and after",
      "commas.tf: 3, hcl-missing-newline, before and after",
      "curly-quotes.tf: 3, hcl-invalid-character, before and after",
      "dotted-name.tf: 3, hcl-unexpected-token, before and after",
      "duplicate-attribute.tf: 3, hcl-duplicate-attribute, before and after",
      "extra-brace.tf: 3, hcl-unexpected-token, before and after",
      "half-conditional.tf: 3, hcl-unexpected-token, before and after",
      "half-for.tf: 3, hcl-missing-expression hcl-unexpected-token, before and after",
      "half-operator.tf: 3, hcl-missing-expression, before and after",
      "heredoc-without-name.tf: 3, hcl-missing-expression hcl-unexpected-token, before and after",
      "html.tf: 3, hcl-unexpected-token, before and after",
      "invalid-character.tf: 3, hcl-invalid-character, before and after",
      "invalid-directive.tf: 3, hcl-invalid-directive, before and after",
      "invalid-escape.tf: 3, hcl-invalid-escape, before and after",
      "invalid-number.tf: 3, hcl-invalid-number hcl-missing-newline, before and after",
      "json.tf: 3, hcl-unexpected-token, before and after",
      "label-missing.tf: 3, terraform-block-not-read, before and after",
      "label-none.tf: 3, terraform-block-not-read, before and after",
      "label-surplus.tf: 1, terraform-invalid-block, before and after",
      "label-template.tf: 3, hcl-unexpected-token, before and after",
      "lone-surrogate.tf: 3, hcl-invalid-escape, before and after",
      "merge-conflict.tf: 3, hcl-duplicate-attribute hcl-unexpected-token, before and after",
      "missing-equals.tf: 3, hcl-unexpected-token, before and after",
      "missing-expression.tf: 3, hcl-missing-expression, before and after",
      "missing-newline.tf: 3, hcl-missing-newline, before and after",
      "misspelt-block.tf: 3, terraform-block-not-read, before and after",
      "nul.tf: 3, hcl-invalid-character, before and after",
      "orphan-endif.tf: 3, hcl-invalid-directive, before and after",
      "python.tf: 3, hcl-unexpected-token terraform-block-not-read, before and after",
      "semicolons.tf: 3, hcl-invalid-character, before and after",
      "shell.tf: 3, hcl-unexpected-token, before and after",
      "single-quotes.tf: 3, hcl-invalid-character, before and after",
      "unclosed-block.tf: 3, hcl-unclosed-block, before and after",
      "unclosed-bracket.tf: 3, hcl-missing-expression, before and after",
      "unclosed-call.tf: 3, hcl-unexpected-token, before and after",
      "unclosed-interpolation.tf: 3, hcl-unclosed-template, before and after",
      "unclosed-nested-block.tf: 3, hcl-unclosed-block, before and after",
      "unterminated-comment.tf: 3, hcl-unterminated-comment, before",
      "unterminated-heredoc.tf: 3, hcl-unclosed-block hcl-unterminated-heredoc, before",
      "unterminated-string.tf: 3, hcl-unterminated-string, before and after",
    ]
  `);
});
