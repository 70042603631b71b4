import { evaluateCloudFormation } from './evaluate/cloudformation/evaluate-cloudformation.js';
import { evaluateKubernetes } from './evaluate/kubernetes/evaluate-kubernetes.js';
import { findRenderedSources, type RenderedSources } from './evaluate/kubernetes/rendered-sources.js';
import { isRendered } from './input-kinds.js';
import type { Project } from './project.js';
import { type EvaluatedRoot, type LanguageEvaluation, NOTHING_MOVED } from './project-evaluation.js';
import type { ReadingOptions } from './read-project.js';
import { cloudFormationSchemas } from './schemas/cloudformation-schemas.js';
import { kubernetesSchemas } from './schemas/kubernetes-schemas.js';
import { decodeUtf8 } from './source/decode-utf8.js';
import type { Diagnostic } from './source/diagnostic.js';
import { folderOf } from './source/paths.js';
import type { SourceFile } from './source/source-file.js';
import { parseData } from './syntax/data/parse-data.js';
import { type Walk, walkProject } from './walk.js';

/** Templates and manifests, evaluated, and the sources that only become manifests. */
export interface LanguageReading {
  readonly evaluations: readonly LanguageEvaluation[];
  readonly rendered: RenderedSources;
}

/** Evaluates the templates and manifests that the PATHs ask for, together with those of the project that they go with. */
export function evaluateLanguages(project: Project, walk: Walk, options: ReadingOptions): LanguageReading {
  const evaluations: LanguageEvaluation[] = [];
  for (const kind of ['cloudformation', 'kubernetes'] as const) {
    const paths = pathsOf(kind, project, walk, options);
    if (paths.length === 0) continue;
    const evaluate = kind === 'cloudformation' ? evaluateTemplates : evaluateManifests;
    evaluations.push(evaluate(project, paths, options));
  }
  return { evaluations, rendered: renderedIn(project, walk) };
}

/**
 * What is evaluated is more than what is reported: an export is imported, a namespace has its policies elsewhere in the
 * project. What comes on standard input is a whole by itself. With `--since`, nothing where no file of the kind has changed.
 */
function pathsOf(
  kind: 'cloudformation' | 'kubernetes',
  project: Project,
  walk: Walk,
  { changed, type }: ReadingOptions,
): string[] {
  if (!walk.files.some((file) => file.kind === kind)) return [];
  const { paths, standardInput } = project;
  const isAlone = paths.includes('') || type !== undefined || paths.every((path) => path === standardInput);
  const around = isAlone ? walk : walkProject({ ...project, paths: [''] });
  const { sourceOf } = renderedIn(project, around);
  const named = [...walk.files, ...around.files].filter((file) => file.kind === kind).map(({ path }) => path);
  const own = [...new Set(named)].filter((path) => type !== undefined || sourceOf(path) === undefined).sort();
  return changed === undefined || changed.some((path) => own.includes(path)) ? own : [];
}

/** Charts, kustomizations and the like, and what they are made of. */
function renderedIn({ fileSystem }: Project, { files }: Walk): RenderedSources {
  const paths = files.filter(({ kind }) => kind === 'kubernetes' || isRendered(kind)).map(({ path }) => path);
  return findRenderedSources(paths, (path) => {
    const read = fileSystem.readFile(path);
    return read.ok ? decodeUtf8(read.value) : undefined;
  });
}

function evaluateTemplates(project: Project, paths: readonly string[], options: ReadingOptions): LanguageEvaluation {
  const result = evaluateCloudFormation({
    fileSystem: project.fileSystem,
    templates: paths,
    schemas: cloudFormationSchemas,
    commentPattern: options.commentPattern,
  });
  const roots = result.roots.map(
    (root): EvaluatedRoot => ({
      root: root.root,
      language: 'cloudformation',
      kind: root.kind,
      files: root.templates,
      modules: root.templates.length,
      valueFiles: [],
      withoutValue: root.parametersWithoutValue,
      modulesNotInstalled: [],
      moved: NOTHING_MOVED,
    }),
  );
  return { ...result, roots };
}

const EXAMPLE_FOLDER = /(^|\/)(examples?|tests?|fixtures)(\/|$)/;

function evaluateManifests(project: Project, paths: readonly string[], options: ReadingOptions): LanguageEvaluation {
  const diagnostics: Diagnostic[] = [];
  const sources = paths.flatMap((path) => readSource(project, path, diagnostics) ?? []);
  const result = evaluateKubernetes({
    streams: sources.map((source) => parseData(source, 'kubernetes')),
    schemas: kubernetesSchemas,
    commentPattern: options.commentPattern,
  });
  const roots = result.folders.map(
    ({ root }): EvaluatedRoot => ({
      root,
      language: 'kubernetes',
      kind: EXAMPLE_FOLDER.test(root) ? 'example' : 'deployment',
      files: sources.map(({ path }) => path).filter((path) => path === root || (folderOf(path) || '.') === root),
      modules: 1,
      valueFiles: [],
      withoutValue: [],
      modulesNotInstalled: [],
      moved: NOTHING_MOVED,
    }),
  );
  return { ...result, roots, diagnostics: [...diagnostics, ...result.diagnostics] };
}

function readSource({ fileSystem }: Project, path: string, diagnostics: Diagnostic[]): SourceFile | undefined {
  const read = fileSystem.readFile(path);
  if (!read.ok) {
    const code = read.failure === 'too-large' ? 'file-too-large' : 'file-unreadable';
    diagnostics.push({ code, message: `"${path}" cannot be read (${read.failure}).`, path });
    return undefined;
  }
  const text = decodeUtf8(read.value);
  if (text !== undefined) return { path, text };
  diagnostics.push({ code: 'file-not-utf8', message: `"${path}" is not UTF-8; it is not read.`, path });
  return undefined;
}
