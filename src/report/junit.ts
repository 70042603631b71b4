import type { Finding } from '../findings/finding.js';
import type { ReportInput } from '../findings/report-input.js';
import { severityOf } from '../source/diagnostic.js';
import { toLineRange, toPlace, toRepositoryPath } from './display-path.js';
import { type BlockContext, renderFindingBlock } from './finding-text.js';
import { maskInput, toMask } from './mask.js';
import { toStyle } from './terminal-text.js';

interface TestCase {
  readonly classname: string;
  readonly name: string;
  readonly place?: { readonly file: string; readonly line: number } | undefined;
  /** `failure`, `error` or `skipped`; absent: passed. */
  readonly outcome?: {
    readonly element: 'failure' | 'error' | 'skipped';
    readonly type?: string;
    readonly message: string;
    readonly text: string;
  };
}

/** JUnit XML: a test case a finding, one for each policy without findings, an error for each input not read. */
export function renderJunit(input: ReportInput): string {
  const masked = maskInput(input);
  const context = { input: masked, style: toStyle({ width: 100 }), mask: toMask(input.secrets), why: undefined };
  const cases = uniqueNames([
    ...masked.findings.map((finding) => toTestCase(finding, context)),
    ...passingPolicies(masked),
    ...inputErrors(masked),
  ]);
  const number = (element: string) => cases.filter(({ outcome }) => outcome?.element === element).length;
  const counts = `tests="${cases.length}" failures="${number('failure')}" errors="${number('error')}" skipped="${number('skipped')}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="trueline" ${counts}>`,
    `  <testsuite name="trueline" ${counts}>`,
    ...cases.map(renderCase),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function toTestCase(finding: Finding, context: BlockContext): TestCase {
  const { input } = context;
  const { policy, resource, element, outcome, suppression, severity, title, message, location } = finding;
  const name = `${resource.root}: ${resource.address}${element === null ? '' : ` ${element}`}`;
  const path = location === null ? undefined : (toRepositoryPath(input, location.file.path) ?? location.file.path);
  const place =
    location === null || path === undefined ? undefined : { file: path, line: toLineRange(location).startLine };
  const base = { classname: policy, name, place };
  if (outcome === 'pass' && suppression === null) return base;
  const text = renderFindingBlock(finding, context).join('\n');
  if (outcome === 'fail' && suppression === null) {
    return { ...base, outcome: { element: 'failure', type: severity, message: message || title, text } };
  }
  const state =
    suppression === null ? outcome : `suppressed${suppression.reason === null ? '' : `: ${suppression.reason}`}`;
  return { ...base, outcome: { element: 'skipped', message: `${state}: ${message || title}`, text } };
}

function passingPolicies({ policies, findings }: ReportInput): TestCase[] {
  const found = new Set(findings.map(({ policy }) => policy));
  return policies.filter(({ id }) => !found.has(id)).map(({ id, title }) => ({ classname: id, name: title }));
}

function inputErrors(input: ReportInput): TestCase[] {
  return input.diagnostics
    .filter(({ code }) => severityOf(code) === 'error')
    .map(({ code, message, range, path }) => {
      const file = range?.file.path ?? path;
      const text = range === undefined ? message : `${toPlace(input, range)}: ${message}`;
      return {
        classname: 'trueline.input',
        name: file ?? code,
        place:
          file === undefined
            ? undefined
            : {
                file: toRepositoryPath(input, file) ?? file,
                line: range === undefined ? 1 : toLineRange(range).startLine,
              },
        outcome: { element: 'error', type: code, message, text },
      };
    });
}

/** GitLab drops cases of equal names: the second and later ones are numbered. */
function uniqueNames(cases: readonly TestCase[]): TestCase[] {
  const counts = new Map<string, number>();
  return cases.map((testCase) => {
    const key = `${testCase.classname}\0${testCase.name}`;
    const number = (counts.get(key) ?? 0) + 1;
    counts.set(key, number);
    return number === 1 ? testCase : { ...testCase, name: `${testCase.name} (${number})` };
  });
}

function renderCase({ classname, name, place, outcome }: TestCase): string {
  const at = place === undefined ? '' : ` file="${escapeXml(place.file)}" line="${place.line}"`;
  const start = `    <testcase classname="${escapeXml(classname)}" name="${escapeXml(name)}"${at}`;
  if (outcome === undefined) return `${start}/>`;
  const { element, type, message, text } = outcome;
  const attributes = `${type === undefined ? '' : ` type="${escapeXml(type)}"`} message="${escapeXml(message)}"`;
  return `${start}>\n      <${element}${attributes}>${escapeXml(text)}</${element}>\n    </testcase>`;
}

/** Escapes for XML 1.0, which forbids most control characters and lone surrogates even as references. */
export function escapeXml(text: string): string {
  return text
    .replace(
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
      '\ufffd',
    )
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}
