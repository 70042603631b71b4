import { type Configuration, type Plain, type PolicySetting, parseConfiguration } from './config.js';
import type { ConfigurationProblem } from './configuration-reader.js';
import type { FindingRules, SeverityRule } from './findings/rules.js';
import { type Project, UsageError } from './project.js';
import { folderOf } from './source/paths.js';

/** What the configuration says of policies, findings and suppressions, the nested files included; later rules win. */
export interface ProjectRules {
  readonly findings: FindingRules;
  /** Policy (id, alias or glob) → parameter → value, in the order in which they apply. */
  readonly parameters: readonly { readonly policy: string; readonly values: ReadonlyMap<string, Plain> }[];
}

/** Keys that a nested file may have: it is an override for its folder. */
const NESTED_KEYS = new Set(['version', 'policies', 'suppressions']);

/** Puts root file and nested files together: root, then nested files from the outermost, then overrides. */
export function projectRules(
  project: Project,
  nestedFiles: readonly string[],
  options: { readonly inlineSuppressions: boolean },
): ProjectRules {
  const { configuration } = project;
  const nested = [...nestedFiles].sort().map((path) => readNested(project, path));
  const severities: SeverityRule[] = [
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

function readNested(project: Project, path: string): { readonly folder: string; readonly own: Configuration } {
  const read = project.fileSystem.readFile(path);
  if (!read.ok) throw new UsageError(`"${path}" cannot be read (${read.failure}).`);
  const { configuration, problems } = parseConfiguration({ path, text: Buffer.from(read.value).toString('utf8') });
  const misplaced: ConfigurationProblem[] = [...configuration.places]
    .filter(([key]) => !NESTED_KEYS.has(key))
    .map(([key, range]) => ({ message: `"${key}" counts only in the trueline.yaml of the project root.`, range }));
  const all = [...problems, ...misplaced];
  if (all[0] !== undefined) throw new UsageError(all[0].message, all);
  return { folder: folderOf(path), own: configuration };
}
