import { scalarPieces } from '../yaml/scalar-pieces.js';
import type { DataNode, DataStream, TextPiece } from './ast.js';

interface Place {
  readonly start: number;
  readonly end: number;
}

/**
 * Where the text of a scalar is written, in order: of a string its value, of a number or a boolean its spelling; through an
 * alias that of its anchor. Empty for what is no scalar. What `!!binary` decodes is one piece that is not verbatim.
 */
export function piecesOf(stream: DataStream, node: DataNode): readonly TextPiece[] {
  if (node.kind === 'alias') return piecesOf(stream, node.target);
  const value = textOf(node);
  if (value === '') return [];
  const pieces = scalarPieces(stream.source.text, node.start, node.end, value);
  const last = pieces[pieces.length - 1];
  if (last !== undefined && last.at + last.length === value.length) return pieces;
  return [{ at: 0, start: node.start, length: value.length, isVerbatim: false }];
}

function textOf(node: DataNode): string {
  if (node.kind === 'string') return node.value;
  return node.kind === 'number' || node.kind === 'bool' ? node.spelling : '';
}

/**
 * Gives stretches of a scalar's text (half-open, in its UTF-16 units) their places in the file. Make one for all stretches
 * of a scalar: the pieces are found once, when the first is asked for.
 */
export function scalarPlacer(stream: DataStream, node: DataNode): (from: number, to: number) => Place {
  const { start: first, end: last } = node.kind === 'alias' ? node.target : node;
  const c = stream.source.text.charCodeAt(first);
  const quote = c === 34 || c === 39 ? 1 : 0;
  const content = { start: first + quote, end: Math.max(first + quote, last - quote) };
  let pieces: readonly TextPiece[] | undefined;
  return (from, to) => {
    pieces ??= piecesOf(stream, node);
    const start = startIn(pieces, content, from);
    return { start, end: to > from ? Math.max(start, endIn(pieces, content, to)) : start };
  };
}

/** The place of one stretch of a scalar's text. */
export function placeInScalar(stream: DataStream, node: DataNode, from: number, to: number): Place {
  return scalarPlacer(stream, node)(from, to);
}

function startIn(pieces: readonly TextPiece[], content: Place, index: number): number {
  const piece = pieces[indexOfPiece(pieces, index)];
  if (piece === undefined) return content.start;
  const within = Math.max(0, index - piece.at);
  if (within >= piece.length) return endIn(pieces, content, index);
  return piece.isVerbatim ? piece.start + within : piece.start;
}

/** Where the unit before `index` ends. */
function endIn(pieces: readonly TextPiece[], content: Place, index: number): number {
  const at = indexOfPiece(pieces, index - 1);
  const piece = pieces[at];
  if (piece === undefined) return content.end;
  if (piece.isVerbatim) return piece.start + Math.max(0, Math.min(index - piece.at, piece.length));
  return pieces[at + 1]?.start ?? Math.max(piece.start, content.end);
}

/** The piece that holds a unit; the first or last one for what lies beyond. */
function indexOfPiece(pieces: readonly TextPiece[], index: number): number {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((pieces[middle]?.at ?? 0) <= index) low = middle;
    else high = middle - 1;
  }
  return low;
}
