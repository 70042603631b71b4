import { REPEATED } from './graph/record-links.js';
import type { RawResource } from './model/raw-resource.js';
import { SecretNotes, type Secrets } from './model/secret-notes.js';
import type { Value } from './model/value.js';
import type { Reading } from './read-project.js';
import type { ReadingOptions } from './reading-options.js';
import { providerSchemas } from './schemas/provider-schemas.js';
import type { BlockSchema } from './schemas/schema.js';
import { visitSecretsByName } from './secret-names.js';
import { decodeUtf8 } from './source/decode-utf8.js';

/** What no report shows: what the configuration or a provider calls sensitive, and what the environment gives to variables. */
export function collectSecrets(
  { evaluation, graph }: Pick<Reading, 'evaluation' | 'graph'>,
  environment: ReadingOptions['environment'],
): Secrets {
  const notes = new SecretNotes();
  notes.add(evaluation.secrets);
  for (const resource of evaluation.resources) noteResource(resource, notes);
  for (const text of notes.secrets().texts) addInner(text, notes, 0);
  for (const value of graph.sensitive) addDerived(value, true, notes);
  for (const { type, values, language } of graph.resources.values()) {
    // In a manifest nothing is made of anything else, but for what a secret holds in two forms.
    if (language === 'kubernetes' && type !== 'kubernetes/v1/Secret') continue;
    if (language === 'kubernetes') addDerived(values, false, notes);
    else for (const name of REPEATED) addDerivedIn(values.entries.get(name), notes);
  }
  for (const [name, text] of Object.entries(environment)) {
    if (name.startsWith('TF_VAR_') && text !== undefined) addEnvironment(text, notes);
  }
  return notes.secrets();
}

/** The raw text, for a variable that nothing declares or reads; of a list or a map of texts each of them is one. */
function addEnvironment(text: string, notes: SecretNotes): void {
  notes.addText(text);
  if (/^\s*[[{]/.test(text)) for (const [, part = ''] of text.matchAll(/"((?:[^"\\]|\\.)*)"/g)) notes.addText(part);
}

function noteResource(resource: RawResource, notes: SecretNotes): void {
  const { type, mode, values } = resource;
  const schema = mode === 'data' ? providerSchemas.dataSource(type) : providerSchemas.resource(type);
  if (schema !== undefined) noteAttributes(values, schema, notes);
  else
    visitSecretsByName(resource, (value) => {
      if (isOwn(value)) notes.note(value);
    });
}

/** What another resource's attribute holds is shown there, or hidden there. */
function isOwn({ refersTo }: Value): boolean {
  return refersTo === undefined || refersTo.length === 0;
}

/** A word (the name of a user, of an engine) stands in clear wherever it is used. */
const WORD = /^[A-Za-z][A-Za-z-]*$/;

/** SAFETY: how deep secrets are looked for in secrets. */
const maxDepth = 3;

/** The texts in a secret that is a JSON document, and what a secret in base64 stands for. */
function addInner(text: string, notes: SecretNotes, depth: number): void {
  if (depth >= maxDepth) return;
  const inner = /^\s*[[{]/.test(text) ? textsIn(text) : decoded(text);
  for (const one of inner) {
    if (WORD.test(one)) continue;
    notes.addText(one);
    addInner(one, notes, depth + 1);
  }
}

/** SAFETY: a longer text is no credential. */
const maxDocumentCharacters = 100_000;

function textsIn(text: string): string[] {
  if (text.length > maxDocumentCharacters) return [];
  const texts: string[] = [];
  try {
    JSON.parse(text, (_, value: unknown) => {
      if (typeof value === 'string' || typeof value === 'number') texts.push(String(value));
    });
  } catch {
    // It only begins like a document, or is too deep to be one.
    return [];
  }
  return texts;
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4}){2,}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function decoded(text: string): string[] {
  if (text.length > maxDocumentCharacters || !BASE64.test(text)) return [];
  const bytes = Buffer.from(text, 'base64');
  const plain = decodeUtf8(bytes);
  return plain === undefined || /[\u0000-\u0008\u000e-\u001f]/.test(plain) ? [] : [plain.trim()];
}

/** What the provider's schema calls sensitive. */
function noteAttributes(value: Value, schema: BlockSchema, notes: SecretNotes): void {
  if (value.kind !== 'object') return;
  for (const [name, entry] of value.entries) {
    const attribute = schema.attributes.get(name);
    const block = schema.blocks.get(name)?.block;
    if ((attribute?.isSensitive === true || attribute?.isWriteOnly === true) && isOwn(entry)) notes.note(entry);
    if (block === undefined || entry.kind !== 'list') continue;
    for (const element of entry.elements) noteAttributes(element, block, notes);
  }
}

/** What is made of a secret is as long as one; what a secret merely decides is a word of the configuration (`Enabled`). */
const MIN_DERIVED_LENGTH = 16;

function addDerivedIn(value: Value | undefined, notes: SecretNotes): void {
  if (value !== undefined) addDerived(value, false, notes);
}

/** Texts of one line that are sensitive in the graph: what a secret was made part of, or encoded as. */
function addDerived(value: Value, isInside: boolean, notes: SecretNotes): void {
  const isSensitive = isInside || value.sensitive === true;
  if (value.kind === 'string') {
    const isDerived = isSensitive && value.value.length >= MIN_DERIVED_LENGTH && !value.value.includes('\n');
    if (isDerived && (value.refersTo === undefined || value.refersTo.length === 0)) notes.addText(value.value);
  } else if (value.kind === 'list') for (const element of value.elements) addDerived(element, isSensitive, notes);
  else if (value.kind === 'object') for (const entry of value.entries.values()) addDerived(entry, isSensitive, notes);
}
