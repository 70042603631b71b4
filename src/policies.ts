import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PolicyMetadata } from './findings/policy-metadata.js';
import { policyNames, selectsName, selectsPolicy } from './findings/rules.js';
import { normalizeId } from './findings/suppressions.js';
import type { ShapeCatalogue } from './model/shape.js';
import { NEW_ACCESS } from './new-access-policy.js';
import { loadOwnPolicies } from './own-policies.js';
import { deserializePolicies, type Policy } from './policy/index.js';
import { fromHere, type Project, UsageError } from './project.js';
import { type Diagnostic, severityOf } from './source/diagnostic.js';
import { joinPath } from './source/paths.js';
import { suggest } from './source/suggest.js';

/** The policies of one run. */
export interface PolicySelection {
  readonly policies: readonly Policy[];
  /** Every policy there is, chosen or not. */
  readonly all: readonly Policy[];
  /** Every name of every policy there is, chosen or not. */
  readonly knownNames: ReadonlySet<string>;
  readonly diagnostics: readonly Diagnostic[];
  /** What own policies that do not load are called. */
  readonly notLoaded: readonly string[];
  /** Whether new access since a revision is asked for too. */
  readonly hasNewAccess: boolean;
  /** Where the paths of diagnostics start from. */
  readonly rootFromHere: string;
}

type NotLoaded = Pick<PolicySelection, 'notLoaded' | 'diagnostics' | 'rootFromHere'>;

export interface SelectionOptions {
  readonly policies?: readonly string[] | undefined;
  readonly skipPolicies?: readonly string[] | undefined;
  /** Relative to the working directory. */
  readonly policyDirs?: readonly string[] | undefined;
  readonly frameworks?: readonly string[] | undefined;
  /** `default`, `all`, or a framework's name. */
  readonly policySets?: readonly string[] | undefined;
}

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
  const notLoaded = { ...own, rootFromHere: project.rootFromHere };
  const { policies: named = [], skipPolicies = [] } = options;
  const isNamed = named.includes(NEW_ACCESS.id);
  const only = checkNames(all, withoutNewAccess(named), notLoaded);
  const skipped = checkNames(all, withoutNewAccess(skipPolicies), notLoaded);
  const frameworks = checkFrameworks(all, options.frameworks ?? []);
  const sets = chosenSets(project, all, options.policySets ?? []);
  const policies = all.filter(
    ({ metadata }) =>
      (named.length === 0 || only.some((name) => selectsPolicy(name, metadata))) &&
      !skipped.some((name) => selectsPolicy(name, metadata)) &&
      (frameworks.length === 0 || frameworks.some((name) => metadata.controls.has(name))) &&
      (isInSets(metadata, sets) || isAskedFor(metadata, only, frameworks) || ownIds.has(metadata.id)),
  );
  return {
    policies: [...policies].sort((a, b) => (a.metadata.id < b.metadata.id ? -1 : 1)),
    all,
    knownNames: new Set([...knownNames, NEW_ACCESS.id]),
    hasNewAccess:
      !skipPolicies.includes(NEW_ACCESS.id) &&
      (isNamed || (named.length === 0 && frameworks.length === 0 && (options.policySets ?? []).length === 0)),
    diagnostics: [...own.diagnostics, ...replacements(own.policies)],
    notLoaded: own.notLoaded,
    rootFromHere: project.rootFromHere,
  };
}

function withoutNewAccess(names: readonly string[]): readonly string[] {
  return names.filter((name) => name !== NEW_ACCESS.id);
}

/** An own policy may judge otherwise than the shipped one of its id: that one is not asked any more. */
function replacements(own: readonly Policy[]): Diagnostic[] {
  if (own.length === 0) return [];
  const ids = new Set(shippedPolicies().map(({ metadata }) => metadata.id));
  return own
    .filter(({ metadata }) => ids.has(metadata.id))
    .map(({ metadata, assert }) => ({
      code: 'policy-doubtful',
      message: `"${metadata.id}" takes the place of the shipped policy of that id. Give it an id of its own.`,
      ...(assert.place && { range: { file: assert.place.file, start: 0, end: 0 } }),
    }));
}

/** The policy of an id or alias; throws `UsageError` with the nearest name, or with why it does not load. */
export function findPolicy({ policies, ...own }: PolicySelection, name: string): Policy {
  checkNames(policies, [name], own);
  const wanted = normalizeId(name);
  const found =
    policies.find(({ metadata }) => policyNames(metadata).includes(wanted)) ??
    policies.find(({ metadata }) => selectsPolicy(name, metadata));
  if (found === undefined) throw notLoadedError(`The policy "${name}" does not load.`, own);
  return found;
}

/** Throws `UsageError` for a name that no policy has. One that does not load has its name: it is reported, not refused. */
function checkNames(policies: readonly Policy[], names: readonly string[], own: NotLoaded): readonly string[] {
  for (const name of names) {
    if (policies.some(({ metadata }) => selectsPolicy(name, metadata))) continue;
    if (own.notLoaded.some((id) => selectsName(name, id))) continue;
    // It may be meant for one that does not even say what it is called.
    throw notLoadedError(`${unknownPolicy(name, policies)}\n  All: trueline policies list`, own);
  }
  return names;
}

function notLoadedError(message: string, { diagnostics, rootFromHere }: NotLoaded): UsageError {
  const nowhere = (path: string) => ({ file: { path, text: '' }, start: 0, end: 0 });
  const problems = diagnostics
    .filter(({ code }) => severityOf(code) === 'error')
    .map((one) => ({ message: one.message, range: one.range ?? nowhere(one.path ?? '') }));
  return new UsageError(message, problems, rootFromHere);
}

/** `No policy is called "…".` with the nearest name. */
export function unknownPolicy(name: string, policies: readonly Policy[]): string {
  const names = policies.flatMap(({ metadata }) => [metadata.id, ...metadata.aliases]);
  return `No policy is called "${name}".${suggest(name, names)}`;
}

/** `all` is every policy, `default` what is worth mending almost everywhere. Frameworks are sets as well. */
const POLICY_SETS: readonly string[] = ['default', 'all'];

function isInSets({ isByDefault, controls }: PolicyMetadata, sets: readonly string[]): boolean {
  return sets.some((name) => name === 'all' || (name === 'default' ? isByDefault : controls.has(name)));
}

/** Named by its id, an alias, or by a framework of its own: globs choose among the sets. */
function isAskedFor(metadata: PolicyMetadata, only: readonly string[], frameworks: readonly string[]): boolean {
  const isNamed = only.some((name) => !/[*?]/.test(name) && selectsPolicy(name, metadata));
  return isNamed || frameworks.some((name) => metadata.controls.has(name));
}

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
