import type { DataEntry, DataMapping, DataNode } from '../../../syntax/data/ast.js';

/**
 * Lets references to what a SAM resource generates lead there: `!Ref F.Alias`, `!GetAtt F.Version.Version`, `${A.Stage}` in an
 * `Fn::Sub`. Nodes without such a reference stay as they are.
 */
export function renameReferences<Node extends DataNode>(node: Node, names: ReadonlyMap<string, string>): Node {
  if (names.size === 0) return node;
  return new Renaming(names).visit(node) as Node;
}

class Renaming {
  private readonly names: ReadonlyMap<string, string>;
  private readonly done = new Map<DataNode, DataNode>();

  constructor(names: ReadonlyMap<string, string>) {
    this.names = names;
  }

  visit(node: DataNode): DataNode {
    // Aliases share their targets: each node is read once, however often it is named.
    const known = this.done.get(node);
    if (known !== undefined) return known;
    this.done.set(node, node);
    const visited = this.renamed(node);
    this.done.set(node, visited);
    return visited;
  }

  private renamed(node: DataNode): DataNode {
    if (node.tag === '!Ref' && node.kind === 'string') return this.text(node, (value) => this.nameOf(value));
    if (node.tag === '!GetAtt') return this.getAtt(node);
    if (node.tag === '!Sub') return this.sub(node);
    if (node.kind === 'alias') {
      const target = this.visit(node.target);
      return target === node.target ? node : { ...node, target };
    }
    if (node.kind === 'sequence') {
      const items = node.items.map((item) => this.visit(item));
      return items.every((item, index) => item === node.items[index]) ? node : { ...node, items };
    }
    return node.kind === 'mapping' ? this.mapping(node) : node;
  }

  private mapping(node: DataMapping): DataNode {
    let isChanged = false;
    const entries = new Map<string, DataEntry>();
    for (const [key, entry] of node.entries) {
      const value = this.entryValue(key, entry.value, node.entries.size);
      if (value !== entry.value) isChanged = true;
      entries.set(key, value === entry.value ? entry : { ...entry, value });
    }
    return isChanged ? { ...node, entries } : node;
  }

  private entryValue(key: string, value: DataNode, size: number): DataNode {
    if (size === 1 && key === 'Ref') return this.text(value, (name) => this.nameOf(name));
    if (size === 1 && key === 'Fn::GetAtt') return this.getAtt(value);
    if (size === 1 && key === 'Fn::Sub') return this.sub(value);
    return this.visit(value);
  }

  private text(node: DataNode, change: (value: string) => string | undefined): DataNode {
    if (node.kind !== 'string') return this.visit(node);
    const value = change(node.value);
    return value === undefined || value === node.value ? node : { ...node, value };
  }

  private nameOf(name: string): string | undefined {
    return this.names.get(name);
  }

  /** `F.Version.Version` and `[F.Version, Version]`. */
  private getAtt(node: DataNode): DataNode {
    if (node.kind === 'string') return this.text(node, (value) => this.longestPrefix(value));
    if (node.kind !== 'sequence') return this.visit(node);
    const texts = node.items.map((item) => (item.kind === 'string' ? item.value : undefined));
    if (texts.some((text) => text === undefined)) return this.visit(node);
    const joined = texts.join('.');
    const changed = this.longestPrefix(joined);
    const [first] = node.items;
    if (changed === undefined || first === undefined) return node;
    const [id = '', ...attribute] = changed.split('.');
    const items: DataNode[] = [{ ...first, kind: 'string', value: id } as DataNode];
    if (attribute.length > 0) items.push({ ...first, kind: 'string', value: attribute.join('.') } as DataNode);
    return { ...node, items };
  }

  private longestPrefix(value: string): string | undefined {
    const parts = value.split('.');
    if (parts.length < 2) return undefined;
    const name = this.names.get(`${parts[0]}.${parts[1]}`);
    return name === undefined ? undefined : [name, ...parts.slice(2)].join('.');
  }

  private sub(node: DataNode): DataNode {
    const change = (text: string): string =>
      text.replaceAll(/\$\{([^!{}][^{}]*)\}/g, (whole, name: string) => {
        const found = this.longestPrefix(name.trim());
        return found === undefined ? whole : `\${${found}}`;
      });
    if (node.kind === 'string') return this.text(node, change);
    if (node.kind !== 'sequence') return this.visit(node);
    const items = node.items.map((item, index) => (index === 0 ? this.text(item, change) : this.visit(item)));
    return items.every((item, index) => item === node.items[index]) ? node : { ...node, items };
  }
}
