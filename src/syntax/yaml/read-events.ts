import { type Event, parseEvents, YAMLException } from 'js-yaml';

/** SAFETY: how deep collections may nest in the text. */
export const maxYamlDepth = 100;

/** The events of a stretch of a stream that begins where a document does. Offsets are those of `text`. */
export interface EventRun {
  /** Where `text` stands in the stream. */
  readonly base: number;
  readonly text: string;
  /** Where the stretch begins in the stream: at its `---`, which `text` may leave out. */
  readonly start: number;
  /** Those before the error, if there is one. */
  readonly events: readonly Event[];
  readonly error: SyntaxProblem | undefined;
  /** Where something between brackets or quotes is indented no more than the block around it, in ascending order. */
  readonly underIndented: readonly number[];
}

export interface SyntaxProblem {
  readonly reason: string;
  readonly at: number;
  readonly isTooDeep: boolean;
}

/**
 * Reads a stream stretch by stretch, cut at the lines `---` as kubectl cuts it: an error ends its own stretch only, and no
 * more than one document's events are in memory at once.
 */
export function* eventRuns(text: string): Generator<EventRun, void, undefined> {
  let start = 0;
  for (let end = nextStart(text, 0); ; end = nextStart(text, end)) {
    if (end > start) yield readRun(text, start, end);
    if (end >= text.length) return;
    start = end;
  }
}

function readRun(stream: string, start: number, end: number): EventRun {
  const base = afterMarkedByteOrderMark(stream, start, end);
  const text = start === 0 && end === stream.length && base === 0 ? stream : stream.slice(base, end);
  const events: Event[] = [];
  const underIndented: number[] = [];
  // `events` and `underIndented` are what our build adds to the parser; as it is published it does without.
  const options = { maxDepth: maxYamlDepth, events, underIndented };
  let error: SyntaxProblem | undefined;
  let read: readonly Event[] = events;
  try {
    read = parseEvents(text, options);
  } catch (thrown) {
    if (!(thrown instanceof YAMLException)) throw thrown;
    const { reason } = thrown;
    error = { reason, at: Math.min(thrown.mark?.position ?? 0, text.length), isTooDeep: reason.includes('maxDepth') };
  }
  error ??= controlCharacter(text);
  return { base, text, start, events: read, error, underIndented: ascending(underIndented, text.length) };
}

/** Control characters other than tabs and line breaks are in no YAML; the parser lets them pass in comments. */
function controlCharacter(text: string): SyntaxProblem | undefined {
  const at = text.search(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/);
  return at === -1 ? undefined : { reason: 'YAML has no control characters', at, isTooDeep: false };
}

/** The parser may come by a place more than once, and by the end of the text. */
function ascending(places: readonly number[], end: number): readonly number[] {
  return [...new Set(places)].filter((at) => at < end).sort((a, b) => a - b);
}

/** The next line `---` behind `from`, at which a document begins; the end of the text if there is none. */
function nextStart(text: string, from: number): number {
  for (let at = text.indexOf('---', from + 1); at !== -1; at = text.indexOf('---', at + 1)) {
    const lineStart = lineStartAt(text, at);
    if (lineStart > from && isBreakOrBlank(text.charCodeAt(at + 3)) && !followsDirective(text, lineStart, from)) {
      return lineStart;
    }
  }
  return text.length;
}

/** Where the line begins whose first characters stand at `at`, -1 if they are not its first. A byte order mark may be before. */
function lineStartAt(text: string, at: number): number {
  const start = text.charCodeAt(at - 1) === BYTE_ORDER_MARK ? at - 1 : at;
  return start === 0 || isBreak(text.charCodeAt(start - 1)) ? start : -1;
}

/** `%YAML 1.2` belongs to the document that the marker behind it begins. */
function followsDirective(text: string, marker: number, from: number): boolean {
  let end = marker;
  while (end > from) {
    let start = end - 1;
    while (start > from && !isBreak(text.charCodeAt(start - 1))) start--;
    let at = start;
    while (at < end && isBreakOrBlank(text.charCodeAt(at))) at++;
    const c = at < end ? text.charCodeAt(at) : HASH;
    if (c === PERCENT && at === start) return true;
    if (c !== HASH) return false;
    end = start;
  }
  return false;
}

/** A byte order mark may stand before a document: there also behind its `---`, where js-yaml takes it for text. */
function afterMarkedByteOrderMark(text: string, start: number, end: number): number {
  if (!text.startsWith('---', start)) return start;
  let at = start + 3;
  while (at < end && !isBreak(text.charCodeAt(at))) at++;
  at += text.startsWith('\r\n', at) ? 2 : 1;
  if (at >= end || text.charCodeAt(at) !== BYTE_ORDER_MARK) return start;
  return /^---[ \t]*(?:#.*)?$/.test(text.slice(start, at).trimEnd()) ? at : start;
}

const BYTE_ORDER_MARK = 0xfeff;
const HASH = 35;
const PERCENT = 37;

function isBreak(c: number): boolean {
  return c === 10 || c === 13;
}

/** Also for the end of the text. */
function isBreakOrBlank(c: number): boolean {
  return c === 32 || c === 9 || isBreak(c) || Number.isNaN(c);
}
