import { maxJsonDepth } from '../../syntax/json/parse-json.js';

/** A stretch of a JSON text: UTF-16 offsets, half-open. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Where the members of an object are; the last of equal keys counts. Without an object for each: there are many. */
export class Members {
  readonly #keys: string[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];

  get(key: string): Stretch | undefined {
    const index = this.#keys.lastIndexOf(key);
    const [start, end] = [this.#starts[index], this.#ends[index]];
    return start === undefined || end === undefined ? undefined : { start, end };
  }

  has(key: string): boolean {
    return this.#keys.includes(key);
  }

  add(key: string, start: number, end: number): void {
    this.#keys.push(key);
    this.#starts.push(start);
    this.#ends.push(end);
  }
}

/** How many characters of a string are looked at one by one. */
const shortString = 40;

const QUOTE = 34;
const COLON = 58;
const COMMA = 44;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;
const OPEN_ARRAY = 91;
const CLOSE_ARRAY = 93;
const BACKSLASH = 92;

/** Which parts of a text are gone into while it is gone through: each member's, or each element's. */
export type OutlineDepth = { readonly [key: string]: OutlineDepth } | readonly [OutlineDepth];

/** Of how many places the last key is kept. */
const maxLastKeys = 32;

/** SAFETY: an object with more members than this is no plan. */
const maxMembers = 1_000_000;

/**
 * Finds where the parts of a JSON text begin and end without reading what is in them: a plan of 100 MB says everything
 * four times. What lies between is checked only as far as its brackets and quotes go; what is read is parsed.
 */
export class JsonOutline {
  /** Where the text is no JSON; the first place. */
  problem: { readonly message: string; readonly at: number } | undefined;

  /** Whether something that was passed over lies deeper than can be read. */
  isDeep = false;

  /** Where what was gone into begins → what was found in it, until it is asked for. */
  readonly #members = new Map<number, Members>();
  readonly #elements = new Map<number, readonly Stretch[]>();

  constructor(readonly text: string) {}

  /**
   * The members of the object that begins at an offset; the last of equal keys counts. Undefined where there is none. What
   * `depth` names is gone into on the way, so that the text is gone through once.
   */
  members(start: number, depth?: OutlineDepth): Members | undefined {
    const known = this.#members.get(start);
    if (known !== undefined) {
      this.#members.delete(start);
      return known;
    }
    const { text } = this;
    let at = this.#skipSpace(start);
    if (text.charCodeAt(at) !== OPEN_OBJECT) return undefined;
    const members = new Members();
    at = this.#skipSpace(at + 1);
    if (text.charCodeAt(at) === CLOSE_OBJECT) {
      this.#end = at + 1;
      return members;
    }
    for (let count = 0; count < maxMembers; count++) {
      if (text.charCodeAt(at) !== QUOTE) return this.#fail('A key is expected here.', at);
      const keyEnd = this.#skipString(at);
      if (keyEnd === -1) return undefined;
      const key = this.#keyAt(at, keyEnd, count);
      at = this.#skipSpace(keyEnd);
      if (text.charCodeAt(at) !== COLON) return this.#fail('A ":" is expected here.', at);
      at = this.#skipSpace(at + 1);
      const end = this.#pass(at, isMembers(depth) ? memberOf(depth, key) : undefined);
      if (end === -1) return undefined;
      members.add(key, at, end);
      at = this.#skipSpace(end);
      if (text.charCodeAt(at) === CLOSE_OBJECT) {
        this.#end = at + 1;
        return members;
      }
      if (text.charCodeAt(at) !== COMMA) return this.#fail('A "," or "}" is expected here.', at);
      at = this.#skipSpace(at + 1);
    }
    return this.#fail('The object has too many members.', start);
  }

  /** The last keys by their places: most objects have those of the one before. */
  readonly #lastKeys: string[] = [];

  #keyAt(start: number, end: number, place: number): string {
    const last = this.#lastKeys[place];
    if (last !== undefined && last.length === end - start - 2 && this.text.startsWith(last, start + 1)) return last;
    const key = this.text.slice(start + 1, end - 1);
    if (place < maxLastKeys) this.#lastKeys[place] = key;
    return key;
  }

  /** The elements of the array that begins at an offset. Undefined where there is none. */
  elements(start: number, depth?: OutlineDepth): readonly Stretch[] | undefined {
    const known = this.#elements.get(start);
    if (known !== undefined) {
      this.#elements.delete(start);
      return known;
    }
    const { text } = this;
    let at = this.#skipSpace(start);
    if (text.charCodeAt(at) !== OPEN_ARRAY) return undefined;
    const elements: Stretch[] = [];
    at = this.#skipSpace(at + 1);
    if (text.charCodeAt(at) === CLOSE_ARRAY) {
      this.#end = at + 1;
      return elements;
    }
    const inner = Array.isArray(depth) ? depth[0] : undefined;
    for (;;) {
      const end = this.#pass(at, inner);
      if (end === -1) return undefined;
      elements.push({ start: at, end });
      at = this.#skipSpace(end);
      if (text.charCodeAt(at) === CLOSE_ARRAY) {
        this.#end = at + 1;
        return elements;
      }
      if (text.charCodeAt(at) !== COMMA) return this.#fail('A "," or "]" is expected here.', at);
      at = this.#skipSpace(at + 1);
    }
  }

  /** Where the last object or array ended that was gone into. */
  #end = -1;

  /** Whether nothing comes after what was gone into last. */
  get isAtEnd(): boolean {
    return this.#skipSpace(this.#end) >= this.text.length;
  }

  /** The end of a value, which is gone into where that is wanted; -1 where it has none. */
  #pass(at: number, depth: OutlineDepth | undefined): number {
    const first = depth === undefined ? undefined : this.text.charCodeAt(at);
    if (first === OPEN_OBJECT) {
      const members = this.members(at, depth);
      if (members === undefined) return -1;
      this.#members.set(at, members);
      return this.#end;
    }
    if (first === OPEN_ARRAY) {
      const elements = this.elements(at, depth);
      if (elements === undefined) return -1;
      this.#elements.set(at, elements);
      return this.#end;
    }
    return this.skip(at);
  }

  /** The end of the value that begins at an offset, or -1 where it has none. */
  skip(start: number): number {
    const { text } = this;
    const { length } = text;
    let depth = 0;
    for (let at = start; at < length; ) {
      const c = text.charCodeAt(at);
      if (c === QUOTE) {
        at = this.#skipString(at);
        if (at === -1) return -1;
        if (depth === 0) return at;
        continue;
      }
      at++;
      if (c === OPEN_OBJECT || c === OPEN_ARRAY) {
        if (++depth > maxJsonDepth) this.isDeep = true;
      } else if (c === CLOSE_OBJECT || c === CLOSE_ARRAY) {
        if (--depth === 0) return at;
        if (depth < 0) break;
      } else if (depth === 0) return this.#skipWord(start);
    }
    this.#fail('The value is not closed: the text was cut off.', start);
    return -1;
  }

  /** Where a value goes deeper than can be read; undefined where it does not. */
  deepest({ start, end }: Stretch): number | undefined {
    if (!this.isDeep) return undefined;
    const { text } = this;
    let depth = 0;
    for (let at = start; at < end; at++) {
      const c = text.charCodeAt(at);
      if (c === QUOTE) at = this.#skipString(at) - 1;
      else if (c === OPEN_OBJECT || c === OPEN_ARRAY) {
        if (++depth > maxJsonDepth) return at;
      } else if (c === CLOSE_OBJECT || c === CLOSE_ARRAY) depth--;
    }
    return undefined;
  }

  /** The end of a number, `true`, `false` or `null`. */
  #skipWord(start: number): number {
    WORD.lastIndex = start;
    if (WORD.test(this.text)) return WORD.lastIndex;
    this.#fail('A value is expected here.', start);
    return -1;
  }

  /** The end of the string whose opening quote is at an offset. */
  #skipString(start: number): number {
    const { text } = this;
    // Most are short: to look at each of their characters is faster than to have them searched.
    const near = Math.min(start + shortString, text.length);
    let from = start + 1;
    for (; from < near; from++) {
      const c = text.charCodeAt(from);
      if (c === QUOTE) return from + 1;
      if (c === BACKSLASH) break;
    }
    for (;;) {
      const quote = text.indexOf('"', from);
      if (quote === -1) {
        this.#fail('The string is not closed: the text was cut off.', start);
        return -1;
      }
      let escapes = quote;
      while (text.charCodeAt(escapes - 1) === BACKSLASH && escapes - 1 > start) escapes--;
      if ((quote - escapes) % 2 === 0) return quote + 1;
      from = quote + 1;
    }
  }

  #skipSpace(start: number): number {
    const { text } = this;
    let at = start;
    for (let c = text.charCodeAt(at); c === 32 || c === 10 || c === 13 || c === 9; c = text.charCodeAt(at)) at++;
    return at;
  }

  #fail(message: string, at: number): undefined {
    this.problem ??= { message, at: Math.min(at, this.text.length) };
    return undefined;
  }
}

function isMembers(depth: OutlineDepth | undefined): depth is { readonly [key: string]: OutlineDepth } {
  return depth !== undefined && !Array.isArray(depth);
}

function memberOf(depth: { readonly [key: string]: OutlineDepth }, key: string): OutlineDepth | undefined {
  return Object.hasOwn(depth, key) ? depth[key] : undefined;
}

const WORD = /(?:true|false|null|-?[0-9][0-9.eE+-]*)(?=[\s,\]}]|$)/y;
