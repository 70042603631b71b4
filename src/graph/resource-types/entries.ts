import type {
  BlockEntry,
  DefaultValue,
  DocumentEntry,
  Entries,
  Entry,
  ExplodeEntry,
  Explosion,
  KeyedEntry,
  MapEntry,
  Mount,
  NativeOnlyEntry,
  OtherSpellingEntry,
  PairsEntry,
  ResourceType,
  ScalarEntry,
  SplitCase,
  SplitEntry,
  UntranslatedEntry,
} from './entry-types.js';

export type * from './entry-types.js';

export function defineResourceType(type: ResourceType): ResourceType {
  return type;
}

/** One-to-one words: `words('status', { true: 'Enabled', false: 'Suspended' })`. */
export function words(to: string, mapping: Readonly<Record<string, string>>): ScalarEntry {
  return { kind: 'scalar', to, convert: { kind: 'words', words: mapping } };
}

/** Many-to-one spellings; with `lower`, the text is put in lower case first. */
export function normalise(to: string, mapping: Readonly<Record<string, string>>, lower = true): ScalarEntry {
  return { kind: 'scalar', to, convert: { kind: 'normalise', words: mapping, lower } };
}

/**
 * A scalar that is the only element of a list in normal form; with `field`, each scalar is an object that has it:
 * `managed_policy_arns: intoList('policy_attachment', 'policy_arn')`.
 */
export function intoList(to: string, field?: string): ScalarEntry {
  return { kind: 'scalar', to, convert: { kind: 'list', field } };
}

export function base64(to: string): ScalarEntry {
  return { kind: 'scalar', to, convert: { kind: 'base64' } };
}

export function object(to?: string, fields: Entries = {}): BlockEntry {
  return { kind: 'object', to, fields };
}

export function hoist(fields: Entries = {}): BlockEntry {
  return { kind: 'hoist', fields };
}

export function list(to?: string, fields: Entries = {}): BlockEntry {
  return { kind: 'list', to, fields };
}

export function single(to?: string, fields: Entries = {}): BlockEntry {
  return { kind: 'single', to, fields };
}

export function one(to?: string, fields: Entries = {}): BlockEntry {
  return { kind: 'one', to, fields };
}

/** Built the same way on both sides: an object or a list as the schemas say, the blocks inside by their names. */
export function alike(to?: string, fields: Entries = {}): BlockEntry {
  return { kind: 'alike', to, fields };
}

export function counted(to?: string, fields: Entries = {}): BlockEntry {
  return { kind: 'counted', to, fields };
}

export function explode(to: string, explosion: Explosion, fields: Entries = {}): ExplodeEntry {
  return { kind: 'explode', to, ...explosion, fields };
}

export function iamPolicy(to?: string): DocumentEntry {
  return { kind: 'document', document: 'iam-policy', to };
}

export function jsonDocument(
  to?: string,
  options: Pick<DocumentEntry, 'keys' | 'freeMaps' | 'fields'> = {},
): DocumentEntry {
  return { kind: 'document', document: 'json', to, ...options };
}

/** A list (or block list) of `{ key, value }` that is a map in normal form. */
export function pairs(
  to: string,
  names: { readonly key: string; readonly value: string } = { key: 'Key', value: 'Value' },
): PairsEntry {
  return { kind: 'pairs', to, ...names };
}

/** A list of `{ key, value }` whose keys are known, as attributes. */
export function keyed(
  entries: KeyedEntry['entries'],
  names: { readonly key: string; readonly value: string } = { key: 'Key', value: 'Value' },
): KeyedEntry {
  return { kind: 'keyed', ...names, entries };
}

export function untranslated(to: string): UntranslatedEntry {
  return { kind: 'untranslated', to };
}

/** `Parameters: mapOf('parameter', { Key: 'name', Value: 'value' })` */
export function mapOf(to: string, fields: Entries): MapEntry {
  return { kind: 'map', to, fields };
}

/** One native list, as several attributes: the first case that holds. */
export function split(...cases: readonly SplitCase[]): SplitEntry {
  return { kind: 'split', cases };
}

/** A native list that has at most one element in normal form: `Roles: onlyOf('role')`. */
export function onlyOf(to: string, field?: string): ScalarEntry {
  return { kind: 'scalar', to, convert: { kind: 'only', field } };
}

/** A list of objects that only have one field, as the list of its values. */
export function fieldsOf(to: string, field: string): ScalarEntry {
  return { kind: 'scalar', to, convert: { kind: 'fields', field } };
}

/** Several paths with one reason. */
export function because(reason: string, ...paths: readonly string[]): Record<string, string> {
  return Object.fromEntries(paths.map((path) => [path, reason]));
}

export function otherSpelling(of: string, entry: Entry): OtherSpellingEntry {
  return { kind: 'otherSpelling', of, entry };
}

export function nativeOnly(reason?: string): NativeOnlyEntry {
  return { kind: 'nativeOnly', reason };
}

type MountOptions = Omit<Mount, 'kind' | 'path'>;

export function mountObject(path: string, options: MountOptions): Mount {
  return { kind: 'object', path, ...options };
}

export function mountList(path: string, options: MountOptions): Mount {
  return { kind: 'list', path, ...options };
}

/** A list whose elements are told apart by an attribute: two of one name are one declaration too many. */
export function mountNamed(path: string, name: string, options: MountOptions): Mount {
  return { kind: 'named', path, name, ...options };
}

/** Unset means this, whatever the account is: drift compares with it. */
export function certain(value: string | number | boolean, reference: string): DefaultValue {
  return { value, certainty: 'certain', reference };
}

/** Unset usually means this, but it may depend on the account. */
export function assumed(value: string | number | boolean, reference: string): DefaultValue {
  return { value, certainty: 'assumed', reference };
}
