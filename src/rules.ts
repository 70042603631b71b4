import { factProblems } from './check-facts.js';
import {
  CONFIGURATION_FILE,
  type Configuration,
  type Plain,
  type PolicySetting,
  parseConfiguration,
} from './config.js';
import type { ConfigurationProblem } from './configuration-reader.js';
import { type FindingRules, type SeverityRule, selectsPolicy } from './findings/rules.js';
import { type PolicySelection, unknownPolicy } from './policies.js';
import { checkParameters, type Policy } from './policy/index.js';
import { type Project, UsageError } from './project.js';
import type { Reading } from './read-project.js';
import { maxConfigurationBytes, readText } from './read-setting.js';
import { folderOf, joinPath } from './source/paths.js';

/** What the configuration says of policies, findings and suppressions, the nested files included; later rules win. */
export interface ProjectRules {
  readonly findings: FindingRules;
  /** Policy (id, alias or glob) → parameter → value, in the order in which they apply. */
  readonly parameters: readonly { readonly policy: string; readonly values: ReadonlyMap<string, Plain> }[];
}

/** Keys that a nested file may have: it is an override for its folder. */
const NESTED_KEYS = new Set(['version', 'policies', 'suppressions']);

export interface RuleOptions {
  readonly inlineSuppressions: boolean;
  readonly noConfig?: boolean | undefined;
}

/** Puts root file and nested files together: root, then nested files from the outermost, then overrides. Throws `UsageError`. */
export function projectRules(
  project: Project,
  { walk, evaluation, shapes }: Reading,
  { policies, all, diagnostics }: PolicySelection,
  options: RuleOptions,
): ProjectRules {
  const { configuration } = project;
  const folders = [...project.paths, ...evaluation.files.map(({ path }) => folderOf(path))];
  const files = options.noConfig === true ? [] : [...walk.configurations, ...configurationsAbove(project, folders)];
  const nested = [...new Set(files)].sort().map((path) => readNested(project, path));
  const places = [configuration, ...nested.map(({ own }) => own)];
  // The name of a policy that does not load is no mistake.
  const isDoubtful = diagnostics.length > 0;
  refuse(project, [
    ...(isDoubtful ? [] : places.flatMap((place) => unknownPolicies(place, all))),
    ...configuration.policies.flatMap((setting) => wrongParameters(setting, all)),
    ...factProblems(configuration, shapes),
    ...[...nested.flatMap(({ own }) => own.policies), ...configuration.overrides.flatMap((one) => one.policies)]
      .filter(({ parameters }) => parameters.size > 0)
      .map(({ range }) => ({ message: 'Parameters hold for the whole project: write them under "policies".', range })),
  ]);
  const severities: SeverityRule[] = [
    ...newerPolicies(configuration, policies),
    ...toSeverityRules(configuration.policies),
    ...nested.flatMap(({ folder, own }) => toSeverityRules(own.policies, [`${folder}/**`])),
    ...configuration.overrides.flatMap(({ paths, policies }) => toSeverityRules(policies, paths)),
  ];
  return {
    findings: {
      severities,
      suppressions: [...configuration.suppressions, ...nested.flatMap(({ own }) => own.suppressions)],
      inline: {
        isEnabled: options.inlineSuppressions && configuration.suppress.inline,
        requireReason: configuration.suppress.requireReason,
        requireOwner: configuration.suppress.requireOwner,
        maxDays: configuration.suppress.maxDays,
      },
      mandatory: configuration.mandatory,
    },
    parameters: configuration.policies
      .filter(({ parameters }) => parameters.size > 0)
      .map(({ policy, parameters }) => ({ policy, values: parameters })),
  };
}

function toSeverityRules(settings: readonly PolicySetting[], paths?: readonly string[]): SeverityRule[] {
  return settings.flatMap(({ policy, severity, reason, range }) =>
    severity === undefined ? [] : [{ policy, severity, reason, range, paths }],
  );
}

/** The configuration files of the folders and of those above them, the project root's own left out. */
function configurationsAbove(project: Project, folders: readonly string[]): string[] {
  const above = new Set<string>();
  for (const path of folders) {
    for (let folder = path; folder !== '' && !above.has(folder); folder = folderOf(folder)) above.add(folder);
  }
  return [...above]
    .map((folder) => joinPath(folder, CONFIGURATION_FILE))
    .filter((path) => project.fileSystem.kindOf(path) === 'file');
}

function readNested(project: Project, path: string): { readonly folder: string; readonly own: Configuration } {
  const read = readText(project.fileSystem, path, maxConfigurationBytes);
  if (!read.ok) throw new UsageError(`"${path}" cannot be read (${read.failure}).`);
  const { configuration, problems } = parseConfiguration({ path, text: read.value });
  // A project within this one has more to say when it is scanned by itself.
  const misplaced: ConfigurationProblem[] = [...(configuration.isRoot ? [] : configuration.places)]
    .filter(([key]) => !NESTED_KEYS.has(key))
    .map(([key, range]) => ({ message: `"${key}" counts only in the trueline.yaml of the project root.`, range }));
  refuse(project, [...problems, ...misplaced]);
  return { folder: folderOf(path), own: configuration };
}

function refuse({ rootFromHere }: Project, problems: readonly ConfigurationProblem[]): void {
  if (problems[0] !== undefined) throw new UsageError(problems[0].message, problems, rootFromHere);
}

/** Settings and suppressions for policies that do not exist would do nothing, and nobody would notice. */
function unknownPolicies(configuration: Configuration, all: readonly Policy[]): ConfigurationProblem[] {
  const { policies, overrides, suppressions, mandatory, places } = configuration;
  const named = [...policies, ...overrides.flatMap((override) => override.policies), ...suppressions];
  const selectors = mandatory.filter((selector) => !/^severity:(critical|high|medium|low|info)$/.test(selector));
  const range = places.get('mandatory');
  return [...named, ...(range === undefined ? [] : selectors.map((policy) => ({ policy, range })))]
    .filter(({ policy }) => !all.some(({ metadata }) => selectsPolicy(policy, metadata)))
    .map(({ policy, range: place }) => ({ message: unknownPolicy(policy, all), range: place }));
}

function wrongParameters({ policy, parameters, range }: PolicySetting, all: readonly Policy[]): ConfigurationProblem[] {
  return checkParameters(all, [{ policy, values: parameters }]).map((message) => ({ message, range }));
}

/** Policies that came after the release the project goes by are told, and redden nothing. */
function newerPolicies({ policiesAsOf }: Configuration, policies: readonly Policy[]): SeverityRule[] {
  if (policiesAsOf === undefined) return [];
  return policies
    .filter(({ metadata }) => compareVersions(metadata.since, policiesAsOf) > 0)
    .map(({ metadata }) => ({ policy: metadata.id, severity: 'info' }));
}

function compareVersions(a: string, b: string): number {
  const [x, y] = [a, b].map((version) => version.split('.').map(Number));
  for (let index = 0; index < 3; index++) {
    const difference = (x?.[index] ?? 0) - (y?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
