import type { DataEntry, DataMapping, DataNode, DataScalar } from '../../../syntax/data/ast.js';

/** A text that stands where another node is written. */
export function textNode({ start, end }: { readonly start: number; readonly end: number }, value: string): DataScalar {
  return { kind: 'string', value, start, end, tag: undefined };
}

interface Named {
  readonly text: string | undefined;
  readonly name: string;
}

/** `Fn::Join` of a text in which `${Name}` stands for texts, or for what `Ref` gives for a name. */
export function joinNode(at: DataNode, text: string, names: ReadonlyMap<string, Named>): DataMapping {
  const items: DataNode[] = [];
  let from = 0;
  for (const match of text.matchAll(/\$\{([^}]*)\}/g)) {
    const named = names.get(match[1] ?? '');
    if (named === undefined) continue;
    items.push(textNode(at, text.slice(from, match.index)));
    items.push(named.text === undefined ? { ...textNode(at, named.name), tag: '!Ref' } : textNode(at, named.text));
    from = match.index + match[0].length;
  }
  items.push(textNode(at, text.slice(from)));
  const { start, end } = at;
  const list: DataNode = { kind: 'sequence', items, start, end };
  const value: DataNode = { kind: 'sequence', items: [textNode(at, ''), list], start, end };
  const entry: DataEntry = { key: 'Fn::Join', spelling: 'Fn::Join', keyStart: start, keyEnd: end, value };
  return { kind: 'mapping', entries: new Map([['Fn::Join', entry]]), start, end };
}
