/** Texts, each kept once, as numbers from 0 on. */
export interface Texts {
  /** The number of the text of a JSON string, which may have escapes. */
  readonly intern: (bytes: Uint8Array, from: number, to: number) => number;
  /** Whether a text that is kept is this one, which has no escapes then. */
  readonly isText: (id: number, bytes: Uint8Array, from: number, to: number) => boolean;
  /** The same of a text of ours. */
  readonly internText: (text: string) => number;
  /** The number of a text that is kept, or -1. */
  readonly find: (bytes: Uint8Array, from: number, to: number) => number;
  readonly text: (id: number) => string;
  /** By their bytes: below 0 where the first comes first. */
  readonly compare: (a: number, b: number) => number;
  /** Compares a kept text with one that is not. */
  readonly compareWith: (id: number, bytes: Uint8Array, from: number, to: number) => number;
  readonly pack: () => PackedTexts;
}

/** Texts as what can be handed to another thread. */
export interface PackedTexts {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Of each text the start, and at the end that of the bytes. */
  readonly starts: Int32Array<ArrayBuffer>;
}

/** Gives texts by their numbers. */
export function unpackTexts({ bytes, starts }: PackedTexts): (id: number) => string {
  const strings: string[] = [];
  return (id) => {
    strings[id] ??= Buffer.from(bytes.subarray(starts[id] ?? 0, starts[id + 1] ?? 0)).toString('utf8');
    return strings[id];
  };
}

const BACKSLASH = 0x5c;

/** Keeps the texts in one array of bytes: no string is made of one before it is asked for. */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: functions over one state, each of them short
export function createTexts(): Texts {
  let arena = new Uint8Array(1 << 16);
  let used = 0;
  let count = 0;
  /** Of each text the start, and behind the last one its end. */
  let starts = new Int32Array(1 << 10);
  let hashes = new Int32Array(1 << 10);
  let table = new Int32Array(1 << 12).fill(-1);
  const strings: string[] = [];

  /** Whether the text that was hashed last has a backslash. */
  let hasEscape = false;

  const hashOf = (bytes: Uint8Array, from: number, to: number): number => {
    let hash = 0x811c9dc5 | 0;
    let escapes = 0;
    for (let at = from; at < to; at++) {
      const byte = bytes[at] ?? 0;
      if (byte === BACKSLASH) escapes++;
      hash = Math.imul(hash ^ byte, 0x01000193);
    }
    hasEscape = escapes > 0;
    return hash ^ (hash >>> 15);
  };

  const isAt = (id: number, bytes: Uint8Array, from: number, to: number): boolean => {
    const start = starts[id] ?? 0;
    if ((starts[id + 1] ?? 0) - start !== to - from) return false;
    for (let at = from, kept = start; at < to; at++, kept++) if (arena[kept] !== bytes[at]) return false;
    return true;
  };

  const place = (hash: number, bytes: Uint8Array, from: number, to: number): number => {
    const mask = table.length - 1;
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      const id = table[at] ?? -1;
      if (id === -1 || (hashes[id] === hash && isAt(id, bytes, from, to))) return at;
    }
  };

  const grow = (length: number): void => {
    if (used + length > arena.length) {
      const larger = new Uint8Array(Math.max(arena.length * 2, used + length));
      larger.set(arena.subarray(0, used));
      arena = larger;
    }
    if (count + 2 > starts.length) {
      starts = enlarge(starts);
      hashes = enlarge(hashes);
    }
    if (count * 2 < table.length) return;
    table = new Int32Array(table.length * 2).fill(-1);
    const mask = table.length - 1;
    for (let id = 0; id < count; id++) {
      let at = (hashes[id] ?? 0) & mask;
      while (table[at] !== -1) at = (at + 1) & mask;
      table[at] = id;
    }
  };

  const internPlain = (bytes: Uint8Array, from: number, to: number, hash: number): number => {
    const found = table[place(hash, bytes, from, to)] ?? -1;
    if (found !== -1) return found;
    grow(to - from);
    table[place(hash, bytes, from, to)] = count;
    arena.set(bytes.subarray(from, to), used);
    used += to - from;
    hashes[count] = hash;
    starts[count + 1] = used;
    return count++;
  };

  return {
    intern: (bytes, from, to) => {
      const hash = hashOf(bytes, from, to);
      if (!hasEscape) return internPlain(bytes, from, to, hash);
      const plain = unescaped(bytes, from, to) ?? bytes.subarray(from, to);
      return internPlain(plain, 0, plain.length, hashOf(plain, 0, plain.length));
    },
    isText: isAt,
    internText: (text) => {
      const bytes = Buffer.from(text, 'utf8');
      return internPlain(bytes, 0, bytes.length, hashOf(bytes, 0, bytes.length));
    },
    find: (bytes, from, to) => {
      const hash = hashOf(bytes, from, to);
      if (!hasEscape) return table[place(hash, bytes, from, to)] ?? -1;
      const plain = unescaped(bytes, from, to) ?? bytes.subarray(from, to);
      return table[place(hashOf(plain, 0, plain.length), plain, 0, plain.length)] ?? -1;
    },
    text: (id) => {
      strings[id] ??= Buffer.from(arena.subarray(starts[id] ?? 0, starts[id + 1] ?? 0)).toString('utf8');
      return strings[id];
    },
    compare: (a, b) => {
      const from = starts[a] ?? 0;
      const other = starts[b] ?? 0;
      const length = (starts[a + 1] ?? 0) - from;
      const otherLength = (starts[b + 1] ?? 0) - other;
      for (let at = 0; at < length && at < otherLength; at++) {
        const difference = (arena[from + at] ?? 0) - (arena[other + at] ?? 0);
        if (difference !== 0) return difference;
      }
      return length - otherLength;
    },
    compareWith: (id, bytes, from, to) => {
      const plain = unescaped(bytes, from, to) ?? bytes.subarray(from, to);
      return compareBytes(arena, starts[id] ?? 0, starts[id + 1] ?? 0, plain);
    },
    pack: () => ({ bytes: arena.slice(0, used), starts: starts.slice(0, count + 1) }),
  };
}

/** Rows of numbers, each kept once, as numbers from 0 on. */
export interface Rows {
  readonly intern: (row: Int32Array) => number;
  readonly find: (row: Int32Array) => number;
  readonly at: (id: number, column: number) => number;
  readonly count: () => number;
  readonly pack: () => Int32Array<ArrayBuffer>;
}

export function createRows(width: number): Rows {
  let count = 0;
  let kept = new Int32Array(width << 8);
  let table = new Int32Array(1 << 10).fill(-1);

  const hashOf = (row: Int32Array, from: number): number => {
    let hash = 0x2545f491;
    for (let column = 0; column < width; column++) {
      hash = Math.imul(hash ^ (row[from + column] ?? 0), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    return hash;
  };

  const place = (row: Int32Array): number => {
    const mask = table.length - 1;
    for (let at = hashOf(row, 0) & mask; ; at = (at + 1) & mask) {
      const id = table[at] ?? -1;
      if (id === -1) return at;
      const start = id * width;
      let same = 0;
      while (same < width && kept[start + same] === row[same]) same++;
      if (same === width) return at;
    }
  };

  const grow = (): void => {
    if ((count + 1) * width > kept.length) kept = enlarge(kept);
    if (count * 2 < table.length) return;
    table = new Int32Array(table.length * 2).fill(-1);
    const mask = table.length - 1;
    for (let id = 0; id < count; id++) {
      let at = hashOf(kept, id * width) & mask;
      while (table[at] !== -1) at = (at + 1) & mask;
      table[at] = id;
    }
  };

  return {
    intern: (row) => {
      const found = table[place(row)] ?? -1;
      if (found !== -1) return found;
      grow();
      table[place(row)] = count;
      for (let column = 0; column < width; column++) kept[count * width + column] = row[column] ?? 0;
      return count++;
    },
    find: (row) => table[place(row)] ?? -1,
    at: (id, column) => kept[id * width + column] ?? 0,
    count: () => count,
    pack: () => kept.slice(0, count * width),
  };
}

/** A copy of twice the length. */
export function enlarge(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}

/** The bytes of a text with its escapes resolved; undefined where it has none, or such that JSON does not know. */
function unescaped(bytes: Uint8Array, from: number, to: number): Uint8Array | undefined {
  for (let at = from; at < to; at++) {
    if (bytes[at] !== BACKSLASH) continue;
    try {
      return Buffer.from(String(JSON.parse(`"${Buffer.from(bytes.subarray(from, to)).toString('utf8')}"`)), 'utf8');
    } catch {
      return undefined;
    }
  }
  return undefined;
}

function compareBytes(a: Uint8Array, from: number, to: number, b: Uint8Array): number {
  const length = Math.min(to - from, b.length);
  for (let at = 0; at < length; at++) {
    const difference = (a[from + at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return to - from - b.length;
}
