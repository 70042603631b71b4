import { CERTAIN } from '../../model/raw-resource.js';
import { resourceKey } from '../../model/resource.js';
import type { Value } from '../../model/value.js';
import { listValue, objectValue, stringValue } from '../../model/values.js';
import { builtInRole, type RoleRule } from '../../schemas/kubernetes-roles.js';
import type { ProviderSchemas } from '../../schemas/schema.js';
import { LIST_TYPE, OBJECT_TYPE } from '../draft.js';
import type { Node } from '../node.js';
import { modelOf } from '../type-model.js';
import { valueAt } from '../value-paths.js';
import { CLUSTER_ROLE } from './link-table.js';
import type { ObjectIndex } from './object-index.js';

/**
 * The roles that every cluster has and that bindings of the input name without writing them: known as they are, and
 * judged nowhere, because nobody can change them here.
 */
export function builtInRoles(bindings: Iterable<Node>, index: ObjectIndex, schemas: ProviderSchemas): Node[] {
  const made = new Map<string, Node>();
  for (const binding of bindings) {
    if (!/RoleBinding$/.test(binding.model.type)) continue;
    const kind = valueAt(binding.values, ['roleRef', 'kind']);
    const name = valueAt(binding.values, ['roleRef', 'name']);
    if (kind?.kind !== 'string' || kind.value !== 'ClusterRole' || name?.kind !== 'string') continue;
    if (made.has(name.value) || index.named(CLUSTER_ROLE, name.value).length > 0) continue;
    const rules = builtInRole(name.value);
    if (rules !== undefined) made.set(name.value, makeRole(binding, name.value, rules, schemas));
  }
  return [...made.values()];
}

function makeRole({ raw }: Node, name: string, rules: readonly RoleRule[], schemas: ProviderSchemas): Node {
  const address = `ClusterRole.rbac.authorization.k8s.io/${name}`;
  const metadata = objectValue(OBJECT_TYPE, new Map([['name', stringValue(name)]]));
  const values = objectValue(
    OBJECT_TYPE,
    new Map<string, Value>([
      ['metadata', metadata],
      ['rules', listValue(LIST_TYPE, rules.map(toValue))],
    ]),
  );
  return {
    key: resourceKey(raw.root, address),
    model: modelOf(schemas, CLUSTER_ROLE, 'managed'),
    presence: 'written',
    raw: {
      ...raw,
      address,
      // As a data source, it is what it is and not written here.
      mode: 'data',
      type: CLUSTER_ROLE,
      name,
      declaration: address,
      existence: CERTAIN,
      isPrototype: false,
      keySet: undefined,
      values,
      calls: [],
      ignoreChanges: undefined,
    },
    values,
    members: [],
    declaredIn: new Map(),
  };
}

function toValue(rule: RoleRule): Value {
  const entries = Object.entries(rule).map(([field, texts]: [string, readonly string[]]): [string, Value] => [
    field,
    listValue(
      LIST_TYPE,
      texts.map((text) => stringValue(text)),
    ),
  ]);
  return objectValue(OBJECT_TYPE, new Map(entries));
}
