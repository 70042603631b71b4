import { childrenOf, type Expression } from './language/ast.js';
import type { Policy } from './policy.js';

/** Whether a policy reads what only a live account tells: it skips what is written in code. */
export function readsOnlyLive({ variables, each, when, assert }: Policy): boolean {
  const parts = [...variables.map(({ value }) => value), ...each.map(({ collection }) => collection), when, assert];
  return parts.some((part) => part !== undefined && isOnlyLive(part.expression));
}

/** What was used no code tells. */
function isOfUsage(expression: Expression): boolean {
  if (expression.kind !== 'call' || (expression.name !== 'unused' && expression.name !== 'excess')) return false;
  return expression.target?.kind === 'identifier' && expression.target.name === 'access';
}

function isOnlyLive(expression: Expression): boolean {
  // Where it is not told, something is assumed.
  if (expression.kind === 'call' && expression.name === 'assume') return false;
  if (isOfUsage(expression)) return true;
  const readings = expression.kind === 'select' ? Object.values(expression.unset?.undetermined ?? {}) : [];
  return readings.some(({ cause }) => cause === 'only-live') || childrenOf(expression).some(isOnlyLive);
}
