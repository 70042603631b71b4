import { type Diagnostic, type DiagnosticCode, severityOf } from '../../source/diagnostic.js';
import type { SourceFile } from '../../source/source-file.js';
import { describeError } from './describe-error.js';
import type { EventRun } from './read-events.js';
import type { Place } from './tree-builder.js';

/** SAFETY: a stream may be wrong in every document; the report need not grow with it. */
export const maxDiagnostics = 1_000;

/** SAFETY: characters of a stream's broken documents that are read again for a better message. */
const maxExplained = 200_000;

/** What is wrong with a file, in the order in which it is found. Errors are counted apart: oddities never hide one. */
export class Notes {
  readonly diagnostics: Diagnostic[] = [];
  /** Characters of documents that were read again for the message of their error. */
  explained = 0;
  private errors = 0;

  constructor(private readonly source: SourceFile) {}

  note(code: DiagnosticCode, message: string, { start, end }: Place): void {
    const isError = severityOf(code) === 'error';
    if ((isError ? this.errors : this.diagnostics.length - this.errors) >= maxDiagnostics) return;
    if (isError) this.errors++;
    this.diagnostics.push({ code, message, range: { file: this.source, start, end } });
  }
}

/** What a run's parser tells: its error, or else the first place that only lenient readers take. */
export function noteRun(run: EventRun, notes: Notes): void {
  const [underIndented] = run.underIndented;
  if (underIndented !== undefined && run.error === undefined) {
    const at = run.base + underIndented;
    const message = 'The line is indented no more than the block around its brackets or quotes.';
    notes.note('yaml-under-indented', message, { start: at, end: at });
  }
  if (run.error === undefined) return;
  notes.explained += Math.min(run.error.at, maxExplained);
  const { code, message, start, end } = describeError(run, run.error, notes.explained <= maxExplained);
  notes.note(code, message, { start: run.base + start, end: run.base + end });
}
