import type { Cause } from '../iam/index.js';
import type { AccessFact, AccessFacts } from '../model/access-facts.js';
import type { Resource, ResourceKey } from '../model/resource.js';
import type { UsageLog } from '../model/usage.js';
import type { UnknownValue } from '../model/value.js';
import { unknownValue } from '../model/values.js';
import { type Decision, decide } from './decide.js';
import { escalationFacts } from './escalation-facts.js';
import { causeName } from './global-keys.js';
import { findTarget, isPrincipalType, type Target, targetOf } from './names.js';
import { assumedFor } from './policies-of-aws.js';
import { type Principal, principalOf } from './principals.js';
import type { AccessRequest } from './request.js';
import type { AccessSources } from './stated-world.js';
import { findAction, type KnownAction, toRequest } from './to-request.js';
import { unusedFacts } from './unused-facts.js';
import type { World } from './world.js';

/** The graph with what was asked of it before: policies ask the same of many principals. */
interface Asked {
  readonly world: World;
  readonly principals: Map<ResourceKey, Principal>;
  readonly targets: Map<string, Target | undefined>;
}

/**
 * Answers what policies ask of who can do what, by the policies of the graph and by what logs say was used; each thing is
 * worked out when it is first asked.
 */
export function accessFacts(sources: AccessSources, usage: UsageLog | undefined, unusedDays?: number): AccessFacts {
  const asked: Asked = { world: { ...sources, bindings: new Map() }, principals: new Map(), targets: new Map() };
  return {
    allows: (principal, action, resource) => allows(asked, principal, action, resource),
    ...escalationFacts(sources),
    unused: unusedFacts(sources, usage, unusedDays),
  };
}

function principalIn({ world, principals }: Asked, resource: Resource): Principal {
  let made = principals.get(resource.key);
  if (made === undefined) {
    made = principalOf(world, resource);
    principals.set(resource.key, made);
  }
  return made;
}

function targetIn({ world, targets }: Asked, name: string | Resource): Target | undefined {
  if (typeof name !== 'string') return targetOf(world, name);
  if (!targets.has(name)) {
    const found = findTarget(world, name);
    targets.set(name, 'problem' in found ? undefined : found);
  }
  return targets.get(name);
}

function allows(asked: Asked, principal: Resource, actionName: string, name: string | Resource): AccessFact {
  const action = findAction(actionName);
  const target = targetIn(asked, name);
  if ('problem' in action || target === undefined || !isPrincipalType(principal))
    return unanswered(typeof name === 'string' ? name : name.address);
  const { request, decision } = decideFor(asked, principalIn(asked, principal), {
    action,
    target,
    named: shownName(name),
  });
  return toFact(decision, assumedFor(request.policies, decision));
}

function shownName(name: string | Resource): string {
  return typeof name === 'string' ? name : name.address;
}

/** What is asked about is not in the input, or no name of anything. */
function unanswered(subject: string): AccessFact {
  return { value: undefined, decidedBy: [], unknowns: [unknownValue('outside-input', { subject })] };
}

interface Question {
  readonly action: KnownAction;
  readonly target: Target;
  readonly named: string;
}

interface Decided {
  readonly request: AccessRequest;
  readonly decision: Decision;
}

function decideFor({ world }: Asked, principal: Principal, { action, target, named }: Question): Decided {
  const given = new Map<string, readonly string[]>();
  const [assumed, assumedForDenial] = [new Set<string>(), new Set<string>()];
  const request = toRequest({ world, principal, target, action, named, given, assumed, assumedForDenial });
  return { request, decision: decide(request) };
}

function toFact({ outcome, causes, statements }: Decision, assumed: readonly string[]): AccessFact {
  const decidedBy = [...new Set(statements.map(({ source, attachedBy }) => attachedBy ?? source))];
  if (outcome === 'depends') return { value: undefined, decidedBy, unknowns: causes.map(toUnknown), assumed };
  return { value: outcome === 'allowed', decidedBy, unknowns: [], assumed };
}

/** What an answer depends on, as policies tell what they do not know. */
function toUnknown(cause: Cause): UnknownValue {
  return cause.kind === 'value' ? cause.value : unknownValue('outside-input', { subject: causeName(cause) });
}
