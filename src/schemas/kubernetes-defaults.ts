/** The release whose defaulting these tables describe: `pkg/apis/<group>/<version>/defaults.go`. */
export const KUBERNETES_DEFAULTS_VERSION = '1.37.2';

export type DefaultData =
  | string
  | number
  | boolean
  | readonly DefaultData[]
  | { readonly [field: string]: DefaultData };

/**
 * What the API server sets where a manifest is silent. Paths are dotted and below the definition's object (or below each
 * element that `each` names); rules are applied in order, the definition's before those of what it holds.
 */
export type ServerDefault = DefaultTarget &
  (
    | { readonly value: DefaultData }
    /** Another field's value. */
    | { readonly copyOf: string }
    /** Entry by entry what another map has and this one lacks. */
    | { readonly missingKeysOf: string }
    /** `Always` for an image whose tag is `latest`, else `IfNotPresent`. */
    | { readonly pullPolicyOf: string }
    /** One entry of a map, from a field; it stands whatever is written. */
    | { readonly entry: string; readonly copyOf: string }
  );

export interface DefaultTarget {
  /** `spec.containers.*`: every element of a list. */
  readonly each?: string | undefined;
  readonly field: string;
  /** Below the definition's object, also where `each` is there. */
  readonly when?: DefaultCondition | undefined;
  /** An empty text, zero or an empty list counts as not written: the server cannot tell. */
  readonly isZeroUnset?: boolean | undefined;
  /** It is an admission controller that sets it, or the like: usual, and not certain. */
  readonly isAssumed?: boolean | undefined;
}

export type DefaultCondition =
  | { readonly field: string; readonly in: readonly (string | number | boolean)[] }
  | { readonly field: string; readonly is: 'absent' | 'set' | 'filled' }
  /** No other field is written. */
  | { readonly nothingBut: readonly string[] };

/** Definition (as the table of kinds names it) → its defaults. */
export type ServerDefaults = Readonly<Record<string, readonly ServerDefault[]>>;

/** A default of a field that has one value or none; an empty one is none. */
const plain = (field: string, value: DefaultData): ServerDefault => ({ field, value, isZeroUnset: true });
const set = (field: string, value: DefaultData, when?: DefaultCondition): ServerDefault => ({ field, value, when });
const oneOf = (field: string, ...values: readonly (string | number | boolean)[]): DefaultCondition => ({
  field,
  in: values,
});

const CONTAINER: readonly ServerDefault[] = [
  { field: 'imagePullPolicy', pullPolicyOf: 'image', isZeroUnset: true },
  plain('terminationMessagePath', '/dev/termination-log'),
  plain('terminationMessagePolicy', 'File'),
];
const TCP = [plain('protocol', 'TCP')];
const MODE = [set('defaultMode', 420)];
const RBD = [plain('pool', 'rbd'), plain('user', 'admin'), plain('keyring', '/etc/ceph/keyring')];
const SCALE_IO = [plain('storageMode', 'ThinProvisioned'), plain('fsType', 'xfs')];
const SELECTORS = [set('namespaceSelector', {}), set('objectSelector', {})];
const WEBHOOK = [
  set('failurePolicy', 'Fail'),
  set('matchPolicy', 'Equivalent'),
  ...SELECTORS,
  set('timeoutSeconds', 10),
];
const POD_CONTAINERS = ['spec.containers.*', 'spec.initContainers.*'];

const CORE: ServerDefaults = {
  'core.v1.Pod': [
    ...POD_CONTAINERS.map((each) => ({ each, field: 'resources.requests', missingKeysOf: 'resources.limits' })),
    set('spec.enableServiceLinks', true),
    ...POD_CONTAINERS.map((each) => ({
      each: `${each}.ports.*`,
      field: 'hostPort',
      copyOf: 'containerPort',
      when: oneOf('spec.hostNetwork', true),
      isZeroUnset: true,
    })),
  ],
  'core.v1.PodSpec': [
    { field: 'serviceAccountName', copyOf: 'serviceAccount', isZeroUnset: true },
    { field: 'serviceAccount', copyOf: 'serviceAccountName', isZeroUnset: true },
    { field: 'serviceAccountName', value: 'default', isAssumed: true, isZeroUnset: true },
    plain('dnsPolicy', 'ClusterFirst'),
    plain('restartPolicy', 'Always'),
    set('securityContext', {}),
    set('terminationGracePeriodSeconds', 30),
    plain('schedulerName', 'default-scheduler'),
  ],
  'core.v1.Container': CONTAINER,
  'core.v1.EphemeralContainer': CONTAINER,
  'core.v1.ContainerPort': TCP,
  'core.v1.Probe': [
    plain('timeoutSeconds', 1),
    plain('periodSeconds', 10),
    plain('successThreshold', 1),
    plain('failureThreshold', 3),
  ],
  'core.v1.HTTPGetAction': [plain('path', '/'), plain('scheme', 'HTTP')],
  'core.v1.GRPCAction': [set('service', '')],
  'core.v1.ObjectFieldSelector': [plain('apiVersion', 'v1')],
  'core.v1.Volume': [set('emptyDir', {}, { nothingBut: ['name'] })],
  'core.v1.ImageVolumeSource': [{ field: 'pullPolicy', pullPolicyOf: 'reference', isZeroUnset: true }],
  'core.v1.SecretVolumeSource': MODE,
  'core.v1.ConfigMapVolumeSource': MODE,
  'core.v1.DownwardAPIVolumeSource': MODE,
  'core.v1.ProjectedVolumeSource': MODE,
  'core.v1.ServiceAccountTokenProjection': [set('expirationSeconds', 3600)],
  'core.v1.HostPathVolumeSource': [set('type', '')],
  'core.v1.ISCSIVolumeSource': [plain('iscsiInterface', 'default')],
  'core.v1.ISCSIPersistentVolumeSource': [plain('iscsiInterface', 'default')],
  'core.v1.RBDVolumeSource': RBD,
  'core.v1.RBDPersistentVolumeSource': RBD,
  'core.v1.AzureDiskVolumeSource': [
    set('cachingMode', 'ReadWrite'),
    set('fsType', 'ext4'),
    set('readOnly', false),
    set('kind', 'Shared'),
  ],
  'core.v1.ScaleIOVolumeSource': SCALE_IO,
  'core.v1.ScaleIOPersistentVolumeSource': SCALE_IO,
  'core.v1.ServiceSpec': [
    plain('sessionAffinity', 'None'),
    set('sessionAffinityConfig.clientIP.timeoutSeconds', 10800, oneOf('sessionAffinity', 'ClientIP')),
    plain('type', 'ClusterIP'),
    { ...plain('externalTrafficPolicy', 'Cluster'), when: oneOf('type', 'NodePort', 'LoadBalancer') },
    { ...plain('externalTrafficPolicy', 'Cluster'), when: { field: 'externalIPs', is: 'filled' } },
    set('internalTrafficPolicy', 'Cluster', oneOf('type', 'ClusterIP', 'NodePort', 'LoadBalancer')),
    set('allocateLoadBalancerNodePorts', true, oneOf('type', 'LoadBalancer')),
  ],
  'core.v1.ServicePort': [...TCP, { field: 'targetPort', copyOf: 'port', isZeroUnset: true }],
  'core.v1.EndpointPort': TCP,
  'core.v1.Secret': [plain('type', 'Opaque')],
  'core.v1.ConfigMap': [set('data', {})],
  'core.v1.PersistentVolumeSpec': [plain('persistentVolumeReclaimPolicy', 'Retain'), set('volumeMode', 'Filesystem')],
  'core.v1.PersistentVolumeClaimSpec': [set('volumeMode', 'Filesystem')],
  'core.v1.Namespace': [{ field: 'metadata.labels', entry: 'kubernetes.io/metadata.name', copyOf: 'metadata.name' }],
  'core.v1.ReplicationController': [
    { field: 'spec.selector', copyOf: 'spec.template.metadata.labels', isZeroUnset: true },
    { field: 'metadata.labels', copyOf: 'spec.template.metadata.labels', isZeroUnset: true },
    set('spec.replicas', 1),
  ],
  'core.v1.LimitRangeItem': [
    { field: 'default', missingKeysOf: 'max', when: oneOf('type', 'Container') },
    { field: 'defaultRequest', missingKeysOf: 'default', when: oneOf('type', 'Container') },
    { field: 'defaultRequest', missingKeysOf: 'min', when: oneOf('type', 'Container') },
  ],
};

const rollingUpdate = (strategy: string, maxUnavailable: DefaultData, maxSurge: DefaultData): ServerDefault[] => {
  const isRolling = oneOf(`${strategy}.type`, 'RollingUpdate');
  return [
    plain(`${strategy}.type`, 'RollingUpdate'),
    set(`${strategy}.rollingUpdate.maxUnavailable`, maxUnavailable, isRolling),
    set(`${strategy}.rollingUpdate.maxSurge`, maxSurge, isRolling),
  ];
};

const WORKLOADS: ServerDefaults = {
  'apps.v1.DeploymentSpec': [
    set('replicas', 1),
    ...rollingUpdate('strategy', '25%', '25%'),
    set('revisionHistoryLimit', 10),
    set('progressDeadlineSeconds', 600),
  ],
  'apps.v1.DaemonSetSpec': [...rollingUpdate('updateStrategy', 1, 0), set('revisionHistoryLimit', 10)],
  'apps.v1.StatefulSetSpec': [
    plain('podManagementPolicy', 'OrderedReady'),
    // Only where the type is not written does the server make the block as well.
    set('updateStrategy.rollingUpdate', {}, { field: 'updateStrategy.type', is: 'absent' }),
    plain('updateStrategy.type', 'RollingUpdate'),
    set('persistentVolumeClaimRetentionPolicy', {}),
    plain('persistentVolumeClaimRetentionPolicy.whenDeleted', 'Retain'),
    plain('persistentVolumeClaimRetentionPolicy.whenScaled', 'Retain'),
    set('replicas', 1),
    set('revisionHistoryLimit', 10),
  ],
  'apps.v1.RollingUpdateStatefulSetStrategy': [set('partition', 0), set('maxUnavailable', 1)],
  'apps.v1.ReplicaSetSpec': [set('replicas', 1)],
  'batch.v1.Job': [
    set('spec.completions', 1, { field: 'spec.parallelism', is: 'absent' }),
    set('spec.parallelism', 1),
    set('spec.backoffLimit', 2147483647, { field: 'spec.backoffLimitPerIndex', is: 'set' }),
    set('spec.backoffLimit', 6),
    { field: 'metadata.labels', copyOf: 'spec.template.metadata.labels', isZeroUnset: true },
    set('spec.completionMode', 'NonIndexed'),
    set('spec.suspend', false),
    set('spec.podReplacementPolicy', 'Failed', { field: 'spec.podFailurePolicy', is: 'set' }),
    set('spec.podReplacementPolicy', 'TerminatingOrFailed'),
    set('spec.manualSelector', false),
  ],
  'batch.v1.PodFailurePolicyOnPodConditionsPattern': [plain('status', 'True')],
  'batch.v1.CronJobSpec': [
    plain('concurrencyPolicy', 'Allow'),
    set('suspend', false),
    set('successfulJobsHistoryLimit', 3),
    set('failedJobsHistoryLimit', 1),
  ],
  'autoscaling.v2.HorizontalPodAutoscalerSpec': [
    set('minReplicas', 1),
    plain('metrics', [
      { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } },
    ]),
  ],
  'autoscaling.v2.HorizontalPodAutoscalerBehavior': [
    set('scaleUp.stabilizationWindowSeconds', 0),
    set('scaleUp.selectPolicy', 'Max'),
    set('scaleUp.policies', [
      { type: 'Pods', value: 4, periodSeconds: 15 },
      { type: 'Percent', value: 100, periodSeconds: 15 },
    ]),
    set('scaleDown.selectPolicy', 'Max'),
    set('scaleDown.policies', [{ type: 'Percent', value: 100, periodSeconds: 15 }]),
  ],
};

const OTHERS: ServerDefaults = {
  'networking.v1.NetworkPolicySpec': [
    // `egress: []` is no egress to speak of: it does not make the policy one of egress.
    { ...plain('policyTypes', ['Ingress', 'Egress']), when: { field: 'egress', is: 'filled' } },
    plain('policyTypes', ['Ingress']),
  ],
  'networking.v1.NetworkPolicyPort': [set('protocol', 'TCP')],
  'networking.v1.IngressClassParametersReference': [set('scope', 'Cluster')],
  'discovery.v1.EndpointPort': [set('name', ''), set('protocol', 'TCP')],
  'rbac.v1.RoleRef': [plain('apiGroup', 'rbac.authorization.k8s.io')],
  'rbac.v1.Subject': [{ ...plain('apiGroup', 'rbac.authorization.k8s.io'), when: oneOf('kind', 'User', 'Group') }],
  'storage.v1.StorageClass': [set('reclaimPolicy', 'Delete'), set('volumeBindingMode', 'Immediate')],
  'storage.v1.CSIDriverSpec': [
    set('attachRequired', true),
    set('podInfoOnMount', false),
    set('storageCapacity', false),
    set('fsGroupPolicy', 'ReadWriteOnceWithFSType'),
    plain('volumeLifecycleModes', ['Persistent']),
    set('requiresRepublish', false),
    set('seLinuxMount', false),
    set('preventPodSchedulingIfMissing', false),
  ],
  'scheduling.v1.PriorityClass': [set('preemptionPolicy', 'PreemptLowerPriority')],
  'admissionregistration.v1.ValidatingWebhook': WEBHOOK,
  'admissionregistration.v1.MutatingWebhook': [...WEBHOOK, set('reinvocationPolicy', 'Never')],
  'admissionregistration.v1.RuleWithOperations': [set('scope', '*')],
  'admissionregistration.v1.NamedRuleWithOperations': [set('scope', '*')],
  'admissionregistration.v1.ServiceReference': [set('port', 443)],
  'admissionregistration.v1.ValidatingAdmissionPolicySpec': [set('failurePolicy', 'Fail')],
  'admissionregistration.v1.MutatingAdmissionPolicySpec': [set('failurePolicy', 'Fail')],
  'admissionregistration.v1.MatchResources': [set('matchPolicy', 'Equivalent'), ...SELECTORS],
  'apiregistration.v1.ServiceReference': [set('port', 443)],
  'apiextensions.v1.ServiceReference': [set('port', 443)],
};

/** Every default of the built-in kinds. */
export const KUBERNETES_DEFAULTS: ServerDefaults = { ...CORE, ...WORKLOADS, ...OTHERS };
