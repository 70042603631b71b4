import type { Finding, FindingSuppression, ViaStep } from '../findings/finding.js';
import type { ReportInput, Summary } from '../findings/report-input.js';
import { type Diagnostic, severityOf } from '../source/diagnostic.js';
import type { SourceRange } from '../source/source-file.js';
import { toDisplayPath, toJsonRange } from './display-path.js';
import { FINDINGS_SCHEMA_ID } from './findings-schema.js';
import { maskInput } from './mask.js';

/** The JSON report; its shape is `FINDINGS_SCHEMA`, and changes only with another `schemaVersion`. */
export function renderJson(input: ReportInput): string {
  return [...jsonParts(input)].join('');
}

/** As `renderJson`, piece by piece: the whole of it may be too long for one text. */
export function* jsonParts(input: ReportInput): Iterable<string> {
  const masked = maskInput(input);
  const head = {
    $schema: FINDINGS_SCHEMA_ID,
    schemaVersion: 1,
    tool: { name: 'trueline', version: masked.version },
    asOf: masked.asOf,
    projectRoot: masked.projectRoot,
    summary: toJsonSummary(masked.summary),
  };
  yield JSON.stringify(head, null, 2).slice(0, -'\n}'.length);
  yield* listParts('findings', masked.findings, (finding) => toJsonFinding(finding, masked));
  yield* listParts('diagnostics', masked.diagnostics, (diagnostic) => toJsonDiagnostic(diagnostic, masked));
  yield '\n}\n';
}

/** How many items are written at once. */
const PIECE = 100;

/** A further field of the report that is a list, indented as it is there. */
function* listParts<T>(name: string, items: readonly T[], toJson: (item: T) => object): Iterable<string> {
  yield `,\n  "${name}": [`;
  for (let start = 0; start < items.length; start += PIECE) {
    const piece = items.slice(start, start + PIECE).map(toJson);
    // Between two brackets twice, so that it is indented as deep as it stands.
    const text = JSON.stringify([piece], null, 2).slice('[\n  ['.length, -'\n  ]\n]'.length);
    yield start === 0 ? text : `,${text}`;
  }
  yield items.length === 0 ? ']' : '\n  ]';
}

function toJsonSummary(summary: Summary): object {
  const { unknownReasons, ...rest } = summary;
  return {
    files: rest.files,
    unreadableFiles: rest.unreadableFiles,
    roots: rest.roots,
    resources: rest.resources,
    resourcesWithoutTable: rest.resourcesWithoutTable,
    typesWithoutTable: rest.typesWithoutTable,
    policies: rest.policies,
    exitCode: rest.exitCode,
    incomplete: rest.incomplete,
    outcomes: rest.outcomes,
    severities: rest.severities,
    unknownReasons: Object.fromEntries(unknownReasons),
    waitingFor: rest.waitingFor,
    ...(rest.notJudged && { notJudged: rest.notJudged }),
    suppressionsUnused: rest.suppressionsUnused,
    baseline: rest.baseline,
    notInstantiated: rest.notInstantiated,
    notRead: rest.notRead,
  };
}

function toJsonFinding(finding: Finding, input: ReportInput): object {
  const place = (range: SourceRange | null) => (range === null ? null : toJsonRange(range, input));
  return {
    policy: finding.policy,
    aliases: finding.aliases,
    severity: finding.severity,
    outcome: finding.outcome,
    title: finding.title,
    message: finding.message,
    remediation: finding.remediation,
    controls: Object.fromEntries(finding.controls),
    resource: finding.resource,
    element: finding.element,
    declaredIn: finding.declaredIn,
    attribute: finding.attribute,
    location: place(finding.location),
    cause: place(finding.cause),
    resourceLocation: place(finding.resourceLocation),
    via: finding.via.map((step) => toJsonStep(step, input)),
    also: finding.also.map(place),
    assumed: finding.assumed,
    unknowns: finding.unknowns,
    instances: finding.instances,
    instanceCount: finding.instances.length,
    suppression: finding.suppression === null ? null : toJsonSuppression(finding.suppression, input),
    ...(finding.expired && { expiredSuppression: toJsonSuppression(finding.expired, input) }),
    ...(finding.acceptedInstances !== undefined && { acceptedInstances: finding.acceptedInstances }),
    fixable: finding.fixable,
    fingerprint: finding.fingerprint,
  };
}

function toJsonStep({ kind, name, range, external }: ViaStep, input: ReportInput): object {
  const place = toJsonRange(range, input);
  // `-var keep` and `TF_VAR_keep` stand for a file, and are no path.
  const isFile = kind !== 'flag' && kind !== 'environment';
  return { kind, name, ...place, file: isFile ? place.file : range.file.path, external };
}

function toJsonSuppression({ kind, reason, until, owner, location }: FindingSuppression, input: ReportInput): object {
  return { kind, reason, until, owner, location: location === null ? null : toJsonRange(location, input) };
}

function toJsonDiagnostic({ code, message, range, path }: Diagnostic, input: ReportInput): object {
  const file = range?.file.path ?? path;
  return {
    severity: severityOf(code),
    code,
    message,
    file: file === undefined ? null : toDisplayPath(input, file),
    location: range === undefined ? null : toJsonRange(range, input),
  };
}
