import { describe, expect, it, test } from 'vitest';
import type { Finding } from '../../src/findings/finding.js';
import type { ReportInput } from '../../src/findings/report-input.js';
import { renderCompact } from '../../src/report/compact.js';
import { toDisplayPath, toRepositoryPath } from '../../src/report/display-path.js';
import { renderExcerpt } from '../../src/report/excerpt.js';
import { escapeData, escapeProperty, renderGithub } from '../../src/report/github.js';
import { renderGitlab } from '../../src/report/gitlab.js';
import { escapeXml, renderJunit } from '../../src/report/junit.js';
import { escapeMarkdown, renderMarkdown } from '../../src/report/markdown.js';
import { maskInput, toMask } from '../../src/report/mask.js';
import { clean, justify, toStyle, widthOf, wrap } from '../../src/report/terminal-text.js';
import { renderText } from '../../src/report/text.js';
import { describeUnknowns } from '../../src/report/unknown-text.js';
import { at, file, REPORT } from './sample-report.js';

const [first] = REPORT.findings;
const many = (length: number, details: (index: number) => Partial<Finding> = () => ({})): ReportInput => ({
  ...REPORT,
  diagnostics: [],
  findings: Array.from({ length }, (_, index) => ({ ...first!, ...details(index) })),
});

describe('a default that is not certain', () => {
  it.each([
    [null, 'the default of "encrypted" depends on the account'],
    ['encrypted', 'the default of "encrypted" depends on the account'],
    ['snapshot_id', 'the default of "encrypted" depends on "snapshot_id"'],
    ['the account decides', 'the default of "encrypted" is not certain: the account decides'],
  ])('for %s says what it depends on', (subject, expected) => {
    const unknowns = [{ path: 'encrypted', reason: 'default-not-certain' as const, subject }];
    expect(describeUnknowns({ ...first!, unknowns })).toEqual([expected]);
  });
});

test('what only a live account tells is named as that', () => {
  const unknowns = [{ path: 'mfa_active', reason: 'only-live' as const, subject: 'only a live account tells it' }];
  expect(describeUnknowns({ ...first!, unknowns })).toEqual(['attribute "mfa_active" is known of live resources only']);
});

describe('places', () => {
  it.each([
    ['', '.', 'envs/prod/main.tf', 'envs/prod/main.tf'],
    ['.', '.', 'envs/prod/main.tf', 'envs/prod/main.tf'],
    ['envs/prod', '../..', 'envs/prod/main.tf', 'main.tf'],
    ['envs/prod', '../..', 'modules/db/main.tf', '../../modules/db/main.tf'],
    ['..', 'bakery', 'envs/main.tf', 'bakery/envs/main.tf'],
    ['../mill', '../bakery', 'main.tf', '../bakery/main.tf'],
  ])('seen from "%s" (project at "%s") %s is %s', (workingDirectory, projectRoot, path, expected) => {
    expect(toDisplayPath({ workingDirectory, projectRoot, repositoryRoot: '' }, path)).toBe(expected);
  });

  it('are undefined outside the work tree', () => {
    const folders = { workingDirectory: '', projectRoot: '.', repositoryRoot: 'infra' };
    expect(['main.tf', '../main.tf', '../../main.tf'].map((path) => toRepositoryPath(folders, path))).toEqual([
      'infra/main.tf',
      'main.tf',
      undefined,
    ]);
  });
});

describe('text in a terminal', () => {
  it('counts columns and cleans what could paint', () => {
    expect([widthOf('Ofen'), widthOf('面包'), widthOf('e\u0301'), widthOf('🍞')]).toEqual([4, 4, 1, 2]);
    expect(clean('a\u001b[31mb\u202ec\r\n  d\te')).toBe('a\ufffd[31mb\ufffdc d    e');
  });

  it('wraps at blanks and never cuts a word', () => {
    expect(wrap('sourdough needs time andalongwordthatdoesnotfit', '   = ', 20)).toEqual([
      '   = sourdough needs',
      '     time',
      '     andalongwordthatdoesnotfit',
    ]);
    expect(justify('rye', 'wheat', 10)).toBe('rye  wheat');
    expect(justify('rye', 'wheat', 9)).toBeUndefined();
  });

  it('cuts a long line around the mark, with wide signs and tabs counted', () => {
    const long = file('a.tf', `${'面'.repeat(50)}\tkey = "value" ${'z'.repeat(100)}`);
    const options = {
      style: toStyle({ width: 40 }),
      mask: toMask(undefined),
      paint: (text: string) => text,
      caption: 'is it',
    };
    const lines = renderExcerpt(at(long, '"value"'), options);
    expect(lines.map(widthOf)).toEqual([4, 40, 39]);
    expect(lines[1]?.startsWith(' 1 | …面')).toBe(true);
    expect(lines[2]?.indexOf('^')).toBe(widthOf(lines[1]?.slice(0, lines[1].indexOf('"value"')) ?? ''));
  });

  it('masks secrets in source lines, also where the mark begins inside one', () => {
    const source = file('a.tf', 'login = "baker:sourdough-4711" # note\n');
    const options = {
      style: toStyle({}),
      mask: toMask({ texts: ['sourdough-4711'], ranges: [] }),
      paint: (text: string) => text,
      caption: '',
    };
    expect(renderExcerpt(at(source, '"baker:sourdough-4711"'), options)).toEqual([
      '   |',
      ' 1 | login = "baker:(sensitive)" # note',
      '   |         ^^^^^^^^^^^^^^^^^^^',
    ]);
    expect(renderExcerpt(at(source, 'dough-4711'), options)[1]).toBe(' 1 | (sensitive)');
  });

  it('masks every line of a secret, and its form in quotes, but nothing short', () => {
    const mask = toMask({ texts: ['line one\nline two', 'say "rye bread"', 'rye'], ranges: [] });
    expect(mask.text('line two; say \\"rye bread\\"; rye')).toBe('(sensitive); (sensitive); rye');
  });

  it('masks values, not what the source names or a policy says', () => {
    const address = 'module.ovens["ovens-4711"].aws_db_instance.ovens-4711';
    const finding: Finding = {
      ...first!,
      title: 'Never ovens-4711',
      remediation: 'Remove ovens-4711.',
      message: `${address} has ovens-4711`,
      resource: { ...first!.resource, root: 'envs/ovens-4711', address, arn: 'arn:ovens-4711' },
      via: [{ kind: 'argument', name: 'module.ovens["ovens-4711"]', range: first!.location!, external: false }],
      unknowns: [
        { path: 'name', reason: 'variable-without-value', subject: 'var.ovens-4711' },
        { path: 'file', reason: 'file-outside-root', subject: '../ovens-4711' },
      ],
      suppression: { kind: 'inline', reason: 'environment of ovens-4711', until: null, owner: null, location: null },
    };
    const secrets = { texts: ['ovens-4711', 'environment'], ranges: [] };
    const shown = 'module.ovens["(sensitive)"].aws_db_instance.ovens-4711';
    expect(maskInput({ ...REPORT, findings: [finding], diagnostics: [], secrets }).findings).toEqual([
      {
        ...finding,
        message: `${shown} has (sensitive)`,
        resource: { ...finding.resource, address: shown, arn: 'arn:(sensitive)' },
        via: [{ ...finding.via[0], name: 'module.ovens["(sensitive)"]' }],
        unknowns: [finding.unknowns[0], { ...finding.unknowns[1], subject: '../(sensitive)' }],
        suppression: { ...finding.suppression, reason: '(sensitive) of (sensitive)' },
      },
    ]);
  });

  it('names the fix command only where there is one', () => {
    expect(renderText(REPORT, {})).not.toContain('trueline fix');
    expect(renderText(REPORT, { canFix: true })).toContain(
      '   = fix: Make the database not publicly accessible. ("trueline fix" does it)',
    );
  });

  it('never looks complete when it is not', () => {
    const text = renderText(
      {
        ...REPORT,
        findings: [],
        summary: { ...REPORT.summary, severities: { critical: 0, high: 0, medium: 0, low: 0, info: 0 } },
      },
      {},
    );
    expect(text).toContain('No findings.    6 suppressed, 34 in the baseline (2 stale)');
    expect(text).toContain('exit 3    2 files were not read, or not whole (--allow-incomplete accepts that)');
  });
});

describe('compact', () => {
  it('prints path:line:col: severity policy: message [address]', () => {
    expect(renderCompact(many(1))).toBe(
      'bakery/shop.tf:12:23: critical aws-security-group-ssh-not-open: Security group oven lets 0.0.0.0/0 reach SSH [aws_security_group.oven]\n',
    );
  });
});

describe('escaping', () => {
  it('keeps XML 1.0 well-formed', () => {
    expect(escapeXml('<a b="c">&\u0000\u001b\ud800x\u{1f35e}\n')).toBe(
      '&lt;a b=&quot;c&quot;&gt;&amp;\ufffd\ufffd\ufffdx\u{1f35e}\n',
    );
  });

  it('keeps Markdown text', () => {
    expect(escapeMarkdown('@baker | <b> `x` [y](z) a_b & \n#1')).toBe(
      '&#64;baker \\| &lt;b&gt; \\`x\\` \\[y\\](z) a\\_b &amp; \\#1',
    );
  });

  it('keeps a workflow command one command', () => {
    expect(escapeData('50%\r\n::error::x')).toBe('50%25%0D%0A::error::x');
    expect(escapeProperty('a:b,c\n')).toBe('a%3Ab%2Cc%0A');
    expect(escapeData('\u001b[31mrye\u202e')).toBe('\ufffd[31mrye\ufffd');
    const lines = renderGithub(many(1, () => ({ message: 'x\n::error::forged' })))
      .trimEnd()
      .split('\n');
    expect(lines).toEqual([
      '::error file=infra/bakery/shop.tf,line=12,endLine=12,col=23,endColumn=34,title=critical%3A aws-security-group-ssh-not-open::x%0A::error::forged [aws_security_group.oven]%0AChange the attribute.',
    ]);
  });
});

describe('limits', () => {
  it('GitHub shows ten annotations of a kind: the rest is one notice', () => {
    const lines = renderGithub(many(25)).trimEnd().split('\n');
    expect(lines).toHaveLength(11);
    expect(lines.at(-1)).toBe('::notice title=trueline::15 more: see the log or the other reports of this run');
  });

  it('GitLab keeps one entry a fingerprint', () => {
    const entries = JSON.parse(renderGitlab(many(3))) as { fingerprint: string }[];
    expect(new Set(entries.map(({ fingerprint }) => fingerprint)).size).toBe(3);
    expect(entries[0]?.fingerprint).toBe('v1:111111111111111111111111');
  });

  it('JUnit names are unique', () => {
    const names = [...renderJunit(many(3)).matchAll(/<testcase classname="aws-security[^"]*" name="([^"]*)"/g)].map(
      ([, name]) => name,
    );
    expect(names).toEqual([
      'bakery: aws_security_group.oven ingress[0]',
      'bakery: aws_security_group.oven ingress[0] (2)',
      'bakery: aws_security_group.oven ingress[0] (3)',
    ]);
  });

  it('a comment stays below 65,536 characters and says what it left out', () => {
    const text = renderMarkdown(
      many(3_000, (index) => ({ policy: `aws-policy-${index % 40}`, message: 'm'.repeat(60) })),
    );
    expect(text.length).toBeLessThan(60_001);
    expect(text).toMatch(/\n\d+ more; the full list is in the JSON report\.\n/);
    expect(text.endsWith('<sub>trueline 1.2.3</sub>\n')).toBe(true);
    expect((text.match(/<details>/g) ?? []).length).toBe((text.match(/<\/details>/g) ?? []).length);
  });
});
