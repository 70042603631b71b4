import { gzipSync } from 'node:zlib';
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
import { type TextOptions, toCount } from './terminal-text.js';

/** GitHub rejects an upload with more results. */
const MAX_RESULTS = 25_000;
/** GitHub shows no more of one upload. */
const MAX_SHOWN_RESULTS = 5_000;
/** GitHub rejects more than this gzipped, in bytes. */
const MAX_COMPRESSED_BYTES = 10_000_000;
/** SAFETY: a text much longer than what may be uploaded is never made. */
const MAX_TEXT_LENGTH = 100_000_000;
/** Warnings and errors of a whole organisation are in nobody's alerts: more are counted. */
const MAX_NOTIFICATIONS = 2_000;
const MAX_TITLE_LENGTH = 100;
const MAX_NAMED_INSTANCES = 3;

interface SarifResult {
  readonly ruleId: string;
  readonly [key: string]: unknown;
}

/**
 * SARIF 2.1.0 as GitHub code scanning reads it: one run, one location a result, paths from the top of the work tree. Where
 * GitHub would refuse the whole, the worst results that it takes are written.
 */
export function renderSarif(input: ReportInput, { note }: TextOptions = {}): string {
  const masked = maskInput(input);
  const findings = masked.findings.filter(({ outcome }) => outcome === 'fail' || outcome === 'unknown');
  const errors = masked.diagnostics.filter(({ code }) => severityOf(code) === 'error');
  const results = [
    ...errors.map((diagnostic) => toErrorResult(diagnostic, masked)),
    ...mergeByPlace(findings, masked).map((group) => toResult(group, masked)),
  ];
  let kept = withinLength(results);
  let text = render(masked, findings, keepWorst(results, kept));
  for (let size = compressedSize(text); size > MAX_COMPRESSED_BYTES && kept > 0; size = compressedSize(text)) {
    kept = Math.floor((kept * MAX_COMPRESSED_BYTES * 0.95) / size);
    text = render(masked, findings, keepWorst(results, kept));
  }
  noteLimits(results.length, kept, note);
  return text;
}

/** How many results can be written at all, by their number and length. */
function withinLength(results: readonly SarifResult[]): number {
  const most = results.length > MAX_RESULTS ? MAX_RESULTS - 1 : results.length;
  let length = 0;
  for (let index = 0; index < most; index++) {
    length += JSON.stringify(results[index], null, 2).length;
    if (length > MAX_TEXT_LENGTH) return index;
  }
  return most;
}

/** In bytes; what is short as it is need not be compressed to know that it fits. */
function compressedSize(text: string): number {
  const bytes = Buffer.byteLength(text);
  return bytes <= MAX_COMPRESSED_BYTES ? bytes : gzipSync(text).length;
}

function keepWorst(results: readonly SarifResult[], kept: number): SarifResult[] {
  const shown = results.slice(0, kept);
  return kept === results.length ? shown : [...shown, truncatedResult(results.length - kept, shown[0])];
}

function noteLimits(all: number, kept: number, note: TextOptions['note']): void {
  if (kept < all)
    note?.(
      `the SARIF report holds the worst ${toCount(kept)} of ${toCount(all)} results, for GitHub takes no more: raise --min-severity; --report json=FILE has all of them`,
    );
  else if (all > MAX_SHOWN_RESULTS)
    note?.(
      `the SARIF report has ${toCount(all)} results, of which GitHub shows ${toCount(MAX_SHOWN_RESULTS)}: raise --min-severity`,
    );
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
        toolExecutionNotifications: toNotifications(input),
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
    locations: [toLocation(path, lines, first.resource.construct)],
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
  const instances = group.flatMap((finding) =>
    finding.instances.map(({ address }) => describeInstance(finding, address)),
  );
  const named = instances.slice(0, MAX_NAMED_INSTANCES).map(escapeMessage);
  const more = instances.length - named.length;
  const list = `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  const count = instances.length > 1 ? `${instances.length} instances: ${list}.` : `Resource: ${list}.`;
  return [head, way, count].filter((part) => part !== '').join(' ');
}

/** What a program generated is known by its construct. */
function describeInstance({ resource }: Finding, address: string): string {
  const { construct } = resource;
  return construct === undefined || address !== resource.address ? address : `${construct} (${address})`;
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

/** Errors first, where there are too many. */
function toNotifications(input: ReportInput): object[] {
  const all = input.diagnostics.filter(({ code }) => severityOf(code) !== 'info');
  if (all.length <= MAX_NOTIFICATIONS) return all.map((diagnostic) => toNotification(diagnostic, input));
  const isError = ({ code }: Diagnostic) => severityOf(code) === 'error';
  const sorted = [...all.filter(isError), ...all.filter((diagnostic) => !isError(diagnostic))];
  const text = `${all.length - MAX_NOTIFICATIONS} more are in the JSON report.`;
  return [
    ...sorted.slice(0, MAX_NOTIFICATIONS).map((diagnostic) => toNotification(diagnostic, input)),
    { descriptor: { id: TRUNCATED_RULE }, level: 'warning', message: { text } },
  ];
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
export function toLocation(path: string, region: LineRange, construct?: string | undefined): object {
  const uri = path.split('/').map(encodeURIComponent).join('/');
  const logicalLocations = construct === undefined ? undefined : [{ fullyQualifiedName: construct, kind: 'resource' }];
  return {
    physicalLocation: { artifactLocation: { uri, uriBaseId: 'SRCROOT' }, region },
    ...(logicalLocations !== undefined && { logicalLocations }),
  };
}
