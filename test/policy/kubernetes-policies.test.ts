import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadShippedPolicies } from '../../scripts/compile-policies.js';
import { evaluateKubernetes } from '../../src/evaluate/kubernetes/evaluate-kubernetes.js';
import { buildGraph } from '../../src/graph/build-graph.js';
import { evaluatePolicies, type Policy } from '../../src/policy/index.js';
import { policyShapes } from '../../src/read-project.js';
import { kubernetesSchemas } from '../../src/schemas/kubernetes-schemas.js';
import { providerSchemas } from '../../src/schemas/provider-schemas.js';
import { parseData } from '../../src/syntax/data/parse-data.js';

const root = join(import.meta.dirname, '../..');
const read = (name: string) => JSON.parse(readFileSync(join(root, 'fixtures/policy', name), 'utf8'));

interface PodVector {
  readonly pod: object;
  /** The minor version of the cluster. */
  readonly kubernetes: number;
  readonly failing: readonly string[];
}

interface PolicyVector {
  readonly policy: string;
  readonly resource: Readonly<Record<string, unknown>>;
  readonly expect: 'pass' | 'fail' | 'skip';
}

const podVectors: readonly PodVector[] = read('pod-security-vectors.json');
const policyVectors: readonly PolicyVector[] = read('kubernetes-policy-vectors.json');
const policies = loadShippedPolicies(root).filter(({ metadata }) => metadata.provider === 'k8s');
const controls = policies.filter(
  ({ metadata }) => metadata.controls.has('pod-security-baseline') || metadata.controls.has('pod-security-restricted'),
);

/** Policy → its worst outcome over the objects, as the cluster's version has it. */
function judge(objects: readonly object[], chosen: readonly Policy[], version?: number): Map<string, string> {
  const source = { path: 'manifests.json', text: JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }) };
  const { resources } = evaluateKubernetes({ streams: [parseData(source, 'kubernetes')], schemas: kubernetesSchemas });
  const { graph } = buildGraph({ resources, unreadModules: [], schemas: providerSchemas });
  const versions = version === undefined ? [] : [{ policy: 'k8s-*', values: new Map([['kubernetes', version]]) }];
  const evaluations = evaluatePolicies(graph, chosen, {
    now: '2026-01-01',
    shapes: policyShapes(),
    parameters: versions,
  });
  const outcomes = new Map<string, string>();
  const worst = ['skip', 'pass', 'unknown', 'fail'];
  for (const { policy, outcome } of evaluations) {
    if (worst.indexOf(outcome) > worst.indexOf(outcomes.get(policy) ?? '')) outcomes.set(policy, outcome);
  }
  return outcomes;
}

test('every control of the Pod Security Standards is a policy', () => {
  expect(controls.map(({ metadata }) => metadata.id)).toHaveLength(19);
  expect(policies).toHaveLength(34);
});

interface PodSpec {
  readonly hostNetwork?: boolean;
  readonly volumes?: readonly object[];
  readonly containers: readonly { readonly ports?: readonly { readonly hostPort?: number }[] }[];
}

/** The reference library was asked about pods as they are written; the API server asks it about what it has completed. */
const DEVIATIONS = [
  {
    reason: 'the server makes a volume without a source an emptyDir',
    policy: 'k8s-pod-volume-types-restricted',
    concerns: ({ volumes = [] }: PodSpec) => volumes.some((volume) => Object.keys(volume).length === 1),
  },
  {
    reason: "the server gives every port of a pod on its node's network the same port of the node",
    policy: 'k8s-container-host-port-not-used',
    concerns: ({ hostNetwork, containers }: PodSpec) =>
      hostNetwork === true && containers.some(({ ports = [] }) => ports.some(({ hostPort = 0 }) => hostPort === 0)),
  },
];
let deviating = 0;

describe('pods fail the controls that the reference library says they fail', () => {
  podVectors.forEach(({ pod, kubernetes, failing }, index) => {
    test(`pod ${index} on 1.${kubernetes}`, () => {
      const outcomes = [...judge([pod], controls, kubernetes)];
      const { spec } = pod as { spec: PodSpec };
      const excused = DEVIATIONS.flatMap(({ policy, concerns }) => (concerns(spec) ? [policy] : []));
      const found = outcomes.flatMap(([id, outcome]) => (outcome === 'fail' ? [id] : [])).sort();
      const compared = (ids: readonly string[]) => ids.filter((id) => !excused.includes(id)).sort();
      expect(compared(found)).toEqual(compared(failing));
      if (found.join() !== [...failing].sort().join()) deviating++;
      expect(outcomes.filter(([, outcome]) => outcome === 'unknown')).toEqual([]);
    });
  });

  test('but for what the server completes first', () => {
    expect(deviating).toBe(27);
  });
});

/** What a vector says of a resource as policies see it, written as the objects of a manifest. */
function toObjects({ policy, resource }: PolicyVector): object[] {
  const { pod, __rel, ...own } = resource as { pod?: Pod; __rel?: Record<string, object[]> };
  if (pod !== undefined) {
    const containers = pod.containers.map(({ containerKind, ...container }) => container);
    return [
      { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', ...pod.metadata }, spec: { ...pod.spec, containers } },
    ];
  }
  const types = policies.find(({ metadata }) => metadata.id === policy)?.metadata.resource;
  const [type = ''] = types !== undefined && 'types' in types ? types.types : [];
  const [, ...path] = type.split('/');
  const object = { apiVersion: path.slice(0, -1).join('/'), kind: path.at(-1), ...own };
  const named = { ...object, metadata: { name: 'orchard', ...(own as { metadata?: object }).metadata } };
  const related = (__rel?.['NetworkPolicy'] ?? []).map((one) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'deny', namespace: named.metadata.name },
    ...one,
  }));
  return [named, ...related];
}

interface Pod {
  readonly metadata: object;
  readonly spec: object;
  readonly containers: readonly { readonly containerKind: string }[];
}

describe('the decided cases', () => {
  policyVectors.forEach((vector, index) => {
    test(`${vector.policy} ${index}: ${vector.expect}`, () => {
      const chosen = policies.filter(({ metadata }) => metadata.id === vector.policy);
      // An empty list has no element that could fail.
      const outcome = judge(toObjects(vector), chosen).get(vector.policy) ?? 'pass';
      expect(outcome).toBe(vector.expect);
    });
  });
});
