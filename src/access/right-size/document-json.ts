import { elementsOf, fieldOf } from '../../iam/index.js';
import { originChain } from '../../model/resource.js';
import type { Value } from '../../model/value.js';
import { keyName } from '../global-keys.js';
import { shown, shownList } from '../shown-text.js';
import type { NewStatement } from './build-document.js';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };
type JsonObject = { readonly [name: string]: Json };

interface WrittenStatement extends Omit<NewStatement, 'source'> {
  readonly source: Pick<NewStatement['source'], 'value'>;
}

/** A document as IAM's JSON. */
export interface DocumentJson {
  readonly json: JsonObject;
  /** The text has parts that are not known here: `${var.team}` stands for them. */
  readonly hasUnknown: boolean;
}

/**
 * The document as JSON: statements that stay, and all of the others but actions, resources and Sids, as they are written where
 * they are written as JSON; else in the order of IAM's grammar.
 */
export function toDocumentJson(document: Value, statements: readonly WrittenStatement[]): DocumentJson {
  const made = statements.map(toStatementJson);
  const entry = (name: string): Json | undefined => {
    const value = document.kind === 'object' ? document.entries.get(name) : undefined;
    return value === undefined || value.kind === 'null' ? undefined : shown(value);
  };
  const [version, id] = [entry('version'), entry('id')];
  const json = {
    ...(version === undefined ? {} : { Version: version }),
    ...(id === undefined ? {} : { Id: id }),
    Statement: made,
  };
  return { json, hasUnknown: statements.some(({ value }) => hasUnknown(value)) };
}

/** How large a document is by IAM's quotas: its characters without white space. */
export function sizeOf({ json }: DocumentJson): number {
  return JSON.stringify(json).replace(/\s/g, '').length;
}

function toStatementJson({ source, part, sid, value }: WrittenStatement): JsonObject {
  const written = writtenJson(source.value);
  if (written === undefined) return fromValue(value);
  if (part === undefined) return written;
  const [actions, resources] = [oneOrMany(part.actions), oneOrMany(shownList(fieldOf(value, 'resources')))];
  const hasResources = fieldOf(value, 'resources') !== undefined;
  const json: Record<string, Json> = {};
  const hasSid = Object.keys(written).some((name) => name.toLowerCase() === 'sid');
  if (!hasSid && sid !== null) json['Sid'] = sid;
  for (const [name, field] of Object.entries(written)) {
    const key = name.toLowerCase();
    if (key === 'action' || key === 'notaction') json[key === 'action' ? name : 'Action'] = actions;
    else if (key === 'resource') json[name] = resources;
    else if (key === 'notresource' && hasResources) json['Resource'] = resources;
    else json[name] = key === 'sid' && sid !== null ? sid : field;
  }
  return json;
}

/** The statement as it is written, where that is JSON. */
function writtenJson({ origin }: Value): JsonObject | undefined {
  const place = origin === undefined ? undefined : originChain(origin).at(-1);
  if (place === undefined) return undefined;
  const text = place.file.text.slice(place.start, place.end);
  // In Terraform's texts these are templates.
  if (!text.startsWith('{') || (/\.tf$/.test(place.file.path) && /[$%]\{/.test(text))) return undefined;
  try {
    const json: unknown = JSON.parse(text);
    const isStatement = isObject(json) && Object.keys(json).some((name) => name.toLowerCase() === 'effect');
    return isStatement ? json : undefined;
  } catch {
    return undefined;
  }
}

function isObject(json: unknown): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

const FIELDS = [
  ['sid', 'Sid'],
  ['effect', 'Effect'],
  ['actions', 'Action'],
  ['not_actions', 'NotAction'],
  ['resources', 'Resource'],
  ['not_resources', 'NotResource'],
] as const;

function fromValue(statement: Value): JsonObject {
  const json: Record<string, Json> = {};
  for (const [field, name] of FIELDS) {
    const value = fieldOf(statement, field);
    if (value === undefined || (value.kind === 'list' && value.elements.length === 0)) continue;
    json[name] = value.kind === 'list' ? oneOrMany(shownList(value)) : shown(value);
  }
  json['Effect'] ??= 'Allow';
  const conditions = conditionsOf(statement);
  return conditions === undefined ? json : { ...json, Condition: conditions };
}

function conditionsOf(statement: Value): JsonObject | undefined {
  const { elements } = elementsOf(fieldOf(statement, 'condition'));
  if (elements.length === 0) return undefined;
  const json: Record<string, Record<string, Json>> = {};
  for (const { value } of elements) {
    const [test, variable] = (['test', 'variable'] as const).map((name) => textIn(value, name));
    const tests = json[test ?? ''] ?? {};
    tests[keyName(variable ?? '')] = oneOrMany(shownList(fieldOf(value, 'values')));
    json[test ?? ''] = tests;
  }
  return json;
}

function textIn(value: Value, name: 'test' | 'variable'): string {
  const field = fieldOf(value, name);
  return field === undefined ? '' : shown(field);
}

function oneOrMany(texts: readonly string[]): Json {
  const [only, ...others] = texts;
  return only !== undefined && others.length === 0 ? only : texts;
}

function hasUnknown(value: Value): boolean {
  if (value.kind === 'unknown') return true;
  if (value.kind === 'list') return value.rest !== undefined || value.elements.some(hasUnknown);
  return value.kind === 'object' && (value.rest !== undefined || [...value.entries.values()].some(hasUnknown));
}
