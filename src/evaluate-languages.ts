import { evaluateCloudFormation } from './evaluate/cloudformation/evaluate-cloudformation.js';
import { evaluateKubernetes } from './evaluate/kubernetes/evaluate-kubernetes.js';
import type { InputKind } from './input-kinds.js';
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

/** Evaluates the templates and manifests that the PATHs ask for, together with those of the project that they go with. */
export function evaluateLanguages(project: Project, walk: Walk, options: ReadingOptions): LanguageEvaluation[] {
  const evaluations: LanguageEvaluation[] = [];
  for (const [kind, evaluate] of LANGUAGES) {
    if (!walk.files.some((file) => file.kind === kind)) continue;
    const paths = pathsOf(kind, project, walk, options);
    if (paths.length > 0) evaluations.push(evaluate(project, paths, options));
  }
  return evaluations;
}

type Evaluate = (project: Project, paths: readonly string[], options: ReadingOptions) => LanguageEvaluation;

const LANGUAGES: readonly (readonly [InputKind, Evaluate])[] = [
  ['cloudformation', evaluateTemplates],
  ['kubernetes', evaluateManifests],
];

/**
 * What is evaluated is more than what is reported: an export is imported, a namespace has its policies elsewhere in the
 * project. What comes on standard input is a whole by itself. With `--since`, nothing where no file of the kind has changed.
 */
function pathsOf(kind: InputKind, project: Project, walk: Walk, { changed, type }: ReadingOptions): string[] {
  const { paths, standardInput } = project;
  const named = new Set(walk.files.filter((file) => file.kind === kind).map(({ path }) => path));
  const isAlone = paths.includes('') || type !== undefined || paths.every((path) => path === standardInput);
  if (!isAlone)
    for (const file of walkProject({ ...project, paths: [''] }).files) if (file.kind === kind) named.add(file.path);
  if (changed !== undefined && !changed.some((path) => named.has(path))) return [];
  return [...named].sort();
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
