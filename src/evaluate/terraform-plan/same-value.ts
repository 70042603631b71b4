import type { Value } from '../../model/value.js';
import { isRecord } from './plain.js';

/**
 * Whether a planned value is what a configuration's value becomes: providers write some texts anew (documents, protocols,
 * the case of names), and plan nothing for what is empty.
 */
export function isSameValue(planned: Value, written: Value): boolean {
  if (isNothing(planned) && isNothing(written)) return true;
  switch (planned.kind) {
    case 'string':
      return isScalar(written) && isSameText(planned.value, String(written.value));
    case 'number':
    case 'bool':
      return isScalar(written) && String(written.value) === String(planned.value);
    default:
      return false;
  }
}

/** Whether both are the same letter by letter. */
export function isExactly(planned: Value, written: Value): boolean {
  return planned.kind === written.kind && 'value' in planned && 'value' in written && planned.value === written.value;
}

/** A null, and what providers plan none for. */
export function isNothing(value: Value): boolean {
  switch (value.kind) {
    case 'null':
      return true;
    case 'string':
      return value.value === '';
    case 'bool':
      return !value.value;
    case 'number':
      return value.value === 0;
    case 'list':
      return value.elements.length === 0 && value.rest === undefined;
    case 'object':
      return value.rest === undefined && [...value.entries.values()].every(isNothing);
    default:
      return false;
  }
}

function isScalar(value: Value): value is Value & { readonly kind: 'string' | 'number' | 'bool' } {
  return value.kind === 'string' || value.kind === 'number' || value.kind === 'bool';
}

const PROTOCOLS: Readonly<Record<string, string>> = { all: '-1', '6': 'tcp', '17': 'udp', '1': 'icmp', '58': 'icmpv6' };

function isSameText(planned: string, written: string): boolean {
  if (planned === written) return true;
  const [a, b] = [plainText(planned), plainText(written)];
  if (a === b || (PROTOCOLS[a] ?? a) === (PROTOCOLS[b] ?? b)) return true;
  return isDocument(planned) && isDocument(written) && canonicalText(planned) === canonicalText(written);
}

/** White space at the ends, case, and the dot at the end of a domain name say nothing. */
function plainText(text: string): string {
  return text.trim().replace(/\.$/, '').toLowerCase();
}

function isDocument(text: string): boolean {
  return /^\s*[{[]/.test(text);
}

/** SAFETY: how deep a document is compared. */
const maxDepth = 200;

function canonicalText(text: string): string | undefined {
  try {
    return JSON.stringify(canonical(JSON.parse(text), 0));
  } catch {
    return undefined;
  }
}

/** Keys by their first letter's case, lists as sets, one for a list of one: what providers change in documents. */
function canonical(value: unknown, depth: number): unknown {
  if (depth > maxDepth) return undefined;
  if (Array.isArray(value)) {
    const elements = value.map((element) => canonical(element, depth + 1));
    if (elements.length === 1) return elements[0];
    return elements.map((element) => JSON.stringify(element) ?? '').sort();
  }
  if (!isRecord(value)) return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
  const entries = Object.entries(value)
    .map(([key, entry]): [string, unknown] => [
      key.slice(0, 1).toLowerCase() + key.slice(1),
      canonical(entry, depth + 1),
    ])
    .filter(([, entry]) => entry !== null && !(Array.isArray(entry) && entry.length === 0));
  return entries.sort(([a], [b]) => (a < b ? -1 : 1));
}
