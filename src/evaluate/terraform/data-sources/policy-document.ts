import { DYNAMIC, STRING } from '../../../model/type.js';
import type { ElementExistence, ListValue, ObjectValue, Rest, UnknownValue, Value } from '../../../model/value.js';
import { isWhollyKnown, stringValue, unknownValue } from '../../../model/values.js';
import { compareText } from '../../../source/compare-text.js';
import type { Diagnostic } from '../../../source/diagnostic.js';
import type { ResourceInstance } from '../modules/resource-instance.js';
import { decodeJson, escapeJson } from '../values/json.js';
import { unknownFrom } from '../values/unknown.js';

/**
 * The document of an `aws_iam_policy_document` as AWS reads it, and its text. Its attributes keep the places at which they
 * are written. Follows the provider: lists of actions, resources and identifiers come out in descending order, one element
 * as a text; statements of sources first, overrides replace the statement with their Sid.
 */
export function policyDocumentJson(
  instance: ResourceInstance,
  isIndented: boolean,
  report: (diagnostic: Diagnostic) => void,
): Value | undefined {
  const values = instance.values();
  if (values === undefined) return undefined;
  const document = documentOf(values, report);
  const origin = values.origin ?? {
    file: instance.declaration.file,
    start: instance.declaration.block.header.start,
    end: instance.declaration.block.header.end,
    step: 'data' as const,
  };
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
  readonly list: { value: Value; existence: ElementExistence | undefined }[];
  rest: Rest | undefined;
}

function documentOf(values: ObjectValue, report: (diagnostic: Diagnostic) => void): ObjectValue {
  const statements: Statements = { list: [], rest: undefined };
  let id = values.entries.get('policy_id');
  for (const source of listOf(values.entries.get('source_policy_documents'), statements))
    id = mergeSource(source, statements, id, report);
  const own = values.entries.get('statement');
  for (const block of listOf(own, statements)) merge(statementOf(block), statements);
  if (own?.kind === 'list' && own.rest !== undefined)
    statements.rest ??= { ...own.rest, element: own.rest.element && statementOf(own.rest.element) };
  for (const override of listOf(values.entries.get('override_policy_documents'), statements))
    mergeOverride(override, statements, report);
  const version = values.entries.get('version');
  const entries: [string, Value][] = [
    ['Version', version === undefined || version.kind === 'null' ? stringValue('2012-10-17') : version],
  ];
  if (id !== undefined && id.kind !== 'null') entries.push(['Id', id]);
  if (statements.list.length > 0 || statements.rest !== undefined) entries.push(['Statement', toList(statements)]);
  return objectFrom(entries, values);
}

function objectFrom(entries: readonly (readonly [string, Value])[], place?: Value): ObjectValue {
  return {
    kind: 'object',
    type: { kind: 'object', attributes: new Map(entries.map(([name]) => [name, DYNAMIC])) },
    entries: new Map(entries),
    origin: place?.origin,
  };
}

function toList({ list, rest }: Statements): ListValue {
  const existence = new Map<number, ElementExistence>();
  for (const [index, entry] of list.entries()) if (entry.existence !== undefined) existence.set(index, entry.existence);
  return {
    kind: 'list',
    type: { kind: 'list', element: DYNAMIC },
    elements: list.map(({ value }) => value),
    existence: existence.size > 0 ? existence : undefined,
    rest,
  };
}

/** The elements of a list; one that is not known makes the statements open. */
function listOf(value: Value | undefined, statements: Statements): readonly Value[] {
  if (value === undefined || value.kind === 'null') return [];
  if (value.kind === 'unknown') {
    statements.rest ??= { reason: value.reason, subject: value.subject };
    return [];
  }
  return value.kind === 'list' ? value.elements : [];
}

function merge(statement: Value, { list }: Statements): void {
  const sid = sidOf(statement);
  const present = sid === undefined ? -1 : list.findIndex(({ value }) => sidOf(value) === sid);
  if (present === -1) list.push({ value: statement, existence: undefined });
  else list[present] = { value: statement, existence: undefined };
}

function sidOf(statement: Value): string | undefined {
  const sid = statement.kind === 'object' ? statement.entries.get('Sid') : undefined;
  return sid?.kind === 'string' && sid.value !== '' ? sid.value : undefined;
}

function mergeSource(
  source: Value,
  statements: Statements,
  id: Value | undefined,
  report: (diagnostic: Diagnostic) => void,
): Value | undefined {
  const document = decodeDocument(source, report);
  if (document === undefined) {
    if (source.kind === 'unknown') statements.rest ??= { reason: source.reason, subject: source.subject };
    return id;
  }
  for (const statement of statementsOf(document, statements)) merge(statement, statements);
  return id === undefined || id.kind === 'null' ? document.entries.get('Id') : id;
}

function mergeOverride(source: Value, statements: Statements, report: (diagnostic: Diagnostic) => void): void {
  const document = decodeDocument(source, report);
  if (document !== undefined) {
    for (const statement of statementsOf(document, statements)) merge(statement, statements);
    return;
  }
  if (source.kind !== 'unknown') return;
  // It may replace every statement with a Sid.
  for (const entry of statements.list) if (sidOf(entry.value) !== undefined) entry.existence = 'perhaps';
  statements.rest ??= { reason: source.reason, subject: source.subject };
}

function decodeDocument(source: Value, report: (diagnostic: Diagnostic) => void): ObjectValue | undefined {
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

function statementsOf(document: ObjectValue, statements: Statements): readonly Value[] {
  const value = document.entries.get('Statement');
  if (value?.kind === 'object') return [value];
  if (value?.kind === 'list') {
    if (value.rest !== undefined) statements.rest ??= value.rest;
    return value.elements;
  }
  if (value?.kind === 'unknown') statements.rest ??= { reason: value.reason, subject: value.subject };
  return [];
}

/** One `statement` block as AWS writes it. */
function statementOf(block: Value): Value {
  if (block.kind !== 'object') return block;
  const field = (name: string) => {
    const value = block.entries.get(name);
    return value === undefined || value.kind === 'null' ? undefined : value;
  };
  const entries: [string, Value][] = [];
  const sid = field('sid');
  if (sid !== undefined && !(sid.kind === 'string' && sid.value === '')) entries.push(['Sid', sid]);
  entries.push(['Effect', field('effect') ?? stringValue('Allow', block.origin)]);
  for (const [name, key] of [
    ['actions', 'Action'],
    ['not_actions', 'NotAction'],
    ['resources', 'Resource'],
    ['not_resources', 'NotResource'],
  ] as const) {
    const value = textsOf(field(name));
    if (value !== undefined) entries.push([key, value]);
  }
  for (const [name, key] of [
    ['principals', 'Principal'],
    ['not_principals', 'NotPrincipal'],
  ] as const) {
    const value = principalsOf(field(name));
    if (value !== undefined) entries.push([key, value]);
  }
  const condition = conditionsOf(field('condition'));
  if (condition !== undefined) entries.push(['Condition', condition]);
  return objectFrom(entries, block);
}

/** A set of texts: in descending order; one alone as a text; undefined for none. */
function textsOf(value: Value | undefined): Value | undefined {
  if (value === undefined) return undefined;
  if (value.kind !== 'list') return value;
  if (value.elements.length === 0 && value.rest === undefined) return undefined;
  const elements = value.elements.map(withVariables).sort(descending);
  return single({ ...value, elements, type: { kind: 'list', element: STRING } });
}

function single(list: ListValue): Value {
  const [only] = list.elements;
  const isOne = list.elements.length === 1 && list.rest === undefined && list.existence === undefined;
  return isOne && only !== undefined ? { ...only, origin: only.origin ?? list.origin } : list;
}

function descending(a: Value, b: Value): number {
  return a.kind === 'string' && b.kind === 'string' ? compareText(b.value, a.value) : 0;
}

/** `&{aws:username}` stands for `${aws:username}`, which would be Terraform's own. */
function withVariables(value: Value): Value {
  if (value.kind === 'string')
    return value.value.includes('&{') ? { ...value, value: value.value.replaceAll('&{', '${') } : value;
  if (value.kind !== 'unknown' || value.parts === undefined) return value;
  return {
    ...value,
    parts: value.parts.map((part) => (typeof part === 'string' ? part.replaceAll('&{', '${') : part)),
  };
}

function principalsOf(value: Value | undefined): Value | undefined {
  if (value === undefined) return undefined;
  if (value.kind !== 'list') return value;
  const byType = new Map<string, Value[]>();
  let rest = value.rest;
  for (const principal of value.elements) {
    const type = principal.kind === 'object' ? principal.entries.get('type') : undefined;
    const identifiers = principal.kind === 'object' ? principal.entries.get('identifiers') : undefined;
    if (type?.kind !== 'string' || identifiers === undefined) {
      rest ??= {
        reason: type?.kind === 'unknown' ? type.reason : 'invalid-value',
        subject: type?.kind === 'unknown' ? type.subject : undefined,
      };
      continue;
    }
    byType.set(type.value, [...(byType.get(type.value) ?? []), identifiers]);
  }
  if (byType.size === 0 && rest === undefined) return undefined;
  const entries = [...byType]
    .sort(([a], [b]) => compareText(a, b))
    .map(([type, lists]): [string, Value] => [type, joined(lists, true)]);
  const [everyone] = entries;
  if (
    entries.length === 1 &&
    rest === undefined &&
    everyone?.[0] === '*' &&
    everyone[1].kind === 'string' &&
    everyone[1].value === '*'
  )
    return everyone[1];
  return { ...objectFrom(entries, value), rest };
}

/** Lists one after the other, as one. */
function joined(lists: readonly Value[], isSorted: boolean): Value {
  const [first] = lists;
  const elements: Value[] = [];
  let rest: Rest | undefined;
  for (const list of lists) {
    if (list.kind === 'list') {
      elements.push(...list.elements.map(withVariables));
      rest ??= list.rest;
    } else if (list.kind === 'unknown') {
      if (lists.length === 1) return list;
      rest ??= { reason: list.reason, subject: list.subject };
    }
  }
  if (isSorted) elements.sort(descending);
  return single({ kind: 'list', type: { kind: 'list', element: STRING }, elements, rest, origin: first?.origin });
}

function conditionsOf(value: Value | undefined): Value | undefined {
  if (value === undefined) return undefined;
  if (value.kind !== 'list') return value;
  const tests = new Map<string, Map<string, Value[]>>();
  let rest = value.rest;
  for (const condition of value.elements) {
    const field = (name: string) => (condition.kind === 'object' ? condition.entries.get(name) : undefined);
    const [test, variable, values] = [field('test'), field('variable'), field('values')];
    if (test?.kind !== 'string' || variable?.kind !== 'string' || values === undefined) {
      const cause =
        [test, variable, values].find((part): part is UnknownValue => part?.kind === 'unknown') ??
        unknownValue('invalid-value');
      rest ??= { reason: cause.reason, subject: cause.subject };
      continue;
    }
    const variables = tests.get(test.value) ?? new Map<string, Value[]>();
    const key = variable.value.replaceAll('&{', '${');
    variables.set(key, [...(variables.get(key) ?? []), values]);
    tests.set(test.value, variables);
  }
  if (tests.size === 0 && rest === undefined) return undefined;
  const sorted = <T>(map: ReadonlyMap<string, T>) => [...map].sort(([a], [b]) => compareText(a, b));
  const entries = sorted(tests).map(([test, variables]): [string, Value] => [
    test,
    objectFrom(
      sorted(variables).map(([variable, lists]) => [variable, joined(lists, false)]),
      value,
    ),
  ]);
  return { ...objectFrom(entries, value), rest };
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
      return 'null';
    case 'unknown':
      return 'null';
    default:
      return String(value.value);
  }
}

function quote(text: string): string {
  return `"${escapeJson(text)}"`;
}
