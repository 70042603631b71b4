import type { ReportInput } from '../findings/report-input.js';
import { type Diagnostic, type DiagnosticCode, severityOf } from '../source/diagnostic.js';
import { toDisplayPath, toPlace } from './display-path.js';
import { renderExcerpt } from './excerpt.js';
import type { Mask } from './mask.js';
import { clean, count, type Style, wrap } from './terminal-text.js';

export interface DiagnosticContext {
  readonly style: Style;
  readonly mask: Mask;
}

/** Blocks of one code that are shown in full. */
const MAX_BLOCKS_PER_CODE = 20;

/** Warnings about what the user wrote for us, and one for many files, which a count in the summary would hide. */
const SHOWN_WARNINGS: ReadonlySet<DiagnosticCode> = new Set([
  'suppression-without-reason',
  'suppression-invalid',
  'policy-doubtful',
  'policy-error',
  'policy-value-invalid',
  'template-source',
  'surroundings-not-read',
]);

/**
 * Every error, and the warnings about suppressions and policies, as blocks; the summary counts the others. Where they are
 * what makes a report incomplete, every warning.
 */
export function renderDiagnostics(input: ReportInput, { style, mask }: DiagnosticContext): string[][] {
  const isFailing = input.summary.incomplete && !input.diagnostics.some(({ code }) => severityOf(code) === 'error');
  const shown = input.diagnostics.filter(
    (diagnostic) => isShown(diagnostic, style) || (isFailing && severityOf(diagnostic.code) === 'warning'),
  );
  const seen = new Map<DiagnosticCode, number>();
  const blocks: string[][] = [];
  for (const diagnostic of shown) {
    const number = (seen.get(diagnostic.code) ?? 0) + 1;
    seen.set(diagnostic.code, number);
    if (number <= MAX_BLOCKS_PER_CODE) blocks.push(renderDiagnostic(diagnostic, input, { style, mask }));
  }
  for (const [code, number] of seen) {
    const hidden = number - MAX_BLOCKS_PER_CODE;
    if (hidden > 0)
      blocks.push([`${style.dim(code)}  ${count(hidden, 'more message')} of this kind; all: --format json`]);
  }
  return blocks;
}

function isShown({ code }: Diagnostic, style: Style): boolean {
  return severityOf(code) === 'error' || (!style.isQuiet && SHOWN_WARNINGS.has(code));
}

/** One diagnostic: what is wrong, where, and the line with its mark. */
export function renderDiagnostic(
  { code, message, range, path }: Diagnostic,
  input: Pick<ReportInput, 'projectRoot' | 'workingDirectory' | 'repositoryRoot'>,
  { style, mask }: DiagnosticContext,
): string[] {
  const severity = severityOf(code);
  const paint = severity === 'error' ? style.error : severity === 'warning' ? style.warning : style.dim;
  const [first = '', ...rest] = wrap(clean(message), `${severity}  `, style.proseWidth);
  const title = [paint(severity) + first.slice(severity.length), ...rest];
  if (range !== undefined) {
    const place = `  --> ${style.bold(clean(toPlace(input, range)))}`;
    // Nobody writes a snapshot: its lines explain nothing.
    if (code.startsWith('snapshot-')) return [...title, place];
    return [...title, place, ...renderExcerpt(range, { style, mask, paint, caption: '' })];
  }
  return path === undefined ? title : [...title, `  --> ${style.bold(clean(toDisplayPath(input, path)))}`];
}
