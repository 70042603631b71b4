import { STRING, type Type } from '../../../model/type.js';
import type { ListValue, ObjectValue, StringValue, UnknownValue, Value } from '../../../model/value.js';
import { boolValue, nullValue, stringValue } from '../../../model/values.js';
import { maxElements } from '../expression/context.js';
import { FunctionFailure } from '../functions/function.js';
import { objectOf, tupleOf } from './collections.js';
import { BEYOND, formatNumber, isInfinite, parseNumber } from './number.js';
import { concatTexts, hasSensitive, isNotNull, unknownFrom } from './unknown.js';

/** SAFETY: `jsondecode` of nested brackets must not overflow the stack. Go stops at 10,000. */
export const maxJsonDepth = 1_000;

/**
 * The JSON text of a value as `jsonencode` writes it: keys sorted, no spaces, `<`, `>`, `&`, U+2028 and U+2029 escaped. Of a
 * value that is not wholly known an unknown string with the known stretches as its parts. Either has the value as `encoded`.
 * Throws `FunctionFailure` for an infinite number, which has no JSON.
 */
export function encodeJson(value: Value): StringValue | UnknownValue {
  const writer = new JsonWriter();
  writer.write(value);
  const text = concatTexts(writer.pieces());
  const sensitive = hasSensitive(value) ? true : undefined;
  if (text.kind === 'string') return { kind: 'string', value: text.value, encoded: value, sensitive };
  const parts = text.kind === 'unknown' ? text.parts : undefined;
  return { ...unknownFrom([value], STRING, { notNull: true, sensitive, ...(parts ? { parts } : {}) }), encoded: value };
}

class JsonWriter {
  readonly #pieces: Value[] = [];
  #text = '';

  pieces(): readonly Value[] {
    this.#flush();
    return this.#pieces;
  }

  write(value: Value): void {
    switch (value.kind) {
      case 'null':
        this.#text += 'null';
        break;
      case 'bool':
        this.#text += String(value.value);
        break;
      case 'number':
        if (isInfinite(value)) throw new FunctionFailure('An infinite number cannot be written as JSON.');
        this.#text += formatNumber(value);
        break;
      case 'string':
        this.#text += `"${escapeJson(value.value)}"`;
        break;
      case 'unknown':
        this.#writeUnknown(value);
        break;
      case 'list':
        this.#writeList(value);
        break;
      case 'object':
        this.#writeObject(value);
    }
  }

  #writeUnknown(value: UnknownValue): void {
    const isText = value.type.kind === 'string' && isNotNull(value);
    if (isText) {
      this.#text += '"';
      for (const part of value.parts ?? [value]) {
        if (typeof part === 'string') this.#text += escapeJson(part);
        else this.#hole(part);
      }
      this.#text += '"';
      return;
    }
    const bracket = isNotNull(value) ? BRACKETS[value.type.kind] : undefined;
    this.#text += bracket?.[0] ?? '';
    this.#hole(value);
    this.#text += bracket?.[1] ?? '';
  }

  #writeList(list: ListValue): void {
    this.#text += '[';
    const certain = Math.min(list.elements.length, ...(list.existence?.keys() ?? []));
    for (const [index, element] of list.elements.slice(0, certain).entries()) {
      if (index > 0) this.#text += ',';
      this.write(element);
    }
    if (certain < list.elements.length || list.rest !== undefined) this.#hole(list);
    this.#text += ']';
  }

  #writeObject(object: ObjectValue): void {
    this.#text += '{';
    if (object.rest !== undefined) this.#hole(object);
    else {
      let isFirst = true;
      for (const [key, entry] of object.entries) {
        this.#text += `${isFirst ? '' : ','}"${escapeJson(key)}":`;
        isFirst = false;
        this.write(entry);
      }
    }
    this.#text += '}';
  }

  /** A stretch of text that is not known. It has no identity: it is the JSON of the value, not the value. */
  #hole(value: Value): void {
    this.#flush();
    this.#pieces.push(unknownFrom([value], STRING, { notNull: true }));
  }

  #flush(): void {
    if (this.#text !== '') this.#pieces.push(stringValue(this.#text));
    this.#text = '';
  }
}

const BRACKETS: Partial<Record<Type['kind'], readonly [string, string]>> = {
  list: ['[', ']'],
  set: ['[', ']'],
  tuple: ['[', ']'],
  map: ['{', '}'],
  object: ['{', '}'],
};

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
};

/** The text between the quotes of a JSON string, as Go's `encoding/json` escapes it. */
export function escapeJson(text: string): string {
  return text.replace(/["\\<>&\u0000-\u001f\u2028\u2029]/g, (character) => {
    return ESCAPES[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

type DecodedJson =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly message: string; readonly offset: number; readonly isLimit: boolean };

/**
 * The value of a JSON text as `jsondecode` gives it: arrays as tuples, objects as objects, of equal keys the last wins.
 */
export function decodeJson(text: string): DecodedJson {
  const reader = new JsonReader(text);
  try {
    return { ok: true, value: reader.document() };
  } catch (error) {
    if (error instanceof JsonFailure)
      return { ok: false, message: error.message, offset: error.offset, isLimit: error.isLimit };
    throw error;
  }
}

class JsonFailure extends Error {
  constructor(
    message: string,
    readonly offset: number,
    readonly isLimit = false,
  ) {
    super(message);
  }
}

const NUMBER_TOKEN = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const STRING_TOKEN = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SPACE = /[ \t\r\n]*/y;

class JsonReader {
  #at = 0;
  #depth = 0;
  #values = 0;

  constructor(readonly text: string) {}

  document(): Value {
    this.#space();
    if (this.#at === this.text.length) throw this.#failure('the text ends before a value');
    const value = this.#value();
    this.#space();
    if (this.#at < this.text.length) throw this.#failure(`there is more after the value: ${this.#character()}`);
    return value;
  }

  #value(): Value {
    if (++this.#values > maxElements) throw new JsonFailure(`it holds more than ${maxElements} values`, this.#at, true);
    const character = this.text[this.#at];
    if (character === '{' || character === '[') {
      if (++this.#depth > maxJsonDepth)
        throw new JsonFailure(`it is nested more than ${maxJsonDepth} deep`, this.#at, true);
      const value = character === '{' ? this.#object() : this.#array();
      this.#depth--;
      return value;
    }
    if (character === '"') return stringValue(this.#string());
    for (const [word, value] of WORDS) {
      if (!this.text.startsWith(word, this.#at)) continue;
      this.#at += word.length;
      return value;
    }
    const digits = this.#match(NUMBER_TOKEN);
    if (digits === undefined) throw this.#failure(`${this.#character()} cannot begin a value`);
    const number = parseNumber(digits);
    if (number === undefined || number === BEYOND)
      throw new JsonFailure('a number is beyond those that Trueline computes', this.#at, true);
    return number;
  }

  #array(): Value {
    const elements: Value[] = [];
    this.#at++;
    this.#space();
    if (!this.#take(']')) {
      do {
        this.#space();
        elements.push(this.#value());
        this.#space();
      } while (this.#take(','));
      if (!this.#take(']')) throw this.#failure(`${this.#character()} stands after an element of an array`);
    }
    return tupleOf(elements);
  }

  #object(): Value {
    const entries = new Map<string, Value>();
    this.#at++;
    this.#space();
    if (!this.#take('}')) {
      do {
        this.#space();
        if (this.text[this.#at] !== '"') throw this.#failure(`${this.#character()} cannot begin a key`);
        const key = this.#string();
        this.#space();
        if (!this.#take(':')) throw this.#failure(`${this.#character()} stands after a key`);
        this.#space();
        entries.set(key, this.#value());
        this.#space();
      } while (this.#take(','));
      if (!this.#take('}')) throw this.#failure(`${this.#character()} stands after a value of an object`);
    }
    return objectOf(entries);
  }

  #string(): string {
    const token = this.#match(STRING_TOKEN);
    if (token === undefined) throw this.#failure('a string is not complete, or has an invalid character or escape');
    const text: unknown = JSON.parse(token);
    return String(text)
      .replace(/\p{Surrogate}/gu, '\ufffd')
      .normalize('NFC');
  }

  #match(token: RegExp): string | undefined {
    token.lastIndex = this.#at;
    const found = token.exec(this.text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }

  #take(character: string): boolean {
    if (this.text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #space(): void {
    this.#match(SPACE);
  }

  #character(): string {
    const point = this.text.codePointAt(this.#at);
    return point === undefined ? 'the end of the text' : `"${String.fromCodePoint(point)}"`;
  }

  #failure(message: string): JsonFailure {
    return new JsonFailure(message, this.#at);
  }
}

const WORDS: readonly (readonly [string, Value])[] = [
  ['true', boolValue(true)],
  ['false', boolValue(false)],
  ['null', nullValue()],
];
