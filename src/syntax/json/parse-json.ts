import type { Diagnostic } from '../../source/diagnostic.js';
import type { SourceFile } from '../../source/source-file.js';
import { JsonScanner, maxJsonDepth } from '../json-tokens.js';
import type { JsonDocument, JsonMember, JsonNode } from './ast.js';

export { maxJsonDepth };

/**
 * Parses strict JSON (RFC 8259), a byte order mark before it allowed. The range is half-open, in UTF-16 offsets of the
 * source, and so are all places in the tree. After an error there is no root: half a document would make absent what is
 * present.
 */
export function parseJson(source: SourceFile, range?: { readonly start: number; readonly end: number }): JsonDocument {
  const reader = new JsonReader(new JsonScanner(source.text, range?.start ?? 0, range?.end ?? source.text.length));
  const root = reader.parseDocument();
  const diagnostics: Diagnostic[] = [];
  const { problem } = reader.scanner;
  if (problem !== undefined) {
    const { message, start, end } = problem;
    const code = reader.isTooDeep ? 'json-nesting-too-deep' : 'json-invalid-syntax';
    diagnostics.push({ code, message, range: { file: source, start, end } });
  }
  return { source, root: problem === undefined ? root : undefined, diagnostics };
}

class JsonReader {
  isTooDeep = false;
  private depth = 0;

  constructor(readonly scanner: JsonScanner) {}

  parseDocument(): JsonNode | undefined {
    this.scanner.next();
    const root = this.parseValue();
    if (this.scanner.kind !== 'end') this.scanner.failExpected('the end of the document');
    return root;
  }

  /** The value at the current token; the token behind it is then the current one. */
  private parseValue(): JsonNode | undefined {
    const { scanner } = this;
    const { kind, start, end } = scanner;
    if (kind === '{' || kind === '[') {
      if (this.depth >= maxJsonDepth) {
        this.isTooDeep = true;
        scanner.fail(`Nested more than ${maxJsonDepth} deep.`);
        return undefined;
      }
      this.depth++;
      const collection = kind === '{' ? this.parseObject(start) : this.parseArray(start);
      this.depth--;
      return collection;
    }
    let node: JsonNode | undefined;
    if (kind === 'string') node = { kind, start, end, value: scanner.stringValue() };
    else if (kind === 'number') node = { kind, start, end, text: scanner.text.slice(start, end) };
    else if (kind === 'true' || kind === 'false') node = { kind: 'bool', start, end, value: kind === 'true' };
    else if (kind === 'null') node = { kind, start, end };
    else scanner.failExpected('a value');
    scanner.next();
    return node;
  }

  private parseObject(start: number): JsonNode | undefined {
    const { scanner } = this;
    const members: JsonMember[] = [];
    scanner.next();
    if (scanner.kind !== '}') {
      for (;;) {
        if (scanner.kind !== 'string') scanner.failExpected('a key in quotes');
        if (scanner.problem !== undefined) return undefined;
        const key = scanner.stringValue();
        const { start: keyStart, end: keyEnd } = scanner;
        scanner.next();
        if (scanner.kind !== ':') scanner.failExpected('":"');
        scanner.next();
        const value = this.parseValue();
        if (value === undefined || scanner.problem !== undefined) return undefined;
        members.push({ key, keyStart, keyEnd, value });
        if (scanner.kind !== ',') break;
        scanner.next();
      }
    }
    if (scanner.kind !== '}') scanner.failExpected('"," or "}"');
    const { end } = scanner;
    scanner.next();
    return { kind: 'object', start, end, members };
  }

  private parseArray(start: number): JsonNode | undefined {
    const { scanner } = this;
    const elements: JsonNode[] = [];
    scanner.next();
    if (scanner.kind !== ']') {
      for (;;) {
        const value = this.parseValue();
        if (value === undefined || scanner.problem !== undefined) return undefined;
        elements.push(value);
        if (scanner.kind !== ',') break;
        scanner.next();
      }
    }
    if (scanner.kind !== ']') scanner.failExpected('"," or "]"');
    const { end } = scanner;
    scanner.next();
    return { kind: 'array', start, end, elements };
  }
}
