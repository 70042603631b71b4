import type { Diagnostic, DiagnosticCode } from '../../source/diagnostic.js';
import type { SourceFile } from '../../source/source-file.js';
import type { YamlStream } from './ast.js';
import { DocumentBuilder } from './build-documents.js';
import { describeError } from './describe-error.js';
import { eventRuns } from './read-events.js';
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
    const { code, message, place } = describeError(source.text, run.base, run.error);
    note(code, message, place);
  }
  return { source, documents: builder.documents, diagnostics };
}

/** The message of `yaml-under-indented`. */
export const underIndented = 'The line is indented no more than the block around its brackets or quotes.';
