import { parseEvents, YAMLException } from 'js-yaml';
import type { Diagnostic, DiagnosticCode } from '../../source/diagnostic.js';
import type { SourceFile } from '../../source/source-file.js';
import type { YamlNode, YamlStream } from './ast.js';
import { buildDocuments, type YamlProblem } from './build-documents.js';

export { resolveScalar } from './resolve-scalar.js';
export { toPlain } from './to-plain.js';

/** SAFETY: how deep collections may nest in the text. */
export const maxYamlDepth = 100;

/** SAFETY: characters read again to mend lines that are indented too little. */
export const maxMendedCharacters = 20_000_000;

/** SAFETY: a stream may be wrong in every document; the report need not grow with it. */
export const maxYamlDiagnostics = 1_000;

/**
 * Parses a stream of YAML 1.2 documents. A document with an error is missing from the result: half of it would make absent
 * what is present. The others, which begin at the lines `---`, are there. Empty documents are left out.
 */
export function parseYaml(source: SourceFile): YamlStream {
  const { text } = source;
  const diagnostics: Diagnostic[] = [];
  const note = (code: DiagnosticCode, { message, start, end }: YamlProblem): void => {
    if (diagnostics.length < maxYamlDiagnostics)
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
  for (const problem of problems) note(codeOf(problem), problem);
  return documents;
}

function codeOf(problem: YamlProblem): DiagnosticCode {
  if (problem.isLimit === true) return 'limit-reached';
  return problem.isUnderIndented === true ? 'yaml-under-indented' : 'yaml-invalid-syntax';
}

type Reading =
  | { readonly documents: readonly YamlNode[]; readonly problems: readonly YamlProblem[] }
  | (YamlProblem & { readonly isTooDeep: boolean });

/**
 * Reads a stretch of the file. YAML asks that what stands in brackets or quotes be indented more than the block around it;
 * PyYAML, Go and so kubectl do not, and js-yaml cannot be told to. Such a line is indented and the text read again: white
 * space means nothing there.
 */
function read(text: string, offset: number): Reading {
  let mended = text;
  // Where spaces were put in, in offsets of the text as it was, in ascending order.
  const mends: number[] = [];
  let width = 0;
  let budget = maxMendedCharacters;
  for (;;) {
    const place = placeOf(mends, width, offset);
    try {
      const built = buildDocuments(parseEvents(mended, { maxDepth: maxYamlDepth }), mended, place);
      const underIndented = mends.map((at) => underIndentedAt(offset + at));
      return { documents: built.documents, problems: [...underIndented, ...built.problems] };
    } catch (error) {
      if (!(error instanceof YAMLException)) throw error;
      const position = Math.min(error.mark?.position ?? 0, mended.length);
      budget -= mended.length;
      const at = lineToMend(error.reason, mended, position);
      const original = at === undefined ? -1 : place(at) - offset;
      if (at === undefined || budget < 0 || mends.includes(original))
        return problemOf(error.reason, mended, position, place);
      width ||= widestIndentation(text) + 1;
      mends.push(original);
      mends.sort((a, b) => a - b);
      mended = mended.slice(0, at) + ' '.repeat(width) + mended.slice(at);
    }
  }
}

function underIndentedAt(at: number): YamlProblem {
  const message = 'The line is indented no more than the block around its brackets or quotes.';
  return { message, start: at, end: at, isUnderIndented: true };
}

/** Offsets of the mended text to offsets of the file. */
function placeOf(mends: readonly number[], width: number, offset: number): (at: number) => number {
  if (mends.length === 0) return (at) => offset + at;
  const starts = mends.map((at, i) => at + i * width);
  return (at) => {
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) < at) low = middle + 1;
      else high = middle;
    }
    if (low === 0) return offset + at;
    // An offset among the spaces that were put in is that of the line.
    const start = starts[low - 1] ?? 0;
    return offset + (at < start + width ? (mends[low - 1] ?? 0) : at - low * width);
  };
}

/** The start of the line that js-yaml found indented too little; undefined for another error, or at a document marker. */
function lineToMend(reason: string, text: string, position: number): number | undefined {
  if (reason !== 'deficient indentation') return undefined;
  const start = text.lastIndexOf('\n', position - 1) + 1;
  return /^(?:---|\.\.\.)(?:\s|$)/.test(text.slice(start, start + 4)) || position >= text.length ? undefined : start;
}

function widestIndentation(text: string): number {
  let widest = 0;
  for (const [spaces] of text.matchAll(/^ +/gm)) widest = Math.max(widest, spaces.length);
  return Math.min(widest, 1_000);
}

function problemOf(reason: string, text: string, at: number, place: (at: number) => number): Reading {
  const message = `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`;
  const end = at < text.length && text.charAt(at) !== '\n' ? at + 1 : at;
  return { message, start: place(at), end: Math.max(place(at), place(end)), isTooDeep: reason.includes('maxDepth') };
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
