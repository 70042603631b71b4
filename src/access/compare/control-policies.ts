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

/** Those that are other, new or gone on the second side: whom they bind, code does not tell, so what they let through is not known. */
export function changedControls(old: World, now: World): ChangedControl[] {
  const [before, after] = [controlsOf(old), controlsOf(now)];
  const keys = [...new Set([...before.keys(), ...after.keys()])].sort();
  return keys.flatMap((key) => {
    const [earlier, resource] = [before.get(key), after.get(key)];
    const shown = resource ?? earlier;
    if (shown === undefined) return [];
    if (earlier !== undefined && resource !== undefined && contentOf(earlier.values) === contentOf(resource.values))
      return [];
    return [{ resource: shown, answer: { kind: 'unknown', constructs: [`whom ${shown.address} binds`] } }];
  });
}

function controlsOf(world: World): ReadonlyMap<string, Resource> {
  const written = namedResources(world).filter(
    ({ type, mode, language }) => TYPES.has(type) && mode === 'managed' && language !== 'live',
  );
  return new Map(written.map((resource) => [resource.address, resource]));
}
