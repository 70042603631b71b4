import type { Finding } from '../findings/finding.js';
import type { ReportInput, Summary } from '../findings/report-input.js';
import { SEVERITIES } from '../findings/severity.js';
import { compareText } from '../source/compare-text.js';
import { type Diagnostic, type DiagnosticCode, severityOf } from '../source/diagnostic.js';
import { toDisplayPath, toLinePlace } from './display-path.js';
import { clean, count, padTo, type Style, toCount, wrap } from './terminal-text.js';

const LABEL_WIDTH = 10;
const MAX_NAMES = 3;
const MAX_MISSING = 8;

/** What was found, then what was read, judged, not known and not read. Never only silence. */
export function renderSummary(input: ReportInput, style: Style): string[][] {
  return [[...notJudgedLines(input, style), ...countLines(input, style)], summaryLines(input, style)];
}

/** What was not seen comes before what was found: a short list must not look like a good one. */
function notJudgedLines({ summary: { notJudged, policies } }: ReportInput, style: Style): string[] {
  if (notJudged === undefined) return [];
  const { missing } = notJudged;
  const more = missing.length > MAX_MISSING ? ` and ${missing.length - MAX_MISSING} more` : '';
  const list = missing.length === 0 ? '' : ` (missing: ${missing.slice(0, MAX_MISSING).map(clean).join(', ')}${more})`;
  const text = `NOT JUDGED: ${toCount(notJudged.policies)} of ${count(policies, 'policy', 'policies')}${list}`;
  return wrap(text, '', style.proseWidth, 2);
}

function countLines(input: ReportInput, style: Style): string[] {
  const { summary } = input;
  const failing = SEVERITIES.map((severity) => ({ severity, number: summary.severities[severity] })).filter(
    ({ number }) => number > 0,
  );
  const total = failing.reduce((sum, { number }) => sum + number, 0);
  const hidden = hiddenText(summary);
  if (total === 0) return [`No findings.${hidden === '' ? '' : `    ${hidden}`}`];
  const levels = failing.map(({ severity, number }) => style.severity(severity, `${number} ${severity}`)).join(', ');
  const plain = failing.map(({ severity, number }) => `${number} ${severity}`).join(', ');
  const head = `${count(total, 'finding')}: ${levels}`;
  const isOneLine = `${count(total, 'finding')}: ${plain}    ${hidden}`.length <= style.width;
  const counts = hidden === '' ? [head] : isOneLine ? [`${head}    ${hidden}`] : [head, `  ${hidden}`];
  return [...counts, ...hintLines(input)];
}

function hiddenText({ outcomes, baseline }: Summary): string {
  const suppressed = outcomes.suppressed - baseline.matched;
  const stale = baseline.stale > 0 ? ` (${baseline.stale} stale)` : '';
  return [
    suppressed > 0 ? `${toCount(suppressed)} suppressed` : '',
    baseline.matched > 0 || baseline.stale > 0 ? `${toCount(baseline.matched)} in the baseline${stale}` : '',
  ]
    .filter((text) => text !== '')
    .join(', ');
}

function hintLines(input: ReportInput): string[] {
  const failing = input.findings.filter(({ outcome, suppression }) => outcome === 'fail' && suppression === null);
  const [first] = failing;
  if (first === undefined || failing.length < 2) return [];
  const most = mostOften(failing);
  return [
    `  start with  ${placeOf(first, input)}  ${clean(first.policy)}`,
    ...(most === undefined ? [] : [`  most often  ${most}`]),
  ];
}

function placeOf({ location, resource }: Finding, input: ReportInput): string {
  if (location === null) return clean(resource.address);
  return clean(toLinePlace(input, location));
}

function mostOften(findings: readonly Finding[]): string | undefined {
  const byPolicy = new Map<string, { instances: number; places: number }>();
  for (const { policy, instances } of findings) {
    const known = byPolicy.get(policy) ?? { instances: 0, places: 0 };
    byPolicy.set(policy, { instances: known.instances + instances.length, places: known.places + 1 });
  }
  const sorted = [...byPolicy].sort(([x, a], [y, b]) => b.instances - a.instances || compareText(x, y));
  const [policy, most] = sorted[0] ?? [];
  if (policy === undefined || most === undefined || most.instances < 2) return undefined;
  return `${clean(policy)} (${count(most.instances, 'instance')}, ${count(most.places, 'place')})`;
}

function summaryLines(input: ReportInput, style: Style): string[] {
  const { summary } = input;
  const lines: string[] = [];
  const add = (label: string, text: string) =>
    lines.push(...wrap(text, padTo(label, LABEL_WIDTH), style.proseWidth, LABEL_WIDTH));
  add('read', readText(input));
  add('judged', judgedText(summary));
  for (const [index, text] of unknownTexts(summary).entries()) add(index === 0 ? 'unknown' : '', text);
  for (const { kind, count: number, remedy } of summary.notRead) {
    const text = `${toCount(number)} ${clean(kind)}${remedy === null ? '' : `: ${clean(remedy)}`}`;
    // A command is printed to be copied: it does not wrap.
    lines.push(`${padTo('not read', LABEL_WIDTH)}${text}`);
  }
  const warnings = diagnosticText(input, 'warning');
  if (warnings !== '') add('warnings', warnings);
  const notes = diagnosticText(input, 'info');
  if (notes !== '') add('notes', notes);
  add(`exit ${summary.exitCode}`, exitText(input));
  return lines;
}

function readText(input: ReportInput): string {
  const { files, unreadableFiles, roots } = input.summary;
  const read =
    unreadableFiles > 0 ? `${toCount(files)} of ${count(files + unreadableFiles, 'file')}` : count(files, 'file');
  const unread = unreadPaths(input);
  const names = unread.slice(0, MAX_NAMES).join(', ');
  const more = unread.length > MAX_NAMES ? ` and ${unread.length - MAX_NAMES} more` : '';
  return `${read} in ${count(roots, 'root')}${names === '' ? '' : `; not read, or not whole: ${names}${more}`}`;
}

/** The files and folders at which an error stands. */
function unreadPaths(input: ReportInput): string[] {
  const paths = input.diagnostics
    .filter(({ code }) => severityOf(code) === 'error')
    .flatMap(({ path, range }) => range?.file.path ?? path ?? []);
  return [...new Set(paths)].sort(compareText).map((path) => clean(toDisplayPath(input, path)));
}

function judgedText({
  resources,
  policies,
  resourcesWithoutTable,
  typesWithoutTable,
  notInstantiated,
}: Summary): string {
  const judged = `${count(resources - resourcesWithoutTable, 'resource')} by ${count(policies, 'policy', 'policies')}`;
  const types = count(typesWithoutTable.length, 'type');
  const without = resourcesWithoutTable > 0 ? `; ${toCount(resourcesWithoutTable)} more (${types}) no table` : '';
  const absent = notInstantiated > 0 ? `; ${count(notInstantiated, 'module')} without an instance` : '';
  return judged + without + absent;
}

function unknownTexts(summary: Summary): string[] {
  const { unknown } = summary.outcomes;
  if (unknown === 0) return ['0'];
  const reasons = [...summary.unknownReasons].map(([reason, number]) => `${toCount(number)} ${reason}`).join(', ');
  const remote = new Map<string, number>();
  const waiting = new Map<string, string[]>();
  for (const { root, subject, reason, count: number } of summary.waitingFor) {
    if (reason === 'remote-module') remote.set(root, (remote.get(root) ?? 0) + number);
    if (reason !== 'variable-without-value') continue;
    waiting.set(root, [...(waiting.get(root) ?? []), `${clean(subject)} (${number})`]);
  }
  const waits = [...waiting].slice(0, MAX_NAMES).map(([root, subjects]) => {
    const more = subjects.length > MAX_NAMES ? ` and ${subjects.length - MAX_NAMES} more` : '';
    return `${clean(root)} waits for ${subjects.slice(0, MAX_NAMES).join(', ')}${more}`;
  });
  const inits = [...remote]
    .slice(0, MAX_NAMES)
    .map(([root, number]) => `"terraform init" in ${clean(root)} would settle ${number}`);
  return [`${toCount(unknown)}: ${reasons}`, ...waits, [...inits, 'list: --include unknown'].join('; ')];
}

/** What the lines "not read" say already. */
const SAID_ABOVE: ReadonlySet<DiagnosticCode> = new Set(['kind-not-read', 'not-rendered']);

function diagnosticText(input: ReportInput, level: 'warning' | 'info'): string {
  const byCode = new Map<DiagnosticCode, Diagnostic[]>();
  for (const diagnostic of input.diagnostics) {
    if (severityOf(diagnostic.code) !== level) continue;
    const others = byCode.get(diagnostic.code);
    if (others === undefined) byCode.set(diagnostic.code, [diagnostic]);
    else others.push(diagnostic);
  }
  if (byCode.size === 0) return '';
  const total = [...byCode.values()].reduce((sum, { length }) => sum + length, 0);
  const sorted = [...byCode].sort(([x, a], [y, b]) => b.length - a.length || compareText(x, y));
  const texts = sorted.map(([code, own]) => {
    const place = level === 'info' || SAID_ABOVE.has(code) ? '' : firstPlace(own, input);
    return `${toCount(own.length)} ${code}${place === '' ? '' : ` (${own.length > 1 ? 'first ' : ''}${place})`}`;
  });
  return `${toCount(total)}: ${texts.join(', ')}`;
}

function firstPlace([first]: readonly Diagnostic[], input: ReportInput): string {
  if (first === undefined) return '';
  const { range, path } = first;
  if (range !== undefined) return clean(toLinePlace(input, range));
  return path === undefined ? '' : clean(toDisplayPath(input, path));
}

function exitText(input: ReportInput): string {
  const { exitCode, incomplete } = input.summary;
  if (exitCode === 3) {
    const number = unreadPaths(input).length;
    const files = `${count(number, 'file')} ${number === 1 ? 'was' : 'were'} not read, or not whole`;
    return `${number > 0 ? files : 'the report is incomplete'} (--allow-incomplete accepts that)`;
  }
  const accepted = incomplete ? '; the report is incomplete, which was accepted' : '';
  if (exitCode === 1) return `findings at or above the threshold (--fail-on)${accepted}`;
  if (exitCode === 0) return `nothing at or above the threshold (--fail-on)${accepted}`;
  return 'nothing was judged';
}
