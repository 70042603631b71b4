import { createHash } from 'node:crypto';
import type { DiagnosticCode } from '../../../source/diagnostic.js';
import type { DataEntry, DataMapping, DataNode } from '../../../syntax/data/ast.js';
import { scalarText } from '../expression/nodes.js';
import type { Expansion, Generated, SamResource } from './model.js';
import type { Draft, DraftMapping, Place } from './nodes.js';
import {
  build,
  buildEntry,
  buildMapping,
  intrinsicOf,
  mappingOf,
  nodeAt,
  placeOf,
  refTarget,
  sequenceOf,
} from './nodes.js';

const PASSED_ON = ['Condition', 'DeletionPolicy', 'UpdateReplacePolicy'] as const;

/** Adds a resource that a SAM resource becomes: its condition and its deletion policies are the owner's. */
export function generate(expansion: Expansion, owner: SamResource, made: Generated): void {
  const attributes: Record<string, Draft | undefined> = {};
  for (const name of PASSED_ON) attributes[name] = owner.written.entries.get(name);
  addResource(expansion, owner.declaredIn, { ...made, attributes: { ...attributes, ...made.attributes } });
}

/** Adds a resource that several SAM resources share: nothing of its owner goes over to it. */
export function addResource(expansion: Expansion, declaredIn: string, made: Generated): void {
  const { id, place } = made;
  const value = buildMapping(place, { Type: made.type, ...made.attributes, Properties: made.properties ?? {} });
  expansion.generated.set(id, { key: id, spelling: id, keyStart: place.start, keyEnd: place.end, value });
  expansion.declaredIn.set(id, declaredIn);
}

/** The resource itself, under its own name, with everything that it has beside its properties. */
export function generateMain(expansion: Expansion, owner: SamResource, type: string, properties: DraftMapping): void {
  const entries = new Map<string, DataEntry>();
  const typeEntry = owner.written.entries.get('Type');
  entries.set('Type', buildEntry(typeEntry ? typeEntry.value : owner.place, 'Type', type));
  for (const [key, entry] of owner.written.entries) {
    if (!SAM_ATTRIBUTES.has(key)) entries.set(key, entry);
  }
  const body = buildMapping(mappingOf(nodeAt(owner.written, 'Properties')) ?? owner.place, {});
  const filled = buildMapping(owner.place, properties);
  const entry = owner.written.entries.get('Properties');
  entries.set('Properties', {
    ...(entry ?? { key: 'Properties', spelling: 'Properties', keyStart: owner.place.start, keyEnd: owner.place.end }),
    value: { ...body, entries: filled.entries },
  });
  setMain(expansion, owner, { ...owner.written, entries });
}

const SAM_ATTRIBUTES: ReadonlySet<string> = new Set(['Type', 'Properties', 'Connectors', 'IgnoreGlobals']);

function setMain(expansion: Expansion, owner: SamResource, value: DataMapping): void {
  const written = expansion.written.get(owner.id);
  const { start: keyStart, end: keyEnd } = owner.place;
  expansion.generated.set(
    owner.id,
    written ? { ...written, value } : { key: owner.id, spelling: owner.id, keyStart, keyEnd, value },
  );
  expansion.declaredIn.set(owner.id, owner.declaredIn);
}

export function diagnose(expansion: Expansion, code: DiagnosticCode, place: Place, message: string): void {
  const range = { file: expansion.context.source, start: place.start, end: place.end };
  expansion.diagnostics.push({ code, message, range });
}

/** The entries of some properties, under their own names. */
export function copied(properties: DataMapping | undefined, names: readonly string[]): Record<string, DataEntry> {
  const found: Record<string, DataEntry> = {};
  for (const name of names) {
    const entry = properties?.entries.get(name);
    if (entry !== undefined && entry.value.kind !== 'null') found[name] = entry;
  }
  return found;
}

/**
 * The text of a value in a place where the service substitutes parameters before it looks: a scalar, a `Ref` of a parameter
 * whose value is known, or an `FindInMap` of such.
 */
export function knownText(expansion: Expansion, node: DataNode | undefined): string | undefined {
  const literal = scalarText(node);
  if (literal !== undefined) return literal;
  const name = refTarget(node);
  if (name !== undefined) return expansion.context.parameters.get(name);
  const intrinsic = intrinsicOf(node);
  if (intrinsic?.name !== 'Fn::FindInMap') return undefined;
  const keys = sequenceOf(intrinsic.argument)?.items.map((item) => knownText(expansion, item));
  if (keys?.length !== 3) return undefined;
  let found: DataNode | undefined = nodeAt(expansion.template, 'Mappings');
  for (const key of keys) found = key === undefined ? undefined : nodeAt(mappingOf(found), key);
  return scalarText(found);
}

/** The list of tags of a map of tags; `createdBy` is the tag by which the service marks what it makes. */
export function tagsOf(expansion: Expansion, owner: SamResource, createdBy?: string): Draft | undefined {
  const written = owner.properties.entries.get('Tags');
  const tags: Draft[] = [];
  if (createdBy !== undefined) tags.push({ Key: createdBy, Value: 'SAM' });
  if (written !== undefined && written.value.kind !== 'null') {
    const map = mappingOf(written.value);
    if (map === undefined || intrinsicOf(written.value) !== undefined) {
      const message = `"Tags" of "${owner.id}" must be a map of names and values.`;
      diagnose(expansion, 'sam-invalid', placeOf(written), message);
      return { kind: 'invalid', reason: 'invalid-value', start: written.value.start, end: written.value.end };
    }
    for (const [key, entry] of map.entries) {
      const place = placeOf(entry);
      tags.push(buildMapping(place, { Key: key, Value: entry }));
    }
  }
  return tags.length === 0 ? undefined : tags;
}

/** The tags that a resource hands on to what is made for it, where `PropagateTags` says so. */
export function propagatedTags(owner: SamResource): DataEntry[] | undefined {
  const isOn = scalarText(nodeAt(owner.properties, 'PropagateTags')) === 'true';
  const tags = isOn ? mappingOf(nodeAt(owner.properties, 'Tags')) : undefined;
  return tags && [...tags.entries.values()];
}

/** Tags as a list of keys and values. */
export function tagList(tags: readonly DataEntry[] | undefined): Draft | undefined {
  return tags?.map((entry) => build(placeOf(entry), { Key: entry.key, Value: entry }));
}

/**
 * Collects what several resources add to one, under the names of lists: `finish` is the first one's, and runs once when all
 * are read.
 */
export function gather(
  expansion: Expansion,
  id: string,
  finish: (listOf: (name: string) => readonly Draft[]) => void,
): (name: string, ...items: readonly Draft[]) => void {
  const gathered = expansion.gathered.get(id) ?? { lists: new Map<string, Draft[]>(), finish };
  expansion.gathered.set(id, gathered);
  return (name, ...items) => {
    const list = gathered.lists.get(name) ?? [];
    gathered.lists.set(name, list);
    for (const item of items) list.push(item);
  };
}

/** Sets everything that was gathered. */
export function finishGathered(expansion: Expansion): void {
  for (const { lists, finish } of expansion.gathered.values()) finish((name) => lists.get(name) ?? []);
}

/** The ending that the service gives to an id made of a text that no id may hold. */
export function shortHash(text: string): string {
  return createHash('sha1').update(text).digest('hex').slice(0, 10);
}

/** `arn:aws:iam::aws:policy/…` in the template's partition. */
export function managedPolicyArn(expansion: Expansion, path: string): string {
  return `arn:${expansion.context.partition ?? 'aws'}:iam::aws:policy/${path}`;
}

/** Under which an API's routes are kept: another sort of API of the same name is another one. */
export function routeKey(kind: string, apiId: string): string {
  return `${kind} ${apiId}`;
}

/** The condition of a resource, where it has one. */
export function conditionOf(owner: SamResource): string | undefined {
  return scalarText(owner.written.entries.get('Condition')?.value);
}
