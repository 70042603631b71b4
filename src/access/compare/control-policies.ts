import type { Resource } from '../../model/resource.js';
import { namedResources, type World } from '../world.js';
import type { CompareAnswer } from './answer.js';
import { contentOf } from './literals.js';

/** Policies of an organization that are written in code, and what attaches them. */
const TYPES: ReadonlySet<string> = new Set([
  'aws_organizations_policy',
  'aws_organizations_policy_attachment',
  'AWS::Organizations::Policy',
]);

export interface ChangedControl {
  readonly resource: Resource;
  readonly answer: Extract<CompareAnswer, { kind: 'unknown' }>;
}

/**
 * Those that are other, new or gone on the second side: whom they bind, code does not tell, so what they let through is not known.
 * `found`: what is on the second side, with what it was on the first.
 */
export function changedControls(
  found: readonly { readonly resource: Resource; readonly earlier: Resource | undefined }[],
  old: World,
): ChangedControl[] {
  const written = found.filter(({ resource }) => isControl(resource));
  const changed = written.filter(
    ({ resource, earlier }) => earlier === undefined || contentOf(earlier.values) !== contentOf(resource.values),
  );
  const kept = new Set(written.map(({ earlier }) => earlier));
  const gone = namedResources(old).filter((one) => isControl(one) && !kept.has(one));
  return [...changed.map(({ resource }) => resource), ...gone].map((resource) => ({
    resource,
    answer: { kind: 'unknown', constructs: [`whom ${resource.address} binds`] },
  }));
}

function isControl({ type, mode, language }: Resource): boolean {
  return TYPES.has(type) && mode === 'managed' && language !== 'live';
}
