import { describe, expect, it } from 'vitest';
import { findRenderedSources } from '../../src/evaluate/kubernetes/rendered-sources.js';

function find(files: Readonly<Record<string, string>>) {
  const { sources, sourceOf, isPlain, diagnostics } = findRenderedSources(Object.keys(files), (path) => files[path]);
  return {
    sources: sources.map(({ path, command, files: own }) => `${path}: ${own.join(' ')} (${command})`),
    judged: Object.keys(files).filter((path) => sourceOf(path) === undefined && !isPlain(path)),
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

  it('that changes nothing gives its files as they are written, unless one that changes them builds upon it', () => {
    const files = {
      'kustomization.yaml': 'kind: Kustomization\nresources: [oven, shop.yaml]',
      'oven/kustomization.yaml': 'bases: [../base]\ncrds: [definition.yaml]',
      'base/kustomization.yaml': 'resources:\n- oven.yaml',
      'base/oven.yaml': '',
      'shop.yaml': '',
      'prod/kustomization.yaml': 'resources: [../flour]\nnamespace: prod',
      'flour/kustomization.yaml': 'resources: [flour.yaml]',
      'flour/flour.yaml': '',
    };
    expect(find(files)).toEqual({
      sources: [
        'prod/kustomization.yaml: flour/flour.yaml flour/kustomization.yaml prod/kustomization.yaml (kubectl kustomize prod | trueline scan -)',
      ],
      judged: ['base/oven.yaml', 'shop.yaml'],
      diagnostics: [
        'not-rendered prod/kustomization.yaml The kustomization "prod" is not rendered, and is not judged. Render it: kubectl kustomize prod | trueline scan -',
      ],
    });
  });

  it.each([
    ['elsewhere', 'resources: [oven.yaml, https://bakery.example/all.yaml]'],
    ['that is not there', 'resources: [oven.yaml, gone.yaml]'],
    ['in a text that is broken', 'resources: [oven.yaml]\n}'],
  ])('changes something, for all that is known, that builds upon what lies %s', (_, text) => {
    expect(find({ 'kustomization.yaml': text, 'oven.yaml': '' }).judged).toEqual([]);
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
