import type { Value } from '../model/value.js';

/** SAFETY: longer texts stay encoded. */
const maxEncodedLength = 1_000_000;

/** The text that a base64 text stands for. What is no such text, or stands for no text, stays as it is. */
export function decodeBase64(value: Value): Value {
  if (value.kind === 'unknown') {
    // What is encoded is known apart from its text.
    return value.encoded?.kind === 'string' || value.encoded?.kind === 'unknown' ? value.encoded : value;
  }
  if (value.kind !== 'string') return value;
  if (value.encoded?.kind === 'string') return value.encoded;
  const text = value.value;
  if (text.length > maxEncodedLength || text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return value;
  const decoded = Buffer.from(text, 'base64').toString('utf8');
  const isText = Buffer.from(decoded, 'utf8').toString('base64') === text;
  return isText ? { ...value, value: decoded, layout: undefined } : value;
}
