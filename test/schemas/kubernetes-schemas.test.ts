import { describe, expect, it } from 'vitest';
import {
  KUBERNETES_DEFAULTS,
  KUBERNETES_DEFAULTS_VERSION,
  type ServerDefault,
} from '../../src/schemas/kubernetes-defaults.js';
import { KUBERNETES_ENUMS } from '../../src/schemas/kubernetes-enums.js';
import { builtInRole } from '../../src/schemas/kubernetes-roles.js';
import type { KubernetesType } from '../../src/schemas/kubernetes-schema.js';
import { kubernetesSchemas } from '../../src/schemas/kubernetes-schemas.js';

/** The type at a dotted path of a definition; elements of lists are walked. */
function typeAt(definition: string, path: string): KubernetesType | undefined {
  let type: KubernetesType | undefined = kubernetesSchemas.definition(definition);
  for (const name of path.split('.')) {
    while (type?.kind === 'list') type = type.element;
    if (name === '*') continue;
    if (type === undefined) return undefined;
    type = type.kind === 'object' ? type.fields.get(name)?.type : type.kind === 'map' ? type.element : undefined;
  }
  return type;
}

describe('the table of kinds', () => {
  it('has every built-in kind at its versions', () => {
    expect(kubernetesSchemas.version).toBe('1.37.2');
    expect(kubernetesSchemas.kinds.length).toBe(103);
    expect(kubernetesSchemas.kinds).toContain('kubernetes/v1/Pod');
    expect(kubernetesSchemas.kinds).toContain('kubernetes/autoscaling/v1/HorizontalPodAutoscaler');
    expect(kubernetesSchemas.kinds).not.toContain('kubernetes/v1/Status');
    const { schema, ...deployment } = kubernetesSchemas.kind('kubernetes/apps/v1/Deployment') ?? { schema: undefined };
    expect(deployment).toEqual({
      type: 'kubernetes/apps/v1/Deployment',
      group: 'apps',
      version: 'v1',
      kind: 'Deployment',
      isNamespaced: true,
    });
    expect(schema && [...schema.fields.keys()]).toEqual(['apiVersion', 'kind', 'metadata', 'spec']);
    const isNamespaced = (type: string) => kubernetesSchemas.kind(`kubernetes/${type}`)?.isNamespaced;
    expect(['v1/Namespace', 'v1/Node', 'rbac.authorization.k8s.io/v1/ClusterRole'].map(isNamespaced)).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('has of each field what a value of it is', () => {
    const field = (path: string) => {
      const type = typeAt('core.v1.PodSpec', path);
      return type?.kind === 'list' || type?.kind === 'map' ? { ...type, element: type.element.kind } : type?.kind;
    };
    expect(field('containers')).toEqual({ kind: 'list', keys: ['name'], isSet: false, element: 'object' });
    expect(field('containers.ports')).toEqual({
      kind: 'list',
      keys: ['containerPort', 'protocol'],
      isSet: false,
      element: 'object',
    });
    expect(field('containers.resources.limits')).toEqual({ kind: 'map', element: 'quantity' });
    expect(field('containers.livenessProbe.httpGet.port')).toBe('int-or-string');
    expect(field('securityContext.runAsUser')).toBe('int64');
    expect(field('terminationGracePeriodSeconds')).toBe('int64');
    expect(field('hostNetwork')).toBe('bool');
    expect(typeAt('core.v1.Secret', 'data')).toEqual({ kind: 'map', element: { kind: 'bytes' } });
    expect(typeAt('meta.v1.ObjectMeta', 'finalizers')).toMatchObject({ kind: 'list', isSet: true });
    expect(kubernetesSchemas.definition('core.v1.PodSpec')?.fields.get('containers')?.isRequired).toBe(true);
    expect(kubernetesSchemas.definition('core.v1.PodSpec')?.fields.get('restartPolicy')?.enum).toEqual([
      'Always',
      'OnFailure',
      'Never',
    ]);
  });
});

describe('the tables that are written by hand', () => {
  it('name only what the kinds have', () => {
    const enums = Object.entries(KUBERNETES_ENUMS).flatMap(([name, fields]) =>
      Object.keys(fields).map((field) => [name, field] as const),
    );
    expect(enums.filter(([name, field]) => typeAt(name, field) === undefined)).toEqual([]);
    const pathsOf = (rule: ServerDefault): string[] => {
      const prefix = rule.each === undefined ? '' : `${rule.each}.`;
      const own = [
        rule.field,
        ...('copyOf' in rule ? [rule.copyOf] : []),
        ...('missingKeysOf' in rule ? [rule.missingKeysOf] : []),
        ...('pullPolicyOf' in rule ? [rule.pullPolicyOf] : []),
      ].map((path) => `${prefix}${path}`);
      return rule.when !== undefined && 'field' in rule.when ? [...own, rule.when.field] : own;
    };
    const wrong = Object.entries(KUBERNETES_DEFAULTS).flatMap(([name, rules]) =>
      rules.flatMap((rule) =>
        pathsOf(rule)
          .filter((path) => typeAt(name, path) === undefined)
          .map((path) => `${name} ${path}`),
      ),
    );
    expect(wrong).toEqual([]);
    expect(KUBERNETES_DEFAULTS_VERSION).toBe(kubernetesSchemas.version);
  });

  it('have the roles of every cluster with all that is put into them', () => {
    expect(builtInRole('cluster-admin')).toEqual([
      { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
      { verbs: ['*'], nonResourceURLs: ['*'] },
    ]);
    expect(builtInRole('edit')?.some(({ resources }) => resources?.includes('secrets'))).toBe(true);
    expect(builtInRole('view')?.some(({ resources }) => resources?.includes('secrets'))).toBe(false);
    expect(builtInRole('baker')).toBeUndefined();
  });
});
