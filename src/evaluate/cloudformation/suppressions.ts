import type { AttachedComment } from '../../model/raw-resource.js';
import type { SourceFile, SourceRange } from '../../source/source-file.js';
import { statelessPattern } from '../../source/stateless-pattern.js';
import type { DataNode, DataStream } from '../../syntax/data/ast.js';
import { entryOf, resolveAlias, scalarText, sequenceOf } from './expression/nodes.js';
import { sectionOf, type Template } from './templates/template.js';

interface Place {
  readonly start: number;
  readonly end: number;
}

/** The comments of a template and what its metadata says in their stead, as far as the pattern finds them. */
export function suppressionsOf({ stream, root, source }: Template, pattern: RegExp): readonly AttachedComment[] {
  const plain = statelessPattern(pattern);
  if (!plain.test(source.text) && !source.text.includes('Metadata')) return NONE;
  const whole = { file: source, start: 0, end: source.text.length };
  const attached = [...metadataComments(entryOf(root, 'Metadata'), whole)];
  for (const { keyStart, value } of sectionOf(root, 'Resources').values()) {
    const target = { file: source, start: keyStart, end: value.end };
    attached.push(...metadataComments(entryOf(value, 'Metadata'), target));
  }
  for (const comment of stream.comments) {
    const content = contentOf(source, comment);
    if (!plain.test(content)) continue;
    const target = targetOf(comment, root, stream);
    attached.push({
      file: source,
      start: comment.start,
      end: comment.end,
      content,
      target: target && { file: source, start: target.start, end: target.end },
    });
  }
  return attached.filter(({ content }) => plain.test(content)).sort((a, b) => a.start - b.start);
}

const NONE: readonly AttachedComment[] = [];

function contentOf({ text }: SourceFile, { start, end }: Place): string {
  const comment = text.slice(start, end);
  return (comment.startsWith('/*') ? comment.replace(/^\/\*|\*\/$/g, '') : comment.replace(/^(#|\/\/)+/, '')).trim();
}

/** An entry of a mapping, or an item of a list. */
interface Item extends Place {
  readonly value: DataNode;
}

/**
 * What a comment is about: what stands before it on its line, what it opens (`Bucket: # …`), what it stands above; at the
 * end of a body, by its indentation, the thing whose body that is.
 */
function targetOf(comment: Place, root: DataNode, { source }: DataStream): Place | undefined {
  const { text } = source;
  let holder: Item | undefined;
  let items = itemsOf(root);
  for (;;) {
    const inner = items.find((item) => isIn(comment, item, text));
    if (inner === undefined) break;
    holder = inner;
    items = itemsOf(inner.value);
  }
  const before = items.filter((item) => item.end <= comment.start).at(-1);
  if (before !== undefined && !text.slice(before.end, comment.start).includes('\n'))
    return innermostOnLine(before, text);
  const opened = items.find((item) => item.start < comment.start && item.end > comment.end);
  if (opened !== undefined) return opened;
  const next = items.find((item) => item.start >= comment.end);
  const column = columnOf(text, comment.start);
  const isInside = before !== undefined && column > columnOf(text, before.start);
  if (next !== undefined && !isInside && !/\n[ \t]*\r?\n/.test(text.slice(comment.end, next.start))) return next;
  return isInside ? before : holder;
}

/** Whether a comment stands in the body of an item: in its value, or below its name and above that. */
function isIn(comment: Place, { start, end, value }: Item, text: string): boolean {
  if (!isCollection(value) || start >= comment.start || comment.end > end) return false;
  return value.start <= comment.start || text.slice(start, comment.start).includes('\n');
}

/** The last thing on a line: `Type: AWS::S3::Bucket # …` in the last entry of a nested mapping. */
function innermostOnLine(item: Item, text: string): Item {
  const last = itemsOf(item.value).at(-1);
  if (last === undefined || last.end !== item.end || !text.slice(item.start, last.start).includes('\n')) return item;
  return innermostOnLine(last, text);
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

function isCollection({ kind }: DataNode): boolean {
  return kind === 'mapping' || kind === 'sequence';
}

function itemsOf(node: DataNode): Item[] {
  if (node.kind === 'sequence') return node.items.map((value) => ({ start: value.start, end: value.end, value }));
  if (node.kind !== 'mapping') return [];
  return [...node.entries.values()]
    .filter(({ mergedAt }) => mergedAt === undefined)
    .map(({ keyStart, keyEnd, value }) => ({ start: keyStart, end: Math.max(keyEnd, value.end), value }))
    .sort((a, b) => a.start - b.start);
}

/** `trueline.ignore`, and by alias `checkov.skip` and `cfn_nag.rules_to_suppress`, in the form of comments. */
function* metadataComments(metadata: DataNode | undefined, target: SourceRange): Generator<AttachedComment> {
  const { file } = target;
  const attach = ({ start, end }: Place, content: string): AttachedComment => ({ file, start, end, content, target });
  for (const item of listOf(entryOf(entryOf(metadata, 'trueline'), 'ignore'))) {
    // Without an id it is a mistake, and said to be one.
    const ids = textsOf(entryOf(item, 'id')) ?? textsOf(entryOf(item, 'policy')) ?? textsOf(item) ?? [];
    const fields = ['reason', 'until', 'owner'].flatMap((name) => {
      const text = scalarText(entryOf(item, name));
      return text === undefined ? [] : [` ${name}=${quoted(text)}`];
    });
    yield attach(item, `trueline:ignore ${ids.join(',')}${fields.join('')}`);
  }
  for (const [list, reason] of [
    [entryOf(entryOf(metadata, 'checkov'), 'skip'), 'comment'],
    [entryOf(entryOf(metadata, 'cfn_nag'), 'rules_to_suppress'), 'reason'],
  ] as const) {
    for (const item of listOf(list)) {
      const id = scalarText(entryOf(item, 'id'));
      const text = scalarText(entryOf(item, reason));
      if (id === undefined) continue;
      yield attach(item, `checkov:skip=${id}${text === undefined ? '' : `:${oneLine(text)}`}`);
    }
  }
}

function listOf(node: DataNode | undefined): readonly DataNode[] {
  if (node === undefined) return [];
  return sequenceOf(node)?.items ?? [resolveAlias(node)];
}

function textsOf(node: DataNode | undefined): readonly string[] | undefined {
  const text = scalarText(node);
  if (text !== undefined) return [text];
  const texts = sequenceOf(node)?.items.map(scalarText);
  return texts?.every((one) => one !== undefined) ? texts : undefined;
}

function quoted(text: string): string {
  return `"${oneLine(text).replace(/["\\]/g, '\\$&')}"`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
