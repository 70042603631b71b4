import type { RenderedSource } from './evaluate/kubernetes/rendered-sources.js';
import { INPUT_KINDS, type InputKind, isRead } from './input-kinds.js';
import { openProject, type ProjectOptions } from './project.js';
import { askedRoots, readProject } from './read-project.js';
import type { ReadingOptions } from './reading-options.js';
import type { InputsInput } from './report/inputs.js';
import { severityOf } from './source/diagnostic.js';
import { listingExit } from './summary.js';
import { walkProject } from './walk.js';

export interface InputListing {
  readonly input: InputsInput;
  readonly exitCode: 0 | 3;
  /** What makes the listing incomplete, in one sentence. */
  readonly incompleteNote?: string | undefined;
}

/** What would be read, with its values, and what would not, and why. Throws `UsageError`. */
export function listInputs(options: ProjectOptions & ReadingOptions): InputListing {
  const project = openProject(options);
  const walk = walkProject(project, options.type);
  const reading = readProject(project, walk, options);
  const { evaluation, diagnostics, rendered } = reading;
  const read = new Set(evaluation.roots.flatMap(({ files }) => files));
  const unread = walk.files
    .filter(({ path, kind }) => (!isRead(kind) || rendered.sourceOf(path) !== undefined) && !read.has(path))
    .filter(({ path }) => !rendered.isPlain(path))
    .map(({ path, kind }) => ({ path, kind: INPUT_KINDS[kind].one, reason: reasonOf(kind, rendered.sourceOf(path)) }));
  const broken = diagnostics
    .filter(({ code }) => severityOf(code) === 'error')
    .map(({ range, path = '', message }) =>
      range === undefined
        ? { path, kind: 'unreadable', reason: message }
        : { path: range.file.path, kind: 'not read as a whole', reason: message },
    );
  const others = walk.notInputs.map((path) => ({ path, kind: 'other', reason: 'it is no input' }));
  return {
    input: {
      projectRoot: project.rootFromHere,
      workingDirectory: project.workingDirectory,
      repositoryRoot: '',
      roots: askedRoots(project, evaluation).map((root) => ({
        root: root.root,
        kind: root.language,
        role: root.kind,
        files: root.files,
        modules: root.modules,
        workspace: root.language === 'terraform' ? (options.workspace ?? '') : '',
        varFiles: root.valueFiles,
        variablesWithoutValue: root.withoutValue.map(({ name }) => name),
        modulesNotInstalled: root.modulesNotInstalled.map(({ address, source }) => ({ address, source })),
      })),
      notRead: [...unread, ...broken, ...others],
    },
    ...listingExit(reading),
  };
}

function reasonOf(kind: InputKind, source: RenderedSource | undefined): string {
  if (source !== undefined) return `it has to be rendered: ${source.command}`;
  return INPUT_KINDS[kind].remedy ?? 'this release does not read it';
}
