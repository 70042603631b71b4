import { JsonScanner, type JsonTokenKind } from '../json-tokens.js';
import type { Place } from '../yaml/tree-builder.js';
import type { DataDocument, DataEntry, DataNode } from './ast.js';
import { addEntry } from './entries.js';
import { maxDataDepth } from './limits.js';
import { jsonNumber } from './numbers.js';
import type { Reading } from './reading.js';

export interface JsonReading {
  readonly documents: readonly DataDocument[];
  readonly comments: readonly Place[];
  /** Why it is no JSON. */
  readonly problem: (Place & { readonly message: string }) | undefined;
}

/**
 * Reads JSON. Comments and a comma before a closing bracket are read over. Kubernetes takes several values behind one
 * another (`kubectl` decodes a stream of them), each a document.
 */
export function readJson(text: string, reading: Reading): JsonReading {
  const reader = new JsonReader(text, reading);
  const documents = reader.documents();
  return { documents, comments: reader.comments, problem: reader.scanner.problem };
}

class JsonReader {
  readonly comments: Place[] = [];
  readonly scanner: JsonScanner;
  private depth = 0;
  private hasTrailingComma = false;

  constructor(
    text: string,
    private readonly reading: Reading,
  ) {
    this.scanner = new JsonScanner(text, 0, text.length, this.comments);
  }

  documents(): DataDocument[] {
    const { scanner } = this;
    const documents: DataDocument[] = [];
    scanner.next();
    do {
      const root = this.value();
      if (root === undefined) return [];
      const start = documents[documents.length - 1]?.end ?? 0;
      documents.push({ start, end: root.end, root, isBroken: false });
    } while (this.reading.dialect === 'kubernetes' && scanner.kind !== 'end' && scanner.problem === undefined);
    if (scanner.kind !== 'end') scanner.failExpected('the end of the document');
    const comment = this.comments[0];
    if (comment !== undefined)
      this.reading.notes.note('json-comment', 'JSON has no comments: a service may refuse them.', comment);
    return documents;
  }

  /** The value at the current token; the token behind it is then the current one. Undefined after a problem. */
  private value(): DataNode | undefined {
    const { scanner } = this;
    const { kind, start, end } = scanner;
    if (kind === '{' || kind === '[') {
      if (this.depth >= maxDataDepth) {
        scanner.fail(`Nested more than ${maxDataDepth} deep.`);
        return undefined;
      }
      this.depth++;
      const collection = kind === '{' ? this.mapping(start) : this.sequence(start);
      this.depth--;
      return collection;
    }
    const node = this.scalar(start, end);
    if (node === undefined) scanner.failExpected('a value');
    scanner.next();
    return node;
  }

  private scalar(start: number, end: number): DataNode | undefined {
    const { scanner } = this;
    const { kind } = scanner;
    switch (kind) {
      case 'string':
        return { kind: 'string', start, end, tag: undefined, value: scanner.stringValue() };
      case 'number':
        return this.number(start, end);
      case 'true':
      case 'false':
        return { kind: 'bool', start, end, tag: undefined, value: kind === 'true', spelling: kind };
      case 'null':
        return { kind: 'null', start, end, tag: undefined };
      default:
        return undefined;
    }
  }

  private number(start: number, end: number): DataNode {
    const spelling = this.scanner.text.slice(start, end);
    const text = jsonNumber(spelling, this.reading.dialect);
    if (!text.endsWith('y')) return { kind: 'number', start, end, tag: undefined, text, spelling };
    this.reading.notes.note('yaml-invalid-value', `"${spelling}" is beyond all numbers that a service reads.`, {
      start,
      end,
    });
    return { kind: 'invalid', start, end, tag: undefined, reason: 'invalid-value' };
  }

  private mapping(start: number): DataNode | undefined {
    const { scanner } = this;
    const entries = new Map<string, DataEntry>();
    scanner.next();
    while (scanner.kind !== '}') {
      if (scanner.kind !== 'string') scanner.failExpected('a key in quotes');
      if (scanner.problem !== undefined) return undefined;
      const key = scanner.stringValue();
      const { start: keyStart, end: keyEnd } = scanner;
      scanner.next();
      if (scanner.kind !== ':') scanner.failExpected('":"');
      scanner.next();
      const value = this.value();
      if (value === undefined || scanner.problem !== undefined) return undefined;
      addEntry(entries, { key, spelling: key, keyStart, keyEnd, value, mergedAt: undefined }, this.reading.notes);
      if (!this.passComma('}')) break;
    }
    const { end } = scanner;
    scanner.next();
    return { kind: 'mapping', start, end, tag: undefined, entries };
  }

  private sequence(start: number): DataNode | undefined {
    const { scanner } = this;
    const items: DataNode[] = [];
    scanner.next();
    while (scanner.kind !== ']') {
      const value = this.value();
      if (value === undefined || scanner.problem !== undefined) return undefined;
      items.push(value);
      if (!this.passComma(']')) break;
    }
    const { end } = scanner;
    scanner.next();
    return { kind: 'sequence', start, end, tag: undefined, items };
  }

  private next(): JsonTokenKind {
    this.scanner.next();
    return this.scanner.kind;
  }

  /** Passes a comma; false at the closing bracket, or where neither stands. */
  private passComma(closer: '}' | ']'): boolean {
    const { scanner } = this;
    if (scanner.kind !== ',') {
      if (scanner.kind !== closer) scanner.failExpected(`"," or "${closer}"`);
      return false;
    }
    const comma = { start: scanner.start, end: scanner.end };
    if (this.next() === closer && !this.hasTrailingComma) {
      this.hasTrailingComma = true;
      this.reading.notes.note(
        'json-comment',
        'JSON has no comma before a closing bracket: a service may refuse it.',
        comma,
      );
    }
    return true;
  }
}
