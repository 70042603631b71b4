import { DYNAMIC, listOf, type Type } from '../../model/type.js';
import type { ObjectValue, Origin, Value } from '../../model/value.js';
import { listValue, numberValue, objectValue, originAt, stringValue } from '../../model/values.js';
import type { DataMapping } from '../../syntax/data/ast.js';
import { toCpuMetric, toCurrentIngress, toCurrentMetrics, toCurrentSelector, toCurrentSubjects } from './old-forms.js';

/** How an object of an older version of its API is read as the current one. */
export interface OldVersion {
  /** The current `apiVersion`. */
  readonly current: string;
  /** It is still served, and nothing need be said. */
  readonly isServed?: boolean | undefined;
  /** Puts what is written into the current form. */
  readonly rewrite?: ((node: DataMapping) => DataMapping) | undefined;
  /** Sets what the older version sets where nothing is written, and the current one sets otherwise. */
  readonly complete?: ((values: ObjectValue) => ObjectValue) | undefined;
}

/** Undefined for what is current, and for what no current kind stands for. */
export function oldVersionOf(apiVersion: string, kind: string): OldVersion | undefined {
  const versions = OLD_VERSIONS[kind];
  return versions !== undefined && Object.hasOwn(versions, apiVersion) ? versions[apiVersion] : undefined;
}

const APPS = 'apps/v1';
const RBAC = 'rbac.authorization.k8s.io/v1';
const WEBHOOKS = 'admissionregistration.k8s.io/v1';

const plainly = (current: string, ...versions: readonly string[]): Record<string, OldVersion> =>
  Object.fromEntries(versions.map((version) => [version, { current }]));

const rbac = plainly(RBAC, 'rbac.authorization.k8s.io/v1beta1', 'rbac.authorization.k8s.io/v1alpha1');
const bindings: Record<string, OldVersion> = {
  ...rbac,
  'rbac.authorization.k8s.io/v1alpha1': { current: RBAC, rewrite: toCurrentSubjects },
};
const webhooks: Record<string, OldVersion> = {
  'admissionregistration.k8s.io/v1beta1': { current: WEBHOOKS, complete: completeWebhooks },
};
const oldIngress: OldVersion = {
  current: 'networking.k8s.io/v1',
  rewrite: toCurrentIngress,
  complete: (values) =>
    changeAt(values, INGRESS_PATHS, (path) => withDefault(path, ['pathType'], 'ImplementationSpecific')),
};

/** Kind → version → how it is read. */
const OLD_VERSIONS: Readonly<Record<string, Readonly<Record<string, OldVersion>>>> = {
  Deployment: {
    'extensions/v1beta1': { current: APPS, complete: (values) => completeDeployment(values, MAX_INT32, 1) },
    'apps/v1beta1': { current: APPS, complete: (values) => completeDeployment(values, 2, undefined) },
    ...plainly(APPS, 'apps/v1beta2'),
  },
  StatefulSet: {
    'apps/v1beta1': {
      current: APPS,
      complete: (values) => withDefault(withTemplateLabels(values), ['spec', 'updateStrategy', 'type'], 'OnDelete'),
    },
    ...plainly(APPS, 'apps/v1beta2'),
  },
  DaemonSet: {
    'extensions/v1beta1': {
      current: APPS,
      complete: (values) => withDefault(withTemplateLabels(values), ['spec', 'updateStrategy', 'type'], 'OnDelete'),
    },
    ...plainly(APPS, 'apps/v1beta2'),
  },
  ReplicaSet: {
    'extensions/v1beta1': { current: APPS, complete: withTemplateLabels },
    ...plainly(APPS, 'apps/v1beta2'),
  },
  ControllerRevision: plainly(APPS, 'apps/v1beta1', 'apps/v1beta2'),
  Ingress: { 'extensions/v1beta1': oldIngress, 'networking.k8s.io/v1beta1': oldIngress },
  IngressClass: plainly('networking.k8s.io/v1', 'networking.k8s.io/v1beta1'),
  NetworkPolicy: plainly('networking.k8s.io/v1', 'extensions/v1beta1'),
  CronJob: plainly('batch/v1', 'batch/v1beta1', 'batch/v2alpha1'),
  PodDisruptionBudget: { 'policy/v1beta1': { current: 'policy/v1', rewrite: toCurrentSelector } },
  Role: rbac,
  ClusterRole: rbac,
  RoleBinding: bindings,
  ClusterRoleBinding: bindings,
  HorizontalPodAutoscaler: {
    'autoscaling/v1': { current: 'autoscaling/v2', isServed: true, rewrite: toCpuMetric },
    'autoscaling/v2beta1': { current: 'autoscaling/v2', rewrite: toCurrentMetrics },
    ...plainly('autoscaling/v2', 'autoscaling/v2beta2'),
  },
  ValidatingWebhookConfiguration: webhooks,
  MutatingWebhookConfiguration: webhooks,
  StorageClass: plainly('storage.k8s.io/v1', 'storage.k8s.io/v1beta1'),
  CSIDriver: plainly('storage.k8s.io/v1', 'storage.k8s.io/v1beta1'),
  PriorityClass: plainly('scheduling.k8s.io/v1', 'scheduling.k8s.io/v1beta1', 'scheduling.k8s.io/v1alpha1'),
  RuntimeClass: plainly('node.k8s.io/v1', 'node.k8s.io/v1beta1'),
  Lease: plainly('coordination.k8s.io/v1', 'coordination.k8s.io/v1beta1'),
  APIService: plainly('apiregistration.k8s.io/v1', 'apiregistration.k8s.io/v1beta1'),
};

const MAX_INT32 = 2147483647;
const INGRESS_PATHS = ['spec', 'rules', '*', 'http', 'paths', '*'];
const OBJECT_TYPE: Type = { kind: 'object', attributes: new Map() };

/** In the first versions a workload selects what its template is labelled with. */
function withTemplateLabels(values: ObjectValue): ObjectValue {
  const labels = at(values, ['spec', 'template', 'metadata', 'labels']);
  if (labels === undefined || labels.kind === 'null') return values;
  const copied = { ...labels, origin: setAt(values, labels.origin) };
  let completed = values;
  if (isUnset(at(values, ['spec', 'selector']))) {
    const selector = objectValue(OBJECT_TYPE, new Map([['matchLabels', copied]]), copied.origin);
    completed = put(completed, ['spec', 'selector'], selector);
  }
  return isUnset(at(values, ['metadata', 'labels'])) ? put(completed, ['metadata', 'labels'], copied) : completed;
}

function completeDeployment(values: ObjectValue, history: number, surge: number | undefined): ObjectValue {
  let completed = withDefault(withTemplateLabels(values), ['spec', 'revisionHistoryLimit'], history);
  if (surge === undefined) return completed;
  completed = withDefault(completed, ['spec', 'progressDeadlineSeconds'], MAX_INT32);
  const strategy = at(values, ['spec', 'strategy', 'type']);
  if (!isUnset(strategy) && !(strategy?.kind === 'string' && strategy.value === 'RollingUpdate')) return completed;
  for (const field of ['maxUnavailable', 'maxSurge']) {
    completed = withDefault(completed, ['spec', 'strategy', 'rollingUpdate', field], surge);
  }
  return completed;
}

function completeWebhooks(values: ObjectValue): ObjectValue {
  return changeAt(values, ['webhooks', '*'], (webhook) => {
    const completed = [
      ['failurePolicy', 'Ignore'],
      ['matchPolicy', 'Exact'],
      ['sideEffects', 'Unknown'],
    ].reduce((object, [field = '', value = '']) => withDefault(object, [field], value), webhook);
    const versions = at(completed, ['admissionReviewVersions']);
    const origin = setAt(completed, undefined);
    const timed = withDefault(completed, ['timeoutSeconds'], 30);
    if (!isUnset(versions)) return timed;
    return put(
      timed,
      ['admissionReviewVersions'],
      listValue(listOf(DYNAMIC), [stringValue('v1beta1', origin)], origin),
    );
  });
}

function withDefault(values: ObjectValue, path: readonly string[], value: string | number): ObjectValue {
  if (!isUnset(at(values, path))) return values;
  const origin = setAt(values, undefined);
  return put(values, path, typeof value === 'string' ? stringValue(value, origin) : numberValue(value, origin));
}

function setAt(values: ObjectValue, from: Origin | undefined): Origin | undefined {
  const place = values.origin ?? from;
  return place === undefined ? undefined : originAt(place, 'server-default', undefined, from);
}

function at(value: Value | undefined, path: readonly string[]): Value | undefined {
  return path.reduce<Value | undefined>(
    (holder, name) =>
      holder?.kind === 'object' ? holder.entries.get(name) : holder?.kind === 'unknown' ? holder : undefined,
    value,
  );
}

function isUnset(value: Value | undefined): boolean {
  if (value === undefined || value.kind === 'null') return true;
  return value.kind === 'string' && value.value === '';
}

function put(object: ObjectValue, path: readonly string[], value: Value): ObjectValue {
  const [name, ...inner] = path;
  if (name === undefined) return object;
  const held = object.entries.get(name);
  const child = held === undefined || held.kind === 'null' ? objectValue(OBJECT_TYPE, new Map(), object.origin) : held;
  if (inner.length > 0 && child.kind !== 'object') return object;
  const entries = new Map(object.entries);
  entries.set(name, inner.length > 0 && child.kind === 'object' ? put(child, inner, value) : value);
  return objectValue(object.type, entries, object.origin, object.rest);
}

function changeAt(
  value: ObjectValue,
  path: readonly string[],
  change: (object: ObjectValue) => ObjectValue,
): ObjectValue {
  const changed = changeWithin(value, path, change);
  return changed.kind === 'object' ? changed : value;
}

function changeWithin(value: Value, path: readonly string[], change: (object: ObjectValue) => ObjectValue): Value {
  const [name, ...inner] = path;
  if (name === undefined) return value.kind === 'object' ? change(value) : value;
  if (name === '*') {
    if (value.kind !== 'list') return value;
    return { ...value, elements: value.elements.map((element) => changeWithin(element, inner, change)) };
  }
  const held = value.kind === 'object' ? value.entries.get(name) : undefined;
  if (value.kind !== 'object' || held === undefined) return value;
  const entries = new Map(value.entries).set(name, changeWithin(held, inner, change));
  return objectValue(value.type, entries, value.origin, value.rest);
}
