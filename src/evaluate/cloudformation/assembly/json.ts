/** Data of a JSON file whose form is not certain. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export function parseJsonData(text: string): Json | undefined {
  try {
    return JSON.parse(text.replace(/^\ufeff/, '')) as Json;
  } catch {
    return undefined;
  }
}

/** What is at a key of an object; undefined for what is none. */
export function at(data: Json | undefined, ...keys: string[]): Json | undefined {
  let found = data;
  for (const key of keys) {
    if (typeof found !== 'object' || found === null || isArray(found) || !Object.hasOwn(found, key)) return undefined;
    found = found[key];
  }
  return found;
}

export function entriesOf(data: Json | undefined): [string, Json][] {
  return typeof data === 'object' && data !== null && !isArray(data) ? Object.entries(data) : [];
}

export function itemsOf(data: Json | undefined): readonly Json[] {
  return data !== undefined && isArray(data) ? data : [];
}

export function textOf(data: Json | undefined): string | undefined {
  return typeof data === 'string' ? data : undefined;
}

function isArray(data: Json): data is readonly Json[] {
  return Array.isArray(data);
}
