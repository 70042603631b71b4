import { STRING } from '../../../model/type.js';
import type { TextLayout, Value } from '../../../model/value.js';
import { stringValue } from '../../../model/values.js';
import { lineEnd } from '../../../source/line-bounds.js';
import type {
  Node,
  TemplateExpression,
  TemplateFor,
  TemplateIf,
  TemplateInterpolation,
  TemplateLiteral,
  TemplatePart,
} from '../../../syntax/hcl/ast.js';
import { convertValue } from '../values/convert.js';
import { concatTexts, markSensitive, unknownFrom } from '../values/unknown.js';
import { eitherOf } from './alternatives.js';
import { type Evaluator, maxTextLength } from './context.js';
import { roundEvaluator, roundsOf } from './for-expression.js';

/** A text, and the place in the file where it is written; a literal's lines are placed one by one. */
interface Piece {
  readonly value: Value;
  readonly part: TemplatePart;
}

/**
 * A template: text where every part is known, else an unknown string with its known parts. A single interpolation alone
 * is its value, of whatever type; beside another part a value becomes text, and null is an error.
 */
export function evaluateTemplateParts(template: TemplateExpression, evaluator: Evaluator): Value {
  const [first] = template.parts;
  if (template.parts.length === 1 && first?.kind === 'interpolation') return evaluator.evaluate(first.expression);
  if (template.parts.length === 0) return stringValue('', evaluator.origin(template));
  if (template.parts.length === 1 && first?.kind === 'text') return literalText(template, first, evaluator);
  const pieces = piecesOf(template.parts, evaluator);
  const values = pieces.map((piece) => piece.value);
  const text = concatTexts(values);
  const length = textLength(text);
  if (length > maxTextLength) return evaluator.overLimit(template, 'A text is longer than Trueline allows.');
  if (!evaluator.context.budget.spend(length >> 6)) return evaluator.overSteps(template);
  const { start, end } = template;
  const isMultiline = evaluator.context.file.text.slice(start, end).includes('\n');
  const layout = isMultiline ? layoutOf(pieces, evaluator) : undefined;
  const placed = evaluator.computed(text, template, values);
  return layout === undefined || (placed.kind !== 'string' && placed.kind !== 'unknown')
    ? placed
    : { ...placed, layout };
}

function literalText(template: TemplateExpression, part: TemplateLiteral, evaluator: Evaluator): Value {
  const value = stringValue(part.value, evaluator.origin(template));
  if (!part.value.includes('\n') || !evaluator.context.file.text.slice(part.start, part.end).includes('\n'))
    return value;
  return { ...value, layout: layoutOf([{ value, part }], evaluator) };
}

function piecesOf(parts: readonly TemplatePart[], evaluator: Evaluator): Piece[] {
  const pieces: Piece[] = [];
  for (const part of parts) {
    if (part.kind === 'text') pieces.push({ value: stringValue(part.value), part });
    else if (part.kind === 'interpolation') pieces.push({ value: interpolated(part, evaluator), part });
    else
      for (const piece of part.kind === 'if' ? ifPieces(part, evaluator) : forPieces(part, evaluator))
        pieces.push(piece);
  }
  return pieces;
}

function interpolated(part: TemplateInterpolation, evaluator: Evaluator): Value {
  const value = evaluator.evaluate(part.expression);
  if (value.kind === 'null') {
    return evaluator.fail(part.expression, 'A null value cannot be part of a text.', undefined, STRING);
  }
  const converted = convertValue(value, STRING);
  if (!converted.ok) {
    return evaluator.fail(
      part.expression,
      `The value cannot be part of a text: ${converted.message}.`,
      undefined,
      STRING,
    );
  }
  evaluator.doubtConversion(value, STRING);
  return converted.value;
}

function ifPieces(part: TemplateIf, evaluator: Evaluator): Piece[] {
  const written = evaluator.evaluate(part.condition);
  const converted = convertValue(written, { kind: 'bool' });
  if (!converted.ok || written.kind === 'null') {
    const value = evaluator.fail(
      part.condition,
      'The condition of an "if" must be a bool that is not null.',
      undefined,
      STRING,
    );
    return [{ value, part }];
  }
  const condition = converted.value;
  if (condition.kind === 'bool') {
    const pieces = piecesOf(condition.value ? part.then : (part.else ?? []), evaluator);
    // A part that leaves no text still carries the mark of its condition.
    if (written.sensitive === true) pieces.push({ value: markSensitive(stringValue('')), part });
    return pieces;
  }
  evaluator.doubtConversion(written, { kind: 'bool' });
  const texts = [part.then, part.else ?? []].map((branch) => {
    const aside = evaluator.aside();
    const values = piecesOf(branch, aside).map((piece) => piece.value);
    evaluator.join(aside);
    return concatTexts(values);
  });
  return [{ value: markSensitive(eitherOf(texts, condition), written.sensitive), part }];
}

/** SAFETY: in steps, what a round takes of room besides its expressions. */
const roundSteps = 4;

function forPieces(part: TemplateFor, evaluator: Evaluator): Piece[] {
  const collection = evaluator.evaluate(part.collection);
  const rounds = roundsOf(collection, part.collection, evaluator, true);
  if (rounds === undefined) {
    return [{ value: { kind: 'unknown', type: STRING, reason: 'invalid-expression' }, part }];
  }
  const { budget } = evaluator.context;
  const pieces: Piece[] = [];
  const bodyOf = roundEvaluator(part, evaluator);
  for (const round of rounds) {
    if (!budget.spend(roundSteps))
      return [{ value: { ...evaluator.overSteps(part), type: STRING, notNull: true }, part }];
    const body = bodyOf(round);
    const own = piecesOf(part.body, body);
    evaluator.join(body);
    // Not spread into the call: a loop may make more pieces than a call has arguments.
    if (round.existence === undefined) for (const piece of own) pieces.push(piece);
    else {
      const value = unknownFrom([collection, ...own.map((piece) => piece.value)], STRING, { notNull: true });
      pieces.push({ value, part });
    }
  }
  if (collection.sensitive === true) pieces.push({ value: markSensitive(stringValue('')), part });
  return pieces;
}

/** The length of a text as a layout counts it: an unknown part is one unit. */
function textLength(value: Value): number {
  if (value.kind === 'string') return value.value.length;
  if (value.kind !== 'unknown' || value.parts === undefined) return 1;
  return value.parts.reduce((sum, part) => sum + (typeof part === 'string' ? part.length : 1), 0);
}

function layoutOf(pieces: readonly Piece[], evaluator: Evaluator): TextLayout {
  const { file } = evaluator.context;
  const segments: { at: number; start: number }[] = [];
  let at = 0;
  const push = (offset: number, start: number) => {
    if (segments[segments.length - 1]?.at === offset) segments.pop();
    segments.push({ at: offset, start });
  };
  for (const { value, part } of pieces) {
    if (part.kind === 'text' && value.kind === 'string') {
      for (const line of linesOf(value.value, part, file.text)) push(at + line.at, line.start);
    } else if (textLength(value) > 0) push(at, part.start);
    at += textLength(value);
  }
  return { file, segments };
}

/** Where the lines of a literal part begin in the file. Indentation that a heredoc took away is skipped. */
function linesOf(value: string, part: Node, source: string): { readonly at: number; readonly start: number }[] {
  const lines: { at: number; start: number }[] = [];
  let at = 0;
  let start = part.start;
  for (const line of value.split('\n')) {
    const end = lineEnd(source, start, part.end);
    const written = source.slice(start, end);
    const text = line.endsWith('\r') ? line.slice(0, -1) : line;
    // Trimming takes away at the end of a line as well: then the text is found by what it begins with.
    const skipped = written.replace(/\r$/, '').endsWith(text)
      ? written.replace(/\r$/, '').length - text.length
      : leadingSpace(written, line);
    if (line !== '' || at === 0) lines.push({ at, start: start + skipped });
    at += line.length + 1;
    start = end + 1;
  }
  return lines;
}

function leadingSpace(written: string, line: string): number {
  const found = written.indexOf(line);
  return found === -1 ? 0 : found;
}
