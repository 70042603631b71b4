import type { Finding, FindingSuppression } from '../findings/finding.js';
import type { ReportInput } from '../findings/report-input.js';
import { compareText } from '../source/compare-text.js';
import { type Diagnostic, severityOf } from '../source/diagnostic.js';
import type { SourceRange } from '../source/source-file.js';
import { type LineRange, toLineRange, toRepositoryPath } from './display-path.js';
import { maskInput } from './mask.js';
import { toRelatedPlaces } from './sarif-places.js';
import {
  SARIF_LEVELS,
  TRUNCATED_RULE,
  toOwnRule,
  toRule,
  toUnknownRule,
  UNREADABLE_RULE,
  unknownRuleId,
} from './sarif-rules.js';

/** GitHub rejects an upload with more results. */
const MAX_RESULTS = 25_000;
/** GitHub rejects 10 MB gzipped; this many bytes of JSON compress to less. */
const MAX_TEXT_LENGTH = 60_000_000;
const MAX_TITLE_LENGTH = 100;
const MAX_NAMED_INSTANCES = 3;

interface SarifResult {
  readonly ruleId: string;
  readonly [key: string]: unknown;
}

/** SARIF 2.1.0 as GitHub code scanning reads it: one run, one location a result, paths from the top of the work tree. */
export function renderSarif(input: ReportInput): string {
  const masked = maskInput(input);
  const findings = masked.findings.filter(({ outcome }) => outcome === 'fail' || outcome === 'unknown');
  const errors = masked.diagnostics.filter(({ code }) => severityOf(code) === 'error');
  const unreadable = errors.map((diagnostic) => toErrorResult(diagnostic, masked));
  const results = mergeByPlace(findings, masked).map((group) => toResult(group, masked));
  let room = Math.min(MAX_RESULTS - unreadable.length - 1, results.length);
  let text = render(masked, findings, keepWorst(results, unreadable, room));
  while (text.length > MAX_TEXT_LENGTH && room > 1) {
    room = Math.floor((room * MAX_TEXT_LENGTH * 0.9) / text.length);
    text = render(masked, findings, keepWorst(results, unreadable, room));
  }
  return text;
}

function keepWorst(results: readonly SarifResult[], unreadable: readonly SarifResult[], room: number): SarifResult[] {
  const left = results.length - room;
  const shown = [...unreadable.slice(0, MAX_RESULTS - 1), ...results.slice(0, Math.max(0, room))];
  return left <= 0 ? shown : [...shown, truncatedResult(left, shown[0])];
}

/** A result needs a place: it stands where the worst one does. */
function truncatedResult(left: number, worst: SarifResult | undefined): SarifResult {
  return {
    ruleId: TRUNCATED_RULE,
    level: 'warning',
    message: {
      text: `${left} more results did not fit into this report. Raise --min-severity, or read the JSON report.`,
    },
    locations: worst?.['locations'] ?? [toLocation('.', START)],
  };
}

const START: LineRange = { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };

function render(input: ReportInput, findings: readonly Finding[], results: readonly SarifResult[]): string {
  const { exitCode } = input.summary;
  const rules = toRules(input, findings, results);
  const order = new Map(rules.map(({ id }, index) => [id, index]));
  const run = {
    tool: {
      driver: {
        name: 'Trueline',
        semanticVersion: input.version,
        ...(input.projectUri !== undefined && { informationUri: input.projectUri }),
        rules: rules.map(({ rule }) => rule),
      },
    },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { SRCROOT: { description: { text: 'The top of the work tree.' } } },
    invocations: [
      {
        executionSuccessful: exitCode < 2,
        exitCode,
        exitCodeDescription: EXIT_DESCRIPTIONS[exitCode] ?? 'unknown',
        toolExecutionNotifications: input.diagnostics
          .filter(({ code }) => severityOf(code) !== 'info')
          .map((diagnostic) => toNotification(diagnostic, input)),
      },
    ],
    results: results.map((result) => ({ ...result, ruleIndex: order.get(result.ruleId) })),
  };
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  return `${JSON.stringify(log, null, 2)}\n`;
}

const EXIT_DESCRIPTIONS: Readonly<Record<number, string>> = {
  0: 'nothing at or above the threshold',
  1: 'findings at or above the threshold',
  2: 'wrong usage or configuration',
  3: 'the report is incomplete',
  4: 'internal error',
};

/** All policies that ran, and a rule for whatever else a result names, sorted by id. */
function toRules(input: ReportInput, findings: readonly Finding[], results: readonly SarifResult[]) {
  const undecided = new Set(findings.filter(({ outcome }) => outcome === 'unknown').map(({ policy }) => policy));
  const own = [UNREADABLE_RULE, TRUNCATED_RULE].filter((id) => results.some(({ ruleId }) => ruleId === id));
  return [
    ...input.policies.map((policy) => ({ id: policy.id, rule: toRule(policy, input) })),
    ...input.policies
      .filter(({ id }) => undecided.has(id))
      .map((policy) => ({ id: unknownRuleId(policy.id), rule: toUnknownRule(policy) })),
    ...own.map((id) => ({ id, rule: toOwnRule(id) })),
  ].sort((a, b) => compareText(a.id, b.id));
}

/** GitHub matches alerts by rule and line alone: results of one policy at one line are one result. */
function mergeByPlace(findings: readonly Finding[], input: ReportInput): Finding[][] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const { path, lines } = primaryPlace(finding, input);
    const isHidden = finding.suppression !== null;
    const key = JSON.stringify([finding.policy, finding.outcome, isHidden, path, lines.startLine]);
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()];
}

/** The line to change where it lies in the work tree, else where the finding is. */
function primaryRange({ cause, location, resourceLocation }: Finding, input: ReportInput): SourceRange | undefined {
  const ranges = [cause, location, resourceLocation].filter((range) => range !== null);
  return ranges.find(({ file }) => file.external !== true && toRepositoryPath(input, file.path) !== undefined);
}

function primaryPlace(finding: Finding, input: ReportInput): { readonly path: string; readonly lines: LineRange } {
  const range = primaryRange(finding, input);
  const path = range === undefined ? undefined : toRepositoryPath(input, range.file.path);
  // What lives in an account is shown at the folder or snapshot that was scanned.
  if (range === undefined || path === undefined) return { path: finding.resource.root, lines: START };
  return { path, lines: toLineRange(range) };
}

function toResult(group: readonly Finding[], input: ReportInput): SarifResult {
  const [first] = group;
  if (first === undefined) throw new RangeError('a group has at least one finding');
  const { path, lines } = primaryPlace(first, input);
  const isUnknown = first.outcome === 'unknown';
  const related = toRelatedPlaces(group, primaryRange(first, input), input);
  const suppressions = group.flatMap(({ suppression }) => (suppression === null ? [] : [toSuppression(suppression)]));
  return {
    ruleId: isUnknown ? unknownRuleId(first.policy) : first.policy,
    level: isUnknown ? 'note' : SARIF_LEVELS[first.severity],
    rank: isUnknown ? 0 : RANKS[first.severity],
    message: { text: messageOf(group, related.sentence) },
    locations: [toLocation(path, lines)],
    ...(related.locations.length > 0 && { relatedLocations: related.locations }),
    partialFingerprints: { 'trueline/v1': first.fingerprint },
    ...(suppressions.length > 0 && { suppressions }),
  };
}

const RANKS = { critical: 95, high: 80, medium: 55, low: 20, info: 5 } as const;

function messageOf(group: readonly Finding[], way: string): string {
  const [first] = group;
  if (first === undefined) return '';
  const sentence = escapeMessage((first.message || first.title).replace(/\s+/g, ' ').trim().replace(/\.$/, ''));
  // The first sentence is the alert's title: complete on its own, and short.
  const head =
    sentence.length < MAX_TITLE_LENGTH ? `${sentence}.` : `${escapeMessage(shortTitle(first))}. ${sentence}.`;
  const instances = group.flatMap((finding) => finding.instances);
  const named = instances.slice(0, MAX_NAMED_INSTANCES).map(({ address }) => escapeMessage(address));
  const more = instances.length - named.length;
  const list = `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  const count = instances.length > 1 ? `${instances.length} instances: ${list}.` : `Resource: ${list}.`;
  return [head, way, count].filter((part) => part !== '').join(' ');
}

function shortTitle({ title }: Finding): string {
  const flat = title.replace(/\.$/, '');
  return flat.length < MAX_TITLE_LENGTH ? flat : `${flat.slice(0, MAX_TITLE_LENGTH - 2)}…`;
}

/** In SARIF messages brackets make links, and braces placeholders. */
export function escapeMessage(text: string): string {
  return text.replace(/[\\[\]]/g, '\\$&').replace(/[{}]/g, '$&$&');
}

function toSuppression({ kind, reason }: FindingSuppression): object {
  return { kind: kind === 'inline' ? 'inSource' : 'external', ...(reason !== null && { justification: reason }) };
}

function toErrorResult(diagnostic: Diagnostic, input: ReportInput): SarifResult {
  const { path, lines } = diagnosticPlace(diagnostic, input);
  return {
    ruleId: UNREADABLE_RULE,
    level: 'warning',
    message: { text: escapeMessage(diagnostic.message) },
    locations: [toLocation(path, lines)],
  };
}

function diagnosticPlace({ range, path }: Diagnostic, input: ReportInput) {
  const file = toRepositoryPath(input, range?.file.path ?? path ?? '') ?? '.';
  return { path: file, lines: range === undefined ? START : toLineRange(range) };
}

function toNotification(diagnostic: Diagnostic, input: ReportInput): object {
  const { path, lines } = diagnosticPlace(diagnostic, input);
  return {
    descriptor: { id: diagnostic.code },
    level: severityOf(diagnostic.code) === 'error' ? 'error' : 'warning',
    message: { text: escapeMessage(diagnostic.message) },
    locations: [toLocation(path, lines)],
  };
}

/** A place by path from the top of the work tree, percent-encoded. */
export function toLocation(path: string, region: LineRange): object {
  const uri = path.split('/').map(encodeURIComponent).join('/');
  return { physicalLocation: { artifactLocation: { uri, uriBaseId: 'SRCROOT' }, region } };
}
