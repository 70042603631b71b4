import type { ReportInput } from '../findings/report-input.js';

/** What stands where a sensitive string would be shown. */
export const MASK = '(sensitive)';

/** Shorter strings would mask half of the report. */
const MIN_SECRET_LENGTH = 6;

/** Replaces every secret in a text. */
export type Mask = (text: string) => string;

const NO_MASK: Mask = (text) => text;

/** A mask for the secrets of a report: each as it is, each of its lines, and as it is written in quotes. */
export function toMask(secrets: readonly string[] | undefined): Mask {
  const forms = new Set<string>();
  for (const secret of secrets ?? []) {
    for (const line of [secret, ...secret.split(/\r?\n/)]) {
      const written = line.trim();
      for (const form of [written, JSON.stringify(written).slice(1, -1)]) {
        if (form.length >= MIN_SECRET_LENGTH) forms.add(form);
      }
    }
  }
  if (forms.size === 0) return NO_MASK;
  // The longest first, so that no part of a secret is left beside the mask of another.
  const sorted = [...forms].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  const pattern = new RegExp(sorted.map((form) => form.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'g');
  return (text) => text.replace(pattern, MASK);
}

/**
 * The input with every secret masked, wherever a value may have come into a text: not in what policies and the program
 * say in their own words, and of addresses only in their keys, or a parameter with the value "limits" would rename a
 * resource. Source texts are masked when an excerpt is made.
 */
export function maskInput(input: ReportInput): ReportInput {
  const mask = toMask(input.secrets);
  if (mask === NO_MASK) return input;
  return {
    ...input,
    findings: input.findings.map((finding) => {
      const masked = maskStrings(finding, mask);
      return { ...masked, message: maskAround(finding.message, finding.resource.address, mask) };
    }),
    diagnostics: input.diagnostics.map((diagnostic) => maskStrings(diagnostic, mask)),
    summary: maskStrings(input.summary, mask),
  };
}

/** Fields in the words of policies, of the program, or of the tree of files. */
const OWN_WORDS = new Set([
  'aliases',
  'code',
  'controls',
  'file',
  'fingerprint',
  'kind',
  'language',
  'outcome',
  'policy',
  'provider',
  'remediation',
  'root',
  'severity',
  'title',
  'type',
  'typesWithoutTable',
]);

/** Fields that name what is written in the source: only a key in brackets can be a value. */
const ADDRESSES = new Set(['address', 'declaredIn', 'name', 'subject']);

/** A copy in which every string is masked; ranges keep their files, which are compared by identity. */
function maskStrings<T>(value: T, mask: Mask): T;
function maskStrings(value: unknown, mask: Mask): unknown {
  if (typeof value === 'string') return mask(value);
  if (Array.isArray(value)) return value.map((item) => maskStrings(item, mask));
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, maskStrings(item, mask)]));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, maskField(value, key, item, mask)]));
}

function maskField(owner: object, key: string, item: unknown, mask: Mask): unknown {
  if (OWN_WORDS.has(key)) return item;
  // What is unknown has a reason of a closed list; a suppression has one in a person's words.
  const isUnknown = 'subject' in owner && 'reason' in owner;
  if (isUnknown && key === 'reason') return item;
  // The name of a file is computed like any other value.
  const isAddress = ADDRESSES.has(key) && !(isUnknown && owner.reason === 'file-outside-root');
  return isAddress && typeof item === 'string' ? maskKeys(item, mask) : maskStrings(item, mask);
}

/** Masks what stands in brackets: `module.runners["ubuntu"].aws_instance.ubuntu` → `module.runners["(sensitive)"].…` */
function maskKeys(address: string, mask: Mask): string {
  return address.replace(/\["(?:[^"\\]|\\.)*"\]/g, (key) => `["${mask(key.slice(2, -2))}"]`);
}

/** Masks a text that names the resource, whose address stays as it is shown elsewhere. */
function maskAround(text: string, address: string, mask: Mask): string {
  return text.split(address).map(mask).join(maskKeys(address, mask));
}
