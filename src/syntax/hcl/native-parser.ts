import type { SourceFile } from '../../source/source-file.js';
import { hclParser } from './generated/hcl-parser.js';
import { RESULT_ADDRESS, TEXT_ADDRESS } from './tape.js';

/** The part of WebAssembly's interface that is used here; Node's types do not declare it. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
};

type Entry = 'parseFile' | 'parseExpression' | 'parseTemplate' | 'tokenize';

/** What `wasm/index.ts` exports. */
type Instance = Readonly<Record<Entry, (start: number, limit: number) => void>> & {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly reserve: (units: number) => void;
};

/** SAFETY: an instance whose memory grew beyond this for one text is not kept for the next: memory never shrinks. */
const maxKeptBytes = 16 * 1024 * 1024;

/** Units behind the end of a stretch that decide how its last characters are read. */
const lookAhead = 8;

/** What the parser wrote of one text. Nothing in it is shared with the parser, or with another text. */
export interface Tape {
  readonly source: SourceFile;
  /** What was parsed; the places on the tape are its offsets. */
  readonly text: string;
  readonly integers: Int32Array;
  /** The values of texts that are not as written. */
  readonly decoded: string;
  /** Its offsets are not those of the source: `placeOf` tells these. */
  readonly isMoved: boolean;
  /** Where the text stands in what the source, or each unit of `offsets`, holds. */
  readonly origin: number;
  readonly offsets: Int32Array | undefined;
  readonly root: number;
  readonly lastComment: number;
  readonly lastDiagnostic: number;
}

/** Where an offset of the tape's text stands in its source. */
export function placeOf({ origin, offsets }: Tape, offset: number): number {
  const place = origin + offset;
  return offsets === undefined ? place : (offsets[place] ?? place);
}

/** The integer at an index. */
export function at({ integers }: Tape, index: number): number {
  return integers[index] ?? 0;
}

const nothing: readonly never[] = [];

/**
 * What is read of so many records whose indexes stand from an index on. The list is as long as it must be: one that grows
 * by `push` keeps room for sixteen more, and most lists of a tree hold one or two.
 */
export function readList<Item>(
  tape: Tape,
  first: number,
  count: number,
  read: (tape: Tape, record: number) => Item,
): readonly Item[] {
  const { integers } = tape;
  if (count === 0) return nothing;
  if (count === 1) return [read(tape, integers[first] ?? 0)];
  if (count === 2) return [read(tape, integers[first] ?? 0), read(tape, integers[first + 1] ?? 0)];
  const list = new Array<Item>(count);
  for (let i = 0; i < count; i++) list[i] = read(tape, integers[first + i] ?? 0);
  return list;
}

export interface Stretch {
  readonly source: SourceFile;
  /** Half-open, UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
  /** What is parsed instead of the source's own text, and where each of its units stands there. */
  readonly text?: string;
  readonly offsets?: Int32Array;
}

const unicodeStart = /^\p{ID_Start}$/u;
const unicodePart = /^\p{ID_Continue}$/u;

/** Parses a stretch of a text. A file begins behind its byte order mark, if there is one. */
export function parseNative(entry: Entry, { source, start, end, text = source.text, offsets }: Stretch): Tape {
  // Of a file all is given, for its indentation: what stands before the start is not parsed.
  const origin = entry === 'parseFile' ? 0 : start;
  const units = Math.min(text.length, end + lookAhead) - origin;
  const given = origin === 0 && units === text.length ? text : text.slice(origin, origin + units);
  try {
    const instance = host.begin(given);
    instance.reserve(units);
    Buffer.from(instance.memory.buffer).write(given, TEXT_ADDRESS, 'utf16le');
    instance[entry](start - origin, end - origin);
    return copyTape(instance.memory.buffer, { source, text: given, origin, offsets });
  } finally {
    host.end();
  }
}

function copyTape(
  buffer: ArrayBuffer,
  { source, text, origin, offsets }: Pick<Tape, 'source' | 'text' | 'origin' | 'offsets'>,
): Tape {
  const result = new Int32Array(buffer, RESULT_ADDRESS, 7);
  const [root = 0, address = 0, length = 0, decodedAddress = 0, decodedLength = 0] = result;
  return {
    source,
    text,
    integers: new Int32Array(buffer, address, length).slice(),
    decoded: decodedLength === 0 ? '' : Buffer.from(buffer, decodedAddress, decodedLength * 2).toString('utf16le'),
    isMoved: origin !== 0 || offsets !== undefined,
    origin,
    offsets,
    root,
    lastComment: result[5] ?? 0,
    lastDiagnostic: result[6] ?? 0,
  };
}

/** Keeps the parser's instance, and answers what it asks while it parses. */
class Host {
  private module: object | undefined;
  private kept: Instance | undefined;
  private text = '';
  private readonly names = new Map<number, Set<string>>();

  // INVARIANT: nothing that the parser asks parses anything, so one text at a time is in its memory.
  begin(text: string): Instance {
    this.text = text;
    this.module ??= new WebAssembly.Module(Buffer.from(hclParser, 'base64'));
    this.kept ??= new WebAssembly.Instance(this.module, { 'host.js': this.imports() }).exports as Instance;
    return this.kept;
  }

  end(): void {
    this.text = '';
    this.names.clear();
    if (this.kept !== undefined && this.kept.memory.buffer.byteLength > maxKeptBytes) this.kept = undefined;
  }

  private imports(): object {
    return {
      identifierLength: (point: number, isStart: number): number => {
        const pattern = isStart === 0 ? unicodePart : unicodeStart;
        if (!pattern.test(String.fromCodePoint(point))) return 0;
        return point > 0xffff ? 2 : 1;
      },
      isNameTaken: (body: number, start: number, end: number): number => {
        const name = this.text.slice(start, end);
        const names = this.names.get(body);
        if (names === undefined) this.names.set(body, new Set([name]));
        else if (names.has(name)) return 1;
        else names.add(name);
        return 0;
      },
    };
  }
}

const host = new Host();
