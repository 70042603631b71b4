import { equals, plainText, textOf } from '../../iam/index.js';
import type { Resource } from '../../model/resource.js';
import { findTarget, type Target } from '../names.js';
import { type Principal, principalOf } from '../principals.js';
import type { AccessRequest, PolicyInForce } from '../request.js';
import { findAction, toRequest } from '../to-request.js';
import type { Usage, Visibility } from '../usage/usage.js';
import { arnTextOf, type World } from '../world.js';
import { type Call, toCalls } from './calls.js';
import { type Subject, unseenResource } from './subject.js';
import { containerOf, textOfResource, withUnshownCalls } from './unshown-calls.js';

/**
 * The ARN under which a user or role is in the usage. Of one whose ARN is not all known it is the only one there that may be
 * its; undefined where there is none, or are several.
 */
export function nameInUsage(world: World, resource: Resource, usage: Usage): string | undefined {
  const arn = arnTextOf(world, resource);
  if (arn === undefined) return undefined;
  const plain = plainText(arn);
  if (plain !== undefined) return plain;
  const names = new Set(usage.uses.map(({ principal }) => principal));
  const [only, ...others] = [...names].filter((name) => equals(arn, textOf(name)) !== false);
  return others.length === 0 ? only : undefined;
}

/** The ARNs in the usage that code may have in other accounts than this one: what is deployed several times is written once. */
export function namesElsewhere(world: World, resource: Resource, usage: Usage, arn: string): string[] {
  const text = arnTextOf(world, resource);
  if (text === undefined || plainText(text) !== undefined) return [];
  const names = new Set(usage.uses.map(({ principal }) => principal));
  return [...names].filter((name) => accountIn(name) !== accountIn(arn) && equals(text, textOf(name)) !== false).sort();
}

function accountIn(arn: string): string | undefined {
  return arn.split(':')[4];
}

/** A user or role with what it did. One that the usage does not name did nothing that is seen, or what it did is not known. */
export function subjectOf(world: World, resource: Resource, usage: Usage, name: string | undefined): Subject {
  const principal = principalOf(world, resource);
  const uses = name === undefined ? [] : usage.uses.filter((use) => use.principal === name);
  return {
    name: resource.address,
    policies: principal.identity,
    calls: withUnshownCalls(toCalls(uses)),
    visibilityOf: visibilityBy(usage, name),
    requestOf: requestBy(world, principal),
  };
}

function visibilityBy(usage: Usage, name: string | undefined): Subject['visibilityOf'] {
  const known = new Map<string, Visibility>();
  return (action, resource) => {
    const key = resource === undefined ? action : `${action} ${resource}`;
    let visibility = known.get(key);
    if (visibility === undefined) {
      visibility =
        name === undefined
          ? { kind: 'unseen', reason: 'not-collected', detail: 'Which principal of the logs it is, is not known.' }
          : usage.visibility({ principal: name, action, resource });
      known.set(key, visibility);
    }
    return visibility;
  };
}

function requestBy(world: World, principal: Principal): Subject['requestOf'] {
  const targets = new Map<string, Target>();
  const targetOf = ({ action, resource }: Call): Target => {
    const key = resource ?? ` ${action}`;
    let target = targets.get(key);
    if (target === undefined && resource !== undefined && containerOf(resource) !== undefined)
      target = { text: textOfResource(resource), resource: undefined };
    if (target === undefined) {
      const found = resource === undefined ? undefined : findTarget(world, resource);
      target =
        found === undefined || 'problem' in found ? { text: unseenResource(action), resource: undefined } : found;
    }
    targets.set(key, target);
    return target;
  };
  return (call: Call, policies: readonly PolicyInForce[]): AccessRequest => {
    const action = findAction(call.action);
    const given = new Map(Object.entries(call.context).map(([key, value]): [string, string[]] => [key, [value]]));
    if (call.region !== '' && !given.has('aws:requestedregion')) given.set('aws:requestedregion', [call.region]);
    return toRequest({
      world,
      principal: { ...principal, identity: policies },
      target: targetOf(call),
      action: 'problem' in action ? { name: call.action, known: undefined, notes: [] } : action,
      named: call.resource ?? `a resource of ${call.action}`,
      given,
      assumed: new Set(),
      assumedForDenial: new Set(),
    });
  };
}
