import type { Diagnostic, DiagnosticCode } from '../../source/diagnostic.js';
import type { SourceFile } from '../../source/source-file.js';
import { describeError, underIndented } from '../yaml/parse-yaml.js';
import { eventRuns } from '../yaml/read-events.js';
import type { Place } from '../yaml/tree-builder.js';
import type { DataDialect, DataEntry, DataStream } from './ast.js';
import { DataBuilder } from './build-yaml.js';
import { readJson } from './read-json.js';
import type { DataNotes } from './scalar-node.js';

/** SAFETY: characters of a file. */
export const maxDataCharacters = 32 * 1024 * 1024;

/** SAFETY: documents of a file. */
export const maxDocuments = 100_000;

/** SAFETY: a stream may be wrong in every document; the report need not grow with it. */
export const maxDataDiagnostics = 1_000;

/** Parses YAML or JSON, whichever it is, as a service reads it. It never throws: what is wrong is in the diagnostics. */
export function parseData(source: SourceFile, dialect: DataDialect): DataStream {
  const notes = new Notes(source);
  const { text } = source;
  if (text.length > maxDataCharacters) {
    const end = text.length;
    notes.note('limit-reached', `The file has more than ${maxDataCharacters} characters.`, { start: 0, end });
    return { source, form: 'yaml', documents: [], comments: [], diagnostics: notes.diagnostics };
  }
  const json = /^\ufeff?\s*\{/.test(text.slice(0, 1_000)) ? readJson(source, dialect) : undefined;
  return json ?? readYaml(source, dialect, notes);
}

function readYaml(source: SourceFile, dialect: DataDialect, notes: Notes): DataStream {
  const builder = new DataBuilder(dialect, notes);
  for (const run of eventRuns(source.text)) {
    for (const at of run.underIndented) {
      notes.note('yaml-under-indented', underIndented, { start: run.base + at, end: run.base + at });
    }
    builder.read(run);
    if (run.error !== undefined) {
      const { message, place } = describeError(source.text, run.base, run.error);
      notes.note(run.error.isTooDeep ? 'limit-reached' : 'yaml-invalid-syntax', message, place);
    }
    if (builder.documents.length >= maxDocuments) {
      const end = run.base + run.text.length;
      if (end < source.text.length) {
        notes.note('limit-reached', `The file has more than ${maxDocuments} documents.`, { start: end, end });
      }
      break;
    }
  }
  const { documents, comments } = builder;
  return { source, form: 'yaml', documents, comments, diagnostics: notes.diagnostics };
}

class Notes implements DataNotes {
  readonly diagnostics: Diagnostic[] = [];

  constructor(readonly source: SourceFile) {}

  note(code: DiagnosticCode, message: string, { start, end }: Place): void {
    if (this.diagnostics.length >= maxDataDiagnostics) return;
    this.diagnostics.push({ code, message, range: { file: this.source, start, end } });
  }

  duplicate(key: string, { keyStart, keyEnd }: DataEntry): void {
    const message = `The key "${key}" is written again below, and that one counts.`;
    this.note('yaml-duplicate-key', message, { start: keyStart, end: keyEnd });
  }
}
