import type { AttachedComment } from '../../model/raw-resource.js';
import type { SourceFile } from '../../source/source-file.js';
import { statelessPattern } from '../../source/stateless-pattern.js';
import type { DataNode, DataStream } from '../../syntax/data/ast.js';

interface Place {
  readonly start: number;
  readonly end: number;
}

interface OpenComment extends Place {
  readonly content: string;
}

/** The comments of streams whose text matches, each with the object, field or element that it stands above or beside. */
export class CommentReader {
  readonly #pattern: RegExp;
  readonly #attached: AttachedComment[] = [];
  #file: SourceFile | undefined;
  #isInFile = false;
  /** At the end of what was read of the file: what they stand above may come. */
  #open: OpenComment[] = [];

  constructor(pattern: RegExp) {
    this.#pattern = statelessPattern(pattern);
  }

  /** A stream, or the next part of one. */
  read(stream: DataStream): void {
    const { source: file, comments } = stream;
    if (file !== this.#file) {
      this.#close();
      this.#file = file;
      this.#isInFile = this.#pattern.test(file.text);
    }
    if (!this.#isInFile) return;
    const open = [...this.#open, ...comments.flatMap((place) => this.#matching(file, place))];
    this.#open = open.filter((comment) => !this.#attach(stream, comment));
  }

  attached(): readonly AttachedComment[] {
    this.#close();
    return this.#attached;
  }

  #matching({ text }: SourceFile, { start, end }: Place): OpenComment[] {
    const content = text
      .slice(start, end)
      .replace(/^(?:#+|\/\/|\/\*)|\*\/$/g, '')
      .trim();
    return this.#pattern.test(content) ? [{ start, end, content }] : [];
  }

  #attach(stream: DataStream, comment: OpenComment): boolean {
    const { source: file } = stream;
    const found = targetOf(stream, comment);
    if (found === undefined) return false;
    const { target } = found;
    this.#attached.push({ file, ...comment, target: target && { file, start: target.start, end: target.end } });
    return true;
  }

  #close(): void {
    const file = this.#file;
    if (file !== undefined)
      this.#attached.push(...this.#open.map((comment) => ({ file, ...comment, target: undefined })));
    this.#open = [];
  }
}

/** What a comment stands above or beside; undefined where that is behind all documents. */
function targetOf(stream: DataStream, comment: Place): { readonly target: Place | undefined } | undefined {
  const { text } = stream.source;
  const line = text.lastIndexOf('\n', comment.start - 1) + 1;
  const isBeside = text.slice(line, comment.start).trim() !== '';
  const from = isBeside ? line : comment.end;
  const at = contentAfter(text, from);
  const document = stream.documents.find(({ root, end }) => root.start >= at || end > at);
  if (document === undefined) return undefined;
  const found = find(document.root, at, { text, from });
  return { target: found ?? (document.root.start <= comment.start ? document.root : undefined) };
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
