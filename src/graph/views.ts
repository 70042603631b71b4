import type { ObjectValue, Value } from '../model/value.js';
import { ListDraft } from './draft.js';
import { podViewOf } from './kubernetes/pod-view.js';
import type { Node } from './node.js';
import type { View, ViewSource } from './resource-types/entries.js';
import { splitPath, valueAt, valuesAt, withValueAt } from './value-paths.js';

/** The values with the views of the type: attributes that are computed from others, their origins kept. */
export function withViews(node: Node): ObjectValue {
  if (node.model.kind !== undefined) {
    const pod = podViewOf(node.model.type, node.values);
    return pod === undefined ? node.values : withValueAt(node.values, ['pod'], pod);
  }
  const views = Object.entries(node.model.table?.views ?? {});
  return views.reduce((values, [name, view]) => {
    const value = viewOf(view, node);
    // A view of an attribute's own name is there already.
    return value === undefined || values.entries.has(name) ? values : withValueAt(values, [name], value);
  }, node.values);
}

function viewOf(view: View, node: Node): Value | undefined {
  if (view.kind === 'value') {
    for (const { path } of view.from) {
      const value = valueAt(node.values, splitPath(path));
      if (value !== undefined && value.kind !== 'null') return value;
    }
    return undefined;
  }
  const list = new ListDraft();
  for (const source of view.from) addSource(source, list, node);
  return list.finish(node.values.origin);
}

function addSource(source: ViewSource, list: ListDraft, node: Node): void {
  const [head, ...inner] = splitPath(source.path);
  const holder = head === undefined ? undefined : node.values.entries.get(head);
  if (holder === undefined || holder.kind === 'null') return;
  if (holder.kind === 'unknown') {
    list.rest ??= { reason: holder.reason, subject: holder.subject };
    return;
  }
  const elements = holder.kind === 'list' ? holder.elements : [holder];
  const existence = holder.kind === 'list' ? holder.existence : undefined;
  elements.forEach((element, index) => {
    if (element.kind === 'unknown') list.rest ??= { reason: element.reason, subject: element.subject };
    for (const value of valuesAt(element, inner)) if (value.kind !== 'null') list.push(value, existence?.get(index));
  });
  if (holder.kind === 'list' && holder.rest !== undefined) {
    list.rest ??= { reason: holder.rest.reason, subject: holder.rest.subject };
  }
}
