import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { policyNames, selectsPolicy } from './findings/rules.js';
import { normalizeId } from './findings/suppressions.js';
import type { ShapeCatalogue } from './model/shape.js';
import { deserializePolicies, loadPolicies, type Policy } from './policy/index.js';
import { type Project, UsageError } from './project.js';
import type { Diagnostic } from './source/diagnostic.js';
import { joinPath } from './source/paths.js';
import type { SourceFile } from './source/source-file.js';
import { nearestName } from './source/suggest.js';

/** The policies of one run. */
export interface PolicySelection {
  readonly policies: readonly Policy[];
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
    ...project.configuration.policyDirs,
    ...(options.policyDirs ?? []).map((folder) => joinPath(project.workingDirectory, folder)),
  ]);
  const ownIds = new Set(own.policies.map(({ metadata }) => metadata.id));
  const all = [...shippedPolicies().filter(({ metadata }) => !ownIds.has(metadata.id)), ...own.policies];
  const knownNames = new Set(all.flatMap(({ metadata }) => [...policyNames(metadata)]));
  const only = checkNames(all, options.policies ?? []);
  const skipped = checkNames(all, options.skipPolicies ?? []);
  const frameworks = checkFrameworks(all, options.frameworks ?? []);
  const policies = all.filter(
    ({ metadata }) =>
      (only.length === 0 || only.some((name) => selectsPolicy(name, metadata))) &&
      !skipped.some((name) => selectsPolicy(name, metadata)) &&
      (frameworks.length === 0 || frameworks.some((name) => metadata.controls.has(name))),
  );
  return {
    policies: [...policies].sort((a, b) => (a.metadata.id < b.metadata.id ? -1 : 1)),
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
    const nearest = nearestName(
      name,
      policies.flatMap(({ metadata }) => [metadata.id, ...metadata.aliases]),
    );
    const advice = nearest === undefined ? '' : `Did you mean "${nearest}"?   `;
    throw new UsageError(`No policy is called "${name}".\n  ${advice}All: trueline policies list`);
  }
  return names;
}

function checkFrameworks(policies: readonly Policy[], names: readonly string[]): readonly string[] {
  const known = new Set(policies.flatMap(({ metadata }) => [...metadata.controls.keys()]));
  for (const name of names) {
    if (known.has(name)) continue;
    const nearest = nearestName(name, known);
    throw new UsageError(
      `No framework is called "${name}": ${[...known].sort().join(', ')}.${nearest === undefined ? '' : ` Did you mean "${nearest}"?`}`,
    );
  }
  return names;
}

function loadOwnPolicies(project: Project, shapes: ShapeCatalogue, folders: readonly string[]) {
  const sources: SourceFile[] = [];
  for (const folder of folders) {
    if (project.fileSystem.kindOf(folder) !== 'folder')
      throw new UsageError(`The policy folder "${folder}" does not exist.`);
    collectPolicyFiles(project, folder, sources);
  }
  return loadPolicies(sources, shapes);
}

function collectPolicyFiles(project: Project, folder: string, sources: SourceFile[]): void {
  const listing = project.fileSystem.readDirectory(folder);
  if (!listing.ok || sources.length >= maxPolicyFiles) return;
  for (const entry of listing.value) {
    const path = joinPath(folder, entry.name);
    if (entry.kind === 'folder' && !entry.isLink && !entry.name.startsWith('.'))
      collectPolicyFiles(project, path, sources);
    if (entry.kind !== 'file' || (entry.name !== 'policy.yaml' && !entry.name.endsWith('.policy.yaml'))) continue;
    const read = project.fileSystem.readFile(path);
    if (read.ok) sources.push({ path, text: Buffer.from(read.value).toString('utf8') });
  }
}
