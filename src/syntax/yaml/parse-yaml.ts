import { parseEvents, YAMLException } from 'js-yaml';
import type { Diagnostic, DiagnosticCode } from '../../source/diagnostic.js';
import type { SourceFile } from '../../source/source-file.js';
import type { YamlNode, YamlStream } from './ast.js';
import { buildDocuments, type YamlProblem } from './build-documents.js';

export { maxAliasExpansion, maxYamlHeight } from './build-documents.js';
export { resolveScalar } from './resolve-scalar.js';
export { toPlain } from './to-plain.js';

/** SAFETY: how deep collections may nest in the text. */
export const maxYamlDepth = 100;

/**
 * Parses a stream of YAML 1.2 documents. A document with an error is missing from the result: half of it would make absent
 * what is present. The others, which begin at the lines `---`, are there. Empty documents are left out.
 */
export function parseYaml(source: SourceFile): YamlStream {
  const { text } = source;
  const diagnostics: Diagnostic[] = [];
  const note = (code: DiagnosticCode, { message, start, end }: YamlProblem): void => {
    diagnostics.push({ code, message, range: { file: source, start, end } });
  };
  const whole = read(text, 0);
  if (!('message' in whole)) return { source, documents: keep(whole.documents, whole.problems, note), diagnostics };
  const documents: YamlNode[] = [];
  for (const [start, end] of chunksOf(text)) {
    const part = read(text.slice(start, end), start);
    if ('message' in part) note(part.isTooDeep ? 'limit-reached' : 'yaml-invalid-syntax', part);
    else for (const document of keep(part.documents, part.problems, note)) documents.push(document);
  }
  return { source, documents, diagnostics };
}

function keep(
  documents: readonly YamlNode[],
  problems: readonly YamlProblem[],
  note: (code: DiagnosticCode, problem: YamlProblem) => void,
): readonly YamlNode[] {
  for (const problem of problems) note(problem.isLimit === true ? 'limit-reached' : 'yaml-invalid-syntax', problem);
  return documents;
}

type Reading =
  | { readonly documents: readonly YamlNode[]; readonly problems: readonly YamlProblem[] }
  | (YamlProblem & { readonly isTooDeep: boolean });

function read(text: string, offset: number): Reading {
  try {
    return buildDocuments(parseEvents(text, { maxDepth: maxYamlDepth }), text, offset);
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const at = Math.min(error.mark?.position ?? 0, text.length);
    const { reason } = error;
    const message = `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`;
    const end = at < text.length && text.charAt(at) !== '\n' ? at + 1 : at;
    return { message, start: offset + at, end: offset + end, isTooDeep: reason.includes('maxDepth') };
  }
}

/** The stretches between lines that begin with `---`. */
function chunksOf(text: string): [number, number][] {
  const chunks: [number, number][] = [];
  let start = 0;
  for (const match of text.matchAll(/^---(?=\s|$)/gm)) {
    if (match.index > start) chunks.push([start, match.index]);
    start = match.index;
  }
  chunks.push([start, text.length]);
  return chunks;
}
