import type { AccessSources } from './access/stated-world.js';
import { arnOfResource, hasResourcePolicy } from './graph/arn-of-resource.js';
import { policyDocumentOf } from './graph/decode-document.js';
import type { ResourceGraph } from './model/resource.js';

/** What questions of access are answered from: a graph, with what its types tell, and the roots that are asked about. */
export function accessSources(graph: ResourceGraph, roots: ReadonlySet<string> = rootsOf(graph)): AccessSources {
  return { graph, facts: { arnOf: arnOfResource, hasResourcePolicy, policyDocumentOf }, roots };
}

function rootsOf({ resources }: ResourceGraph): ReadonlySet<string> {
  return new Set([...resources.values()].map(({ root }) => root));
}
