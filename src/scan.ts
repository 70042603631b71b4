import { existsSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { openAccessFacts } from './access-facts.js';
import { collectSecrets } from './collect-secrets.js';
import { INCLUDABLE } from './config.js';
import type { Baseline } from './findings/baseline.js';
import { parseBaseline, renderBaseline } from './findings/baseline.js';
import {
  type BuildFindingsInput,
  type BuiltFindings,
  buildFindings,
  type IncludedOutcome,
} from './findings/build-findings.js';
import type { Evaluation } from './findings/evaluation.js';
import type { PolicyMetadata } from './findings/policy-metadata.js';
import type { ReportInput } from './findings/report-input.js';
import type { Severity } from './findings/severity.js';
import { suppressionPattern } from './findings/suppressions.js';
import { readChanges, revisionFileSystem } from './history/git.js';
import { isPlan } from './input-kinds.js';
import type { UsageLog } from './model/usage.js';
import { newAccessSince } from './new-access.js';
import { NEW_ACCESS } from './new-access-policy.js';
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
import { policyShapes, type Reading, readProject } from './read-project.js';
import { readSetting } from './read-setting.js';
import type { ReadingOptions } from './reading-options.js';
import { rememberReads } from './remember-reads.js';
import { type ProjectRules, projectRules } from './rules.js';
import type { ScanSettings } from './scan-settings.js';
import type { Diagnostic } from './source/diagnostic.js';
import type { FileSystem } from './source/file-system.js';
import { isWithin } from './source/paths.js';
import { decideExit, type Exit, incompleteNote, summarize } from './summary.js';
import { joinNotes, usageNote } from './usage-note.js';
import { type Walk, walkProject } from './walk.js';
import { weakenedSince } from './weakened-since.js';

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
  /** What principals did: policies ask what of their rights they did not use. */
  readonly usage?: UsageLog | undefined;
  /** So many days without a use make a right unused; undefined: all the time that logs show. */
  readonly unusedDays?: number | undefined;
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
  if (options.since !== undefined && options.writeBaseline === true)
    throw new UsageError('"--write-baseline" accepts all that is there: use it without "--since".');
  const opened = openProject(options);
  const project = options.since === undefined ? opened : { ...opened, fileSystem: rememberReads(opened.fileSystem) };
  const walk = walkProject(project, options.type);
  if (options.since !== undefined) refuseWithoutHistory(project, walk);
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
  const earlier = history === undefined ? undefined : judgeEarlier(context, history, reading);
  const built = judge(context, reading, {
    baseline: readBaseline(project, options),
    before: earlier?.present,
    further: earlier?.newAccess,
  });
  const weakened = earlier?.weakened ?? [];
  const isAccepting = options.writeBaseline === true;
  const usageGaps = options.usage === undefined ? undefined : usageNote(options.usage);
  const hasUsageGaps = usageGaps !== undefined;
  const exit = decideExit({ reading, built, selection, settings, isAccepting, hasUsageGaps });
  return {
    report: toReport(context, reading, { built, weakened }, exit),
    exitCode: exit.exitCode,
    baseline: isAccepting ? { file: baselineFile(project, options), text: renderBaseline(built.accepted) } : undefined,
    notes: [...notes(context, reading, built), ...weakenedNote(weakened)],
    incompleteNote: joinNotes([incompleteNote(exit), usageGaps]),
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
  return {
    minSeverity: options.minSeverity ?? configuration.minSeverity,
    failOn: options.failOn ?? configuration.failOn ?? 'low',
    failOnUnknown: options.failOnUnknown ?? configuration.failOnUnknown,
    strict: options.strict ?? configuration.strict ?? false,
    allowIncomplete: options.allowIncomplete ?? configuration.allowIncomplete ?? false,
    include: new Set(
      INCLUDABLE.filter((outcome) => options.include.includes(outcome) || configuration.include.includes(outcome)),
    ),
  };
}

function judge(
  { project, rules, selection, settings, options }: JudgeContext,
  reading: Reading,
  known: {
    readonly baseline?: Baseline | undefined;
    readonly before?: Baseline | undefined;
    /** What two revisions together tell. */
    readonly further?: readonly Evaluation[] | undefined;
  },
): BuiltFindings {
  const evaluations = evaluatePolicies(reading.graph, selection.policies, {
    now: options.asOf,
    shapes: reading.shapes,
    parameters: rules.parameters,
    access: () => openAccessFacts(reading.graph, options.usage, options.unusedDays),
  });
  return buildFindings({
    evaluations: known.further === undefined ? evaluations : [...evaluations, ...known.further],
    graph: reading.graph,
    policies: new Map(metadataOf(selection, known.further !== undefined).map((metadata) => [metadata.id, metadata])),
    knownPolicies: selection.knownNames,
    comments: reading.evaluation.comments,
    rules: rules.findings,
    baseline: known.baseline,
    before: known.before,
    asOf: options.asOf,
    include: settings.include,
    minSeverity: settings.minSeverity,
    roots: reading.evaluation.roots,
    selection: toSelection(project, reading),
    moved: new Map(reading.evaluation.roots.map(({ root, moved }) => [root, moved])),
  });
}

function metadataOf({ policies }: PolicySelection, withNewAccess: boolean): PolicyMetadata[] {
  const metadata = policies.map((policy) => policy.metadata);
  return withNewAccess ? [...metadata, NEW_ACCESS] : metadata;
}

/**
 * A place is asked for if it lies in a PATH, or in a root that loads a variable file that is one; what has no place, if
 * something of its root does.
 */
function toSelection(project: Project, reading: Reading): BuildFindingsInput['selection'] {
  if (project.paths.includes('')) return undefined;
  const loading = new Set(
    reading.evaluation.roots
      .filter(({ valueFiles, files, language }) =>
        // A plan or a snapshot is asked for as a whole, wherever its source lies.
        (language === 'live' || isPlan(language) ? files : valueFiles).some((file) => project.paths.includes(file)),
      )
      .map(({ root }) => root),
  );
  if (reading.evaluation.roots.every(({ root }) => loading.has(root))) return undefined;
  const isAskedFor = (file: string) => project.paths.some((path) => isWithin(file, path));
  const isOfAskedRoot = (name: string) =>
    reading.evaluation.roots.some(({ root, files }) => root === name && files.some(isAskedFor));
  return (range, root) =>
    loading.has(root) || (range === undefined ? isOfAskedRoot(root) : isAskedFor(range.file.path));
}

/** A plan, what was synthesised, and what comes through a pipe have no earlier version: nothing of them would ever be new. */
function refuseWithoutHistory({ paths, standardInput }: Project, { files, assemblies, snapshots }: Walk): void {
  const plan = files.find(({ kind, path }) => isPlan(kind) && paths.includes(path))?.path;
  const path = standardInput ?? plan ?? assemblies[0] ?? snapshots[0];
  if (path !== undefined)
    throw new UsageError(`"--since" compares with an earlier version, and "${path}" has none: leave "--since" out.`);
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

const NOTHING_WALKED: Walk = {
  files: [],
  assemblies: [],
  snapshots: [],
  notInputs: [],
  configurations: [],
  diagnostics: [],
};

/** What lies at the base besides Terraform is of interest where such is read now. */
function walkEarlier(project: Project, { evaluation }: Reading, type: ScanOptions['type']): Walk {
  if (evaluation.roots.every(({ language }) => language === 'terraform')) return NOTHING_WALKED;
  const paths = project.paths.filter((path) => project.fileSystem.kindOf(path) !== undefined);
  return paths.length === 0 ? NOTHING_WALKED : walkProject({ ...project, paths }, type);
}

/** What the base of `--since` had already, by the same policies, suppressions left aside; and what hides findings only since. */
function judgeEarlier(
  context: JudgeContext,
  history: History,
  reading: Reading,
): {
  readonly present: Baseline;
  readonly weakened: readonly Diagnostic[];
  readonly newAccess: readonly Evaluation[] | undefined;
} {
  const project = { ...context.project, fileSystem: history.fileSystem };
  const earlier = readProject(project, walkEarlier(project, reading, context.options.type), {
    ...context.options,
    commentPattern: suppressionPattern,
    // What is evaluated now is evaluated then: else all that it had would seem new.
    changed: [...history.changed, ...reading.evaluation.terraform.roots.map(({ folder }) => folder)],
    isEarlier: true,
  });
  const weakened = weakenedSince({
    now: context.project.fileSystem,
    earlier: history.fileSystem,
    changed: history.changed,
    commentsNow: reading.evaluation.comments,
    commentsEarlier: earlier.evaluation.comments,
    baselineFile: fromHere(project, baselineFile(project, context.options)),
  });
  const unhidden = { ...earlier, evaluation: { ...earlier.evaluation, comments: [] } };
  return {
    present: judge({ ...context, project }, unhidden, {}).present,
    weakened,
    newAccess: findNewAccess(context, history, reading, earlier),
  };
}

/** Nothing is compared where nothing changed, or nothing is there that IAM decides on. */
function findNewAccess(
  ...[{ selection }, { changed }, now, earlier]: readonly [JudgeContext, History, Reading, Reading]
): readonly Evaluation[] | undefined {
  if (!selection.hasNewAccess || changed.length === 0) return undefined;
  const isOfAws = [...now.graph.resources.values()].some(({ scope }) => scope.provider === 'aws');
  return isOfAws ? newAccessSince(earlier.graph, now.graph) : undefined;
}

function weakenedNote(weakened: readonly Diagnostic[]): string[] {
  if (weakened.length === 0) return [];
  const count = weakened.length === 1 ? '1 thing hides' : `${weakened.length} things hide`;
  const places = weakened.map(({ message }) => message).slice(0, 3);
  return [`${count} findings and did not before: ${places.join(' ')}`];
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
  const read = readSetting(absolute);
  if (!read.ok) throw new UsageError(`The baseline "${path}" cannot be read (${read.failure}).`);
  const { baseline, diagnostics } = parseBaseline({ path, text: read.value });
  const [first] = diagnostics;
  // One that cannot be read is written anew.
  if (first !== undefined && options.writeBaseline === true) return undefined;
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
  { built, weakened }: { readonly built: BuiltFindings; readonly weakened: readonly Diagnostic[] },
  exit: Exit,
): ReportInput {
  const top = repositoryTop(project.root);
  return {
    version: options.version,
    asOf: options.asOf,
    projectRoot: project.rootFromHere,
    workingDirectory: project.workingDirectory,
    repositoryRoot: top === undefined ? '' : toProjectPath(top, project.root),
    findings: built.findings,
    undecided: built.undecided,
    diagnostics: [...reading.diagnostics, ...selection.diagnostics, ...built.diagnostics, ...weakened],
    policies: metadataOf(
      selection,
      built.findings.some(({ policy }) => policy === NEW_ACCESS.id),
    ),
    summary: summarize({ project, reading, policies: selection.policies.length, built, exit }),
    secrets: collectSecrets(reading, options.environment),
  };
}

/** Remarks for standard error, a line each. */
function notes({ project, options }: JudgeContext, { walk, evaluation }: Reading, built: BuiltFindings): string[] {
  const loaded = new Set(evaluation.roots.flatMap(({ valueFiles }) => valueFiles));
  const variables = walk.files.filter(
    ({ kind, path }) => kind === 'terraform-variables' && project.paths.includes(path),
  );
  const spare = variables.map(({ path }) => path).filter((path) => !loaded.has(path));
  const file = baselineFile(project, options);
  return [
    ...named(project, walk.notInputs, 'not an input, not read'),
    ...named(project, project.excludedPaths, 'named, but "exclude" leaves it out'),
    ...named(project, spare, 'no root loads it; list it under "roots" in trueline.yaml, or give --var-file'),
    ...(options.since === undefined ? [] : [`only what is new since ${options.since} is reported`]),
    ...(options.writeBaseline === true
      ? [`${built.accepted.entries.length} accepted findings written to ${file}`]
      : []),
  ];
}

function named(project: Project, paths: readonly string[], what: string): string[] {
  if (paths.length === 0) return [];
  const shown = paths.slice(0, 3).map((path) => `"${toDisplayPath(project, path)}"`);
  const more = paths.length > shown.length ? ` and ${paths.length - shown.length} more` : '';
  return [`${shown.join(', ')}${more}: ${what}`];
}
