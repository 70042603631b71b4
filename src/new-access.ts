import { listNewAccess, type NewAccess } from './access/compare/compare-graphs.js';
import { accessSources } from './access-sources.js';
import type { Evaluation } from './findings/evaluation.js';
import type { ResourceGraph } from './model/resource.js';
import { NEW_ACCESS } from './new-access-policy.js';

/** What users and roles may newly do, and whom resources newly let in, an outcome for each statement that is wider than before. */
export function newAccessSince(before: ResourceGraph, after: ResourceGraph): Evaluation[] {
  return listNewAccess(accessSources(before), accessSources(after), {}).map(
    ({ resource, principal, isControl, key, name, answer, source }): Evaluation => ({
      policy: NEW_ACCESS.id,
      severity: NEW_ACCESS.severity,
      resource: resource.key,
      element: { path: name, key },
      outcome: answer.kind === 'yes' ? 'fail' : 'unknown',
      message: isControl
        ? controlMessageOf(resource.address, name, answer)
        : messageOf(principal === undefined ? resource.address : `By its policy ${principal}`, answer),
      place: { resource: resource.key, path: '', origin: source?.origin, block: resource.header },
      also: [],
      unknowns:
        answer.kind === 'yes'
          ? []
          : [{ path: 'policy', reason: 'outside-input', subject: answer.constructs.join(', ') }],
      assumed: answer.kind === 'yes' ? [...new Set(answer.statements.flatMap(({ assumed }) => assumed ?? []))] : [],
      errors: [],
    }),
  );
}

function messageOf(who: string, answer: NewAccess['answer']): string {
  if (answer.kind === 'unknown')
    return `${who} may perhaps do what was not allowed before: ${answer.constructs.join(', ')} is not known`;
  const { action, resource, context } = answer.witness;
  return `${who} may do what was not allowed before, for one: ${action} on ${resource}${shownKeys(context)}`;
}

function controlMessageOf(policy: string, statement: string, answer: NewAccess['answer']): string {
  if (answer.kind === 'unknown')
    return `${policy} perhaps lets through what was denied before: ${answer.constructs.join(', ')} is not known`;
  const { action, resource, context } = answer.witness;
  return `${policy} denied before, and no longer does, for one: ${action} on ${resource}${shownKeys(context)} (${statement})`;
}

function shownKeys(context: Readonly<Record<string, readonly string[]>>): string {
  const keys = Object.entries(context).map(([key, values]) => `${key} = ${values.join(', ')}`);
  return keys.length === 0 ? '' : ` with ${keys.join(' and ')}`;
}
