import {
  type Answer,
  any,
  both,
  type Cause,
  coversAction,
  coversResource,
  either,
  nameOf,
  open,
  type Pattern,
  type Statement,
  toDocument,
} from '../iam/index.js';
import type { AccessFact, AccessFacts } from '../model/access-facts.js';
import type { Resource, ResourceKey } from '../model/resource.js';
import type { UnknownValue, Value } from '../model/value.js';
import { unknownValue } from '../model/values.js';
import { type Decision, decide } from './decide.js';
import { findTarget, isPrincipalType, type Target, targetOf } from './names.js';
import { type Principal, principalOf } from './principals.js';
import type { PolicyInForce } from './request.js';
import type { AccessSources } from './stated-world.js';
import { findAction, type KnownAction, toRequest } from './to-request.js';
import type { World } from './world.js';

/** The graph with what was asked of it before: policies ask the same of many principals. */
interface Asked {
  readonly world: World;
  readonly principals: Map<ResourceKey, Principal>;
  readonly targets: Map<string, Target | undefined>;
}

/** Answers what policies ask of who can do what, by the policies of the graph. */
export function accessFacts(sources: AccessSources): Pick<AccessFacts, 'allows' | 'isAdmin'> {
  const asked: Asked = { world: { ...sources, bindings: new Map() }, principals: new Map(), targets: new Map() };
  return {
    allows: (principal, action, resource) => allows(asked, principal, action, resource),
    isAdmin: (principal) => isAdmin(asked, principal),
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
  return toFact(decideFor(asked, principalIn(asked, principal), { action, target, named: shownName(name) }));
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

function decideFor({ world }: Asked, principal: Principal, { action, target, named }: Question): Decision {
  const given = new Map<string, readonly string[]>();
  const [assumed, assumedForDenial] = [new Set<string>(), new Set<string>()];
  return decide(toRequest({ world, principal, target, action, named, given, assumed, assumedForDenial }));
}

function toFact({ outcome, causes, statements }: Decision): AccessFact {
  const decidedBy = [...new Set(statements.map(({ source }) => source))];
  if (outcome === 'depends') return { value: undefined, decidedBy, unknowns: causes.map(toUnknown) };
  return { value: outcome === 'allowed', decidedBy, unknowns: [] };
}

/** What an answer depends on, as policies tell what they do not know. */
export function toUnknown(cause: Cause): UnknownValue {
  return cause.kind === 'value' ? cause.value : unknownValue('outside-input', { subject: nameOf(cause) });
}

const IAM: Pattern = { widest: 'iam:*', isExact: true };
const EVERYTHING: Pattern = { widest: '*', isExact: true };

/**
 * Whether a principal has, without conditions, every action of IAM on everything, or more, within its boundary: who has
 * that gives itself the rest. Where something is denied it, it has to be able to give itself policies still.
 */
function isAdmin(asked: Asked, resource: Resource): AccessFact {
  if (!isPrincipalType(resource)) return unanswered(resource.address);
  const principal = principalIn(asked, resource);
  const { identity, boundary } = principal;
  const granting: Value[] = [];
  const granted = both(coversAll(identity, granting), boundary === undefined || coversAll([boundary], granting));
  if (granted === false) return { value: false, decidedBy: [], unknowns: [] };
  const policies = boundary === undefined ? identity : [...identity, boundary];
  const mayDeny = policies.some(({ document }) => {
    const { statements, isOpen } = toDocument(document);
    return isOpen || statements.some(({ isAllow }) => isAllow !== true);
  });
  const answer = mayDeny ? both(granted, givesItself(asked, principal, resource)) : granted;
  const unknowns = typeof answer === 'boolean' ? [] : answer.causes.map(toUnknown);
  return { value: typeof answer === 'boolean' ? answer : undefined, decidedBy: granting, unknowns };
}

/** Whether a statement of the policies allows all of IAM on everything; those that do are added to the list. */
function coversAll(policies: readonly PolicyInForce[], granting: Value[]): Answer {
  let answer: Answer = false;
  for (const { document, name, perhaps } of policies) {
    const { statements, isOpen } = toDocument(document);
    const doubt = perhaps === undefined ? true : open(perhaps);
    for (const statement of statements) {
      const covers = both(coversAllOfIam(statement), doubt);
      if (covers !== false) granting.push(statement.source);
      answer = either(answer, covers);
    }
    if (isOpen) answer = either(answer, open(perhaps ?? openIn(document, name)));
  }
  return answer;
}

function openIn(document: Value, name = 'a policy'): Cause {
  return document.kind === 'unknown'
    ? { kind: 'value', value: document }
    : { kind: 'construct', name: `statements of ${name}` };
}

function coversAllOfIam(statement: Statement): Answer {
  const { source, isAllow, conditions, areConditionsOpen, perhaps } = statement;
  if (isAllow === false || conditions.length > 0) return false;
  const covers = [isAllow, coversAction(source, IAM), coversResource(source, EVERYTHING)];
  if (covers.includes(false)) return false;
  if (!covers.includes(undefined) && !areConditionsOpen && !perhaps) return true;
  return open({ kind: 'construct', name: 'statement' });
}

/** Whether it may give itself a policy, in one way at least. */
function givesItself(asked: Asked, principal: Principal, resource: Resource): Answer {
  const kind = resource.type === 'aws_iam_user' ? 'User' : 'Role';
  const target = targetOf(asked.world, resource);
  const answers = [`iam:Put${kind}Policy`, `iam:Attach${kind}Policy`].map((name): Answer => {
    const action = findAction(name);
    if ('problem' in action) return false;
    const { outcome, causes } = decideFor(asked, principal, { action, target, named: resource.address });
    return outcome === 'depends' ? open(...causes) : outcome === 'allowed';
  });
  return any(answers);
}
