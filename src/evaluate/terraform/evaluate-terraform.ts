import { CERTAIN } from '../../model/raw-resource.js';
import type { Value } from '../../model/value.js';
import type { Diagnostic } from '../../source/diagnostic.js';
import { attachComments } from './comments.js';
import { ConfigurationCache } from './configuration/configuration-cache.js';
import type { ModuleConfiguration } from './configuration/declarations.js';
import { ModuleInstance } from './modules/module-instance.js';
import { World } from './modules/world.js';
import type { EvaluatedRoot, RootSelection, TerraformInput, TerraformResult } from './result.js';
import { readRootInputs } from './variable-inputs.js';

/** Evaluates the roots: their resources with what is unknown and where every value is written. Never throws on input. */
export function evaluateTerraform(input: TerraformInput, cache = cacheOf(input)): TerraformResult {
  const diagnostics: Diagnostic[] = [];
  const reported = new Set<string>();
  const worlds: World[] = [];
  const roots: EvaluatedRoot[] = [];
  for (const selection of input.roots) {
    const world = new World(
      rootName(selection),
      selection,
      cache,
      input.schemas,
      input.environment,
      diagnostics,
      reported,
    );
    worlds.push(world);
    const root = evaluateRoot(world);
    if (root !== undefined) roots.push(root);
  }
  const { commentPattern } = input;
  return {
    resources: worlds.flatMap(({ resources }) => resources),
    unreadModules: worlds.flatMap(({ unreadModules }) => unreadModules),
    roots,
    comments:
      commentPattern === undefined ? [] : cache.parsedFiles().flatMap((file) => attachComments(file, commentPattern)),
    diagnostics: [...cache.diagnostics, ...diagnostics],
    files: cache.parsedFiles().map(({ source }) => source),
  };
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
    const { file, block } = declaration;
    return [{ name, range: { file, start: block.header.start, end: block.header.end } }];
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
