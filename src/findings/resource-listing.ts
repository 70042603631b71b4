import type { RawResource } from '../model/raw-resource.js';
import type { Resource } from '../model/resource.js';
import type { UnknownReason } from '../model/unknown-reason.js';
import type { ListValue, Value } from '../model/value.js';
import type { SourceRange } from '../source/source-file.js';

/** Plain data, as JSON has it. */
export type PlainValue =
  | string
  | number
  | boolean
  | null
  | readonly PlainValue[]
  | { readonly [name: string]: PlainValue };

/** A resource as `trueline resources` shows it. */
export interface ListedResource {
  readonly root: string;
  readonly address: string;
  /** Without instance keys, from its own module. */
  readonly declaration: string;
  readonly type: string;
  readonly language: string;
  readonly mode: 'managed' | 'data';
  readonly existence: 'certain' | 'unknown';
  /** The block's first line. */
  readonly location: SourceRange | null;
  /** Companions that were folded into it. */
  readonly members: readonly { readonly address: string; readonly location: SourceRange }[];
  /** Known values; sensitive ones are masked; in lists `null` keeps the place of what is not known. */
  readonly values: { readonly [name: string]: PlainValue };
  readonly unknowns: readonly ListedUnknown[];
}

export interface ListedUnknown {
  readonly path: string;
  readonly reason: UnknownReason;
  readonly subject: string | null;
}

const MASKED = '(sensitive)';

/** Hides what is secret in the key of a map, which is a value; the names of an object's attributes are none. */
export type KeyMask = (key: string) => string;

const SHOWN: KeyMask = (key) => key;

/** A resource of the graph, in normal form. */
export function toListedResource(resource: Resource, maskKey: KeyMask = SHOWN): ListedResource {
  const members = resource.members.map(({ address, header }) => ({ address, location: header }));
  return toListed(resource, members, maskKey);
}

/** A resource in its language's own types and shapes, before anything is folded or defaulted. */
export function toListedRawResource(resource: RawResource, maskKey: KeyMask = SHOWN): ListedResource {
  return toListed(resource, [], maskKey);
}

function toListed(
  resource: Resource | RawResource,
  members: ListedResource['members'],
  maskKey: KeyMask,
): ListedResource {
  const { root, address, declaration, type, language, mode, existence, header } = resource;
  return {
    root,
    address,
    declaration,
    type,
    language,
    mode,
    existence: existence.kind,
    location: header ?? null,
    members,
    ...toPlainValues(resource.values, maskKey),
  };
}

/** The known part of a value as plain data; undefined where nothing of it is known. */
export function toPlainValue(value: Value): PlainValue | undefined {
  return toPlain(value, '', { unknowns: [], maskKey: SHOWN });
}

interface Listing {
  readonly unknowns: ListedUnknown[];
  readonly maskKey: KeyMask;
}

function toPlainValues(value: Value, maskKey: KeyMask): Pick<ListedResource, 'values' | 'unknowns'> {
  const unknowns: ListedUnknown[] = [];
  const plain = toPlain(value, '', { unknowns, maskKey });
  const isObject = typeof plain === 'object' && plain !== null && !isList(plain);
  return { values: isObject ? plain : {}, unknowns };
}

function isList(value: PlainValue): value is readonly PlainValue[] {
  return Array.isArray(value);
}

/** The known part of a value; undefined where nothing is known. What is unknown is added to the list. */
function toPlain(value: Value, path: string, listing: Listing): PlainValue | undefined {
  if (value.kind === 'unknown') {
    listing.unknowns.push({ path, reason: value.reason, subject: value.subject ?? null });
    return undefined;
  }
  if (value.sensitive === true && value.kind !== 'null') return MASKED;
  switch (value.kind) {
    case 'null':
      return null;
    case 'list':
      return toPlainList(value, path, listing);
    case 'object': {
      const entries = new Map<string, PlainValue>();
      for (const [key, entry] of value.entries) {
        const shown = value.type.kind === 'map' ? listing.maskKey(key) : key;
        // Two secret keys are two entries.
        const name = entries.has(shown) ? `${shown} ${entries.size + 1}` : shown;
        const plain = toPlain(entry, joinName(path, name), listing);
        if (plain !== undefined) entries.set(name, plain);
      }
      if (value.rest !== undefined) addRest(value.rest, path, listing);
      return Object.fromEntries(entries);
    }
    default:
      return value.value;
  }
}

function toPlainList({ elements, existence, rest }: ListValue, path: string, listing: Listing): PlainValue {
  const plain = elements.map((element, index) => {
    const place = `${path}[${index}]`;
    if (existence?.has(index) === true)
      listing.unknowns.push({ path: place, reason: 'uncertain-existence', subject: null });
    return toPlain(element, place, listing) ?? null;
  });
  if (rest !== undefined) addRest(rest, path, listing);
  return plain;
}

function addRest(
  { reason, subject }: { readonly reason: UnknownReason; readonly subject?: string | undefined },
  path: string,
  { unknowns }: Listing,
): void {
  unknowns.push({ path: `${path}[*]`, reason, subject: subject ?? null });
}

function joinName(path: string, name: string): string {
  if (!/^[\p{L}_][\p{L}\p{N}_-]*$/u.test(name)) return `${path}[${JSON.stringify(name)}]`;
  return path === '' ? name : `${path}.${name}`;
}
