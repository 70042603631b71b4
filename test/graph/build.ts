import { buildGraph } from '../../src/graph/build-graph.js';
import type { RawResource, UnreadModule } from '../../src/model/raw-resource.js';
import { resourceKey } from '../../src/model/resource.js';
import { providerSchemas } from '../../src/schemas/provider-schemas.js';

/** Builds a graph of resources of one root. */
export function build(
  resources: readonly RawResource[],
  unreadModules: readonly UnreadModule[] = [],
  facts?: ReadonlyMap<string, unknown>,
) {
  const { graph, diagnostics } = buildGraph({ resources, unreadModules, schemas: providerSchemas, facts });
  const at = (address: string) => graph.resources.get(resourceKey('.', address));
  return { graph, diagnostics, at };
}
