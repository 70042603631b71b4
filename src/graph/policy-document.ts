import { DYNAMIC } from '../model/type.js';
import type { ListValue, ObjectValue, UnknownValue, Value } from '../model/value.js';
import { stringValue } from '../model/values.js';
import { LIST_TYPE, OBJECT_TYPE } from './draft.js';

/** JSON's names of a statement's lists, in lower case, and ours. */
const LIST_FIELDS: Readonly<Record<string, string>> = {
  action: 'actions',
  notaction: 'not_actions',
  resource: 'resources',
  notresource: 'not_resources',
};
const PRINCIPAL_FIELDS: Readonly<Record<string, string>> = { principal: 'principals', notprincipal: 'not_principals' };
const SCALAR_FIELDS: Readonly<Record<string, string>> = { sid: 'sid', effect: 'effect' };

/**
 * An IAM policy document in Terraform's words, out of its JSON value: `statement[]`, single strings as lists. Undefined
 * where the value is no document. Follows the
 * [grammar of IAM policies](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html).
 */
export function toPolicyDocument(value: Value): Value | undefined {
  if (value.kind === 'unknown') return throughAlternatives(value, toPolicyDocument);
  if (value.kind !== 'object') return undefined;
  const entries = new Map<string, Value>();
  for (const [name, field] of value.entries) {
    switch (name.toLowerCase()) {
      case 'statement': {
        const statements = toStatements(field);
        if (statements === undefined) return undefined;
        entries.set('statement', statements);
        break;
      }
      case 'version':
      case 'id':
        entries.set(name.toLowerCase(), field);
        break;
      default:
        entries.set(name, field);
    }
  }
  return { ...value, type: OBJECT_TYPE, entries };
}

function throughAlternatives(value: UnknownValue, convert: (value: Value) => Value | undefined): UnknownValue {
  const { alternatives, parts: _parts, layout: _layout, encoded: _encoded, ...kept } = value;
  if (alternatives === undefined) return { ...kept, type: DYNAMIC };
  const converted = alternatives.map((alternative) =>
    alternative.kind === 'absent' || alternative.kind === 'null' ? alternative : convert(alternative),
  );
  if (converted.some((alternative) => alternative === undefined)) return { ...kept, type: DYNAMIC };
  return { ...kept, type: DYNAMIC, alternatives: converted.filter((alternative) => alternative !== undefined) };
}

function toStatements(value: Value): Value | undefined {
  switch (value.kind) {
    case 'object':
      return listOf([toStatement(value)], value);
    case 'list':
      return mapList(value, toStatement);
    case 'unknown':
      return throughAlternatives(value, toStatements);
    case 'null':
      return listOf([], value);
    default:
      return undefined;
  }
}

function toStatement(value: Value): Value {
  if (value.kind === 'unknown') return throughAlternatives(value, toStatement);
  if (value.kind !== 'object') return value;
  const entries = new Map<string, Value>();
  for (const [name, field] of value.entries) {
    if (field.kind === 'null') continue;
    const key = name.toLowerCase();
    const list = LIST_FIELDS[key];
    const principal = PRINCIPAL_FIELDS[key];
    const scalar = SCALAR_FIELDS[key];
    if (list !== undefined) entries.set(list, toTexts(field));
    else if (principal !== undefined) entries.set(principal, toPrincipals(field));
    else if (key === 'condition') entries.set('condition', toConditions(field));
    else entries.set(scalar ?? name, field);
  }
  return { ...value, type: OBJECT_TYPE, entries };
}

/** A text or a list of texts as a list; numbers and booleans as JSON writes them. */
function toTexts(value: Value): Value {
  switch (value.kind) {
    case 'list':
      return mapList(value, toText);
    case 'unknown':
      // An unknown of unknown type may be one text or several.
      return value.type.kind === 'string' ? listOf([value], value) : throughAlternatives(value, toTexts);
    default:
      return listOf([toText(value)], value);
  }
}

function toText(value: Value): Value {
  if (value.kind !== 'bool' && value.kind !== 'number') return value;
  return { ...stringValue(String(value.value), value.origin), sensitive: value.sensitive, refersTo: value.refersTo };
}

function toPrincipals(value: Value): Value {
  switch (value.kind) {
    case 'string':
      // `"Principal": "*"` is everyone; another bare text is not in the grammar, and the services take it for an AWS one.
      return listOf([principal(value.value === '*' ? '*' : 'AWS', listOf([value], value), value)], value);
    case 'object': {
      const principals = [...value.entries]
        .filter(([, identifiers]) => identifiers.kind !== 'null')
        .map(([type, identifiers]) => principal(type, toTexts(identifiers), identifiers));
      return { ...listOf(principals, value), ...(value.rest && { rest: { ...value.rest, element: undefined } }) };
    }
    case 'unknown':
      return throughAlternatives(value, toPrincipals);
    default:
      return value;
  }
}

function principal(type: string, identifiers: Value, at: Value): ObjectValue {
  const entries = new Map<string, Value>([
    ['type', stringValue(type, at.origin)],
    ['identifiers', identifiers],
  ]);
  return { kind: 'object', type: OBJECT_TYPE, entries, origin: at.origin };
}

function toConditions(value: Value): Value {
  if (value.kind === 'unknown') return throughAlternatives(value, toConditions);
  if (value.kind !== 'object') return value;
  const conditions: Value[] = [];
  let rest = value.rest;
  for (const [test, variables] of value.entries) {
    if (variables.kind === 'object') {
      rest ??= variables.rest;
      for (const [variable, values] of variables.entries) conditions.push(condition(test, variable, values));
    } else if (variables.kind === 'unknown') rest ??= { reason: variables.reason, subject: variables.subject };
    // IAM takes no operator without keys: what it would restrict is not known.
    else rest ??= { reason: 'invalid-value', subject: test };
  }
  return { ...listOf(conditions, value), ...(rest && { rest: { ...rest, element: undefined } }) };
}

function condition(test: string, variable: string, values: Value): ObjectValue {
  const entries = new Map<string, Value>([
    ['test', stringValue(test, values.origin)],
    ['variable', stringValue(variable.toLowerCase(), values.origin)],
    ['values', toTexts(values)],
  ]);
  return { kind: 'object', type: OBJECT_TYPE, entries, origin: values.origin };
}

function listOf(elements: readonly Value[], at: Value): ListValue {
  return { kind: 'list', type: LIST_TYPE, elements, origin: at.origin };
}

function mapList(list: ListValue, convert: (value: Value) => Value): ListValue {
  const rest = list.rest?.element === undefined ? list.rest : { ...list.rest, element: convert(list.rest.element) };
  return { ...list, type: LIST_TYPE, elements: list.elements.map(convert), ...(rest && { rest }) };
}
