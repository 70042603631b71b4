import { createHash } from 'node:crypto';
import type { ReportInput } from '../findings/report-input.js';
import type { Severity } from '../findings/severity.js';
import { severityOf } from '../source/diagnostic.js';
import type { SourceRange } from '../source/source-file.js';
import { toLineRange, toRepositoryPath } from './display-path.js';
import { maskInput } from './mask.js';

const SEVERITIES: Readonly<Record<Severity, string>> = {
  critical: 'blocker',
  high: 'critical',
  medium: 'major',
  low: 'minor',
  info: 'info',
};

interface Entry {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

/** GitLab's Code Quality report, shown in merge requests. */
export function renderGitlab(input: ReportInput): string {
  const masked = maskInput(input);
  const findings = masked.findings
    .filter(({ outcome, suppression }) => suppression === null && (outcome === 'fail' || outcome === 'unknown'))
    .map(({ message, title, instances, policy, fingerprint, severity, outcome, cause, location, resource }): Entry => {
      const more = instances.length > 1 ? ` and ${instances.length - 1} more` : '';
      const description = `${outcome === 'unknown' ? 'Not known: ' : ''}${message || title} [${resource.address}${more}]`;
      return {
        description,
        check_name: policy,
        fingerprint,
        severity: outcome === 'unknown' ? 'info' : SEVERITIES[severity],
        location: toLocation(cause ?? location, masked) ?? { path: resource.root, lines: { begin: 1 } },
      };
    });
  const errors = masked.diagnostics
    .filter(({ code }) => severityOf(code) === 'error')
    .map(({ code, message, range, path }): Entry => {
      const location = toLocation(range ?? null, masked) ?? {
        path: toRepositoryPath(masked, path ?? '') ?? '.',
        lines: { begin: 1 },
      };
      const fingerprint = toHash([code, location.path, message]);
      return { description: message, check_name: code, fingerprint, severity: 'critical', location };
    });
  return `${JSON.stringify(uniqueFingerprints([...errors, ...findings]), null, 2)}\n`;
}

function toLocation(range: SourceRange | null, input: ReportInput): Entry['location'] | undefined {
  const path = range === null ? undefined : toRepositoryPath(input, range.file.path);
  return range === null || path === undefined ? undefined : { path, lines: { begin: toLineRange(range).startLine } };
}

/** GitLab keeps only the first entry of a fingerprint: the later ones get another, made from it and their number. */
function uniqueFingerprints(entries: readonly Entry[]): Entry[] {
  const counts = new Map<string, number>();
  return entries.map((entry) => {
    const number = (counts.get(entry.fingerprint) ?? 0) + 1;
    counts.set(entry.fingerprint, number);
    return number === 1 ? entry : { ...entry, fingerprint: toHash([entry.fingerprint, String(number)]) };
  });
}

function toHash(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}
