import type { SecretNotes } from '../../model/secret-notes.js';
import type { ObjectValue, Value } from '../../model/value.js';
import { objectValue, stringValue, unknownValue } from '../../model/values.js';

/** What the server stores of a Secret: `stringData` over `data`, in base64, all of it secret. */
export function storeSecret(values: ObjectValue, secrets: SecretNotes): ObjectValue {
  const data = values.entries.get('data');
  const texts = values.entries.get('stringData');
  const stored = new Map<string, Value>();
  for (const [key, value] of data?.kind === 'object' ? data.entries : []) {
    const hidden = hide(value);
    secrets.note(hidden);
    notePlainText(hidden, secrets);
    stored.set(key, hidden);
  }
  for (const [key, value] of texts?.kind === 'object' ? texts.entries : []) {
    const hidden = hide(value);
    secrets.note(hidden);
    stored.set(key, encode(hidden));
  }
  const entries = new Map(values.entries);
  entries.delete('stringData');
  const whole = [data, texts].find((value) => value?.kind === 'unknown');
  const rest =
    whole?.kind === 'unknown'
      ? { reason: whole.reason, subject: whole.subject }
      : [data, texts]
          .map((value) => (value?.kind === 'object' ? value.rest : undefined))
          .find((one) => one !== undefined);
  if (data !== undefined || texts !== undefined) {
    const origin = data?.origin ?? texts?.origin;
    entries.set('data', objectValue(values.type, stored, origin, rest));
  }
  return objectValue(values.type, entries, values.origin, values.rest);
}

function hide(value: Value): Value {
  return { ...value, sensitive: true };
}

function encode(value: Value): Value {
  if (value.kind !== 'string')
    return value.kind === 'unknown' ? { ...value, parts: undefined } : unknownValue('invalid-value');
  const encoded = stringValue(Buffer.from(value.value, 'utf8').toString('base64'), value.origin);
  return hide(encoded);
}

/** SAFETY: a longer text is looked for in no report. */
const maxPlainCharacters = 10_000;

/** A word (the name of a user, of a database) stands in clear wherever it is used. */
const WORD = /^[A-Za-z][A-Za-z-]*$/;

/** The text that the base64 stands for is as secret as the base64, unless it is a mere word. */
function notePlainText(value: Value, secrets: SecretNotes): void {
  if (value.kind !== 'string' || value.value.length > maxPlainCharacters) return;
  const text = Buffer.from(value.value, 'base64').toString('utf8');
  if (!WORD.test(text) && !/[\u0000-\u0008\u000e-\u001f\ufffd]/.test(text)) secrets.addText(text.trim());
}
