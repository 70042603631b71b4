import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { policyNames, selectsPolicy } from './findings/rules.js';
import { normalizeId } from './findings/suppressions.js';
import type { ShapeCatalogue } from './model/shape.js';
import { nodeFileSystem } from './node-file-system.js';
import { deserializePolicies, loadPolicies, type Policy } from './policy/index.js';
import { fromHere, type Project, UsageError } from './project.js';
import type { Diagnostic } from './source/diagnostic.js';
import type { FileSystem } from './source/file-system.js';
import { joinPath } from './source/paths.js';
import type { SourceFile } from './source/source-file.js';
import { suggest } from './source/suggest.js';

/** The policies of one run. */
export interface PolicySelection {
  readonly policies: readonly Policy[];
  /** Every policy there is, chosen or not. */
  readonly all: readonly Policy[];
  /** Every name of every policy there is, chosen or not. */
  readonly knownNames: ReadonlySet<string>;
  readonly diagnostics: readonly Diagnostic[];
}

export interface SelectionOptions {
  readonly policies?: readonly string[] | undefined;
  readonly skipPolicies?: readonly string[] | undefined;
  /** Relative to the working directory. */
  readonly policyDirs?: readonly string[] | undefined;
  readonly frameworks?: readonly string[] | undefined;
  /** `default`, `all`, or a framework's name. */
  readonly policySets?: readonly string[] | undefined;
}

/** SAFETY: the most policy files that are read of one folder. */
const maxPolicyFiles = 10_000;

let shipped: readonly Policy[] | undefined;

/** The policies that come with the product, compiled when it was built. */
export function shippedPolicies(): readonly Policy[] {
  shipped ??= deserializePolicies(readFileSync(shippedFile(), 'utf8'));
  return shipped;
}

/** Beside the bundle; run from the sources, in the build's folder. */
function shippedFile(): string {
  const beside = join(__dirname, 'policies.json');
  return existsSync(beside) ? beside : join(__dirname, '..', 'dist', 'policies.json');
}

/** Shipped and own policies, narrowed to what the options name. Throws `UsageError` for a name that no policy has. */
export function selectPolicies(project: Project, shapes: ShapeCatalogue, options: SelectionOptions): PolicySelection {
  const own = loadOwnPolicies(project, shapes, [
    ...project.configuration.policyDirs.map((folder) => joinPath(folder)),
    ...(options.policyDirs ?? []).map((folder) => fromHere(project, folder)),
  ]);
  const ownIds = new Set(own.policies.map(({ metadata }) => metadata.id));
  const all = [...shippedPolicies().filter(({ metadata }) => !ownIds.has(metadata.id)), ...own.policies];
  const knownNames = new Set(all.flatMap(({ metadata }) => [...policyNames(metadata)]));
  const only = checkNames(all, options.policies ?? []);
  const skipped = checkNames(all, options.skipPolicies ?? []);
  const frameworks = checkFrameworks(all, options.frameworks ?? []);
  const sets = chosenSets(project, all, options.policySets ?? []);
  const policies = all.filter(
    ({ metadata }) =>
      (only.length === 0 || only.some((name) => selectsPolicy(name, metadata))) &&
      !skipped.some((name) => selectsPolicy(name, metadata)) &&
      (frameworks.length === 0 || frameworks.some((name) => metadata.controls.has(name))) &&
      (sets.some((name) => POLICY_SETS.includes(name) || metadata.controls.has(name)) || ownIds.has(metadata.id)),
  );
  return {
    policies: [...policies].sort((a, b) => (a.metadata.id < b.metadata.id ? -1 : 1)),
    all,
    knownNames,
    diagnostics: own.diagnostics,
  };
}

/** The policy of an id or alias; throws `UsageError` with the nearest name. */
export function findPolicy(policies: readonly Policy[], name: string): Policy {
  checkNames(policies, [name]);
  const found = policies.find(({ metadata }) => policyNames(metadata).includes(normalizeId(name)));
  return (
    found ??
    firstOf(
      policies.filter(({ metadata }) => selectsPolicy(name, metadata)),
      name,
    )
  );
}

function firstOf(policies: readonly Policy[], name: string): Policy {
  const [first] = policies;
  if (first === undefined) throw new UsageError(`No policy is called "${name}".`);
  return first;
}

function checkNames(policies: readonly Policy[], names: readonly string[]): readonly string[] {
  for (const name of names) {
    if (policies.some(({ metadata }) => selectsPolicy(name, metadata))) continue;
    throw new UsageError(`${unknownPolicy(name, policies)}\n  All: trueline policies list`);
  }
  return names;
}

/** `No policy is called "…".` with the nearest name. */
export function unknownPolicy(name: string, policies: readonly Policy[]): string {
  const names = policies.flatMap(({ metadata }) => [metadata.id, ...metadata.aliases]);
  return `No policy is called "${name}".${suggest(name, names)}`;
}

/** What `default` and `all` name: every shipped policy is in both. Frameworks are sets as well. */
const POLICY_SETS: readonly string[] = ['default', 'all'];

/** The command line's sets, else the configuration's, else the default one. Own policies are in every set. */
function chosenSets(
  { configuration, rootFromHere }: Project,
  all: readonly Policy[],
  given: readonly string[],
): readonly string[] {
  const frameworks = new Set(all.flatMap(({ metadata }) => [...metadata.controls.keys()]));
  const known = [...POLICY_SETS, ...[...frameworks].sort()];
  const unknown = [...given, ...configuration.policySets].find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const message = `"${unknown}" is not a policy set: ${known.join(', ')}.${suggest(unknown, known)}`;
    const range = given.includes(unknown) ? undefined : configuration.places.get('policy-sets');
    throw new UsageError(message, range === undefined ? [] : [{ message, range }], rootFromHere);
  }
  if (given.length > 0) return given;
  return configuration.policySets.length > 0 ? configuration.policySets : ['default'];
}

function checkFrameworks(policies: readonly Policy[], names: readonly string[]): readonly string[] {
  const known = new Set(policies.flatMap(({ metadata }) => [...metadata.controls.keys()]));
  for (const name of names) {
    if (known.has(name)) continue;
    throw new UsageError(`No framework is called "${name}": ${[...known].sort().join(', ')}.${suggest(name, known)}`);
  }
  return names;
}

function loadOwnPolicies(project: Project, shapes: ShapeCatalogue, folders: readonly string[]) {
  const sources: SourceFile[] = [];
  for (const folder of folders) {
    // Policies may be kept outside the project; what is scanned may not.
    const absolute = resolve(project.root, folder);
    if (!existsSync(absolute) || !statSync(absolute).isDirectory())
      throw new UsageError(`The policy folder "${folder}" does not exist.`);
    collectPolicyFiles(nodeFileSystem(absolute), '', (path, text) =>
      sources.push({ path: joinPath(folder, path), text }),
    );
  }
  return loadPolicies(sources, shapes);
}

function collectPolicyFiles(fileSystem: FileSystem, folder: string, add: (path: string, text: string) => number): void {
  const listing = fileSystem.readDirectory(folder);
  if (!listing.ok) return;
  for (const entry of listing.value) {
    const path = joinPath(folder, entry.name);
    if (entry.kind === 'folder' && !entry.isLink && !entry.name.startsWith('.'))
      collectPolicyFiles(fileSystem, path, add);
    if (entry.kind !== 'file' || (entry.name !== 'policy.yaml' && !entry.name.endsWith('.policy.yaml'))) continue;
    const read = fileSystem.readFile(path);
    if (read.ok && add(path, Buffer.from(read.value).toString('utf8')) >= maxPolicyFiles) return;
  }
}
