import { INCLUDABLE } from '../../config.js';
import { isDay } from '../../configuration-reader.js';
import { isSeverity, type Severity } from '../../findings/severity.js';
import { UsageError } from '../../project.js';
import { REPORT_FORMATS, type ReportFormat, reportParts } from '../../report/index.js';
import { type ScanOptions, type ScanResult, scan as scanProject } from '../../scan.js';
import { suggest } from '../../source/suggest.js';
import { toUnusedDays, UNUSED_FLAGS, USAGE_FLAGS } from '../access-flags.js';
import type { Arguments } from '../arguments.js';
import type { Command } from '../command.js';
import { INPUT_FLAGS, OUTPUT_FLAGS, POLICY_FLAGS, PROJECT_FLAGS, SEVERITY_CHOICES } from '../flags.js';
import { withProgress } from '../progress.js';
import { hasUsage, readUsage } from '../read-usage.js';
import { toReadingOptions } from '../reading-options.js';
import { type Terminal, toTextOptions } from '../terminal.js';

export const scan: Command = {
  name: 'scan',
  usage: 'scan [PATH]...',
  summary: 'Judge infrastructure as code',
  details: `Exit codes: 0 nothing found, 1 findings, 2 wrong usage or configuration (nothing was
scanned), 3 something was not read: the report is incomplete, 4 an internal error.`,
  isListed: true,
  flags: {
    format: { kind: 'value', argument: 'FORMAT', short: 'f', description: 'What is printed', choices: REPORT_FORMATS },
    report: { kind: 'values', argument: 'FORMAT=FILE', description: 'Write a further report; repeatable' },
    ...INPUT_FLAGS,
    ...POLICY_FLAGS,
    'min-severity': {
      kind: 'value',
      argument: 'LEVEL',
      description: 'The lowest that is shown and counts',
      choices: SEVERITY_CHOICES,
    },
    'fail-on': {
      kind: 'value',
      argument: 'LEVEL',
      description: 'The lowest that makes the exit code 1 (default low)',
      choices: [...SEVERITY_CHOICES, 'none'],
    },
    'fail-on-unknown': {
      kind: 'value',
      argument: 'LEVEL',
      description: 'Undecided outcomes of this severity count as findings',
      choices: SEVERITY_CHOICES,
    },
    strict: { kind: 'switch', description: 'Warnings make the report incomplete too' },
    'allow-incomplete': { kind: 'switch', description: 'An incomplete report does not change the exit code' },
    include: { kind: 'values', argument: 'OUTCOME', description: 'List these as well', choices: INCLUDABLE },
    baseline: {
      kind: 'value',
      argument: 'FILE',
      description: 'Findings accepted before (default .trueline/baseline.json)',
    },
    'write-baseline': { kind: 'switch', description: "Accept today's findings" },
    'no-baseline': { kind: 'switch', description: 'Use no baseline' },
    since: {
      kind: 'value',
      argument: 'REF',
      description: 'Only what the work tree has and the merge base with REF has not',
    },
    'no-inline-suppressions': { kind: 'switch', description: 'Show what comments in the code hide' },
    'as-of': { kind: 'value', argument: 'DATE', description: 'Judge as on this day (default today, UTC)' },
    ...USAGE_FLAGS,
    ...UNUSED_FLAGS,
    ...PROJECT_FLAGS,
    ...OUTPUT_FLAGS,
  },
  run: async (args, terminal) => {
    const reports = args.list('report').map(parseReport);
    const format = toFormat(args.value('format') ?? 'text');
    const unusedDays = toUnusedDays(args.value('unused-days'), hasUsage(args));
    const usage = await readUsage(args, terminal);
    const result = withProgress(args, terminal, (progress) =>
      scanProject({ ...toScanOptions(args, terminal), usage, unusedDays, progress }),
    );
    const notes = [...result.notes, ...sinceNotes(args, [format, ...reports.map((report) => report.format)])];
    const note = (text: string) => notes.push(text);
    for (const { format: kind, file } of reports)
      terminal.writeFile(file, inPieces(render(kind, result, { width: 100, color: false, unicode: true, note })));
    if (result.baseline !== undefined) terminal.writeFile(result.baseline.file, result.baseline.text);
    const isQuiet = args.has('quiet');
    const settings = toTextOptions(args.value('color'), terminal);
    for (const piece of inPieces(render(format, result, { ...settings, quiet: isQuiet, note }))) terminal.write(piece);
    if (!isQuiet) for (const text of new Set(notes)) terminal.writeError(`trueline: ${text}\n`);
    if (result.incompleteNote !== undefined) terminal.writeError(`trueline: ${result.incompleteNote}\n`);
    return result.exitCode;
  },
};

/** GitHub closes as fixed what an upload for a branch lacks. */
function sinceNotes(args: Arguments, formats: readonly ReportFormat[]): string[] {
  if (args.value('since') === undefined || !formats.includes('sarif')) return [];
  return [
    'this SARIF report has only what is new: never upload it for the default branch, where GitHub would close every alert that it lacks',
  ];
}

interface RenderSettings {
  readonly width: number;
  readonly color: boolean;
  readonly unicode: boolean;
  readonly quiet?: boolean;
  readonly note: (text: string) => void;
}

function render(format: ReportFormat, result: ScanResult, settings: RenderSettings): Iterable<string> {
  return reportParts(format, result.report, settings);
}

const PIECE_LENGTH = 1 << 18;

/** The parts in texts of some size, for each is written by a call of its own. */
function* inPieces(parts: Iterable<string>): Iterable<string> {
  let piece = '';
  for (const part of parts) {
    piece += part;
    if (piece.length < PIECE_LENGTH) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}

function toScanOptions(args: Arguments, terminal: Terminal): ScanOptions {
  return {
    ...toReadingOptions(args, terminal),
    policies: args.list('policy'),
    skipPolicies: args.list('skip-policy'),
    policyDirs: args.list('policy-dir'),
    frameworks: args.list('framework'),
    policySets: args.list('set'),
    minSeverity: toSeverity(args.value('min-severity')),
    failOn: args.value('fail-on') === 'none' ? 'none' : toSeverity(args.value('fail-on')),
    failOnUnknown: toSeverity(args.value('fail-on-unknown')),
    strict: args.has('strict') || undefined,
    allowIncomplete: args.has('allow-incomplete') || undefined,
    include: INCLUDABLE.filter((outcome) => args.list('include').includes(outcome)),
    baseline: args.value('baseline'),
    writeBaseline: args.has('write-baseline'),
    noBaseline: args.has('no-baseline'),
    since: args.value('since'),
    inlineSuppressions: !args.has('no-inline-suppressions'),
    asOf: toDate(args.value('as-of')) ?? terminal.today,
    version: TRUELINE_VERSION,
  };
}

function parseReport(text: string): { readonly format: ReportFormat; readonly file: string } {
  const equals = text.indexOf('=');
  if (equals < 1 || equals === text.length - 1)
    throw new UsageError(`"--report ${text}" is not of the form FORMAT=FILE.`);
  return { format: toFormat(text.slice(0, equals)), file: text.slice(equals + 1) };
}

function toFormat(text: string): ReportFormat {
  const format = REPORT_FORMATS.find((candidate) => candidate === text);
  if (format === undefined)
    throw new UsageError(`"${text}" is not a format: ${REPORT_FORMATS.join(', ')}.${suggest(text, REPORT_FORMATS)}`);
  return format;
}

function toSeverity(text: string | undefined): Severity | undefined {
  return text !== undefined && isSeverity(text) ? text : undefined;
}

function toDate(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  if (!isDay(text)) throw new UsageError(`"--as-of ${text}" is not a date such as 2027-01-31.`);
  return text;
}
