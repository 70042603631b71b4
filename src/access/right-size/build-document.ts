import { DYNAMIC } from '../../model/type.js';
import type { ObjectValue, Value } from '../../model/value.js';
import { listValue, objectValue, stringValue } from '../../model/values.js';
import type { NarrowedStatement, StatementPart } from './narrow-statement.js';
import { ownPattern, type SourceStatement } from './source-statement.js';

/** A statement of a new document. */
export interface NewStatement {
  /** The statement that it is, or in whose place it stands. */
  readonly source: SourceStatement;
  /** Undefined: it is as it was written. */
  readonly part: StatementPart | undefined;
  readonly sid: string | null;
  /** In Terraform's words. */
  readonly value: Value;
}

/**
 * The statements of a narrowed document, in the order of those that they replace. The first one keeps the Sid, further ones
 * count on from it; what is kept unseen has it with `Unseen`.
 */
export function toNewStatements(narrowed: readonly NarrowedStatement[]): NewStatement[] {
  const taken = new Set(narrowed.flatMap(({ source }) => source.sid ?? []));
  return narrowed.flatMap((one): NewStatement[] => {
    const { source } = one;
    if (one.kind === 'removed') return [];
    if (one.kind === 'kept') return [{ source, part: undefined, sid: source.sid, value: source.value }];
    let isOwnFree = true;
    return one.parts.map((part) => {
      const wished = part.unseen.length > 0 ? `${source.sid ?? ''}Unseen` : source.sid;
      const isOwn = wished === source.sid && isOwnFree;
      if (isOwn) isOwnFree = false;
      const sid = wished === null || isOwn ? wished : freeSid(wished, taken);
      if (sid !== null) taken.add(sid);
      return { source, part, sid, value: toStatementValue(source, part, sid) };
    });
  });
}

/** `Data`, `Data2`, `Data3`. */
function freeSid(wished: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wished)) return wished;
  let number = 2;
  while (taken.has(`${wished}${number}`)) number++;
  return `${wished}${number}`;
}

function toStatementValue(source: SourceStatement, part: StatementPart, sid: string | null): Value {
  const { value, resources } = source;
  if (value.kind !== 'object') return value;
  const own = new Map(resources.map((pattern, index) => [ownPattern(pattern, index), pattern.value]));
  // NotResource stays where nothing narrower holds all that is needed.
  const keepsAllBut = resources.some(
    (one, index) => one.allBut !== undefined && part.resources.includes(ownPattern(one, index)),
  );
  const entries = new Map<string, Value>();
  if (sid !== null && !value.entries.has('sid')) entries.set('sid', stringValue(sid));
  for (const [name, entry] of value.entries) {
    if (name === 'sid') entries.set(name, sid === null ? entry : stringValue(sid));
    else if (name === 'actions' || name === 'not_actions') entries.set('actions', listOfTexts(part.actions));
    else if (name === 'not_resources' && keepsAllBut) entries.set(name, entry);
    else if (name === 'resources' || name === 'not_resources') {
      if (!keepsAllBut) entries.set('resources', listOfTexts(part.resources, own));
    } else entries.set(name, entry);
  }
  return objectValue(value.type, entries, value.origin);
}

/** A list of texts; those that have a value already are that value. */
export function listOfTexts(texts: readonly string[], own?: ReadonlyMap<string, Value>): Value {
  return listValue(
    { kind: 'list', element: DYNAMIC },
    texts.map((text) => own?.get(text) ?? stringValue(text)),
  );
}

/** A document with other statements. */
export function withStatements(document: Value, statements: readonly Value[]): Value {
  const given: ObjectValue | undefined = document.kind === 'object' ? document : undefined;
  const list = listValue({ kind: 'list', element: DYNAMIC }, statements);
  const entries = new Map<string, Value>([...(given?.entries ?? []), ['statement', list]]);
  return objectValue({ kind: 'object', attributes: new Map() }, entries, document.origin);
}
