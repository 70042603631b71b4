import { describe, expect, it } from 'vitest';
import { buildGraph } from '../../src/graph/build-graph.js';
import { resourceKey } from '../../src/model/resource.js';
import { nullValue } from '../../src/model/values.js';
import { providerSchemas } from '../../src/schemas/provider-schemas.js';
import { evaluateFiles } from '../support/evaluate-files.js';
import { evaluateManifests } from '../support/evaluate-manifests.js';
import { toPlain } from '../support/raw-resource.js';

function graphOf(text: string) {
  const { result } = evaluateFiles(text);
  const { graph } = buildGraph({
    resources: result.resources,
    unreadModules: result.unreadModules,
    schemas: providerSchemas,
  });
  const at = (address: string) => graph.resources.get(resourceKey('.', address));
  return { graph, at };
}

const DEPLOYMENT = `
resource "kubernetes_deployment_v1" "oven" {
  metadata {
    name      = "oven"
    namespace = "bread"
    labels    = { app = "oven" }
  }
  spec {
    replicas = "2"
    selector {
      match_labels = { app = "oven" }
    }
    template {
      metadata {
        labels = { app = "oven" }
      }
      spec {
        host_ipc                        = true
        automount_service_account_token = false
        termination_grace_period_seconds = 5
        security_context {
          run_as_user     = "1000"
          run_as_non_root = true
          seccomp_profile {
            type = "RuntimeDefault"
          }
        }
        volume {
          name = "recipe"
          secret {
            secret_name  = "recipe"
            default_mode = "0400"
          }
        }
        init_container {
          name  = "knead"
          image = "bakery/knead:3"
        }
        container {
          name  = "bake"
          image = "bakery/bake"
          port {
            container_port = 8080
            host_port      = 80
          }
          env {
            name = "KEY"
            value_from {
              secret_key_ref {
                name = "key"
                key  = "k"
              }
            }
          }
          resources {
            limits = { cpu = "0.5", memory = "1024Mi" }
          }
          liveness_probe {
            http_get {
              port = "8080"
              path = "/live"
            }
          }
          security_context {
            allow_privilege_escalation = false
            capabilities {
              drop = ["ALL"]
            }
          }
        }
      }
    }
  }
}`;

const MANIFEST = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: oven, namespace: bread, labels: {app: oven}}
spec:
  replicas: 2
  selector: {matchLabels: {app: oven}}
  template:
    metadata: {labels: {app: oven}}
    spec:
      hostIPC: true
      automountServiceAccountToken: false
      terminationGracePeriodSeconds: 5
      securityContext: {runAsUser: 1000, runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
      volumes: [{name: recipe, secret: {secretName: recipe, defaultMode: 0400}}]
      initContainers: [{name: knead, image: "bakery/knead:3"}]
      containers:
      - name: bake
        image: bakery/bake
        ports: [{containerPort: 8080, hostPort: 80}]
        env: [{name: KEY, valueFrom: {secretKeyRef: {name: key, key: k}}}]
        resources: {limits: {cpu: 500m, memory: 1Gi}}
        livenessProbe: {httpGet: {port: 8080, path: /live}}
        securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
`;

/** In the order of names. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, entry]): [string, unknown] => [name, sorted(entry)])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

describe('an object of Kubernetes that Terraform makes', () => {
  it('is the same as its manifest', () => {
    const terraform = graphOf(DEPLOYMENT).at('kubernetes_deployment_v1.oven');
    const manifest = evaluateManifests({ 'm.yaml': MANIFEST }).at('Deployment.apps/bread/oven');
    const { apiVersion: _version, kind: _kind, ...expected } = toPlain(manifest?.values) as Record<string, unknown>;
    expect(terraform?.type).toBe('kubernetes/apps/v1/Deployment');
    expect(terraform?.hasTable).toBe(true);
    expect(sorted(toPlain(terraform?.values))).toEqual(sorted(expected));
  });

  it('lies in the namespace "default" and mounts its token unless it says otherwise', () => {
    const { at } = graphOf(`
      resource "kubernetes_pod" "till" {
        metadata { name = "till" }
        spec {
          container {
            name  = "till"
            image = "bakery/till:1"
          }
        }
      }
      resource "kubernetes_service_account" "baker" {
        metadata { name = "baker" }
      }`);
    const pod = at('kubernetes_pod.till')?.values;
    expect(toPlain(pod?.entries.get('metadata'))).toEqual({ name: 'till', namespace: 'default' });
    expect(toPlain(pod?.entries.get('spec'))).toMatchObject({ automountServiceAccountToken: true });
    expect(toPlain(at('kubernetes_service_account.baker')?.values)).toEqual({
      metadata: { name: 'baker', namespace: 'default' },
      automountServiceAccountToken: true,
    });
  });

  it('keeps a secret in base64, and secret', () => {
    const { at } = graphOf(`
      resource "kubernetes_secret" "recipe" {
        metadata { name = "recipe" }
        data        = { sour = "dough" }
        binary_data = { yeast = "eWVhc3Q=" }
      }`);
    const data = at('kubernetes_secret.recipe')?.values.entries.get('data');
    expect(toPlain(data)).toEqual({ sour: 'ZG91Z2g=', yeast: 'eWVhc3Q=' });
    expect(data?.kind === 'object' && [...data.entries.values()].every(({ sensitive }) => sensitive === true)).toBe(
      true,
    );
  });

  it('has roles, bindings, policies and ingresses in the words of Kubernetes', () => {
    const { at } = graphOf(`
      resource "kubernetes_cluster_role" "all" {
        metadata { name = "all" }
        rule {
          api_groups        = ["*"]
          resources         = ["*"]
          verbs             = ["*"]
          non_resource_urls = ["/metrics"]
        }
      }
      resource "kubernetes_role_binding" "all" {
        metadata {
          name      = "all"
          namespace = "bread"
        }
        role_ref {
          kind = "ClusterRole"
          name = "all"
        }
        subject {
          kind = "Group"
          name = "bakers"
        }
      }
      resource "kubernetes_network_policy" "walls" {
        metadata { name = "walls" }
        spec {
          pod_selector {}
          policy_types = ["Ingress", "Egress"]
          ingress {
            from {
              ip_block {
                cidr = "10.0.0.0/8"
              }
            }
          }
        }
      }
      resource "kubernetes_ingress" "old" {
        metadata { name = "old" }
        spec {
          backend {
            service_name = "web"
            service_port = "80"
          }
        }
      }`);
    const spec = (address: string) => toPlain(at(address)?.values.entries.get('spec'));
    expect(toPlain(at('kubernetes_cluster_role.all')?.values)).toEqual({
      metadata: { name: 'all' },
      rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'], nonResourceURLs: ['/metrics'] }],
    });
    expect(toPlain(at('kubernetes_role_binding.all')?.values)).toEqual({
      metadata: { name: 'all', namespace: 'bread' },
      roleRef: { kind: 'ClusterRole', name: 'all', apiGroup: 'rbac.authorization.k8s.io' },
      subjects: [{ kind: 'Group', name: 'bakers', apiGroup: 'rbac.authorization.k8s.io' }],
    });
    expect(spec('kubernetes_network_policy.walls')).toEqual({
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }],
    });
    expect(spec('kubernetes_ingress.old')).toEqual({
      defaultBackend: { service: { name: 'web', port: { number: 80 } } },
    });
  });

  it('is linked by what it names, and lies in the namespace that it refers to', () => {
    const { graph } = graphOf(`
      resource "kubernetes_namespace" "bread" {
        metadata { name = "bread" }
      }
      resource "kubernetes_service_account" "baker" {
        metadata {
          name      = "baker"
          namespace = kubernetes_namespace.bread.metadata[0].name
        }
      }
      resource "kubernetes_pod" "oven" {
        metadata {
          name      = "oven"
          namespace = "bread"
        }
        spec {
          service_account_name = "baker"
          container {
            name  = "main"
            image = "bakery/oven:1"
          }
        }
      }`);
    const links = [...graph.linksFrom.values()].flat();
    expect(
      links.map(({ from, path, to, isCertain }) => `${from} ${path} ${isCertain} ${to}`.replaceAll('.\0', '')),
    ).toEqual(['kubernetes_pod.oven spec.serviceAccountName true kubernetes_service_account.baker']);
    const scopes = graph.scopes.get('kubernetes/v1/Namespace') ?? new Map<string, string>();
    expect([...scopes.values()].map((key) => key.replace('.\0', ''))).toEqual([
      'kubernetes_namespace.bread',
      'kubernetes_namespace.bread',
    ]);
  });

  it('is what a kubernetes_manifest holds', () => {
    const { at } = graphOf(`
      resource "kubernetes_manifest" "menu" {
        manifest = {
          apiVersion = "v1"
          kind       = "Service"
          metadata   = { name = "menu", namespace = "bread" }
          spec       = { ports = [{ port = 80 }], typo = 1 }
        }
      }`);
    const menu = at('kubernetes_manifest.menu');
    expect(menu?.type).toBe('kubernetes/v1/Service');
    expect(toPlain(menu?.values.entries.get('spec'))).toMatchObject({
      type: 'ClusterIP',
      ports: [{ port: 80, targetPort: 80, protocol: 'TCP' }],
    });
    expect(toPlain(menu?.values.entries.get('native'))).toEqual({ 'spec.typo': 1 });
  });

  it('is unknown where a block is perhaps there', () => {
    const { at } = graphOf(`
      variable "isHard" {}
      resource "kubernetes_pod" "oven" {
        metadata { name = "oven" }
        spec {
          dynamic "security_context" {
            for_each = var.isHard ? [1] : []
            content {
              run_as_non_root = true
            }
          }
          dynamic "container" {
            for_each = var.isHard
            content {
              name = container.value
            }
          }
        }
      }`);
    const view = at('kubernetes_pod.oven')?.values.entries.get('pod');
    const spec = view?.kind === 'object' ? view.entries.get('spec') : undefined;
    const context = spec?.kind === 'object' ? spec.entries.get('securityContext') : undefined;
    expect(toPlain(context)).toBe('?variable-without-value var.isHard');
    expect(toPlain(view?.kind === 'object' ? view.entries.get('containers') : undefined)).toEqual([
      '...variable-without-value',
    ]);
  });
});

describe('an autoscaler', () => {
  const block = (type: string, metrics: string) => `resource "${type}" "h" {
  metadata {
    name = "oven"
  }
  spec {
    min_replicas = 2
    max_replicas = 5
    scale_target_ref {
      api_version = "apps/v1"
      kind        = "Deployment"
      name        = "oven"
    }
${metrics}
  }
}
`;
  const cpu = 'target_cpu_utilization_percentage = 60';
  const metric = `    metric {
      type = "Resource"
      resource {
        name = "cpu"
        target {
          type                = "Utilization"
          average_utilization = "60"
        }
      }
    }`;

  it.each([
    ['kubernetes_horizontal_pod_autoscaler', cpu],
    ['kubernetes_horizontal_pod_autoscaler_v1', cpu],
    ['kubernetes_horizontal_pod_autoscaler', metric],
    ['kubernetes_horizontal_pod_autoscaler_v2', metric],
    ['kubernetes_horizontal_pod_autoscaler_v2beta2', metric],
  ])('as %s is the last version', (type, metrics) => {
    const found = graphOf(block(type, metrics)).at(`${type}.h`);
    expect([found?.type, toPlain(found?.values.entries.get('spec') ?? nullValue())]).toEqual([
      'kubernetes/autoscaling/v2/HorizontalPodAutoscaler',
      {
        maxReplicas: 5,
        metrics: [
          { resource: { name: 'cpu', target: { averageUtilization: 60, type: 'Utilization' } }, type: 'Resource' },
        ],
        minReplicas: 2,
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'oven' },
      },
    ]);
  });
});

it.each([
  ['kubernetes_api_service_v1', 'kubernetes/apiregistration.k8s.io/v1/APIService'],
  ['kubernetes_certificate_signing_request_v1', 'kubernetes/certificates.k8s.io/v1/CertificateSigningRequest'],
  ['kubernetes_endpoint_slice_v1', 'kubernetes/discovery.k8s.io/v1/EndpointSlice'],
  ['kubernetes_validating_admission_policy_v1', 'kubernetes/admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy'],
])('%s is a %s', (type, kind) => {
  const { at } = graphOf(`resource "${type}" "x" {\n  metadata {\n    name = "x"\n  }\n}\n`);
  expect(at(`${type}.x`)?.type).toBe(kind);
});
