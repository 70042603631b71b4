import type { ListValue, Value } from '../../model/value.js';
import { listValue } from '../../model/values.js';
import { LIST_TYPE } from '../draft.js';
import type { Node } from '../node.js';
import { valueAt, withValueAt } from '../value-paths.js';
import { CLUSTER_ROLE } from './link-table.js';
import type { ObjectIndex } from './object-index.js';
import { matchesSelector } from './selectors.js';

/** Roles that others put into theirs are perhaps not in the input: operators bring their own. */
const OTHERS = { reason: 'outside-input', subject: 'aggregationRule' } as const;

/**
 * The rules of roles that are put together of others: those of the roles that their selectors select, and perhaps more.
 * What is written in their place, the controller replaces.
 */
export function aggregateRoles(index: ObjectIndex): void {
  const roles = index.ofType(CLUSTER_ROLE).filter(({ presence }) => presence === 'written');
  // A role may be put together of such roles in turn: what is written counts, in any order.
  const written = new Map(roles.map((role) => [role, rulesOf(role)]));
  for (const role of roles) {
    const selectors = valueAt(role.values, ['aggregationRule', 'clusterRoleSelectors']);
    if (selectors === undefined || selectors.kind === 'null') continue;
    role.values = withValueAt(role.values, ['rules'], aggregated(role, selectors, roles, written));
  }
}

function aggregated(
  role: Node,
  selectors: Value,
  roles: readonly Node[],
  written: ReadonlyMap<Node, ListValue | undefined>,
): Value {
  const elements: Value[] = [];
  for (const other of roles) {
    const isAggregated = valueAt(other.values, ['aggregationRule', 'clusterRoleSelectors'])?.kind === 'list';
    if (other === role || isAggregated || !selects(selectors, other)) continue;
    elements.push(...(written.get(other)?.elements ?? []));
  }
  return listValue(LIST_TYPE, elements, selectors.origin, OTHERS);
}

/** What is perhaps selected is among the rules that may follow. */
function selects(selectors: Value, role: Node): boolean {
  if (selectors.kind !== 'list') return false;
  const labels = valueAt(role.values, ['metadata', 'labels']);
  return selectors.elements.some((one) => one.kind === 'object' && matchesSelector(one, labels) === true);
}

function rulesOf(role: Node): ListValue | undefined {
  const rules = valueAt(role.values, ['rules']);
  return rules?.kind === 'list' ? rules : undefined;
}
