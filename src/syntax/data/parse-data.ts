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
  return joined(source, dataParts(source, dialect));
}

/**
 * The same stretch by stretch, each with the documents, comments and diagnostics of its own: of a stream of thousands of
 * documents no more than one has to be in memory.
 */
export function* dataParts(source: SourceFile, dialect: DataDialect): Generator<DataStream, void, undefined> {
  const notes = new Notes(source);
  const { text } = source;
  if (text.length > maxDataCharacters) {
    const message = `The file has more than ${maxDataCharacters} characters.`;
    notes.note('limit-reached', message, { start: 0, end: text.length });
    yield { source, form: 'yaml', documents: [], comments: [], diagnostics: notes.diagnostics };
    return;
  }
  if (!beginsWithBrace(text)) {
    yield* yamlParts(source, { dialect, notes });
    return;
  }
  const json = readJson(text, { dialect, notes });
  if (json.problem === undefined) {
    const { documents, comments } = json;
    yield { source, form: 'json', documents, comments, diagnostics: notes.diagnostics };
    return;
  }
  const yaml = joined(source, yamlParts(source, { dialect, notes: new Notes(source) }));
  yield isNamedYaml(source.path) ? yaml : withJsonProblem(yaml, json);
}

function joined(source: SourceFile, parts: Iterable<DataStream>): DataStream {
  const all = [...parts];
  const [only] = all;
  if (all.length === 1 && only !== undefined) return only;
  return {
    source,
    form: 'yaml',
    documents: all.flatMap(({ documents }) => documents),
    comments: all.flatMap(({ comments }) => comments),
    diagnostics: all.flatMap(({ diagnostics }) => diagnostics),
  };
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

function* yamlParts(source: SourceFile, reading: Reading): Generator<DataStream, void, undefined> {
  const { dialect, notes } = reading;
  const builder = new DataBuilder(reading);
  let count = 0;
  let told = 0;
  for (const run of eventRuns(source.text)) {
    if (dialect === 'kubernetes') {
      for (const { message, at } of unusualPlaces(run))
        notes.note('yaml-unusual-stream', message, { start: at, end: at });
    }
    const comments = builder.comments.length;
    builder.read(run);
    noteRun(run, notes);
    const documents = builder.documents.splice(0);
    const beyond = documents[maxDocuments - count];
    if (beyond !== undefined) {
      const { start } = beyond;
      notes.note('limit-reached', `The file has more than ${maxDocuments} documents.`, { start, end: start });
      documents.length = maxDocuments - count;
    }
    count += documents.length;
    const diagnostics = notes.diagnostics.slice(told);
    told += diagnostics.length;
    yield { source, form: 'yaml', documents, comments: builder.comments.slice(comments), diagnostics };
    if (beyond !== undefined) return;
  }
}
