import { STRING } from '../../model/type.js';
import type { ObjectValue, Value } from '../../model/value.js';
import { objectValue, originAt, unknownValue } from '../../model/values.js';
import type { SourceRange } from '../../source/source-file.js';
import { OBJECT_TYPE } from '../draft.js';
import { valueAt, withValueAt } from '../value-paths.js';

const REQUESTS = ['spec', 'resources', 'requests'];

/**
 * The requests of a pod with limits of its own: what its containers request together, which nobody adds up here, else the
 * limit.
 */
export function defaultPodResources(pod: ObjectValue, header: SourceRange): ObjectValue {
  const limits = valueAt(pod, ['spec', 'resources', 'limits']);
  const requests = valueAt(pod, REQUESTS);
  if (limits?.kind !== 'object' || limits.entries.size === 0) return pod;
  if (requests !== undefined && requests.kind !== 'object' && requests.kind !== 'null') return pod;
  const present = requests?.kind === 'object' ? requests.entries : new Map<string, Value>();
  const origin = originAt(limits.origin ?? pod.origin ?? header, 'server-default');
  const entries = new Map(present);
  const ofContainers = containerRequests(pod);
  for (const key of ofContainers) {
    if (!entries.has(key) && (key === 'cpu' || key === 'memory'))
      entries.set(key, unknownValue('default-not-certain', { subject: key, type: STRING, notNull: true, origin }));
  }
  for (const [key, limit] of limits.entries) {
    const isSupported = key === 'cpu' || key === 'memory' || key.startsWith('hugepages-');
    if (!entries.has(key) && isSupported) entries.set(key, { ...limit, origin });
  }
  if (entries.size === present.size) return pod;
  return withValueAt(pod, REQUESTS, objectValue(OBJECT_TYPE, entries, requests?.origin ?? origin));
}

function containerRequests(pod: ObjectValue): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const field of ['initContainers', 'containers']) {
    const list = valueAt(pod, ['spec', field]);
    for (const container of list?.kind === 'list' ? list.elements : []) {
      const requests = valueAt(container, ['resources', 'requests']);
      if (requests?.kind === 'object') for (const key of requests.entries.keys()) keys.add(key);
    }
  }
  return keys;
}
