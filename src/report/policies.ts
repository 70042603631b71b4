import type { PolicyMetadata } from '../findings/policy-metadata.js';
import { cutEnd } from './excerpt.js';
import { clean, count, padTo, type Style, type TextOptions, toStyle, widthOf, wrap } from './terminal-text.js';

/** What `policies list` shows: the selected policies, and how many there are. */
export interface PolicyListInput {
  readonly policies: readonly PolicyMetadata[];
  readonly total: number;
  /** Languages in which a policy's resources can be written. */
  readonly languagesOf: (policy: PolicyMetadata) => readonly string[];
}

/** A table: severity, id, whether it can be fixed, and what others call it. */
export function renderPolicyList({ policies, total }: PolicyListInput, options: TextOptions): string {
  const style = toStyle(options);
  const idWidth = Math.max('POLICY'.length, ...policies.map(({ id }) => widthOf(clean(id))));
  const row = (severity: string, id: string, fix: string, also: string, paint = (text: string) => text) => {
    const lead = `${padTo(id, idWidth)}  ${padTo(fix, 3)}  `;
    const room = Math.max(12, style.width - 10 - widthOf(lead));
    return `${paint(severity)}${' '.repeat(10 - severity.length)}${lead}${cutEnd(also, room, style.ellipsis)}`.trimEnd();
  };
  const rows = policies.map(({ severity, id, isFixable, aliases }) =>
    row(severity, clean(id), isFixable ? 'yes' : 'no', aliases.map(clean).join(', '), (text) =>
      style.severity(severity, text),
    ),
  );
  const head = policies.length === 0 ? [] : [row('SEVERITY', 'POLICY', 'FIX', 'ALSO')];
  return `${[...head, ...rows, `${policies.length} of ${count(total, 'policy', 'policies')}`].join('\n')}\n`;
}

/** `{ "policies": [ { "id", "title", "severity", … } ] }`. */
export function renderPolicyListJson({ policies, languagesOf }: PolicyListInput): string {
  const list = policies.map((policy) => ({
    id: policy.id,
    title: policy.title,
    severity: policy.severity,
    resource: resourceNames(policy),
    aliases: policy.aliases,
    controls: Object.fromEntries(policy.controls),
    languages: languagesOf(policy),
    fixable: policy.isFixable,
  }));
  return `${JSON.stringify({ policies: list }, null, 2)}\n`;
}

function resourceNames({ resource }: PolicyMetadata): readonly string[] {
  return 'types' in resource ? resource.types : [`view: ${resource.view}`];
}

export interface ExplainInput {
  readonly policy: PolicyMetadata;
  /** Sets that hold it: `default`. */
  readonly sets?: readonly string[] | undefined;
  /** What it can judge: `terraform`, `terraform-plan`, `cloudformation`. */
  readonly languages: readonly string[];
  readonly withExamples?: boolean | undefined;
}

const LABEL_WIDTH = 10;

const LANGUAGE_NAMES: Readonly<Record<string, string>> = {
  terraform: 'Terraform',
  'terraform-plan': 'plan',
  'terraform-state': 'state',
  cloudformation: 'CloudFormation',
  kubernetes: 'Kubernetes',
  live: 'snapshot',
};

/** What a policy checks, why, how to fix it, and what others call it. */
export function renderExplain(input: ExplainInput, options: TextOptions): string {
  const { policy } = input;
  const style = toStyle(options);
  const lines = [explainTitle(input, style), ...wrap(clean(policy.title), '', style.proseWidth), ''];
  const add = (label: string, text: string) => {
    if (text === '') return;
    lines.push(...wrap(clean(text), padTo(label, LABEL_WIDTH), style.proseWidth, LABEL_WIDTH));
  };
  add('Why', policy.description);
  add('Applies if', policy.when ?? '');
  add('Holds if', `${policy.assert} (on ${resourceNames(policy).join(', ')})`);
  add('Reads', input.languages.map((language) => LANGUAGE_NAMES[language] ?? language).join(', '));
  add('Fix', policy.fixNote === undefined ? policy.remediation : `${policy.remediation} ${policy.fixNote}`);
  add('Controls', [...policy.controls].map(([framework, ids]) => `${framework} ${ids.join(', ')}`).join('; '));
  add('Also', policy.aliases.join(', '));
  add('Formerly', policy.renamedFrom.join(', '));
  add('Notes', policy.notes ?? '');
  add('Deprecated', policy.deprecated ?? '');
  add('File', policy.file ?? '');
  const more = input.withExamples === true ? exampleLines(policy, style) : hintLines(policy);
  lines.push(...more, `Suppress  # trueline:ignore ${clean(policy.id)} reason="${style.ellipsis}"`);
  return `${lines.join('\n')}\n`;
}

function explainTitle({ policy, sets }: ExplainInput, style: Style): string {
  const inSets = (sets ?? []).map((set) => `"${clean(set)}"`).join(', ');
  const facts = [
    policy.severity,
    ...(policy.isFixable ? ['fixable'] : []),
    `${inSets === '' ? '' : `in ${inSets} `}since ${clean(policy.since)}`,
  ].join(', ');
  const id = clean(policy.id);
  const gap = Math.max(3, Math.min(39, style.width - facts.length) - widthOf(id));
  return `${style.bold(id)}${' '.repeat(gap)}${facts}`;
}

function hintLines({ examples, references }: PolicyMetadata): string[] {
  const has = references.length > 0 || examples?.failing !== undefined || examples?.passing !== undefined;
  return has ? ['Pass / fail examples, references:  trueline explain ID --examples'] : [];
}

function exampleLines({ examples, references }: PolicyMetadata, style: Style): string[] {
  const block = (title: string, code: string | undefined) =>
    code === undefined
      ? []
      : [
          '',
          style.bold(title),
          ...code
            .trimEnd()
            .split('\n')
            .map((line) => `    ${clean(line)}`.trimEnd()),
        ];
  return [
    ...block('Fails', examples?.failing),
    ...block('Passes', examples?.passing),
    ...(references.length > 0
      ? ['', style.bold('References'), ...references.map((reference) => `    ${clean(reference)}`)]
      : []),
    '',
  ];
}

/** One policy as JSON: all that is known of it. */
export function renderExplainJson({ policy, sets, languages }: ExplainInput): string {
  const { isFixable, controls, resource: _, ...rest } = policy;
  const json = {
    ...rest,
    resource: resourceNames(policy),
    controls: Object.fromEntries(controls),
    fixable: isFixable,
    sets: sets ?? [],
    languages,
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}
