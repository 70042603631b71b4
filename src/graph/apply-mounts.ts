import type { Language, Unseen } from '../model/raw-resource.js';
import type { UnknownReason } from '../model/unknown-reason.js';
import type { AbsentAlternative, UnknownValue, Value } from '../model/value.js';
import { unknownValue } from '../model/values.js';
import type { Diagnostic } from '../source/diagnostic.js';
import { ListDraft } from './draft.js';
import { type Contribution, contributedElements, contributedValue, mountPaths, putAt, toMember } from './fold.js';
import type { Node } from './node.js';
import { isReflection, withoutReflected } from './reflections.js';
import type { Mount } from './resource-types/entries.js';
import { isSameValue, splitPath, valueAt } from './value-paths.js';

export interface MountContext {
  readonly diagnostics: Diagnostic[];
  /** Why there may be companions of these types at a path that are not known; absent: there are none. */
  readonly unreadOf: ((path: string, types: readonly string[]) => Unseen | undefined) | undefined;
  readonly ownId: UnknownValue;
}

/** For the mounts of one path. */
interface PathContext extends MountContext {
  readonly unread: Unseen | undefined;
}

/** The most that an unknown remembers. */
const maxAlternatives = 4;

/** Puts the values of its companions into a parent: the table of resource-types.md §2.7. */
export function applyMounts(parent: Node, contributions: readonly Contribution[], context: MountContext): void {
  const { table } = parent.model;
  if (table?.companions === undefined) return;
  if (contributions.length === 0 && context.unreadOf === undefined) return;
  const byPath = new Map<string, Contribution[]>();
  for (const contribution of contributions) {
    const { path } = contribution.mount;
    const list = byPath.get(path) ?? [];
    list.push(contribution);
    byPath.set(path, list);
  }
  for (const { mount, types } of mountPaths(table)) {
    const own = byPath.get(mount.path);
    const { unreadOf } = context;
    const unread = unreadOf?.(mount.path, types);
    // Where the whole is open, what is not said is not known already.
    if (own === undefined && (unread === undefined || unread === parent.values.rest)) continue;
    if (mount.kind === 'object') applyObject(parent, mount, own ?? [], { ...context, unread });
    else applyList(parent, mount, own ?? [], { ...context, unread });
  }
}

function applyObject(parent: Node, mount: Mount, contributions: readonly Contribution[], context: PathContext): void {
  const { path } = mount;
  const shown = presentAt(parent, path);
  const given = contributions.flatMap((contribution) => {
    const value = contributedValue(contribution);
    return value === undefined || value.kind === 'null' ? [] : [{ ...contribution, value }];
  });
  for (const { companion, certainty } of contributions) {
    if (certainty !== 'candidate') parent.members.push(toMember(companion, path));
  }
  const sure = given.filter(({ certainty }) => certainty === 'certain');
  const [first] = sure;
  const unsure = given.filter(({ certainty }) => certainty !== 'certain');
  if (first === undefined) {
    putUnsure(parent, mount, unsure, context);
    return;
  }
  const inline = isReflection(shown, parent.raw.language) ? undefined : shown;
  const isConflict =
    sure.length > 1 ||
    (inline !== undefined && bothConflict(mount, parent.raw.language) && !isSameValue(inline, first.value));
  if (isConflict) {
    reportConflict(parent, path, sure, context);
    const alternatives = [...(inline === undefined ? [] : [inline]), ...sure.map(({ value }) => value)];
    parent.values = putAt(parent.values, path, conflicting(first.companion.raw.address, alternatives, first.value));
    return;
  }
  if (unsure.length > 0 && unsure.some(({ value }) => !isSameValue(value, first.value))) {
    const alternatives = given.map(({ value }) => value);
    parent.values = putAt(parent.values, path, conflicting(first.companion.raw.address, alternatives, first.value));
    return;
  }
  parent.values = putAt(parent.values, path, first.value);
  declare(parent, path, first.companion);
}

type Given = Contribution & { readonly value: Value };

/** No companion is certain: the value is the inline one or absent, or what a companion says that perhaps is one. */
function putUnsure(parent: Node, mount: Mount, unsure: readonly Given[], context: PathContext): void {
  const { path } = mount;
  const inline = presentAt(parent, path);
  const [first] = unsure;
  if (first === undefined) {
    if (inline !== undefined || context.unread === undefined) return;
    const { reason, subject, origin = parent.values.origin } = context.unread;
    parent.values = putAt(parent.values, path, unknownValue(reason, { subject, origin }));
    return;
  }
  if (inline !== undefined && unsure.every(({ value }) => isSameValue(value, inline))) return;
  const absent: AbsentAlternative = { kind: 'absent' };
  const alternatives = [inline ?? absent, ...unsure.map(({ value }) => value)];
  const isLink = first.certainty === 'candidate' || first.companion.raw.existence.kind === 'certain';
  const { existence } = first.companion.raw;
  const reason: UnknownReason = isLink ? 'companion-link-unknown' : 'uncertain-existence';
  const value = unknownValue(reason, {
    subject: existence.kind === 'unknown' && !isLink ? existence.subject : first.companion.raw.address,
    origin: first.value.origin,
    alternatives: alternatives.length <= maxAlternatives ? alternatives : undefined,
    ...(inline !== undefined && { notNull: true }),
  });
  parent.values = putAt(parent.values, path, value);
  if (first.certainty !== 'candidate') declare(parent, path, first.companion);
}

function conflicting(subject: string, alternatives: readonly Value[], at: Value): UnknownValue {
  return unknownValue('conflicting-declarations', {
    subject,
    origin: at.origin,
    notNull: true,
    alternatives: alternatives.length <= maxAlternatives ? alternatives : undefined,
  });
}

function applyList(parent: Node, mount: Mount, contributions: readonly Contribution[], context: PathContext): void {
  const path = mount.path.replace('[]', '');
  const shown = presentAt(parent, path);
  const inline =
    shown?.kind === 'list' && isReflection(shown, parent.raw.language)
      ? withoutReflected(shown, certainElements(contributions, context))
      : shown;
  const list = new ListDraft();
  if (inline?.kind === 'list') list.append(inline);
  else if (inline?.kind === 'unknown')
    list.open({ reason: inline.reason, subject: inline.subject, element: undefined });
  const inlineCount = list.length;
  for (const contribution of contributions) addElements(parent, { path, list, contribution }, context);
  if (context.unread !== undefined) list.open({ ...context.unread, element: undefined });
  const isTouched = contributions.length > 0 || (list.rest !== undefined && inline?.kind !== 'unknown');
  const standalone = contributions.filter(({ certainty }) => certainty !== 'candidate');
  const isWritten = inlineCount > 0 && !isReflection(shown, parent.raw.language);
  if (isWritten && standalone.length > 0 && bothConflict(mount, parent.raw.language)) {
    reportConflict(parent, path, standalone, context);
  }
  if (!isTouched) return;
  parent.values = putAt(parent.values, path, list.finish(inline?.origin));
}

function certainElements(contributions: readonly Contribution[], { ownId }: MountContext): Value[] {
  return contributions
    .filter(({ certainty }) => certainty === 'certain')
    .flatMap((contribution) => contributedElements(contribution, ownId).elements);
}

function addElements(
  parent: Node,
  place: { readonly path: string; readonly list: ListDraft; readonly contribution: Contribution },
  context: MountContext,
): void {
  const { path, list, contribution } = place;
  const { companion, certainty } = contribution;
  const added = contributedElements(contribution, context.ownId);
  if (certainty === 'candidate') {
    const [only] = added.elements;
    const element = added.length === 1 && added.rest === undefined ? only : undefined;
    list.open({ reason: 'companion-link-unknown', subject: companion.raw.address, element });
    return;
  }
  const from = list.length;
  list.append(added.finish());
  for (let index = from; index < list.length; index++) {
    parent.members.push(toMember(companion, `${path}[${index}]`));
    declare(parent, `${path}[${index}]`, companion);
  }
  if (from === list.length) parent.members.push(toMember(companion, path));
}

function declare(parent: Node, path: string, companion: Node): void {
  parent.declaredIn.set(path, companion.raw.address);
  for (const [inner, address] of companion.declaredIn) {
    const isValue = companion.model.mountedOn.some(({ mount }) => mount.value === inner);
    parent.declaredIn.set(isValue ? path : `${path}.${inner}`, address);
  }
}

function presentAt(parent: Node, path: string): Value | undefined {
  const value = valueAt(parent.values, splitPath(path));
  return value?.kind === 'null' ? undefined : value;
}

function bothConflict(mount: Mount, language: Language): boolean {
  const side = language === 'cloudformation' ? 'cloudformation' : 'terraform';
  return (mount.both?.[side] ?? (side === 'terraform' ? 'conflict' : 'union')) === 'conflict';
}

function reportConflict(
  parent: Node,
  path: string,
  contributions: readonly Contribution[],
  { diagnostics }: MountContext,
): void {
  const names = [...new Set(contributions.map(({ companion }) => `"${companion.raw.address}"`))].join(', ');
  diagnostics.push({
    code: 'terraform-conflicting-declarations',
    message: `"${path}" of "${parent.raw.address}" is declared more than once, also by ${names}: each apply undoes the other.`,
    range: contributions[0]?.companion.raw.header ?? parent.raw.header,
  });
}
