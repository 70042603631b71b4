import type { ListValue, ObjectValue, Value } from '../../../model/value.js';
import { invariant } from '../../../source/invariant.js';
import { formatNumber } from '../values/number.js';

/** The width at which the emitter that Terraform uses folds what is quoted. */
const lineWidth = 80;
/** A longer key is written with `?`, in bytes of UTF-8. */
const maxSimpleKeyBytes = 128;
const step = 2;

/**
 * A known value as Terraform's `yamlencode` writes it: block style, keys and strings in double quotes, strings of several
 * lines as literal blocks where YAML allows it.
 */
export function renderYaml(value: Value): string {
  const writer = new YamlWriter();
  writer.root(value);
  return writer.text;
}

class YamlWriter {
  text = '';
  #column = 0;

  root(value: Value): void {
    if (isBlock(value)) this.#node(value, -step, true);
    else this.#scalar(value, step, true);
    if (this.#column > 0) this.#write('\n');
    // A plain scalar alone could go on.
    if (value.kind === 'null' || value.kind === 'bool' || value.kind === 'number') this.#write('...\n');
  }

  /** What a block at `indent` holds, after `- ` or `: ` on the same line where it is inline. */
  #node(value: Value, indent: number, isInline: boolean): void {
    if (!isBlock(value)) this.#scalar(value, indent + step, true);
    else if (value.kind === 'list') this.#sequence(value, indent + step, isInline);
    else this.#mapping(value, indent + step, isInline);
  }

  #sequence(list: ListValue, indent: number, isInline: boolean): void {
    for (const [index, element] of list.elements.entries()) {
      if (index > 0 || !isInline) this.#line(indent);
      this.#write('- ');
      this.#node(element, indent, true);
    }
  }

  #mapping(object: ObjectValue, indent: number, isInline: boolean): void {
    let isFirst = true;
    for (const [key, entry] of object.entries) {
      if (!isFirst || !isInline) this.#line(indent);
      isFirst = false;
      if (isSimpleKey(key)) {
        this.#quoted(key, indent + step, false);
        this.#write(':');
        if (!isBlock(entry)) this.#write(' ');
        // A list in a map is not indented.
        if (entry.kind === 'list' && isBlock(entry)) this.#sequence(entry, indent, false);
        else this.#node(entry, indent, false);
      } else {
        this.#write('? ');
        this.#string(key, indent + step);
        this.#line(indent);
        this.#write(': ');
        this.#node(entry, indent, true);
      }
    }
  }

  #scalar(value: Value, indent: number, areBreaksAllowed: boolean): void {
    invariant(value.kind !== 'unknown', 'only known values are written');
    if (value.kind === 'string') {
      if (areBreaksAllowed) this.#string(value.value, indent);
      else this.#quoted(value.value, indent, false);
    } else if (value.kind === 'list') this.#write('[]');
    else if (value.kind === 'object') this.#write('{}');
    else if (value.kind === 'number') this.#write(formatNumber(value));
    else this.#write(value.kind === 'null' ? 'null' : String(value.value));
  }

  #string(text: string, indent: number): void {
    if (text.includes('\n') && isBlockAllowed(text)) this.#literal(text, indent);
    else this.#quoted(text, indent, true);
  }

  #literal(text: string, indent: number): void {
    this.#write(`|${LEADING.test(text) ? step : ''}${chomping(text)}\n`);
    let isLineStart = true;
    for (const character of text) {
      if (BREAK.test(character)) isLineStart = true;
      else {
        if (isLineStart) this.#write(' '.repeat(indent));
        isLineStart = false;
      }
      this.#write(character);
    }
  }

  #quoted(text: string, indent: number, areBreaksAllowed: boolean): void {
    this.#write('"');
    let wasSpace = false;
    const characters = [...text];
    for (const [index, character] of characters.entries()) {
      const isSpace = character === ' ';
      const isInner = index > 0 && index < characters.length - 1;
      if (isSpace && areBreaksAllowed && !wasSpace && isInner && this.#column > lineWidth) {
        this.#line(indent);
        if (characters[index + 1] === ' ') this.#write('\\');
      } else this.#write(escapeCharacter(character));
      wasSpace = isSpace;
    }
    this.#write('"');
  }

  /** Begins a line, if this one is not empty. */
  #line(indent: number): void {
    if (this.#column > 0) this.#write('\n');
    this.#write(' '.repeat(indent));
  }

  #write(text: string): void {
    this.text += text;
    const lastBreak = text.lastIndexOf('\n');
    const added = [...text.slice(lastBreak + 1)].length;
    this.#column = lastBreak === -1 ? this.#column + added : added;
  }
}

const LEADING = /^[ \n\r\u0085\u2028\u2029]/;
const BREAK = /[\n\r\u0085\u2028\u2029]/;
/** What libyaml's emitter takes for printable, without line breaks other than `\n`. */
const PRINTABLE = /^[\n\u0020-\u007e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]$/;

/** A list or map that is not empty. */
function isBlock(value: Value): value is ListValue | ObjectValue {
  return (value.kind === 'list' && value.elements.length > 0) || (value.kind === 'object' && value.entries.size > 0);
}

function isSimpleKey(key: string): boolean {
  return Buffer.byteLength(key) <= maxSimpleKeyBytes && !BREAK.test(key);
}

/** A literal block cannot hold what needs an escape, nor a space at the end of a line. */
function isBlockAllowed(text: string): boolean {
  return ![...text].some((character) => !PRINTABLE.test(character)) && !/ (?:[\n\r\u0085\u2028\u2029]|$)/.test(text);
}

function chomping(text: string): string {
  if (!BREAK.test(text.slice(-1))) return '-';
  return text.length === 1 || BREAK.test(text.slice(-2, -1)) ? '+' : '';
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\0', '\\0'],
  ['\u0007', '\\a'],
  ['\b', '\\b'],
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\v', '\\v'],
  ['\f', '\\f'],
  ['\r', '\\r'],
  ['\u001b', '\\e'],
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\u0085', '\\N'],
  ['\u2028', '\\L'],
  ['\u2029', '\\P'],
]);

function escapeCharacter(character: string): string {
  const named = ESCAPES.get(character);
  if (named !== undefined) return named;
  if (PRINTABLE.test(character)) return character;
  const hex = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
  if (hex.length <= 2) return `\\x${hex.padStart(2, '0')}`;
  return hex.length <= 4 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
