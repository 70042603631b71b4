import { kubernetesKinds } from './generated/kubernetes-kinds.js';
import { KUBERNETES_ENUMS } from './kubernetes-enums.js';
import type { KubernetesSchemas } from './kubernetes-schema.js';
import { parseKubernetesTable } from './kubernetes-schema-table.js';

let table: KubernetesSchemas | undefined;

/** Every built-in kind of the newest Kubernetes that the tables know. The table is read when it is first asked for anything. */
export const kubernetesSchemas: KubernetesSchemas = {
  get version() {
    return read().version;
  },
  get kinds() {
    return read().kinds;
  },
  kind: (type) => read().kind(type),
  definition: (name) => read().definition(name),
};

function read(): KubernetesSchemas {
  table ??= parseKubernetesTable(kubernetesKinds(), KUBERNETES_ENUMS);
  return table;
}
