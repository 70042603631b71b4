import type { Diagnostic } from '../../source/diagnostic.js';
import type { SourceFile, SourceRange } from '../../source/source-file.js';
import type { JsonNode } from '../../syntax/json/ast.js';
import { parseJson } from '../../syntax/json/parse-json.js';
import { membersOf } from './json-members.js';

/** One line of an `ndjson` file. */
export interface ReadLine {
  readonly members: ReadonlyMap<string, JsonNode>;
  readonly range: SourceRange;
}

/** The lines of a file one by one, so that no more than one tree is there; what is wrong with one is reported, the others are read. */
export function* readLines(source: SourceFile, diagnostics: Diagnostic[]): Generator<ReadLine> {
  const { text } = source;
  let start = text.startsWith('\ufeff') ? 1 : 0;
  while (start < text.length) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    const document = end === start ? undefined : parseJson(source, { start, end });
    const range = { file: source, start, end };
    start = end + 1;
    if (document === undefined) continue;
    const members = membersOf(document.root);
    if (members !== undefined) yield { members, range };
    else diagnostics.push(...(document.diagnostics.length > 0 ? document.diagnostics : [notAnObject(range)]));
  }
}

function notAnObject(range: SourceRange): Diagnostic {
  return { code: 'snapshot-invalid', message: 'The line holds no object; the others are read.', range };
}
