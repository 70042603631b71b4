/** What `JSON.parse` gives, read without believing it. */
export type Plain = unknown;

export function isRecord(value: Plain): value is Readonly<Record<string, Plain>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member of an object, and nothing of its prototype. */
export function memberOf(value: Plain, name: string): Plain {
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

export function elementOf(value: Plain, index: number): Plain {
  return Array.isArray(value) ? value[index] : undefined;
}

export function listOf(value: Plain): readonly Plain[] {
  return Array.isArray(value) ? value : [];
}

export function entriesOf(value: Plain): [string, Plain][] {
  return isRecord(value) ? Object.entries(value) : [];
}

export function textOf(value: Plain): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A stretch of JSON as plain data; undefined where it is none. */
export function parsePlain(text: string, start: number, end: number): Plain {
  try {
    return JSON.parse(text.slice(start, end));
  } catch {
    return undefined;
  }
}
