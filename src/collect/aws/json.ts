import type { SnapshotJson } from '../../model/snapshot.js';
import { compareText } from '../../source/compare-text.js';
import type { Condition, Loose, Template } from './collector.js';

/** "There is no such configuration." */
export const NONE: SnapshotJson = { $none: true };

export function isNone(value: Loose): boolean {
  return isObject(value) && value['$none'] === true;
}

export function isObject(value: Loose): value is { readonly [name: string]: SnapshotJson } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a path of names and indexes; undefined where there is none, or null. */
export function get(value: Loose, path: string): SnapshotJson | undefined {
  return all(value, path)[0];
}

/** All values at a path, in which `*` is every element or member. */
export function all(value: Loose, path: string): readonly SnapshotJson[] {
  let found: readonly Loose[] = [value];
  for (const name of path === '' ? [] : path.split('.')) found = found.flatMap((each) => step(each, name));
  return found.filter((each): each is SnapshotJson => each !== undefined && each !== null);
}

function step(value: Loose, name: string): readonly Loose[] {
  if (Array.isArray(value)) return name === '*' ? value : /^\d+$/.test(name) ? [value[Number(name)]] : [];
  if (!isObject(value)) return [];
  return name === '*' ? Object.values(value) : Object.hasOwn(value, name) ? [value[name]] : [];
}

/** The text at a path; empty where there is none. */
export function textAt(value: Loose, path: string): string {
  const found = get(value, path);
  return found === undefined || typeof found === 'object' ? '' : String(found);
}

/** The time at a path, in UTC to the second; undefined where there is none, or a word that stands for none. */
export function timeAt(value: Loose, path: string): string | undefined {
  const text = textAt(value, path);
  const ms = /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** Members of the same name. */
export function pick(value: Loose, ...names: readonly string[]): { readonly [name: string]: Loose } {
  return Object.fromEntries(names.map((name) => [name, get(value, name)]));
}

/** Members of the same name, but for empty texts, where they say that there is none. */
export function pickFilled(value: Loose, ...names: readonly string[]): { readonly [name: string]: Loose } {
  return Object.fromEntries(names.map((name) => [name, filled(get(value, name))]));
}

/** Undefined for an empty text. */
export function filled(value: SnapshotJson | undefined): SnapshotJson | undefined {
  return value === '' ? undefined : value;
}

/** New name → path. */
export function lift(value: Loose, paths: Readonly<Record<string, string>>): { readonly [name: string]: Loose } {
  return Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, get(value, path)]));
}

/** Applies to what is there: "none" stays, and so does what could not be asked. */
export function where(value: SnapshotJson | undefined, project: (value: SnapshotJson) => Loose): Loose {
  return value === undefined || isNone(value) ? value : project(value);
}

/** Members that an answer writes in camel case: their names, and those of what is in them; `true` for what stays as it is. */
export interface CamelNames {
  readonly [name: string]: true | CamelNames;
}

/** Members as CloudFormation spells them, `logDriver` as `LogDriver`, in lists as well: no others. */
export function inCapitals(value: Loose, names: CamelNames): Loose {
  if (Array.isArray(value)) return value.map((element: Loose) => inCapitals(element, names));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(names).map(([name, inner]) => {
      const member = get(value, name);
      return [`${name.charAt(0).toUpperCase()}${name.slice(1)}`, inner === true ? member : inCapitals(member, inner)];
    }),
  );
}

/** Names for `inCapitals`, of members that stay as they are. */
export function asTheyAre(...names: readonly string[]): CamelNames {
  return Object.fromEntries(names.map((name) => [name, true] as const));
}

/** The list at a path, each element projected; undefined where there is no list. */
export function each(value: Loose, path: string, project: (element: SnapshotJson) => Loose): Loose {
  const list = get(value, path);
  return Array.isArray(list) ? list.map((element: SnapshotJson) => project(element)) : undefined;
}

/** A policy document as it stands in an answer: JSON in a text, which IAM encodes like a part of a URL. */
export function documentOf(text: Loose): SnapshotJson | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    return JSON.parse(text.startsWith('%7B') ? decodeURIComponent(text) : text);
  } catch {
    return text;
  }
}

/** `{ a: 1 }` → `[{ Key: 'a', Value: 1 }]`. */
export function tagsOf(map: Loose): Loose {
  return isObject(map) ? Object.entries(map).map(([Key, Value]) => ({ Key, Value })) : undefined;
}

export function holds(condition: Condition, item: Loose): boolean {
  const found = get(item, condition.path);
  if ('exists' in condition) return found !== undefined;
  if ('sameAs' in condition) return found === undefined || found === get(item, condition.sameAs);
  if ('notBegins' in condition) return typeof found === 'string' && !found.startsWith(condition.notBegins);
  return 'equals' in condition ? found === condition.equals : found !== condition.differs;
}

/** A template with the item's members in it; undefined where one is missing. */
export function fill(template: Template, item: Loose): SnapshotJson | undefined {
  if (typeof template === 'string') return fillText(template, item);
  if (typeof template !== 'object') return template;
  if (Array.isArray(template)) {
    const elements = template.map((element: Template) => fill(element, item));
    return elements.some((element) => element === undefined) ? undefined : (elements as SnapshotJson[]);
  }
  const members: Record<string, SnapshotJson> = {};
  for (const [name, value] of Object.entries(template as { readonly [name: string]: Template })) {
    const filled = fill(value, item);
    if (filled === undefined) return undefined;
    members[name] = filled;
  }
  return members;
}

function fillText(template: string, item: Loose): SnapshotJson | undefined {
  const whole = /^\{([^{}]*)\}$/.exec(template);
  if (whole !== null) return get(item, whole[1] ?? '');
  let isWhole = true;
  const text = template.replace(/\{([^{}]*)\}/g, (_, path: string) => {
    const found = get(item, path);
    if (found === undefined) isWhole = false;
    return String(found);
  });
  return isWhole ? text : undefined;
}

/** Without what is undefined or null, keys in order. */
export function settle(value: Loose): SnapshotJson {
  if (Array.isArray(value)) return value.filter(isThere).map((element: Loose) => settle(element));
  if (!isObject(value)) return (value as SnapshotJson | undefined) ?? null;
  const names = Object.keys(value)
    .filter((name) => isThere(value[name]))
    .sort(compareText);
  return Object.fromEntries(names.map((name) => [name, settle(value[name])]));
}

function isThere(value: Loose): boolean {
  return value !== undefined && value !== null;
}
