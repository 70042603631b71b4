import type { ChangedResource, ChangedStatement } from '../../findings/right-sizing.js';
import type { SourceFile } from '../../source/source-file.js';
import { applyEdits, type TextEdit } from '../../source/text-edit.js';
import type { YamlMapping, YamlNode } from '../../syntax/yaml/ast.js';
import { parseYaml } from '../../syntax/yaml/parse-yaml.js';
import { indentAt } from './list-edit.js';

/** A statement of a template that is written as YAML. */
export interface YamlStatement {
  readonly file: SourceFile;
  /** An item of a sequence in block form, with its dash; an element of a list in brackets; a value by itself. */
  readonly kind: 'item' | 'element' | 'only';
  /** Of an item the dash before it. */
  readonly start: number;
  readonly end: number;
  readonly mapping: YamlMapping;
}

/** The statements of a template that begin at these offsets. */
export function findYamlStatements(file: SourceFile, starts: ReadonlySet<number>): ReadonlyMap<number, YamlStatement> {
  const found = new Map<number, YamlStatement>();
  const visited = new Set<YamlNode>();
  const visit = (node: YamlNode, isElement: boolean): void => {
    if (visited.has(node)) return;
    visited.add(node);
    if (node.kind === 'mapping') {
      if (starts.has(node.start) && node.tag === undefined)
        found.set(node.start, toYamlStatement(file, node, isElement));
      for (const { value } of node.entries) visit(value, false);
    } else if (node.kind === 'sequence') for (const item of node.items) visit(item, file.text[node.start] === '[');
  };
  for (const document of parseYaml(file).documents) visit(document, false);
  return found;
}

function toYamlStatement(file: SourceFile, mapping: YamlMapping, isElement: boolean): YamlStatement {
  const dash = isElement ? null : /-[ \t]+$/.exec(file.text.slice(0, mapping.start));
  const kind = isElement ? 'element' : dash === null ? 'only' : 'item';
  return { file, kind, start: dash?.index ?? mapping.start, end: contentEnd(file.text, mapping), mapping };
}

/** A mapping may end at the line of what is behind it. */
function contentEnd(text: string, { start, end }: YamlNode): number {
  return start + text.slice(start, end).trimEnd().length;
}

/** The edit that puts statements in its place, comments before them; undefined where that cannot be written there. */
export function editYamlStatement(
  written: YamlStatement,
  statements: readonly ChangedStatement[],
): TextEdit | { readonly removed: { readonly start: number; readonly end: number } } | undefined {
  const { file, kind, start, end, mapping } = written;
  const indent = indentAt(file.text, start);
  const lineStart = start - indent.length;
  const isFlow = file.text[mapping.start] === '{';
  if (statements.length === 0) {
    if (kind === 'only') return undefined;
    if (kind === 'element') return { removed: { start, end } };
    const behind = /^[ \t]*\n?/.exec(file.text.slice(end))?.[0].length ?? 0;
    return { start: lineStart, end: end + behind, text: '' };
  }
  // What shares its line with the key of the sequence is not in block form.
  if (kind === 'item' && file.text.slice(lineStart, start).trim() !== '') return undefined;
  const copies = statements.flatMap((statement) => copyOf(written, statement) ?? []);
  if (copies.length < statements.length) return undefined;
  const [only, ...others] = copies;
  if (only !== undefined && others.length === 0) return { start, end, text: only };
  if (kind === 'item') return { start, end, text: copies.join(`\n${indent}`) };
  if (isFlow) return { start, end, text: kind === 'only' ? `[${copies.join(', ')}]` : copies.join(', ') };
  const items = copies.map((copy) => `- ${copy.replaceAll('\n', '\n  ')}`);
  return { start, end, text: items.join(`\n${' '.repeat(columnOf(file.text, start))}`) };
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

function copyOf(written: YamlStatement, changed: ChangedStatement): string | undefined {
  const { file, kind, start, end, mapping } = written;
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
  // In a list in brackets, and before a value by itself, there is no line for them: the report has the reasons.
  const comments = kind === 'item' ? changed.comments.map((comment) => `# ${comment}\n${indent}`).join('') : '';
  return comments + applyEdits({ text: file.text.slice(start, end) }, edits);
}

function fieldOf({ entries }: YamlMapping, name: string): YamlNode | undefined {
  return entries.find(({ key }) => key.kind === 'scalar' && key.text.toLowerCase() === name)?.value;
}

/** A tag with the blanks between it and its node. */
const maxTagLength = 200;

/** The node with its tag, which its own place leaves out. */
function placeOf(text: string, node: YamlNode): { readonly start: number; readonly end: number } {
  // A sequence stands on the lines below its tag.
  const tag = /![\w:.]*\s+$/.exec(text.slice(Math.max(0, node.start - maxTagLength), node.start))?.[0] ?? '';
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
  if (file.text[mapping.start] === '{') {
    const at = mapping.start + (/^\{[ \t]*/.exec(file.text.slice(mapping.start))?.[0].length ?? 1);
    return [{ start: at, end: at, text: `Sid: ${sid}, ` }];
  }
  const column = columnOf(file.text, mapping.start);
  return [{ start: mapping.start, end: mapping.start, text: `Sid: ${sid}\n${' '.repeat(column)}` }];
}
