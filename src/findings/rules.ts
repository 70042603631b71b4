import type { SourceRange } from '../source/source-file.js';
import { matchesGlob } from './glob.js';
import type { PolicyMetadata } from './policy-metadata.js';
import { compareSeverity, type Severity } from './severity.js';
import { normalizeId } from './suppressions.js';

/** What configuration says of findings, as data; later severities win. */
export interface FindingRules {
  readonly severities: readonly SeverityRule[];
  readonly suppressions: readonly ConfigSuppression[];
  readonly inline: InlineRules;
  /** Policy ids, aliases, globs, or `severity:high` (that and worse): no override for paths and no suppression weakens them. */
  readonly mandatory: readonly string[];
}

/** `policies:` of the root file (without `paths`) and of overrides. */
export interface SeverityRule {
  /** Id, alias or glob. */
  readonly policy: string;
  /** `none` switches the policy off: what it finds is listed as suppressed. */
  readonly severity: Severity | 'none';
  /** Globs relative to the project root; absent: everywhere. */
  readonly paths?: readonly string[] | undefined;
  readonly reason?: string | undefined;
  readonly range?: SourceRange | undefined;
}

/** One of `suppressions:` in `trueline.yaml`. */
export interface ConfigSuppression {
  /** Id or alias. */
  readonly policy: string;
  /** Of a resource, with or without instance keys, or of a module: then everything in it. `*` and `?` as in an ARN. */
  readonly address?: string | undefined;
  /** As AWS takes them: `*` stands for anything, `?` for one character. */
  readonly arn?: string | undefined;
  /** The value likewise. */
  readonly tag?: { readonly key: string; readonly value: string } | undefined;
  readonly root?: string | undefined;
  readonly reason?: string | undefined;
  /** `YYYY-MM-DD`, the last day on which it hides. */
  readonly until?: string | undefined;
  readonly owner?: string | undefined;
  readonly range?: SourceRange | undefined;
}

export interface InlineRules {
  /** False under `--no-inline-suppressions`: comments hide nothing and are not judged either. */
  readonly isEnabled: boolean;
  readonly requireReason: 'ours' | 'all' | 'none';
  readonly requireOwner: boolean;
  /** The furthest that `until` may lie after `asOf`. */
  readonly maxDays?: number | undefined;
}

export const DEFAULT_RULES: FindingRules = {
  severities: [],
  suppressions: [],
  inline: { isEnabled: true, requireReason: 'ours', requireOwner: false },
  mandatory: [],
};

/** Whether an id, alias or glob (as configuration and flags have them) names the policy. */
export function selectsPolicy(selector: string, policy: PolicyMetadata): boolean {
  return policyNames(policy).some(nameMatcher(selector));
}

/** As `selectsPolicy`, for one name by itself. */
export function selectsName(selector: string, name: string): boolean {
  return nameMatcher(selector)(normalizeId(name));
}

/** What tells whether a selector means a name that `normalizeId` has normalised. */
function nameMatcher(selector: string): (name: string) => boolean {
  const wanted = normalizeId(selector);
  return /[*?]/.test(wanted) ? (name) => matchesGlob(wanted, name) : (name) => name === wanted;
}

const namesOf = new WeakMap<PolicyMetadata, readonly string[]>();

/** Every name a policy answers to, normalised by `normalizeId`. */
export function policyNames(policy: PolicyMetadata): readonly string[] {
  const known = namesOf.get(policy) ?? [policy.id, ...policy.renamedFrom, ...policy.aliases].map(normalizeId);
  namesOf.set(policy, known);
  return known;
}

/** Whether nothing further down may weaken the policy. */
export function isMandatory(policy: PolicyMetadata, severity: Severity, mandatory: readonly string[]): boolean {
  return mandatory.some((selector) => {
    const level = /^severity:(critical|high|medium|low|info)$/.exec(selector)?.[1];
    return level === undefined ? selectsPolicy(selector, policy) : compareSeverity(severity, toSeverity(level)) <= 0;
  });
}

function toSeverity(level: string): Severity {
  return level === 'critical' || level === 'high' || level === 'medium' || level === 'low' ? level : 'info';
}

/** The level of one outcome, and the rule that switches its policy off there. */
export interface AppliedSeverity {
  readonly severity: Severity;
  readonly disabledBy?: SeverityRule | undefined;
}

/** The policy's severity at a place (a path relative to the project root; null where there is no source). */
export function applySeverityRules(
  policy: PolicyMetadata,
  declared: Severity,
  file: string | null,
  rules: FindingRules,
): AppliedSeverity {
  let applied: AppliedSeverity = { severity: declared };
  for (const rule of rules.severities) {
    if (!selectsPolicy(rule.policy, policy) || !appliesTo(rule, file)) continue;
    const next: AppliedSeverity =
      rule.severity === 'none' ? { severity: applied.severity, disabledBy: rule } : { severity: rule.severity };
    const isWeaker = next.disabledBy !== undefined || compareSeverity(next.severity, applied.severity) > 0;
    if (rule.paths !== undefined && isWeaker && isMandatory(policy, applied.severity, rules.mandatory)) continue;
    applied = next;
  }
  return applied;
}

function appliesTo({ paths }: SeverityRule, file: string | null): boolean {
  return paths === undefined || (file !== null && paths.some((path) => matchesGlob(path, file)));
}
