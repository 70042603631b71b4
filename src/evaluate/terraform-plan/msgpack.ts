import type { JsonNode } from '../../syntax/json/ast.js';

/** A value as Terraform writes it in a plan file, and where in it something is not known. */
export interface DecodedValue {
  readonly node: JsonNode;
  /** The shape of the value, true where it is not known; undefined where all is. */
  readonly unknown: unknown;
}

/** SAFETY: how deep a value may be nested. */
const maxDepth = 500;

/** It stands nowhere in a text. */
const NOWHERE = { start: 0, end: 0 };
const NULL: JsonNode = { kind: 'null', ...NOWHERE };

class Malformed extends Error {}

/**
 * A value in MessagePack (https://github.com/msgpack/msgpack/blob/master/spec.md) as `cty` writes it: objects and maps as
 * maps, lists, sets and tuples as arrays, an extension for what is not known, numbers beyond doubles as text, and what may be
 * of any type as its type and itself. Undefined where it is none.
 */
export function decodeMessagePack(bytes: Uint8Array): DecodedValue | undefined {
  try {
    return new Decoder(bytes).value(0);
  } catch (error) {
    // What was cut off is read beyond its end.
    if (error instanceof Malformed || error instanceof RangeError) return undefined;
    throw error;
  }
}

class Decoder {
  readonly #view: DataView;
  readonly #decoder = new TextDecoder();
  #at = 0;

  constructor(private readonly bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  value(depth: number): DecodedValue {
    if (depth > maxDepth) throw new Malformed();
    const code = this.#view.getUint8(this.#at++);
    if (code < 0x80) return number(code);
    if (code < 0x90) return this.#map(code & 15, depth);
    if (code < 0xa0) return this.#array(code & 15, depth);
    if (code < 0xc0) return this.#text(code & 31);
    if (code >= 0xe0) return number(code - 0x100);
    return this.#long(code, depth);
  }

  #long(code: number, depth: number): DecodedValue {
    switch (code) {
      case 0xc0:
        return known(NULL);
      case 0xc2:
      case 0xc3:
        return known({ kind: 'bool', value: code === 0xc3, ...NOWHERE });
      case 0xc4:
      case 0xc5:
      case 0xc6:
        // Only a type is written as bytes, and an array skips it.
        throw new Malformed();
      case 0xc7:
      case 0xc8:
      case 0xc9:
        return this.#extension(this.#length(code - 0xc7));
      case 0xca:
        return number(this.#view.getFloat32(this.#skip(4)));
      case 0xcb:
        return number(this.#view.getFloat64(this.#skip(8)));
      case 0xcc:
        return number(this.#view.getUint8(this.#skip(1)));
      case 0xcd:
        return number(this.#view.getUint16(this.#skip(2)));
      case 0xce:
        return number(this.#view.getUint32(this.#skip(4)));
      case 0xcf:
        return integer(this.#view.getBigUint64(this.#skip(8)));
      case 0xd0:
        return number(this.#view.getInt8(this.#skip(1)));
      case 0xd1:
        return number(this.#view.getInt16(this.#skip(2)));
      case 0xd2:
        return number(this.#view.getInt32(this.#skip(4)));
      case 0xd3:
        return integer(this.#view.getBigInt64(this.#skip(8)));
      case 0xd9:
      case 0xda:
      case 0xdb:
        return this.#text(this.#length(code - 0xd9));
      case 0xdc:
      case 0xdd:
        return this.#array(this.#length(code - 0xdb), depth);
      case 0xde:
      case 0xdf:
        return this.#map(this.#length(code - 0xdd), depth);
      default:
        if (code >= 0xd4 && code <= 0xd8) return this.#extension(2 ** (code - 0xd4));
        throw new Malformed();
    }
  }

  /** A length of 1, 2 or 4 bytes. */
  #length(size: number): number {
    if (size === 0) return this.#view.getUint8(this.#skip(1));
    return size === 1 ? this.#view.getUint16(this.#skip(2)) : this.#view.getUint32(this.#skip(4));
  }

  #skip(length: number): number {
    const start = this.#at;
    if (start + length > this.bytes.length) throw new Malformed();
    this.#at += length;
    return start;
  }

  #text(length: number): DecodedValue {
    const start = this.#skip(length);
    return known({
      kind: 'string',
      value: this.#decoder.decode(this.bytes.subarray(start, start + length)),
      ...NOWHERE,
    });
  }

  /** Not known, with what is known of it all the same, which is not read. */
  #extension(length: number): DecodedValue {
    this.#skip(1 + length);
    return { node: NULL, unknown: true };
  }

  #array(length: number, depth: number): DecodedValue {
    if (length === 2 && this.#isType()) {
      this.#skipBytes();
      return this.value(depth + 1);
    }
    const elements: JsonNode[] = [];
    const masks: unknown[] = [];
    let isUnknown = false;
    for (let index = 0; index < length; index++) {
      const { node, unknown } = this.value(depth + 1);
      elements.push(node);
      masks.push(unknown);
      isUnknown ||= unknown !== undefined;
    }
    return { node: { kind: 'array', elements, ...NOWHERE }, unknown: isUnknown ? masks : undefined };
  }

  #isType(): boolean {
    const code = this.bytes[this.#at];
    return code === 0xc4 || code === 0xc5 || code === 0xc6;
  }

  #skipBytes(): void {
    const code = this.#view.getUint8(this.#at++);
    this.#skip(this.#length(code - 0xc4));
  }

  #map(length: number, depth: number): DecodedValue {
    const members: { key: string; keyStart: number; keyEnd: number; value: JsonNode }[] = [];
    const masks: Record<string, unknown> = Object.create(null);
    let isUnknown = false;
    for (let index = 0; index < length; index++) {
      const { node: key } = this.value(depth + 1);
      if (key.kind !== 'string') throw new Malformed();
      const { node, unknown } = this.value(depth + 1);
      members.push({ key: key.value, keyStart: 0, keyEnd: 0, value: node });
      if (unknown === undefined) continue;
      masks[key.value] = unknown;
      isUnknown = true;
    }
    return { node: { kind: 'object', members, ...NOWHERE }, unknown: isUnknown ? masks : undefined };
  }
}

function known(node: JsonNode): DecodedValue {
  return { node, unknown: undefined };
}

function number(value: number): DecodedValue {
  return known({ kind: 'number', text: String(value), ...NOWHERE });
}

function integer(value: bigint): DecodedValue {
  return known({ kind: 'number', text: String(value), ...NOWHERE });
}
