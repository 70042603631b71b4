import type { ConfiguredRoot } from './config.js';
import type { RenderedSource, RenderedSources } from './evaluate/kubernetes/rendered-sources.js';
import { ConfigurationCache } from './evaluate/terraform/configuration/configuration-cache.js';
import { evaluateTerraform } from './evaluate/terraform/evaluate-terraform.js';
import type { RootSelection, TerraformEnvironment, TerraformResult } from './evaluate/terraform/result.js';
import { type DiscoveredRoots, discoverRoots, type NamedRoot } from './evaluate/terraform/roots.js';
import { evaluateLanguages, isAskedFor } from './evaluate-languages.js';
import { evaluatePlans } from './evaluate-plans.js';
import { evaluateSnapshots } from './evaluate-snapshots.js';
import { buildGraph } from './graph/build-graph.js';
import { shapeCatalogue } from './graph/shape-catalogue.js';
import {
  countKinds,
  countOf,
  countUnread,
  INPUT_KINDS,
  type InputKind,
  isPlan,
  isRead,
  isTerraform,
} from './input-kinds.js';
import type { ResourceGraph } from './model/resource.js';
import type { ShapeCatalogue } from './model/shape.js';
import { fromHere, type Project, UsageError } from './project.js';
import { type EvaluatedRoot, mergeEvaluations, type ProjectEvaluation } from './project-evaluation.js';
import type { ReadingOptions } from './reading-options.js';
import { providerSchemas } from './schemas/provider-schemas.js';
import type { Diagnostic } from './source/diagnostic.js';
import { folderOf, isWithin, joinPath } from './source/paths.js';
import { suggest } from './source/suggest.js';
import type { Walk } from './walk.js';

/** A project, read: its resources in one graph, and all that was wrong or missing. */
export interface Reading {
  readonly walk: Walk;
  readonly evaluation: ProjectEvaluation;
  readonly graph: ResourceGraph;
  readonly shapes: ShapeCatalogue;
  readonly diagnostics: readonly Diagnostic[];
  /** Variable files that no root loads by itself. */
  readonly spareVarFiles: readonly string[];
  /** What has to be rendered before it can be judged. */
  readonly rendered: RenderedSources;
}

let shapes: ShapeCatalogue | undefined;

/** What policies can know of every type. */
export function policyShapes(): ShapeCatalogue {
  shapes ??= shapeCatalogue(providerSchemas);
  return shapes;
}

/** Reads what the project's PATHs ask for. Throws `UsageError` where options name what does not exist. */
export function readProject(project: Project, walk: Walk, options: ReadingOptions): Reading {
  if (options.isEarlier !== true) checkRoots(project);
  const environment = toEnvironment(options.environment);
  const plans = evaluatePlans(project, walk, options, environment);
  const { discovered, roots, terraform } = evaluateProject(project, walk, options, plans.folders);
  checkVariables(terraform, options);
  const { evaluations, rendered } = evaluateLanguages(project, walk, options);
  const live = walk.snapshots.length === 0 ? [] : evaluateSnapshots(project, walk);
  const evaluation = mergeEvaluations(terraform, [...plans.evaluations, ...evaluations, ...live]);
  const { graph, diagnostics } = buildGraph({
    resources: evaluation.resources,
    unreadModules: evaluation.unreadModules,
    omittedTypes: terraform.omittedTypes,
    extents: evaluation.extents,
    schemas: providerSchemas,
    facts: project.configuration.facts,
  });
  return {
    walk,
    evaluation,
    graph,
    shapes: policyShapes(),
    spareVarFiles: discovered.spareVarFiles,
    rendered,
    diagnostics: [
      ...walk.diagnostics,
      ...(options.isEarlier === true ? [] : [...project.ignore.diagnostics, ...discovered.diagnostics]),
      ...evaluation.diagnostics,
      ...diagnostics,
      ...spareFiles(discovered.spareVarFiles, roots),
      ...rendered.diagnostics,
      ...unreadKinds(project, walk, rendered),
      ...nothingRead(project, walk, { evaluation, rendered }),
    ],
  };
}

const NO_TERRAFORM: TerraformResult = {
  resources: [],
  unreadModules: [],
  omittedTypes: [],
  roots: [],
  comments: [],
  diagnostics: [],
  files: [],
  secrets: { texts: [], ranges: [] },
};

/** A function of its own, so that the trees are let go before the graph is built: both at once would be the most memory. */
function evaluateProject(project: Project, walk: Walk, options: ReadingOptions, planned: ReadonlySet<string>) {
  const environment = toEnvironment(options.environment);
  const cache = new ConfigurationCache(project.fileSystem, environment.dataFolder);
  const others = new Set(walk.files.filter(({ kind }) => !isTerraform(kind)).map(({ path }) => path));
  const isOther = (path: string) => others.has(path) || walk.snapshots.includes(path);
  const paths = project.paths.filter((path) => !isOther(path) && path !== project.standardInput);
  const discovered: DiscoveredRoots =
    paths.length === 0
      ? { roots: [], folders: [], spareVarFiles: [], diagnostics: [] }
      : discoverRoots(cache, {
          paths,
          changed: touching(project, options),
          namedRoots: namedModules(project),
          isIgnored: project.ignore.isIgnored,
        });
  const found = discovered.roots.filter(({ folder, name }) => name !== undefined || !planned.has(folder));
  const roots = withValues(project, found, options);
  // Where there is no Terraform, what evaluates it is not even loaded.
  if (roots.length === 0 && cache.diagnostics.length === 0) return { discovered, roots, terraform: NO_TERRAFORM };
  const terraform = evaluateTerraform(
    {
      fileSystem: project.fileSystem,
      schemas: providerSchemas,
      roots,
      environment,
      commentPattern: options.commentPattern,
      progress: options.progress,
    },
    cache,
  );
  return { discovered, roots, terraform };
}

/** The roots of the configuration that are no templates. */
function namedModules({ configuration, fileSystem }: Project): NamedRoot[] {
  return configuration.roots
    .filter(({ path }) => fileSystem.kindOf(joinPath(path)) !== 'file')
    .map(({ path, name, workspace, varFiles }) => ({
      path: joinPath(path),
      name,
      workspace,
      varFiles: varFiles.map((file) => joinPath(file)),
    }));
}

function toEnvironment(environment: ReadingOptions['environment']): TerraformEnvironment {
  const variables = new Map<string, string>();
  for (const [name, text] of Object.entries(environment)) {
    if (name.startsWith('TF_VAR_') && text !== undefined) variables.set(name.slice(7), text);
  }
  return {
    variables,
    workspace: environment['TF_WORKSPACE'] || undefined,
    dataFolder: environment['TF_DATA_DIR'] || undefined,
  };
}

/** What has changed; nothing to go by where a variable file of every root has. */
function touching(project: Project, { changed, varFiles }: ReadingOptions): readonly string[] | undefined {
  return varFiles.some((file) => changed?.includes(fromHere(project, file)) === true) ? undefined : changed;
}

/** Roots and files with values that the configuration names must be there: modules are folders, templates files. */
function checkRoots(project: Project): void {
  for (const root of project.configuration.roots) {
    const message = problemOf(root, project);
    if (message !== undefined) throw new UsageError(message, [{ message, range: root.range }], project.rootFromHere);
  }
}

function problemOf({ path, ...root }: ConfiguredRoot, { fileSystem }: Project): string | undefined {
  const place = joinPath(path);
  const isGone = (file: string) => fileSystem.kindOf(joinPath(file)) !== 'file';
  const lost = root.varFiles.find(isGone);
  if (lost !== undefined) return `The variable file "${lost}" does not exist.`;
  const lostParameters = root.parameterFiles.find(isGone);
  if (lostParameters !== undefined) return `The parameter file "${lostParameters}" does not exist.`;
  const kind = fileSystem.kindOf(place);
  if (kind === 'file' && (root.varFiles.length > 0 || root.workspace !== undefined))
    return `The root "${path}" is a template: "workspace" and "var-files" are for Terraform's modules.`;
  if (kind === 'folder' && root.hasTemplateKeys)
    return `The root "${path}" is a folder: "parameters", "region", "account" and "stack-name" are for templates.`;
  if (kind === 'file' || kind === 'folder') return undefined;
  if (!isWithin(place, '') || path.startsWith('/')) return `The root "${path}" lies outside the project.`;
  const siblings = fileSystem.readDirectory(folderOf(place));
  const names = siblings.ok ? siblings.value.map(({ name }) => joinPath(folderOf(place), name)) : [];
  return `The root "${path}" does not exist.${suggest(place, names)}`;
}

function withValues(project: Project, roots: readonly RootSelection[], options: ReadingOptions): RootSelection[] {
  const varFiles = options.varFiles.map((path) => varFile(project, path, options));
  return roots.map((root) => ({
    ...root,
    workspace: options.workspace ?? root.workspace,
    varFiles: [...root.varFiles.map((path) => joinPath(path)), ...varFiles],
    variables: options.variables,
  }));
}

function varFile(project: Project, path: string, { isEarlier }: ReadingOptions): string {
  const place = fromHere(project, path);
  if (isEarlier === true || project.fileSystem.kindOf(place) === 'file') return place;
  if (isWithin(place, '')) throw new UsageError(`The variable file "${path}" does not exist.`);
  throw new UsageError(`The variable file "${path}" lies outside the project, where nothing is read.`);
}

/** A variable that no root declares is a mistake in the call. With `--since`, untouched roots may declare it. */
function checkVariables({ roots }: TerraformResult, { variables, changed }: ReadingOptions): void {
  if (changed !== undefined || variables.length === 0) return;
  const declared = new Set(roots.flatMap(({ declaredVariables }) => declaredVariables));
  for (const { name } of variables) {
    if (!declared.has(name))
      throw new UsageError(`No root module declares the variable "${name}".${suggest(name, declared)}`);
  }
}

function spareFiles(files: readonly string[], roots: readonly RootSelection[]): Diagnostic[] {
  const given = new Set(roots.flatMap((root) => root.varFiles));
  const folders = new Map<string, string[]>();
  for (const file of files)
    if (!given.has(file)) folders.set(folderOf(file), [...(folders.get(folderOf(file)) ?? []), file]);
  return [...folders].map(([folder, spare]) => ({
    code: 'terraform-var-files-not-loaded',
    message: `${spare.length === 1 ? `"${spare[0]}" is` : `${spare.length} variable files are`} not loaded by themselves: give --var-file, or list them under "roots" in trueline.yaml.`,
    path: folder,
  }));
}

/** The roots that the PATHs ask for: templates and manifests are evaluated with all that the project has of them. */
export function askedRoots({ paths }: Project, { roots }: ProjectEvaluation): EvaluatedRoot[] {
  return roots.filter(
    ({ language, files }) => (language !== 'cloudformation' && language !== 'kubernetes') || isAskedFor(paths, files),
  );
}

function unreadKinds({ arePathsNamed, paths }: Project, { files }: Walk, rendered: RenderedSources): Diagnostic[] {
  const { sourceOf, isPlain } = rendered;
  const isNamed = (path: string) => arePathsNamed && paths.includes(path);
  const diagnostics: Diagnostic[] = [];
  // A plan that is named was read; a manifest that is part of a source was not.
  for (const { path, kind } of files)
    if (isNamed(path) && !isPlan(kind) && (!isRead(kind) || sourceOf(path) !== undefined))
      diagnostics.push(isPlain(path) ? namedPlain(path) : namedUnread(path, kind, sourceOf(path)));
  // What has to be rendered is told with its program's command.
  for (const { kind, count, path } of countUnread(
    files.filter(({ path }) => !isNamed(path) && !sourceOf(path) && !isPlain(path)),
  )) {
    const { one, many, remedy } = INPUT_KINDS[kind];
    const subject = count === 1 ? `"${path}" is a ${one}; it is` : `${count} ${many} (first: "${path}") are`;
    const advice = remedy === null ? '' : ` ${remedy}`;
    const code = isPlan(kind) ? 'input-not-judged' : 'kind-not-read';
    diagnostics.push({ code, message: `${subject} not read.${advice}`, path });
  }
  return diagnostics;
}

/** What is named was meant to be judged: that it was not must not be green. */
function namedUnread(path: string, kind: InputKind, source: RenderedSource | undefined): Diagnostic {
  const { one } = INPUT_KINDS[kind];
  const code = 'input-kind-not-supported';
  if (source === undefined) return { code, message: `"${path}" is a ${one}, which this release does not read.`, path };
  const subject = isRead(kind) ? `a ${one} that "${source.path}" builds upon` : `a ${one}`;
  return { code, message: `"${path}" is ${subject}; it has to be rendered: ${source.command}`, path };
}

/** What it puts together is judged, but not by its name. */
function namedPlain(path: string): Diagnostic {
  const message = `"${path}" changes nothing of the manifests that it names: name those, or their folder.`;
  return { code: 'input-kind-not-supported', message, path };
}

/** A folder in which nothing was read must not be green: perhaps the working directory is wrong. */
function nothingRead(
  { arePathsNamed, fileSystem, paths }: Project,
  { files, snapshots }: Walk,
  { evaluation: { roots, terraform }, rendered }: Pick<Reading, 'evaluation' | 'rendered'>,
): Diagnostic[] {
  // A root above that is read because of a PATH in it is not what was asked for.
  const isAskedFor = (place: string) => paths.some((path) => isWithin(place, path));
  const isEvaluated =
    terraform.roots.some(({ folder, varFiles }) => isAskedFor(folder) || varFiles.some(isAskedFor)) ||
    roots.some(({ language, files: read }) => language !== 'terraform' && read.some(isAskedFor));
  // What is wrong with a snapshot is said where it is read.
  if (isEvaluated || snapshots.length > 0 || files.some(({ kind }) => kind === 'terraform')) return [];
  const areFiles = arePathsNamed && paths.every((path) => fileSystem.kindOf(path) !== 'folder');
  if (areFiles) return [];
  const place = paths.map((path) => `"${path || '.'}"`).join(', ');
  const only = onlyUnread(files, rendered);
  return [
    {
      code: 'nothing-read',
      message: `Nothing in ${place} could be read: there is no Terraform configuration, no template and no manifest${only === '' ? '' : `, only ${only}`}.`,
      path: paths[0] ?? '',
    },
  ];
}

/** `2 Helm charts, which have to be rendered; 1 Terraform plan, judged only where it is named`. */
function onlyUnread(files: Walk['files'], { sourceOf }: RenderedSources): string {
  const parts: string[] = [];
  const add = (own: Walk['files'], what: (isOne: boolean) => string) => {
    const counts = countKinds(own);
    if (counts.length === 0) return;
    const list = counts.map(({ kind, count }) => countOf(kind, count)).join(', ');
    parts.push(`${list}, ${what(counts.length === 1 && counts[0]?.count === 1)}`);
  };
  const isSource = ({ path }: Walk['files'][number]) => sourceOf(path) !== undefined;
  add(files.filter(isSource), (isOne) => `which ${isOne ? 'has' : 'have'} to be rendered`);
  add(
    files.filter(({ kind }) => isPlan(kind)),
    (isOne) => `judged only where ${isOne ? 'it is' : 'they are'} named`,
  );
  const others = files.filter((file) => !isRead(file.kind) && !isPlan(file.kind) && !isSource(file));
  add(others, () => 'which this release does not read');
  return parts.join('; ');
}
