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

/** The input with every secret masked in everything but the source texts, whose excerpts are masked when they are made. */
export function maskInput(input: ReportInput): ReportInput {
  const mask = toMask(input.secrets);
  if (mask === NO_MASK) return input;
  return {
    ...input,
    findings: input.findings.map((finding) => maskStrings(finding, mask)),
    diagnostics: input.diagnostics.map((diagnostic) => maskStrings(diagnostic, mask)),
    summary: maskStrings(input.summary, mask),
  };
}

/** A copy in which every string is masked; ranges keep their files, which are compared by identity. */
function maskStrings<T>(value: T, mask: Mask): T;
function maskStrings(value: unknown, mask: Mask): unknown {
  if (typeof value === 'string') return mask(value);
  if (Array.isArray(value)) return value.map((item) => maskStrings(item, mask));
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, maskStrings(item, mask)]));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, key === 'file' ? item : maskStrings(item, mask)]),
  );
}
