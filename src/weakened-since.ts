import { CONFIGURATION_FILE, type Configuration, parseConfiguration } from './config.js';
import { type Baseline, parseBaseline } from './findings/baseline.js';
import type { AttachedComment } from './model/raw-resource.js';
import type { Diagnostic } from './source/diagnostic.js';
import type { FileSystem } from './source/file-system.js';
import { baseName } from './source/paths.js';

/** Both sides of `--since`. */
export interface Revisions {
  readonly now: FileSystem;
  readonly earlier: FileSystem;
  /** Files that differ, relative to the project root. */
  readonly changed: readonly string[];
  readonly commentsNow: readonly AttachedComment[];
  readonly commentsEarlier: readonly AttachedComment[];
  readonly baselineFile: string;
}

/** What hides findings now and did not at the earlier revision: a reviewer should see it. */
export function weakenedSince(revisions: Revisions): Diagnostic[] {
  const { changed, baselineFile } = revisions;
  const configurations = changed.filter((path) => baseName(path) === CONFIGURATION_FILE);
  return [
    ...newComments(revisions),
    ...configurations.flatMap((path) => newInConfiguration(revisions, path)),
    ...(changed.includes(baselineFile) ? newInBaseline(revisions) : []),
  ];
}

function newComments({ commentsNow, commentsEarlier }: Revisions): Diagnostic[] {
  const earlier = new Map<string, number>();
  const keyOf = ({ file, content }: AttachedComment) => `${file.path}\n${content.trim()}`;
  for (const comment of commentsEarlier) earlier.set(keyOf(comment), (earlier.get(keyOf(comment)) ?? 0) + 1);
  return commentsNow.flatMap((comment) => {
    const left = earlier.get(keyOf(comment)) ?? 0;
    if (left > 0) {
      earlier.set(keyOf(comment), left - 1);
      return [];
    }
    const { file, start, end } = comment;
    return [{ code: 'suppression-added', message: 'This suppression is new.', range: { file, start, end } }];
  });
}

function newInConfiguration({ now, earlier }: Revisions, path: string): Diagnostic[] {
  const [before, after] = [readConfiguration(earlier, path), readConfiguration(now, path)];
  const known = new Set([...before.suppressions.map(withoutRange), ...disabledPolicies(before).map(withoutRange)]);
  const suppressions = after.suppressions.filter((one) => !known.has(withoutRange(one)));
  const disabled = disabledPolicies(after).filter((one) => !known.has(withoutRange(one)));
  return [
    ...suppressions.map(({ policy, range }) => ({
      code: 'suppression-added' as const,
      message: `This suppression of "${policy}" is new.`,
      range,
    })),
    ...disabled.map(({ policy, range }) => ({
      code: 'policy-disabled' as const,
      message: `"${policy}" was not switched off here before.`,
      range,
    })),
  ];
}

function readConfiguration(
  fileSystem: FileSystem,
  path: string,
): Pick<Configuration, 'policies' | 'overrides' | 'suppressions'> {
  const text = readText(fileSystem, path);
  if (text === undefined) return { policies: [], overrides: [], suppressions: [] };
  return parseConfiguration({ path, text }).configuration;
}

function disabledPolicies({ policies, overrides }: Pick<Configuration, 'policies' | 'overrides'>) {
  const everywhere = policies.map(({ policy, severity, range }) => ({ policy, severity, paths: ['**'], range }));
  const below = overrides.flatMap((one) =>
    one.policies.map(({ policy, severity, range }) => ({ policy, severity, paths: one.paths, range })),
  );
  return [...everywhere, ...below].filter(({ severity }) => severity === 'none');
}

function withoutRange(written: object): string {
  return JSON.stringify({ ...written, range: undefined });
}

function newInBaseline({ now, earlier, baselineFile: path }: Revisions): Diagnostic[] {
  const known = new Set(instancesOf(readBaseline(earlier, path)));
  const count = instancesOf(readBaseline(now, path)).filter((instance) => !known.has(instance)).length;
  if (count === 0) return [];
  const message = `The baseline accepts ${count} finding${count === 1 ? '' : 's'} more than before.`;
  return [{ code: 'baseline-entry-added', message, path }];
}

function readBaseline(fileSystem: FileSystem, path: string): Baseline {
  return parseBaseline({ path, text: readText(fileSystem, path) ?? '{}' }).baseline;
}

function instancesOf({ entries }: Baseline): string[] {
  return entries.flatMap(({ fingerprint, instances }) =>
    instances.map(({ root, address }) => JSON.stringify([fingerprint, root, address])),
  );
}

function readText(fileSystem: FileSystem, path: string): string | undefined {
  const read = fileSystem.readFile(path);
  return read.ok ? Buffer.from(read.value).toString('utf8') : undefined;
}
