import type { AccessSources } from '../../src/access/stated-world.js';
import { accessSources } from '../../src/access-sources.js';
import { collectedFeeds, collectedVersions } from '../../src/collect/aws/feeds.js';
import { buildGraph } from '../../src/graph/build-graph.js';
import { providerSchemas } from '../../src/schemas/provider-schemas.js';
import { evaluateFiles } from './evaluate-files.js';
import { evaluateTemplates } from './evaluate-templates.js';
import { resultOf } from './snapshot.js';

/** What questions of access are answered by, of a configuration of Terraform. */
export function sourcesOfCode(files: Readonly<Record<string, string>>): AccessSources {
  const { result } = evaluateFiles(files);
  const { graph } = buildGraph({ resources: result.resources, unreadModules: [], schemas: providerSchemas });
  return accessSources(graph);
}

/** The same of a snapshot, by its files. */
export function sourcesOfSnapshot(files: Readonly<Record<string, string>>): AccessSources {
  const { resources, extents } = resultOf(files, collectedFeeds(), collectedVersions());
  const { graph } = buildGraph({ resources, extents, unreadModules: [], schemas: providerSchemas });
  return accessSources(graph);
}

/** The same of templates of CloudFormation. */
export function sourcesOfTemplates(files: Readonly<Record<string, string>>): AccessSources {
  const { result } = evaluateTemplates(files);
  const { graph } = buildGraph({ resources: result.resources, unreadModules: [], schemas: providerSchemas });
  return accessSources(graph);
}
