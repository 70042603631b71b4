import { accessFacts } from './access/facts.js';
import { arnOfResource, hasResourcePolicy } from './graph/arn-of-resource.js';
import { policyDocumentOf } from './graph/decode-document.js';
import type { AccessFacts } from './model/access-facts.js';
import type { ResourceGraph } from './model/resource.js';
import type { UsageLog } from './model/usage.js';

/** What policies may ask of who can do what in a graph, and of what was used. */
export function openAccessFacts(graph: ResourceGraph, usage?: UsageLog): AccessFacts {
  const roots = new Set([...graph.resources.values()].map(({ root }) => root));
  return accessFacts({ graph, roots, facts: { arnOf: arnOfResource, hasResourcePolicy, policyDocumentOf } }, usage);
}
