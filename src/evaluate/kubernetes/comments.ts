import type { AttachedComment } from '../../model/raw-resource.js';
import type { DataNode, DataStream } from '../../syntax/data/ast.js';

interface Place {
  readonly start: number;
  readonly end: number;
}

/** The comments of a stream whose text matches, each with the object, field or element that it stands above or beside. */
export function attachComments(stream: DataStream, pattern: RegExp): AttachedComment[] {
  const { source: file } = stream;
  const plain = new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''));
  if (!plain.test(file.text)) return [];
  return stream.comments.flatMap(({ start, end }) => {
    const content = file.text
      .slice(start, end)
      .replace(/^(?:#+|\/\/|\/\*)|\*\/$/g, '')
      .trim();
    if (!plain.test(content)) return [];
    const target = targetOf(stream, { start, end });
    return [{ file, start, end, content, target: target && { file, start: target.start, end: target.end } }];
  });
}

function targetOf(stream: DataStream, comment: Place): Place | undefined {
  const { text } = stream.source;
  const line = text.lastIndexOf('\n', comment.start - 1) + 1;
  const isBeside = text.slice(line, comment.start).trim() !== '';
  const from = isBeside ? line : comment.end;
  const at = contentAfter(text, from);
  const document = stream.documents.find(({ root, end }) => root.start >= at || end > at);
  if (document === undefined) return undefined;
  const found = find(document.root, at, { text, from });
  return found ?? (document.root.start <= comment.start ? document.root : undefined);
}

/** Where the next thing begins: blanks, other comments, a document's marker and the dash of an element are passed over. */
function contentAfter(text: string, from: number): number {
  const blank = /(?:\s|#[^\n]*|^---(?=\s)|-(?=\s)|\?(?=\s))*/my;
  blank.lastIndex = from;
  return from + (blank.exec(text)?.[0].length ?? 0);
}

interface Search {
  readonly text: string;
  /** Where the comment's line begins, or the comment ends. */
  readonly from: number;
}

/** The largest thing that begins at the place and after the comment. */
function find(node: DataNode, at: number, search: Search): Place | undefined {
  if (node.start >= at && node.start >= search.from) return node;
  return findWithin(node, at, search);
}

function findWithin(node: DataNode, at: number, search: Search): Place | undefined {
  if (node.kind === 'mapping') {
    for (const { keyStart, value, mergedAt } of node.entries.values()) {
      if (mergedAt !== undefined) continue;
      if (keyStart === at) return { start: keyStart, end: value.end };
      if (keyStart < at && at <= value.end) return findWithin(value, at, search);
    }
  }
  if (node.kind !== 'sequence') return undefined;
  for (const item of node.items) {
    if (item.start === at) {
      const isElement = search.text.slice(search.from, at).includes('-') || item.kind !== 'mapping';
      return isElement ? item : findWithin(item, at, search);
    }
    if (item.start < at && at <= item.end) return findWithin(item, at, search);
  }
  return undefined;
}
