import type { SecretNotes } from '../../model/secret-notes.js';
import type { BlockSchema, ProviderSchemas } from '../../schemas/schema.js';
import type { SourceFile } from '../../source/source-file.js';
import type { JsonNode } from '../../syntax/json/ast.js';
import { parseJson } from '../../syntax/json/parse-json.js';
import type { ConfiguredModule, PlanConfiguration } from './configuration.js';
import type { Stretch } from './json-outline.js';
import type { JsonReading } from './json-reading.js';
import { elementOf, entriesOf, isRecord, memberOf, type Plain, parsePlain } from './plain.js';

/** Arguments of providers that hold credentials: their schemas are not known here. */
const CREDENTIAL =
  /password|passwd|secret|token|credential|private_?key|api_?key|access_?key|client_?key|license_?key|auth/i;

/** Notes every text in plain data. */
export function noteAll(value: Plain, secrets: SecretNotes): void {
  if (typeof value === 'string' || typeof value === 'number') secrets.addText(String(value));
  else if (Array.isArray(value)) for (const element of value) noteAll(element, secrets);
  else for (const [, entry] of entriesOf(value)) noteAll(entry, secrets);
}

/** The values of the root module's variables that are sensitive. */
export function noteVariables(root: ConfiguredModule, variables: Plain, secrets: SecretNotes): void {
  for (const [name, variable] of entriesOf(variables)) {
    if (memberOf(memberOf(root.variables, name), 'sensitive') === true) noteAll(memberOf(variable, 'value'), secrets);
  }
}

/** Outputs that are sensitive, before and after. */
export function noteOutputs(changes: Plain, secrets: SecretNotes): void {
  for (const [, change] of entriesOf(changes)) {
    for (const side of ['before', 'after']) {
      noteMasked(memberOf(change, side), memberOf(change, `${side}_sensitive`), secrets);
    }
  }
}

function noteMasked(value: Plain, mask: Plain, secrets: SecretNotes): void {
  if (mask === true) noteAll(value, secrets);
  else if (Array.isArray(mask))
    for (const [index, inner] of mask.entries()) noteMasked(elementOf(value, index), inner, secrets);
  else for (const [name, inner] of entriesOf(mask)) noteMasked(memberOf(value, name), inner, secrets);
}

/** What is written in clear: credentials of providers, sensitive arguments, defaults of and arguments for sensitive variables. */
export function noteConfiguration(
  { root, providers }: PlanConfiguration,
  schemas: ProviderSchemas,
  secrets: SecretNotes,
): void {
  for (const [, provider] of entriesOf(providers)) noteCredentials(memberOf(provider, 'expressions'), secrets);
  noteModule(root, schemas, secrets);
}

function noteCredentials(expressions: Plain, secrets: SecretNotes): void {
  for (const [name, expression] of entriesOf(expressions)) {
    if (CREDENTIAL.test(name)) noteConstants(expression, secrets);
    else if (Array.isArray(expression)) for (const block of expression) noteCredentials(block, secrets);
    else if (isRecord(expression) && memberOf(expression, 'constant_value') === undefined)
      noteCredentials(expression, secrets);
  }
}

/** Every constant of an expression, or of the blocks that stand there. */
function noteConstants(expression: Plain, secrets: SecretNotes): void {
  if (Array.isArray(expression)) for (const block of expression) noteConstants(block, secrets);
  else {
    for (const [name, value] of entriesOf(expression)) {
      if (name === 'constant_value') noteAll(value, secrets);
      else if (name !== 'references') noteConstants(value, secrets);
    }
  }
}

function noteModule(module: ConfiguredModule, schemas: ProviderSchemas, secrets: SecretNotes): void {
  for (const [address, { expressions }] of module.resources) {
    const isData = address.startsWith('data.');
    const type = address.split('.')[isData ? 1 : 0] ?? '';
    const schema = isData ? schemas.dataSource(type) : schemas.resource(type);
    if (schema !== undefined) noteExpressions(expressions, schema, secrets);
  }
  for (const [, variable] of entriesOf(module.variables)) {
    if (memberOf(variable, 'sensitive') === true) noteAll(memberOf(variable, 'default'), secrets);
  }
  for (const [, output] of entriesOf(module.outputs)) {
    if (memberOf(output, 'sensitive') === true) noteConstants(memberOf(output, 'expression'), secrets);
  }
  for (const call of module.calls.values()) {
    for (const [name, variable] of entriesOf(call.module.variables)) {
      if (memberOf(variable, 'sensitive') === true) noteConstants(memberOf(call.expressions, name), secrets);
    }
    noteModule(call.module, schemas, secrets);
  }
}

function noteExpressions(expressions: Plain, schema: BlockSchema, secrets: SecretNotes): void {
  for (const [name, expression] of entriesOf(expressions)) {
    const attribute = schema.attributes.get(name);
    const block = schema.blocks.get(name)?.block;
    if (attribute?.isSensitive === true || attribute?.isWriteOnly === true) noteConstants(expression, secrets);
    else if (block !== undefined)
      for (const one of Array.isArray(expression) ? expression : [expression]) noteExpressions(one, block, secrets);
  }
}

const sensitiveSchemas = new WeakMap<BlockSchema, boolean>();

/** Whether a type has anything that its provider calls sensitive. */
function hasSensitive(schema: BlockSchema): boolean {
  const known = sensitiveSchemas.get(schema);
  if (known !== undefined) return known;
  sensitiveSchemas.set(schema, false);
  const has =
    [...schema.attributes.values()].some(({ isSensitive, isWriteOnly }) => isSensitive || isWriteOnly) ||
    [...schema.blocks.values()].some(({ block }) => hasSensitive(block));
  sensitiveSchemas.set(schema, has);
  return has;
}

/** Secrets in values that are not judged: of what is deleted, replaced or was there before. */
export function noteMarked(marked: {
  readonly reading: JsonReading;
  readonly type: string;
  readonly mode: 'managed' | 'data';
  readonly value: Stretch | undefined;
  readonly marks: Stretch | undefined;
}): void {
  const { reading, type, mode, value, marks } = marked;
  const { text } = reading.source;
  if (value === undefined || text[value.start] !== '{') return;
  const schema = mode === 'data' ? reading.schemas.dataSource(type) : reading.schemas.resource(type);
  const isMarked = marks !== undefined && text.slice(marks.start, marks.end).includes('true');
  if (!isMarked && (schema === undefined || !hasSensitive(schema))) return;
  const node = parseJson(reading.source, value).root;
  const mask = marks === undefined ? undefined : parsePlain(text, marks.start, marks.end);
  if (node !== undefined) noteNode(node, mask, schema, reading);
}

/** Secrets of a resource that is not judged. */
export function noteResource(noted: {
  readonly reading: JsonReading;
  readonly type: string;
  readonly mode: 'managed' | 'data';
  readonly node: JsonNode | undefined;
  readonly mask: Plain;
}): void {
  const { reading, type, mode, node, mask } = noted;
  const schema = mode === 'data' ? reading.schemas.dataSource(type) : reading.schemas.resource(type);
  if (node !== undefined) noteNode(node, mask, schema, reading);
}

/** Secrets in a value that stands in no text. */
export function noteDecoded(node: JsonNode, mask: Plain, schema: BlockSchema | undefined, secrets: SecretNotes): void {
  noteNode(node, mask, schema, { secrets });
}

/** Where secrets go, and the text in which they stand. */
interface NotedIn {
  readonly secrets: SecretNotes;
  readonly source?: SourceFile | undefined;
}

function noteNode(node: JsonNode, mask: Plain, schema: BlockSchema | undefined, reading: NotedIn): void {
  if (mask === true) noteWhole(node, reading);
  else if (node.kind === 'array')
    for (const [index, element] of node.elements.entries()) noteNode(element, elementOf(mask, index), schema, reading);
  else if (node.kind === 'object') {
    for (const { key, value } of node.members) {
      const attribute = schema?.attributes.get(key);
      if (attribute?.isSensitive === true || attribute?.isWriteOnly === true) noteWhole(value, reading);
      else noteNode(value, memberOf(mask, key), schema?.blocks.get(key)?.block, reading);
    }
  }
}

function noteWhole(node: JsonNode, reading: NotedIn): void {
  const { secrets, source } = reading;
  if (node.kind === 'string' || node.kind === 'number') {
    secrets.addText(node.kind === 'string' ? node.value : node.text);
    if (source !== undefined) secrets.addRange({ file: source, start: node.start, end: node.end });
  } else if (node.kind === 'array') for (const element of node.elements) noteWhole(element, reading);
  else if (node.kind === 'object') for (const { value } of node.members) noteWhole(value, reading);
}
