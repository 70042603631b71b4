import { STRING } from '../../model/type.js';
import type { ObjectValue, Value } from '../../model/value.js';
import { objectValue, originAt, unknownValue } from '../../model/values.js';
import { OBJECT_TYPE } from '../draft.js';
import { valueAt, withValueAt } from '../value-paths.js';

const LIMITS = ['resources', 'limits'];
const REQUESTS = ['resources', 'requests'];

/** A container that limits what it does not request, requests as much: the server says so when the pod is made. */
export function withContainerRequests(container: ObjectValue): ObjectValue {
  const resources = container.entries.get('resources');
  if (resources?.kind !== 'object') return container;
  const limits = resources.entries.get('limits');
  const requests = resources.entries.get('requests');
  if (limits?.kind !== 'object' || (requests !== undefined && requests.kind !== 'object' && requests.kind !== 'null'))
    return container;
  const present = requests?.kind === 'object' ? requests : undefined;
  if (present?.rest !== undefined) return container;
  const isWhole = present !== undefined && [...limits.entries.keys()].every((key) => present.entries.has(key));
  if (isWhole) return container;
  const entries = new Map(present?.entries);
  for (const [key, limit] of limits.entries) if (!entries.has(key)) entries.set(key, setFrom(limit));
  if (entries.size === (present?.entries.size ?? 0)) return container;
  const made = objectValue(OBJECT_TYPE, entries, present?.origin ?? limits.origin, limits.rest);
  return withValueAt(container, REQUESTS, made);
}

/**
 * What a pod with limits of its own requests: what its containers request together, which nobody adds up here, else as
 * much as the limit.
 */
export function withPodRequests(spec: ObjectValue): ObjectValue {
  const limits = valueAt(spec, LIMITS);
  const requests = valueAt(spec, REQUESTS);
  if (limits?.kind !== 'object' || limits.entries.size === 0 || limits.rest !== undefined) return spec;
  if (requests !== undefined && requests.kind !== 'object' && requests.kind !== 'null') return spec;
  const present = requests?.kind === 'object' ? requests.entries : new Map<string, Value>();
  const entries = new Map(present);
  const origin = limits.origin && originAt(limits.origin, 'server-default');
  for (const key of containerRequests(spec)) {
    if (!entries.has(key) && (key === 'cpu' || key === 'memory'))
      entries.set(key, unknownValue('default-not-certain', { subject: key, type: STRING, notNull: true, origin }));
  }
  for (const [key, limit] of limits.entries) {
    const isShared = key === 'cpu' || key === 'memory' || key.startsWith('hugepages-');
    if (!entries.has(key) && isShared) entries.set(key, setFrom(limit));
  }
  if (entries.size === present.size) return spec;
  return withValueAt(spec, REQUESTS, objectValue(OBJECT_TYPE, entries, requests?.origin ?? origin));
}

function setFrom(limit: Value): Value {
  const { origin } = limit;
  return { ...limit, origin: origin && originAt(origin, 'server-default', undefined, origin) };
}

function containerRequests(spec: ObjectValue): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const field of ['initContainers', 'containers']) {
    const list = spec.entries.get(field);
    for (const container of list?.kind === 'list' ? list.elements : []) {
      const requests = valueAt(container, REQUESTS);
      if (requests?.kind === 'object') for (const key of requests.entries.keys()) keys.add(key);
    }
  }
  return keys;
}
