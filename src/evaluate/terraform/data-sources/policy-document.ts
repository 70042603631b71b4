import { DYNAMIC, STRING } from '../../../model/type.js';
import type { ObjectValue, Rest, UnknownValue, Value } from '../../../model/value.js';
import { isWhollyKnown, originAt, stringValue } from '../../../model/values.js';
import type { Diagnostic } from '../../../source/diagnostic.js';
import { headerOf } from '../configuration/declarations.js';
import type { ResourceInstance } from '../modules/resource-instance.js';
import { decodeJson, escapeJson } from '../values/json.js';
import { causeOf, unknownFrom } from '../values/unknown.js';
import {
  knownKeys,
  type Occurrence,
  objectFrom,
  occurrencesOf,
  sidOf,
  statementOf,
  toList,
} from './policy-statement.js';

type Report = (diagnostic: Diagnostic) => void;

/**
 * The document of an `aws_iam_policy_document` as AWS reads it, and its text. Its attributes keep the places at which they
 * are written. Follows the provider: lists of actions, resources and identifiers come out in descending order, one element
 * as a text; statements of sources first, overrides replace the statement with their Sid.
 */
export function policyDocumentJson(instance: ResourceInstance, isIndented: boolean, report: Report): Value | undefined {
  const values = instance.values();
  if (values === undefined) return undefined;
  const document = documentOf(values, report);
  const origin = values.origin ?? originAt(headerOf(instance.declaration), 'data');
  if (!isWhollyKnown(document)) {
    const unknown: UnknownValue = {
      ...unknownFrom([document], STRING, { notNull: true, encoded: document }),
      refersTo: undefined,
    };
    return { ...unknown, identity: `${instance.host.root}\0${instance.address}.json`, origin };
  }
  const text = renderDocument(document, isIndented);
  return { ...stringValue(text, origin), encoded: document };
}

interface Statements {
  readonly list: { value: Value; existence: Occurrence['existence']; cause: Occurrence['cause'] }[];
  rest: Rest | undefined;
}

function documentOf(values: ObjectValue, report: Report): ObjectValue {
  const statements: Statements = { list: [], rest: undefined };
  let id = values.entries.get('policy_id');
  for (const source of sourcesOf(values.entries.get('source_policy_documents'), statements)) {
    const document = mergeDocument(source, statements, report);
    if (id === undefined || id.kind === 'null') id = document?.entries.get('Id');
  }
  mergeOwn(values.entries.get('statement'), statements);
  for (const override of sourcesOf(values.entries.get('override_policy_documents'), statements)) {
    const document = mergeDocument(override, statements, report);
    if (document === undefined && override.value.kind === 'unknown') doubtNamed(statements, override.value);
  }
  const version = values.entries.get('version');
  const entries: [string, Value][] = [
    ['Version', version === undefined || version.kind === 'null' ? stringValue('2012-10-17') : version],
  ];
  if (id !== undefined && id.kind !== 'null') entries.push(['Id', id]);
  const { list, rest } = statements;
  if (list.length > 0 || rest !== undefined)
    entries.push(['Statement', toList(list, { type: { kind: 'list', element: DYNAMIC }, rest })]);
  return objectFrom(entries, values);
}

/** The documents of a list; what is not known of it makes the statements open. */
function sourcesOf(value: Value | undefined, statements: Statements): readonly Occurrence[] {
  if (value?.kind === 'unknown') open(statements, value);
  if (value?.kind === 'list' && value.rest !== undefined) open(statements, value.rest);
  return occurrencesOf(value);
}

function open(statements: Statements, { reason, subject }: Rest): void {
  statements.rest ??= { reason, subject };
}

/** The statement blocks of the data source itself. */
function mergeOwn(blocks: Value | undefined, statements: Statements): void {
  if (blocks?.kind === 'unknown') open(statements, blocks);
  const own = occurrencesOf(blocks).map((entry) => ({ ...entry, value: statementOf(entry.value) }));
  merge(own, statements);
  if (blocks?.kind !== 'list' || blocks.rest === undefined) return;
  const { element } = blocks.rest;
  // What such statements look like must not be lost where the document is open for another reason too.
  if (element === undefined) open(statements, blocks.rest);
  else merge([{ value: statementOf(element), existence: 'any-number' }], statements);
}

/** Puts statements in: one with the Sid of one that is there takes its place. */
function merge(incoming: readonly Occurrence[], { list }: Statements): void {
  const present = list.length;
  for (const { value, existence, cause } of incoming) {
    const sid = sidOf(value);
    let isPlaced = false;
    for (const entry of sid === null ? [] : list.slice(0, present)) {
      const other = sidOf(entry.value);
      if (other === null || (sid !== undefined && other !== undefined && sid !== other)) continue;
      if (sid === undefined || other === undefined || existence !== undefined || entry.existence !== undefined) {
        // Perhaps it is replaced.
        entry.existence ??= 'perhaps';
        entry.cause ??= cause ?? causeOf(value);
      } else {
        entry.value = value;
        isPlaced = true;
      }
    }
    if (!isPlaced) list.push({ value, existence, cause });
  }
}

/** An override that is not known may replace every statement with a Sid. */
function doubtNamed({ list }: Statements, { reason, subject }: UnknownValue): void {
  for (const entry of list) {
    if (sidOf(entry.value) === null) continue;
    entry.existence ??= 'perhaps';
    entry.cause ??= { reason, subject };
  }
}

/** Merges a document that is given as text; undefined where it is none, or not known. */
function mergeDocument(source: Occurrence, statements: Statements, report: Report): ObjectValue | undefined {
  const { value, existence } = source;
  const document = decodeDocument(value, report);
  if (document !== undefined) {
    merge(statementsOf(document, source, statements), statements);
    return existence === undefined ? document : undefined;
  }
  if (value.kind !== 'unknown') return undefined;
  const { alternatives } = value;
  if (alternatives === undefined) open(statements, value);
  for (const alternative of alternatives ?? []) {
    if (alternative.kind !== 'absent')
      mergeDocument({ value: alternative, existence: 'perhaps', cause: value }, statements, report);
  }
  return undefined;
}

function decodeDocument(source: Value, report: Report): ObjectValue | undefined {
  if ((source.kind === 'string' || source.kind === 'unknown') && source.encoded?.kind === 'object')
    return source.encoded;
  if (source.kind !== 'string' || source.value === '') return undefined;
  const decoded = decodeJson(source.value);
  if (decoded.ok && decoded.value.kind === 'object') return decoded.value;
  const { origin } = source;
  if (origin !== undefined) {
    report({
      code: 'terraform-invalid-value',
      message: 'The policy document is not a JSON object.',
      range: { file: origin.file, start: origin.start, end: origin.end },
    });
  }
  return undefined;
}

/** The statements of a document; an object stands for one. Those of a document that is perhaps not there perhaps are not. */
function statementsOf(document: ObjectValue, source: Occurrence, statements: Statements): readonly Occurrence[] {
  const value = document.entries.get('Statement');
  if (value?.kind === 'object') return [{ ...source, value: knownKeys(value) }];
  if (value?.kind === 'unknown') open(statements, value);
  if (value?.kind === 'list' && value.rest !== undefined) statements.rest ??= value.rest;
  return occurrencesOf(value).map((own) => {
    const { existence, cause } = own.existence === undefined ? source : own;
    return { value: knownKeys(own.value), existence, cause };
  });
}

/** The document's text: two spaces a level, or none at all. */
function renderDocument(value: Value, isIndented: boolean, depth = 0): string {
  const [line, inner, colon] = isIndented
    ? [`\n${'  '.repeat(depth)}`, `\n${'  '.repeat(depth + 1)}`, ': ']
    : ['', '', ':'];
  switch (value.kind) {
    case 'list':
      if (value.elements.length === 0) return '[]';
      return `[${value.elements.map((element) => `${inner}${renderDocument(element, isIndented, depth + 1)}`).join(',')}${line}]`;
    case 'object':
      if (value.entries.size === 0) return '{}';
      return `{${[...value.entries].map(([key, entry]) => `${inner}${quote(key)}${colon}${renderDocument(entry, isIndented, depth + 1)}`).join(',')}${line}}`;
    case 'string':
      return quote(value.value);
    case 'null':
    case 'unknown':
      return 'null';
    default:
      return String(value.value);
  }
}

function quote(text: string): string {
  return `"${escapeJson(text)}"`;
}
