import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describeDiagnostics, evaluateManifests } from '../support/evaluate-manifests.js';
import { toPlain } from '../support/raw-resource.js';

interface Vector {
  readonly name: string;
  readonly manifest: string;
  readonly object: unknown;
  /** The object in the current version of its kind, where that is another. */
  readonly current?: unknown;
  readonly strictError: string | null;
  readonly error: string | null;
}

const { vectors } = JSON.parse(readFileSync('fixtures/evaluate/kubernetes/defaults.json', 'utf8')) as {
  vectors: readonly Vector[];
};

/** Where our object is another one: path → why. */
const DIFFERENCES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  sts: {
    'spec.volumeClaimTemplates.0.apiVersion': 'the conversion writes it, no manifest does',
    'spec.volumeClaimTemplates.0.kind': 'the conversion writes it, no manifest does',
  },
  'dup key': { 'spec.hostPID': 'Go leaves out what is false' },
  'pod min 2': { 'spec.containers.6.image': 'Go leaves out an empty text' },
  'sts b1': { 'spec.serviceName': 'Go writes an empty text' },
  'float int': { 'spec.template': 'there is none, and the object is refused; Go has an empty one' },
  'old disruption budget of nothing': {
    'spec.selector': 'no selector selects nothing, and so does the one that the conversion makes up',
  },
};

/** The conversion notes a counter of the older version as an annotation. */
const GENERATION = 'deprecated.daemonset.template.generation';

/** What the server refuses whole: what is wrong with it, and the rest is judged. */
const REFUSED: Readonly<Record<string, readonly string[]>> = {
  'pod min': ['yaml-invalid-syntax m.yaml:4:729-4:730 '],
  ing: [
    'k8s-invalid-value m.yaml:4:139-4:140 "spec.rules[0].http.paths[1].backend.service.name" of "Ingress.networking.k8s.io/-/p" must be a text, not the boolean y.',
  ],
  vwc: [
    'k8s-invalid-value m.yaml:4:71-4:72 "webhooks[0].clientConfig.service.namespace" of "ValidatingWebhookConfiguration.admissionregistration.k8s.io/p" must be a text, not the boolean n.',
  ],
  crd: [],
  'bad type': ['k8s-invalid-value m.yaml:4:17-4:23 "spec.hostPID" of "Pod/-/p" must be true or false, not this text.'],
  'int as str': [
    'k8s-invalid-value m.yaml:3:33-3:34 "metadata.labels.a" of "Pod/-/p" must be a text, not the number 1.',
    'k8s-invalid-value m.yaml:4:64-4:67 "spec.containers[0].env[0].value" of "Pod/-/p" must be a text, not the boolean yes.',
  ],
  'env num': [
    'k8s-invalid-value m.yaml:4:64-4:65 "spec.containers[0].env[0].value" of "Pod/-/p" must be a text, not the number 1.',
  ],
  'port str': [
    'k8s-invalid-value m.yaml:4:65-4:69 "spec.containers[0].ports[0].containerPort" of "Pod/-/p" must be a whole number of 32 bits, not this text.',
  ],
  'no kind': ['k8s-no-kind m.yaml:1:1-2:20 The manifest has no "kind" that is a text: it is not read.'],
  'no apiVersion': ['k8s-no-kind m.yaml:1:1-2:20 The manifest has no "apiVersion" that is a text: it is not read.'],
  psp: [],
  'hpa b2': [
    'k8s-old-version m.yaml:2:1-2:30 "HorizontalPodAutoscaler.autoscaling/-/p" is written for autoscaling/v2beta2, and is read as autoscaling/v2.',
    'k8s-invalid-value m.yaml:4:56-4:57 "spec.scaleTargetRef.kind" of "HorizontalPodAutoscaler.autoscaling/-/p" must be a text, not the boolean y.',
  ],
  'secret num': ['k8s-invalid-value m.yaml:4:11-4:12 "data.A" of "ConfigMap/-/p" must be a text, not the number 1.'],
  'cm bool': ['k8s-invalid-value m.yaml:4:11-4:14 "data.A" of "ConfigMap/-/p" must be a text, not the boolean yes.'],
  'big int': [
    'k8s-invalid-value m.yaml:4:18-4:28 "spec.replicas" of "Deployment.apps/-/p" must be a whole number of 32 bits, not the number 3000000000.',
  ],
  'secret bad b64': [
    'k8s-invalid-value m.yaml:4:11-4:24 "data.a" of "Secret/-/p" must be a text in base64, not this text.',
  ],
};

/** What is taken, though not by a strict server. */
const WARNED: Readonly<Record<string, readonly string[]>> = {
  'unknown field': [
    'k8s-unknown-field m.yaml:4:41-4:55 "Pod/-/p" has no field "spec.containers[0].securtyContext". Did you mean "securityContext"?',
    'k8s-unknown-field m.yaml:4:63-4:74 "Pod/-/p" has no field "spec.hostnetwork". Did you mean "hostNetwork"?',
  ],
  'dup key': ['yaml-duplicate-key m.yaml:4:8-4:15 The key "hostPID" is written again below, and that one counts.'],
  'case field': ['k8s-unknown-field m.yaml:4:8-4:15 "Pod/-/p" has no field "spec.HostPID". Did you mean "hostPID"?'],
  'merge key': ['k8s-unknown-field m.yaml:4:1-4:4 "Pod/-/p" has no field "x-a".'],
};

/** Without what is empty (Go writes some of it, and leaves other out), what the server alone writes, and our own. */
function prune(value: unknown, path = ''): unknown {
  if (Array.isArray(value)) return value.map((element) => prune(element, `${path}.`));
  if (value === null || typeof value !== 'object') return value;
  const kept: Record<string, unknown> = {};
  for (const [name, entry] of Object.entries(value)) {
    if (name === 'status' || name === GENERATION || (path === '' && (name === 'pod' || name === 'native'))) continue;
    const inner = prune(entry, `${path}.${name}`);
    const isEmpty = typeof inner === 'object' && (inner === null || Object.keys(inner).length === 0);
    if (!isEmpty) kept[name] = inner;
  }
  return kept;
}

function differences(ours: unknown, theirs: unknown, path: readonly string[] = []): string[] {
  const areObjects = [ours, theirs].every((side) => typeof side === 'object' && side !== null);
  if (!areObjects) return JSON.stringify(ours) === JSON.stringify(theirs) ? [] : [path.join('.')];
  const [a, b] = [Object(ours), Object(theirs)];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((name) =>
    differences(a[name], b[name], [...path, name]),
  );
}

/** Set by an admission controller, and so not by Scheme.Default. */
function withoutAssumed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutAssumed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, entry]) =>
      name === 'serviceAccountName' && entry === 'default' ? [] : [[name, withoutAssumed(entry)]],
    ),
  );
}

describe('a manifest with what the API server sets where it is silent', () => {
  const accepted = vectors.filter(({ name, error }) => error === null && REFUSED[name] === undefined);

  it.each(accepted)('$name', ({ name, manifest, object, current, strictError }) => {
    const { result, graph } = evaluateManifests({ 'm.yaml': manifest });
    const objects = [...graph.resources.values()]
      .filter(({ presence, mode }) => presence === 'written' && mode === 'managed')
      .map(({ values }) => prune(withoutAssumed(toPlain(values))) as Record<string, unknown>);
    const given = (current ?? object) as { items?: readonly unknown[] };
    const expected = (given.items ?? [given]).map((one) => prune(one) as Record<string, unknown>);
    const isOld =
      result.diagnostics.some(({ code }) => code === 'k8s-old-version') ||
      name === 'hpa v1' ||
      name.startsWith('old autoscaler');
    // The version is the one that is written.
    if (isOld) for (const one of [...objects, ...expected]) delete one['apiVersion'];
    // Items of an untyped list are not decoded by the oracle, and so have no defaults there.
    if (name === 'list') {
      expect(objects.map(({ kind }) => kind)).toEqual(expected.map(({ kind }) => kind));
      return;
    }
    const known = Object.keys(DIFFERENCES[name] ?? {}).map((path) => `0.${path}`);
    expect(differences(objects, expected).sort()).toEqual(known.sort());
    const wrong = result.diagnostics.filter(({ code }) => code !== 'k8s-old-version');
    expect(describeDiagnostics(wrong)).toEqual(WARNED[name] ?? []);
    expect(strictError === null).toBe(WARNED[name] === undefined);
  });

  it.each(vectors.filter(({ error }) => error !== null))('$name is refused, and judged', ({ name, manifest }) => {
    const { result } = evaluateManifests({ 'm.yaml': manifest });
    // What is wrong with the text is for the parser to say.
    const diagnostics = result.diagnostics.map((one) =>
      one.code === 'yaml-invalid-syntax' ? { ...one, message: '' } : one,
    );
    expect(describeDiagnostics(diagnostics)).toEqual(REFUSED[name]);
  });
});
