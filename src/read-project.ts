import { ConfigurationCache } from './evaluate/terraform/configuration/configuration-cache.js';
import { evaluateTerraform } from './evaluate/terraform/evaluate-terraform.js';
import type {
  RootSelection,
  TerraformEnvironment,
  TerraformInput,
  TerraformResult,
} from './evaluate/terraform/result.js';
import { discoverRoots } from './evaluate/terraform/roots.js';
import { buildGraph } from './graph/build-graph.js';
import { shapeCatalogue } from './graph/shape-catalogue.js';
import { countOf, countUnread, INPUT_KINDS, type InputKind, isRead } from './input-kinds.js';
import type { ResourceGraph } from './model/resource.js';
import type { ShapeCatalogue } from './model/shape.js';
import { fromHere, type Project, UsageError } from './project.js';
import { providerSchemas } from './schemas/provider-schemas.js';
import type { Diagnostic } from './source/diagnostic.js';
import { folderOf, isWithin, joinPath } from './source/paths.js';
import { suggest } from './source/suggest.js';
import type { Walk } from './walk.js';

export interface ReadingOptions {
  /** The process's environment: `TF_VAR_*`, `TF_WORKSPACE`, `TF_DATA_DIR`. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** For every root that declares them, in the order given. */
  readonly variables: readonly { readonly name: string; readonly text: string }[];
  /** Relative to the working directory. */
  readonly varFiles: readonly string[];
  readonly workspace?: string | undefined;
  readonly commentPattern?: RegExp | undefined;
  /** Only roots that have to do with one of these files, relative to the project root. */
  readonly changed?: readonly string[] | undefined;
  /** Called before each root is evaluated: how many are, of how many. */
  readonly progress?: TerraformInput['progress'];
  /** An earlier revision is read: what options name need not be there. */
  readonly isEarlier?: boolean | undefined;
}

/** A project, read: its resources in one graph, and all that was wrong or missing. */
export interface Reading {
  readonly walk: Walk;
  readonly terraform: TerraformResult;
  readonly graph: ResourceGraph;
  readonly shapes: ShapeCatalogue;
  readonly diagnostics: readonly Diagnostic[];
  /** Variable files that no root loads by itself. */
  readonly spareVarFiles: readonly string[];
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
  const { discovered, roots, terraform } = evaluateProject(project, options);
  checkVariables(terraform, options);
  const { graph, diagnostics } = buildGraph({
    resources: terraform.resources,
    unreadModules: terraform.unreadModules,
    omittedTypes: terraform.omittedTypes,
    schemas: providerSchemas,
    facts: project.configuration.facts,
  });
  return {
    walk,
    terraform,
    graph,
    shapes: policyShapes(),
    spareVarFiles: discovered.spareVarFiles,
    diagnostics: [
      ...walk.diagnostics,
      ...(options.isEarlier === true ? [] : [...project.ignore.diagnostics, ...discovered.diagnostics]),
      ...terraform.diagnostics,
      ...diagnostics,
      ...spareFiles(discovered.spareVarFiles, roots),
      ...unreadKinds(project, walk),
      ...nothingRead(project, walk, terraform),
    ],
  };
}

/** A function of its own, so that the trees are let go before the graph is built: both at once would be the most memory. */
function evaluateProject(project: Project, options: ReadingOptions) {
  const environment = toEnvironment(options.environment);
  const cache = new ConfigurationCache(project.fileSystem, environment.dataFolder);
  const discovered = discoverRoots(cache, {
    paths: project.paths,
    changed: touching(project, options),
    namedRoots: project.configuration.roots.map((root) => ({
      ...root,
      path: joinPath(root.path),
      varFiles: root.varFiles.map((file) => joinPath(file)),
    })),
    isIgnored: project.ignore.isIgnored,
  });
  const roots = withValues(project, discovered.roots, options);
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

/** Roots and variable files that the configuration names must be there. */
function checkRoots({ configuration, fileSystem, rootFromHere }: Project): void {
  for (const { path, varFiles, range } of configuration.roots) {
    const folder = joinPath(path);
    const lost = varFiles.find((file) => fileSystem.kindOf(joinPath(file)) !== 'file');
    if (fileSystem.kindOf(folder) === 'folder' && lost === undefined) continue;
    const siblings = fileSystem.readDirectory(folderOf(folder));
    const names = siblings.ok ? siblings.value.map(({ name }) => joinPath(folderOf(folder), name)) : [];
    const isBeyond = !isWithin(folder, '') || path.startsWith('/');
    const gone = isBeyond ? 'lies outside the project.' : `does not exist.${suggest(folder, names)}`;
    const message = lost === undefined ? `The root "${path}" ${gone}` : `The variable file "${lost}" does not exist.`;
    throw new UsageError(message, [{ message, range }], rootFromHere);
  }
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
  if (changed !== undefined) return;
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

/** Beside the configuration that they are of, these would report everything twice. */
const TWICE: ReadonlySet<InputKind> = new Set(['terraform-plan', 'terraform-binary-plan', 'terraform-state']);

function unreadKinds({ arePathsNamed, paths }: Project, { files }: Walk): Diagnostic[] {
  const counts = new Map<string, { count: number; first: string; isNamed: boolean; kind: InputKind }>();
  for (const { path, kind } of files) {
    if (isRead(kind)) continue;
    const isNamed = arePathsNamed && paths.includes(path);
    const key = `${kind} ${isNamed}`;
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { count: 1, first: path, isNamed, kind });
    else known.count++;
  }
  return [...counts.values()].map(({ count, first, isNamed, kind }) => {
    const { one, many, remedy } = INPUT_KINDS[kind];
    const subject = count === 1 ? `"${first}" is a ${one}` : `${count} ${many} (first: "${first}")`;
    const advice = remedy === null ? '' : ` ${remedy}`;
    if (isNamed)
      return {
        code: 'input-kind-not-supported',
        message: `"${first}" is a ${one}, which this release does not read.`,
        path: first,
      };
    return {
      code: TWICE.has(kind) ? 'input-not-judged' : 'kind-not-read',
      message: `${subject}${count === 1 ? '; it is' : ' are'} not read.${advice}`,
      path: first,
    };
  });
}

/** A folder in which nothing was read must not be green: perhaps the working directory is wrong. */
function nothingRead(
  { arePathsNamed, fileSystem, paths }: Project,
  { files }: Walk,
  { roots }: TerraformResult,
): Diagnostic[] {
  // A root above that is read because of a PATH in it is not what was asked for.
  const isAskedFor = (place: string) => paths.some((path) => isWithin(place, path));
  const isEvaluated = roots.some(({ folder, varFiles }) => isAskedFor(folder) || varFiles.some(isAskedFor));
  if (isEvaluated || files.some(({ kind }) => kind === 'terraform')) return [];
  const areFiles = arePathsNamed && paths.every((path) => fileSystem.kindOf(path) !== 'folder');
  if (areFiles) return [];
  const place = paths.map((path) => `"${path || '.'}"`).join(', ');
  const others = countUnread(files).map(([kind, count]) => countOf(kind, count));
  const only = others.length === 0 ? '' : `, only ${others.join(', ')}, which this release does not read`;
  return [
    {
      code: 'nothing-read',
      message: `Nothing in ${place} could be read: there is no Terraform configuration${only}.`,
      path: paths[0] ?? '',
    },
  ];
}
