import type { DataEntry, DataMapping, DataNode } from '../../../syntax/data/ast.js';
import type { IntrinsicCall } from '../expression/context.js';
import {
  intrinsicOf as callOf,
  mappingOf as plainMappingOf,
  resolveAlias,
  scalarText,
  sequenceOf,
} from '../expression/nodes.js';

export { sequenceOf };

/** Half-open stretch of the template's text that caused what is generated. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/**
 * What is to be generated, written as plain values with pieces of the template between them. An entry of the template
 * keeps the place of its key; `undefined` is left out.
 */
export type Draft =
  | string
  | number
  | boolean
  | DataNode
  | DataEntry
  | readonly (Draft | undefined)[]
  | { readonly [key: string]: Draft | undefined };

export type DraftMapping = { readonly [key: string]: Draft | undefined };

/** The tree of a draft: everything that is not a piece of the template gets the place. */
export function build(place: Place, draft: Draft): DataNode {
  const { start, end } = place;
  if (typeof draft === 'string') return { kind: 'string', value: draft, start, end };
  if (typeof draft === 'number') return { kind: 'number', text: String(draft), spelling: String(draft), start, end };
  if (typeof draft === 'boolean') return { kind: 'bool', value: draft, spelling: String(draft), start, end };
  if (isList(draft)) {
    const items = draft.filter((item) => item !== undefined).map((item) => build(place, item));
    return { kind: 'sequence', items, start, end };
  }
  if (isNode(draft)) return draft;
  if (isEntry(draft)) return draft.value;
  return buildMapping(place, draft);
}

export function buildMapping(place: Place, draft: DraftMapping): DataMapping {
  const entries = new Map<string, DataEntry>();
  for (const [key, value] of Object.entries(draft)) {
    if (value !== undefined) entries.set(key, buildEntry(place, key, value));
  }
  return { kind: 'mapping', entries, start: place.start, end: place.end };
}

/** An entry under a new key: it stands where the entry, or else the piece of the template, that it is made of stands. */
export function buildEntry(place: Place, key: string, draft: Draft): DataEntry {
  if (isEntryDraft(draft)) return { ...draft, key, spelling: key };
  const value = build(place, draft);
  return { key, spelling: key, keyStart: value.start, keyEnd: value.end, value };
}

/** A mapping of the template with some entries set, or set anew, by drafts. */
export function withEntries(mapping: DataMapping, place: Place, draft: DraftMapping): DataMapping {
  const entries = new Map(mapping.entries);
  for (const [key, value] of Object.entries(draft)) {
    if (value !== undefined) entries.set(key, buildEntry(place, key, value));
  }
  return { ...mapping, entries };
}

/** A value that the service would refuse: unknown, and its diagnostic is given by the caller. */
export function invalid(place: Place): DataNode {
  return { kind: 'invalid', reason: 'invalid-value', start: place.start, end: place.end };
}

/** The entry of a key; nothing for null: SAM reads a property that is null as not written. */
export function entryOf(mapping: DataMapping | undefined, key: string): DataEntry | undefined {
  const entry = mapping?.entries.get(key);
  return entry === undefined || resolveAlias(entry.value).kind === 'null' ? undefined : entry;
}

export function nodeAt(mapping: DataMapping | undefined, key: string): DataNode | undefined {
  return entryOf(mapping, key)?.value;
}

/** The items of a list, or the one value that stands for a list of one. */
export function itemsOf(node: DataNode | undefined): readonly DataNode[] {
  if (node === undefined) return [];
  return sequenceOf(node)?.items ?? [node];
}

export function placeOf(entry: DataEntry): Place {
  return { start: entry.keyStart, end: entry.keyEnd };
}

/** The intrinsic function that a node calls, in its short or its long form. */
export function intrinsicOf(node: DataNode | undefined): IntrinsicCall | undefined {
  return node === undefined ? undefined : callOf(resolveAlias(node), false);
}

/** A mapping that is no intrinsic function, behind aliases. */
export function mappingOf(node: DataNode | undefined): DataMapping | undefined {
  const found = plainMappingOf(node);
  return found === undefined || callOf(found, false) !== undefined ? undefined : found;
}

/** The name in a `Ref`. */
export function refTarget(node: DataNode | undefined): string | undefined {
  const intrinsic = intrinsicOf(node);
  return intrinsic?.name === 'Ref' ? scalarText(intrinsic.argument) : undefined;
}

export function isNoValue(node: DataNode | undefined): boolean {
  return refTarget(node) === 'AWS::NoValue';
}

export interface Choice {
  readonly condition: string;
  readonly yes: DataNode;
  readonly no: DataNode;
}

/** The parts of an `Fn::If` that is well formed. */
export function choiceOf(node: DataNode | undefined): Choice | undefined {
  const intrinsic = intrinsicOf(node);
  if (intrinsic?.name !== 'Fn::If') return undefined;
  const [name, yes, no] = sequenceOf(intrinsic.argument)?.items ?? [];
  const condition = scalarText(name);
  return condition === undefined || yes === undefined || no === undefined ? undefined : { condition, yes, no };
}

export const noValue: DraftMapping = { Ref: 'AWS::NoValue' };

export function ref(id: string): DraftMapping {
  return { Ref: id };
}

export function getAtt(id: string, attribute: string): DraftMapping {
  return { 'Fn::GetAtt': [id, attribute] };
}

export function sub(text: string, values?: DraftMapping): DraftMapping {
  return { 'Fn::Sub': values === undefined ? text : [text, values] };
}

/** The draft where the condition holds; the draft itself where there is no condition. */
export function onlyIf(condition: string | undefined, draft: Draft): Draft {
  return condition === undefined ? draft : { 'Fn::If': [condition, draft, noValue] };
}

function isList(draft: Draft): draft is readonly (Draft | undefined)[] {
  return Array.isArray(draft);
}

function isNode(draft: DataNode | DataEntry | DraftMapping): draft is DataNode {
  return typeof draft['kind' as never] === 'string' && typeof draft['start' as never] === 'number';
}

function isEntry(draft: DataEntry | DraftMapping): draft is DataEntry {
  return typeof draft['keyStart' as never] === 'number';
}

function isEntryDraft(draft: Draft): draft is DataEntry {
  return typeof draft === 'object' && !isList(draft) && !isNode(draft) && isEntry(draft);
}

/** A mapping without entries. */
export function emptyAt(place: Place): DataMapping {
  return { kind: 'mapping', entries: new Map(), start: place.start, end: place.end };
}
