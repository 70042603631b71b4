import { evaluateKubernetes } from './evaluate/kubernetes/evaluate-kubernetes.js';
import {
  describeRenderedSources,
  findRenderedSources,
  type RenderedSources,
} from './evaluate/kubernetes/rendered-sources.js';
import { evaluateTemplates } from './evaluate-templates.js';
import { type InputKind, isRendered, kindOfName, mayHoldInput } from './input-kinds.js';
import { type Project, UsageError } from './project.js';
import { type EvaluatedRoot, type LanguageEvaluation, NOTHING_MOVED } from './project-evaluation.js';
import { readText } from './read-setting.js';
import type { ReadingOptions } from './reading-options.js';
import { kubernetesSchemas } from './schemas/kubernetes-schemas.js';
import { compareText } from './source/compare-text.js';
import { decodeUtf8 } from './source/decode-utf8.js';
import { type Diagnostic, severityOf } from './source/diagnostic.js';
import { baseName, folderOf, isWithin } from './source/paths.js';
import type { SourceFile } from './source/source-file.js';
import type { DataDocument, DataStream } from './syntax/data/ast.js';
import { dataParts } from './syntax/data/parse-data.js';
import { type Walk, walkProject } from './walk.js';

/** Templates and manifests, evaluated, and the sources that only become manifests. */
export interface LanguageReading {
  readonly evaluations: readonly LanguageEvaluation[];
  readonly rendered: RenderedSources;
}

/** Evaluates the templates and manifests that the PATHs ask for, together with those of the project that they go with. */
export function evaluateLanguages(project: Project, walk: Walk, options: ReadingOptions): LanguageReading {
  const evaluations: LanguageEvaluation[] = [];
  const around = walkAround(project, walk, options);
  const rendered = renderedIn(project, around);
  const surroundings = { walk, around, rendered };
  const templates = pathsOf('cloudformation', surroundings, options);
  const { assemblies } = walk;
  if (templates.length + assemblies.length > 0) {
    const deploymentFiles = pathsOf('cloudformation-deployment', surroundings, options);
    evaluations.push(evaluateTemplates(project, { templates, assemblies, deploymentFiles }, options));
  } else if (options.parameterFiles?.[0] !== undefined && options.changed === undefined)
    throw new UsageError('"--parameters" gives templates their values, and no template is read.');
  const manifests = pathsOf('kubernetes', surroundings, options);
  if (manifests.length > 0) evaluations.push(evaluateManifests(project, manifests, options));
  const own = around === walk ? evaluations : evaluations.map((evaluation) => ownOf(project, evaluation));
  return { evaluations: own, rendered: options.type === undefined ? metIn(project, walk, rendered) : NOTHING_RENDERED };
}

/** Whether one of the files lies in one of the PATHs. */
export function isAskedFor(paths: readonly string[], files: readonly string[]): boolean {
  return files.some((file) => paths.some((path) => isWithin(file, path)));
}

/** What the project holds around the PATHs, with them. What comes on standard input is a whole by itself. */
function walkAround(project: Project, walk: Walk, { type }: ReadingOptions): Walk {
  const { paths, standardInput } = project;
  const isAlone = paths.includes('') || type !== undefined || paths.every((path) => path === standardInput);
  const hasPart = walk.files.some(
    ({ kind }) => isTogether(kind, 'cloudformation') || isTogether(kind, 'kubernetes') || isRendered(kind),
  );
  if (isAlone || !hasPart) return walk;
  const kinds = new Map(walkProject({ ...project, paths: [''] }).files.map(({ path, kind }) => [path, kind]));
  for (const { path, kind } of walk.files) kinds.set(path, kind);
  return { ...walk, files: [...kinds].map(([path, kind]) => ({ path, kind })) };
}

/** Kinds one of which, asked for, has all of the project's files of the kind evaluated. */
const TOGETHER = {
  cloudformation: ['cloudformation', 'cloudformation-deployment'],
  'cloudformation-deployment': ['cloudformation', 'cloudformation-deployment'],
  kubernetes: ['kubernetes'],
} as const satisfies Partial<Record<InputKind, readonly InputKind[]>>;

function isTogether(kind: InputKind, read: keyof typeof TOGETHER): boolean {
  const kinds: readonly InputKind[] = TOGETHER[read];
  return kinds.includes(kind);
}

/**
 * What is wrong around the PATHs is not theirs: a hook that names one file is not to fail because of another. That something
 * there was not read is said once, as it may be what a name or a namespace of theirs stands for.
 */
function ownOf({ paths }: Project, evaluation: LanguageEvaluation): LanguageEvaluation {
  const isNamed = (file: string) => paths.some((path) => isWithin(file, path));
  const templates = evaluation.roots.filter(({ language }) => language === 'cloudformation').map(({ files }) => files);
  const own = new Set(templates.filter((files) => files.some(isNamed)).flat());
  const diagnostics: Diagnostic[] = [];
  const unread = new Set<string>();
  for (const diagnostic of evaluation.diagnostics) {
    const file = diagnostic.range?.file.path ?? diagnostic.path;
    // The one about templates is about all of them.
    const isOwn = file === undefined || isNamed(file) || own.has(file) || diagnostic.code === 'template-source';
    if (isOwn) diagnostics.push(diagnostic);
    else if (severityOf(diagnostic.code) === 'error') unread.add(file);
  }
  const [first] = [...unread].sort();
  if (first !== undefined) {
    const files = unread.size === 1 ? `"${first}" is` : `${unread.size} files (first: "${first}") are`;
    const message = `${files} not read, or not whole: what is there of what the PATHs refer to is not known.`;
    diagnostics.push({ code: 'surroundings-not-read', message, path: first });
  }
  return { ...evaluation, diagnostics };
}

interface Surroundings {
  readonly walk: Walk;
  readonly around: Walk;
  readonly rendered: RenderedSources;
}

/**
 * What is evaluated is more than what is reported: an export is imported, a namespace has its policies elsewhere in the
 * project. With `--since`, nothing where no file has changed that could be of the kind: one that is gone counts too.
 */
function pathsOf(
  kind: keyof typeof TOGETHER,
  { walk, around, rendered }: Surroundings,
  { changed, type, isEarlier }: ReadingOptions,
): string[] {
  if (!walk.files.some((file) => isTogether(file.kind, kind))) return [];
  const found = around.files.filter((file) => file.kind === kind).map(({ path }) => path);
  const own = found.filter((path) => type !== undefined || rendered.sourceOf(path) === undefined).sort();
  return changed === undefined || isEarlier === true || changed.some(mayMatter) ? own : [];
}

/** Of what values of parameters come from as well. */
function mayMatter(path: string): boolean {
  return mayHoldInput(baseName(path)) || path.endsWith('.toml') || kindOfName(baseName(path)) === 'kustomize';
}

/** What `--type` forces is not a source of anything. */
const NOTHING_RENDERED: RenderedSources = {
  sources: [],
  sourceOf: () => undefined,
  isPlain: () => false,
  diagnostics: [],
};

/** Only of what the PATHs hold is it told; of a file that is named it is told with the file. */
function metIn(project: Project, { files }: Walk, rendered: RenderedSources): RenderedSources {
  const { sources, sourceOf } = rendered;
  if (sources.length === 0) return { ...rendered, diagnostics: [] };
  const met = new Set(files.flatMap(({ path }) => (project.paths.includes(path) ? [] : (sourceOf(path) ?? []))));
  return { ...rendered, diagnostics: describeRenderedSources(sources.filter((source) => met.has(source))) };
}

/** Charts, kustomizations and the like, and what they are made of. */
function renderedIn({ fileSystem }: Project, { files }: Walk): RenderedSources {
  const paths = files.filter(({ kind }) => kind === 'kubernetes' || isRendered(kind)).map(({ path }) => path);
  if (paths.length === 0) return NOTHING_RENDERED;
  return findRenderedSources(paths, (path) => {
    const read = fileSystem.readFile(path);
    return read.ok ? decodeUtf8(read.value) : undefined;
  });
}

const EXAMPLE_FOLDER = /(^|\/)(examples?|tests?|fixtures)(\/|$)/;

function evaluateManifests(project: Project, paths: readonly string[], options: ReadingOptions): LanguageEvaluation {
  const diagnostics: Diagnostic[] = [];
  const sources = paths.flatMap((path) => readSource(project, path, diagnostics) ?? []);
  sources.sort((a, b) => compareText(a.path, b.path));
  const withManifest = new Set<SourceFile>();
  const result = evaluateKubernetes({
    streams: partsOf(sources, withManifest),
    schemas: kubernetesSchemas,
    commentPattern: options.commentPattern,
  });
  if (options.type === 'kubernetes')
    diagnostics.push(...sources.filter((source) => !withManifest.has(source)).map(withoutManifest));
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

/** One after the other, so that what was evaluated need not stay; those that hold something with a `kind` are noted. */
function* partsOf(sources: readonly SourceFile[], withManifest: Set<SourceFile>): Iterable<DataStream> {
  for (const source of sources) {
    for (const part of dataParts(source, 'kubernetes')) {
      if (part.documents.some(mayBeManifest)) withManifest.add(source);
      yield part;
    }
  }
}

function mayBeManifest({ isBroken, root }: DataDocument): boolean {
  return isBroken || (root.kind === 'mapping' && root.entries.has('kind'));
}

/** What is said to be a manifest and is none must not be green. */
function withoutManifest({ path }: SourceFile): Diagnostic {
  return { code: 'nothing-read', message: `"${path}" holds no manifest: nothing has a "kind".`, path };
}

function readSource({ fileSystem }: Project, path: string, diagnostics: Diagnostic[]): SourceFile | undefined {
  const read = readText(fileSystem, path);
  if (read.ok) return { path, text: read.value };
  const codes = { 'too-large': 'file-too-large', 'not-utf8': 'file-not-utf8' } as const;
  const code = read.failure === 'too-large' || read.failure === 'not-utf8' ? codes[read.failure] : 'file-unreadable';
  diagnostics.push({ code, message: `"${path}" cannot be read (${read.failure}).`, path });
  return undefined;
}
