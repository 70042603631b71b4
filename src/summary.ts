import type { BuiltFindings } from './findings/build-findings.js';
import type { ReportInput, Summary } from './findings/report-input.js';
import { compareSeverity, SEVERITIES } from './findings/severity.js';
import { countUnread, INPUT_KINDS } from './input-kinds.js';
import type { PolicySelection } from './policies.js';
import type { Project } from './project.js';
import type { EvaluatedRoot, ProjectEvaluation } from './project-evaluation.js';
import { askedRoots, type Reading } from './read-project.js';
import { toDisplayPath, toLinePlace } from './report/display-path.js';
import { clean } from './report/terminal-text.js';
import type { ScanSettings } from './scan-settings.js';
import { type Diagnostic, severityOf } from './source/diagnostic.js';

export interface ExitInput {
  readonly reading: Reading;
  readonly built: BuiltFindings;
  readonly selection: PolicySelection;
  readonly settings: ScanSettings;
  /** Findings are accepted into the baseline: they do not count. */
  readonly isAccepting: boolean;
  /** Something of the logs that were given was not read. */
  readonly hasUsageGaps?: boolean | undefined;
}

export interface Exit {
  readonly exitCode: 0 | 1 | 3;
  readonly isIncomplete: boolean;
  /** Diagnostics that make the report incomplete. */
  readonly causes: readonly Diagnostic[];
}

/** The highest that applies: 3 incomplete, 1 findings, 0. */
export function decideExit({ reading, built, selection, settings, isAccepting, hasUsageGaps }: ExitInput): Exit {
  const all = [...reading.diagnostics, ...selection.diagnostics, ...built.diagnostics];
  const causes = all.filter(
    ({ code }) => severityOf(code) === 'error' || (settings.strict && severityOf(code) === 'warning'),
  );
  const isIncomplete = causes.length > 0 || hasUsageGaps === true;
  if (isIncomplete && !settings.allowIncomplete) return { exitCode: 3, isIncomplete, causes };
  return { exitCode: !isAccepting && hasFindings(built, settings, reading) ? 1 : 0, isIncomplete, causes };
}

function hasFindings(built: BuiltFindings, { failOn, failOnUnknown }: ScanSettings, { evaluation }: Reading): boolean {
  if (
    failOn !== 'none' &&
    SEVERITIES.some((level) => compareSeverity(level, failOn) <= 0 && built.severities[level] > 0)
  )
    return true;
  if (failOnUnknown === undefined) return false;
  const deployed = new Set(evaluation.roots.filter(({ kind }) => kind === 'deployment').map(({ root }) => root));
  return built.undecided.some(({ severity, unknowns, instances }) => {
    if (compareSeverity(severity, failOnUnknown) > 0) return false;
    // A module on its own has no values for its variables, and need not.
    const waitsForVariables =
      unknowns.length > 0 && unknowns.every(({ reason }) => reason === 'variable-without-value');
    return !waitsForVariables || instances.some(({ root }) => deployed.has(root));
  });
}

/** `2 files were not read; the report is incomplete`. */
export function incompleteNote({ isIncomplete, causes }: Pick<Exit, 'isIncomplete' | 'causes'>): string | undefined {
  if (!isIncomplete || causes.length === 0) return undefined;
  const files = new Set(causes.map(({ range, path }) => range?.file.path ?? path ?? ''));
  const count = files.size === 1 ? '1 file or folder was' : `${files.size} files or folders were`;
  return `${count} not read, or not whole; the report is incomplete`;
}

/** For commands that list: the exit code, and what is said where something was not read. With `folders` also why, for listings that do not show it. */
export function listingExit(
  { diagnostics }: Reading,
  folders?: Folders,
): {
  readonly exitCode: 0 | 3;
  readonly incompleteNote: string | undefined;
} {
  const causes = diagnostics.filter(({ code }) => severityOf(code) === 'error');
  const isIncomplete = causes.length > 0;
  const note = incompleteNote({ isIncomplete, causes });
  return {
    exitCode: isIncomplete ? 3 : 0,
    incompleteNote:
      note === undefined || folders === undefined ? note : [`${note}:`, ...causeLines(causes, folders)].join('\n'),
  };
}

const MOST_CAUSES = 3;

type Folders = Pick<ReportInput, 'projectRoot' | 'workingDirectory' | 'repositoryRoot'>;

function causeLines(causes: readonly Diagnostic[], folders: Folders): string[] {
  const texts = causes.map(({ message, range, path }) => {
    const place = range === undefined ? path && toDisplayPath(folders, path) : toLinePlace(folders, range);
    return clean(place === undefined ? `  ${message}` : `  ${place}: ${message}`);
  });
  const more = texts.length - MOST_CAUSES;
  return [...texts.slice(0, MOST_CAUSES), ...(more > 0 ? [`  and ${more} more, which "trueline scan" shows`] : [])];
}

export interface SummaryInput {
  readonly project: Project;
  readonly reading: Reading;
  readonly policies: number;
  readonly built: BuiltFindings;
  readonly exit: Exit;
}

/** What was read and judged of what the PATHs ask for, though more was evaluated to know it. */
export function summarize({ project, reading, policies, built, exit }: SummaryInput): Summary {
  const { exitCode, isIncomplete } = exit;
  const { evaluation, graph, diagnostics } = reading;
  const asked = askedRoots(project, evaluation);
  const roots = new Set(asked.map(({ root }) => root));
  const written = [...graph.resources.values()].filter(
    ({ presence, mode, root }) => presence === 'written' && mode === 'managed' && roots.has(root),
  );
  const without = written.filter(({ hasTable }) => !hasTable);
  const unreadable = new Set(
    diagnostics.filter(({ code }) => UNREADABLE.has(code)).map(({ path, range }) => path ?? range?.file.path),
  );
  return {
    files: countFiles(evaluation, asked),
    unreadableFiles: unreadable.size,
    roots: asked.length,
    resources: written.length,
    resourcesWithoutTable: without.length,
    typesWithoutTable: [...new Set(without.map(({ type }) => type))].sort(),
    policies,
    exitCode,
    incomplete: isIncomplete,
    outcomes: built.outcomes,
    severities: built.severities,
    unknownReasons: built.unknownReasons,
    waitingFor: built.waitingFor,
    notJudged: built.notJudged,
    suppressionsUnused: built.suppressionsUnused,
    baseline: built.baseline,
    notInstantiated: new Set(evaluation.terraform.roots.flatMap(({ uninstantiatedFolders }) => uninstantiatedFolders))
      .size,
    notRead: notRead(reading),
  };
}

/** Those of roots that nobody asked for do not count. */
function countFiles({ files, roots }: ProjectEvaluation, asked: readonly EvaluatedRoot[]): number {
  if (asked.length === roots.length) return files.length;
  const own = new Set(asked.flatMap((root) => [...root.files, ...root.valueFiles]));
  const others = new Set(roots.flatMap((root) => [...root.files, ...root.valueFiles]).filter((path) => !own.has(path)));
  return files.filter(({ path }) => !others.has(path)).length;
}

const UNREADABLE: ReadonlySet<string> = new Set([
  'file-unreadable',
  'file-too-large',
  'file-not-utf8',
  'file-name-not-utf8',
  'symlink-loop',
  'folder-unreadable',
]);

function notRead({ walk, evaluation, rendered }: Reading): Summary['notRead'] {
  const read = new Set(evaluation.roots.flatMap(({ files }) => files));
  return countUnread(walk.files.filter(({ path }) => !read.has(path) && !rendered.isPlain(path))).map(
    ({ kind, count, path }) => ({
      kind: INPUT_KINDS[kind][count === 1 ? 'one' : 'many'],
      count,
      remedy: rendered.sourceOf(path)?.command ?? INPUT_KINDS[kind].remedy,
    }),
  );
}
