import type { SourceFile } from '../../source/source-file.js';
import type { YamlStream } from './ast.js';
import { DocumentBuilder } from './build-documents.js';
import { Notes, noteRun } from './notes.js';
import { eventRuns } from './read-events.js';

export { resolveScalar } from './resolve-scalar.js';
export { toPlain } from './to-plain.js';

/**
 * Parses a stream of YAML 1.2 documents. A document with an error is missing from the result: half of it would make absent
 * what is present. The others, which begin at the lines `---`, are there. Empty documents are left out.
 */
export function parseYaml(source: SourceFile): YamlStream {
  const notes = new Notes(source);
  const builder = new DocumentBuilder();
  let told = 0;
  for (const run of eventRuns(source.text)) {
    builder.read(run);
    for (const problem of builder.problems.slice(told)) notes.note(problem.code, problem.message, problem);
    told = builder.problems.length;
    noteRun(run, notes);
  }
  return { source, documents: builder.documents, diagnostics: notes.diagnostics };
}
