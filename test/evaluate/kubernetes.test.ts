import { describe, expect, it } from 'vitest';
import type { Resource } from '../../src/model/resource.js';
import { originChain } from '../../src/model/resource.js';
import type { Value } from '../../src/model/value.js';
import { describeDiagnostics, evaluateManifests, placeOf } from '../support/evaluate-manifests.js';
import { toPlain } from '../support/raw-resource.js';

/** The value at a path of fields and indexes. */
function at(resource: Resource | { readonly values: Value } | undefined, path: string): Value | undefined {
  return path.split('.').reduce<Value | undefined>((value, step) => {
    if (value?.kind === 'object') return value.entries.get(step);
    return value?.kind === 'list' ? value.elements[Number(step)] : undefined;
  }, resource?.values);
}

/** Where a value is used, and the steps to where it is set. */
function placesOf(value: Value | undefined): string[] {
  if (value?.origin === undefined) return [];
  return originChain(value.origin).map((origin) => `${origin.step} ${placeOf(origin)}`);
}

const addresses = (files: Readonly<Record<string, string>>): string[] =>
  evaluateManifests(files).result.resources.map(({ root, address }) => `${root} ${address}`);

describe('a manifest', () => {
  const POD = `apiVersion: v1
kind: Pod
metadata:
  name: oven
  labels: {app: oven}
spec:
  containers:
    - name: bake
      image: "bakery/bake:1"
      securityContext:
        runAsUser: 0x3E8
      ports: [{containerPort: 8080}]
`;

  it('has every value where it is written', () => {
    const oven = evaluateManifests({ 'a/oven.yaml': POD }).at('Pod/-/oven', 'a');
    const places = (path: string) => placesOf(at(oven, path)).join();
    expect(oven?.range && placeOf(oven.range)).toBe('a/oven.yaml:1:1-12:37');
    expect(oven?.header && placeOf(oven.header)).toBe('a/oven.yaml:2:1-2:10');
    expect(places('metadata.name')).toBe('written a/oven.yaml:4:9-4:13');
    expect(places('metadata.labels')).toBe('written a/oven.yaml:5:11-5:22');
    expect(places('spec.containers.0')).toBe('written a/oven.yaml:8:7-12:37');
    expect(places('spec.containers.0.image')).toBe('written a/oven.yaml:9:14-9:29');
    expect(places('spec.containers.0.securityContext.runAsUser')).toBe('written a/oven.yaml:11:20-11:25');
    expect(toPlain(at(oven, 'spec.containers.0.securityContext.runAsUser'))).toBe(1000);
    expect(places('spec.containers.0.imagePullPolicy')).toBe('server-default a/oven.yaml:8:7-12:37');
    expect(places('spec.serviceAccountName')).toBe('assumed-default a/oven.yaml:7:3-12:37');
  });

  it('has in its view the values of its pods, each where it is written', () => {
    const { at: find } = evaluateManifests({
      'm.yaml': `apiVersion: batch/v1
kind: CronJob
metadata: {name: nightly}
spec:
  schedule: "0 3 * * *"
  jobTemplate:
    spec:
      template:
        metadata: {annotations: {crust: thick}}
        spec:
          restartPolicy: Never
          initContainers:
            - {name: knead, image: "k:1"}
            - {name: proxy, image: "p:1", restartPolicy: Always}
          containers:
            - {name: bake, image: "b:1", resources: {limits: {cpu: 2}}}
          ephemeralContainers:
            - {name: look, image: "l:1"}
`,
    });
    const nightly = find('CronJob.batch/-/nightly');
    const view = at(nightly, 'pod');
    expect(toPlain(at(nightly, 'pod.metadata'))).toEqual({ annotations: { crust: 'thick' } });
    expect(at(nightly, 'pod.spec')).toBe(at(nightly, 'spec.jobTemplate.spec.template.spec'));
    const containers = at(nightly, 'pod.containers');
    const named = containers?.kind === 'list' ? containers.elements : [];
    expect(
      named.map((values) => [at({ values }, 'name'), at({ values }, 'containerKind')].map(toPlain).join(' ')),
    ).toEqual(['knead init', 'proxy sidecar', 'bake main', 'look ephemeral']);
    expect(named.map((value) => placesOf(value).join())).toEqual([
      'written m.yaml:13:15-13:42',
      'written m.yaml:14:15-14:65',
      'written m.yaml:16:15-16:72',
      'written m.yaml:18:15-18:41',
    ]);
    expect(toPlain(at(nightly, 'pod.containers.2.resources.requests'))).toEqual({ cpu: '2' });
    expect(placesOf(at(nightly, 'pod.containers.2.resources.requests.cpu'))).toEqual([
      'server-default m.yaml:16:68-16:69',
      'written m.yaml:16:68-16:69',
    ]);
    expect(view?.origin && placeOf(view.origin)).toBe('m.yaml:9:9-18:41');
  });

  it('that has no pods where its kind has them, has pods that are not known', () => {
    const { at: find } = evaluateManifests({
      'm.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: patch}\nspec: {replicas: 3}\n',
    });
    expect(toPlain(at(find('Deployment.apps/-/patch'), 'pod'))).toBe('?invalid-value spec.template.spec');
  });

  it('has values of aliases and merges where they are used, and where they are set', () => {
    const { at: find, result } = evaluateManifests({
      'm.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: menu
  labels: &labels
    app: menu
  annotations:
    <<: *labels
    own: "1"
data:
  copy: &text rye
  again: *text
`,
    });
    const menu = find('ConfigMap/-/menu');
    expect(toPlain(at(menu, 'metadata.annotations'))).toEqual({ app: 'menu', own: '1' });
    expect(placesOf(at(menu, 'metadata.annotations.app'))).toEqual([
      'alias m.yaml:8:5-8:16',
      'written m.yaml:6:10-6:14',
    ]);
    expect(placesOf(at(menu, 'data.again'))).toEqual(['alias m.yaml:12:10-12:15', 'written m.yaml:11:15-11:18']);
    expect(result.diagnostics).toEqual([]);
  });

  it('is named by kind, group, namespace and name', () => {
    const object = (head: string, metadata: string) => `---\n${head}\nmetadata: {${metadata}}\n`;
    const deployment = 'apiVersion: apps/v1\nkind: Deployment';
    const text =
      object(deployment, 'name: web, namespace: prod') +
      object(deployment, 'name: web') +
      object(deployment, 'generateName: web-') +
      object(deployment, 'labels: {}') +
      object('apiVersion: v1\nkind: Namespace', 'name: prod') +
      object('apiVersion: bakery.example/v1\nkind: Oven', 'name: big, namespace: prod') +
      object('apiVersion: bakery.example/v1\nkind: Oven', 'name: big');
    expect(
      addresses({
        'apps/a.yaml': text,
        'apps/b.yaml': object(deployment, 'name: web'),
        '-': object(deployment, 'name: web'),
      }),
    ).toEqual([
      '- Deployment.apps/-/web',
      'apps Deployment.apps/prod/web',
      'apps Deployment.apps/-/web',
      'apps Deployment.apps/-/web-*',
      'apps Deployment.apps/-/?',
      'apps Namespace/prod',
      'apps Oven.bakery.example/prod/big',
      'apps Oven.bakery.example/big',
      'apps Deployment.apps/-/web#b.yaml',
    ]);
  });

  it('may be an item of a list, typed or not, of lists', () => {
    const text = `apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: PodList
    items:
      - metadata: {name: oven}
        spec: {containers: [{name: a, image: x}]}
      - metadata: {name: till}
  - {apiVersion: v1, kind: Secret, metadata: {name: recipe}}
  - {apiVersion: rbac.authorization.k8s.io/v1, kind: RoleList, items: null}
`;
    const { result, at: find } = evaluateManifests({ 'm.yaml': text });
    expect(result.resources.map(({ address, range }) => `${address} ${placeOf(range)}`)).toEqual([
      'Pod/-/oven m.yaml:7:9-8:50',
      'Pod/-/till m.yaml:9:9-9:31',
      'Secret/-/recipe m.yaml:10:5-10:61',
    ]);
    expect(find('Pod/-/oven')?.header && placeOf(find('Pod/-/oven')?.header as never)).toBe('m.yaml:7:9-7:9');
  });

  it('of a custom kind keeps its own form, braces and all', () => {
    const { at: find } = evaluateManifests({
      'm.yaml': `apiVersion: bakery.example/v1alpha1
kind: Rule
metadata: {name: hot}
spec: {expression: "temp > {{ $limit }}", replicas: 1.5, parts: [~, yes]}
`,
    });
    const rule = find('Rule.bakery.example/hot');
    expect(rule?.type).toBe('kubernetes/bakery.example/v1alpha1/Rule');
    expect(rule?.hasTable).toBe(false);
    expect(toPlain(at(rule, 'spec'))).toEqual({
      expression: 'temp > {{ $limit }}',
      replicas: 1.5,
      parts: [null, true],
    });
  });

  it('with a kind that its API does not have is told from one of a custom API', () => {
    const { result } = evaluateManifests({
      'm.yaml':
        'apiVersion: apps/v1\nkind: Deploymnet\nmetadata: {name: web}\n---\napiVersion: v1\nkind: Deployment\nmetadata: {name: web}\n',
    });
    expect(describeDiagnostics(result.diagnostics)).toEqual([
      'k8s-no-kind m.yaml:2:1-2:17 "apps/v1" has no kind "Deploymnet": the object is not judged. Did you mean "Deployment"?',
      'k8s-no-kind m.yaml:6:1-6:17 "v1" has no kind "Deployment": the object is not judged. It is a kind of "apps/v1".',
    ]);
  });

  it('with a word that the server does not take is judged as it is written', () => {
    const { result, at: find } = evaluateManifests({
      'm.yaml':
        'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {type: Loadbalancer, ports: [{port: 80, protocol: ""}]}\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: walls}\nspec: {podSelector: {}, policyTypes: [Ingress, egress]}\n',
    });
    expect(describeDiagnostics(result.diagnostics)).toEqual([
      'k8s-invalid-value m.yaml:4:14-4:26 "spec.type" of "Service/-/web" must be one of ClusterIP, NodePort, LoadBalancer, ExternalName. Did you mean "LoadBalancer"?',
      'k8s-invalid-value m.yaml:9:38-9:55 "spec.policyTypes" of "NetworkPolicy.networking.k8s.io/-/walls" must be one of Ingress, Egress. Did you mean "Egress"?',
    ]);
    expect(toPlain(at(find('Service/-/web'), 'spec.type'))).toBe('Loadbalancer');
  });

  it('reads over what the server writes, also of objects within objects', () => {
    const claim = '{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: flour}, status: {phase: Pending}}';
    const { result } = evaluateManifests({
      'm.yaml': `apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: oven}\nspec: {volumeClaimTemplates: [${claim}], status: 1}\nstatus: {replicas: 0}\n`,
    });
    expect(describeDiagnostics(result.diagnostics)).toEqual([
      'k8s-unknown-field m.yaml:4:130-4:136 "StatefulSet.apps/-/oven" has no field "spec.status".',
    ]);
  });

  it('has the beginning of a name that the server makes', () => {
    const { at: find } = evaluateManifests({
      'm.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {generateName: proof-}\n',
    });
    const name = at(find('Pod/-/proof-*'), 'metadata.name');
    expect(name).toMatchObject({
      kind: 'unknown',
      reason: 'computed-by-provider',
      notNull: true,
      parts: ['proof-', { kind: 'unknown', reason: 'computed-by-provider' }],
    });
    expect(placesOf(name)).toEqual(['written m.yaml:3:26-3:32']);
  });

  it('keeps what its kind has no field for, and says so', () => {
    const { result, at: find } = evaluateManifests({
      'm.yaml':
        'apiVersion: v1\nkind: Service\nmetadata: {name: web, lables: {a: b}}\nspec: {ports: [{port: 80, tragetPort: 8080}]}\nstatus: {loadBalancer: {}}\n',
    });
    expect(describeDiagnostics(result.diagnostics)).toEqual([
      'k8s-unknown-field m.yaml:3:23-3:29 "Service/-/web" has no field "metadata.lables". Did you mean "labels"?',
      'k8s-unknown-field m.yaml:4:27-4:37 "Service/-/web" has no field "spec.ports[0].tragetPort". Did you mean "targetPort"?',
    ]);
    expect(toPlain(at(find('Service/-/web'), 'native'))).toEqual({
      'metadata.lables': { a: 'b' },
      'spec.ports[0].tragetPort': 8080,
    });
  });
});

describe('what only looks like an object', () => {
  it('is the configuration of a program, and never read', () => {
    const heads = [
      'apiVersion: v1\nkind: Config\nusers: [{name: a, user: {token: oven-token}}]',
      'apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration',
      'apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration',
      'apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration',
      'apiVersion: audit.k8s.io/v1\nkind: Policy',
      'apiVersion: apiserver.config.k8s.io/v1\nkind: EncryptionConfiguration',
      'apiVersion: kind.x-k8s.io/v1alpha4\nkind: Cluster',
      'apiVersion: k3d.io/v1alpha5\nkind: Simple',
      'apiVersion: skaffold/v4beta13\nkind: Config',
      'apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig',
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization',
    ];
    const { result } = evaluateManifests({ 'm.yaml': heads.join('\n---\n') });
    expect(result.resources).toEqual([]);
    expect(result.programConfigurations).toBe(heads.length);
    expect(result.diagnostics).toEqual([]);
    expect(result.secrets.texts).toEqual([]);
  });

  it('is nothing at all: lists, texts, other programs', () => {
    const { result } = evaluateManifests({
      'm.yaml':
        '[a, b]\n---\ntext\n---\nversion: "3"\nservices: {web: {image: x}}\n---\nkind: Oven\n---\napiVersion: v2\nname: chart\n---\napiVersion: "{{ x }}"\nkind: Pod\nmetadata: {}\n',
    });
    expect([result.resources, result.diagnostics]).toEqual([[], []]);
  });
});

describe('a placeholder', () => {
  it('in a typed field is unknown, with the parts that are known', () => {
    const { at: find, result } = evaluateManifests({
      'm.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: "{{ .Release.Name }}-web", namespace: $NS}
spec:
  replicas: \${REPLICAS}
  template:
    spec:
      hostNetwork: "{{ .Values.host }}"
      containers:
        - name: web
          image: registry/web:$(TAG)
          workingDir: <folder>
          securityContext: "{{ toYaml .Values.context }}"
`,
    });
    const web = find('Deployment.apps/$NS/{{ .Release.Name }}-web');
    expect(describeDiagnostics(result.diagnostics)).toEqual([]);
    expect(toPlain(at(web, 'metadata.name'))).toBe('{.Release.Name}-web');
    expect(toPlain(at(web, 'metadata.namespace'))).toBe('?variable-without-value $NS');
    expect(toPlain(at(web, 'spec.replicas'))).toBe('?variable-without-value ${REPLICAS}');
    expect(toPlain(at(web, 'spec.template.spec.hostNetwork'))).toBe('?variable-without-value .Values.host');
    expect(toPlain(at(web, 'spec.template.spec.containers.0.image'))).toBe('registry/web:{$(TAG)}');
    expect(toPlain(at(web, 'spec.template.spec.containers.0.workingDir'))).toBe('<folder>');
    expect(toPlain(at(web, 'spec.template.spec.containers.0.securityContext'))).toBe(
      '?variable-without-value toYaml .Values.context',
    );
  });

  it('is a text where shells and other programs read it', () => {
    const { at: find } = evaluateManifests({
      'm.yaml': `apiVersion: v1
kind: Pod
metadata: {name: web, annotations: {note: "{{ x }}"}}
spec:
  containers:
    - name: web
      image: x
      command: [sh, -c, "echo $HOME \${A}"]
      args: ["$(PORT)"]
      env: [{name: URL, value: "http://$(HOST)"}]
      livenessProbe: {exec: {command: ["test", "$X"]}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: c}
data: {x.conf: "\${Y} {{ z }}"}
`,
    });
    const web = find('Pod/-/web');
    expect(toPlain(at(web, 'metadata.annotations'))).toEqual({ note: '{{ x }}' });
    expect(toPlain(at(web, 'spec.containers.0'))).toMatchObject({
      command: ['sh', '-c', 'echo $HOME ${A}'],
      args: ['$(PORT)'],
      env: [{ name: 'URL', value: 'http://$(HOST)' }],
      livenessProbe: { exec: { command: ['test', '$X'] } },
    });
    expect(toPlain(at(find('ConfigMap/-/c'), 'data'))).toEqual({ 'x.conf': '${Y} {{ z }}' });
  });

  it('outside of quotes makes the document a template: one warning, and the other documents are judged', () => {
    const template = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Values.name }}\n';
    const loop = '{{- range .Values.pods }}\napiVersion: v1\nkind: Pod\n{{- end }}\n';
    const { result } = evaluateManifests({
      'a.yaml': `${template}---\napiVersion: v1\nkind: Secret\nmetadata: {name: recipe}\n`,
      'b.yaml': loop,
    });
    expect(result.resources.map(({ address }) => address)).toEqual(['Secret/-/recipe']);
    expect(result.templateSources).toBe(2);
    expect(describeDiagnostics(result.diagnostics)).toEqual([
      'template-source a.yaml:1:1-5:1 2 documents are templates, which only their programs can read: render them into "trueline scan -".',
    ]);
  });
});

describe('a secret', () => {
  it('is stored in base64, sensitive, and its texts are kept out of every report', () => {
    const { at: find, result } = evaluateManifests({
      'm.yaml': `apiVersion: v1
kind: Secret
metadata: {name: recipe}
data: {sour: ZG91Z2gtMTI=, over: b2xk}
stringData: {over: new-text, open: "\${TOKEN}"}
`,
    });
    const data = at(find('Secret/-/recipe'), 'data');
    expect(toPlain(data)).toEqual({ sour: 'ZG91Z2gtMTI=', over: 'bmV3LXRleHQ=', open: 'JHtUT0tFTn0=' });
    expect(data?.kind === 'object' && [...data.entries.values()].map(({ sensitive }) => sensitive)).toEqual([
      true,
      true,
      true,
    ]);
    expect(at(find('Secret/-/recipe'), 'stringData')).toBeUndefined();
    expect(result.secrets.texts).toEqual(['${TOKEN}', 'ZG91Z2gtMTI=', 'b2xk', 'dough-12', 'new-text']);
    expect(placesOf(at(find('Secret/-/recipe'), 'data.over'))).toEqual(['written m.yaml:5:20-5:28']);
  });
});

describe('suppressions', () => {
  it('are annotations of the object, in our words and in those of Checkov', () => {
    const { result } = evaluateManifests({
      'm.yaml': `apiVersion: v1
kind: Pod
metadata:
  name: oven
  annotations:
    trueline.dev/ignore: |
      k8s-a reason="hot"
      k8s-b,k8s-c until=2027-01-01
    checkov.io/skip1: CKV_K8S_20=the oven needs it
    other: trueline
`,
    });
    expect(result.comments.map(({ content, target }) => `${content} | ${target && placeOf(target)}`)).toEqual([
      'trueline:ignore k8s-a reason="hot" | m.yaml:1:1-10:20',
      'trueline:ignore k8s-b,k8s-c until=2027-01-01 | m.yaml:1:1-10:20',
      'checkov:skip=CKV_K8S_20:the oven needs it | m.yaml:1:1-10:20',
    ]);
  });

  it('are comments above or beside objects, fields and elements', () => {
    const { result } = evaluateManifests({
      'm.yaml': `# trueline:ignore whole
---
apiVersion: v1 # trueline:ignore head
kind: Pod
metadata: {name: oven}
spec:
  # trueline:ignore field
  hostNetwork: true
  containers: # trueline:ignore list
    # trueline:ignore element
    - name: bake # trueline:ignore item
      # trueline:ignore image
      image: x
      securityContext: {privileged: true} # trueline:ignore context
    - image: y
      name: b
`,
    });
    const targets = result.comments.map(({ content, target }) => `${content.slice(16)} ${target && placeOf(target)}`);
    expect(targets).toEqual([
      'whole m.yaml:3:1-16:14',
      'head m.yaml:3:1-16:14',
      'field m.yaml:8:3-8:20',
      'list m.yaml:9:3-16:14',
      'element m.yaml:11:7-14:42',
      'item m.yaml:11:7-14:42',
      'image m.yaml:13:7-13:15',
      'context m.yaml:14:7-14:42',
    ]);
  });
});

describe('hostile manifests', () => {
  const pod = (spec: string) => `apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: ${spec}\n`;

  it('with names of objects as keys are read like others', () => {
    const { at: find, result } = evaluateManifests({
      'm.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, labels: {__proto__: a, constructor: b}}\ndata: {hasOwnProperty: x}\n---\napiVersion: constructor/v1\nkind: __proto__\nmetadata: {name: constructor}\n',
    });
    expect(result.diagnostics).toEqual([]);
    const labels = at(find('ConfigMap/-/c'), 'metadata.labels');
    expect(labels?.kind === 'object' && [...labels.entries.keys()]).toEqual(['__proto__', 'constructor']);
    expect(
      addresses({ 'm.yaml': 'apiVersion: constructor/v1\nkind: __proto__\nmetadata: {name: toString}\n' }),
    ).toEqual(['. __proto__.constructor/toString']);
  });

  it('with an alias of aliases, or one of itself, end in a value', () => {
    const bomb = Array.from({ length: 9 }, (_, level) => {
      const inner =
        level === 0
          ? '[a, a]'
          : `[${Array(10)
              .fill(`*l${level - 1}`)
              .join(', ')}]`;
      return `  l${level}: &l${level} ${inner}`;
    });
    const { result } = evaluateManifests({
      'bomb.yaml': `apiVersion: bakery.example/v1\nkind: Bomb\nmetadata: {name: b}\nspec:\n${bomb.join('\n')}\n`,
      'self.yaml': pod('&a {containers: [*a]}'),
    });
    expect(result.diagnostics.map(({ code }) => code)).toContain('limit-reached');
    expect(result.diagnostics.map(({ code }) => code)).toContain('yaml-bad-alias');
  });

  it('with lists in lists stop at a depth', () => {
    const nested = (depth: number): string =>
      depth === 0
        ? '{apiVersion: v1, kind: Pod, metadata: {name: p}}'
        : `{apiVersion: v1, kind: List, items: [${nested(depth - 1)}]}`;
    expect(addresses({ 'm.yaml': nested(20) })).toEqual(['. Pod/-/p']);
    expect(
      evaluateManifests({ 'm.json': nested(120).replace(/(\w+)(?=[,:}])/g, '"$1"') }).result.diagnostics.length,
    ).toBeGreaterThan(0);
  });

  it('with a hundred thousand containers, or ten thousand expressions, take their time and no more', () => {
    const containers = Array.from({ length: 100_000 }, (_, index) => `{name: c${index}, image: x}`).join(', ');
    const expressions = Array.from({ length: 10_000 }, (_, index) => `{key: k${index}, operator: DoesNotExist}`).join(
      ', ',
    );
    const { at: find, graph } = evaluateManifests({
      'pod.yaml': pod(`{containers: [${containers}]}`),
      'walls.yaml': `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: w}\nspec: {podSelector: {matchExpressions: [${expressions}]}}\n`,
    });
    const list = at(find('Pod/-/p'), 'pod.containers');
    expect(list?.kind === 'list' && list.elements.length).toBe(100_000);
    expect([...graph.linksFrom.values()].flat().map(({ path }) => path)).toEqual(['spec.podSelector']);
  });

  it('of twenty thousand documents with one name are told apart', () => {
    const text = Array(20_000).fill('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: menu}\n').join('---\n');
    const { result } = evaluateManifests({ 'm.yaml': text });
    expect(new Set(result.resources.map(({ address }) => address)).size).toBe(20_000);
    expect(result.resources.at(-1)?.address).toBe('ConfigMap/-/menu#m.yaml#19999');
  });

  it('with a secret of ten megabytes are read', () => {
    const { result } = evaluateManifests({
      'm.yaml': `apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {big: ${'QUFB'.repeat(2_500_000)}}\n`,
    });
    expect(result.diagnostics).toEqual([]);
    expect(result.resources.length).toBe(1);
  });

  it('that are cut off anywhere throw nothing', () => {
    const text = `${pod('{containers: [{name: a, image: "x", env: [{name: A, value: &v "1"}, {name: B, value: *v}]}]}')}---\n- a\n`;
    for (let end = 0; end <= text.length; end++) evaluateManifests({ 'm.yaml': text.slice(0, end) });
    for (let cut = 0; cut < text.length; cut++)
      evaluateManifests({ 'm.yaml': text.slice(0, cut) + text.slice(cut + 1) });
  });

  it('one of which is broken leave the others judged', () => {
    const { result } = evaluateManifests({
      'm.yaml': `${pod('{containers: []}')}---\napiVersion: v1\nkind: Pod\nmetadata: {name: broken\nspec: [\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: last}\n`,
    });
    expect(result.resources.map(({ address }) => address)).toEqual(['Pod/-/p', 'Pod/-/last']);
    expect(result.diagnostics.map(({ code }) => code)).toContain('yaml-invalid-syntax');
  });
});

it('does not depend on the order of its files', () => {
  const files = {
    'a.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {selector: {a: b}}\n',
    'b.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: p, labels: {a: b}}\n',
    'c.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: p, labels: {a: c}}\n',
  };
  const show = (given: Readonly<Record<string, string>>) => {
    const { result, graph } = evaluateManifests(given);
    return JSON.stringify([
      result.resources.map(({ address }) => address),
      [...graph.resources.values()].map(({ key, values }) => [key, toPlain(values)]),
      [...graph.linksFrom],
    ]);
  };
  expect(show(Object.fromEntries(Object.entries(files).reverse()))).toBe(show(files));
});
