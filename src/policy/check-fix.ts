import { suggest } from '../source/suggest.js';
import type { YamlNode } from '../syntax/yaml/ast.js';
import { resolveScalar } from '../syntax/yaml/parse-yaml.js';
import { type NamedFix, requirementsOf } from './fix-requirements.js';
import { fromShape, renderType, type StaticType } from './language/static-type.js';
import {
  type FixPath,
  type FixStep,
  type FixValue,
  NO_FIX,
  type PolicyEach,
  type PolicyExpression,
  type PolicyFix,
} from './policy.js';
import type { PolicyReader } from './policy-yaml.js';

/** What reading a fix needs of the policy's names. */
export interface FixNames {
  readonly scope: ReadonlyMap<string, StaticType>;
  readonly resource: StaticType;
  templateText(node: Extract<YamlNode, { kind: 'scalar' }>): (string | PolicyExpression)[] | undefined;
}

/** Reads a fix: every path must exist in the shapes of all types, every value fit its attribute. */
export function readFix(
  reader: PolicyReader,
  node: YamlNode | undefined,
  names: FixNames,
  each: readonly PolicyEach[],
): PolicyFix {
  const mapping = reader.mapping(node, 'fix');
  if (mapping === undefined) return NO_FIX;
  const fields = reader.fields(mapping, ['set', 'append', 'remove', 'none', 'unsafe'], 'A fix');
  const fix = new FixReader(reader, names, each);
  const result: PolicyFix = {
    set: fix.assignments(fields.get('set'), 'set'),
    append: fix.assignments(fields.get('append'), 'append'),
    remove: fix.removals(fields.get('remove')),
    none: reader.text(fields.get('none'), 'none'),
    unsafe: reader.text(fields.get('unsafe'), 'unsafe'),
  };
  for (const { node: at, message } of requirementsOf(fix.named, result.unsafe !== undefined)) reader.fail(at, message);
  const changes = result.set.length + result.append.length + result.remove.length;
  if (result.none !== undefined && changes > 0)
    reader.fail(mapping, 'A fix with "none" changes nothing: remove the rest.');
  const saysNothing = !['set', 'append', 'remove', 'none'].some((key) => fields.has(key));
  if (saysNothing) {
    reader.fail(mapping, 'A fix sets, appends or removes something, or says "none" with a reason.');
  }
  return result;
}

class FixReader {
  readonly #reader: PolicyReader;
  readonly #names: FixNames;
  readonly #each: readonly PolicyEach[];
  /** Everything that the fix changes, in order. */
  readonly named: NamedFix[] = [];

  constructor(reader: PolicyReader, names: FixNames, each: readonly PolicyEach[]) {
    this.#reader = reader;
    this.#names = names;
    this.#each = each;
  }

  assignments(node: YamlNode | undefined, what: 'set' | 'append'): { path: FixPath; value: FixValue }[] {
    return (this.#reader.mapping(node, what)?.entries ?? []).flatMap(({ key, value }) => {
      const path = this.#path(key);
      if (path === undefined) return [];
      this.named.push({ what, node: key, value, ...path });
      const type = what === 'append' ? this.#elementType(key, path.type) : path.type;
      this.#checkValue(value, type);
      return [{ path: path.path, value: this.#value(value) }];
    });
  }

  removals(node: YamlNode | undefined): FixPath[] {
    if (node === undefined) return [];
    const items = node.kind === 'sequence' ? node.items : [node];
    return items.flatMap((item) => {
      const path = this.#path(item);
      if (path === undefined) return [];
      this.named.push({ what: 'remove', node: item, ...path });
      return [path.path];
    });
  }

  #elementType(node: YamlNode, type: StaticType): StaticType {
    if (type.kind === 'list') return type.element;
    if (type.kind !== 'dyn') this.#reader.fail(node, `"append" needs a list, not ${renderType(type)}.`);
    return { kind: 'dyn' };
  }

  /** `versioning.status`, `rule.cidr_ipv4`, `settings.database_flags[name=log_connections].value`. */
  #path(node: YamlNode): { path: FixPath; start: StaticType; type: StaticType } | undefined {
    const text = this.#reader.text(node, 'fix');
    if (text === undefined) return undefined;
    const pieces = splitPath(text);
    if (pieces === undefined) {
      this.#reader.fail(node, `"${text}" is no path.`);
      return undefined;
    }
    const [first] = pieces;
    const isElement = first !== undefined && this.#each.some(({ name }) => name === first.field);
    const isResource = first?.field === 'resource' && first.key === undefined;
    const root = isElement && first !== undefined ? first.field : 'resource';
    const steps = isElement || isResource ? pieces.slice(1) : pieces;
    const start = (isElement ? this.#names.scope.get(root) : this.#names.resource) ?? { kind: 'dyn' };
    const type = this.#follow(node, start, steps);
    return type === undefined ? undefined : { path: { text, root, steps }, start, type };
  }

  #follow(node: YamlNode, start: StaticType, steps: readonly FixStep[]): StaticType | undefined {
    let type = start;
    for (const { field, key } of steps) {
      const next = fieldType(type, field);
      if (next === undefined) {
        const names = type.kind === 'object' ? type.shapes.flatMap(({ shape }) => [...shape.fields.keys()]) : [];
        this.#reader.fail(node, `${renderType(type)} has no attribute "${field}".${suggest(field, new Set(names))}`);
        return undefined;
      }
      type = next;
      if (key === undefined) continue;
      if (type.kind !== 'list' && type.kind !== 'dyn') {
        this.#reader.fail(node, `"${field}" is no list, so that "[${key.name}=…]" names nothing.`);
        return undefined;
      }
      if (type.kind === 'list') type = type.element;
    }
    return type;
  }

  #checkValue(node: YamlNode, type: StaticType): void {
    if (node.kind === 'scalar') {
      if (node.text.includes('{{')) return;
      const { kind } = resolveScalar(node, 'core');
      if (!fitsScalar(kind, type)) this.#reader.fail(node, `The value is no ${renderType(type)}.`);
      return;
    }
    if (node.kind === 'sequence') {
      if (type.kind === 'list') for (const item of node.items) this.#checkValue(item, type.element);
      else if (type.kind !== 'dyn') this.#reader.fail(node, `The value is no ${renderType(type)}.`);
      return;
    }
    for (const { key, value } of node.entries) {
      const name = key.kind === 'scalar' ? key.text : '';
      const field = type.kind === 'dyn' ? type : fieldType(type, name);
      if (field !== undefined) this.#checkValue(value, field);
      else {
        const names = type.kind === 'object' ? type.shapes.flatMap(({ shape }) => [...shape.fields.keys()]) : [];
        this.#reader.fail(key, `${renderType(type)} has no attribute "${name}".${suggest(name, new Set(names))}`);
      }
    }
  }

  #value(node: YamlNode): FixValue {
    switch (node.kind) {
      case 'sequence':
        return node.items.map((item) => this.#value(item));
      case 'mapping':
        return {
          kind: 'object',
          entries: node.entries.map(
            ({ key, value }) => [key.kind === 'scalar' ? key.text : '', this.#value(value)] as const,
          ),
        };
      case 'scalar': {
        if (node.text.includes('{{')) return { kind: 'template', parts: this.#names.templateText(node) ?? [] };
        const resolved = resolveScalar(node, 'core');
        if (resolved.kind === 'null') return null;
        return resolved.kind === 'number' ? Number(resolved.text) : resolved.value;
      }
    }
  }
}

function fitsScalar(kind: 'string' | 'number' | 'bool' | 'null', type: StaticType): boolean {
  if (type.kind === 'dyn' || kind === 'null') return true;
  if (type.kind === 'string') return true;
  return type.kind === kind;
}

/** The type of a field in all shapes; undefined where one lacks it. */
function fieldType(type: StaticType, field: string): StaticType | undefined {
  if (type.kind === 'dyn') return type;
  if (type.kind === 'map') return type.value;
  if (type.kind !== 'object') return undefined;
  let found: StaticType | undefined;
  for (const { type: resource, path, shape } of type.shapes) {
    const next = shape.fields.get(field);
    if (next === undefined) return undefined;
    found ??= fromShape(next, resource, path === '' ? field : `${path}.${field}`);
  }
  return found;
}

function splitPath(text: string): FixStep[] | undefined {
  const steps: FixStep[] = [];
  let rest = text;
  while (rest !== '') {
    const match = /^([A-Za-z_][\w/-]*)(?:\[([A-Za-z_]\w*)=([^\]]*)\])?(?:\.|$)/.exec(rest);
    if (match === null) return undefined;
    const [whole, field = '', name, value = ''] = match;
    steps.push(name === undefined ? { field } : { field, key: { name, value } });
    rest = rest.slice(whole.length);
  }
  return steps.length === 0 || text.endsWith('.') ? undefined : steps;
}
