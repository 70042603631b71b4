import { accessFacts } from './access/facts.js';
import { accessSources } from './access-sources.js';
import type { AccessFacts } from './model/access-facts.js';
import type { ResourceGraph } from './model/resource.js';
import type { UsageLog } from './model/usage.js';

/** What policies may ask of who can do what in a graph, and of what was used. */
export function openAccessFacts(graph: ResourceGraph, usage?: UsageLog, unusedDays?: number): AccessFacts {
  return accessFacts(accessSources(graph), usage, unusedDays);
}
