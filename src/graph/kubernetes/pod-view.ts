import { STRING } from '../../model/type.js';
import type { ObjectValue, Value } from '../../model/value.js';
import { objectValue, stringValue, unknownValue } from '../../model/values.js';
import { ListDraft, OBJECT_TYPE } from '../draft.js';
import { valueAt } from '../value-paths.js';
import { withContainerRequests, withPodRequests } from './pod-resources.js';

const TEMPLATE = ['spec', 'template'];

/** The kinds that make pods, and where each holds what its pods are. */
const POD_PATHS: ReadonlyMap<string, readonly string[]> = new Map([
  ['kubernetes/v1/Pod', []],
  ['kubernetes/v1/PodTemplate', ['template']],
  ['kubernetes/v1/ReplicationController', TEMPLATE],
  ['kubernetes/apps/v1/Deployment', TEMPLATE],
  ['kubernetes/apps/v1/StatefulSet', TEMPLATE],
  ['kubernetes/apps/v1/DaemonSet', TEMPLATE],
  ['kubernetes/apps/v1/ReplicaSet', TEMPLATE],
  ['kubernetes/batch/v1/Job', TEMPLATE],
  ['kubernetes/batch/v1/CronJob', ['spec', 'jobTemplate', 'spec', 'template']],
]);

/** The types that offer the view `pod`, sorted. */
export const POD_TYPES: readonly string[] = [...POD_PATHS.keys()].sort();

/** Where a type holds its pod (`[]`: it is one); undefined for a type that makes none. */
export function podPathOf(type: string): readonly string[] | undefined {
  return POD_PATHS.get(type);
}

/** A container is `init`, `sidecar` (an init container that goes on), `main` or `ephemeral`. */
export const CONTAINER_KINDS = { field: 'containerKind', sidecar: 'sidecar' } as const;

/** The lists of containers in the order in which they start. */
export const CONTAINER_LISTS = [
  { field: 'initContainers', definition: 'core.v1.Container', kind: 'init' },
  { field: 'containers', definition: 'core.v1.Container', kind: 'main' },
  { field: 'ephemeralContainers', definition: 'core.v1.EphemeralContainer', kind: 'ephemeral' },
] as const;

/**
 * The pods of an object: their metadata, their specification, and all of their containers in one list. A template is not
 * yet a pod: what the server sets when the pod is made, and everybody counts on, is there as well.
 */
export function podViewOf(type: string, values: ObjectValue): Value | undefined {
  const path = POD_PATHS.get(type);
  if (path === undefined) return undefined;
  const template = path.length === 0 ? values : valueAt(values, path);
  if (template?.kind === 'unknown') return template;
  const spec = valueAt(template, ['spec']);
  // The server takes no object without it: nothing passes because there is nothing to read.
  if (template?.kind !== 'object' || spec === undefined || spec.kind === 'null') {
    const subject = [...path, 'spec'].join('.');
    return unknownValue('invalid-value', { subject, origin: values.origin });
  }
  const entries = new Map<string, Value>();
  const metadata = template.entries.get('metadata');
  if (metadata !== undefined) entries.set('metadata', metadata);
  entries.set('spec', spec.kind === 'object' ? withPodRequests(spec) : spec);
  entries.set('containers', spec.kind === 'object' ? containersOf(spec) : spec);
  return objectValue(OBJECT_TYPE, entries, template.origin, template.rest);
}

function containersOf(spec: ObjectValue): Value {
  const list = new ListDraft();
  for (const { field, kind } of CONTAINER_LISTS) {
    const value = spec.entries.get(field);
    if (value?.kind === 'list') {
      value.elements.forEach((element, index) => {
        list.push(withKind(element, kind), value.existence?.get(index));
      });
      if (value.rest !== undefined) list.open(value.rest);
    } else if (value?.kind === 'unknown') {
      list.open({ reason: value.reason, subject: value.subject, element: undefined });
    } else if (kind === 'main') {
      list.open(spec.rest ?? { reason: 'invalid-value', subject: 'containers' });
    }
  }
  return list.finish(spec.entries.get('containers')?.origin ?? spec.origin);
}

function withKind(container: Value, kind: string): Value {
  if (container.kind !== 'object') return container;
  const entries = new Map(withContainerRequests(container).entries);
  entries.set(CONTAINER_KINDS.field, kindOf(container, kind));
  return objectValue(container.type, entries, container.origin, container.rest);
}

function kindOf({ entries, origin }: ObjectValue, kind: string): Value {
  const policy = kind === 'init' ? entries.get('restartPolicy') : undefined;
  if (policy?.kind === 'unknown') {
    const { reason, subject } = policy;
    return unknownValue(reason, { subject, type: STRING, notNull: true, origin: policy.origin ?? origin });
  }
  const isSidecar = policy?.kind === 'string' && policy.value === 'Always';
  return stringValue(isSidecar ? CONTAINER_KINDS.sidecar : kind, origin);
}
