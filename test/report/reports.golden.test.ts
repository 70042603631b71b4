import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import type { ReportInput } from '../../src/findings/report-input.js';
import {
  FINDINGS_SCHEMA,
  REPORT_FORMATS,
  type ReportFormat,
  renderReport,
  type TextOptions,
} from '../../src/report/index.js';
import { REPORT } from './sample-report.js';

const FOLDER = 'fixtures/report';
const validate = new Ajv2020({ allErrors: true }).compile({ ...FINDINGS_SCHEMA });

const CLEAN: ReportInput = {
  ...REPORT,
  findings: [],
  diagnostics: [],
  summary: {
    ...REPORT.summary,
    files: 12,
    unreadableFiles: 0,
    resources: 31,
    resourcesWithoutTable: 0,
    typesWithoutTable: [],
    exitCode: 0,
    incomplete: false,
    outcomes: { pass: 70, fail: 0, unknown: 0, skip: 3, suppressed: 0 },
    severities: { critical: 0, high: 0, medium: 0, low: 0, info: 0 },
    unknownReasons: new Map(),
    waitingFor: [],
    baseline: { matched: 0, stale: 0 },
    notInstantiated: 0,
    notRead: [],
  },
};

const CASES: readonly {
  readonly name: string;
  readonly format: ReportFormat;
  readonly input: ReportInput;
  readonly options?: TextOptions;
}[] = [
  { name: 'full-80.txt', format: 'text', input: REPORT, options: { width: 80, canFix: true } },
  { name: 'full-140.txt', format: 'text', input: REPORT, options: { width: 140, canFix: true } },
  { name: 'full-80-color.txt', format: 'text', input: REPORT, options: { width: 80, color: true } },
  { name: 'full-80-ascii.txt', format: 'text', input: REPORT, options: { width: 80, unicode: false } },
  { name: 'full-80-quiet.txt', format: 'text', input: REPORT, options: { width: 80, quiet: true } },
  { name: 'clean-80.txt', format: 'text', input: CLEAN, options: { width: 80 } },
  ...REPORT_FORMATS.filter((format) => format !== 'text').flatMap((format) => [
    { name: `full.${format}`, format, input: REPORT },
    { name: `clean.${format}`, format, input: CLEAN },
  ]),
];

describe('reports', () => {
  it.each(CASES)('$name is as its golden', ({ name, format, input, options }) => {
    const text = renderReport(format, input, options ?? {});
    const path = `${FOLDER}/${name}`;
    if (process.env['UPDATE'] === '1') {
      mkdirSync(FOLDER, { recursive: true });
      writeFileSync(path, text);
    }
    expect(existsSync(path), `${path} is missing: UPDATE=1 writes it`).toBe(true);
    expect(text).toBe(readFileSync(path, 'utf8'));
    expect(renderReport(format, input, options ?? {})).toBe(text);
    if (format === 'json') {
      validate(JSON.parse(text));
      expect(validate.errors ?? []).toEqual([]);
    }
  });

  it('notices a field that the schema does not have', () => {
    const report = JSON.parse(renderReport('json', REPORT, {}));
    expect(validate({ ...report, extra: 1 })).toBe(false);
    report.findings[0].location.startLine = 0;
    expect(validate(report)).toBe(false);
  });

  it.each(REPORT_FORMATS)('shows no secret in %s', (format) => {
    const text = renderReport(format, REPORT, { width: 140 });
    expect(text).not.toContain('sourdough-4711');
    if (format !== 'sarif') expect(text).not.toContain('\u0007'.repeat(2));
    expect(text).toContain('(sensitive)');
  });

  it.each(REPORT_FORMATS)('lets no control character through in %s', (format) => {
    // Line breaks alone, which are two signs in a table; a BEL in a message could paint in a terminal.
    const text = renderReport(format, REPORT, {}).replaceAll('\r\n', '\n');
    expect(/[\u0000-\u0008\u000b-\u001f\u007f]/.test(text)).toBe(false);
  });

  it('keeps every line of prose within the width, places excepted', () => {
    for (const width of [60, 80, 100]) {
      const lines = renderReport('text', REPORT, { width }).split('\n');
      const isPlace = (line: string) => /^( {2}--> |not read| {2}start with| {2}most often)/.test(line);
      const long = lines.filter((line) => [...line].length > width && !isPlace(line));
      expect(long.filter((line) => line.trim().includes(' '))).toEqual([]);
    }
  });
});
