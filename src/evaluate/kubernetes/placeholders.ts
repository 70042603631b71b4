import type { Type } from '../../model/type.js';
import { STRING } from '../../model/type.js';
import type { Origin, UnknownValue } from '../../model/value.js';
import { unknownValue } from '../../model/values.js';

/** What templates and substituting programs put a value into: `{{ .Values.x }}`, `${NAME}`, `$(NAME)`. */
const PLACEHOLDER = /\{\{[^{}]*(?:\}(?!\})[^{}]*)*\}\}|\$\{[^{}]*\}|\$\([A-Za-z_][\w.-]*\)/g;
/** A whole text. */
const VARIABLE = /^\$[A-Za-z_]\w*$/;

/** Whether a text may hold a placeholder; most hold neither sign. */
export function mayHoldPlaceholder(text: string): boolean {
  return text.includes('{{') || text.includes('$');
}

/** The text with its placeholders unknown and the rest known; undefined where it has none. */
export function toTemplate(text: string, origin: Origin, type: Type = STRING): UnknownValue | undefined {
  if (VARIABLE.test(text)) return placeholder(text, origin, type);
  const parts: (string | UnknownValue)[] = [];
  let end = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    if (match.index > end) parts.push(text.slice(end, match.index));
    parts.push(placeholder(match[0], origin, STRING));
    end = match.index + match[0].length;
  }
  const [first] = parts;
  if (first === undefined) return undefined;
  if (end < text.length) parts.push(text.slice(end));
  const [only] = parts;
  if (parts.length === 1 && typeof only === 'object') return type === STRING ? only : placeholder(text, origin, type);
  const named = parts.find((part) => typeof part === 'object');
  const subject = typeof named === 'object' ? named.subject : undefined;
  return unknownValue('variable-without-value', {
    type,
    subject,
    notNull: type === STRING ? true : undefined,
    parts: type === STRING ? parts : undefined,
    // Wherever it stands, one text of one project is one value.
    identity: `placeholder ${text}`,
    origin,
  });
}

function placeholder(text: string, origin: Origin, type: Type): UnknownValue {
  const subject = text.replace(/^\{\{-?\s*|\s*-?\}\}$/g, '').trim();
  return unknownValue('variable-without-value', { type, subject, identity: `placeholder ${text}`, origin });
}
