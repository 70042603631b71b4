import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import type { Baseline } from './findings/baseline.js';
import { parseBaseline, renderBaseline } from './findings/baseline.js';
import { type BuiltFindings, buildFindings, type IncludedOutcome } from './findings/build-findings.js';
import type { ReportInput } from './findings/report-input.js';
import type { Severity } from './findings/severity.js';
import { suppressionPattern } from './findings/suppressions.js';
import { readChanges, revisionFileSystem } from './history/git.js';
import { toProjectPath } from './node-file-system.js';
import { type PolicySelection, type SelectionOptions, selectPolicies } from './policies.js';
import { evaluatePolicies } from './policy/index.js';
import {
  fromHere,
  openProject,
  type Project,
  type ProjectOptions,
  repositoryTop,
  toDisplayPath,
  UsageError,
} from './project.js';
import { policyShapes, type Reading, type ReadingOptions, readProject } from './read-project.js';
import { rememberReads } from './remember-reads.js';
import { type ProjectRules, projectRules } from './rules.js';
import type { ScanSettings } from './scan-settings.js';
import { sensitiveTexts } from './sensitive-texts.js';
import type { FileSystem } from './source/file-system.js';
import { isWithin } from './source/paths.js';
import type { SourceRange } from './source/source-file.js';
import { decideExit, incompleteNote, summarize } from './summary.js';
import { type Walk, walkProject } from './walk.js';

export interface ScanOptions extends ProjectOptions, ReadingOptions, SelectionOptions {
  readonly minSeverity?: Severity | undefined;
  readonly failOn?: Severity | 'none' | undefined;
  readonly failOnUnknown?: Severity | undefined;
  readonly strict?: boolean | undefined;
  readonly allowIncomplete?: boolean | undefined;
  readonly include: readonly IncludedOutcome[];
  /** Relative to the working directory. */
  readonly baseline?: string | undefined;
  readonly writeBaseline?: boolean | undefined;
  readonly noBaseline?: boolean | undefined;
  readonly since?: string | undefined;
  readonly inlineSuppressions: boolean;
  /** `YYYY-MM-DD` */
  readonly asOf: string;
  readonly version: string;
}

export interface ScanResult {
  readonly report: ReportInput;
  readonly exitCode: number;
  /** A baseline to be written: the path relative to the working directory. */
  readonly baseline?: { readonly file: string; readonly text: string } | undefined;
  /** Remarks for standard error. */
  readonly notes: readonly string[];
  /** What makes the report incomplete, in one sentence. */
  readonly incompleteNote?: string | undefined;
}

/** Paths → findings. Throws `UsageError`. */
export function scan(options: ScanOptions): ScanResult {
  const opened = openProject(options);
  const project = options.since === undefined ? opened : { ...opened, fileSystem: rememberReads(opened.fileSystem) };
  const walk = walkProject(project);
  const settings = mergeSettings(project, options);
  const history = options.since === undefined ? undefined : openHistory(project, options.since);
  const reading = readProject(project, walk, {
    ...options,
    commentPattern: suppressionPattern,
    changed: history?.changed,
  });
  const selection = selectPolicies(project, policyShapes(), options);
  const rules = projectRules(project, reading, selection, options);
  const context: JudgeContext = { project, rules, selection, settings, options };
  const before = history === undefined ? undefined : judgeBase(context, history);
  const built = judge(context, reading, { baseline: readBaseline(project, options), before });
  const exit = decideExit({ reading, built, selection, settings });
  return {
    report: toReport(context, reading, built, exit.exitCode),
    exitCode: options.writeBaseline === true && exit.exitCode === 1 ? 0 : exit.exitCode,
    baseline:
      options.writeBaseline === true
        ? { file: baselineFile(project, options), text: renderBaseline(built.accepted) }
        : undefined,
    notes: notes(project, reading, options),
    incompleteNote: incompleteNote(exit),
  };
}

interface JudgeContext {
  readonly project: Project;
  readonly rules: ProjectRules;
  readonly selection: PolicySelection;
  readonly settings: ScanSettings;
  readonly options: ScanOptions;
}

function mergeSettings({ configuration }: Project, options: ScanOptions): ScanSettings {
  const include: IncludedOutcome[] = ['pass', 'unknown', 'skip', 'suppressed'];
  return {
    minSeverity: options.minSeverity ?? configuration.minSeverity,
    failOn: options.failOn ?? configuration.failOn ?? 'low',
    failOnUnknown: options.failOnUnknown ?? configuration.failOnUnknown,
    strict: options.strict ?? configuration.strict ?? false,
    allowIncomplete: options.allowIncomplete ?? configuration.allowIncomplete ?? false,
    include: new Set(
      include.filter((outcome) => options.include.includes(outcome) || configuration.include.includes(outcome)),
    ),
  };
}

function judge(
  { project, rules, selection, settings, options }: JudgeContext,
  reading: Reading,
  known: { readonly baseline?: Baseline | undefined; readonly before?: Baseline | undefined },
): BuiltFindings {
  const evaluations = evaluatePolicies(reading.graph, selection.policies, {
    now: options.asOf,
    shapes: reading.shapes,
    parameters: rules.parameters,
  });
  return buildFindings({
    evaluations,
    graph: reading.graph,
    policies: new Map(selection.policies.map(({ metadata }) => [metadata.id, metadata])),
    knownPolicies: selection.knownNames,
    comments: reading.terraform.comments,
    rules: rules.findings,
    ...known,
    asOf: options.asOf,
    include: settings.include,
    minSeverity: settings.minSeverity,
    roots: reading.terraform.roots,
    selection: toSelection(project, reading),
    moved: new Map(reading.terraform.roots.map(({ root, moved }) => [root, moved])),
  });
}

/** A place is asked for if it lies in a PATH, or in a root that loads a variable file that is one. */
function toSelection(project: Project, reading: Reading): ((range: SourceRange) => boolean) | undefined {
  if (project.paths.includes('')) return undefined;
  const loaded = reading.terraform.roots.filter(({ varFiles }) =>
    varFiles.some((file) => project.paths.includes(file)),
  );
  const folders = [...project.paths, ...loaded.map(({ folder }) => folder)];
  return ({ file }) => folders.some((folder) => isWithin(file.path, folder));
}

interface History {
  readonly fileSystem: FileSystem;
  readonly changed: readonly string[];
}

function openHistory(project: Project, revision: string): History {
  const read = readChanges(project.root, revision);
  if (read.ok)
    return {
      fileSystem: revisionFileSystem(project.fileSystem, read.changes),
      changed: [...read.changes.files.keys()],
    };
  const sentences = {
    'no-git': 'The program "git" is needed for --since and was not found.',
    'not-a-repository': '--since needs a git repository, and this is none.',
    'not-owned': `git does not read this repository, since it belongs to another user: git config --global --add safe.directory ${repositoryTop(project.root) ?? project.root}`,
    'unknown-revision': `"${revision}" is not a revision of this repository.`,
    shallow: `The history is too short to find where "${revision}" and HEAD part: fetch more of it (git fetch --unshallow, or fetch-depth: 0 in CI).`,
    failed: `git could not say what has changed since "${revision}".`,
  };
  throw new UsageError(sentences[read.failure]);
}

/** What lies at the base besides Terraform is of no interest. */
const NOTHING_WALKED: Walk = { files: [], notInputs: [], configurations: [], diagnostics: [] };

/** What the base of `--since` had already: judged by the same policies, suppressions left aside. */
function judgeBase(context: JudgeContext, history: History): Baseline {
  const project = { ...context.project, fileSystem: history.fileSystem };
  const reading = readProject(project, NOTHING_WALKED, {
    ...context.options,
    changed: history.changed,
    isEarlier: true,
  });
  return judge({ ...context, project }, reading, {}).present;
}

const DEFAULT_BASELINE = '.trueline/baseline.json';

/** Relative to the working directory. */
function baselineFile(project: Project, options: ScanOptions): string {
  if (options.baseline !== undefined) return options.baseline;
  const configured = project.configuration.baseline ?? DEFAULT_BASELINE;
  return isAbsolute(configured) ? configured : toDisplayPath(project, configured);
}

function readBaseline(project: Project, options: ScanOptions): Baseline | undefined {
  if (options.noBaseline === true) return undefined;
  const path = fromHere(project, baselineFile(project, options));
  const absolute = resolve(project.root, path);
  if (!existsSync(absolute)) {
    if (options.baseline !== undefined && options.writeBaseline !== true)
      throw new UsageError(`The baseline "${options.baseline}" does not exist.`);
    return undefined;
  }
  const { baseline, diagnostics } = parseBaseline({ path, text: readFileSync(absolute, 'utf8') });
  const [first] = diagnostics;
  if (first !== undefined)
    throw new UsageError(
      first.message,
      first.range === undefined ? [] : [{ message: first.message, range: first.range }],
    );
  return baseline;
}

function toReport(
  { project, selection, options }: JudgeContext,
  reading: Reading,
  built: BuiltFindings,
  exitCode: number,
): ReportInput {
  const top = repositoryTop(project.root);
  return {
    version: options.version,
    asOf: options.asOf,
    projectRoot: project.rootFromHere,
    workingDirectory: project.workingDirectory,
    repositoryRoot: top === undefined ? '' : toProjectPath(top, project.root),
    findings: built.findings,
    diagnostics: [...reading.diagnostics, ...selection.diagnostics, ...built.diagnostics],
    policies: selection.policies.map(({ metadata }) => metadata),
    summary: summarize(reading, selection, built, exitCode),
    secrets: sensitiveTexts(reading.graph, options.environment),
  };
}

function notes(project: Project, reading: Reading, options: ScanOptions): string[] {
  const notInputs = reading.walk.notInputs.map((path) => toDisplayPath(project, path));
  const known = notInputs
    .slice(0, 3)
    .map((path) => `"${path}"`)
    .join(', ');
  const more = notInputs.length > 3 ? ` and ${notInputs.length - 3} more` : '';
  return [
    ...(notInputs.length > 0 ? [`${known}${more}: not an input, not read`] : []),
    ...(options.since === undefined ? [] : [`only what is new since ${options.since} is reported`]),
  ];
}
