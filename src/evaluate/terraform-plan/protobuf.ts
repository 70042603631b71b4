/** The fields of a message, by number: every value of a repeated one. Numbers as they are, all else as bytes. */
export interface Message {
  number(field: number): number;
  text(field: number): string;
  bytes(field: number): Uint8Array | undefined;
  /** Every message in a repeated field; those that are damaged are left out. */
  messages(field: number): readonly Message[];
  texts(field: number): readonly string[];
}

/** SAFETY: a message with more fields than this is damaged. */
const maxFields = 10_000_000;

/** A message in the wire format of Protocol Buffers (https://protobuf.dev/programming-guides/encoding/); undefined where it is none. */
export function readMessage(bytes: Uint8Array): Message | undefined {
  const fields = readFields(bytes);
  if (fields === undefined) return undefined;
  const last = (field: number) => fields.get(field)?.at(-1);
  const decoder = new TextDecoder();
  const blobs = (field: number) => (fields.get(field) ?? []).filter((one) => typeof one !== 'number');
  return {
    number: (field) => {
      const value = last(field);
      return typeof value === 'number' ? value : 0;
    },
    text: (field) => {
      const value = last(field);
      return value === undefined || typeof value === 'number' ? '' : decoder.decode(value);
    },
    bytes: (field) => {
      const value = last(field);
      return typeof value === 'number' ? undefined : value;
    },
    messages: (field) => blobs(field).flatMap((blob) => readMessage(blob) ?? []),
    texts: (field) => blobs(field).map((blob) => decoder.decode(blob)),
  };
}

type Fields = Map<number, (number | Uint8Array)[]>;

function readFields(bytes: Uint8Array): Fields | undefined {
  const fields: Fields = new Map();
  let at = 0;
  /** Beyond 53 bits a number is not exact: none that is read here is. */
  const varint = (): number => {
    let value = 0;
    for (let factor = 1; at < bytes.length; factor *= 128) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
    return -1;
  };
  for (let count = 0; at < bytes.length; count++) {
    const tag = varint();
    const [field, wire] = [Math.floor(tag / 8), tag % 8];
    if (tag < 8 || count > maxFields) return undefined;
    let value: number | Uint8Array;
    if (wire === 0) value = varint();
    else {
      const length = wire === 2 ? varint() : wire === 1 ? 8 : wire === 5 ? 4 : -1;
      if (length < 0 || at + length > bytes.length) return undefined;
      value = bytes.subarray(at, at + length);
      at += length;
    }
    if (value === -1) return undefined;
    const known = fields.get(field);
    if (known === undefined) fields.set(field, [value]);
    else known.push(value);
  }
  return fields;
}
