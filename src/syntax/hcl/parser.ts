import type { DiagnosticCode } from '../../source/diagnostic.js';
import type {
  Attribute,
  BinaryOperator,
  Block,
  Body,
  Expression,
  Label,
  Node,
  ObjectItem,
  SplatStep,
  TemplateExpression,
} from './ast.js';
import { makeLiteral, makeObject, makeTemplate, makeTuple } from './constructors.js';
import * as Token from './lexer.js';
import { Lexer } from './lexer.js';
import { nestDirectives, removeIndentation, type TemplateToken, toNfc, trimEnd, trimStart } from './template-parts.js';

/**
 * SAFETY: how deep a tree may become, whether by nesting or by long chains (`a.b.c…`, `1 + 1 + …`). Whoever walks a tree
 * by recursion relies on it.
 */
export const maxNestingDepth = 250;

const COMMA = 44;
const DOT = 46;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const OPEN_PARENTHESIS = 40;
const CLOSE_PARENTHESIS = 41;
const ASSIGN = 61;
const COLON = 58;
const QUESTION = 63;
const STAR = 42;
const MINUS = 45;
const BANG = 33;
const TILDE = 126;
const BACKSLASH = 92;
const DOLLAR = 36;
const PERCENT = 37;

interface Operator {
  readonly text: BinaryOperator;
  readonly precedence: number;
}

const operators: (Operator | undefined)[] = [];
const operatorTable: [number, BinaryOperator, number][] = [
  [Token.OR, '||', 1],
  [Token.AND, '&&', 2],
  [Token.EQUAL, '==', 3],
  [Token.NOT_EQUAL, '!=', 3],
  [62, '>', 4],
  [Token.GREATER_EQUAL, '>=', 4],
  [60, '<', 4],
  [Token.LESS_EQUAL, '<=', 4],
  [43, '+', 5],
  [MINUS, '-', 5],
  [STAR, '*', 6],
  [47, '/', 6],
  [PERCENT, '%', 6],
];
for (let i = 0; i < 270; i++) operators.push(undefined);
for (const [kind, text, precedence] of operatorTable) operators[kind] = { text, precedence };

/** How the text of a template is written: it decides where it ends, what is escaped and how far `~` trims. */
type TemplateForm = 'quoted' | 'heredoc' | 'bare';

interface OpenBody {
  readonly attributes: Attribute[];
  readonly blocks: Block[];
  names: Set<string> | undefined;
  isIncomplete: boolean;
}

/** How a block began: its indentation tells an item of an outer body from one of its own. */
interface Opening {
  readonly header: Node;
  readonly name: string;
  readonly indentation: number | undefined;
}

/**
 * A recursive-descent parser of HCL's native syntax, after
 * https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md.
 *
 * An error puts the parser into panic: every production returns at once, nothing further is reported, and the innermost
 * place that can go on (an interpolation, else the body) looks for where to continue.
 */
export class Parser extends Lexer {
  private isPanicking = false;
  /** The text is a file, in which a newline must follow a heredoc. */
  private isFile = false;
  private depth = 0;
  /** Height of the expression that was parsed last. */
  private height = 0;
  /** Brackets open in the current item. */
  private openBrackets = 0;
  /** A first reading found a block without its brace: now an item that is not indented more than its block ends it. */
  private readonly closesByIndentation: boolean;
  /** A block was not closed before the end of the file. */
  isBlockUnclosed = false;

  constructor(lexer: { source: Lexer['source']; start: number; limit: number }, closesByIndentation: boolean) {
    super(lexer.source, lexer.start, lexer.limit);
    this.closesByIndentation = closesByIndentation;
  }

  // ---- bodies -------------------------------------------------------------------------------------------------------

  /** The whole text as a body. */
  parseFile(): Body {
    this.isFile = true;
    this.next();
    const body = openBody();
    this.parseItems(body, undefined);
    return this.closeBody(body, 0, this.limit);
  }

  /** The whole text as one expression, with newlines as white space. */
  parseLoneExpression(): Expression {
    this.newlines = false;
    this.next();
    const { start } = this;
    const expression = this.parseExpression();
    if (!this.isPanicking && this.kind !== Token.EOF) this.failUnexpected('the end of the expression');
    return this.isPanicking ? { kind: 'error', start, end: this.limit } : expression;
  }

  private closeBody(body: OpenBody, start: number, end: number): Body {
    const { attributes, blocks } = body;
    if (body.isIncomplete || (this.isCut && this.kind === Token.EOF)) {
      return { kind: 'body', start, end, attributes, blocks, isIncomplete: true };
    }
    return { kind: 'body', start, end, attributes, blocks };
  }

  /** Items up to the closing brace, which is then the current token (true), or to where the body is given up (false). */
  private parseItems(body: OpenBody, opening: Opening | undefined): boolean {
    for (;;) {
      const { kind } = this;
      if (kind === Token.NEWLINE) this.next();
      else if (kind === Token.IDENTIFIER) {
        if (this.closesByIndentation && this.isOutdented(opening, 1)) return this.reportUnclosed(body, opening);
        this.parseItem(body);
      } else if (kind === Token.CLOSE_BRACE && opening !== undefined) {
        if (this.closesByIndentation && this.isOutdented(opening, 0)) return this.reportUnclosed(body, opening);
        return true;
      } else if (kind === Token.EOF) return this.reportUnclosed(body, opening);
      else this.parseStray(body);
    }
  }

  private isOutdented(opening: Opening | undefined, margin: 0 | 1): boolean {
    if (opening?.indentation === undefined) return false;
    const indentation = this.indentationOf(this.start);
    return indentation !== undefined && indentation < opening.indentation + margin;
  }

  private reportUnclosed(body: OpenBody, opening: Opening | undefined): false {
    if (opening === undefined || this.isTooLong) return false;
    body.isIncomplete = true;
    this.isBlockUnclosed = true;
    const { start, end } = opening.header;
    this.note('hcl-unclosed-block', `The block "${opening.name}" is not closed by "}".`, start, end);
    return false;
  }

  /** A token that begins no item. */
  private parseStray(body: OpenBody): void {
    const { start } = this;
    this.openBrackets = 0;
    if (this.kind === Token.QUOTE) this.fail('hcl-unexpected-token', 'The name of an argument must not be quoted.');
    else this.failUnexpected('the name of an argument or the type of a block');
    if (this.kind === Token.CLOSE_BRACE) {
      this.isPanicking = false;
      body.isIncomplete = true;
      this.next();
    } else this.recoverItem(body, this.indentationOf(start));
  }

  private parseItem(body: OpenBody): void {
    const { start, end } = this;
    const name = this.text.slice(start, end);
    this.openBrackets = 0;
    this.next();
    const { kind } = this;
    if (kind === ASSIGN) this.parseAttribute(body, name, { start, end }, false);
    else if (kind === Token.QUOTE || kind === Token.OPEN_BRACE || kind === Token.IDENTIFIER) {
      this.parseBlock(body, name, { start, end });
    } else {
      const message = `"${name}" is followed neither by "=" and a value nor by the "{" of a block.`;
      if (kind === Token.INVALID) this.failUnexpected('"=" or "{"');
      else this.fail('hcl-unexpected-token', message, start, end);
    }
    if (this.isPanicking) this.recoverItem(body, this.indentationOf(start));
  }

  private parseAttribute(body: OpenBody, name: string, nameRange: Node, isOneLine: boolean): void {
    const assignEnd = this.end;
    this.next();
    let expression = this.parseExpression();
    const { kind } = this;
    if (kind === Token.CLOSE_BRACE && !this.isPanicking) {
      if (!isOneLine) this.noteMissingNewline('An argument');
    } else if (kind !== Token.NEWLINE && kind !== Token.EOF && !this.isPanicking) {
      this.failUnexpected('a newline after the argument', 'hcl-missing-newline');
    }
    if (this.isPanicking) {
      const end = Math.max(assignEnd, this.recoverItem(body, this.indentationOf(nameRange.start)));
      expression = { kind: 'error', start: Math.min(Math.max(expression.start, assignEnd), end), end };
    }
    const { start } = nameRange;
    this.addAttribute(body, { kind: 'attribute', start, end: expression.end, name, nameRange, expression });
  }

  private noteMissingNewline(what: string): void {
    this.note('hcl-missing-newline', `${what} must end with a newline.`, this.start, this.end);
  }

  private addAttribute(body: OpenBody, attribute: Attribute): void {
    const { name, nameRange } = attribute;
    let isDuplicate = false;
    if (body.names !== undefined) isDuplicate = body.names.has(name);
    else for (const other of body.attributes) isDuplicate ||= other.name === name;
    if (isDuplicate) {
      const message = `The argument "${name}" is already set in this body.`;
      this.note('hcl-duplicate-attribute', message, nameRange.start, nameRange.end);
      return;
    }
    body.attributes.push(attribute);
    if (body.names !== undefined) body.names.add(name);
    else if (body.attributes.length > 12) body.names = new Set(body.attributes.map((each) => each.name));
  }

  private parseBlock(body: OpenBody, type: string, typeRange: Node): void {
    const labels = this.parseLabels(type);
    // What a block without a readable header holds cannot be told from what follows: it is left out, and the body says so.
    if (this.isPanicking) return;
    if (this.depth >= maxNestingDepth) {
      this.failTooDeep();
      return;
    }
    this.depth++;
    const header = { start: typeRange.start, end: this.end };
    const indentation = this.indentationOf(typeRange.start);
    const inner = openBody();
    this.next();
    if (this.kind !== Token.NEWLINE && this.kind !== Token.EOF && this.kind !== Token.CLOSE_BRACE)
      this.parseOneLine(inner);
    const isClosed = this.parseItems(inner, { header, name: type, indentation });
    this.depth--;
    const bodyEnd = isClosed ? this.start : Math.max(header.end, this.previousEnd);
    const end = isClosed ? this.end : bodyEnd;
    const block = this.closeBody(inner, header.end, bodyEnd);
    body.blocks.push({
      kind: 'block',
      start: typeRange.start,
      end,
      type,
      typeRange,
      labels,
      body: block,
      header,
      memo: undefined,
    });
    if (!isClosed) {
      body.isIncomplete = true;
      return;
    }
    this.openBrackets = 0;
    this.next();
    if (this.kind === Token.NEWLINE || this.kind === Token.EOF) return;
    if (this.kind === Token.CLOSE_BRACE) this.noteMissingNewline('A block');
    else this.failUnexpected('a newline after the block', 'hcl-missing-newline');
  }

  /** The one argument of `block { name = value }`. Anything else is said once, and then read as if on lines of its own. */
  private parseOneLine(body: OpenBody): void {
    if (this.kind === Token.IDENTIFIER) {
      const { start, end } = this;
      this.openBrackets = 0;
      this.next();
      if (this.is(ASSIGN)) {
        this.parseAttribute(body, this.text.slice(start, end), { start, end }, true);
        if (this.is(Token.CLOSE_BRACE) || body.isIncomplete) return;
        this.note('hcl-missing-newline', 'A block that begins on one line must end on it.', this.start, this.end);
        return;
      }
      this.start = start;
      this.end = end;
      this.kind = Token.IDENTIFIER;
    }
    this.note('hcl-unexpected-token', 'A block on one line can hold only one argument.', this.start, this.end);
  }

  private parseLabels(type: string): Label[] {
    const labels: Label[] = [];
    while (this.kind !== Token.OPEN_BRACE) {
      const { start, end } = this;
      if (this.kind === Token.IDENTIFIER) labels.push({ start, end, value: this.text.slice(start, end) });
      else if (this.kind === Token.QUOTE) {
        const template = this.parseQuoted();
        if (this.isPanicking) return labels;
        labels.push({ start, end: template.end, value: this.labelText(template) });
      } else if (this.kind === Token.NEWLINE || this.kind === Token.EOF) {
        this.fail('hcl-unexpected-token', `The "{" of the block "${type}" must stand on the line of its type.`);
        return labels;
      } else {
        this.failUnexpected(`a label or the "{" of the block "${type}"`);
        return labels;
      }
      this.next();
    }
    return labels;
  }

  private labelText(template: TemplateExpression): string {
    const only = template.parts[0];
    if (only === undefined) return '';
    if (only.kind === 'text' && template.parts.length === 1) return only.value;
    this.note('hcl-unexpected-token', 'A label cannot hold a template.', template.start, template.end);
    return this.text.slice(template.start + 1, template.end - 1);
  }

  // ---- recovery -----------------------------------------------------------------------------------------------------

  private fail(code: DiagnosticCode, message: string, start = this.start, end = this.end): void {
    if (this.isPanicking) return;
    this.note(code, message, start, end);
    this.isPanicking = true;
  }

  private failUnexpected(expected: string, code: DiagnosticCode = 'hcl-unexpected-token'): void {
    const { kind, start, end } = this;
    if (kind === Token.INVALID) {
      const point = (this.text.codePointAt(start) ?? 0).toString(16).toUpperCase().padStart(4, '0');
      this.fail('hcl-invalid-character', `The character U+${point} cannot stand here.`);
      return;
    }
    let found = `"${this.text.slice(start, Math.min(end, start + 40))}"`;
    if (kind === Token.EOF) found = 'the end of the text';
    if (kind === Token.NEWLINE) found = 'the end of the line';
    this.fail(code, `Expected ${expected}, found ${found}.`);
  }

  private failTooDeep(start = this.start, end = this.end): Expression {
    this.fail('hcl-nesting-too-deep', `Nested more than ${maxNestingDepth} deep.`, start, end);
    return this.error(start);
  }

  private failMissing(): Expression {
    const { kind, start } = this;
    if (kind === Token.INVALID) this.failUnexpected('a value');
    else if (kind === Token.EOF || kind === Token.NEWLINE)
      this.fail('hcl-missing-expression', 'A value is missing here.');
    else this.failUnexpected('a value', 'hcl-missing-expression');
    return this.error(start);
  }

  private failUnclosed(open: number, what: string): void {
    if (this.kind === Token.EOF) {
      this.fail('hcl-unclosed-bracket', `The ${what} is not closed before the end of the text.`, open, open + 1);
    } else this.failUnexpected(`a comma or the end of the ${what}`);
  }

  private error(start: number): Expression {
    this.height = 1;
    return { kind: 'error', start, end: Math.max(start, this.previousEnd) };
  }

  /**
   * Skips what is left of a broken item: to the end of its line, or of the line on which its brackets close. A line that is
   * indented like an item of this or an outer body ends it sooner, so that an open bracket does not swallow the file.
   * Returns the end of what was skipped.
   */
  private recoverItem(body: OpenBody, indentation: number | undefined): number {
    body.isIncomplete = true;
    this.isPanicking = false;
    this.newlines = true;
    let open = this.openBrackets;
    this.openBrackets = 0;
    let end = this.previousEnd;
    for (;;) {
      const { kind } = this;
      if (kind === Token.EOF || (kind === Token.CLOSE_BRACE && open === 0)) return end;
      if (kind === Token.NEWLINE) {
        if (open === 0) {
          this.next();
          return end;
        }
      } else {
        if (this.isNextItem(indentation)) return end;
        if (kind === OPEN_PARENTHESIS || kind === OPEN_BRACKET || kind === Token.OPEN_BRACE) open++;
        else if (open > 0 && isCloser(kind)) open--;
        else if (kind === Token.QUOTE) this.skipQuoted();
        else if (kind === Token.HEREDOC) this.skipHeredoc();
        end = this.end;
      }
      this.next();
    }
  }

  private isNextItem(indentation: number | undefined): boolean {
    if (indentation === undefined) return false;
    if (this.kind !== Token.IDENTIFIER && this.kind !== Token.CLOSE_BRACE) return false;
    const here = this.indentationOf(this.start);
    if (here === undefined || here > indentation) return false;
    if (this.kind === Token.CLOSE_BRACE) return here < indentation;
    let at = this.end;
    while (this.text.charCodeAt(at) === 32 && at < this.limit) at++;
    const c = this.text.charCodeAt(at);
    if (c === ASSIGN) return this.text.charCodeAt(at + 1) !== ASSIGN;
    return c === Token.QUOTE || c === Token.OPEN_BRACE;
  }

  /** From an opening quote to behind its closing one, or to the end of the line. */
  private skipQuoted(): void {
    const { text, limit } = this;
    // Per open template: -1 inside its text, else the braces open in its interpolation.
    const stack: number[] = [-1];
    let at = this.start + 1;
    while (at < limit && stack.length > 0) {
      const c = text.charCodeAt(at);
      if (c === 10) break;
      const top = stack.length - 1;
      const braces = stack[top] ?? -1;
      at++;
      if (braces === -1) {
        if (c === BACKSLASH) at++;
        else if (c === Token.QUOTE) stack.pop();
        else if (c === DOLLAR || c === PERCENT) {
          const isEscaped = text.charCodeAt(at) === c && text.charCodeAt(at + 1) === Token.OPEN_BRACE;
          if (isEscaped) at += 2;
          else if (text.charCodeAt(at) === Token.OPEN_BRACE) {
            stack.push(0);
            at++;
          }
        }
      } else if (c === Token.QUOTE) stack.push(-1);
      else if (c === Token.OPEN_BRACE) stack[top] = braces + 1;
      else if (c === Token.CLOSE_BRACE) {
        if (braces === 0) stack.pop();
        else stack[top] = braces - 1;
      }
    }
    this.end = Math.min(at, limit);
  }

  private skipHeredoc(): void {
    const marker = this.heredocMarker();
    let at = this.end;
    for (;;) {
      const newline = this.find('\n', at);
      if (newline === -1) break;
      at = newline + 1;
      const end = this.markerEnd(at, marker);
      if (end !== -1) {
        this.end = end;
        return;
      }
    }
    this.end = this.limit;
  }

  // ---- expressions --------------------------------------------------------------------------------------------------

  parseExpression(): Expression {
    if (this.depth >= maxNestingDepth) return this.failTooDeep();
    this.depth++;
    const condition = this.parseBinary(1);
    const result = this.kind === QUESTION && !this.isPanicking ? this.parseConditional(condition) : condition;
    this.depth--;
    return result;
  }

  /** `condition ? then : else`, from the question mark. */
  private parseConditional(condition: Expression): Expression {
    const { start } = condition;
    let { height } = this;
    this.next();
    const then = this.parseExpression();
    height = Math.max(height, this.height);
    if (this.isPanicking) return this.error(start);
    if (this.kind !== COLON) {
      this.failUnexpected('":" and the value for false');
      return this.error(start);
    }
    this.next();
    const otherwise = this.parseExpression();
    if (this.isPanicking || !this.grow(Math.max(height, this.height), start)) return this.error(start);
    return { kind: 'conditional', start, end: otherwise.end, condition, then, else: otherwise };
  }

  /** Sets the height of a node over children of the given height; false where that is too high. */
  private grow(height: number, start: number): boolean {
    this.height = height + 1;
    if (height < maxNestingDepth) return true;
    this.failTooDeep(start, this.previousEnd);
    return false;
  }

  private parseBinary(precedence: number): Expression {
    let left = this.parsePostfix();
    while (!this.isPanicking) {
      const operator = operators[this.kind];
      if (operator === undefined || operator.precedence < precedence) break;
      const { height } = this;
      const { start } = left;
      this.next();
      const right = this.parseBinary(operator.precedence + 1);
      if (this.isPanicking || !this.grow(Math.max(height, this.height), start)) return this.error(start);
      left = { kind: 'binary', start, end: right.end, operator: operator.text, left, right };
    }
    return left;
  }

  /** A term with its traversals: attributes, indexes, splats. */
  private parsePostfix(): Expression {
    let result = this.parseTerm();
    const { start } = result;
    while (!this.isPanicking) {
      if (this.kind === DOT) result = this.parseDot(result);
      else if (this.kind === OPEN_BRACKET) result = this.parseIndex(result);
      else return result;
      if (this.isPanicking) return this.error(start);
    }
    return result;
  }

  private parseDot(object: Expression): Expression {
    const { start } = object;
    const stepStart = this.start;
    this.next();
    const { kind } = this;
    const range = { start: this.start, end: this.end };
    if (!this.grow(this.height, start)) return object;
    if (kind === Token.IDENTIFIER) {
      const name = this.text.slice(range.start, range.end);
      this.next();
      return { kind: 'get-attribute', start, end: range.end, object, name, nameRange: range };
    }
    if (kind === Token.NUMBER) {
      const key = this.parseLegacyKey();
      return { kind: 'index', start, end: range.end, collection: object, key, isLegacy: true };
    }
    if (kind === STAR) {
      this.next();
      const each = this.parseAttributeSteps();
      return { kind: 'splat', start, end: this.previousEnd, source: object, isFull: false, each };
    }
    this.fail('hcl-unexpected-token', 'An attribute name is required after a dot.', stepStart, stepStart + 1);
    return object;
  }

  private parseLegacyKey(): Expression {
    const { start, end } = this;
    const text = this.text.slice(start, end);
    if (text.includes('.')) {
      const message = `Two indexes cannot be chained as "${text}": write them in brackets.`;
      this.fail('hcl-invalid-number', message);
    }
    this.next();
    return makeLiteral(start, end, { number: text });
  }

  /** The brackets are open and the current token is the first of the key. */
  private parseKey(open: number): Expression {
    const key = this.parseExpression();
    if (!this.isPanicking && this.kind !== CLOSE_BRACKET) this.failUnclosed(open, 'index');
    return key;
  }

  private parseIndex(collection: Expression): Expression {
    const { start } = collection;
    const open = this.start;
    const { height } = this;
    const newlines = this.openBracket();
    if (this.kind === STAR) {
      if (!this.closeStar(open, newlines)) return collection;
      if (!this.grow(height, start)) return collection;
      const own = this.height;
      const each = this.parseFullSteps();
      this.height = Math.max(own, this.height);
      return { kind: 'splat', start, end: this.previousEnd, source: collection, isFull: true, each };
    }
    const key = this.parseKey(open);
    if (this.isPanicking || !this.grow(Math.max(height, this.height), start)) return collection;
    const { end } = this;
    this.closeBracket(newlines);
    return { kind: 'index', start, end, collection, key, isLegacy: false };
  }

  private closeStar(open: number, newlines: boolean): boolean {
    this.next();
    if (this.kind !== CLOSE_BRACKET) {
      this.fail('hcl-unclosed-bracket', 'The star of a splat must be followed by "]".', open, this.previousEnd);
      return false;
    }
    this.closeBracket(newlines);
    return true;
  }

  private openBracket(): boolean {
    const { newlines } = this;
    this.openBrackets++;
    this.newlines = false;
    this.next();
    return newlines;
  }

  private closeBracket(newlines: boolean): void {
    this.openBrackets--;
    this.newlines = newlines;
    this.next();
  }

  /** What follows `.*`: only attributes and legacy indexes. */
  private parseAttributeSteps(): SplatStep[] {
    const steps: SplatStep[] = [];
    while (this.kind === DOT && !this.isPanicking) {
      const { start } = this;
      this.next();
      const range = { start, end: this.end };
      if (this.is(Token.IDENTIFIER)) {
        steps.push({ kind: 'attribute', name: this.text.slice(this.start, this.end), range });
        this.next();
      } else if (this.is(Token.NUMBER)) steps.push({ kind: 'index', key: this.parseLegacyKey(), range });
      else this.fail('hcl-unexpected-token', 'An attribute name is required after a dot.', start, start + 1);
    }
    return steps;
  }

  /** What follows `[*]`: everything to the end of the traversal. */
  private parseFullSteps(): SplatStep[] {
    const steps: SplatStep[] = [];
    if (this.depth >= maxNestingDepth) this.failTooDeep();
    this.depth++;
    while (!this.isPanicking && (this.kind === DOT || this.kind === OPEN_BRACKET)) {
      steps.push(this.kind === DOT ? this.parseDotStep() : this.parseBracketStep());
    }
    this.depth--;
    return steps;
  }

  private parseDotStep(): SplatStep {
    const { start } = this;
    this.next();
    const range = { start, end: this.end };
    if (this.kind === STAR) {
      this.next();
      const each = this.parseAttributeSteps();
      return { kind: 'splat', isFull: false, each, range: { start, end: this.previousEnd } };
    }
    if (this.kind === Token.NUMBER) return { kind: 'index', key: this.parseLegacyKey(), range };
    const name = this.text.slice(this.start, this.end);
    if (this.kind === Token.IDENTIFIER) this.next();
    else this.fail('hcl-unexpected-token', 'An attribute name is required after a dot.', start, start + 1);
    return { kind: 'attribute', name, range };
  }

  private parseBracketStep(): SplatStep {
    const { start } = this;
    const newlines = this.openBracket();
    if (this.kind === STAR) {
      const isClosed = this.closeStar(start, newlines);
      const each = isClosed ? this.parseFullSteps() : [];
      return { kind: 'splat', isFull: true, each, range: { start, end: this.previousEnd } };
    }
    const key = this.parseKey(start);
    const range = { start, end: Math.max(this.end, key.end) };
    if (!this.isPanicking) this.closeBracket(newlines);
    return { kind: 'index', key, range };
  }

  private parseTerm(): Expression {
    this.height = 1;
    switch (this.kind) {
      case Token.IDENTIFIER:
        return this.parseName();
      case Token.QUOTE: {
        const template = this.parseQuoted();
        if (!this.isPanicking) this.next();
        return template;
      }
      case Token.NUMBER:
        return this.parseNumber();
      case OPEN_BRACKET:
        return this.parseTuple();
      case Token.OPEN_BRACE:
        return this.parseObject();
      case OPEN_PARENTHESIS:
        return this.parseParenthesis();
      case MINUS:
      case BANG:
        return this.parseUnary();
      case Token.HEREDOC: {
        const template = this.parseHeredoc();
        if (!this.isPanicking) this.next();
        return template;
      }
      default:
        return this.failMissing();
    }
  }

  private parseNumber(): Expression {
    const { start, end } = this;
    const text = this.text.slice(start, end);
    this.next();
    if (!isNumber(text)) {
      this.note('hcl-invalid-number', `"${text.slice(0, 40)}" is not a number.`, start, end);
      return { kind: 'error', start, end };
    }
    return makeLiteral(start, end, { number: text });
  }

  private parseUnary(): Expression {
    const { start } = this;
    const operator = this.kind === MINUS ? '-' : '!';
    if (this.depth >= maxNestingDepth) return this.failTooDeep();
    this.depth++;
    this.next();
    const operand = this.parsePostfix();
    this.depth--;
    if (this.isPanicking || !this.grow(this.height, start)) return this.error(start);
    return { kind: 'unary', start, end: operand.end, operator, operand };
  }

  private parseParenthesis(): Expression {
    const { start } = this;
    const newlines = this.openBracket();
    const expression = this.parseExpression();
    if (!this.isPanicking && this.kind !== CLOSE_PARENTHESIS) {
      if (this.kind === Token.EOF) this.failUnclosed(start, 'parenthesis');
      else this.failUnexpected('")"', 'hcl-unclosed-bracket');
    }
    if (this.isPanicking || !this.grow(this.height, start)) return this.error(start);
    const { end } = this;
    this.closeBracket(newlines);
    return { kind: 'parenthesis', start, end, expression };
  }

  private parseName(): Expression {
    const { start, end } = this;
    const name = this.text.slice(start, end);
    this.next();
    if (this.kind === OPEN_PARENTHESIS || this.kind === Token.DOUBLE_COLON) return this.parseCall(name, start, end);
    if (name === 'true') return makeLiteral(start, end, true);
    if (name === 'false') return makeLiteral(start, end, false);
    if (name === 'null') return makeLiteral(start, end, null);
    return { kind: 'variable', start, end, name };
  }

  private parseCall(first: string, start: number, firstEnd: number): Expression {
    let name = first;
    let nameEnd = firstEnd;
    while (this.kind === Token.DOUBLE_COLON) {
      this.next();
      if (!this.is(Token.IDENTIFIER)) this.failUnexpected('the name of a function after "::"');
      if (this.isPanicking) return this.error(start);
      name += `::${this.text.slice(this.start, this.end)}`;
      nameEnd = this.end;
      this.next();
    }
    if (this.kind !== OPEN_PARENTHESIS) {
      this.failUnexpected(`the "(" of the call of "${name}"`);
      return this.error(start);
    }
    const open = this.start;
    const newlines = this.openBracket();
    const list: Expression[] = [];
    let height = 1;
    let isExpanded = false;
    while (!this.is(CLOSE_PARENTHESIS)) {
      list.push(this.parseExpression());
      if (this.isPanicking) return this.error(start);
      height = Math.max(height, this.height);
      if (this.is(Token.ELLIPSIS)) {
        isExpanded = true;
        this.next();
        if (!this.is(CLOSE_PARENTHESIS)) this.failUnexpected('")" after "..."');
      } else if (this.is(COMMA)) this.next();
      else if (!this.is(CLOSE_PARENTHESIS)) this.failUnclosed(open, `call of "${name}"`);
      if (this.isPanicking) return this.error(start);
    }
    if (!this.grow(height, start)) return this.error(start);
    const { end } = this;
    this.closeBracket(newlines);
    return { kind: 'call', start, end, name, nameRange: { start, end: nameEnd }, arguments: list, isExpanded };
  }

  private parseTuple(): Expression {
    const { start } = this;
    const newlines = this.openBracket();
    if (this.isWord('for')) return this.parseFor(start, CLOSE_BRACKET, newlines);
    const elements: Expression[] = [];
    let height = 1;
    while (this.kind !== CLOSE_BRACKET) {
      elements.push(this.parseExpression());
      if (!this.isPanicking && this.kind !== COMMA && this.kind !== CLOSE_BRACKET) this.failUnclosed(start, 'list');
      if (this.isPanicking) return this.error(start);
      height = Math.max(height, this.height);
      if (this.kind === COMMA) this.next();
    }
    if (!this.grow(height, start)) return this.error(start);
    const { end } = this;
    this.closeBracket(newlines);
    return makeTuple(start, end, elements);
  }

  private parseObject(): Expression {
    const { start } = this;
    const newlines = this.openBracket();
    if (this.isWord('for')) return this.parseFor(start, Token.CLOSE_BRACE, newlines);
    // Newlines separate the items. Those before the first one were skipped as white space, which is the same.
    this.newlines = true;
    const items: ObjectItem[] = [];
    let height = 1;
    while (this.kind !== Token.CLOSE_BRACE) {
      if (this.kind === Token.NEWLINE) {
        this.next();
        continue;
      }
      if (this.kind === Token.EOF) this.failUnclosed(start, 'object');
      items.push(this.parseObjectItem());
      height = Math.max(height, this.height);
      if (this.kind === COMMA || this.kind === Token.NEWLINE) this.next();
      else if (this.kind !== Token.CLOSE_BRACE) this.failUnclosed(start, 'object');
      if (this.isPanicking) return this.error(start);
    }
    if (!this.grow(height, start)) return this.error(start);
    const { end } = this;
    this.closeBracket(newlines);
    return makeObject(start, end, items);
  }

  private parseObjectItem(): ObjectItem {
    const key = this.objectKey(this.parseExpression());
    const { height } = this;
    if (!this.isPanicking && this.kind !== ASSIGN && this.kind !== COLON)
      this.failUnexpected('"=" and a value after the key');
    if (this.isPanicking) return { start: key.start, end: key.end, key, value: this.error(key.end) };
    this.next();
    const value = this.parseExpression();
    this.height = Math.max(height, this.height);
    return { start: key.start, end: Math.max(key.end, value.end), key, value };
  }

  /** A bare word is a string, `true` and `null` as well. A bare reference names providers; elsewhere it is ambiguous. */
  private objectKey(key: Expression): Expression {
    const { start, end } = key;
    const isWord =
      key.kind === 'variable' || (key.kind === 'literal' && (key.value === null || typeof key.value !== 'object'));
    if (isWord) {
      const value = this.text.slice(start, end);
      return makeTemplate('quoted', key, [{ kind: 'text', start, end, value }]);
    }
    return key;
  }

  /** `for k, v in c : key => value... if condition`, from the word `for` to the closing bracket. */
  private parseFor(start: number, closer: number, newlines: boolean): Expression {
    const header = this.parseForHeader();
    let { height } = this;
    if (!this.isPanicking && this.kind !== COLON) this.failUnexpected('":" after the collection of the "for"');
    if (this.isPanicking) return this.error(start);
    this.next();
    let value = this.parseExpression();
    height = Math.max(height, this.height);
    let key: Expression | undefined;
    if (this.kind === Token.FAT_ARROW && !this.isPanicking) {
      key = value;
      this.next();
      value = this.parseExpression();
      height = Math.max(height, this.height);
    }
    const isGrouped = this.kind === Token.ELLIPSIS;
    if (isGrouped && !this.isPanicking) this.next();
    let condition: Expression | undefined;
    if (this.isWord('if') && !this.isPanicking) {
      this.next();
      condition = this.parseExpression();
      height = Math.max(height, this.height);
    }
    if (!this.isPanicking && this.kind !== closer) this.failUnclosed(start, '"for" expression');
    if (this.isPanicking || !this.grow(height, start)) return this.error(start);
    const { end } = this;
    const isObject = closer === Token.CLOSE_BRACE;
    this.closeBracket(newlines);
    const wrong = wrongFor(isObject, key, isGrouped);
    if (wrong !== undefined) {
      this.note('hcl-unexpected-token', wrong, start, end);
      return { kind: 'error', start, end };
    }
    const { keyVariable, valueVariable, collection } = header;
    return { kind: 'for', start, end, keyVariable, valueVariable, collection, key, value, isGrouped, condition };
  }

  /** `for k, v in collection`, from the word `for`. */
  private parseForHeader(): { keyVariable: string | undefined; valueVariable: string; collection: Expression } {
    this.next();
    let keyVariable: string | undefined;
    let valueVariable = this.parseVariable();
    if (this.kind === COMMA && !this.isPanicking) {
      this.next();
      keyVariable = valueVariable;
      valueVariable = this.parseVariable();
    }
    if (!this.isWord('in')) this.failUnexpected('"in" after the variables of the "for"');
    if (this.isPanicking) return { keyVariable, valueVariable, collection: this.error(this.start) };
    this.next();
    return { keyVariable, valueVariable, collection: this.parseExpression() };
  }

  private parseVariable(): string {
    if (this.kind !== Token.IDENTIFIER) {
      this.failUnexpected('the name of a variable after "for"');
      return '';
    }
    const name = this.text.slice(this.start, this.end);
    if (!this.isPanicking) this.next();
    return name;
  }

  // ---- templates ----------------------------------------------------------------------------------------------------

  /** From the opening quote; `end` is then behind the closing one. */
  private parseQuoted(): TemplateExpression {
    const { text, limit, start } = this;
    let at = start + 1;
    let isAscii = true;
    while (at < limit) {
      const c = text.charCodeAt(at);
      if (c === Token.QUOTE) {
        this.end = at + 1;
        this.height = 2;
        const parts = plainParts(text.slice(start + 1, at), start + 1, isAscii);
        return makeTemplate('quoted', { start, end: at + 1 }, parts);
      }
      if (c > 127) isAscii = false;
      if (c === BACKSLASH || c === 10 || c === 13) break;
      if (c === DOLLAR || c === PERCENT) {
        const following = text.charCodeAt(at + 1);
        if (following === Token.OPEN_BRACE || following === c) break;
      }
      at++;
    }
    return this.finishTemplate('quoted', start, start + 1);
  }

  private parseHeredoc(): TemplateExpression {
    const marker = this.heredocMarker();
    const isFlush = this.text.charCodeAt(this.start + 2) === MINUS;
    const content = this.end + (this.text.charCodeAt(this.end) === 13 ? 2 : 1);
    return this.finishTemplate('heredoc', this.start, content, { marker, isFlush });
  }

  /** The text between `start` and the limit as a template without delimiters. */
  parseBareTemplate(): TemplateExpression {
    return this.finishTemplate('bare', this.start, this.start);
  }

  private finishTemplate(form: TemplateForm, start: number, content: number, heredoc?: Heredoc): TemplateExpression {
    const outer = this.openBrackets;
    const tokens: TemplateToken[] = [];
    this.height = 1;
    this.depth++;
    const height = this.scanTemplate(form, content, tokens, heredoc?.marker ?? '');
    this.depth--;
    const { end } = this;
    if (this.isPanicking) {
      // The string ends where its line does; the brackets that were open inside it are gone with it.
      this.openBrackets = outer;
      this.next();
    }
    if (heredoc?.isFlush === true) removeIndentation(tokens);
    const { parts, depth, problem } = nestDirectives(tokens, maxNestingDepth);
    if (problem !== undefined && !this.isPanicking) {
      const code = problem.kind === 'too-deep' ? 'hcl-nesting-too-deep' : 'hcl-invalid-directive';
      this.note(code, problem.message, problem.start, problem.end);
    }
    this.height = height + depth;
    this.grow(this.height, start);
    return makeTemplate(form === 'bare' ? 'json' : form, { start, end }, parts);
  }

  /**
   * Splits a template into tokens and sets `end` behind its closing delimiter. Literal text is one token in a quoted string
   * and one a line elsewhere, which is how far `~` trims. Returns the height of the highest expression.
   */
  private scanTemplate(form: TemplateForm, from: number, tokens: TemplateToken[], marker: string): number {
    const { text, limit, start: opening } = this;
    let height = 1;
    let at = from;
    let runStart = from;
    let sliceStart = from;
    let value = '';
    let isTrimmed = false;
    let isLineStart = form === 'heredoc';
    const flush = (): void => {
      if (at > runStart) {
        value += text.slice(sliceStart, at);
        tokens.push(textToken(runStart, at, isTrimmed ? trimStart(value) : value));
        isTrimmed = false;
      }
      runStart = at;
      sliceStart = at;
      value = '';
    };
    for (;;) {
      if (isLineStart) {
        isLineStart = false;
        const end = this.markerEnd(at, marker);
        if (end !== -1) {
          if (this.isFile && this.find('\n', end) === -1) {
            this.note('hcl-unterminated-heredoc', `A newline must follow the "${marker}" of a heredoc.`, end, end);
          }
          this.end = end;
          return height;
        }
      }
      if (at >= limit) {
        flush();
        this.end = limit;
        if (form !== 'bare') this.failOpenTemplate(form, opening, marker);
        return height;
      }
      const c = text.charCodeAt(at);
      if (c === DOLLAR || c === PERCENT) {
        const following = at + 1 < limit ? text.charCodeAt(at + 1) : 0;
        if (following === Token.OPEN_BRACE) {
          flush();
          isTrimmed = this.parseSequence(form, at, tokens);
          height = Math.max(height, this.height);
          at = this.end;
          runStart = at;
          sliceStart = at;
          if (this.isPanicking) return height;
        } else if (following === c && at + 2 < limit && text.charCodeAt(at + 2) === Token.OPEN_BRACE) {
          value += text.slice(sliceStart, at + 1);
          sliceStart = at + 2;
          at += 3;
        } else at++;
      } else if (c === 10 || (c === 13 && form === 'quoted')) {
        if (form === 'quoted') {
          flush();
          this.end = at;
          this.failOpenTemplate(form, opening, marker);
          return height;
        }
        at++;
        flush();
        isLineStart = form === 'heredoc';
      } else if (form === 'quoted' && c === Token.QUOTE) {
        flush();
        this.end = at + 1;
        return height;
      } else if (form === 'quoted' && c === BACKSLASH) {
        value += text.slice(sliceStart, at);
        this.end = at;
        value += this.parseEscape(at);
        at = this.end;
        sliceStart = at;
      } else at++;
    }
  }

  private failOpenTemplate(form: TemplateForm, opening: number, marker: string): void {
    if (form === 'quoted') {
      this.fail('hcl-unterminated-string', 'The string is not closed on its line.', opening, this.end);
    } else {
      const message = `The heredoc is not closed by "${marker}" on a line of its own.`;
      this.fail('hcl-unterminated-heredoc', message, opening, opening + 2);
      this.isCut = true;
    }
  }

  /** What an escape stands for; `end` is then behind it. */
  private parseEscape(at: number): string {
    const c = at + 1 < this.limit ? this.text.charAt(at + 1) : '';
    this.end = Math.min(at + 2, this.limit);
    const simple = escapes.get(c);
    if (simple !== undefined) return simple;
    if (c === '\n' || c === '\r' || c === '') {
      this.end = at + 1;
      return '';
    }
    if (c === 'u' || c === 'U') {
      const length = c === 'u' ? 4 : 8;
      const digits = this.text.slice(at + 2, Math.min(at + 2 + length, this.limit));
      const point = /^[0-9a-fA-F]+$/.test(digits) && digits.length === length ? Number.parseInt(digits, 16) : -1;
      if (point >= 0 && point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff)) {
        this.end = at + 2 + length;
        return String.fromCodePoint(point);
      }
    }
    const character = String.fromCodePoint(this.text.codePointAt(at + 1) ?? 0);
    this.end = at + 1 + character.length;
    this.note('hcl-invalid-escape', `"\\${character}" is not a valid escape.`, at, this.end);
    return character;
  }

  /** `${…}` or `%{…}`; `end` is then behind it. Returns whether what follows is to be trimmed. */
  private parseSequence(form: TemplateForm, at: number, tokens: TemplateToken[]): boolean {
    const { newlines, openBrackets } = this;
    const isDirective = this.text.charCodeAt(at) === PERCENT;
    const isTrimming = this.text.charCodeAt(at + 2) === TILDE && at + 2 < this.limit;
    const last = tokens[tokens.length - 1];
    if (isTrimming && last?.kind === 'text' && last.end === at) last.value = trimEnd(last.value);
    this.end = at + (isTrimming ? 3 : 2);
    this.newlines = false;
    this.next();
    this.height = 1;
    const token = isDirective
      ? this.parseDirective(at)
      : sequenceToken('interpolation', at, this.parseExpression(), undefined, '');
    if (!this.isPanicking && this.kind !== Token.CLOSE_BRACE && this.kind !== Token.TILDE_BRACE) {
      if (this.kind === Token.EOF || this.kind === Token.QUOTE) {
        this.fail('hcl-unclosed-template', 'The template sequence is not closed by "}".', at, at + 2);
      } else this.failUnexpected('"}" at the end of the template sequence', 'hcl-unclosed-template');
    }
    const isBroken = this.isPanicking;
    let isTrimmingNext = false;
    if (isBroken) this.recoverSequence(form);
    else isTrimmingNext = this.kind === Token.TILDE_BRACE;
    this.newlines = newlines;
    this.openBrackets = openBrackets;
    if (isBroken) {
      const expression: Expression = { kind: 'error', start: at, end: this.end };
      tokens.push({ ...sequenceToken('interpolation', at, expression, undefined, ''), end: this.end });
    } else {
      token.end = this.end;
      tokens.push(token);
    }
    return isTrimmingNext;
  }

  private parseDirective(start: number): TemplateToken {
    for (const kind of ['else', 'endif', 'endfor'] as const) {
      if (this.isWord(kind)) {
        this.next();
        return sequenceToken(kind, start, undefined, undefined, '');
      }
    }
    if (this.isWord('if')) {
      this.next();
      return sequenceToken('if', start, this.parseExpression(), undefined, '');
    }
    if (this.isWord('for')) {
      const { collection, keyVariable, valueVariable } = this.parseForHeader();
      return sequenceToken('for', start, collection, keyVariable, valueVariable);
    }
    const message = 'A directive begins with "if", "else", "endif", "for" or "endfor".';
    this.fail('hcl-invalid-directive', message);
    return sequenceToken('interpolation', start, undefined, undefined, '');
  }

  /**
   * After an error inside `${…}`: goes on behind its closing brace if that is on the same line. Otherwise a heredoc goes on
   * at the end of the line, and a quoted string is given up there. Sets `end`.
   */
  private recoverSequence(form: TemplateForm): void {
    for (let at = this.previousEnd; at < this.start; at++) {
      if (this.text.charCodeAt(at) !== 10) continue;
      this.end = at;
      this.isPanicking = form === 'quoted';
      return;
    }
    this.newlines = true;
    let braces = 0;
    let isFirst = true;
    for (;;) {
      const { kind } = this;
      if (kind === Token.EOF || kind === Token.NEWLINE || (kind === Token.QUOTE && isFirst && form === 'quoted')) {
        this.end = this.start;
        this.isPanicking = form === 'quoted' && kind !== Token.QUOTE;
        return;
      }
      isFirst = false;
      if (kind === Token.OPEN_BRACE) braces++;
      else if ((kind === Token.CLOSE_BRACE || kind === Token.TILDE_BRACE) && braces-- === 0) {
        this.isPanicking = false;
        return;
      } else if (kind === Token.QUOTE) this.skipQuoted();
      this.next();
    }
  }
}

interface Heredoc {
  readonly marker: string;
  readonly isFlush: boolean;
}

const escapes = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['"', '"'],
  ['\\', '\\'],
]);

function openBody(): OpenBody {
  return { attributes: [], blocks: [], names: undefined, isIncomplete: false };
}

function isCloser(kind: number): boolean {
  return (
    kind === CLOSE_PARENTHESIS || kind === CLOSE_BRACKET || kind === Token.CLOSE_BRACE || kind === Token.TILDE_BRACE
  );
}

const noParts: TemplateExpression['parts'] = [];

function plainParts(value: string, start: number, isAscii: boolean): TemplateExpression['parts'] {
  if (value === '') return noParts;
  return [{ kind: 'text', start, end: start + value.length, value: isAscii ? value : toNfc(value) }];
}

function textToken(start: number, end: number, value: string): TemplateToken {
  return { kind: 'text', start, end, value, expression: undefined, keyVariable: undefined, valueVariable: '' };
}

function sequenceToken(
  kind: TemplateToken['kind'],
  start: number,
  expression: Expression | undefined,
  keyVariable: string | undefined,
  valueVariable: string,
): TemplateToken {
  return { kind, start, end: start, value: '', expression, keyVariable, valueVariable };
}

/** Digits with at most one dot, before at most one exponent: the lexer takes more into one token. */
function isNumber(text: string): boolean {
  if (text.length < 3) return true;
  let dots = 0;
  let exponents = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === DOT) {
      if (++dots > 1 || exponents > 0) return false;
    } else if ((c === 101 || c === 69) && ++exponents > 1) return false;
  }
  return true;
}

function wrongFor(isObject: boolean, key: Expression | undefined, isGrouped: boolean): string | undefined {
  if (isObject) return key === undefined ? 'A "for" that makes an object needs "key => value".' : undefined;
  if (key !== undefined) return 'A "for" that makes a list cannot have a key.';
  return isGrouped ? 'A "for" that makes a list cannot be grouped by "...".' : undefined;
}
