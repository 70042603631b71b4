import { POD_TYPES, podPathOf } from './pod-view.js';

/** A field that names an object. */
export interface NameLink {
  /** From the object; elements of lists are walked. */
  readonly path: string;
  readonly to: string;
  /** The sibling that names the namespace; absent: the object's own. */
  readonly namespace?: string | undefined;
  /** Siblings that say whether it is this kind that is named. */
  readonly when?: Readonly<Record<string, string>> | undefined;
}

/** A field that selects pods by their labels. */
export interface PodSelector {
  readonly path: string;
  /** `labels`: a plain map, of which an empty one selects nothing. `selector`: a LabelSelector. */
  readonly form: 'labels' | 'selector';
}

const core = (kind: string): string => `kubernetes/v1/${kind}`;
const SERVICE = core('Service');
const SECRET = core('Secret');
const CONFIG_MAP = core('ConfigMap');
const CLAIM = core('PersistentVolumeClaim');
const rbac = (kind: string): string => `kubernetes/rbac.authorization.k8s.io/v1/${kind}`;
const storage = (kind: string): string => `kubernetes/storage.k8s.io/v1/${kind}`;
const networking = (kind: string): string => `kubernetes/networking.k8s.io/v1/${kind}`;

export const CLUSTER_ROLE = rbac('ClusterRole');

/** Below the specification of a pod. */
const POD_LINKS: readonly NameLink[] = [
  { path: 'serviceAccountName', to: core('ServiceAccount') },
  { path: 'imagePullSecrets.name', to: SECRET },
  { path: 'priorityClassName', to: 'kubernetes/scheduling.k8s.io/v1/PriorityClass' },
  { path: 'runtimeClassName', to: 'kubernetes/node.k8s.io/v1/RuntimeClass' },
  { path: 'volumes.secret.secretName', to: SECRET },
  { path: 'volumes.configMap.name', to: CONFIG_MAP },
  { path: 'volumes.persistentVolumeClaim.claimName', to: CLAIM },
  { path: 'volumes.projected.sources.secret.name', to: SECRET },
  { path: 'volumes.projected.sources.configMap.name', to: CONFIG_MAP },
  ...['containers', 'initContainers', 'ephemeralContainers'].flatMap((list) => [
    { path: `${list}.env.valueFrom.secretKeyRef.name`, to: SECRET },
    { path: `${list}.env.valueFrom.configMapKeyRef.name`, to: CONFIG_MAP },
    { path: `${list}.envFrom.secretRef.name`, to: SECRET },
    { path: `${list}.envFrom.configMapRef.name`, to: CONFIG_MAP },
  ]),
];

const BACKENDS = ['spec.defaultBackend', 'spec.rules.http.paths.backend'];

const bindingLinks: readonly NameLink[] = [
  { path: 'roleRef.name', to: rbac('Role'), when: { kind: 'Role' } },
  { path: 'roleRef.name', to: CLUSTER_ROLE, when: { kind: 'ClusterRole' } },
  { path: 'subjects.name', to: core('ServiceAccount'), namespace: 'namespace', when: { kind: 'ServiceAccount' } },
];

const webhookLinks: readonly NameLink[] = [
  { path: 'webhooks.clientConfig.service.name', to: SERVICE, namespace: 'namespace' },
];

const OWN_LINKS: Readonly<Record<string, readonly NameLink[]>> = {
  [networking('Ingress')]: [
    ...BACKENDS.map((backend) => ({ path: `${backend}.service.name`, to: SERVICE })),
    { path: 'spec.tls.secretName', to: SECRET },
    { path: 'spec.ingressClassName', to: networking('IngressClass') },
  ],
  [core('ServiceAccount')]: [
    { path: 'secrets.name', to: SECRET },
    { path: 'imagePullSecrets.name', to: SECRET },
  ],
  [rbac('RoleBinding')]: bindingLinks,
  [rbac('ClusterRoleBinding')]: bindingLinks,
  'kubernetes/autoscaling/v2/HorizontalPodAutoscaler': [
    ...['Deployment', 'StatefulSet', 'ReplicaSet'].map((kind) => ({
      path: 'spec.scaleTargetRef.name',
      to: `kubernetes/apps/v1/${kind}`,
      when: { kind },
    })),
    { path: 'spec.scaleTargetRef.name', to: core('ReplicationController'), when: { kind: 'ReplicationController' } },
  ],
  'kubernetes/admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration': webhookLinks,
  'kubernetes/admissionregistration.k8s.io/v1/MutatingWebhookConfiguration': webhookLinks,
  'kubernetes/apiregistration.k8s.io/v1/APIService': [
    { path: 'spec.service.name', to: SERVICE, namespace: 'namespace' },
  ],
  'kubernetes/apps/v1/StatefulSet': [{ path: 'spec.serviceName', to: SERVICE }],
  [CLAIM]: [
    { path: 'spec.storageClassName', to: storage('StorageClass') },
    { path: 'spec.volumeName', to: core('PersistentVolume') },
  ],
  [core('PersistentVolume')]: [
    { path: 'spec.storageClassName', to: storage('StorageClass') },
    { path: 'spec.claimRef.name', to: CLAIM, namespace: 'namespace' },
  ],
};

const SELECTORS: Readonly<Record<string, PodSelector>> = {
  [SERVICE]: { path: 'spec.selector', form: 'labels' },
  [networking('NetworkPolicy')]: { path: 'spec.podSelector', form: 'selector' },
  'kubernetes/policy/v1/PodDisruptionBudget': { path: 'spec.selector', form: 'selector' },
};

/** The fields of a kind that name other objects, as a tree: each object is walked once for all of them. */
export interface NameTree {
  readonly name: string;
  readonly links: NameLink[];
  readonly children: NameTree[];
}

const trees = new Map<string, NameTree>();

/** The fields of a kind that name other objects, those of its pods included. */
export function nameTreeOf(type: string): NameTree {
  const known = trees.get(type);
  if (known !== undefined) return known;
  const pod = podPathOf(type);
  const prefix = pod === undefined ? '' : [...pod, 'spec', ''].join('.');
  const tree = makeTree('');
  for (const link of OWN_LINKS[type] ?? []) add(tree, link);
  if (pod !== undefined) for (const link of POD_LINKS) add(tree, { ...link, path: `${prefix}${link.path}` });
  trees.set(type, tree);
  return tree;
}

function makeTree(name: string): NameTree {
  return { name, links: [], children: [] };
}

function add(tree: NameTree, link: NameLink): void {
  let current = tree;
  for (const name of link.path.split('.')) {
    let child = current.children.find((one) => one.name === name);
    if (child === undefined) {
      child = makeTree(name);
      current.children.push(child);
    }
    current = child;
  }
  current.links.push(link);
}

export function podSelectorOf(type: string): PodSelector | undefined {
  return SELECTORS[type];
}

/** The types that make pods, which a selector may select. */
export const SELECTED_TYPES = POD_TYPES;
