import type { Diagnostic, DiagnosticCode } from '../../source/diagnostic.js';
import type { SourceFile } from '../../source/source-file.js';
import type { YamlStream } from './ast.js';
import { DocumentBuilder } from './build-documents.js';
import { eventRuns, type SyntaxProblem } from './read-events.js';
import type { Place } from './tree-builder.js';

export { resolveScalar } from './resolve-scalar.js';
export { toPlain } from './to-plain.js';

/** SAFETY: a stream may be wrong in every document; the report need not grow with it. */
export const maxYamlDiagnostics = 1_000;

/**
 * Parses a stream of YAML 1.2 documents. A document with an error is missing from the result: half of it would make absent
 * what is present. The others, which begin at the lines `---`, are there. Empty documents are left out.
 */
export function parseYaml(source: SourceFile): YamlStream {
  const diagnostics: Diagnostic[] = [];
  const note = (code: DiagnosticCode, message: string, { start, end }: Place): void => {
    if (diagnostics.length < maxYamlDiagnostics)
      diagnostics.push({ code, message, range: { file: source, start, end } });
  };
  const builder = new DocumentBuilder();
  let told = 0;
  for (const run of eventRuns(source.text)) {
    for (const at of run.underIndented) {
      note('yaml-under-indented', underIndented, { start: run.base + at, end: run.base + at });
    }
    builder.read(run);
    for (; told < builder.problems.length; told++) {
      const problem = builder.problems[told];
      if (problem === undefined) continue;
      note(problem.isLimit ? 'limit-reached' : 'yaml-invalid-syntax', problem.message, problem);
    }
    if (run.error === undefined) continue;
    const { message, place } = describeError(source.text, run.base, run.error);
    note(run.error.isTooDeep ? 'limit-reached' : 'yaml-invalid-syntax', message, place);
  }
  return { source, documents: builder.documents, diagnostics };
}

export const underIndented = 'The line is indented no more than the block around its brackets or quotes.';

/** An error of the parser as a sentence, and its place in the stream: a character, or the end of the text. */
export function describeError(
  text: string,
  base: number,
  { reason, at }: SyntaxProblem,
): { readonly message: string; readonly place: Place } {
  const start = base + at;
  const isAtEnd = start >= text.length || text.charAt(start) === '\n';
  return {
    message: `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`,
    place: { start, end: isAtEnd ? start : start + 1 },
  };
}
