import type { KubernetesEnums } from './kubernetes-schema-table.js';

const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];
const PROTOCOLS = ['TCP', 'UDP', 'SCTP'];
const SCHEMES = ['HTTP', 'HTTPS'];

/**
 * The values that the API server takes, of the fields that policies read: the published documents do not have them.
 * From the API reference, https://kubernetes.io/docs/reference/kubernetes-api/.
 */
export const KUBERNETES_ENUMS: KubernetesEnums = {
  'core.v1.PodSpec': {
    restartPolicy: ['Always', 'OnFailure', 'Never'],
    dnsPolicy: ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'],
  },
  'core.v1.PodOS': { name: ['linux', 'windows'] },
  'core.v1.Container': { imagePullPolicy: PULL_POLICIES },
  'core.v1.EphemeralContainer': { imagePullPolicy: PULL_POLICIES },
  'core.v1.ContainerPort': { protocol: PROTOCOLS },
  'core.v1.HTTPGetAction': { scheme: SCHEMES },
  'core.v1.SeccompProfile': { type: ['RuntimeDefault', 'Localhost', 'Unconfined'] },
  'core.v1.AppArmorProfile': { type: ['RuntimeDefault', 'Localhost', 'Unconfined'] },
  'core.v1.SecurityContext': { procMount: ['Default', 'Unmasked'] },
  'core.v1.ServiceSpec': { type: ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'] },
  'core.v1.ServicePort': { protocol: PROTOCOLS },
  'networking.v1.NetworkPolicySpec': { policyTypes: ['Ingress', 'Egress'] },
  'networking.v1.NetworkPolicyPort': { protocol: PROTOCOLS },
  'networking.v1.HTTPIngressPath': { pathType: ['Exact', 'Prefix', 'ImplementationSpecific'] },
  'meta.v1.LabelSelectorRequirement': { operator: ['In', 'NotIn', 'Exists', 'DoesNotExist'] },
  'rbac.v1.Subject': { kind: ['User', 'Group', 'ServiceAccount'] },
};
