import type { SourceFile } from '../../source/source-file.js';
import type { Node } from './ast.js';
import {
  CLOSE_BRACE,
  EOF,
  HEREDOC,
  IDENTIFIER,
  INVALID,
  Lexer,
  NEWLINE,
  NUMBER,
  OPEN_BRACE,
  QUOTE,
  TILDE_BRACE,
} from './lexer.js';

export type HclTokenKind =
  | 'space'
  | 'newline'
  | 'comment'
  | 'identifier'
  | 'number'
  | 'operator'
  /** The quotes of a string. */
  | 'quote'
  /** `<<EOT` with its newline, and the closing marker. */
  | 'heredoc'
  /** Literal text of a string or heredoc, as written. */
  | 'text'
  /** `${`, `%{`, `}`, with their `~`. */
  | 'sequence'
  | 'invalid';

export interface HclToken extends Node {
  readonly kind: HclTokenKind;
}

/**
 * Splits a text into tokens that follow on one another without a gap, white space and comments among them: put together
 * they are the text. It takes any text; what is not HCL is `invalid` or ends where its line does.
 */
export function tokenizeHcl(source: SourceFile): HclToken[] {
  return new Tokenizer(source).run();
}

/** What is open around the current place: braces of a sequence, a quoted string, or a heredoc with its marker. */
type Mode = { kind: 'code'; braces: number } | { kind: 'quoted' } | { kind: 'heredoc'; marker: string };

class Tokenizer {
  private readonly tokens: HclToken[] = [];
  private readonly lexer: Lexer;
  private readonly modes: Mode[] = [{ kind: 'code', braces: 0 }];
  private readonly text: string;
  private at = 0;

  constructor(source: SourceFile) {
    this.text = source.text;
    this.lexer = new Lexer(source, 0, source.text.length);
  }

  run(): HclToken[] {
    if (this.text.charCodeAt(0) === 0xfeff) this.push('space', 1);
    while (this.at < this.text.length) {
      const mode = this.modes[this.modes.length - 1];
      if (mode === undefined) break;
      if (mode.kind === 'code') this.code(mode);
      else this.template(mode);
    }
    return this.tokens;
  }

  private push(kind: HclTokenKind, end: number): void {
    if (end > this.at) this.tokens.push({ kind, start: this.at, end });
    this.at = Math.max(this.at, end);
  }

  /** One token outside strings, with the white space and comments before it. */
  private code(mode: { braces: number }): void {
    const { lexer } = this;
    const commentCount = lexer.comments.length;
    lexer.end = this.at;
    const kind = lexer.next();
    for (const comment of lexer.comments.slice(commentCount)) {
      this.push('space', comment.start);
      this.push('comment', comment.end);
    }
    this.push('space', lexer.start);
    if (kind === EOF) return;
    const { end } = lexer;
    if (kind === NEWLINE) this.push('newline', end);
    else if (kind === IDENTIFIER) this.push('identifier', end);
    else if (kind === NUMBER) this.push('number', end);
    else if (kind === INVALID) this.push('invalid', end);
    else if (kind === QUOTE) {
      this.push('quote', end);
      this.modes.push({ kind: 'quoted' });
    } else if (kind === HEREDOC) {
      const marker = lexer.heredocMarker();
      this.push('heredoc', end + (this.text.charCodeAt(end) === 13 ? 2 : 1));
      this.modes.push({ kind: 'heredoc', marker });
      this.closeHeredoc(marker);
    } else if ((kind === CLOSE_BRACE || kind === TILDE_BRACE) && mode.braces === 0 && this.modes.length > 1) {
      this.push('sequence', end);
      this.modes.pop();
    } else {
      if (kind === OPEN_BRACE) mode.braces++;
      else if (kind === CLOSE_BRACE && mode.braces > 0) mode.braces--;
      this.push('operator', end);
    }
  }

  /** Literal text, and what ends it. */
  private template(mode: Exclude<Mode, { kind: 'code' }>): void {
    const { text } = this;
    let end = this.at;
    for (; end < text.length; end++) {
      const c = text.charCodeAt(end);
      const following = text.charCodeAt(end + 1);
      if (c === 36 || c === 37) {
        if (following === OPEN_BRACE) {
          this.openSequence(end);
          return;
        }
        if (following === c && text.charCodeAt(end + 2) === OPEN_BRACE) end += 2;
      } else if (c === 10) {
        if (mode.kind === 'quoted') break;
        this.push('text', end + 1);
        if (this.closeHeredoc(mode.marker)) return;
      } else if (mode.kind === 'quoted') {
        if (c === QUOTE) break;
        if (c === 92 && following !== 10) end++;
      }
    }
    this.push('text', Math.min(end, text.length));
    if (text.charCodeAt(this.at) === QUOTE && mode.kind === 'quoted') this.push('quote', this.at + 1);
    // A quoted string that its line does not close ends there.
    this.modes.pop();
  }

  private openSequence(at: number): void {
    this.push('text', at);
    this.push('sequence', at + (this.text.charCodeAt(at + 2) === 126 ? 3 : 2));
    this.modes.push({ kind: 'code', braces: 0 });
  }

  private closeHeredoc(marker: string): boolean {
    const end = this.lexer.markerEnd(this.at, marker);
    if (end === -1) return false;
    this.push('heredoc', end);
    this.modes.pop();
    return true;
  }
}
