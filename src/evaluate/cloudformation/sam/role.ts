import { negatedCondition } from './conditions.js';
import { generate } from './expansion.js';
import type { Expansion, RolePolicies, SamResource } from './model.js';
import type { Draft, DraftMapping, Place } from './nodes.js';
import { build, choiceOf, getAtt, isNoValue } from './nodes.js';

/** The trust that a service's role has: `sts:AssumeRole` for that service. */
export function trustOf(service: string): DraftMapping {
  const statement = { Action: ['sts:AssumeRole'], Effect: 'Allow', Principal: { Service: [service] } };
  return { Version: '2012-10-17', Statement: [statement] };
}

/** An inline policy of one statement, as the service adds them for what a property needs. */
export function inlinePolicy(place: Place, name: string, statements: readonly Draft[]): Draft {
  return build(place, { PolicyName: name, PolicyDocument: { Statement: [...statements] } });
}

export function allow(action: Draft, resource: Draft): DraftMapping {
  return { Action: action, Effect: 'Allow', Resource: resource };
}

/** Which role a resource has: the one written, a generated one, or one of them by a condition. */
export interface RoleChoice {
  readonly id: string;
  /** The value of the resource's own `Role`. */
  readonly value: Draft;
  /** Nothing is generated where a role is written. */
  readonly isGenerated: boolean;
  /** The condition under which the generated one exists, where a written `Fn::If` decides it. */
  readonly condition?: string | undefined;
}

/**
 * `Role` decides by what is written: `!If [C, arn, !Ref AWS::NoValue]` is a generated role unless C, every other value, be it
 * no value, is a role.
 */
export function chooseRole(expansion: Expansion, owner: SamResource): RoleChoice {
  const id = `${owner.id}Role`;
  const generated = getAtt(id, 'Arn');
  const entry = owner.properties.entries.get('Role');
  if (entry === undefined || entry.value.kind === 'null') return { id, value: generated, isGenerated: true };
  const choice = choiceOf(entry.value);
  const isYesOpen = choice !== undefined && isNoValue(choice.yes);
  const isNoOpen = choice !== undefined && isNoValue(choice.no);
  if (choice === undefined || !(isYesOpen || isNoOpen)) return { id, value: entry, isGenerated: false };
  if (isYesOpen && isNoOpen) return { id, value: generated, isGenerated: true };
  const branches = isYesOpen ? [generated, choice.no] : [choice.yes, generated];
  const value = { ...entry, value: build(entry.value, { 'Fn::If': [choice.condition, ...branches] }) };
  const condition = isYesOpen ? choice.condition : negatedCondition(expansion, choice.condition, entry.value);
  return { id, value, isGenerated: true, condition };
}

export interface RoleParts {
  readonly role: RoleChoice;
  readonly service: string;
  readonly policies: RolePolicies;
  readonly tags: Draft | undefined;
}

/** Adds the role of a function or a state machine. */
export function generateRole(expansion: Expansion, owner: SamResource, parts: RoleParts): void {
  const { role, policies } = parts;
  if (!role.isGenerated) return;
  const { entries } = owner.properties;
  expansion.roles.set(owner.id, role.id);
  generate(expansion, owner, {
    id: role.id,
    type: 'AWS::IAM::Role',
    place: owner.place,
    attributes: role.condition === undefined ? {} : { Condition: role.condition },
    properties: {
      AssumeRolePolicyDocument: entries.get('AssumeRolePolicyDocument') ?? trustOf(parts.service),
      ManagedPolicyArns: distinct(policies.managed),
      Policies: policies.inline.length === 0 ? undefined : policies.inline,
      Path: entries.get('RolePath'),
      PermissionsBoundary: entries.get('PermissionsBoundary'),
      Tags: parts.tags,
    },
  });
}

/** One of each policy that is named by a text. */
function distinct(policies: readonly Draft[]): Draft[] {
  const seen = new Set<string>();
  return policies.filter((policy) => {
    const text = textOf(policy);
    if (text === undefined) return true;
    if (seen.has(text)) return false;
    seen.add(text);
    return true;
  });
}

function textOf(policy: Draft): string | undefined {
  if (typeof policy === 'string') return policy;
  const node = policy as { readonly kind?: unknown; readonly value?: unknown };
  return node.kind === 'string' && typeof node.value === 'string' ? node.value : undefined;
}
