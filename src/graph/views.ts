import type { ObjectValue, Value } from '../model/value.js';
import { unknownValue } from '../model/values.js';
import { ListDraft } from './draft.js';
import type { Linker } from './linker.js';
import type { Node } from './node.js';
import type { View, ViewSource } from './resource-types/entries.js';
import { splitPath, valueAt, valuesAt, withValueAt } from './value-paths.js';

/** The values with the views of the type: attributes that are computed from others, their origins kept. */
export function withViews(node: Node, linker: Linker): ObjectValue {
  const views = Object.entries(node.model.table?.views ?? {});
  return views.reduce((values, [name, view]) => {
    const value = viewOf(view, node, linker);
    // A view of an attribute's own name is there already.
    return value === undefined || values.entries.has(name) ? values : withValueAt(values, [name], value);
  }, node.values);
}

function viewOf(view: View, node: Node, linker: Linker): Value | undefined {
  if (view.kind === 'value') {
    for (const { path } of view.from) {
      const value = valueAt(node.values, splitPath(path));
      if (value !== undefined && value.kind !== 'null') return value;
    }
    return undefined;
  }
  const list = new ListDraft();
  for (const source of view.from) addSource(source, list, node, linker);
  return list.finish(node.values.origin);
}

function addSource(source: ViewSource, list: ListDraft, node: Node, linker: Linker): void {
  const [head, ...inner] = splitPath(source.path);
  const holder = head === undefined ? undefined : node.values.entries.get(head);
  if (holder === undefined || holder.kind === 'null') return;
  if (holder.kind === 'unknown') {
    list.rest ??= { reason: holder.reason, subject: holder.subject };
    return;
  }
  if (holder.kind !== 'list') {
    for (const value of valuesAt(holder, inner)) addValue(value, source, list, { node, linker });
    return;
  }
  holder.elements.forEach((element, index) => {
    const existence = holder.existence?.get(index);
    for (const value of valuesAt(element, inner)) addValue(value, source, list, { node, linker, existence });
  });
  if (holder.rest !== undefined) list.rest ??= { reason: holder.rest.reason, subject: holder.rest.subject };
}

interface At {
  readonly node: Node;
  readonly linker: Linker;
  readonly existence?: 'perhaps' | 'any-number' | undefined;
}

function addValue(value: Value, { follow }: ViewSource, list: ListDraft, at: At): void {
  if (value.kind === 'null') return;
  if (follow === undefined) {
    list.push(value, at.existence);
    return;
  }
  const resolution = at.linker.resolve(value, { types: [follow.type], from: at.node });
  for (const [target, certainty] of resolution.targets) {
    const found = valueAt(target.values, splitPath(follow.path));
    if (target.presence !== 'written') {
      list.push(
        unknownValue('outside-input', { subject: target.raw.address, origin: value.origin, notNull: true }),
        at.existence,
      );
    } else if (found !== undefined && found.kind !== 'null') {
      list.push(found, certainty === 'perhaps' ? (at.existence ?? 'perhaps') : at.existence);
    }
  }
  if (resolution.targets.size > 0 || !resolution.isOutside) return;
  // A policy that is attached but not in the input says something that is not known here.
  const subject = value.kind === 'string' ? value.value : value.kind === 'unknown' ? value.subject : undefined;
  list.push(unknownValue('outside-input', { subject, origin: value.origin, notNull: true }), at.existence);
}
