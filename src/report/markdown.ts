import type { Finding } from '../findings/finding.js';
import type { ReportInput } from '../findings/report-input.js';
import { SEVERITIES } from '../findings/severity.js';
import { severityOf } from '../source/diagnostic.js';
import { toLineRange, toRepositoryPath } from './display-path.js';
import { maskInput } from './mask.js';
import { clean, count } from './terminal-text.js';

/** A pull request comment may have 65,536 characters. */
const MAX_LENGTH = 60_000;
const MAX_ROWS = 20;
/** A section is shown whole or not at all, so it may not be endless. */
const MAX_LISTED = 50;

/** A comment for a pull request: counts, the worst as a table, the rest folded by policy. */
export function renderMarkdown(input: ReportInput): string {
  const masked = maskInput(input);
  const failing = masked.findings.filter(isFailing);
  const others = masked.findings.filter((finding) => !isFailing(finding));
  const head = [countLine(masked), ...incompleteLines(masked), ...table(failing.slice(0, MAX_ROWS), masked)].join('\n');
  const sections = [...byPolicy(failing.slice(MAX_ROWS), masked), ...byState(others, masked)];
  const foot = `\n<sub>trueline ${escapeMarkdown(masked.version)}</sub>\n`;
  let text = `${head}\n`;
  for (const [index, section] of sections.entries()) {
    const next = `\n${section.text}\n`;
    if (text.length + next.length + foot.length + 200 > MAX_LENGTH) {
      const left = sections.slice(index).reduce((sum, { findings }) => sum + findings, 0);
      text += `\n${left} more; the full list is in the JSON report.\n`;
      break;
    }
    text += next;
  }
  return text.slice(0, MAX_LENGTH - foot.length) + foot;
}

function isFailing({ outcome, suppression }: Finding): boolean {
  return outcome === 'fail' && suppression === null;
}

function countLine({ summary }: ReportInput): string {
  const levels = SEVERITIES.filter((severity) => summary.severities[severity] > 0);
  const total = levels.reduce((sum, severity) => sum + summary.severities[severity], 0);
  const judged = `${count(summary.resources, 'resource')} by ${count(summary.policies, 'policy', 'policies')}`;
  const hidden = [
    summary.outcomes.unknown > 0 ? `${summary.outcomes.unknown} not known` : '',
    summary.outcomes.suppressed > 0 ? `${summary.outcomes.suppressed} suppressed or accepted` : '',
  ].filter((text) => text !== '');
  const rest = [judged, ...hidden].join(', ');
  if (total === 0) return `**No findings.** ${rest}`;
  const counts = levels.map((severity) => `${summary.severities[severity]} ${severity}`).join(', ');
  return `**${count(total, 'finding')}: ${counts}.** ${rest}`;
}

function incompleteLines(input: ReportInput): string[] {
  if (!input.summary.incomplete) return [];
  const errors = input.diagnostics.filter(({ code }) => severityOf(code) === 'error');
  const shown = errors.slice(0, 5).map(({ message, range, path }) => {
    const file = range?.file.path ?? path;
    const line = range === undefined ? '' : `:${toLineRange(range).startLine}`;
    const place = file === undefined ? '' : ` (${escapeMarkdown((toRepositoryPath(input, file) ?? file) + line)})`;
    return `> - ${escapeMarkdown(message)}${place}`;
  });
  const more = errors.length > shown.length ? [`> - and ${errors.length - shown.length} more`] : [];
  return [
    '',
    '> **The report is incomplete:** something was not read.',
    ...(shown.length > 0 ? ['>'] : []),
    ...shown,
    ...more,
  ];
}

function table(findings: readonly Finding[], input: ReportInput): string[] {
  if (findings.length === 0) return [];
  const rows = findings.map((finding) => {
    const place = placeOf(finding, input);
    return `| ${finding.severity} | ${titleOf(finding)} | ${place} |`;
  });
  return ['', '| Severity | Finding | Place |', '| --- | --- | --- |', ...rows];
}

function titleOf({ message, title, instances, policy }: Finding): string {
  const more = instances.length > 1 ? ` (${instances.length} instances)` : '';
  return `${escapeMarkdown(message || title)}${more}<br><sub>${escapeMarkdown(policy)}</sub>`;
}

/** The line to change, which is the one in the pull request, and the resource. */
function placeOf({ cause, location, resource }: Finding, input: ReportInput): string {
  const range = cause ?? location;
  const address = escapeMarkdown(resource.address);
  if (range === null) return address;
  const path = toRepositoryPath(input, range.file.path) ?? range.file.path;
  return `${escapeMarkdown(`${path}:${toLineRange(range).startLine}`)}<br>${address}`;
}

interface Section {
  readonly text: string;
  readonly findings: number;
}

function byPolicy(findings: readonly Finding[], input: ReportInput): Section[] {
  return sections(findings, ({ policy, severity, title }) => ({ key: policy, title: `${severity}: ${title}` }), input);
}

function byState(findings: readonly Finding[], input: ReportInput): Section[] {
  return sections(
    findings,
    ({ outcome, suppression }) => {
      const state = suppression === null ? outcome : 'suppressed';
      return { key: state, title: state };
    },
    input,
  );
}

function sections(
  findings: readonly Finding[],
  group: (finding: Finding) => { readonly key: string; readonly title: string },
  input: ReportInput,
): Section[] {
  const groups = new Map<string, { title: string; findings: Finding[] }>();
  for (const finding of findings) {
    const { key, title } = group(finding);
    const known = groups.get(key) ?? { title, findings: [] };
    known.findings.push(finding);
    groups.set(key, known);
  }
  return [...groups.values()].map(({ title, findings: own }) => ({
    findings: own.length,
    text: [
      `<details><summary>${escapeMarkdown(title)} (${own.length})</summary>`,
      '',
      ...own
        .slice(0, MAX_LISTED)
        .map(
          (finding) =>
            `- ${placeOf(finding, input).replace('<br>', ' ')}: ${escapeMarkdown(finding.message || finding.title)}`,
        ),
      ...(own.length > MAX_LISTED ? [`- and ${own.length - MAX_LISTED} more`] : []),
      '',
      '</details>',
    ].join('\n'),
  }));
}

/** Text that stays text: no table cell, tag, mention, link or code. */
export function escapeMarkdown(text: string): string {
  return clean(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*_[\]|#~]/g, '\\$&')
    .replace(/@/g, '&#64;');
}
