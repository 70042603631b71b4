/** What the API server says of one field's value. */
export type KubernetesType =
  | { readonly kind: KubernetesScalarKind }
  | {
      readonly kind: 'list';
      readonly element: KubernetesType;
      /** The fields that tell elements apart: `name` of containers, `containerPort` and `protocol` of ports. */
      readonly keys: readonly string[] | undefined;
      /** No element occurs twice. */
      readonly isSet: boolean;
    }
  | { readonly kind: 'map'; readonly element: KubernetesType }
  | KubernetesObjectType;

/** `bytes` is base64 text, `quantity` an amount (`500m`, `1Gi`), `any` whatever is written. */
export type KubernetesScalarKind =
  | 'string'
  | 'bool'
  | 'int32'
  | 'int64'
  | 'double'
  | 'bytes'
  | 'time'
  | 'quantity'
  | 'int-or-string'
  | 'any';

export interface KubernetesObjectType {
  readonly kind: 'object';
  /** Its name in the published definitions, shortened: `core.v1.PodSpec`. */
  readonly name: string;
  /** Without `status`: that is the server's. */
  readonly fields: ReadonlyMap<string, KubernetesField>;
}

export interface KubernetesField {
  readonly type: KubernetesType;
  readonly isRequired: boolean;
  /** The values that the server takes, where a policy reads the field. */
  readonly enum: readonly string[] | undefined;
}

/** One kind at one version of its API. */
export interface KubernetesKind {
  /** `kubernetes/apps/v1/Deployment`, of the core group `kubernetes/v1/Pod`. */
  readonly type: string;
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly isNamespaced: boolean;
  readonly schema: KubernetesObjectType;
}

/** Look-ups in the table of built-in kinds; undefined for what it does not know. */
export interface KubernetesSchemas {
  /** Of Kubernetes: `1.37.2`. */
  readonly version: string;
  /** By type name: `kubernetes/apps/v1/Deployment`. */
  kind(type: string): KubernetesKind | undefined;
  /** A definition by its name: `core.v1.Container`. */
  definition(name: string): KubernetesObjectType | undefined;
  /** The type names of all kinds, sorted. */
  readonly kinds: readonly string[];
}

/** `apps/v1`, `Deployment` → `kubernetes/apps/v1/Deployment`; the core group has no name. */
export function kubernetesTypeName(apiVersion: string, kind: string): string {
  return `kubernetes/${apiVersion}/${kind}`;
}
