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

/** A resource of the graph, in normal form. */
export function toListedResource(resource: Resource): ListedResource {
  const members = resource.members.map(({ address, header }) => ({ address, location: header }));
  return toListed(resource, members);
}

/** A resource in its language's own types and shapes, before anything is folded or defaulted. */
export function toListedRawResource(resource: RawResource): ListedResource {
  return toListed(resource, []);
}

function toListed(resource: Resource | RawResource, members: ListedResource['members']): ListedResource {
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
    ...toPlainValues(resource.values),
  };
}

function toPlainValues(value: Value): Pick<ListedResource, 'values' | 'unknowns'> {
  const unknowns: ListedUnknown[] = [];
  const plain = toPlain(value, '', unknowns);
  const isObject = typeof plain === 'object' && plain !== null && !isList(plain);
  return { values: isObject ? plain : {}, unknowns };
}

function isList(value: PlainValue): value is readonly PlainValue[] {
  return Array.isArray(value);
}

/** The known part of a value; undefined where nothing is known. What is unknown is added to the list. */
function toPlain(value: Value, path: string, unknowns: ListedUnknown[]): PlainValue | undefined {
  if (value.kind === 'unknown') {
    unknowns.push({ path, reason: value.reason, subject: value.subject ?? null });
    return undefined;
  }
  if (value.sensitive === true && value.kind !== 'null') return MASKED;
  switch (value.kind) {
    case 'null':
      return null;
    case 'list':
      return toPlainList(value, path, unknowns);
    case 'object': {
      const entries = [...value.entries].flatMap(([name, entry]) => {
        const plain = toPlain(entry, joinName(path, name), unknowns);
        return plain === undefined ? [] : [[name, plain] as const];
      });
      if (value.rest !== undefined) addRest(value.rest, path, unknowns);
      return Object.fromEntries(entries);
    }
    default:
      return value.value;
  }
}

function toPlainList({ elements, existence, rest }: ListValue, path: string, unknowns: ListedUnknown[]): PlainValue {
  const plain = elements.map((element, index) => {
    const place = `${path}[${index}]`;
    if (existence?.has(index) === true) unknowns.push({ path: place, reason: 'uncertain-existence', subject: null });
    return toPlain(element, place, unknowns) ?? null;
  });
  if (rest !== undefined) addRest(rest, path, unknowns);
  return plain;
}

function addRest(
  { reason, subject }: { readonly reason: UnknownReason; readonly subject?: string | undefined },
  path: string,
  unknowns: ListedUnknown[],
): void {
  unknowns.push({ path: `${path}[*]`, reason, subject: subject ?? null });
}

function joinName(path: string, name: string): string {
  if (!/^[\p{L}_][\p{L}\p{N}_-]*$/u.test(name)) return `${path}[${JSON.stringify(name)}]`;
  return path === '' ? name : `${path}.${name}`;
}
