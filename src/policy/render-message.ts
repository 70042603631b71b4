import type { Evaluator, Frame } from './language/frame.js';
import { renderDouble } from './language/functions/format-string.js';
import { causesOf, type RuntimeValue } from './language/runtime-value.js';
import { renderDuration, renderTimestamp } from './language/times.js';

/** A message's texts and values in order: null → `(not set)`, unknown → `(unknown: var.env)`, sensitive → `(sensitive)`. */
export function renderMessage(parts: readonly (string | Evaluator)[], frame: Frame): string {
  let text = '';
  for (const part of parts) text += typeof part === 'string' ? part : renderValue(part(frame));
  // Most messages have nothing to be put straight, and to find that out is cheaper than to do it.
  return (/[^\S ]|\s{2}/.test(text) ? text.replace(/\s+/g, ' ') : text).trim();
}

/** SAFETY: how much of one value a message shows. */
const MAX_LENGTH = 200;

function renderValue(value: RuntimeValue): string {
  const text = isSensitive(value) ? '(sensitive)' : renderPlain(value);
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
}

function isSensitive(value: RuntimeValue): boolean {
  if ('sensitive' in value && value.sensitive === true) return true;
  if (value.kind === 'list') return value.elements.some(isSensitive);
  if (value.kind === 'object') return [...value.entries.values()].some(isSensitive);
  return value.kind === 'unknown' && (value.causes ?? []).some((cause) => cause.sensitive === true);
}

function renderPlain(value: RuntimeValue): string {
  switch (value.kind) {
    case 'null':
      return '(not set)';
    case 'unknown':
      return renderUnknown(value);
    case 'string':
    case 'type':
    case 'bytes':
      return value.value;
    case 'number':
    case 'double':
      return renderDouble(value.value);
    case 'bool':
    case 'int':
    case 'uint':
      return String(value.value);
    case 'timestamp':
      return renderTimestamp(value);
    case 'duration':
      return renderDuration(value.value);
    case 'list':
      return [...value.elements.map(renderPlain), ...(value.rest === undefined ? [] : ['…'])].join(', ');
    case 'object':
      return [...value.entries].map(([key, entry]) => `${key}: ${renderPlain(entry)}`).join(', ');
    case 'map':
      return [...value.entries.values()]
        .map(({ key, value: entry }) => `${renderPlain(key)}: ${renderPlain(entry)}`)
        .join(', ');
    case 'resource':
      return value.resource.address;
    case 'optional':
      return value.value === undefined ? '(not set)' : renderPlain(value.value);
    case 'error':
      return '(error)';
    default:
      return value.kind;
  }
}

/** A partly known text shows what is known of it. */
function renderUnknown(value: Extract<RuntimeValue, { kind: 'unknown' }>): string {
  if (value.parts !== undefined && value.causes === undefined) {
    return value.parts
      .map((part) =>
        typeof part === 'string' ? part : `(unknown${part.subject === undefined ? '' : `: ${part.subject}`})`,
      )
      .join('');
  }
  const [cause] = causesOf(value);
  const subject = cause?.subject ?? cause?.reason;
  return subject === undefined ? '(unknown)' : `(unknown: ${subject})`;
}
