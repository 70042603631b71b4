import { dataEventTypesOf } from '../../schemas/data-events.js';
import { hasAction } from '../rows/action-set.js';
import { type GrantRow, resourcesOfRow } from '../rows/open-grants.js';
import { regionOf } from '../usage/event-arns.js';
import type { Usage, Visibility } from '../usage/usage.js';

/** What is known of uses of an action on some of the resources on which it is granted. */
export interface VisibleResources {
  readonly visibility: Visibility;
  /** Patterns of ARNs, as policies write them; undefined: all that is granted. */
  readonly resources: readonly string[] | undefined;
}

/** Answers for each action of a principal what is known of its uses: of all its resources together, or of parts of them. */
export function visibilityByResource(
  usage: Usage,
  principal: string,
  rows: readonly GrantRow[],
): (action: string) => readonly VisibleResources[] {
  const written = rows.map((row) => ({ row, resources: resourcesOfRow(row) }));
  const isNamed = written.some(({ resources }) => resources?.some((resource) => resource !== '*') === true);
  const isRegional = written.some(({ resources }) => resources?.some((resource) => regionOf(resource) !== undefined));
  return (action) => {
    const whole = usage.visibility({ principal, action });
    if (whole.kind === 'seen' || !isNamed) return [{ visibility: whole, resources: undefined }];
    const [service = '', name = ''] = action.split(':');
    if (!isRegional && dataEventTypesOf(service, name).length === 0)
      return [{ visibility: whole, resources: undefined }];
    const patterns = patternsOf(written, action);
    return patterns === undefined
      ? [{ visibility: whole, resources: undefined }]
      : byVisibility(patterns, (resource) => usage.visibility({ principal, action, resource }));
  };
}

/** The resources of an action; undefined: any, or not all known. */
function patternsOf(
  written: readonly { readonly row: GrantRow; readonly resources: readonly string[] | undefined }[],
  action: string,
): readonly string[] | undefined {
  const patterns = new Set<string>();
  for (const { row, resources } of written) {
    if (row.state === 'closed' || hasAction(row.actions, action) === false) continue;
    if (resources === undefined || resources.includes('*')) return undefined;
    for (const resource of resources) patterns.add(resource);
  }
  return [...patterns].sort();
}

function byVisibility(
  patterns: readonly string[],
  visibilityOf: (resource: string) => Visibility,
): readonly VisibleResources[] {
  const groups = new Map<string, { visibility: Visibility; resources: string[] }>();
  for (const resource of patterns) {
    const visibility = visibilityOf(resource);
    const key = JSON.stringify(visibility);
    const group = groups.get(key) ?? { visibility, resources: [] };
    group.resources.push(resource);
    groups.set(key, group);
  }
  const [only, ...others] = groups.values();
  if (only !== undefined && others.length === 0) return [{ visibility: only.visibility, resources: undefined }];
  return [...groups.values()];
}
