import type { TextLayout } from '../../../model/value.js';
import type { DataNode, DataStream, TextPiece } from '../../../syntax/data/ast.js';
import { piecesOf } from '../../../syntax/data/pieces.js';

/** Whether a text may be a document, whose inner places matter. */
export function mayBeDocument(text: string): boolean {
  return /^\s*[{[]/.test(text);
}

/** Where the stretches of a scalar's text are written. */
export function layoutOfScalar(stream: DataStream, node: DataNode): TextLayout {
  const segments = piecesOf(stream, node).map(({ at, start }) => ({ at, start }));
  return { file: stream.source, segments };
}

/** Puts together where a text is written that is made of stretches of a scalar and of what stands in their place. */
export class LayoutBuilder {
  readonly #segments: { at: number; start: number }[] = [];
  readonly #pieces: readonly TextPiece[];
  #length = 0;

  constructor(
    private readonly stream: DataStream,
    private readonly node: DataNode,
  ) {
    this.#pieces = piecesOf(stream, node);
  }

  /** The stretch of the scalar's text stands as it is. */
  literal(from: number, to: number): void {
    for (const piece of this.#pieces) {
      const end = piece.at + piece.length;
      if (end <= from || piece.at >= to) continue;
      const at = Math.max(piece.at, from);
      this.#push(this.#length + at - from, piece.isVerbatim ? piece.start + at - piece.at : piece.start);
    }
    this.#length += to - from;
  }

  /** So many units stand for the scalar's text at `from`. */
  replaced(from: number, length: number): void {
    const piece = this.#pieces.findLast(({ at }) => at <= from);
    if (piece !== undefined && length > 0)
      this.#push(this.#length, piece.isVerbatim ? piece.start + from - piece.at : piece.start);
    this.#length += length;
  }

  #push(at: number, start: number): void {
    if (this.#segments.at(-1)?.at === at) this.#segments.pop();
    this.#segments.push({ at, start });
  }

  finish(): TextLayout {
    const { source: file } = this.stream;
    if (this.#segments.length === 0) return { file, segments: [{ at: 0, start: this.node.start }] };
    return { file, segments: this.#segments };
  }
}
