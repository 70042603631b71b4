import type { Finding } from '../findings/finding.js';
import type { ReportInput } from '../findings/report-input.js';
import type { Severity } from '../findings/severity.js';
import { type Diagnostic, severityOf } from '../source/diagnostic.js';
import type { SourceRange } from '../source/source-file.js';
import { toLineRange, toRepositoryPath } from './display-path.js';
import { maskInput } from './mask.js';
import { clean } from './terminal-text.js';

type Command = 'error' | 'warning' | 'notice';

const COMMANDS: Readonly<Record<Severity, Command>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'notice',
  info: 'notice',
};

/** GitHub shows this many of each kind a step. */
const MAX_SHOWN = 10;

/** Workflow commands that annotate the lines of a pull request: the worst first, ten of each kind. */
export function renderGithub(input: ReportInput): string {
  const masked = maskInput(input);
  const errors = masked.diagnostics.filter(({ code }) => severityOf(code) === 'error');
  const annotations = [
    ...errors.map((diagnostic) => ({ command: 'error' as Command, text: ofDiagnostic(diagnostic, masked) })),
    ...masked.findings
      .filter(({ outcome, suppression }) => suppression === null && (outcome === 'fail' || outcome === 'unknown'))
      .map((finding) => ofFinding(finding, masked)),
  ];
  const counts: Record<Command, number> = { error: 0, warning: 0, notice: 0 };
  // One notice is kept for the sentence that says how many are not shown.
  const shown = annotations.filter(
    ({ command }) => ++counts[command] <= (command === 'notice' ? MAX_SHOWN - 1 : MAX_SHOWN),
  );
  const hidden = annotations.length - shown.length;
  const more =
    hidden === 0 ? [] : [`::notice title=trueline::${hidden} more: see the log or the other reports of this run`];
  return [...shown.map(({ text }) => text), ...more].map((line) => `${line}\n`).join('');
}

function ofFinding(finding: Finding, input: ReportInput): { readonly command: Command; readonly text: string } {
  const { outcome, severity, cause, location, policy, message, title, resource, instances, remediation } = finding;
  const command = outcome === 'unknown' ? 'notice' : COMMANDS[severity];
  const more = instances.length > 1 ? ` and ${instances.length - 1} more` : '';
  const state = outcome === 'unknown' ? 'not known: ' : '';
  const text = `${state}${message || title} [${resource.address}${more}]\n${remediation}`;
  return { command, text: annotate(command, cause ?? location, { title: `${severity}: ${policy}`, text }, input) };
}

function ofDiagnostic({ code, message, range, path }: Diagnostic, input: ReportInput): string {
  if (range !== undefined) return annotate('error', range, { title: code, text: message }, input);
  const file = toRepositoryPath(input, path ?? '');
  const at = file === undefined ? '' : `file=${escapeProperty(file)},`;
  return `::error ${at}title=${escapeProperty(code)}::${escapeData(message)}`;
}

function annotate(
  command: Command,
  range: SourceRange | null,
  { title, text }: { readonly title: string; readonly text: string },
  input: ReportInput,
): string {
  const file = range === null || range.file.external === true ? undefined : toRepositoryPath(input, range.file.path);
  const end = `title=${escapeProperty(title)}::${escapeData(text)}`;
  if (range === null || file === undefined) return `::${command} ${end}`;
  const { startLine, startColumn, endLine, endColumn } = toLineRange(range);
  // Columns are only allowed where both ends are on one line.
  const columns = startLine === endLine ? `,col=${startColumn},endColumn=${endColumn}` : '';
  return `::${command} file=${escapeProperty(file)},line=${startLine},endLine=${endLine}${columns},${end}`;
}

/**
 * The runner's own escapes: a line break would end the command, and what follows could be another one. The log that it
 * is written to is a terminal as well.
 */
export function escapeData(text: string): string {
  return clean(text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A'));
}

export function escapeProperty(text: string): string {
  return escapeData(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
