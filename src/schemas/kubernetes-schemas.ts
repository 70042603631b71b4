import { KUBERNETES_KINDS, KUBERNETES_VERSION } from './generated/kubernetes-kinds.js';
import { KUBERNETES_ENUMS } from './kubernetes-enums.js';
import type { KubernetesSchemas } from './kubernetes-schema.js';
import { parseKubernetesTable } from './kubernetes-schema-table.js';

let table: KubernetesSchemas | undefined;

/** Every built-in kind of the newest Kubernetes that the tables know. The table is read when it is first asked for anything. */
export const kubernetesSchemas: KubernetesSchemas = {
  version: KUBERNETES_VERSION,
  get kinds() {
    return read().kinds;
  },
  kind: (type) => read().kind(type),
  definition: (name) => read().definition(name),
};

function read(): KubernetesSchemas {
  table ??= parseKubernetesTable(KUBERNETES_KINDS, KUBERNETES_VERSION, KUBERNETES_ENUMS);
  return table;
}
