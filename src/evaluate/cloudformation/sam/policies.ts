import { suggest } from '../../../source/suggest.js';
import type { DataMapping, DataNode } from '../../../syntax/data/ast.js';
import { resolveAlias, scalarText } from '../expression/nodes.js';
import { diagnose, managedPolicyArn } from './expansion.js';
import { managedPolicies } from './generated/managed-policies.js';
import type { PolicyTemplate } from './generated/policy-templates.js';
import { policyTemplates } from './generated/policy-templates.js';
import type { Expansion, RolePolicies, SamResource } from './model.js';
import type { Draft } from './nodes.js';
import {
  build,
  buildMapping,
  choiceOf,
  intrinsicOf,
  invalid,
  isNoValue,
  itemsOf,
  mappingOf,
  noValue,
  placeOf,
  sequenceOf,
} from './nodes.js';
import { fillTemplate } from './template-value.js';

interface Reading {
  readonly expansion: Expansion;
  readonly owner: SamResource;
  readonly roleId: string;
  readonly into: RolePolicies;
}

/** Reads `Policies` into what the role gets: managed policies, and inline ones named by their position. */
export function readPolicies(expansion: Expansion, owner: SamResource, roleId: string, into: RolePolicies): void {
  const reading: Reading = { expansion, owner, roleId, into };
  const written = owner.properties.entries.get('Policies')?.value;
  if (written === undefined || resolveAlias(written).kind === 'null' || isNoValue(written)) return;
  const listChoice = choiceOf(written);
  if (listChoice !== undefined && (sequenceOf(listChoice.yes) ?? sequenceOf(listChoice.no)) !== undefined) {
    invalidPolicy(reading, written, 'A list of policies cannot stand inside "Fn::If"; give each policy its own.');
    readListChoice(reading, written);
    return;
  }
  itemsOf(written).forEach((item, index) => {
    readPolicy(reading, item, `${roleId}Policy${index}`);
  });
}

/** The service refuses lists in an `Fn::If`; what was meant is each item under the condition. */
function readListChoice(reading: Reading, written: DataNode): void {
  const choice = choiceOf(written);
  if (choice === undefined) return;
  let index = 0;
  for (const [branch, isYes] of [
    [choice.yes, true],
    [choice.no, false],
  ] as const) {
    for (const item of isNoValue(branch) ? [] : itemsOf(branch)) {
      const branches = isYes ? [item, noValue] : [noValue, item];
      const policy = build(item, { 'Fn::If': [choice.condition, ...branches] });
      readPolicy(reading, policy, `${reading.roleId}Policy${index++}`);
    }
  }
}

type Kind = 'managed' | 'inline' | 'nothing' | 'mixed' | 'invalid';

function readPolicy(reading: Reading, item: DataNode, name: string): void {
  const { into } = reading;
  const kind = kindOf(item);
  if (kind === 'managed') into.managed.push(managedPolicy(reading.expansion, item));
  else if (kind === 'inline') into.inline.push(inlinePolicy(reading, item, name));
  else if (kind === 'mixed') readMixed(reading, item, name);
  else if (kind === 'invalid') {
    reportInvalid(reading, item);
    into.inline.push(invalid(item));
  }
}

/** A condition between a managed and an inline policy is refused by the service; both are conditional here. */
function readMixed(reading: Reading, item: DataNode, name: string): void {
  const choice = choiceOf(item);
  if (choice === undefined) return;
  invalidPolicy(reading, item, 'Both branches of "Fn::If" in "Policies" must be policies of one sort.');
  readPolicy(reading, build(item, { 'Fn::If': [choice.condition, choice.yes, noValue] }), name);
  readPolicy(reading, build(item, { 'Fn::If': [choice.condition, noValue, choice.no] }), name);
}

function kindOf(item: DataNode): Kind {
  if (isNoValue(item)) return 'nothing';
  const choice = choiceOf(item);
  if (choice !== undefined) return kindOfBoth(kindOf(choice.yes), kindOf(choice.no));
  if (intrinsicOf(item) !== undefined) return 'managed';
  if (resolveAlias(item).kind === 'string') return 'managed';
  const mapping = mappingOf(item);
  if (mapping === undefined) return 'invalid';
  return mapping.entries.has('Statement') || templateOf(mapping) !== undefined ? 'inline' : 'invalid';
}

function kindOfBoth(yes: Kind, no: Kind): Kind {
  if (yes === no || no === 'nothing') return yes;
  if (yes === 'nothing') return no;
  return yes === 'invalid' || no === 'invalid' ? 'invalid' : 'mixed';
}

function managedPolicy(expansion: Expansion, item: DataNode): Draft {
  const choice = choiceOf(item);
  if (choice !== undefined) {
    const branch = (node: DataNode): Draft => (isNoValue(node) ? node : managedPolicy(expansion, node));
    return build(item, { 'Fn::If': [choice.condition, branch(choice.yes), branch(choice.no)] });
  }
  const name = scalarText(item);
  const path = name === undefined ? undefined : managedPolicies().get(name);
  return path === undefined ? item : build(item, managedPolicyArn(expansion, path));
}

function inlinePolicy(reading: Reading, item: DataNode, name: string): Draft {
  const choice = choiceOf(item);
  if (choice !== undefined) {
    const branch = (node: DataNode): Draft => (isNoValue(node) ? node : inlinePolicy(reading, node, name));
    return build(item, { 'Fn::If': [choice.condition, branch(choice.yes), branch(choice.no)] });
  }
  const mapping = mappingOf(item);
  const found = mapping && templateOf(mapping);
  const document = found === undefined ? item : expandTemplate(reading, found);
  return buildMapping(item, { PolicyName: name, PolicyDocument: document });
}

interface UsedTemplate {
  readonly name: string;
  readonly template: PolicyTemplate;
  readonly place: { readonly start: number; readonly end: number };
  readonly values: DataNode;
}

function templateOf(mapping: DataMapping): UsedTemplate | undefined {
  if (mapping.entries.size !== 1) return undefined;
  for (const [name, entry] of mapping.entries) {
    const template = Object.hasOwn(policyTemplates, name) ? policyTemplates[name] : undefined;
    if (template !== undefined) return { name, template, place: placeOf(entry), values: entry.value };
  }
  return undefined;
}

/** The document of a policy template. Arguments keep their place; the rest is at the template's name. */
function expandTemplate(reading: Reading, used: UsedTemplate): Draft {
  const { template, name, place } = used;
  const values = mappingOf(used.values);
  const missing = template.parameters.filter((parameter) => values?.entries.has(parameter) !== true);
  if (values === undefined || missing.length > 0) {
    const names = missing.map((parameter) => `"${parameter}"`).join(', ');
    const message = missing.length > 0 ? `needs ${names}` : 'needs a map of its parameters, "{}" where it has none';
    diagnose(reading.expansion, 'sam-policy-template', place, `The policy template "${name}" ${message}.`);
  }
  for (const [key, entry] of values?.entries ?? []) {
    if (template.parameters.includes(key)) continue;
    const hint = suggest(key, template.parameters);
    const message = `The policy template "${name}" has no parameter "${key}".${hint}`;
    diagnose(reading.expansion, 'sam-policy-template', placeOf(entry), message);
  }
  const argumentOf = (parameter: string): Draft => values?.entries.get(parameter) ?? invalid(place);
  return build(place, { Statement: template.statements.map((statement) => fillTemplate(statement, argumentOf)) });
}

function reportInvalid(reading: Reading, item: DataNode): void {
  const keys = [...(mappingOf(item)?.entries.keys() ?? [])];
  const known = keys.filter((key) => Object.hasOwn(policyTemplates, key));
  if (keys.length > 1 && known.length > 0) {
    invalidPolicy(reading, item, `Each policy template must be an item of its own: ${keys.map(quoted).join(', ')}.`);
  } else if (keys.length === 1) {
    const [name = ''] = keys;
    const hint = suggest(name, Object.keys(policyTemplates));
    invalidPolicy(reading, item, `There is no policy template "${name}".${hint}`);
  } else
    invalidPolicy(reading, item, `A policy of "${reading.owner.id}" is neither a name, a document nor a template.`);
}

function invalidPolicy(reading: Reading, item: DataNode, message: string): void {
  diagnose(reading.expansion, 'sam-policy-template', item, message);
}

function quoted(text: string): string {
  return `"${text}"`;
}
