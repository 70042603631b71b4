import { describe, expect, it } from 'vitest';
import { evaluateManifests } from '../support/evaluate-manifests.js';
import { toPlain } from '../support/raw-resource.js';

/** The links of a project: `from path → to`, `?` before one that may lead elsewhere. */
function linksOf(files: Readonly<Record<string, string>>): string[] {
  const { graph } = evaluateManifests(files);
  const nameOf = (key: string) => key.replace('\0', ' ').replace(/^\. /, '');
  const links = [...graph.linksFrom.values()].flat();
  const resolved = links.map(
    ({ from, path, to, isCertain }) => `${nameOf(from)} ${path} ${isCertain ? '→' : '?→'} ${nameOf(to)}`,
  );
  const open = [...graph.unresolvedLinks].flatMap(([type, list]) =>
    list.map(({ from, path }) => `${nameOf(from)} ${path} ?→ any ${type}`),
  );
  return [...resolved, ...open];
}

const pod = (name: string, labels: string, namespace?: string): string => `
---
apiVersion: v1
kind: Pod
metadata: {name: ${name}, labels: {${labels}}${namespace === undefined ? '' : `, namespace: ${namespace}`}}
spec: {containers: [{name: main, image: "bakery/${name}:1"}]}`;

const object = (kind: string, name: string, spec: string, namespace?: string): string => {
  const versions: Record<string, string> = {
    NetworkPolicy: 'networking.k8s.io/v1',
    PodDisruptionBudget: 'policy/v1',
    Ingress: 'networking.k8s.io/v1',
    RoleBinding: 'rbac.authorization.k8s.io/v1',
    ClusterRoleBinding: 'rbac.authorization.k8s.io/v1',
    Role: 'rbac.authorization.k8s.io/v1',
    ClusterRole: 'rbac.authorization.k8s.io/v1',
    HorizontalPodAutoscaler: 'autoscaling/v2',
    Deployment: 'apps/v1',
  };
  return `
---
apiVersion: ${versions[kind] ?? 'v1'}
kind: ${kind}
metadata: {name: ${name}${namespace === undefined ? '' : `, namespace: ${namespace}`}}
${spec}`;
};

describe('selectors', () => {
  it('link services, network policies and disruption budgets to the pods that their labels name', () => {
    const text =
      pod('oven', 'app: oven, tier: back') +
      pod('till', 'app: till') +
      object('Service', 'oven', 'spec: {selector: {app: oven}}') +
      object('NetworkPolicy', 'walls', 'spec: {podSelector: {matchExpressions: [{key: tier, operator: Exists}]}}') +
      object('PodDisruptionBudget', 'keep', 'spec: {selector: {matchLabels: {app: till}}}');
    expect(linksOf({ 'm.yaml': text })).toEqual([
      'NetworkPolicy.networking.k8s.io/-/walls spec.podSelector → Pod/-/oven',
      'PodDisruptionBudget.policy/-/keep spec.selector → Pod/-/till',
      'Service/-/oven spec.selector → Pod/-/oven',
    ]);
  });

  it('that are empty select all pods, but a service none, and no selector none', () => {
    const text =
      pod('oven', 'app: oven') +
      object('Service', 'empty', 'spec: {selector: {}}') +
      object('Service', 'none', 'spec: {}') +
      object('NetworkPolicy', 'all', 'spec: {podSelector: {}}') +
      object('PodDisruptionBudget', 'all', 'spec: {selector: {}}') +
      object('PodDisruptionBudget', 'none', 'spec: {}');
    expect(linksOf({ 'm.yaml': text })).toEqual([
      'NetworkPolicy.networking.k8s.io/-/all spec.podSelector → Pod/-/oven',
      'PodDisruptionBudget.policy/-/all spec.selector → Pod/-/oven',
    ]);
  });

  it('select the pods that workloads make', () => {
    const text =
      object(
        'Deployment',
        'oven',
        'spec: {selector: {matchLabels: {app: oven}}, template: {metadata: {labels: {app: oven}}, spec: {containers: []}}}',
      ) + object('Service', 'oven', 'spec: {selector: {app: oven}}');
    expect(linksOf({ 'm.yaml': text })).toEqual(['Service/-/oven spec.selector → Deployment.apps/-/oven']);
  });

  it('perhaps select pods with labels that are not known', () => {
    const text =
      pod('oven', 'app: "{{ .Values.app }}"') +
      pod('till', '"{{ .Values.key }}": till') +
      object('Service', 'oven', 'spec: {selector: {app: oven}}') +
      object('Service', 'same', 'spec: {selector: {app: "{{ .Values.app }}"}}') +
      object('NetworkPolicy', 'open', 'spec: {podSelector: "{{ .Values.selector }}"}');
    expect(linksOf({ 'm.yaml': text }).filter((link) => !link.includes('any'))).toEqual([
      'Service/-/oven spec.selector ?→ Pod/-/oven',
      'Service/-/oven spec.selector ?→ Pod/-/till',
      'Service/-/same spec.selector → Pod/-/oven',
      'Service/-/same spec.selector ?→ Pod/-/till',
    ]);
    expect(linksOf({ 'm.yaml': text }).filter((link) => link.includes('any'))).toContain(
      'NetworkPolicy.networking.k8s.io/-/open spec.podSelector ?→ any kubernetes/v1/Pod',
    );
  });
});

describe('namespaces', () => {
  it('divide what selectors and names mean', () => {
    const text =
      pod('oven', 'app: oven', 'bread') +
      pod('oven', 'app: oven', 'cake') +
      object('Service', 'oven', 'spec: {selector: {app: oven}}', 'bread') +
      object('Ingress', 'door', 'spec: {defaultBackend: {service: {name: oven, port: {number: 80}}}}', 'cake') +
      object('Ingress', 'door', 'spec: {defaultBackend: {service: {name: oven, port: {number: 80}}}}', 'bread');
    expect(linksOf({ 'm.yaml': text })).toEqual([
      'Ingress.networking.k8s.io/bread/door spec.defaultBackend.service.name → Service/bread/oven',
      'Service/bread/oven spec.selector → Pod/bread/oven',
    ]);
  });

  it('that are unset are equal only to that of the same folder, and perhaps to one that is named in it', () => {
    const files = {
      'a/m.yaml': `${pod('oven', 'app: oven')}${pod('stove', 'app: oven', 'bread')}`,
      'a/service.yaml': object('Service', 'oven', 'spec: {selector: {app: oven}}'),
      'b/service.yaml': object('Service', 'oven', 'spec: {selector: {app: oven}}'),
    };
    expect(linksOf(files)).toEqual([
      'a Service/-/oven spec.selector → a Pod/-/oven',
      'a Service/-/oven spec.selector ?→ a Pod/bread/stove',
    ]);
  });

  it('hold what is written in them; those that are only named are stand-ins', () => {
    const { graph, at } = evaluateManifests({
      'm.yaml':
        object('Namespace', 'bread', '') +
        pod('oven', 'app: oven', 'bread') +
        pod('till', 'app: till', 'cake') +
        pod('bin', 'a: b'),
      'cluster.yaml': object('ClusterRole', 'all', 'rules: []'),
    });
    const scopes = graph.scopes.get('kubernetes/v1/Namespace') ?? new Map<string, string>();
    expect([...scopes].map(([of, scope]) => `${of} in ${scope}`.replaceAll('.\0', ''))).toEqual([
      'Pod/-/bin in kubernetes/v1/Namespace/-',
      'Pod/bread/oven in Namespace/bread',
      'Pod/cake/till in kubernetes/v1/Namespace/cake',
    ]);
    const standIn = at('kubernetes/v1/Namespace/cake');
    expect(standIn?.presence).toBe('scope');
    expect(toPlain(standIn?.values)).toEqual({ metadata: { name: 'cake', '...': 'outside-input' } });
    expect(linksOf({ 'm.yaml': object('Namespace', 'bread', '') + pod('bin', 'a: b') })).toEqual([
      'Pod/-/bin metadata.namespace ?→ Namespace/bread',
    ]);
  });

  it('are those of the nearest folder where several have one name', () => {
    const { graph } = evaluateManifests({
      'apps/dev/namespace.yaml': object('Namespace', 'bread', ''),
      'apps/prod/namespace.yaml': object('Namespace', 'bread', ''),
      'apps/prod/oven/pod.yaml': pod('oven', 'app: oven', 'bread'),
      'other/pod.yaml': pod('till', 'app: till', 'bread'),
    });
    const scopes = graph.scopes.get('kubernetes/v1/Namespace') ?? new Map<string, string>();
    expect([...scopes].map(([of, scope]) => `${of} in ${scope}`.replaceAll('\0', ' '))).toEqual([
      'apps/prod/oven Pod/bread/oven in apps/prod Namespace/bread',
      'other Pod/bread/till in other kubernetes/v1/Namespace/bread',
    ]);
  });
});

describe('names', () => {
  it('link a pod to its account, secrets, maps and claims', () => {
    const text = `
apiVersion: v1
kind: Pod
metadata: {name: oven}
spec:
  serviceAccountName: baker
  imagePullSecrets: [{name: registry}]
  volumes: [{name: a, secret: {secretName: recipe}}, {name: b, configMap: {name: menu}}, {name: c, persistentVolumeClaim: {claimName: flour}}]
  containers:
  - name: main
    image: bakery/oven:1
    env: [{name: KEY, valueFrom: {secretKeyRef: {name: key, key: k}}}]
    envFrom: [{configMapRef: {name: menu}}]
${[
  'ServiceAccount baker',
  'Secret registry',
  'Secret recipe',
  'Secret key',
  'ConfigMap menu',
  'PersistentVolumeClaim flour',
]
  .map((one) => object(one.split(' ')[0] ?? '', one.split(' ')[1] ?? '', ''))
  .join('')}`;
    expect(linksOf({ 'm.yaml': text })).toEqual([
      'Pod/-/oven spec.containers.env.valueFrom.secretKeyRef.name → Secret/-/key',
      'Pod/-/oven spec.containers.envFrom.configMapRef.name → ConfigMap/-/menu',
      'Pod/-/oven spec.imagePullSecrets.name → Secret/-/registry',
      'Pod/-/oven spec.serviceAccountName → ServiceAccount/-/baker',
      'Pod/-/oven spec.volumes.configMap.name → ConfigMap/-/menu',
      'Pod/-/oven spec.volumes.persistentVolumeClaim.claimName → PersistentVolumeClaim/-/flour',
      'Pod/-/oven spec.volumes.secret.secretName → Secret/-/recipe',
    ]);
  });

  it('link bindings to roles of their kind and to accounts of the namespace that they name', () => {
    const text =
      object('Role', 'read', 'rules: []', 'bread') +
      object('ClusterRole', 'read', 'rules: []') +
      object('ServiceAccount', 'baker', '', 'bread') +
      object('ServiceAccount', 'baker', '', 'cake') +
      object('Namespace', 'cake', '') +
      object(
        'RoleBinding',
        'read',
        'roleRef: {kind: Role, name: read}\nsubjects: [{kind: ServiceAccount, name: baker, namespace: cake}, {kind: Group, name: "system:serviceaccounts:cake"}]',
        'bread',
      ) +
      object(
        'ClusterRoleBinding',
        'all',
        'roleRef: {kind: ClusterRole, name: read}\nsubjects: [{kind: User, name: baker}]',
      );
    expect(linksOf({ 'm.yaml': text })).toEqual([
      'ClusterRoleBinding.rbac.authorization.k8s.io/all roleRef.name → ClusterRole.rbac.authorization.k8s.io/read',
      'RoleBinding.rbac.authorization.k8s.io/bread/read roleRef.name → Role.rbac.authorization.k8s.io/bread/read',
      'RoleBinding.rbac.authorization.k8s.io/bread/read subjects.name → Namespace/cake',
      'RoleBinding.rbac.authorization.k8s.io/bread/read subjects.name → ServiceAccount/cake/baker',
    ]);
  });

  it('mean the object of the same file, else of the nearest folder, else none for certain', () => {
    const account = object('ServiceAccount', 'baker', '', 'bread');
    const user = `${pod('oven', 'a: b', 'bread').trimEnd()}`.replace(
      '{containers',
      '{serviceAccountName: baker, containers',
    );
    expect(linksOf({ 'base/m.yaml': account, 'dev/m.yaml': account, 'prod/m.yaml': account + user })).toEqual([
      'prod Pod/bread/oven spec.serviceAccountName → prod ServiceAccount/bread/baker',
    ]);
    expect(linksOf({ 'dev/m.yaml': account, 'prod/m.yaml': account, 'main.yaml': user })).toEqual([
      'Pod/bread/oven spec.serviceAccountName ?→ dev ServiceAccount/bread/baker',
      'Pod/bread/oven spec.serviceAccountName ?→ prod ServiceAccount/bread/baker',
    ]);
  });

  it('that a thousand objects have may mean any of them', () => {
    const accounts = Array.from({ length: 1_001 }, () => object('ServiceAccount', 'baker', '')).join('');
    const user = pod('oven', 'a: b').replace('{containers', '{serviceAccountName: baker, containers');
    expect(linksOf({ 'm.yaml': accounts + user })).toEqual([
      'Pod/-/oven spec.serviceAccountName ?→ any kubernetes/v1/ServiceAccount',
    ]);
  });

  it('that are not known may mean any object of the type', () => {
    const text = object(
      'HorizontalPodAutoscaler',
      'rise',
      'spec: {maxReplicas: 2, scaleTargetRef: {kind: Deployment, name: "${WEB}"}}',
    );
    expect(linksOf({ 'm.yaml': text })).toEqual([
      'HorizontalPodAutoscaler.autoscaling/-/rise spec.scaleTargetRef.name ?→ any kubernetes/apps/v1/Deployment',
    ]);
  });
});

describe('roles', () => {
  it('that every cluster has are known without being written', () => {
    const { at } = evaluateManifests({
      'm.yaml': object('ClusterRoleBinding', 'all', 'roleRef: {kind: ClusterRole, name: cluster-admin}'),
    });
    const role = at('ClusterRole.rbac.authorization.k8s.io/cluster-admin');
    expect(role?.mode).toBe('data');
    expect(toPlain(role?.values)).toEqual({
      metadata: { name: 'cluster-admin' },
      rules: [
        { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
        { verbs: ['*'], nonResourceURLs: ['*'] },
      ],
    });
  });

  it('that are put together have the rules of those that their selectors select, and perhaps more', () => {
    const role = (name: string, label: string, verb: string) => `
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: ${name}, labels: {part: ${label}}}
rules: [{apiGroups: [""], resources: [pods], verbs: [${verb}]}]`;
    const { at } = evaluateManifests({
      'm.yaml':
        role('a', 'whole', 'get') +
        role('b', 'other', 'list') +
        role('c', 'whole', 'watch') +
        object(
          'ClusterRole',
          'whole',
          'aggregationRule: {clusterRoleSelectors: [{matchLabels: {part: whole}}]}\nrules: [{apiGroups: ["*"], resources: ["*"], verbs: ["*"]}]',
        ),
    });
    expect(toPlain(at('ClusterRole.rbac.authorization.k8s.io/whole')?.values.entries.get('rules'))).toEqual([
      { apiGroups: [''], resources: ['pods'], verbs: ['get'] },
      { apiGroups: [''], resources: ['pods'], verbs: ['watch'] },
      '...outside-input',
    ]);
  });
});

describe('owners', () => {
  const owned = (name: string, apiVersion: string, kind: string, owner: string, namespace: string) => `
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
  namespace: ${namespace}
  ownerReferences: [{apiVersion: ${apiVersion}, kind: ${kind}, name: ${owner}, uid: "4711", controller: true}]`;

  it('link what they own to built-in and custom objects of the namespace, and of the cluster', () => {
    const text =
      object('Deployment', 'oven', 'spec: {template: {}}', 'bread') +
      `
---
apiVersion: bakery.example.com/v1
kind: Recipe
metadata: {name: rye, namespace: bread}
---
apiVersion: v1
kind: Namespace
metadata: {name: bread}` +
      owned('a', 'apps/v1', 'Deployment', 'oven', 'bread') +
      owned('b', 'bakery.example.com/v1', 'Recipe', 'rye', 'bread') +
      owned('c', 'v1', 'Namespace', 'bread', 'bread') +
      owned('d', 'bakery.example.com/v1', 'Recipe', 'rye', 'cake') +
      owned('e', 'bakery.example.com/v2', 'Recipe', 'rye', 'bread');
    expect(linksOf({ 'm.yaml': text })).toEqual([
      'ConfigMap/bread/a metadata.ownerReferences.name → Deployment.apps/bread/oven',
      'ConfigMap/bread/b metadata.ownerReferences.name → Recipe.bakery.example.com/bread/rye',
      'ConfigMap/bread/c metadata.ownerReferences.name → Namespace/bread',
    ]);
  });
});
