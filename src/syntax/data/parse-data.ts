import type { Diagnostic } from '../../source/diagnostic.js';
import type { SourceFile } from '../../source/source-file.js';
import { Notes, noteRun } from '../yaml/notes.js';
import { eventRuns } from '../yaml/read-events.js';
import type { DataDialect, DataStream } from './ast.js';
import { DataBuilder } from './build-yaml.js';
import { maxDataCharacters, maxDocuments } from './limits.js';
import { type JsonReading, readJson } from './read-json.js';
import type { Reading } from './reading.js';
import { unusualPlaces } from './unusual-stream.js';

/**
 * Parses YAML or JSON, whichever the text is, as a service reads it. It never throws: what is wrong is in the diagnostics,
 * and a document that is wrong is broken and holds what was read before the error.
 */
export function parseData(source: SourceFile, dialect: DataDialect): DataStream {
  const notes = new Notes(source);
  const { text } = source;
  if (text.length > maxDataCharacters) {
    const message = `The file has more than ${maxDataCharacters} characters.`;
    notes.note('limit-reached', message, { start: 0, end: text.length });
    return { source, form: 'yaml', documents: [], comments: [], diagnostics: notes.diagnostics };
  }
  if (!beginsWithBrace(text)) return readYaml(source, { dialect, notes });
  const json = readJson(text, { dialect, notes });
  if (json.problem === undefined) {
    const { documents, comments } = json;
    return { source, form: 'json', documents, comments, diagnostics: notes.diagnostics };
  }
  const yaml = readYaml(source, { dialect, notes: new Notes(source) });
  return isNamedYaml(source.path) ? yaml : withJsonProblem(yaml, json);
}

function beginsWithBrace(text: string): boolean {
  const before = /[^\s\ufeff]/.exec(text)?.index ?? 0;
  return (
    text.charCodeAt(before) === 123 ||
    (text.charCodeAt(before) === 47 && /^[/*]/.test(text.slice(before + 1, before + 2)))
  );
}

function isNamedYaml(path: string): boolean {
  return /\.ya?ml$/i.test(path);
}

/** What is neither JSON nor YAML is told as the broken JSON that its name says it is. */
function withJsonProblem(stream: DataStream, { problem }: JsonReading): DataStream {
  const isSyntax = ({ code }: Diagnostic): boolean => code === 'yaml-invalid-syntax' || code === 'yaml-tab';
  if (problem === undefined || !stream.diagnostics.some(isSyntax)) return stream;
  const { message, start, end } = problem;
  const diagnostic: Diagnostic = { code: 'json-invalid-syntax', message, range: { file: stream.source, start, end } };
  const others = stream.diagnostics.filter((one) => !isSyntax(one) && one.code !== 'yaml-under-indented');
  return { ...stream, diagnostics: [diagnostic, ...others] };
}

function readYaml(source: SourceFile, reading: Reading): DataStream {
  const { dialect, notes } = reading;
  const builder = new DataBuilder(reading);
  for (const run of eventRuns(source.text)) {
    if (dialect === 'kubernetes') {
      for (const { message, at } of unusualPlaces(run))
        notes.note('yaml-unusual-stream', message, { start: at, end: at });
    }
    builder.read(run);
    noteRun(run, notes);
    const beyond = builder.documents[maxDocuments];
    if (beyond !== undefined) {
      const { start } = beyond;
      notes.note('limit-reached', `The file has more than ${maxDocuments} documents.`, { start, end: start });
      break;
    }
  }
  const { comments } = builder;
  const documents = builder.documents.slice(0, maxDocuments);
  return { source, form: 'yaml', documents, comments, diagnostics: notes.diagnostics };
}
