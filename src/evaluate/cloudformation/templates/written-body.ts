import type { SourceFile } from '../../../source/source-file.js';
import type { DataNode, DataStream } from '../../../syntax/data/ast.js';
import { parseData } from '../../../syntax/data/parse-data.js';
import { mappingOf, resolveAlias } from '../expression/nodes.js';
import { placedNode } from './placed-node.js';
import { readTemplate, type Template } from './template.js';

/** A template that is written as a text in another; undefined for a text that is none, or that is put together. */
export function templateInText(node: DataNode | undefined, source: SourceFile): Template | undefined {
  const written = node === undefined ? undefined : resolveAlias(node);
  if (written?.kind !== 'string' || written.tag !== undefined) return undefined;
  const literal = literalBlock(source.text.slice(written.start, written.end));
  if (literal !== undefined) return templateIn(parseAt(source, written.start + literal, written.end), source);
  const stream = parseData({ path: source.path, text: written.value }, 'cloudformation');
  return templateIn(stream, source, (root) => placedNode(root, written));
}

/** Where the lines of a literal block begin, which are the text as it is. */
function literalBlock(text: string): number | undefined {
  return /^\|[^\n]*\n/.exec(text)?.[0].length;
}

/** Everything before it blank, so that what is read has the places of the file. */
function parseAt({ path, text }: SourceFile, start: number, end: number): DataStream {
  const blank = text.slice(0, start).replace(/[^\n]/g, ' ');
  return parseData({ path, text: blank + text.slice(start, end) }, 'cloudformation');
}

function templateIn(
  stream: DataStream,
  source: SourceFile,
  place: (root: DataNode) => DataNode | undefined = (root) => root,
): Template | undefined {
  const [document, ...more] = stream.documents;
  if (document === undefined || document.isBroken || more.length > 0) return undefined;
  const root = mappingOf(place(document.root));
  return root === undefined ? undefined : readTemplate({ ...stream, source, comments: [] }, root);
}
