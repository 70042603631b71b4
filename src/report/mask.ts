import type { Finding, FindingSuppression, FindingUnknown } from '../findings/finding.js';
import type { ReportInput, Summary } from '../findings/report-input.js';
import type { Diagnostic } from '../source/diagnostic.js';
import { lineEnd, lineStart } from '../source/line-bounds.js';
import type { SourceRange } from '../source/source-file.js';
import { SecretTexts, type Stretch } from './secret-texts.js';

/** What stands where a secret would be shown. */
export const MASK = '(sensitive)';

/** Hides secrets, each kind of text in its own way. */
export interface Mask {
  /** A text that may quote values. */
  text(text: string): string;
  /** The name of a resource or attribute: only a key in quotes in it is a value. */
  name(name: string): string;
  /** A stretch of one line of source; a secret that lies partly in it is hidden too. */
  source(range: SourceRange): string;
}

const NO_MASK: Mask = {
  text: (text) => text,
  name: (name) => name,
  source: ({ file, start, end }) => file.text.slice(start, end),
};

export function toMask(secrets: ReportInput['secrets']): Mask {
  const { texts = [], ranges = [] } = secrets ?? {};
  const known = new SecretTexts(texts);
  if (known.isEmpty && ranges.length === 0) return NO_MASK;
  const text = (shown: string) => hide(shown, known.find(shown));
  const byFile = new Map<string, Stretch[]>();
  for (const { file, start, end } of ranges) {
    const hidden = byFile.get(file.path);
    if (hidden === undefined) byFile.set(file.path, [{ start, end }]);
    else hidden.push({ start, end });
  }
  return {
    text,
    name: (name) => name.replace(/\["((?:[^"\\]|\\.)*)"\]/g, (_, key: string) => `["${text(key)}"]`),
    source: (range) => maskSource(range, byFile.get(range.file.path) ?? [], known),
  };
}

/** The text with every stretch hidden; stretches may overlap, and reach beyond the text. */
function hide(text: string, stretches: readonly Stretch[]): string {
  let shown = '';
  let at = 0;
  for (const { start, end } of [...stretches].sort((a, b) => a.start - b.start)) {
    if (end <= at || start >= text.length) continue;
    // One that goes on from another is hidden with it.
    shown += start > at || at === 0 ? text.slice(at, Math.max(at, start)) + MASK : '';
    at = end;
  }
  return shown + text.slice(at);
}

function maskSource({ file, start, end }: SourceRange, written: readonly Stretch[], known: SecretTexts): string {
  const from = lineStart(file.text, start, Math.max(0, start - known.longest));
  const found = known.find(file.text.slice(from, lineEnd(file.text, end, end + known.longest)));
  const hidden = [
    ...found.map((stretch) => ({ start: stretch.start + from - start, end: stretch.end + from - start })),
    ...written
      .filter((stretch) => stretch.end > start && stretch.start < end)
      .map((stretch) => ({ start: stretch.start - start, end: stretch.end - start })),
  ];
  return hide(file.text.slice(start, end), hidden);
}

/**
 * The input with every secret masked in the texts that may quote values. Names stay readable: of files, roots, policies,
 * types and attributes, and addresses but for their keys. Source is masked where it is quoted.
 */
export function maskInput(input: ReportInput): ReportInput {
  const mask = toMask(input.secrets);
  if (mask === NO_MASK) return input;
  return {
    ...input,
    findings: input.findings.map((finding) => maskFinding(finding, mask)),
    undecided: input.undecided?.map((finding) => maskFinding(finding, mask)),
    diagnostics: input.diagnostics.map((diagnostic) => maskDiagnostic(diagnostic, mask)),
    summary: maskSummary(input.summary, mask),
  };
}

/** Every field is named, so that a new one is not forgotten. */
function maskFinding(finding: Finding, mask: Mask): Finding {
  const { resource, declaredIn, element, attribute, suppression, expired, actual } = finding;
  const masked: { readonly [Key in keyof Required<Finding>]: Finding[Key] } = {
    policy: finding.policy,
    aliases: finding.aliases,
    severity: finding.severity,
    outcome: finding.outcome,
    title: finding.title,
    message: maskMessage(finding, mask),
    remediation: finding.remediation,
    controls: finding.controls,
    resource: {
      root: resource.root,
      address: mask.name(resource.address),
      type: resource.type,
      provider: resource.provider,
      language: resource.language,
      account: maskOptional(resource.account, mask.text),
      region: maskOptional(resource.region, mask.text),
      arn: maskOptional(resource.arn, mask.text),
      existence: resource.existence,
      construct: resource.construct === undefined ? undefined : mask.name(resource.construct),
    },
    element: maskOptional(element, mask.name),
    declaredIn: maskOptional(declaredIn, mask.name),
    attribute: maskOptional(attribute, mask.name),
    location: finding.location,
    isMissing: finding.isMissing,
    cause: finding.cause,
    resourceLocation: finding.resourceLocation,
    via: finding.via.map((step) => ({ ...step, name: mask.name(step.name) })),
    also: finding.also,
    assumed: finding.assumed.map(mask.name),
    unknowns: finding.unknowns.map((unknown) => maskUnknown(unknown, mask)),
    instances: finding.instances.map(({ root, address }) => ({ root, address: mask.name(address) })),
    suppression: suppression === null ? null : maskSuppression(suppression, mask),
    expired: expired === undefined ? undefined : maskSuppression(expired, mask),
    actual: actual === undefined ? undefined : mask.text(actual),
    acceptedInstances: finding.acceptedInstances,
    fixable: finding.fixable,
    fingerprint: finding.fingerprint,
  };
  return masked;
}

/** The address of the resource is no value, wherever the message has it. */
function maskMessage({ message, resource: { address } }: Finding, mask: Mask): string {
  return message.split(address).map(mask.text).join(mask.name(address));
}

function maskOptional(text: string | null, mask: (text: string) => string): string | null {
  return text === null ? null : mask(text);
}

/** Of these reasons the subject is the name of something in the configuration; of the others it may be a value. */
const NAMING_REASONS: ReadonlySet<FindingUnknown['reason']> = new Set([
  'variable-without-value',
  'computed-by-provider',
  'data-source',
  'remote-module',
  'remote-state',
  'provider-configuration',
  'workspace-not-given',
  'ephemeral',
  'uncertain-existence',
  'default-not-certain',
  'conflicting-declarations',
  'companion-link-unknown',
  'more-than-one',
  'invalid-expression',
]);

/** What is unknown: its path and subject. */
export function maskUnknown<T extends FindingUnknown>(unknown: T, mask: Mask): T {
  return { ...unknown, path: mask.name(unknown.path), subject: maskSubject(unknown, mask) };
}

function maskSubject({ reason, subject }: Pick<FindingUnknown, 'reason' | 'subject'>, mask: Mask): string | null {
  return maskOptional(subject, NAMING_REASONS.has(reason) ? mask.name : mask.text);
}

function maskSuppression(suppression: FindingSuppression, mask: Mask): FindingSuppression {
  const { kind, reason, until, owner, location } = suppression;
  return {
    kind,
    reason: maskOptional(reason, mask.text),
    until,
    owner: maskOptional(owner, mask.text),
    location,
  };
}

function maskDiagnostic(diagnostic: Diagnostic, mask: Mask): Diagnostic {
  return { ...diagnostic, message: mask.text(diagnostic.message) };
}

function maskSummary(summary: Summary, mask: Mask): Summary {
  const waitingFor = summary.waitingFor.map((waiting) => ({
    ...waiting,
    subject: maskSubject(waiting, mask) ?? waiting.subject,
  }));
  return { ...summary, waitingFor };
}
