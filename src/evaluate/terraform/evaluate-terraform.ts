import {
  type AttachedComment,
  CERTAIN,
  type OmittedType,
  type RawResource,
  type UnreadModule,
} from '../../model/raw-resource.js';
import { SecretNotes } from '../../model/secret-notes.js';
import type { Value } from '../../model/value.js';
import type { Diagnostic } from '../../source/diagnostic.js';
import { folderOf } from '../../source/paths.js';
import type { SourceFile } from '../../source/source-file.js';
import type { HclFile } from '../../syntax/hcl/ast.js';
import { attachComments } from './comments.js';
import { ConfigurationCache } from './configuration/configuration-cache.js';
import { headerOf, type ModuleConfiguration } from './configuration/declarations.js';
import { ModuleInstance } from './modules/module-instance.js';
import { World } from './modules/world.js';
import type { EvaluatedRoot, RootSelection, TerraformInput, TerraformResult } from './result.js';
import { readRootInputs } from './variable-inputs.js';

/** Evaluates the roots: their resources with what is unknown and where every value is written. Never throws on input. */
export function evaluateTerraform(input: TerraformInput, cache = cacheOf(input)): TerraformResult {
  const diagnostics: Diagnostic[] = [];
  const reported = new Map<string, Set<string>>();
  const resources: RawResource[] = [];
  const unreadModules: UnreadModule[] = [];
  const omittedTypes: OmittedType[] = [];
  const roots: EvaluatedRoot[] = [];
  const comments = new Map<string, readonly AttachedComment[]>();
  const { commentPattern } = input;
  const note = (file: HclFile) => {
    if (commentPattern !== undefined) comments.set(file.source.path, attachComments(file, commentPattern));
  };
  const secrets = new SecretNotes();
  for (const [done, selection] of input.roots.entries()) {
    input.progress?.(done, input.roots.length);
    const world = new World(
      rootName(selection),
      selection,
      cache,
      input.schemas,
      input.environment,
      diagnostics,
      reported,
    );
    const root = evaluateRoot(world);
    if (root !== undefined) roots.push(root);
    // What else was remembered of the root is let go: hundreds of them at once would not fit.
    for (const resource of world.resources) resources.push(resource);
    for (const unread of world.unreadModules) unreadModules.push(unread);
    for (const type of world.omittedTypes) omittedTypes.push({ root: world.root, type });
    for (const value of world.secrets) secrets.note(value);
    if (input.roots[done + 1]?.folder === selection.folder) continue;
    for (const file of cache.filesIn(selection.folder)) note(file);
    cache.release(selection.folder);
  }
  const files = filesOf(cache, roots);
  const read = new Set(files.map(({ path }) => path));
  const attached = files.flatMap((source) => {
    const file = comments.has(source.path) ? undefined : cache.file(source.path);
    if (file !== undefined) note(file);
    return comments.get(source.path) ?? [];
  });
  return {
    resources,
    unreadModules,
    omittedTypes,
    roots,
    comments: attached,
    diagnostics: [...cache.diagnostics.filter((diagnostic) => concerns(diagnostic, read, roots)), ...diagnostics],
    files,
    secrets: secrets.secrets(),
  };
}

/** The files of the modules that were evaluated: others were only looked at to find the roots. */
function filesOf(cache: ConfigurationCache, roots: readonly EvaluatedRoot[]): SourceFile[] {
  const folders = new Set(roots.flatMap(({ instantiatedFolders }) => instantiatedFolders));
  const variables = new Set(roots.flatMap(({ varFiles }) => varFiles));
  return cache.parsedSources().filter(({ path }) => variables.has(path) || folders.has(folderOf(path)));
}

/** Whether something that was wrong with a file is about what was evaluated. */
function concerns({ range, path }: Diagnostic, read: ReadonlySet<string>, roots: readonly EvaluatedRoot[]): boolean {
  const file = range?.file.path ?? path;
  if (file === undefined || read.has(file)) return true;
  return roots.some(
    ({ instantiatedFolders, varFiles }) => instantiatedFolders.includes(folderOf(file)) || varFiles.includes(file),
  );
}

function cacheOf({ fileSystem, environment }: TerraformInput): ConfigurationCache {
  return new ConfigurationCache(fileSystem, environment.dataFolder);
}

/** The folder, and what tells several configurations of one folder apart. */
function rootName({ folder, name }: RootSelection): string {
  const own = folder === '' ? '.' : folder;
  return name === undefined ? own : `${own}#${name}`;
}

function evaluateRoot(world: World): EvaluatedRoot | undefined {
  const { selection } = world;
  const configuration = world.cache.module(selection.folder);
  if (configuration === undefined) return undefined;
  const { inputs, files } = readRootInputs(world);
  const module: ModuleInstance = new ModuleInstance(world, configuration, {
    address: '',
    calls: [],
    folders: [selection.folder],
    callPath: [],
    multiplicity: 1,
    existence: CERTAIN,
    isPrototype: false,
    keySets: [],
    parent: undefined,
    providers: new Map(),
    input: (name) => inputs.get(name)?.(() => module),
  });
  world.instantiatedFolders.add(selection.folder);
  module.collect();
  return {
    root: world.root,
    folder: selection.folder,
    kind: selection.kind,
    modules: world.modules,
    instantiatedFolders: [...world.instantiatedFolders].sort(),
    uninstantiatedFolders: [...world.uninstantiatedFolders]
      .filter((folder) => !world.instantiatedFolders.has(folder))
      .sort(),
    variablesWithoutValue: withoutValue(configuration, module, inputs),
    declaredVariables: [...configuration.variables.keys()].sort(),
    varFiles: files,
    modulesNotInstalled: world.modulesNotInstalled,
    outputs: outputsOf(configuration, module),
    moved: world.moved,
  };
}

function withoutValue(
  configuration: ModuleConfiguration,
  module: ModuleInstance,
  inputs: ReadonlyMap<string, unknown>,
) {
  return [...configuration.variables].flatMap(([name, declaration]) => {
    if (inputs.has(name) || module.bodyOf(declaration).attributes.has('default')) return [];
    return [{ name, range: headerOf(declaration) }];
  });
}

function outputsOf(configuration: ModuleConfiguration, module: ModuleInstance): Map<string, Value> {
  const outputs = new Map<string, Value>();
  for (const name of configuration.outputs.keys()) {
    const value = module.attribute(name);
    if (value !== undefined) outputs.set(name, value);
  }
  return outputs;
}
