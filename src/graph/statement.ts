import { STRING } from '../model/type.js';
import type { ListValue, ObjectValue, Value } from '../model/value.js';
import { originAt, stringValue } from '../model/values.js';
import { LIST_TYPE, ListDraft, OBJECT_TYPE } from './draft.js';
import type { Node } from './node.js';
import type { StatementForm } from './resource-types/entries.js';
import { splitPath, valueAt } from './value-paths.js';

/** A permission that is a resource of its own, as the statement that it puts into its parent's policy. */
export function toStatement(node: Node, form: StatementForm): ObjectValue {
  const read = (attribute: string | undefined): Value | undefined => {
    const value = attribute === undefined ? undefined : valueAt(node.values, splitPath(attribute));
    return value?.kind === 'null' ? undefined : value;
  };
  const { values, raw } = node;
  const origin = values.origin ?? originAt(raw.header, 'companion', raw.address);
  const entries = new Map<string, Value>();
  const sid = read(form.sid);
  if (sid !== undefined) entries.set('sid', sid);
  entries.set('effect', stringValue('Allow', origin));
  const action = read(form.action);
  if (action !== undefined) entries.set('actions', listOf(action));
  const principal = read(form.principal);
  if (principal !== undefined) entries.set('principals', toPrincipals(principal));
  const conditions = new ListDraft();
  for (const { attribute, test, variable } of form.conditions) {
    const value = read(attribute);
    if (value === undefined) continue;
    // What could not be read of a live permission perhaps is not there.
    if (raw.language === 'live' && value.kind === 'unknown')
      conditions.open({ reason: value.reason, subject: value.subject, element: undefined });
    else conditions.push(condition(test, variable, value));
  }
  if (conditions.length > 0 || conditions.rest !== undefined) entries.set('condition', conditions.finish(origin));
  return { kind: 'object', type: OBJECT_TYPE, entries, origin };
}

function toPrincipals(value: Value): ListValue {
  const entries = new Map<string, Value>([
    ['type', principalType(value)],
    ['identifiers', listOf(value)],
  ]);
  return listOf({ kind: 'object', type: OBJECT_TYPE, entries, origin: value.origin });
}

function principalType(value: Value): Value {
  const { origin } = value;
  if (value.kind === 'string') return stringValue(typeOfPrincipal(value.value), origin);
  const tail = value.kind === 'unknown' ? value.parts?.[value.parts.length - 1] : undefined;
  if (typeof tail === 'string' && tail.includes('.amazonaws.com')) return stringValue('Service', origin);
  if (value.kind !== 'unknown') return stringValue('AWS', origin);
  return { kind: 'unknown', type: STRING, reason: value.reason, subject: value.subject, notNull: true, origin };
}

function typeOfPrincipal(principal: string): string {
  if (principal === '*') return '*';
  return /\.(amazonaws\.com(\.cn)?|alexa\.com)$/.test(principal) || principal.endsWith('.amazon.com')
    ? 'Service'
    : 'AWS';
}

function condition(test: string, variable: string, value: Value): ObjectValue {
  const entries = new Map<string, Value>([
    ['test', stringValue(test, value.origin)],
    ['variable', stringValue(variable.toLowerCase(), value.origin)],
    ['values', listOf(value)],
  ]);
  return { kind: 'object', type: OBJECT_TYPE, entries, origin: value.origin };
}

function listOf(value: Value): ListValue {
  return { kind: 'list', type: LIST_TYPE, elements: [value], origin: value.origin };
}
