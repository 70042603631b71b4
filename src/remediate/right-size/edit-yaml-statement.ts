import type { ChangedResource, ChangedStatement } from '../../findings/right-sizing.js';
import type { SourceFile } from '../../source/source-file.js';
import { applyEdits, type TextEdit } from '../../source/text-edit.js';
import type { YamlMapping, YamlNode } from '../../syntax/yaml/ast.js';
import { parseYaml } from '../../syntax/yaml/parse-yaml.js';
import { indentAt } from './list-edit.js';

/** A statement of a template that is written as YAML, an item of a sequence in block form. */
export interface YamlStatement {
  readonly file: SourceFile;
  /** The dash before it. */
  readonly start: number;
  readonly end: number;
  readonly mapping: YamlMapping;
}

/** The statements of a template that begin at these offsets, those that are items of a sequence in block form. */
export function findYamlStatements(file: SourceFile, starts: ReadonlySet<number>): ReadonlyMap<number, YamlStatement> {
  const found = new Map<number, YamlStatement>();
  const visited = new Set<YamlNode>();
  const visit = (node: YamlNode): void => {
    if (visited.has(node)) return;
    visited.add(node);
    if (node.kind === 'mapping') {
      const dash = /-[ \t]+$/.exec(file.text.slice(0, node.start));
      const isBlock = file.text[node.start] !== '{' && node.tag === undefined;
      if (starts.has(node.start) && dash !== null && isBlock)
        found.set(node.start, { file, start: dash.index, end: contentEnd(file.text, node), mapping: node });
      for (const { value } of node.entries) visit(value);
    } else if (node.kind === 'sequence') for (const item of node.items) visit(item);
  };
  for (const document of parseYaml(file).documents) visit(document);
  return found;
}

/** A mapping may end at the line of what is behind it. */
function contentEnd(text: string, { start, end }: YamlNode): number {
  return start + text.slice(start, end).trimEnd().length;
}

/** The texts of the statements in its place, comments before them; undefined where one of them cannot be written there. */
export function editYamlStatement(
  written: YamlStatement,
  statements: readonly ChangedStatement[],
): TextEdit | undefined {
  const { file, start, end } = written;
  const indent = indentAt(file.text, start);
  const lineStart = start - indent.length;
  if (statements.length === 0) {
    const behind = /^[ \t]*\n?/.exec(file.text.slice(end))?.[0].length ?? 0;
    return { start: lineStart, end: end + behind, text: '' };
  }
  // What shares its line with the key of the sequence is not in block form.
  if (file.text.slice(lineStart, start).trim() !== '') return undefined;
  const copies = statements.flatMap((statement) => copyOf(written, statement) ?? []);
  return copies.length < statements.length ? undefined : { start, end, text: copies.join(`\n${indent}`) };
}

function copyOf(written: YamlStatement, changed: ChangedStatement): string | undefined {
  const { file, start, end, mapping } = written;
  const [action, resource, sid] = ['action', 'resource', 'sid'].map((name) => fieldOf(mapping, name));
  if (action === undefined || resource === undefined) return undefined;
  const actions = changed.actions.flatMap((text) => scalar(text) ?? []);
  const resources = changed.resources.flatMap((one) => resourceText(file, resource, one) ?? []);
  if (actions.length < changed.actions.length || resources.length < changed.resources.length) return undefined;
  const lists = [listEdit(file.text, action, actions), listEdit(file.text, resource, resources)];
  if (lists.includes(undefined)) return undefined;
  const edits = [...lists.flatMap((one) => one ?? []), ...sidEdit(written, sid, changed.sid)].map((edit) => ({
    ...edit,
    start: edit.start - start,
    end: edit.end - start,
  }));
  const indent = indentAt(file.text, start);
  const comments = changed.comments.map((comment) => `# ${comment}\n${indent}`).join('');
  return comments + applyEdits({ text: file.text.slice(start, end) }, edits);
}

function fieldOf({ entries }: YamlMapping, name: string): YamlNode | undefined {
  return entries.find(({ key }) => key.kind === 'scalar' && key.text.toLowerCase() === name)?.value;
}

/** The node with its tag, which its own place leaves out. */
function placeOf(text: string, node: YamlNode): { readonly start: number; readonly end: number } {
  const tag = /![\w:]*[ \t]+$/.exec(text.slice(text.lastIndexOf('\n', node.start - 1) + 1, node.start))?.[0] ?? '';
  return { start: node.start - (node.tag === undefined ? 0 : tag.length), end: contentEnd(text, node) };
}

function itemsOf(node: YamlNode): readonly YamlNode[] {
  return node.kind === 'sequence' && node.tag === undefined ? node.items : [node];
}

/** A text as a plain scalar where it is one for certain. */
function scalar(text: string): string | undefined {
  if (text.includes('${')) return undefined;
  return /^[A-Za-z](?:[\w:./*-]*[\w/*-])?$/.test(text) ? text : `'${text.replaceAll("'", "''")}'`;
}

function resourceText(file: SourceFile, list: YamlNode, { text, places }: ChangedResource): string | undefined {
  if (places.length === 0) return scalar(text);
  const own = itemsOf(list).find(({ start, end }) => places.some((place) => place.start >= start && place.end <= end));
  if (own === undefined) return undefined;
  const { start, end } = placeOf(file.text, own);
  return file.text.slice(start, end);
}

/** A sequence in block form stays one, a single text becomes a list on its line; undefined where that cannot be written. */
function listEdit(text: string, node: YamlNode, elements: readonly string[]): TextEdit[] | undefined {
  const own = itemsOf(node).map((item) => placeOf(text, item));
  const texts = own.map((item) => text.slice(item.start, item.end));
  if (texts.length === elements.length && texts.every((one) => elements.includes(one))) return [];
  const [first, last] = [own[0], own.at(-1)];
  const isSequence = node.kind === 'sequence' && node.tag === undefined;
  if (isSequence && text[node.start] !== '[' && first !== undefined && last !== undefined) {
    const indent = indentAt(text, first.start);
    return [{ start: first.start, end: last.end, text: elements.join(`\n${indent}- `) }];
  }
  const { start, end } = isSequence ? { start: node.start, end: node.end } : (first ?? node);
  const [only, ...others] = elements;
  if (only !== undefined && others.length === 0) return [{ start, end, text: isSequence ? `[${only}]` : only }];
  if (elements.some((one) => one.includes('\n'))) return undefined;
  return [{ start, end, text: `[${elements.join(', ')}]` }];
}

function sidEdit({ file, mapping }: YamlStatement, own: YamlNode | undefined, sid: string | null): TextEdit[] {
  if (sid === null || (own?.kind === 'scalar' && own.text === sid)) return [];
  if (own !== undefined) return [{ start: own.start, end: own.end, text: sid }];
  const column = mapping.start - (file.text.lastIndexOf('\n', mapping.start) + 1);
  return [{ start: mapping.start, end: mapping.start, text: `Sid: ${sid}\n${' '.repeat(column)}` }];
}
