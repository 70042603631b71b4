import type { ObjectValue, Value } from '../../model/value.js';
import { objectValue } from '../../model/values.js';
import { OBJECT_TYPE } from '../draft.js';
import type { DocumentEntry } from '../resource-types/entries.js';

const FIELDS: Readonly<Record<string, string>> = {
  version: 'Version',
  id: 'Id',
  statement: 'Statement',
  sid: 'Sid',
  effect: 'Effect',
  actions: 'Action',
  not_actions: 'NotAction',
  resources: 'Resource',
  not_resources: 'NotResource',
  principals: 'Principal',
  not_principals: 'NotPrincipal',
  condition: 'Condition',
};

/** A document as JSON writes it: the inverse of `decodeDocument`, as structure. */
export function raiseDocument(value: Value, entry: DocumentEntry): Value {
  if (entry.document === 'iam-policy') return raisePolicy(value);
  return entry.keys === 'camel' ? recase(value, entry) : value;
}

function recase(value: Value, entry: DocumentEntry): Value {
  if (value.kind === 'list') return { ...value, elements: value.elements.map((element) => recase(element, entry)) };
  if (value.kind !== 'object') return value;
  const entries = [...value.entries].map(([name, field]) => {
    const key = name.charAt(0).toUpperCase() + name.slice(1);
    return [key, entry.freeMaps?.includes(name) === true ? field : recase(field, entry)] as const;
  });
  return { ...value, entries: new Map(entries) };
}

function raisePolicy(value: Value): Value {
  if (value.kind !== 'object') return value;
  return mapEntries(value, (name, field) =>
    name === 'statement' && field.kind === 'list' ? { ...field, elements: field.elements.map(raiseStatement) } : field,
  );
}

function raiseStatement(value: Value): Value {
  if (value.kind !== 'object') return value;
  return mapEntries(value, raiseField);
}

/** A field of a statement, or of the document, as JSON writes it. */
export function raiseField(name: string, field: Value): Value {
  if (name === 'principals' || name === 'not_principals') return raisePrincipals(field);
  return name === 'condition' ? raiseConditions(field) : field;
}

/** The name that a field has in a document, in the spelling that is there. */
export function nativeName(native: ObjectValue, field: string): string {
  const name = FIELDS[field] ?? field;
  return [...native.entries.keys()].find((key) => key.toLowerCase() === name.toLowerCase()) ?? name;
}

function mapEntries(object: ObjectValue, raise: (name: string, field: Value) => Value): ObjectValue {
  const entries = [...object.entries].map(([name, field]) => [FIELDS[name] ?? name, raise(name, field)] as const);
  return { ...object, entries: new Map(entries) };
}

function raisePrincipals(value: Value): Value {
  if (value.kind !== 'list') return value;
  const entries = new Map<string, Value>();
  for (const principal of value.elements) {
    const type = textOf(principal, 'type');
    const identifiers = fieldOf(principal, 'identifiers');
    if (type === undefined || identifiers === undefined) return value;
    // Everyone is written without a type.
    if (type === '*') return identifiers.kind === 'list' ? (identifiers.elements[0] ?? value) : value;
    entries.set(type, identifiers);
  }
  return objectValue(OBJECT_TYPE, entries, value.origin);
}

function raiseConditions(value: Value): Value {
  if (value.kind !== 'list') return value;
  const tests = new Map<string, Map<string, Value>>();
  for (const condition of value.elements) {
    const [test, variable] = [textOf(condition, 'test'), textOf(condition, 'variable')];
    const values = fieldOf(condition, 'values');
    if (test === undefined || variable === undefined || values === undefined) return value;
    const variables = tests.get(test) ?? new Map<string, Value>();
    tests.set(test, variables.set(variable, values));
  }
  const entries = [...tests].map(([test, variables]) => [test, objectValue(OBJECT_TYPE, variables)] as const);
  return objectValue(OBJECT_TYPE, new Map<string, Value>(entries), value.origin);
}

function fieldOf(value: Value, name: string): Value | undefined {
  return value.kind === 'object' ? value.entries.get(name) : undefined;
}

function textOf(value: Value, name: string): string | undefined {
  const field = fieldOf(value, name);
  return field?.kind === 'string' ? field.value : undefined;
}
