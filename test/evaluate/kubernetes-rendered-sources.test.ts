import { describe, expect, it } from 'vitest';
import { findRenderedSources } from '../../src/evaluate/kubernetes/rendered-sources.js';

function find(files: Readonly<Record<string, string>>) {
  const { sources, sourceOf, diagnostics } = findRenderedSources(Object.keys(files), (path) => files[path]);
  return {
    sources: sources.map(({ path, command, files: own }) => `${path}: ${own.join(' ')} (${command})`),
    judged: Object.keys(files).filter((path) => sourceOf(path) === undefined),
    diagnostics: diagnostics.map(({ code, message, path }) => `${code} ${path} ${message}`),
  };
}

describe('a Helm chart', () => {
  it('is its templates and values; its definitions of custom resources are manifests', () => {
    const files = {
      'charts/web/Chart.yaml': 'name: web',
      'charts/web/values.yaml': 'kind: Deployment',
      'charts/web/values-prod.yaml': '',
      'charts/web/templates/deployment.yaml': 'kind: {{ .Values.kind }}',
      'charts/web/templates/tests/pod.yaml': '',
      'charts/web/crds/oven.yaml': '',
      'charts/web/charts/cache/Chart.yaml': '',
      'charts/web/charts/cache/templates/cache.yaml': '',
      'plain.yaml': '',
    };
    expect(find(files)).toEqual({
      sources: [
        'charts/web/Chart.yaml: charts/web/Chart.yaml charts/web/charts/cache/Chart.yaml charts/web/charts/cache/templates/cache.yaml charts/web/templates/deployment.yaml charts/web/templates/tests/pod.yaml charts/web/values-prod.yaml charts/web/values.yaml (helm template charts/web | trueline scan -)',
      ],
      judged: ['charts/web/crds/oven.yaml', 'plain.yaml'],
      diagnostics: [
        'not-rendered charts/web/Chart.yaml The Helm chart "charts/web" is not rendered, and is not judged. Render it: helm template charts/web | trueline scan -',
      ],
    });
  });

  it('is counted with the others, and the first is named', () => {
    const { diagnostics } = find({ 'a/Chart.yaml': '', 'b/Chart.yaml': '', 'Chart.yaml': '' });
    expect(diagnostics).toEqual([
      'not-rendered Chart.yaml 3 Helm charts are not rendered (first: "."), and are not judged. Render them: helm template . | trueline scan -',
    ]);
  });
});

describe('a kustomization', () => {
  it('is every file that it names, through those that it builds upon; the other files of its folder are judged', () => {
    const files = {
      'base/kustomization.yaml': `
resources: [deployment.yaml, https://bakery.example/all.yaml]
configMapGenerator:
- name: menu
  files: [menu.yaml, other=renamed.yaml]
crds: [oven-definition.yaml]`,
      'base/deployment.yaml': '',
      'base/menu.yaml': '',
      'base/renamed.yaml': '',
      'base/oven-definition.yaml': '',
      'base/unlisted.yaml': '',
      'prod/kustomization.yml': `
bases: [../base]
patches:
- path: replicas.yaml
- patch: |-
    - op: remove
patchesStrategicMerge:
- limits.yaml
- |-
  kind: Deployment`,
      'prod/replicas.yaml': '',
      'prod/limits.yaml': '',
    };
    expect(find(files)).toEqual({
      sources: [
        'prod/kustomization.yml: base/deployment.yaml base/kustomization.yaml base/menu.yaml base/renamed.yaml prod/kustomization.yml prod/limits.yaml prod/replicas.yaml (kubectl kustomize prod | trueline scan -)',
      ],
      judged: ['base/oven-definition.yaml', 'base/unlisted.yaml'],
      diagnostics: [
        'not-rendered prod/kustomization.yml The kustomization "prod" is not rendered, and is not judged. Render it: kubectl kustomize prod | trueline scan -',
      ],
    });
  });

  it('is read though it names itself, or is broken', () => {
    expect(
      find({ 'a/kustomization.yaml': 'resources: [../b, x.yaml', 'b/Kustomization': 'resources: [../a, ../b]' })
        .sources,
    ).toEqual(['a/kustomization.yaml: a/kustomization.yaml b/Kustomization (kubectl kustomize a | trueline scan -)']);
  });
});

it('counts programs that print manifests', () => {
  expect(find({ 'main.jsonnet': '', 'lib.libsonnet': '', 'a.cue': '', 'cdk8s.yaml': '' }).diagnostics).toEqual([
    'not-rendered lib.libsonnet 2 Jsonnet files are not rendered (first: "lib.libsonnet"), and are not judged. Render them: jsonnet -y lib.libsonnet | trueline scan -',
    'not-rendered a.cue The CUE file "a.cue" is not rendered, and is not judged. Render it: cue export a.cue | trueline scan -',
    'not-rendered cdk8s.yaml The cdk8s program "cdk8s.yaml" is not rendered, and is not judged. Render it: npx cdk8s synth --stdout | trueline scan -',
  ]);
});
