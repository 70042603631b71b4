/** A kind in the words of Terraform's provider: where they are more than another spelling. */
export interface TerraformKind {
  readonly type: string;
  /** Path in Terraform's words, indexes left out → path in Kubernetes's words, below the object that holds it. */
  readonly renames?: Readonly<Record<string, string>> | undefined;
  /** Attributes that are the fields of their parent: `persistent_volume_source` of a volume's `spec`. */
  readonly hoisted?: readonly string[] | undefined;
}

const core = (kind: string): string => `kubernetes/v1/${kind}`;
const apps = (kind: string): string => `kubernetes/apps/v1/${kind}`;
const rbac = (kind: string): string => `kubernetes/rbac.authorization.k8s.io/v1/${kind}`;
const networking = (kind: string): string => `kubernetes/networking.k8s.io/v1/${kind}`;

const oldIngress: TerraformKind = {
  type: networking('Ingress'),
  renames: {
    'spec.backend': 'defaultBackend',
    'spec.backend.service_name': 'service.name',
    'spec.backend.service_port': 'service.port.number',
    'spec.rule.http.path.backend.service_name': 'service.name',
    'spec.rule.http.path.backend.service_port': 'service.port.number',
  },
};
/** Of every version: what the first one says of the processor is a metric of the last. */
export const AUTOSCALER = 'kubernetes/autoscaling/v2/HorizontalPodAutoscaler';

/** Both the name of old and that with the version. */
const both = (name: string, kind: TerraformKind | string): [string, TerraformKind][] => {
  const made = typeof kind === 'string' ? { type: kind } : kind;
  return [
    [`kubernetes_${name}`, made],
    [`kubernetes_${name}_v1`, made],
  ];
};

/** Terraform's type → the kind that it is. */
export const TERRAFORM_KINDS: ReadonlyMap<string, TerraformKind> = new Map<string, TerraformKind>([
  ...both('pod', core('Pod')),
  ...both('replication_controller', core('ReplicationController')),
  ...both('service', core('Service')),
  ...both('service_account', core('ServiceAccount')),
  ...both('default_service_account', core('ServiceAccount')),
  ...both('secret', core('Secret')),
  ...both('config_map', core('ConfigMap')),
  ...both('namespace', core('Namespace')),
  ...both('limit_range', core('LimitRange')),
  ...both('resource_quota', core('ResourceQuota')),
  ...both('endpoints', core('Endpoints')),
  ...both('persistent_volume', {
    type: core('PersistentVolume'),
    hoisted: ['spec.persistent_volume_source'],
  }),
  ...both('persistent_volume_claim', core('PersistentVolumeClaim')),
  ...both('deployment', apps('Deployment')),
  ...both('stateful_set', apps('StatefulSet')),
  ['kubernetes_daemonset', { type: apps('DaemonSet') }],
  ['kubernetes_daemon_set_v1', { type: apps('DaemonSet') }],
  ...both('job', 'kubernetes/batch/v1/Job'),
  ...both('cron_job', 'kubernetes/batch/v1/CronJob'),
  ...both('role', rbac('Role')),
  ...both('cluster_role', rbac('ClusterRole')),
  ...both('role_binding', rbac('RoleBinding')),
  ...both('cluster_role_binding', rbac('ClusterRoleBinding')),
  ...both('network_policy', networking('NetworkPolicy')),
  ['kubernetes_ingress', oldIngress],
  ['kubernetes_ingress_v1', { type: networking('Ingress') }],
  ...both('ingress_class', networking('IngressClass')),
  ...both('pod_disruption_budget', 'kubernetes/policy/v1/PodDisruptionBudget'),
  ...both('priority_class', 'kubernetes/scheduling.k8s.io/v1/PriorityClass'),
  ...both('runtime_class', 'kubernetes/node.k8s.io/v1/RuntimeClass'),
  ...both('storage_class', {
    type: 'kubernetes/storage.k8s.io/v1/StorageClass',
    renames: { storage_provisioner: 'provisioner' },
  }),
  ...both('csi_driver', 'kubernetes/storage.k8s.io/v1/CSIDriver'),
  ...both('mutating_webhook_configuration', 'kubernetes/admissionregistration.k8s.io/v1/MutatingWebhookConfiguration'),
  ...both(
    'validating_webhook_configuration',
    'kubernetes/admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration',
  ),
  ...both('horizontal_pod_autoscaler', AUTOSCALER),
  ['kubernetes_horizontal_pod_autoscaler_v2', { type: AUTOSCALER }],
  ['kubernetes_horizontal_pod_autoscaler_v2beta2', { type: AUTOSCALER }],
  ...both('api_service', 'kubernetes/apiregistration.k8s.io/v1/APIService'),
  ...both('certificate_signing_request', 'kubernetes/certificates.k8s.io/v1/CertificateSigningRequest'),
  ['kubernetes_endpoint_slice_v1', { type: 'kubernetes/discovery.k8s.io/v1/EndpointSlice' }],
  [
    'kubernetes_validating_admission_policy_v1',
    { type: 'kubernetes/admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy' },
  ],
]);

/** What the provider sets where its configuration is silent, and Kubernetes reads otherwise than nothing. */
export const TERRAFORM_DEFAULTS = {
  namespace: 'default',
  automountServiceAccountToken: true,
} as const;
