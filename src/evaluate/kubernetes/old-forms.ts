import type { DataEntry, DataMapping, DataNode } from '../../syntax/data/ast.js';
import { changeAt, entryOf, mappingAt, renamed, sequenceAt, textAt, withEntries } from './nodes.js';

// The forms of older versions, put into those of the current ones while they are still as written.

/** `backend` → `defaultBackend`; `serviceName`, `servicePort` → `service.name`, `service.port`. */
export function toCurrentIngress(node: DataMapping): DataMapping {
  const spec = changed(node, ['spec'], (held) => {
    const backend = renamed(held.entries.get('backend'), 'defaultBackend');
    return backend === undefined ? held : withEntries(held, { backend: undefined, defaultBackend: backend });
  });
  const rules = changed(spec, ['spec', 'rules', '*', 'http', 'paths', '*', 'backend'], toCurrentBackend);
  return changed(rules, ['spec', 'defaultBackend'], toCurrentBackend);
}

function toCurrentBackend(node: DataMapping): DataMapping {
  const name = node.entries.get('serviceName');
  const port = node.entries.get('servicePort');
  const place = name ?? port;
  if (place === undefined) return node;
  const portField = port?.value.kind === 'string' ? 'name' : 'number';
  const inPort = port && entryOf('port', mappingAt(port.value, [renamed(port, portField)]), port);
  const service = mappingAt(node, [renamed(name, 'name'), inPort]);
  return withEntries(node, {
    serviceName: undefined,
    servicePort: undefined,
    service: entryOf('service', service, place),
  });
}

/** An empty selector of the older version selects nothing: the current one selects everything with it. */
export function toCurrentSelector(node: DataMapping): DataMapping {
  return changed(node, ['spec'], (spec) => {
    const selector = spec.entries.get('selector')?.value;
    const isEmpty = selector?.kind === 'mapping' && selector.entries.size === 0;
    return isEmpty ? withEntries(spec, { selector: undefined }) : spec;
  });
}

/** `subjects[].apiVersion` → `apiGroup`; the user `*` is everybody who is authenticated. */
export function toCurrentSubjects(node: DataMapping): DataMapping {
  return changed(node, ['subjects', '*'], (subject) => {
    const group = subject.entries.get('apiVersion');
    const kind = subject.entries.get('kind');
    const name = subject.entries.get('name');
    const bare = withEntries(subject, { apiVersion: undefined });
    if (kind?.value.kind === 'string' && kind.value.value === 'User' && isText(name, '*')) {
      return withEntries(bare, {
        kind: { ...kind, value: textAt(kind.value, 'Group') },
        name: name && { ...name, value: textAt(name.value, 'system:authenticated') },
      });
    }
    const isKnown = ['ServiceAccount', 'User', 'Group'].some((known) => isText(kind, known));
    if (isKnown || group?.value.kind !== 'string') return bare;
    const [prefix = '', version] = group.value.value.split('/');
    const text = textAt(group.value, version === undefined ? '' : prefix);
    return withEntries(bare, { apiGroup: entryOf('apiGroup', text, group) });
  });
}

function isText(entry: DataEntry | undefined, text: string): boolean {
  return entry?.value.kind === 'string' && entry.value.value === text;
}

/** `targetCPUUtilizationPercentage` → a metric of the CPU. */
export function toCpuMetric(node: DataMapping): DataMapping {
  return changed(node, ['spec'], (spec) => {
    const percentage = spec.entries.get('targetCPUUtilizationPercentage');
    if (percentage === undefined || percentage.value.kind === 'null') {
      return withEntries(spec, { targetCPUUtilizationPercentage: undefined });
    }
    const { value: place } = percentage;
    const text = (key: string, value: string) => entryOf(key, textAt(place, value), percentage);
    const target = mappingAt(place, [text('type', 'Utilization'), renamed(percentage, 'averageUtilization')]);
    const resource = mappingAt(place, [text('name', 'cpu'), entryOf('target', target, percentage)]);
    const metric = mappingAt(place, [text('type', 'Resource'), entryOf('resource', resource, percentage)]);
    return withEntries(spec, {
      targetCPUUtilizationPercentage: undefined,
      metrics: entryOf('metrics', sequenceAt(place, [metric]), percentage),
    });
  });
}

/** `targetAverageUtilization`, `targetValue` and the like → `target`; `metricName`, `selector` → `metric`. */
export function toCurrentMetrics(node: DataMapping): DataMapping {
  return changed(node, ['spec', 'metrics', '*'], (metric) => {
    let current = metric;
    for (const source of ['resource', 'containerResource', 'pods', 'object', 'external']) {
      current = changed(current, [source], (held) => toCurrentSource(held, source));
    }
    return current;
  });
}

/** Field of the older version → field of `target`, and its type. */
const TARGETS: readonly (readonly [field: string, to: string, type: string])[] = [
  ['targetAverageUtilization', 'averageUtilization', 'Utilization'],
  ['targetAverageValue', 'averageValue', 'AverageValue'],
  ['targetValue', 'value', 'Value'],
  ['averageValue', 'averageValue', 'AverageValue'],
];

function toCurrentSource(node: DataMapping, source: string): DataMapping {
  const changes: Record<string, DataEntry | undefined> = {};
  const described = node.entries.get('target');
  // What was the target is the object that is described.
  if (source === 'object' && described !== undefined) {
    changes['target'] = undefined;
    changes['describedObject'] = renamed(described, 'describedObject');
  }
  const metricName = node.entries.get('metricName');
  if (metricName !== undefined) {
    const selector = node.entries.get('selector') ?? node.entries.get('metricSelector');
    changes['metricName'] = undefined;
    changes['selector'] = undefined;
    changes['metricSelector'] = undefined;
    const metric = mappingAt(metricName.value, [renamed(metricName, 'name'), renamed(selector, 'selector')]);
    changes['metric'] = entryOf('metric', metric, metricName);
  }
  for (const [field, to, type] of TARGETS) {
    const entry = node.entries.get(field);
    if (entry === undefined) continue;
    changes[field] = undefined;
    if (changes['target'] !== undefined) continue;
    const target = mappingAt(entry.value, [entryOf('type', textAt(entry.value, type), entry), renamed(entry, to)]);
    changes['target'] = entryOf('target', target, entry);
  }
  return withEntries(node, changes);
}

function changed(node: DataMapping, path: readonly string[], change: (held: DataMapping) => DataMapping): DataMapping {
  const made: DataNode = changeAt(node, path, change);
  return made.kind === 'mapping' ? made : node;
}
