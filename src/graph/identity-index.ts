import type { UnknownValue, Value } from '../model/value.js';
import type { Node } from './node.js';
import type { Identity } from './resource-types/entries.js';
import { identityOf } from './same-text.js';
import { splitPath, valueAt } from './value-paths.js';

/** Finds resources of a type by the literal or the same unknown that names them. */
export class IdentityIndex {
  private readonly literals = new Map<string, Node[]>();
  private readonly unknowns = new Map<string, Node[]>();
  private readonly byType = new Map<string, Node[]>();

  constructor(nodes: Iterable<Node>) {
    for (const node of nodes) this.add(node);
  }

  /** Managed resources of a type, in the graph's order. */
  ofType(type: string): readonly Node[] {
    return this.byType.get(type) ?? [];
  }

  /** Resources of the type that are named so, as seen from `from`. */
  byLiteral(type: string, text: string, from: Node): readonly Node[] {
    const direct = this.literals.get(`${type}\0${text}`) ?? [];
    return direct.filter((node) =>
      namingAttributes(node).some((name) => isNamed(node, name, text) && reaches(node, name, from)),
    );
  }

  bySameUnknown(type: string, identity: string, from: Node): readonly Node[] {
    return (this.unknowns.get(`${type}\0${identity}`) ?? []).filter((node) => node.raw.root === from.raw.root);
  }

  private add(node: Node): void {
    if (node.raw.mode !== 'managed' || node.presence !== 'written') return;
    push(this.byType, node.model.type, node);
    for (const name of namingAttributes(node)) {
      const value = valueAt(node.values, splitPath(name));
      if (value?.kind === 'string') push(this.literals, `${node.model.type}\0${value.value}`, node);
      const identity = value?.kind === 'unknown' ? identityOf(value) : undefined;
      if (identity !== undefined) push(this.unknowns, `${node.model.type}\0${identity}`, node);
    }
  }
}

function push(map: Map<string, Node[]>, key: string, node: Node): void {
  const nodes = map.get(key);
  if (nodes === undefined) map.set(key, [node]);
  else if (nodes[nodes.length - 1] !== node) nodes.push(node);
}

function namingAttributes(node: Node): readonly string[] {
  return Object.keys(node.model.identity.unique ?? {});
}

function isNamed(node: Node, name: string, text: string): boolean {
  const value = valueAt(node.values, splitPath(name));
  return value?.kind === 'string' && value.value === text;
}

/** Whether a value that is unique only so far means the same thing for both. */
function reaches(node: Node, name: string, from: Node): boolean {
  const extent = node.model.identity.unique?.[name];
  if (extent === 'global' || node === from) return true;
  const [a, b] = [node.raw.scope, from.raw.scope];
  const isSameConfiguration = node.raw.root === from.raw.root && a.configuration === b.configuration;
  if (isSameConfiguration) return true;
  const isSameAccount = isSame(a.account, b.account);
  return extent === 'account' ? isSameAccount : isSameAccount && isSame(a.region, b.region);
}

function isSame(a: Value, b: Value): boolean {
  if (a.kind === 'string' && b.kind === 'string') return a.value === b.value;
  return a.kind === 'unknown' && b.kind === 'unknown' && a.identity !== undefined && a.identity === b.identity;
}

/** Stands for the unknown parts of a text while it is matched. */
const UNKNOWN_PART = '\u0000';

/**
 * The value of the attribute that an ARN of the type names, where the text is such an ARN: known text, or the unknown
 * that stands there.
 */
export function attributeInArn(
  identity: Identity,
  value: Value,
): { readonly attribute: string; readonly value: string | UnknownValue } | undefined {
  if (identity.arn === undefined) return undefined;
  const parts = value.kind === 'string' ? [value.value] : value.kind === 'unknown' ? (value.parts ?? []) : [];
  const text = parts.map((part) => (typeof part === 'string' ? part : UNKNOWN_PART)).join('');
  const template = arnTemplate(identity.arn);
  // A log group is also named with all of its streams.
  const match = template.pattern.exec(text.endsWith(':*') ? text.slice(0, -2) : text);
  const found = match?.[1];
  if (match === null || found === undefined) return undefined;
  if (!found.includes(UNKNOWN_PART)) return { attribute: template.attribute, value: found };
  if (found !== UNKNOWN_PART) return undefined;
  const before = text.slice(0, text.lastIndexOf(UNKNOWN_PART)).split(UNKNOWN_PART).length - 1;
  const unknown = parts.filter((part) => typeof part !== 'string')[before];
  return typeof unknown === 'object' ? { attribute: template.attribute, value: unknown } : undefined;
}

/** The attribute that an ARN of a type ends with. */
export function arnAttribute(template: string): string {
  return arnTemplate(template).attribute;
}

const templates = new Map<string, { readonly pattern: RegExp; readonly attribute: string }>();
const SCOPE_PLACEHOLDERS = new Set(['partition', 'region', 'account', 'path']);

/** The template as an expression whose only group is the last placeholder that is an attribute. */
function arnTemplate(template: string): { readonly pattern: RegExp; readonly attribute: string } {
  const known = templates.get(template);
  if (known !== undefined) return known;
  const names = [...template.matchAll(/\{([a-z_]+)\}/g)].map((match) => match[1] ?? '');
  const attribute = names.filter((name) => !SCOPE_PLACEHOLDERS.has(name)).pop() ?? '';
  const source = template
    .split(/(\{[a-z_]+\})/)
    .map((piece) => {
      if (piece === `{${attribute}}`) return '([^/:]+)';
      if (piece === '{path}') return '/(?:[^:]*/)?';
      return piece.startsWith('{') ? '[^/:]*' : piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    })
    .join('');
  const made = { pattern: new RegExp(`^${source}$`), attribute };
  templates.set(template, made);
  return made;
}
