import type { Diagnostic } from '../../source/diagnostic.js';
import type { SourceFile } from '../../source/source-file.js';
import { JsonScanner, stringOffsets } from '../json-tokens.js';
import type { Expression, HclFile, JsonBody, ObjectExpression, ObjectItem, TemplateExpression } from './ast.js';
import { makeLiteral, makeObject, makeTemplate, makeTuple } from './constructors.js';
import { partsAt } from './expressions.js';
import { diagnosticsOf } from './messages.js';
import { parseNative } from './native-parser.js';
import { toNfc } from './nfc.js';
import { maxNestingDepth } from './tape.js';

/** Parses HCL's JSON syntax, https://github.com/hashicorp/hcl/blob/main/json/spec.md. After an error the body is empty. */
export function parseHclJson(source: SourceFile): HclFile {
  const reader = new HclJsonReader(source);
  const { objects } = reader.parseFile();
  const { diagnostics, problem } = reader;
  const end = source.text.length;
  if (problem !== undefined) {
    const body: JsonBody = { kind: 'json-body', start: 0, end, objects: [], isIncomplete: true };
    return { source, syntax: 'json', body, comments: [], diagnostics: [problem] };
  }
  return { source, syntax: 'json', body: { kind: 'json-body', start: 0, end, objects }, comments: [], diagnostics };
}

/** SAFETY: the most values, keys among them, that one file may hold. */
const maxValues = 1_000_000;

class HclJsonReader {
  readonly diagnostics: Diagnostic[] = [];
  private readonly scanner: JsonScanner;
  private isTooDeep = false;
  private isTooLarge = false;
  private remaining = maxValues;
  private depth = 0;

  constructor(private readonly source: SourceFile) {
    this.scanner = new JsonScanner(source.text, 0, source.text.length);
  }

  get problem(): Diagnostic | undefined {
    const { problem } = this.scanner;
    if (problem === undefined) return undefined;
    const { message, start, end } = problem;
    const syntax = this.isTooDeep ? 'json-nesting-too-deep' : 'json-invalid-syntax';
    const code = this.isTooLarge ? 'limit-reached' : syntax;
    return { code, message, range: { file: this.source, start, end } };
  }

  /** The objects of the file's body: an object, or an array of objects. */
  parseFile(): { readonly objects: readonly ObjectExpression[] } {
    this.scanner.next();
    const root = this.parseValue();
    if (this.scanner.kind !== 'end') this.scanner.failExpected('the end of the document');
    const objects = objectsOf(root);
    if (objects === undefined)
      this.scanner.fail('The file must be an object or a list of objects.', root.start, root.end);
    return { objects: objects ?? [] };
  }

  private parseValue(): Expression {
    const { scanner } = this;
    const { kind, start, end } = scanner;
    let value: Expression = { kind: 'error', start, end };
    if (--this.remaining < 0) {
      this.isTooLarge = true;
      scanner.fail(`The file has more than ${maxValues} values: it is not read.`);
      return value;
    }
    if (kind === '{' || kind === '[') {
      if (this.depth >= maxNestingDepth) {
        this.isTooDeep = true;
        scanner.fail(`Nested more than ${maxNestingDepth} deep.`);
        return value;
      }
      this.depth++;
      value = kind === '{' ? this.parseObject(start) : this.parseArray(start);
      this.depth--;
      return value;
    }
    if (kind === 'string') value = this.template();
    else if (kind === 'number') value = makeLiteral(start, end, { number: scanner.text.slice(start, end) });
    else if (kind === 'true' || kind === 'false') value = makeLiteral(start, end, kind === 'true');
    else if (kind === 'null') value = makeLiteral(start, end, null);
    else scanner.failExpected('a value');
    scanner.next();
    return value;
  }

  private parseObject(start: number): ObjectExpression {
    const { scanner } = this;
    const items: ObjectItem[] = [];
    scanner.next();
    while (scanner.kind !== '}' || items.length > 0) {
      if (scanner.kind !== 'string') scanner.failExpected('a key in quotes');
      if (scanner.problem !== undefined) break;
      const key = this.template();
      scanner.next();
      if (scanner.kind !== ':') scanner.failExpected('":"');
      scanner.next();
      const value = this.parseValue();
      items.push({ start: key.start, end: value.end, key, value });
      if (scanner.kind !== ',') break;
      scanner.next();
    }
    if (scanner.kind !== '}') scanner.failExpected('"," or "}"');
    const { end } = scanner;
    scanner.next();
    return makeObject(start, end, items);
  }

  private parseArray(start: number): Expression {
    const { scanner } = this;
    const elements: Expression[] = [];
    scanner.next();
    while (scanner.kind !== ']' || elements.length > 0) {
      elements.push(this.parseValue());
      if (scanner.kind !== ',' || scanner.problem !== undefined) break;
      scanner.next();
    }
    if (scanner.kind !== ']') scanner.failExpected('"," or "]"');
    const { end } = scanner;
    scanner.next();
    return makeTuple(start, end, elements);
  }

  /** The current string as a template. */
  private template(): TemplateExpression {
    const { scanner, source } = this;
    const { start, end } = scanner;
    const text = scanner.stringValue();
    if (!text.includes('${') && !text.includes('%{')) {
      const parts = text === '' ? [] : [{ kind: 'text' as const, start: start + 1, end: end - 1, value: toNfc(text) }];
      return makeTemplate('json', { start, end }, parts, text);
    }
    // The value of a string with escapes, whose places are those of its characters in the file.
    const stretch = scanner.hasEscapes
      ? { source, text, start: 0, end: text.length, offsets: stringOffsets(source.text, start, end) }
      : { source, start: start + 1, end: end - 1 };
    const tape = parseNative('parseTemplate', stretch);
    this.diagnostics.push(...diagnosticsOf(tape));
    return makeTemplate('json', { start, end }, partsAt(tape, tape.root + 3), text);
  }
}

/** An object as one, a list of objects as several; undefined where it is neither. */
export function objectsOf(value: Expression): readonly ObjectExpression[] | undefined {
  if (value.kind === 'object') return [value];
  if (value.kind !== 'tuple') return undefined;
  const objects: ObjectExpression[] = [];
  for (const element of value.elements) {
    const inner = objectsOf(element);
    if (inner === undefined) return undefined;
    for (const object of inner) objects.push(object);
  }
  return objects;
}
