import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type CompareOptions, comparePolicies } from './access/compare/compare.js';
import { compareGraphs } from './access/compare/compare-graphs.js';
import { compareResourcePolicies } from './access/compare/compare-resource.js';
import { toCompared } from './access/compare/compared-access.js';
import type { DocumentProblem } from './access/document-problems.js';
import type { AccessSources } from './access/stated-world.js';
import { accessSources } from './access-sources.js';
import { collectSecrets } from './collect-secrets.js';
import type { AccessComparison } from './findings/access-comparison.js';
import { readChanges, revisionFileSystem } from './history/git.js';
import type { Value } from './model/value.js';
import { openProject, type Project, type ProjectOptions, UsageError } from './project.js';
import { readPolicyFile } from './read-policy-file.js';
import { askedRoots, type Reading, readProject } from './read-project.js';
import type { ReadingOptions } from './reading-options.js';
import { rememberReads } from './remember-reads.js';
import type { AccessComparisonInput } from './report/access-comparison.js';
import { listingExit } from './summary.js';
import { walkProject } from './walk.js';

/** What is compared. */
export type ComparedInput =
  /** Two documents, folders, plans or snapshots. */
  | { readonly kind: 'paths'; readonly old: string; readonly new: string }
  /** Two revisions of the PATHs; without `to` the work tree is the second one. */
  | { readonly kind: 'revisions'; readonly from: string; readonly to: string | undefined };

export type CompareAccessOptions = ProjectOptions &
  ReadingOptions & {
    readonly input: ComparedInput;
    /** What holds for known forms of ARNs only is unknown. */
    readonly strict: boolean;
  };

export interface ComparedAccessResult {
  readonly input: AccessComparisonInput;
  readonly exitCode: 0 | 1 | 3;
  readonly incompleteNote?: string | undefined;
}

/** Whether the second side allows anything that the first one does not. Throws `UsageError`. */
export function compareAccess(options: CompareAccessOptions): ComparedAccessResult {
  const { input } = options;
  if (input.kind === 'revisions') return compareRevisions(options, input);
  const documents = [input.old, input.new].map((path) => readDocument(options.workingDirectory, path));
  const [before, after] = documents;
  if (before !== undefined && after !== undefined) return compareDocuments(before, after, options);
  const [old, now] = [input.old, input.new].map((path) => readSide({ ...options, paths: [path] }));
  if (old === undefined || now === undefined) throw new UsageError('Two sides are compared.');
  return compareReadings(old, now, options);
}

interface ReadDocument {
  readonly path: string;
  readonly document: Value;
  readonly hasPrincipals: boolean;
  readonly problems: readonly DocumentProblem[];
}

/** A policy in JSON; undefined for a folder, and for JSON that is something else: a plan, a template. */
function readDocument(workingDirectory: string, path: string): ReadDocument | undefined {
  const absolute = resolve(workingDirectory, path);
  const stat = statSync(absolute, { throwIfNoEntry: false });
  if (stat === undefined) throw new UsageError(`"${path}" does not exist.`);
  if (!stat.isFile() || !/\.json$/i.test(path)) return undefined;
  const read = readPolicyFile(workingDirectory, path);
  if (read === undefined) return undefined;
  const { document, problems } = read;
  const statement = document.kind === 'object' ? document.entries.get('statement') : undefined;
  const hasPrincipals =
    statement?.kind === 'list' &&
    statement.elements.some(
      (one) => one.kind === 'object' && (one.entries.has('principals') || one.entries.has('not_principals')),
    );
  return { path, document, hasPrincipals, problems };
}

function compareDocuments(old: ReadDocument, now: ReadDocument, options: CompareAccessOptions): ComparedAccessResult {
  const [before, after] = [old, now].map(({ document, path }) => [{ document, name: path }]);
  if (before === undefined || after === undefined) throw new UsageError('Two documents are compared.');
  const settings = toCompareOptions(options);
  const answer =
    old.hasPrincipals || now.hasPrincipals
      ? compareResourcePolicies(now.path, { before, after }, settings)
      : toCompared('policy', now.path, comparePolicies(before, after, settings));
  const notes = [old, now].flatMap(({ path, problems }) => problems.map(({ message }) => `"${path}": ${message}`));
  const places = { projectRoot: '.', workingDirectory: '.', repositoryRoot: '', secrets: NO_SECRETS };
  return toResult({ answers: [answer], notes: [...new Set(notes)] }, places, []);
}

const NO_SECRETS: AccessComparisonInput['secrets'] = { texts: [], ranges: [] };

function toCompareOptions({ strict }: CompareAccessOptions): CompareOptions {
  return { strict };
}

interface Side {
  readonly project: Project;
  readonly reading: Reading;
  readonly sources: AccessSources;
}

function readSide(options: CompareAccessOptions, given?: Project): Side {
  const project = given ?? openProject(options);
  const reading = readProject(project, walkProject(project, options.type), options);
  return {
    project,
    reading,
    sources: accessSources(reading.graph, new Set(askedRoots(project, reading.evaluation).map(({ root }) => root))),
  };
}

function compareReadings(old: Side, now: Side, options: CompareAccessOptions): ComparedAccessResult {
  const answers = compareGraphs(old.sources, now.sources, toCompareOptions(options));
  const places = {
    projectRoot: now.project.rootFromHere,
    workingDirectory: now.project.workingDirectory,
    repositoryRoot: '',
    secrets: collectSecrets(now.reading, options.environment),
  };
  return toResult({ answers, notes: [] }, places, [old.reading, now.reading]);
}

function compareRevisions(
  options: CompareAccessOptions,
  { from, to }: Extract<ComparedInput, { kind: 'revisions' }>,
): ComparedAccessResult {
  const opened = openProject(options);
  const project = { ...opened, fileSystem: rememberReads(opened.fileSystem) };
  const old = readSide(options, { ...project, fileSystem: filesAt(project, from, to) });
  const now = readSide(options, to === undefined ? project : { ...project, fileSystem: filesAt(project, to, to) });
  return compareReadings(old, now, options);
}

/** The files at the merge base of a revision and `head`: HEAD where nothing is given. */
function filesAt(project: Project, revision: string, head: string | undefined): Project['fileSystem'] {
  const read = readChanges(project.root, revision, head);
  if (!read.ok) throw new UsageError(`git could not read "${revision}" of this repository (${read.failure}).`);
  return revisionFileSystem(project.fileSystem, read.changes);
}

/** Something new is 1, whatever else is not known. */
function toResult(
  comparison: AccessComparison,
  places: Omit<AccessComparisonInput, 'comparison'>,
  readings: readonly Reading[],
): ComparedAccessResult {
  const exits = readings.map((reading) => listingExit(reading, places));
  const outcomes = new Set(comparison.answers.map(({ outcome }) => outcome));
  const isIncomplete = outcomes.has('unknown') || exits.some(({ exitCode }) => exitCode === 3);
  return {
    input: { ...places, comparison },
    exitCode: outcomes.has('yes') ? 1 : isIncomplete ? 3 : 0,
    incompleteNote: exits.find((exit) => exit.incompleteNote !== undefined)?.incompleteNote,
  };
}
