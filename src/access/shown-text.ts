import { elementsOf } from '../iam/index.js';
import type { UnknownValue, Value } from '../model/value.js';

/** A text as it is written, its unknown parts by their names. */
export function shown(value: Value): string {
  switch (value.kind) {
    case 'string':
      return value.value;
    case 'number':
    case 'bool':
      return String(value.value);
    case 'unknown':
      return value.parts === undefined ? nameOf(value) : value.parts.reduce<string>(append, '');
    default:
      return '';
  }
}

/** The elements of a list, those that are known to be there. */
export function shownList(value: Value | undefined): string[] {
  return elementsOf(value).elements.map(({ value: element }) => shown(element));
}

function nameOf({ subject, reason }: UnknownValue): string {
  return `\${${subject ?? reason}}`;
}

/** Partitions all begin alike: what is not known of one is shown as the whole. */
function append(text: string, part: string | UnknownValue): string {
  if (typeof part === 'string') return text + part;
  const isPartition = part.reason === 'provider-configuration' && /partition$/i.test(part.subject ?? '');
  return (isPartition ? text.replace(/(^|:)aws$/, '$1') : text) + shown(part);
}
