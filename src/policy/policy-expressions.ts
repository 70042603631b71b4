import type { Expression } from './language/ast.js';
import type { TypeProblem } from './language/check-context.js';
import { parseExpression } from './language/parse-expression.js';
import type { ExpressionPlace, PolicyExpression } from './policy.js';

/** A text in a policy file, and where its UTF-16 units are written. */
export interface PlacedText {
  readonly text: string;
  readonly place: ExpressionPlace;
}

export type ExpressionResult =
  | { readonly ok: true; readonly expression: PolicyExpression }
  | { readonly ok: false; readonly problem: Omit<TypeProblem, 'severity'> };

/** Parses an expression of a policy; the problem's offsets are those of the text. */
export function readExpression({ text, place }: PlacedText): ExpressionResult {
  const parsed = parseExpression(text);
  if (!parsed.ok) return parsed;
  return { ok: true, expression: { text: text.trim(), expression: parsed.expression, place } };
}

/** A part of a template: a text, or the stretch of an expression. */
export type TemplatePart = string | { readonly start: number; readonly end: number };

/** Splits `Bucket {{ resource.bucket }} …`; undefined where a `{{` is not closed. Braces in an expression's texts are its own. */
export function splitTemplate(text: string): readonly TemplatePart[] | undefined {
  const parts: TemplatePart[] = [];
  let at = 0;
  for (let open = text.indexOf('{{', at); open !== -1; open = text.indexOf('{{', at)) {
    if (open > at) parts.push(text.slice(at, open));
    const close = closingBraces(text, open + 2);
    if (close === undefined) return undefined;
    parts.push({ start: open + 2, end: close });
    at = close + 2;
  }
  if (at < text.length) parts.push(text.slice(at));
  return parts;
}

function closingBraces(text: string, start: number): number | undefined {
  let quote: string | undefined;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (quote !== undefined) {
      if (character === '\\') at++;
      else if (character === quote) quote = undefined;
    } else if (character === '"' || character === "'") quote = character;
    else if (text.startsWith('}}', at)) return at;
  }
  return undefined;
}

/** Half-open offsets of a stretch of an expression, in the file it is written in. */
export function rangeIn(place: ExpressionPlace, start: number, end: number) {
  const first = place.offsets[start] ?? place.offsets.at(-1) ?? 0;
  const last = place.offsets[Math.max(start, end - 1)] ?? first;
  return { file: place.file, start: first, end: Math.max(last + 1, first) };
}

/** Whether an expression is a name with attributes below it: what a fix writes as a reference. */
export function isReferenceExpression(expression: Expression): boolean {
  if (expression.kind === 'identifier') return true;
  return expression.kind === 'select' && !expression.isOptional && isReferenceExpression(expression.operand);
}
