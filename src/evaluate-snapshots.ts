import { collectedFeeds, collectedVersions } from './collect/aws/feeds.js';
import { evaluateSnapshot } from './evaluate/snapshot/evaluate-snapshot.js';
import { type Project, UsageError } from './project.js';
import { type EvaluatedRoot, type LanguageEvaluation, NOTHING_MOVED } from './project-evaluation.js';
import { cloudFormationSchemas } from './schemas/cloudformation-schemas.js';
import { providerSchemas } from './schemas/provider-schemas.js';

import type { Walk } from './walk.js';

/** Reads the snapshots that are named. A root is an account; a further snapshot of one has its folder in the name. Throws `UsageError`. */
export function evaluateSnapshots({ fileSystem }: Project, { snapshots }: Walk): LanguageEvaluation[] {
  if (snapshots.length === 0) return [];
  const feeds = collectedFeeds();
  const versions = collectedVersions();
  const folders = new Map<string, string>();
  return snapshots.map((folder) => {
    const rootOf = (account: string): string => {
      const first = folders.get(account) ?? folder;
      folders.set(account, first);
      return first === folder ? account : `${account}#${folder}`;
    };
    const reading = evaluateSnapshot({
      fileSystem,
      folder,
      feeds,
      versions,
      cloudFormation: cloudFormationSchemas,
      terraform: providerSchemas,
      rootOf,
    });
    if ('unknownKind' in reading)
      throw new UsageError(`"${folder}" holds a "${reading.unknownKind}", which this release does not read.`);
    const roots = reading.result.accounts.map(
      ({ root, files }): EvaluatedRoot => ({
        root,
        language: 'live',
        kind: 'deployment',
        files,
        modules: 1,
        valueFiles: [],
        withoutValue: [],
        modulesNotInstalled: [],
        moved: NOTHING_MOVED,
      }),
    );
    return { ...reading.result, roots };
  });
}
