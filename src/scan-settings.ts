import type { IncludedOutcome } from './findings/build-findings.js';
import type { Severity } from './findings/severity.js';

/** Flags over configuration over defaults. */
export interface ScanSettings {
  readonly minSeverity: Severity | undefined;
  readonly failOn: Severity | 'none';
  readonly failOnUnknown: Severity | undefined;
  readonly strict: boolean;
  readonly allowIncomplete: boolean;
  readonly include: ReadonlySet<IncludedOutcome>;
}
