import { comparePolicies } from './access/compare/compare.js';
import { escalationsOf } from './access/escalation/escalations.js';
import { excessOf } from './access/excess/excess.js';
import { listGrants } from './access/grants.js';
import { type AccessQuestion, answerQuestion, type ResourceQuestion, whoCan } from './access/question.js';
import type { PolicyInForce } from './access/request.js';
import { type RightSizeQuestion, rightSize } from './access/right-size/right-size.js';
import type { AccessSources } from './access/stated-world.js';
import { readUsageFacts } from './access/usage/read-usage-facts.js';
import { toUsage } from './access/usage/to-usage.js';
import { excessExit, type FoundExit, sizingExit } from './access-exit.js';
import { accessSources } from './access-sources.js';
import { collectSecrets } from './collect-secrets.js';
import { withPatch } from './edit-best-change.js';
import { editRightSized } from './edit-right-sized.js';
import type { AccessAnswer } from './findings/access-answer.js';
import type { UsageLog } from './model/usage.js';
import { openProject, type Project, type ProjectOptions, UsageError } from './project.js';
import { readPolicyFile } from './read-policy-file.js';
import { askedRoots, type Reading, readProject } from './read-project.js';
import type { ReadingOptions } from './reading-options.js';
import type { AccessInput, AccessListingInput } from './report/access.js';
import type { AccessReportInput } from './report/access-report.js';
import type { RightSizeInput } from './report/right-size.js';
import type { FileSystem } from './source/file-system.js';
import { listingExit } from './summary.js';
import { joinNotes, usageNote } from './usage-note.js';
import { walkProject } from './walk.js';

type AccessOptions = ProjectOptions & ReadingOptions;

/** What was asked for, and the exit code. */
export interface AskedAccess<Input> {
  readonly input: Input;
  readonly exitCode: 0 | 1 | 3;
  readonly incompleteNote?: string | undefined;
}

const EXIT_CODES: Readonly<Record<AccessAnswer['outcome'], 0 | 1 | 3>> = {
  allowed: 0,
  'explicit-deny': 1,
  'implicit-deny': 1,
  depends: 3,
};

/** May a principal do something with a resource, by the policies of the input? Throws `UsageError`. */
export function askAccess(
  options: AccessOptions & {
    readonly question: Omit<AccessQuestion, 'session'>;
    /** Files of session policies; none: nothing is said of them. */
    readonly sessionPolicies?: readonly string[] | undefined;
  },
): AskedAccess<AccessInput> {
  const session = (options.sessionPolicies ?? []).map((path): PolicyInForce => {
    const read = readPolicyFile(options.workingDirectory, path);
    if (read === undefined) throw new UsageError(`"${path}" is no policy: it has no Statement.`);
    return { document: read.document, name: `session policy ${path}` };
  });
  const { reading, sources, places } = readAccess(options);
  const question = { ...options.question, session: session.length === 0 ? undefined : session };
  const answer = answerQuestion(question, sources);
  if ('problem' in answer) throw new UsageError(answer.problem);
  const { exitCode, incompleteNote } = listingExit(reading, places);
  return {
    input: { ...places, answer },
    exitCode: exitCode === 0 ? EXIT_CODES[answer.outcome] : exitCode,
    incompleteNote,
  };
}

/** Who may do something with a resource, by the policies of the input? Throws `UsageError`. */
export function askWhoCan(
  options: AccessOptions & { readonly question: ResourceQuestion },
): AskedAccess<AccessListingInput> {
  const { reading, sources, places } = readAccess(options);
  const listing = whoCan(options.question, sources);
  if ('problem' in listing) throw new UsageError(listing.problem);
  return { input: { ...places, listing }, ...listingExit(reading, places) };
}

/**
 * What users and roles are granted, whom resources let in, and who could become administrator, by the policies of the input;
 * with usage also what of it nobody uses. Throws `UsageError`.
 */
export function reportAccess(
  options: AccessOptions & { readonly usage?: UsageLog | undefined; readonly unusedDays?: number | undefined },
): AskedAccess<AccessReportInput> {
  const { reading, sources, places } = readAccess(options);
  const excess = options.usage === undefined ? undefined : excessOf(sources, options.usage, options.unusedDays);
  const usage = options.usage === undefined ? undefined : toUsage(options.usage, readUsageFacts(sources));
  const escalation = withPatch(escalationsOf(sources, usage), (texts) => readAccess(options, texts).sources);
  const found = excess === undefined ? undefined : excessExit(excess);
  return {
    input: { ...places, grants: listGrants(sources), excess, escalation },
    ...exitOf(listingExit(reading, places), options.usage, found),
  };
}

/** What the policies of a user or role could be, by what it did. Throws `UsageError`. */
export function rightSizeAccess(
  options: AccessOptions & { readonly question: RightSizeQuestion; readonly log: UsageLog },
): AskedAccess<RightSizeInput> {
  const { reading, sources, places } = readAccess(options);
  const usage = toUsage(options.log, readUsageFacts(sources));
  const sized = rightSize(options.question, usage, sources, comparePolicies);
  if ('problem' in sized) throw new UsageError(sized.problem);
  const { sizing } = sized;
  const edited = editRightSized(sized, (texts) => readAccess(options, texts).sources);
  return {
    input: { ...places, sizing, patch: edited.patch, notEdited: edited.problems },
    ...exitOf(listingExit(reading, places), options.log, sizingExit(sizing)),
  };
}

/** The highest that applies, with why it is 3. */
function exitOf(
  read: ReturnType<typeof listingExit>,
  log: UsageLog | undefined,
  found: FoundExit | undefined,
): Pick<AskedAccess<unknown>, 'exitCode' | 'incompleteNote'> {
  const gaps = log === undefined ? undefined : usageNote(log);
  return {
    exitCode: read.exitCode === 3 || gaps !== undefined ? 3 : (found?.exitCode ?? 0),
    incompleteNote: joinNotes([read.incompleteNote, gaps, found?.note]),
  };
}

interface AccessReading {
  readonly reading: Reading;
  readonly sources: AccessSources;
  readonly places: Omit<AccessInput, 'answer'>;
}

/** `texts`: what is to be read in the place of files. */
function readAccess(options: AccessOptions, texts?: ReadonlyMap<string, string>): AccessReading {
  const opened = openProject(options);
  const project = texts === undefined ? opened : withTexts(opened, texts);
  const reading = readProject(project, walkProject(project, options.type), options);
  return {
    reading,
    sources: accessSources(reading.graph, new Set(askedRoots(project, reading.evaluation).map(({ root }) => root))),
    places: placesOf(project, reading, options),
  };
}

function withTexts(project: Project, texts: ReadonlyMap<string, string>): Project {
  const { fileSystem } = project;
  const readFile: FileSystem['readFile'] = (path, headBytes) => {
    const text = texts.get(path);
    return text === undefined
      ? fileSystem.readFile(path, headBytes)
      : { ok: true, value: new TextEncoder().encode(text) };
  };
  return {
    ...project,
    fileSystem: {
      readFile,
      readDirectory: (path) => fileSystem.readDirectory(path),
      kindOf: (path) => fileSystem.kindOf(path),
    },
  };
}

function placesOf(project: Project, reading: Reading, { environment }: AccessOptions): AccessReading['places'] {
  return {
    projectRoot: project.rootFromHere,
    workingDirectory: project.workingDirectory,
    repositoryRoot: '',
    secrets: collectSecrets(reading, environment),
  };
}
