import type { PolicyMetadata } from '../findings/policy-metadata.js';
import type { ReportInput } from '../findings/report-input.js';
import type { Severity } from '../findings/severity.js';
import { compareText } from '../source/compare-text.js';

/** GitHub's bounds are > 9.0, 7.0, 4.0 and 0.1; an `info` has none, or it would be shown as a vulnerability. */
const SECURITY_SEVERITIES: Readonly<Record<Severity, string | undefined>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.0',
  info: undefined,
};

export const SARIF_LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
};

/** GitHub shows ten tags and rejects a rule with more than twenty. */
const MAX_TAGS = 10;
const MAX_DESCRIPTION_LENGTH = 1_024;
const UNKNOWN_SUFFIX = '.unknown';
export const UNREADABLE_RULE = 'trueline-unreadable-input';
export const TRUNCATED_RULE = 'trueline-report-truncated';

export function unknownRuleId(policy: string): string {
  return policy + UNKNOWN_SUFFIX;
}

/** What of a report a rule may depend on. */
export type RuleContext = Pick<ReportInput, 'version' | 'projectUri'>;

/** The rule of a policy: facts about the policy only, none about a resource. */
export function toRule(policy: PolicyMetadata, context: RuleContext): object {
  const security = SECURITY_SEVERITIES[policy.severity];
  const frameworks = [...policy.controls].flatMap(([framework, ids]) => ids.map((id) => `${framework}/${id}`));
  const tags = [...(security === undefined ? [] : ['security']), policy.provider, policy.service];
  return {
    id: policy.id,
    name: policy.id,
    shortDescription: { text: cut(policy.title) },
    fullDescription: { text: cut(policy.description || policy.title) },
    help: { text: helpText(policy), markdown: helpMarkdown(policy) },
    ...(isShipped(policy) && context.projectUri !== undefined && { helpUri: helpUri(policy, context) }),
    defaultConfiguration: { level: SARIF_LEVELS[policy.severity] },
    properties: {
      ...(security === undefined ? { 'problem.severity': 'recommendation' } : { 'security-severity': security }),
      precision: 'high',
      tags: [...new Set([...tags, ...frameworks].filter((tag) => tag !== ''))].slice(0, MAX_TAGS),
    },
  };
}

/** The rule of a policy's undecided outcomes: a note, without a security severity, or GitHub would call it "High". */
export function toUnknownRule(policy: PolicyMetadata): object {
  const title = `${policy.title} (not known)`;
  return {
    id: unknownRuleId(policy.id),
    name: unknownRuleId(policy.id),
    shortDescription: { text: cut(title) },
    fullDescription: { text: cut(`Whether this holds cannot be decided from the code alone. ${policy.description}`) },
    help: { text: helpText(policy), markdown: helpMarkdown(policy) },
    defaultConfiguration: { level: 'note' },
    properties: {
      precision: 'high',
      'problem.severity': 'recommendation',
      tags: [policy.provider, policy.service].filter((tag) => tag !== ''),
    },
  };
}

const OWN_RULES: Readonly<Record<string, { readonly title: string; readonly help: string }>> = {
  [UNREADABLE_RULE]: {
    title: 'An input could not be read',
    help: 'What is not read is not judged: findings in it are missing from this report. Repair the file that the alert names.',
  },
  [TRUNCATED_RULE]: {
    title: 'The report was too long and was cut',
    help: 'The worst findings are listed. Raise --min-severity, or read the JSON report, which holds all of them.',
  },
};

/** The rule for what the report itself has to say. */
export function toOwnRule(id: string): object {
  const { title = id, help = id } = OWN_RULES[id] ?? {};
  return {
    id,
    name: id,
    shortDescription: { text: title },
    fullDescription: { text: help },
    help: { text: help, markdown: help },
    defaultConfiguration: { level: 'warning' },
    properties: { precision: 'high', 'problem.severity': 'warning', tags: ['trueline'] },
  };
}

function isShipped({ file }: PolicyMetadata): boolean {
  return file === undefined || file === null;
}

/** The reference page at the version's tag. */
function helpUri({ id }: PolicyMetadata, { projectUri, version }: RuleContext): string {
  return `${projectUri ?? ''}/blob/v${encodeURIComponent(version)}/docs/policies/${encodeURIComponent(id)}.md`;
}

function helpText({ description, remediation, title }: PolicyMetadata): string {
  return [description || title, remediation].filter((text) => text !== '').join('\n\n');
}

function helpMarkdown(policy: PolicyMetadata): string {
  const controls = [...policy.controls]
    .sort(([a], [b]) => compareText(a, b))
    .map(([framework, ids]) => `${framework} ${ids.join(', ')}`);
  const example = (title: string, code: string | undefined) =>
    code === undefined ? [] : [`**${title}**`, `\`\`\`\n${code.replaceAll('```', "'''").trimEnd()}\n\`\`\``];
  return [
    policy.description || policy.title,
    `**Fix.** ${policy.remediation}`,
    ...example('Fails', policy.examples?.failing),
    ...example('Passes', policy.examples?.passing),
    ...(controls.length > 0 ? [`**Controls.** ${controls.join('; ')}`] : []),
    ...(policy.aliases.length > 0 ? [`**Also called.** ${policy.aliases.join(', ')}`] : []),
    ...(policy.references.length > 0 ? [policy.references.map((reference) => `- <${reference}>`).join('\n')] : []),
    `**Suppress.** \`# trueline:ignore ${policy.id} reason="…"\``,
  ].join('\n\n');
}

function cut(text: string): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  return flat.length <= MAX_DESCRIPTION_LENGTH ? flat : `${flat.slice(0, MAX_DESCRIPTION_LENGTH - 1)}…`;
}
