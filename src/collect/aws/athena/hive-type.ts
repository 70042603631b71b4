/** A type as the catalogue writes it: `struct<arn:string,type:string>`. Names of fields are in lower case. */
export type HiveType =
  | { readonly kind: 'struct'; readonly fields: ReadonlyMap<string, HiveType> }
  | { readonly kind: 'array'; readonly of: HiveType }
  | { readonly kind: 'map' }
  | { readonly kind: 'scalar'; readonly name: string };

/** SAFETY: types are nested by who made the table. */
const DEEPEST = 50;

/** Undefined where it is none that can be read. */
export function parseHiveType(text: string): HiveType | undefined {
  const trimmed = text.toLowerCase().replaceAll(/\s+/g, '');
  const read = readType(trimmed, 0, 0);
  return read !== undefined && read.end === trimmed.length ? read.type : undefined;
}

interface Read {
  readonly type: HiveType;
  readonly end: number;
}

function readType(text: string, at: number, depth: number): Read | undefined {
  if (depth > DEEPEST) return undefined;
  const name = /[a-z_]+(?:\([0-9,]+\))?/y;
  name.lastIndex = at;
  const found = name.exec(text)?.[0];
  if (found === undefined) return undefined;
  const end = at + found.length;
  if (text[end] !== '<') return { type: { kind: 'scalar', name: found }, end };
  if (found === 'struct' || found === 'row') return readStruct(text, end + 1, depth);
  if (found !== 'array' && found !== 'map') return undefined;
  const first = readType(text, end + 1, depth + 1);
  if (first === undefined) return undefined;
  if (found === 'array') return close(text, first.end, { kind: 'array', of: first.type });
  const second = text[first.end] === ',' ? readType(text, first.end + 1, depth + 1) : undefined;
  return second && close(text, second.end, { kind: 'map' });
}

function readStruct(text: string, from: number, depth: number): Read | undefined {
  const fields = new Map<string, HiveType>();
  let at = from;
  for (;;) {
    const name = /([^:<>,]+):/y;
    name.lastIndex = at;
    const found = name.exec(text);
    const type = found === null ? undefined : readType(text, name.lastIndex, depth + 1);
    if (found?.[1] === undefined || type === undefined) return undefined;
    fields.set(found[1], type.type);
    if (text[type.end] !== ',') return close(text, type.end, { kind: 'struct', fields });
    at = type.end + 1;
  }
}

function close(text: string, at: number, type: HiveType): Read | undefined {
  return text[at] === '>' ? { type, end: at + 1 } : undefined;
}
