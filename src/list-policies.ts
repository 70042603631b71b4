import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { collectedFeeds } from './collect/aws/feeds.js';
import type { PolicyMetadata } from './findings/policy-metadata.js';
import { languagesOfType, normalTypesOf } from './graph/languages-of-types.js';
import type { Language } from './model/raw-resource.js';
import { findPolicy, type SelectionOptions, selectPolicies } from './policies.js';
import { checkExamples, type Policy, readsOnlyLive } from './policy/index.js';
import { fromHere, openProject, type Project, type ProjectOptions, UsageError } from './project.js';
import { policyShapes } from './read-project.js';
import { scanExample } from './scan-example.js';
import { compareText } from './source/compare-text.js';
import type { Diagnostic } from './source/diagnostic.js';
import { folderOf, isWithin, joinPath } from './source/paths.js';
import type { SourceFile } from './source/source-file.js';

type PolicyOptions = ProjectOptions & SelectionOptions;

/** The policies that the options name, and how many there are. Throws `UsageError`. */
export function listPolicies(options: PolicyOptions): {
  readonly policies: readonly PolicyMetadata[];
  readonly total: number;
  /** Languages in which resources of a policy can be written. */
  readonly languagesOf: (policy: PolicyMetadata) => readonly Language[];
  /** Why own policies do not load. */
  readonly diagnostics: readonly Diagnostic[];
} {
  const project = openProject(options);
  const { policies, diagnostics } = selectPolicies(project, policyShapes(), options);
  const all = selectPolicies(project, policyShapes(), { policyDirs: options.policyDirs, policySets: ['all'] });
  const byId = new Map(policies.map((policy) => [policy.metadata.id, policy]));
  return {
    policies: policies.map((policy) => policy.metadata),
    total: all.policies.length,
    languagesOf: ({ id }) => {
      const policy = byId.get(id);
      return policy === undefined ? [] : languagesOf(policy);
    },
    diagnostics,
  };
}

/** One policy by its id or alias, and the languages that it reads. Throws `UsageError`. */
export function explainPolicy(
  options: PolicyOptions,
  name: string,
): { readonly policy: PolicyMetadata; readonly languages: readonly Language[] } {
  const selection = selectPolicies(openProject(options), policyShapes(), { policyDirs: options.policyDirs });
  const policy = findPolicy(selection, name);
  return { policy: policy.metadata, languages: languagesOf(policy) };
}

const LANGUAGES: readonly Language[] = [
  'terraform',
  'terraform-plan',
  'terraform-state',
  'cloudformation',
  'kubernetes',
  'live',
];

function languagesOf(policy: Policy): readonly Language[] {
  if (policy.metadata.isOnlyLive || readsOnlyLive(policy)) return ['live'];
  const found = new Set(policy.types.flatMap(languagesOfType));
  if (policy.types.some((type) => collectedTypes().has(type))) found.add('live');
  return LANGUAGES.filter((language) => found.has(language));
}

/** The types of which a snapshot has resources, by their names in normal form. */
function collectedTypes(): ReadonlySet<string> {
  collected ??= new Set([...collectedFeeds().values()].flat().flatMap(({ type }) => normalTypesOf(type)));
  return collected;
}

let collected: ReadonlySet<string> | undefined;

export interface PolicyTest {
  readonly policy: string;
  readonly problems: readonly { readonly message: string; readonly path: string; readonly line?: number | undefined }[];
}

/** Judges the policies of folders by their own examples. Throws `UsageError`. */
export function testPolicies(
  options: ProjectOptions,
  folders: readonly string[],
): { readonly tests: readonly PolicyTest[]; readonly diagnostics: readonly Diagnostic[] } {
  const project = openProject({ ...options, paths: [] });
  const { policies, diagnostics } = selectPolicies(project, policyShapes(), { policyDirs: folders });
  const places = folders.map((folder) => fromHere(project, folder));
  const own = policies.filter(({ metadata: { file } }) => places.some((place) => isWithin(file ?? '..', place)));
  if (own.length === 0 && diagnostics.length === 0)
    throw new UsageError('There is no policy in these folders: a policy is a file policy.yaml.');
  const tests = own.map((policy) => {
    const folder = joinPath(folderOf(policy.metadata.file ?? ''), 'examples');
    const examples = readExamples(project, folder);
    const missing = examples.length === 0 ? [{ message: 'There are no examples.', path: folder }] : [];
    return { policy: policy.metadata.id, problems: [...missing, ...checkExamples(policy, examples, scanExample)] };
  });
  return { tests, diagnostics };
}

/** The files of a folder, which may lie outside the project. */
function readExamples({ root }: Project, folder: string): SourceFile[] {
  const absolute = resolve(root, folder);
  if (!existsSync(absolute)) return [];
  return readdirSync(absolute, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => ({ path: joinPath(folder, name), text: readFileSync(join(absolute, name), 'utf8') }))
    .sort((a, b) => compareText(a.path, b.path));
}
