import type { Diagnostic, DiagnosticCode } from '../../source/diagnostic.js';
import type { SourceFile } from '../../source/source-file.js';
import type { Attribute, Block, Body, Expression, JsonBody, Label, Node, ObjectExpression, ObjectItem } from './ast.js';
import { objectsOf } from './parse-hcl-json.js';

/**
 * A body of either syntax as attributes and blocks. In JSON syntax only a schema can tell which a property is:
 * `blockLabels` answers with the number of a block's labels, or undefined for an attribute. A native body is returned as
 * it is. A block's own body stays a `JsonBody`, to be turned by whoever knows its schema.
 */
export function toBody(
  body: Body | JsonBody,
  blockLabels: (name: string) => number | undefined,
  source: SourceFile,
): { readonly body: Body; readonly diagnostics: readonly Diagnostic[] } {
  if (body.kind === 'body') return { body, diagnostics: [] };
  const reader = new JsonBodyReader(source);
  for (const object of body.objects) reader.readObject(object, blockLabels);
  const { attributes, blocks, diagnostics } = reader;
  const { start, end } = body;
  const isIncomplete = body.isIncomplete === true || diagnostics.length > 0;
  const result: Body = {
    kind: 'body',
    start,
    end,
    attributes,
    blocks,
    ...(isIncomplete ? { isIncomplete } : undefined),
  };
  return { body: result, diagnostics };
}

/** A key as it is written: keys of bodies are names, not templates. */
function nameOf(key: Expression): string {
  return key.kind === 'template' ? (key.text ?? '') : '';
}

class JsonBodyReader {
  readonly attributes: Attribute[] = [];
  readonly blocks: Block[] = [];
  readonly diagnostics: Diagnostic[] = [];
  private readonly names = new Set<string>();

  constructor(private readonly source: SourceFile) {}

  readObject(object: ObjectExpression, blockLabels: (name: string) => number | undefined): void {
    for (const item of object.items) {
      const name = nameOf(item.key);
      if (name === '//') continue;
      const labels = blockLabels(name);
      if (labels === undefined) this.readAttribute(name, item);
      else this.readBlocks({ type: name, key: item.key, missing: labels, labels: [] }, item.value);
    }
  }

  private note(code: DiagnosticCode, message: string, { start, end }: Node): void {
    this.diagnostics.push({ code, message, range: { file: this.source, start, end } });
  }

  private readAttribute(name: string, item: ObjectItem): void {
    const { key, value, start, end } = item;
    if (this.names.has(name)) {
      this.note('json-duplicate-key', `The argument "${name}" is already set in this body.`, key);
      return;
    }
    this.names.add(name);
    const nameRange = { start: key.start, end: key.end };
    this.attributes.push({ kind: 'attribute', start, end, name, nameRange, expression: value });
  }

  /** Objects, or lists of objects, for every label that is missing, and then for the block itself. */
  private readBlocks(header: JsonHeader, value: Expression): void {
    // A null stands for no block.
    if (value.kind === 'literal' && value.value === null) return;
    if (header.missing === 0) {
      const bodies = value.kind === 'tuple' ? value.elements : [value];
      for (const each of bodies) this.addBlock(header, each);
      return;
    }
    const objects = objectsOf(value);
    if (objects === undefined) {
      this.noteNoObject(header.type, value);
      return;
    }
    for (const { items } of objects) {
      for (const { key, value: inner } of items) {
        const label = { start: key.start, end: key.end, value: nameOf(key) };
        this.readBlocks({ ...header, missing: header.missing - 1, labels: [...header.labels, label] }, inner);
      }
    }
  }

  private addBlock({ type, key, labels }: JsonHeader, value: Expression): void {
    const objects = objectsOf(value);
    if (objects === undefined) {
      this.noteNoObject(type, value);
      return;
    }
    const typeRange = { start: key.start, end: key.end };
    // Many blocks may stand under one key: each is where its last label is.
    const { start: from, end: to } = labels.at(-1) ?? typeRange;
    const { start, end } = value;
    const body: JsonBody = { kind: 'json-body', start, end, objects };
    this.blocks.push({
      kind: 'block',
      start: from,
      end,
      type,
      typeRange,
      labels,
      body,
      header: { start: from, end: to },
      memo: undefined,
    });
  }

  private noteNoObject(type: string, value: Expression): void {
    this.note('hcl-unexpected-token', `The block "${type}" must be an object or a list of objects.`, value);
  }
}

interface JsonHeader {
  readonly type: string;
  readonly key: Node;
  /** Labels that are still to come. */
  readonly missing: number;
  readonly labels: readonly Label[];
}
