import type { Secrets } from '../model/secret-notes.js';
import type { UnknownReason } from '../model/unknown-reason.js';
import type { Diagnostic } from '../source/diagnostic.js';
import type { Outcome } from './evaluation.js';
import type { Finding } from './finding.js';
import type { PolicyMetadata } from './policy-metadata.js';
import type { Severity } from './severity.js';

/** Everything that a reporter gets. Reporters print; they recompute nothing. */
export interface ReportInput {
  readonly version: string;
  /** `YYYY-MM-DD` */
  readonly asOf: string;
  /** The project root as seen from the working directory (`.` or `../..`). */
  readonly projectRoot: string;
  /** The working directory as seen from the project root (empty or `.` where they are one, `infra/app`, or beginning with `../`). */
  readonly workingDirectory: string;
  /** The project root as seen from the top of the git work tree (empty or `.` where they are one, else `infra`). */
  readonly repositoryRoot: string;
  /** Sorted: severity, file, line, policy, address. */
  readonly findings: readonly Finding[];
  /** What is not known and not suppressed, listed or not. */
  readonly undecided?: readonly Finding[] | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** The policies that ran, by id. */
  readonly policies: readonly PolicyMetadata[];
  readonly summary: Summary;
  /** Where the project lives (`https://host/owner/name`): SARIF links to it. Absent: no links. */
  readonly projectUri?: string | undefined;
  /**
   * What stands as `(sensitive)` wherever a text quotes values or source: texts of at least six characters, and what is
   * written at these places. Names of files, roots, resources and attributes are shown as they are.
   */
  readonly secrets?: Secrets | undefined;
}

export interface Summary {
  /** Files that were read, wholly or in part; those that could not be opened come on top. */
  readonly files: number;
  readonly unreadableFiles: number;
  readonly roots: number;
  /** Written resources, those whose types have no table included. */
  readonly resources: number;
  readonly resourcesWithoutTable: number;
  /** Types without a table that occur, sorted. */
  readonly typesWithoutTable: readonly string[];
  readonly policies: number;
  readonly exitCode: number;
  readonly incomplete: boolean;
  /** Outcomes per policy, resource and element; `suppressed` holds what comments, configuration and the baseline hide. */
  readonly outcomes: Readonly<Record<Outcome | 'suppressed', number>>;
  /** Failing findings by severity. */
  readonly severities: Readonly<Record<Severity, number>>;
  readonly unknownReasons: ReadonlyMap<UnknownReason, number>;
  /** What would settle unknown outcomes, most first: `var.cidr` in root `envs/prod` → 22. */
  readonly waitingFor: readonly {
    readonly root: string;
    readonly subject: string;
    readonly reason: UnknownReason;
    readonly count: number;
  }[];
  /** Policies that are undecided because something of a live account was not seen, and what is missing; absent: none. */
  readonly notJudged?: { readonly policies: number; readonly missing: readonly string[] } | undefined;
  readonly suppressionsUnused: number;
  /** `matched`: outcomes hidden by the baseline (they are in `outcomes.suppressed` too); `stale`: entries that match nothing. */
  readonly baseline: { readonly matched: number; readonly stale: number };
  /** Called modules with no instance. */
  readonly notInstantiated: number;
  /** Known but unread kinds: `Helm charts` (in the number of the count) → how many, and the command that makes them readable. */
  readonly notRead: readonly { readonly kind: string; readonly count: number; readonly remedy: string | null }[];
}
