import type { Diagnostic } from '../source/diagnostic.js';
import type { SourceFile } from '../source/source-file.js';
import { suggest } from '../source/suggest.js';
import type { YamlMapping, YamlNode, YamlScalar } from '../syntax/yaml/ast.js';
import { parseYaml, toPlain } from '../syntax/yaml/parse-yaml.js';
import { scalarPieces } from '../syntax/yaml/scalar-pieces.js';

/** Reads the mapping of a policy file and collects what is wrong with it. */
export class PolicyReader {
  readonly diagnostics: Diagnostic[] = [];
  readonly file: SourceFile;

  constructor(file: SourceFile) {
    this.file = file;
  }

  fail(node: { readonly start: number; readonly end: number }, message: string): void {
    this.diagnostics.push({
      code: 'policy-invalid',
      message,
      range: { file: this.file, start: node.start, end: node.end },
    });
  }

  /** The fields of a mapping; an unknown key is an error with the nearest name. */
  fields(node: YamlMapping, known: readonly string[], where: string): ReadonlyMap<string, YamlNode> {
    const fields = new Map<string, YamlNode>();
    for (const { key, value } of node.entries) {
      const name = key.kind === 'scalar' ? key.text : '';
      if (!known.includes(name)) this.fail(key, `${where} has no key "${name}".${suggest(name, known)}`);
      else if (fields.has(name)) this.fail(key, `The key "${name}" occurs twice.`);
      else fields.set(name, value);
    }
    return fields;
  }

  text(node: YamlNode | undefined, what: string): string | undefined {
    if (node === undefined) return undefined;
    if (node.kind === 'scalar' && node.text.trim() !== '') return node.text.trim();
    this.fail(node, `"${what}" needs a text.`);
    return undefined;
  }

  /** A list of texts; one text is a list of one. */
  texts(node: YamlNode | undefined, what: string): readonly string[] {
    if (node === undefined) return [];
    if (node.kind === 'scalar') return [node.text];
    if (node.kind === 'sequence' && node.items.every((item) => item.kind === 'scalar')) {
      return node.items.flatMap((item) => (item.kind === 'scalar' ? [item.text] : []));
    }
    this.fail(node, `"${what}" needs a list of texts.`);
    return [];
  }

  mapping(node: YamlNode | undefined, what: string): YamlMapping | undefined {
    if (node === undefined || node.kind === 'mapping') return node;
    this.fail(node, `"${what}" needs keys and values.`);
    return undefined;
  }
}

/** The policies of a file: one a document, or a list of them. */
export function readDocuments(file: SourceFile): {
  readonly mappings: readonly YamlMapping[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const stream = parseYaml(file);
  const diagnostics = [...stream.diagnostics];
  const mappings: YamlMapping[] = [];
  for (const document of stream.documents) {
    for (const node of document.kind === 'sequence' ? document.items : [document]) {
      if (node.kind === 'mapping') mappings.push(node);
      else {
        const range = { file, start: node.start, end: node.end };
        diagnostics.push({ code: 'policy-invalid', message: 'A policy is keys and values.', range });
      }
    }
  }
  return { mappings, diagnostics };
}

/** A node as plain data: texts, numbers, booleans, lists, objects. */
export function plainOf(node: YamlNode): unknown {
  return toPlain(node);
}

/**
 * Where each UTF-16 unit of a scalar's text is written, and its end. What is folded or escaped stands where that begins.
 */
export function offsetsOf(file: SourceFile, { start, end, text }: YamlScalar): readonly number[] {
  const offsets: number[] = [];
  let last = start;
  for (const piece of scalarPieces(file.text, start, end, text)) {
    for (let unit = 0; unit < piece.length; unit++) {
      offsets.push(Math.min(piece.isVerbatim ? piece.start + unit : piece.start, end));
    }
    last = piece.isVerbatim ? piece.start + piece.length : end;
  }
  offsets.push(Math.min(last, end));
  return offsets;
}
