import type { DiagnosticCode } from '../../source/diagnostic.js';
import type { SyntaxProblem } from './read-events.js';
import type { Place } from './tree-builder.js';

export interface ErrorDescription {
  readonly code: DiagnosticCode;
  readonly message: string;
  /** In the stream: a character, or the end of a line. */
  readonly place: Place;
}

/** An error of the parser in a stretch of the stream that begins at `base`. */
export function describeError(text: string, base: number, { reason, at, isTooDeep }: SyntaxProblem): ErrorDescription {
  const start = base + at;
  const tab = tabAt(text, start);
  if (tab !== undefined) {
    const message = 'A tab cannot indent YAML: use spaces.';
    return { code: 'yaml-tab', message, place: { start: tab, end: tab + 1 } };
  }
  return {
    code: isTooDeep ? 'limit-reached' : 'yaml-invalid-syntax',
    message: `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`,
    place: { start, end: start >= text.length || text.charAt(start) === '\n' ? start : start + 1 },
  };
}

/** The first tab in what indents the line of an offset. */
function tabAt(text: string, offset: number): number | undefined {
  let at = Math.min(offset, text.length);
  while (at > 0 && text.charCodeAt(at - 1) !== 10 && text.charCodeAt(at - 1) !== 13) at--;
  while (text.charCodeAt(at) === 32) at++;
  return text.charCodeAt(at) === 9 ? at : undefined;
}
