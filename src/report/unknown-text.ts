import type { Finding, FindingUnknown } from '../findings/finding.js';

const MAX_UNKNOWNS = 3;

/** What is missing, and what would supply it: one sentence for each thing that is missing. */
export function describeUnknowns({ unknowns, resource }: Finding): string[] {
  const own = BY_LANGUAGE[resource.language] ?? {};
  const sentences = [...new Set(unknowns.map((unknown) => describeUnknown(unknown, own)))];
  const hidden = sentences.length - MAX_UNKNOWNS;
  return hidden > 0 ? [...sentences.slice(0, MAX_UNKNOWNS), `and ${hidden} more that are not known`] : sentences;
}

type Describe = (subject: string, unknown: FindingUnknown) => string;

const named = (noun: string, subject: string) => (subject === '' ? noun : `${noun} "${subject}"`);

/** What is not known is named by its path; where it is read through something else, by what that says of it. */
const quoted = (subject: string, { path }: FindingUnknown, other: string) =>
  path === '' && subject === '' ? other : `"${path === '' ? subject : path}"`;

const DESCRIPTIONS: Readonly<Record<FindingUnknown['reason'], Describe>> = {
  'variable-without-value': (subject) =>
    `${named('variable', subject.replace(/^var\./, ''))} has no value: give --var-file, or list the root's var files in trueline.yaml`,
  'computed-by-provider': (subject, { path }) => `${named('attribute', subject || path)} is computed by the provider`,
  'data-source': (subject) => `${named('data source', subject)} is read at apply; nothing is looked up here`,
  'remote-module': (subject) => `${named('module', subject)} is not installed: run "terraform init"`,
  'remote-state': (subject) => `${named('remote state', subject)} is not read`,
  'provider-configuration': (subject) =>
    `${named('provider', subject)} is configured by something that is not known here`,
  'workspace-not-given': () => 'the workspace is not known: give --workspace',
  environment: (subject) => `${named('environment variable', subject)} is not read`,
  'not-deterministic': (subject) => `${subject || 'a function'} gives another result in each run`,
  ephemeral: (subject) => `${named('value', subject)} is ephemeral`,
  'unsupported-function': (subject) => `${named('function', subject)} cannot be evaluated here`,
  'unsupported-intrinsic': (subject) => `${named('intrinsic function', subject)} cannot be evaluated here`,
  'cross-stack-import': (subject) => `${named('import', subject)} comes from another stack`,
  'invalid-expression': (subject, unknown) => `the expression of ${quoted(subject, unknown, 'a value')} is not valid`,
  'invalid-value': (subject, unknown) =>
    `the value of ${quoted(subject, unknown, 'an attribute')} is not one that the policy can judge`,
  'policy-error': (subject) => `the policy failed${subject === '' ? '' : `: ${subject}`}`,
  'uncertain-existence': (subject) => `whether ${subject === '' ? 'it' : `"${subject}"`} exists is not known here`,
  'default-not-certain': (subject, unknown) => {
    const { path } = unknown;
    const what = `the default of ${quoted('', unknown, 'an attribute')}`;
    if (subject === '' || subject === path) return `${what} depends on the account`;
    return subject.includes(' ') ? `${what} is not certain: ${subject}` : `${what} depends on "${subject}"`;
  },
  'conflicting-declarations': (subject, unknown) =>
    `${quoted(subject, unknown, 'an attribute')} is declared more than once, differently`,
  'companion-link-unknown': (subject) =>
    `which resource ${subject === '' ? 'a companion' : `"${subject}"`} belongs to is not known`,
  'more-than-one': (subject, unknown) =>
    `${quoted(subject, unknown, 'an attribute')} may refer to more than one resource`,
  'outside-input': (subject) =>
    `${subject === '' ? 'what it refers to' : `"${subject}"`} lies outside of what was read`,
  'only-live': (subject, { path }) => `${named('attribute', path || subject)} is known of live resources only`,
  'permission-denied': (subject) => `${subject === '' ? 'a call' : `"${subject}"`} was denied`,
  'not-collected': (subject, { path }) =>
    `${subject === '' && path === '' ? 'it' : `"${subject || path}"`} was not collected`,
  'secret-withheld': (subject, unknown) => `${quoted(subject, unknown, 'a value')} is a secret that was not kept`,
  'plan-unknown': (subject, unknown) => `the plan does not know ${quoted(subject, unknown, 'a value')} before apply`,
  'limit-reached': (subject) => `a limit was reached${subject === '' ? '' : ` at "${subject}"`}`,
  'file-outside-root': (subject) => `${named('file', subject)} lies outside of the project`,
};

/** What is supplied in another way than Terraform's. */
const BY_LANGUAGE: Readonly<Record<string, Partial<typeof DESCRIPTIONS>>> = {
  cloudformation: {
    'variable-without-value': (subject) => `${named('parameter', subject)} has no value: give --parameters`,
    'provider-configuration': (subject) => `${subject === '' ? 'the region' : `"${subject}"`} is not known here`,
    'remote-module': (subject) => `${named('the template of', subject)} is not in the project`,
  },
  kubernetes: {
    'variable-without-value': (subject) =>
      `${subject === '' ? 'a value' : `"${subject}"`} is put in by another program: scan what it makes`,
  },
};

function describeUnknown(unknown: FindingUnknown, own: Partial<typeof DESCRIPTIONS>): string {
  const describe = own[unknown.reason] ?? DESCRIPTIONS[unknown.reason];
  return describe(unknown.subject ?? '', unknown);
}
