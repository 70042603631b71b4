import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/findings/finding.js';
import type { ReportInput } from '../../src/findings/report-input.js';
import { renderSarif } from '../../src/report/sarif.js';
import { REPORT } from './sample-report.js';

interface Region {
  startLine: number;
  startColumn: number;
  endLine: number;
  endColumn: number;
}
interface Location {
  id?: number;
  message?: { text: string };
  physicalLocation: { artifactLocation: { uri: string; uriBaseId: string }; region: Region };
}
interface Log {
  version: string;
  runs: {
    automationDetails?: unknown;
    columnKind: string;
    tool: { driver: { name: string; semanticVersion: string; rules: Rule[] } };
    invocations: {
      executionSuccessful: boolean;
      exitCode: number;
      toolExecutionNotifications: { descriptor: { id: string }; level: string }[];
    }[];
    results: Result[];
  }[];
}
interface Rule {
  id: string;
  name: string;
  shortDescription: { text: string };
  fullDescription: { text: string };
  help: { text: string; markdown: string };
  helpUri?: string;
  defaultConfiguration: { level: string };
  properties: { tags: string[]; precision: string; 'security-severity'?: string };
}
interface Result {
  ruleId: string;
  ruleIndex: number;
  level: string;
  kind?: string;
  message: { text: string };
  locations: Location[];
  relatedLocations?: Location[];
  partialFingerprints?: Record<string, string>;
}

function sarif(input: ReportInput): Log {
  return JSON.parse(renderSarif(input)) as Log;
}

function run(input: ReportInput) {
  const [first, ...others] = sarif(input).runs;
  expect(others).toEqual([]);
  return first!;
}

const full = run(REPORT);
const { rules } = full.tool.driver;
const rule = (id: string) => rules.find((candidate) => candidate.id === id)!;

/** What GitHub code scanning requires of an upload, or rejects, sentence by sentence. */
const REQUIREMENTS: readonly (readonly [string, () => unknown, unknown])[] = [
  ['the version is 2.1.0', () => sarif(REPORT).version, '2.1.0'],
  ['the tool has a name that never changes', () => full.tool.driver.name, 'Trueline'],
  ['columns are UTF-16 units', () => full.columnKind, 'utf16CodeUnits'],
  ['the category is left to the upload step', () => full.automationDetails, undefined],
  ['a clean run still has a list of results', () => run({ ...REPORT, findings: [], diagnostics: [] }).results, []],
  ['every policy that ran is a rule', () => REPORT.policies.filter(({ id }) => rule(id) === undefined), []],
  ['rules are sorted', () => rules.map(({ id }) => id), rules.map(({ id }) => id).sort()],
  ['rule ids and names are equal', () => rules.filter(({ id, name }) => id !== name), []],
  ['help texts are not empty', () => rules.filter(({ help }) => help.text === '' || help.markdown === ''), []],
  [
    'descriptions have at most 1,024 characters',
    () =>
      rules.filter(
        ({ shortDescription, fullDescription }) =>
          shortDescription.text.length > 1024 || fullDescription.text.length > 1024 || fullDescription.text === '',
      ),
    [],
  ],
  ['at most ten tags', () => rules.filter(({ properties }) => properties.tags.length > 10), []],
  [
    'security severities by level',
    () =>
      [
        'aws-security-group-ssh-not-open',
        'aws-rds-instance-not-public',
        'aws-lb-listener-tls',
        'aws-sqs-queue-encrypted',
        'aws-account-root-has-no-keys',
      ].map((id) => rule(id).properties['security-severity']),
    ['9.5', '8.0', '5.5', '2.0', undefined],
  ],
  [
    'levels by severity',
    () =>
      [
        'aws-security-group-ssh-not-open',
        'aws-rds-instance-not-public',
        'aws-lb-listener-tls',
        'aws-sqs-queue-encrypted',
        'aws-account-root-has-no-keys',
      ].map((id) => rule(id).defaultConfiguration.level),
    ['error', 'error', 'warning', 'note', 'note'],
  ],
  [
    'only what has a security severity is tagged security',
    () =>
      rules.filter(
        ({ properties }) => properties.tags.includes('security') !== (properties['security-severity'] !== undefined),
      ),
    [],
  ],
  [
    'an undecided outcome has no security severity',
    () => rule('aws-eks-cluster-endpoint-not-public.unknown').properties['security-severity'],
    undefined,
  ],
  ['and is a note', () => full.results.find(({ ruleId }) => ruleId.endsWith('.unknown'))?.level, 'note'],
  [
    'passes are not written',
    () => full.results.filter(({ ruleId, kind }) => ruleId === 'aws-sns-topic-encrypted' || kind !== undefined),
    [],
  ],
  ['rule indexes are right', () => full.results.filter(({ ruleId, ruleIndex }) => rules[ruleIndex]?.id !== ruleId), []],
  ['exactly one location a result', () => full.results.filter(({ locations }) => locations.length !== 1), []],
  [
    'all four ends of a region',
    () =>
      full.results
        .flatMap(({ locations, relatedLocations }) => [...locations, ...(relatedLocations ?? [])])
        .filter(
          ({ physicalLocation: { region } }) =>
            !(
              region.startLine >= 1 &&
              region.startColumn >= 1 &&
              region.endLine >= region.startLine &&
              (region.endLine > region.startLine || region.endColumn >= region.startColumn)
            ),
        ),
    [],
  ],
  [
    'paths from the top of the work tree',
    () =>
      [
        ...new Set(
          full.results
            .flatMap(({ locations }) => locations)
            .map(({ physicalLocation }) => physicalLocation.artifactLocation.uri),
        ),
      ].filter((uri) => /^\/|^[a-z]+:|\.\./.test(uri) || !/^(infra|snapshots)\//.test(uri)),
    [],
  ],
  ['nothing lies in .terraform', () => renderSarif(REPORT).includes('.terraform/'), false],
  [
    'our fingerprint only',
    () =>
      full.results
        .map(({ partialFingerprints }) => Object.keys(partialFingerprints ?? {}))
        .filter((keys) => keys.join() !== 'trueline/v1' && keys.length > 0),
    [],
  ],
  [
    'the first sentence is at most 100 characters',
    () => full.results.map(({ message }) => message.text.split('. ')[0] ?? '').filter((title) => title.length > 100),
    [],
  ],
  [
    'related ids are unique and linked ones exist',
    () =>
      full.results.filter(({ message, relatedLocations }) =>
        [...message.text.matchAll(/\]\((\d+)\)/g)].some(
          ([, id]) => relatedLocations?.filter((one) => one.id === Number(id)).length !== 1,
        ),
      ),
    [],
  ],
  [
    'what was not read is an alert',
    () =>
      full.results
        .filter(({ ruleId }) => ruleId === 'trueline-unreadable-input')
        .map(({ locations }) => locations[0]?.physicalLocation.artifactLocation.uri),
    ['infra/orchard/broken.tf', 'infra/orchard/secret.tf'],
  ],
  [
    'and a notification',
    () =>
      full.invocations.map(({ toolExecutionNotifications }) =>
        toolExecutionNotifications.map(({ descriptor, level }) => `${level} ${descriptor.id}`),
      ),
    [
      [
        'error hcl-unclosed-block',
        'error file-unreadable',
        'warning suppression-without-reason',
        'warning terraform-module-not-installed',
      ],
    ],
  ],
  [
    'an incomplete run was not successful',
    () => full.invocations.map(({ executionSuccessful, exitCode }) => [executionSuccessful, exitCode]),
    [[false, 3]],
  ],
  ['no facts of a resource in the rules', () => /bakery|orchard/.test(JSON.stringify(rules)), false],
];

describe('SARIF for GitHub', () => {
  it.each(REQUIREMENTS)('%s', (_, actual, expected) => {
    expect(actual()).toEqual(expected);
  });

  it('points at the line to change and links the way of the value', () => {
    const result = full.results.find(({ message }) => message.text.startsWith('Bucket crates-00'));
    expect(result?.locations[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: 'infra/orchard/terraform.tfvars', uriBaseId: 'SRCROOT' },
      region: { startLine: 1, startColumn: 17, endLine: 1, endColumn: 22 },
    });
    expect(result?.message.text).toBe(
      'Bucket crates-00 does not keep old versions of its objects. Set here, [passed here](1), [used here](2). 17 instances: module.crates\\["row-00"\\].aws_s3_bucket.this, module.crates\\["row-01"\\].aws_s3_bucket.this, module.crates\\["row-02"\\].aws_s3_bucket.this and 14 more.',
    );
  });

  it('links to the project only where it is told', () => {
    const uri = 'https://example.org/orchard';
    const linked = run({ ...REPORT, projectUri: uri }).tool.driver.rules.find(({ id }) => id === 'aws-lb-listener-tls');
    expect(linked?.helpUri).toBe('https://example.org/orchard/blob/v1.2.3/docs/policies/aws-lb-listener-tls.md');
    expect(rule('aws-lb-listener-tls').helpUri).toBeUndefined();
  });

  it('merges results of one policy at one line', () => {
    const [first, second] = REPORT.findings;
    const twin: Finding = {
      ...first!,
      message: 'Another rule',
      instances: [{ root: 'bakery', address: 'aws_security_group.mill' }],
    };
    const { results } = run({ ...REPORT, diagnostics: [], findings: [first!, twin, second!] });
    expect(results.map(({ message }) => message.text)).toEqual([
      'Security group oven lets 0.0.0.0/0 reach SSH. 2 instances: aws_security_group.oven, aws_security_group.mill.',
      'Database ledger has a public address, login baker:(sensitive). Resource: aws_db_instance.ledger.',
    ]);
  });

  it('percent-encodes paths', () => {
    const [first] = REPORT.findings;
    const path = 'bäckerei/a b#c.tf';
    const location = { ...first!.location!, file: { ...first!.location!.file, path } };
    const { results } = run({ ...REPORT, diagnostics: [], findings: [{ ...first!, location, cause: location }] });
    expect(results[0]?.locations[0]?.physicalLocation.artifactLocation.uri).toBe('infra/b%C3%A4ckerei/a%20b%23c.tf');
  });

  it('writes the worst 25,000 results and says how many were left out', () => {
    const { results, notes } = written(25_010);
    expect(results).toHaveLength(25_000);
    expect(results.at(-1)).toMatchObject({
      ruleId: 'trueline-report-truncated',
      message: { text: '11 more results did not fit into this report. Raise --min-severity, or read the JSON report.' },
    });
    expect(notes).toEqual([
      'the SARIF report holds the worst 24,999 of 25,010 results, for GitHub takes no more: raise --min-severity; --report json=FILE has all of them',
    ]);
  });

  it('counts the errors among them', () => {
    const { results, notes } = written(24_999, REPORT.diagnostics);
    expect(results).toHaveLength(25_000);
    expect(results.slice(0, 2).map(({ ruleId }) => ruleId)).toEqual(Array(2).fill('trueline-unreadable-input'));
    expect(results.at(-1)?.message.text).toMatch(/^2 more results did not fit/);
    expect(notes).toHaveLength(1);
  });

  it('writes all of 25,000 and says that 5,000 are shown', () => {
    const { results, notes } = written(25_000);
    expect([results.length, results.at(-1)?.ruleId]).toEqual([25_000, 'aws-security-group-ssh-not-open']);
    expect(notes).toEqual(['the SARIF report has 25,000 results, of which GitHub shows 5000: raise --min-severity']);
    expect(written(5_001).notes).toEqual([
      'the SARIF report has 5001 results, of which GitHub shows 5000: raise --min-severity',
    ]);
    expect(written(5_000).notes).toEqual([]);
  });

  it('writes as many of the worst as are 10 MB when they are compressed', () => {
    const bytes = createHash('sha512').update('rye').digest();
    const noise = (line: number) => {
      let text = '';
      for (let part = 0; part < 16; part++)
        text += createHash('sha512').update(bytes).update(`${line}/${part}`).digest('base64');
      return text;
    };
    const { results, notes, text } = written(12_000, [], noise);
    expect(gzipSync(text).length).toBeLessThanOrEqual(10_000_000);
    expect(gzipSync(text).length).toBeGreaterThan(8_000_000);
    expect(results.at(-1)?.message.text).toBe(
      `${12_001 - results.length} more results did not fit into this report. Raise --min-severity, or read the JSON report.`,
    );
    expect(notes).toEqual([
      `the SARIF report holds the worst ${String(results.length - 1).replace(/(?=...$)/, results.length > 10_000 ? ',' : '')} of 12,000 results, for GitHub takes no more: raise --min-severity; --report json=FILE has all of them`,
    ]);
  }, 60_000);

  it('notes at most 2,000 of what was wrong, errors first', () => {
    const warning = REPORT.diagnostics.find(({ code }) => code === 'terraform-module-not-installed')!;
    const error = REPORT.diagnostics.find(({ code }) => code === 'file-unreadable')!;
    const { invocations } = run({
      ...REPORT,
      findings: [],
      diagnostics: [...Array(2_000).fill(warning), error, error],
    });
    const noted = invocations[0]?.toolExecutionNotifications ?? [];
    expect([noted.length, noted[0]?.level, noted[1]?.level, noted[2]?.level]).toEqual([
      2_001,
      'error',
      'error',
      'warning',
    ]);
    expect(noted.at(-1)).toEqual({
      descriptor: { id: 'trueline-report-truncated' },
      level: 'warning',
      message: { text: '2 more are in the JSON report.' },
    });
  });
});

/** A report of so many findings, each on its own line. */
function written(
  count: number,
  diagnostics: ReportInput['diagnostics'] = [],
  message?: (line: number) => string,
): { readonly results: readonly Result[]; readonly notes: readonly string[]; readonly text: string } {
  const [first] = REPORT.findings;
  const file = { path: 'orchard/rows.tf', text: Array.from({ length: count }, () => 'x').join('\n') };
  const findings = Array.from({ length: count }, (_, line): Finding => {
    const range = { file, start: line * 2, end: line * 2 + 1 };
    const said = message === undefined ? first!.message : message(line);
    return { ...first!, message: said, location: range, cause: range, resourceLocation: null, also: [] };
  });
  const notes: string[] = [];
  const text = renderSarif({ ...REPORT, diagnostics, findings }, { note: (note) => notes.push(note) });
  return { results: JSON.parse(text).runs[0].results, notes, text };
}
