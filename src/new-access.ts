import { listNewAccess } from './access/compare/compare-graphs.js';
import { accessSources } from './access-sources.js';
import type { Evaluation } from './findings/evaluation.js';
import type { ResourceGraph } from './model/resource.js';
import { NEW_ACCESS } from './new-access-policy.js';

/** What users and roles may newly do, an outcome for each statement that is wider than before. */
export function newAccessSince(before: ResourceGraph, after: ResourceGraph, now: () => number): Evaluation[] {
  return listNewAccess(accessSources(before), accessSources(after), { now }).map(
    ({ resource, key, answer, source }): Evaluation => ({
      policy: NEW_ACCESS.id,
      severity: NEW_ACCESS.severity,
      resource: resource.key,
      element: { path: key, key },
      outcome: answer.kind === 'yes' ? 'fail' : 'unknown',
      message:
        answer.kind === 'yes'
          ? `It may do what it could not before, for one: ${answer.witness.action} on ${answer.witness.resource}${shownKeys(answer.witness.context)}`
          : `It may perhaps do what it could not before: ${answer.constructs.join(', ')} is not known`,
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

function shownKeys(context: Readonly<Record<string, readonly string[]>>): string {
  const keys = Object.entries(context).map(([key, values]) => `${key} = ${values.join(', ')}`);
  return keys.length === 0 ? '' : ` with ${keys.join(' and ')}`;
}
