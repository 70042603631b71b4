import type { Finding } from '../findings/finding.js';
import type { ReportInput } from '../findings/report-input.js';
import { type Diagnostic, severityOf } from '../source/diagnostic.js';
import { toDisplayPath, toPlace } from './display-path.js';
import { maskInput } from './mask.js';

const COLUMNS = [
  'account',
  'region',
  'arn',
  'resource',
  'policy',
  'severity',
  'outcome',
  'place',
  'message',
  'reason',
  'instances',
] as const;

type Row = Readonly<Record<(typeof COLUMNS)[number], string>>;

/**
 * A table for spreadsheets (RFC 4180), one line a finding: what fails, what is not known (`not-judged` where it could not be
 * seen), what else was included, and what was not read.
 */
export function renderCsv(input: ReportInput): string {
  const listed = new Set(input.findings);
  const undecided = (input.undecided ?? []).filter((finding) => !listed.has(finding));
  const masked = maskInput({ ...input, findings: [...input.findings, ...undecided], undecided: [] });
  const rows = [
    ...masked.findings.map((finding) => toRow(finding, masked)),
    ...masked.diagnostics
      .filter(({ code }) => severityOf(code) === 'error')
      .map((diagnostic) => toErrorRow(diagnostic, masked)),
  ];
  const lines = [COLUMNS.join(','), ...rows.map((row) => COLUMNS.map((name) => toCell(row[name])).join(','))];
  return lines.map((line) => `${line}\r\n`).join('');
}

function toRow(finding: Finding, input: ReportInput): Row {
  const { resource, policy, severity, location, message, title, instances } = finding;
  return {
    account: resource.account ?? '',
    region: resource.region ?? '',
    arn: resource.arn ?? '',
    resource: resource.address,
    policy,
    severity,
    outcome: outcomeOf(finding),
    place: location === null ? resource.root : toPlace(input, location),
    message: message || title,
    reason: reasonOf(finding),
    instances: String(Math.max(1, instances.length)),
  };
}

function outcomeOf({ outcome, suppression, unknowns }: Finding): string {
  if (suppression !== null) return 'suppressed';
  const isUnseen = unknowns.some(({ reason }) => reason === 'permission-denied' || reason === 'not-collected');
  return outcome === 'unknown' && isUnseen ? 'not-judged' : outcome;
}

function reasonOf({ outcome, suppression, unknowns }: Finding): string {
  if (suppression !== null) return suppression.reason ?? suppression.kind;
  if (outcome !== 'unknown') return '';
  const reasons = unknowns.map(({ reason, subject }) => (subject === null ? reason : `${reason} ${subject}`));
  return [...new Set(reasons)].join('; ');
}

function toErrorRow({ code, message, range, path }: Diagnostic, input: ReportInput): Row {
  const place = range === undefined ? toDisplayPath(input, path ?? '') : toPlace(input, range);
  const nothing = { account: '', region: '', arn: '', resource: '', severity: '', reason: '', instances: '' };
  return { ...nothing, policy: code, outcome: 'error', place, message };
}

/** SAFETY: a spreadsheet takes what begins like this for a formula, and what it says comes from the scanned account. */
const FORMULA = /^[=+\-@\t\n]/;

/** What could paint in a terminal; a cell may have lines. */
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

function toCell(raw: string): string {
  const text = raw.replace(/\r\n?/g, '\n').replace(CONTROL, '\ufffd');
  const plain = FORMULA.test(text) ? `'${text}` : text;
  return /[",\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
