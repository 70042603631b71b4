import { REPEATED } from './graph/record-links.js';
import type { RawResource } from './model/raw-resource.js';
import { SecretNotes, type Secrets } from './model/secret-notes.js';
import type { Value } from './model/value.js';
import type { Reading } from './read-project.js';
import type { ReadingOptions } from './reading-options.js';
import { providerSchemas } from './schemas/provider-schemas.js';
import type { BlockSchema } from './schemas/schema.js';

/** What no report shows: what the configuration or a provider calls sensitive, and what the environment gives to variables. */
export function collectSecrets(
  { evaluation, graph }: Pick<Reading, 'evaluation' | 'graph'>,
  environment: ReadingOptions['environment'],
): Secrets {
  const notes = new SecretNotes();
  notes.add(evaluation.secrets);
  for (const resource of evaluation.resources) noteResource(resource, notes);
  for (const { key, values, language } of graph.resources.values()) {
    // In a manifest nothing is made of anything else.
    if (language === 'kubernetes') continue;
    if (graph.sensitive.has(key)) addDerived(values, false, notes);
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

function noteResource({ type, mode, values }: RawResource, notes: SecretNotes): void {
  const schema = mode === 'data' ? providerSchemas.dataSource(type) : providerSchemas.resource(type);
  if (schema !== undefined) noteAttributes(values, schema, notes);
}

/** What the provider's schema calls sensitive. */
function noteAttributes(value: Value, schema: BlockSchema, notes: SecretNotes): void {
  if (value.kind !== 'object') return;
  for (const [name, entry] of value.entries) {
    const attribute = schema.attributes.get(name);
    const block = schema.blocks.get(name)?.block;
    // What another resource's attribute holds is shown there, or hidden there.
    const isOwn = entry.refersTo === undefined || entry.refersTo.length === 0;
    if ((attribute?.isSensitive === true || attribute?.isWriteOnly === true) && isOwn) notes.note(entry);
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
