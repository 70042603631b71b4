import { COLLECTION_STYLE, EVENT_ID, type Event } from 'js-yaml';
import type { DiagnosticCode } from '../../source/diagnostic.js';
import { explainError } from './explain-error.js';
import type { EventRun, SyntaxProblem } from './read-events.js';
import type { Place } from './tree-builder.js';

export interface ErrorDescription extends Place {
  readonly code: DiagnosticCode;
  readonly message: string;
}

/** The error of a run, in offsets of its text: at a character, or at the end of a line. */
export function describeError(run: EventRun, error: SyntaxProblem, isExplained: boolean): ErrorDescription {
  const { text } = run;
  const { reason, at, isTooDeep } = error;
  const code = 'yaml-invalid-syntax';
  if (isTooDeep) return { code: 'limit-reached', message: sentence(reason), ...characterAt(text, at) };
  const tab = tabAt(text, at);
  if (tab !== undefined) {
    return { code: 'yaml-tab', message: 'A tab cannot indent YAML: use spaces.', start: tab, end: tab + 1 };
  }
  // A line that goes on with the block around the brackets: they are not closed before it.
  const isBlockLine = reason.startsWith('missed comma') && run.underIndented.includes(at);
  const isUnclosed = isBlockLine || reason.endsWith('within a flow collection');
  const bracket = isUnclosed ? openBracket(run.events, text) : undefined;
  if (bracket !== undefined) {
    const message = `The bracket "${text.charAt(bracket)}" is not closed.`;
    return { code, message, start: bracket, end: bracket + 1 };
  }
  const explained = isExplained ? explainError(text, at) : undefined;
  if (explained === undefined) return { code, message: sentence(reason), ...characterAt(text, at) };
  const { message, start, end } = explained;
  return { code, message, start, end };
}

function sentence(reason: string): string {
  return `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`;
}

function characterAt(text: string, at: number): Place {
  return { start: at, end: at >= text.length || text.charAt(at) === '\n' ? at : at + 1 };
}

/** The first tab in what indents the line of an offset. */
function tabAt(text: string, offset: number): number | undefined {
  let at = Math.min(offset, text.length);
  while (at > 0 && text.charCodeAt(at - 1) !== 10 && text.charCodeAt(at - 1) !== 13) at--;
  while (text.charCodeAt(at) === 32) at++;
  return text.charCodeAt(at) === 9 ? at : undefined;
}

/** Where the innermost bracket stands that the events open and do not close. */
function openBracket(events: readonly Event[], text: string): number | undefined {
  const open: number[] = [];
  for (const event of events) {
    if (event.type === EVENT_ID.POP) open.pop();
    else if (event.type === EVENT_ID.DOCUMENT) open.push(-1);
    else if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) {
      open.push(event.style === COLLECTION_STYLE.FLOW ? event.start : -1);
    }
  }
  return open.filter((at) => at >= 0 && /[[{]/.test(text.charAt(at))).pop();
}
