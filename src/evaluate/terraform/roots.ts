import { compareText } from '../../source/compare-text.js';
import type { Diagnostic } from '../../source/diagnostic.js';
import { baseName, folderOf, isWithin, joinPath, relativePath } from '../../source/paths.js';
import type { ConfigurationCache } from './configuration/configuration-cache.js';
import { localTargets } from './configuration/module-source.js';
import { mentionsAny, possibleTargets } from './configuration/read-mentions.js';
import type { RootKind, RootSelection } from './result.js';

/** A root that the configuration names: its folder may occur several times. */
export interface NamedRoot {
  readonly path: string;
  readonly name?: string | undefined;
  readonly workspace?: string | undefined;
  readonly varFiles: readonly string[];
}

export interface RootDiscovery {
  /** Files and folders that are asked for, relative to the project root. */
  readonly paths: readonly string[];
  readonly namedRoots: readonly NamedRoot[];
  /** Only roots that one of these files has to do with: configuration, variables, or what a module reads by its name. */
  readonly changed?: readonly string[] | undefined;
  /** Whether walking leaves a folder out. What is reached by a call is read all the same. */
  isIgnored(path: string, isFolder: boolean): boolean;
}

export interface DiscoveredRoots {
  readonly roots: readonly RootSelection[];
  /** Every folder of the project with configuration files, sorted. */
  readonly folders: readonly string[];
  /** Variable files below the paths that no root loads by itself. */
  readonly spareVarFiles: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Files that only the folder in which they lie loads, and variables that are named. */
const TERRAFORM_FILE = /\.(tf|tofu|tfvars)(\.json)?$/;
/** SAFETY: how deep folders are walked. */
const maxFolderDepth = 100;
/** Folders whose calls do not make a module one that is only called, and whose own roots are examples. */
const EXAMPLE_SEGMENT = /^(examples?|tests?|fixtures)$/;

/**
 * Which folders are root modules, and which of them hold or call what is asked for. A folder is a root if it is named, if
 * no other calls it by a local path (calls from examples and tests do not count), or if it shows that it is deployed: a
 * `backend` or `cloud` block, variable files that Terraform loads, a data folder.
 */
export function discoverRoots(cache: ConfigurationCache, discovery: RootDiscovery): DiscoveredRoots {
  const all = [...new Set([...walk(cache, discovery), ...discovery.namedRoots.map(({ path }) => path)])]
    .filter((folder) => cache.hasConfiguration(folder))
    .sort(compareText);
  const isAskedFor = askedFor(cache, discovery);
  const isTouched = discovery.changed === undefined ? undefined : touchedBy(cache, discovery, discovery.changed);
  const isNarrow = isTouched !== undefined || !discovery.paths.includes('');
  const folders = isNarrow ? whatCanMatter(cache, all, isTouched ?? isAskedFor) : all;
  const calls = new Map(folders.map((folder) => [folder, calledFolders(cache, folder)]));
  const called = new Set(
    folders
      .filter((folder) => !isExample(folder))
      .flatMap((folder) => calls.get(folder) ?? [])
      .filter((target) => target !== undefined),
  );
  const isRoot = (folder: string) => !called.has(folder) || isDeployed(cache, folder);
  const entries = new Set(folders.filter(isRoot));
  addRings(folders, calls, entries);
  const reaches = reaching(calls);
  const isWanted = (folder: string) =>
    reaches(folder, isAskedFor) && (isTouched === undefined || reaches(folder, isTouched));
  const roots = [...entries]
    .sort(compareText)
    .filter(isWanted)
    .flatMap((folder) => selectionsOf(cache, folder, discovery));
  const named = discovery.namedRoots.filter(
    ({ path }) => !entries.has(path) && folders.includes(path) && isWanted(path),
  );
  return {
    roots: [...roots, ...named.map((root) => toSelection(root, kindOf(cache, root.path, discovery)))],
    folders: all,
    spareVarFiles: all
      .filter((folder) => discovery.paths.some((path) => isWithin(folder, path)))
      .flatMap((folder) => (cache.listing(folder)?.spareVariableFiles ?? []).map((name) => joinPath(folder, name))),
    diagnostics: discovery.namedRoots
      .filter(({ path }) => !all.includes(path))
      .map(({ path }) => ({
        code: 'nothing-read',
        message: `The root "${path}" of the configuration has no Terraform files.`,
        path,
      })),
  };
}

/**
 * The folders that hold or may call what is looked for: to find the roots among them no other needs to be parsed, since
 * whoever calls one of them is one of them.
 */
function whatCanMatter(
  cache: ConfigurationCache,
  all: readonly string[],
  isLookedFor: (folder: string) => boolean,
): readonly string[] {
  const callers = new Map<string, string[]>();
  for (const folder of all) {
    for (const target of possibleTargets(cache, folder) ?? calledFolders(cache, folder)) {
      const known = callers.get(target);
      if (known === undefined) callers.set(target, [folder]);
      else known.push(folder);
    }
  }
  const found = new Set<string>();
  const pending = all.filter(isLookedFor);
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    if (found.has(folder)) continue;
    found.add(folder);
    pending.push(...(callers.get(folder) ?? []));
  }
  return all.filter((folder) => found.has(folder));
}

/** Whether a folder lies in one of the paths, holds one, or is configured to load one as its variables. */
function askedFor(cache: ConfigurationCache, { paths, namedRoots }: RootDiscovery): (folder: string) => boolean {
  const owned = ownersOf(cache, namedRoots, paths);
  return (folder) => owned.has(folder) || paths.some((path) => isWithin(folder, path));
}

/** Whether a change touches a folder: in it, in variables it is configured to load, or in a file that it mentions. */
function touchedBy(
  cache: ConfigurationCache,
  { namedRoots }: RootDiscovery,
  changed: readonly string[],
): (folder: string) => boolean {
  const owned = ownersOf(cache, namedRoots, changed);
  const read = changed
    .filter((path) => !TERRAFORM_FILE.test(path) && cache.fileSystem.kindOf(path) !== 'folder')
    .map(baseName);
  return (folder) => owned.has(folder) || mentionsAny(cache, folder, read);
}

function ownersOf(
  cache: ConfigurationCache,
  namedRoots: readonly NamedRoot[],
  paths: readonly string[],
): ReadonlySet<string | undefined> {
  const loading = namedRoots.filter(({ varFiles }) => varFiles.some((file) => paths.includes(file)));
  return new Set([...paths.map((path) => ownerOf(cache, path)), ...loading.map(({ path }) => path)]);
}

/** The module that a path lies in: for a file that is no configuration, the next folder above that has some. */
function ownerOf(cache: ConfigurationCache, path: string): string | undefined {
  let folder = cache.fileSystem.kindOf(path) === 'folder' ? path : folderOf(path);
  while (!cache.hasConfiguration(folder)) {
    if (folder === '' || TERRAFORM_FILE.test(path)) return undefined;
    folder = folderOf(folder);
  }
  return folder;
}

/** Every folder of the project: callers may lie anywhere in it. */
function walk(cache: ConfigurationCache, discovery: RootDiscovery): string[] {
  const found: string[] = [];
  const visit = (folder: string, depth: number): void => {
    const listing = cache.fileSystem.readDirectory(folder);
    if (!listing.ok || depth > maxFolderDepth) return;
    if (cache.hasConfiguration(folder)) found.push(folder);
    for (const { name, kind, isLink } of listing.value) {
      if (kind !== 'folder' || isLink) continue;
      const path = joinPath(folder, name);
      if (!discovery.isIgnored(path, true)) visit(path, depth + 1);
    }
  };
  visit('', 0);
  // A path beats the rules that leave folders out.
  for (const path of discovery.paths) {
    if (path !== '' && cache.fileSystem.kindOf(path) === 'folder') visit(path, 0);
    else if (path !== '' && cache.hasConfiguration(folderOf(path))) found.push(folderOf(path));
  }
  return found;
}

function calledFolders(cache: ConfigurationCache, folder: string): string[] {
  const configuration = cache.outline(folder);
  return configuration === undefined ? [] : localTargets(configuration);
}

function isExample(folder: string): boolean {
  return folder.split('/').some((segment) => EXAMPLE_SEGMENT.test(segment));
}

/** Whether a folder is an example as seen from the paths: one that is asked for by its name is none. */
function isExampleBelow(folder: string, paths: readonly string[]): boolean {
  const holding = paths.filter((path) => isWithin(folder, path));
  if (holding.length === 0) return isExample(folder);
  return holding.every((path) => isExample(relativePath(path, folder)));
}

function isDeployed(cache: ConfigurationCache, folder: string): boolean {
  const listing = cache.listing(folder);
  const loadsVariables = (listing?.variableFiles.length ?? 0) > 0;
  return loadsVariables || listing?.hasDataFolder === true || cache.outline(folder)?.hasBackend === true;
}

function kindOf(cache: ConfigurationCache, folder: string, { paths, namedRoots }: RootDiscovery): RootKind {
  const isNamed = namedRoots.some(({ path }) => path === folder);
  if (!isNamed && isExampleBelow(folder, paths)) return 'example';
  const hasProvider = (cache.outline(folder)?.providers.size ?? 0) > 0;
  return isNamed || hasProvider || isDeployed(cache, folder) ? 'deployment' : 'module';
}

/** In a ring of calls with no way in, the first by name is a root. */
function addRings(
  folders: readonly string[],
  calls: ReadonlyMap<string, readonly string[]>,
  entries: Set<string>,
): void {
  const reached = new Set<string>();
  const reach = (folder: string): void => {
    if (reached.has(folder)) return;
    reached.add(folder);
    for (const target of calls.get(folder) ?? []) reach(target);
  };
  for (const entry of entries) reach(entry);
  for (const folder of folders) {
    if (reached.has(folder)) continue;
    entries.add(folder);
    reach(folder);
  }
}

/** Whether a folder, or one that its calls lead to, is looked for. */
function reaching(
  calls: ReadonlyMap<string, readonly string[]>,
): (folder: string, isLookedFor: (folder: string) => boolean) => boolean {
  return (folder, isLookedFor) => {
    const reached = new Set<string>();
    const pending = [folder];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (reached.has(next)) continue;
      if (isLookedFor(next)) return true;
      reached.add(next);
      pending.push(...(calls.get(next) ?? []));
    }
    return false;
  };
}

function selectionsOf(cache: ConfigurationCache, folder: string, discovery: RootDiscovery): RootSelection[] {
  const named = discovery.namedRoots.filter(({ path }) => path === folder);
  const kind = kindOf(cache, folder, discovery);
  if (named.length > 0) return named.map((root) => toSelection(root, kind));
  return [{ folder, kind, varFiles: [], variables: [] }];
}

function toSelection({ path, name, workspace, varFiles }: NamedRoot, kind: RootKind): RootSelection {
  return { folder: path, name, kind, workspace, varFiles, variables: [] };
}
