import { collectSecrets } from './collect-secrets.js';
import { matchesGlob } from './findings/glob.js';
import { toListedRawResource, toListedResource } from './findings/resource-listing.js';
import type { ProjectOptions } from './project.js';
import { openProject } from './project.js';
import { askedRoots, readProject } from './read-project.js';
import type { ReadingOptions } from './reading-options.js';
import { toMask } from './report/mask.js';
import type { ResourcesInput } from './report/resources.js';
import { listingExit } from './summary.js';
import { walkProject } from './walk.js';

export interface ListOptions extends ProjectOptions, ReadingOptions {
  /** Globs of addresses. */
  readonly addresses: readonly string[];
  /** Native types and shapes, before anything is folded or defaulted. */
  readonly isRaw: boolean;
}

export interface ResourceListing {
  readonly input: ResourcesInput;
  readonly exitCode: 0 | 3;
  /** What makes the listing incomplete, in one sentence. */
  readonly incompleteNote?: string | undefined;
}

/** The graph as policies see it, or the resources as their language has them. Throws `UsageError`. */
export function listResources(options: ListOptions): ResourceListing {
  const project = openProject(options);
  const reading = readProject(project, walkProject(project, options.type), options);
  const roots = askedRoots(project, reading.evaluation);
  const asked = new Set(roots.map(({ root }) => root));
  const isWanted = (address: string) =>
    options.addresses.length === 0 || options.addresses.some((glob) => matchesGlob(glob, address));
  const secrets = collectSecrets(reading, options.environment);
  const { text: maskKey } = toMask(secrets);
  const listed = options.isRaw
    ? reading.evaluation.resources.map((resource) => toListedRawResource(resource, maskKey))
    : [...reading.graph.resources.values()]
        .filter(({ presence }) => presence !== 'scope')
        .map((resource) => toListedResource(resource, maskKey));
  const folders = {
    projectRoot: project.rootFromHere,
    workingDirectory: project.workingDirectory,
    repositoryRoot: '',
  };
  return {
    input: {
      ...folders,
      secrets,
      roots: roots.map(({ root, modules }) => ({ root, modules })),
      resources: listed.filter(({ address, root }) => asked.has(root) && isWanted(address)),
    },
    ...listingExit(reading, folders),
  };
}
