import { evaluateTerraform } from './evaluate/terraform/evaluate-terraform.js';
import type { RootSelection, TerraformEnvironment, TerraformResult } from './evaluate/terraform/result.js';
import { mergePlanWithSource } from './evaluate/terraform-plan/merge-source.js';
import { readPlan } from './evaluate/terraform-plan/read-plan.js';
import type { PlanResult } from './evaluate/terraform-plan/result.js';
import { snapshotFileSystem } from './evaluate/terraform-plan/snapshot-file-system.js';
import { isPlan } from './input-kinds.js';
import { fromHere, type Project, UsageError } from './project.js';
import { type EvaluatedRoot, type LanguageEvaluation, NOTHING_MOVED } from './project-evaluation.js';
import type { ReadingOptions } from './reading-options.js';
import { providerSchemas } from './schemas/provider-schemas.js';
import { decodeUtf8 } from './source/decode-utf8.js';
import type { Diagnostic } from './source/diagnostic.js';
import type { FileSystem } from './source/file-system.js';
import { folderOf, isWithin } from './source/paths.js';
import type { Walk, WalkedFile } from './walk.js';

/** Plans and states, and the folders of configuration that they stand for. */
export interface PlanReading {
  readonly evaluations: readonly LanguageEvaluation[];
  /** Their roots are not evaluated a second time. */
  readonly folders: ReadonlySet<string>;
}

/**
 * Reads the plans and states that are named. Where their source is beside them, given by `--source`, or in the plan itself,
 * the places, comments and references are the source's. Throws `UsageError`.
 */
export function evaluatePlans(
  project: Project,
  walk: Walk,
  options: ReadingOptions,
  environment: TerraformEnvironment,
): PlanReading {
  const files = walk.files.filter(
    ({ path, kind }) => isPlan(kind) && project.arePathsNamed && project.paths.includes(path),
  );
  if (options.source !== undefined && files.length === 0)
    throw new UsageError('"--source" says what a plan was made of: name the plan, or "-" for standard input.');
  const folders = new Set<string>();
  const evaluations: LanguageEvaluation[] = [];
  for (const file of files) {
    const { path } = file;
    const folder = sourceFolder(project, path, options);
    const read = readOne(project, file, folder);
    if ('evaluation' in read) {
      evaluations.push(read.evaluation);
      continue;
    }
    const source = sourceOf(read, { project, folder, options, environment });
    if (source !== undefined && folder !== undefined) folders.add(folder);
    evaluations.push(toEvaluation(source === undefined ? read : mergePlanWithSource(read, source), path, source));
  }
  return { evaluations, folders };
}

/** Where the configuration lies that the plan was made of; undefined where there is none. */
function sourceFolder(project: Project, path: string, { source }: ReadingOptions): string | undefined {
  if (source !== undefined) {
    const folder = fromHere(project, source);
    if (!isWithin(folder, '')) throw new UsageError(`"${source}" lies outside the project, where nothing is read.`);
    if (!hasConfiguration(project.fileSystem, folder))
      throw new UsageError(`"${source}" holds no Terraform configuration.`);
    return folder;
  }
  const folder = path === project.standardInput ? project.workingDirectory : folderOf(path);
  return hasConfiguration(project.fileSystem, folder) ? folder : undefined;
}

function hasConfiguration(fileSystem: FileSystem, folder: string): boolean {
  const listing = fileSystem.readDirectory(folder);
  return listing.ok && listing.value.some(({ name, kind }) => kind === 'file' && /\.(tf|tofu)(\.json)?$/.test(name));
}

function readOne(
  { fileSystem }: Project,
  { path, kind }: WalkedFile,
  folder: string | undefined,
): PlanResult | { readonly evaluation: LanguageEvaluation } {
  const read = fileSystem.readFile(path);
  if (!read.ok) {
    const code = read.failure === 'too-large' ? 'file-too-large' : 'file-unreadable';
    return { evaluation: unread({ code, message: `"${path}" cannot be read (${read.failure}).`, path }) };
  }
  const root = folder === undefined ? undefined : folder || '.';
  const isArchive = read.value[0] === 0x50 && read.value[1] === 0x4b;
  if (isArchive) return readPlan({ source: { path, bytes: read.value }, schemas: providerSchemas, root });
  const text = decodeUtf8(read.value);
  const expected = kind === 'terraform-state' ? 'terraform-state' : 'terraform-plan';
  if (text !== undefined) return readPlan({ source: { path, text }, schemas: providerSchemas, root, expected });
  return { evaluation: unread({ code: 'file-not-utf8', message: `"${path}" is not UTF-8; it is not read.`, path }) };
}

function unread(diagnostic: Diagnostic): LanguageEvaluation {
  const secrets = { texts: [], ranges: [] };
  return { resources: [], unreadModules: [], comments: [], files: [], roots: [], secrets, diagnostics: [diagnostic] };
}

interface SourceContext {
  readonly project: Project;
  readonly folder: string | undefined;
  readonly options: ReadingOptions;
  readonly environment: TerraformEnvironment;
}

/** The configuration that was planned: the plan's own copy, else what lies beside it. */
function sourceOf(
  { snapshot }: PlanResult,
  { project, folder, options, environment }: SourceContext,
): TerraformResult | undefined {
  const evaluate = (fileSystem: FileSystem, root: RootSelection) =>
    evaluateTerraform({
      fileSystem,
      schemas: providerSchemas,
      environment,
      roots: [root],
      commentPattern: options.commentPattern,
    });
  if (snapshot !== undefined && options.source === undefined)
    return evaluate(snapshotFileSystem(snapshot, project.fileSystem), {
      folder: snapshot.folder,
      kind: 'deployment',
      varFiles: [snapshot.variableFile],
      variables: [],
      workspace: snapshot.workspace ?? 'default',
    });
  if (folder === undefined) return undefined;
  const varFiles = options.varFiles.map((file) => fromHere(project, file));
  return evaluate(project.fileSystem, {
    folder,
    kind: 'deployment',
    varFiles,
    variables: options.variables,
    workspace: options.workspace,
  });
}

function toEvaluation(plan: PlanResult, path: string, source: TerraformResult | undefined): LanguageEvaluation {
  const root: EvaluatedRoot = {
    root: plan.root,
    language: plan.kind === 'terraform-state' ? 'terraform-state' : 'terraform-plan',
    kind: 'deployment',
    files: [path, ...(source?.files.map((file) => file.path) ?? [])],
    modules: source?.roots[0]?.modules ?? 1,
    valueFiles: source?.roots[0]?.varFiles ?? [],
    withoutValue: [],
    modulesNotInstalled: source?.roots[0]?.modulesNotInstalled ?? [],
    moved: NOTHING_MOVED,
  };
  return { ...plan, roots: [root] };
}
