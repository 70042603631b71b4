import type { Evaluation } from '../../model/evaluation.js';
import type { KubernetesSchemas } from '../../schemas/kubernetes-schema.js';
import type { DataStream } from '../../syntax/data/ast.js';

/** What `evaluateKubernetes` needs; nothing in it is read from the machine. */
export interface KubernetesInput {
  /** Parsed in the dialect `kubernetes`, whole or in parts, in the order of their paths. Standard input has the path `-`. */
  readonly streams: Iterable<DataStream>;
  readonly schemas: KubernetesSchemas;
  /** Comments whose text matches are returned attached to what they stand at. */
  readonly commentPattern?: RegExp | undefined;
}

export interface KubernetesResult extends Evaluation {
  /** The folders that hold objects, with how many, sorted. */
  readonly folders: readonly { readonly root: string; readonly objects: number }[];
  /** Documents that look like objects and are the configuration of a program: a kubeconfig, a kubelet's. */
  readonly programConfigurations: number;
  /** Documents that are templates, which only their program can read. */
  readonly templateSources: number;
}
