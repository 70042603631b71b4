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
export class Tape {
  constructor(
    readonly source: SourceFile,
    /** What was parsed: the text of the source, or what a part of it stands for. */
    readonly text: string,
    private readonly origin: number,
    /** Where each unit of the text stands in the source, if that is not where it stands in the text. */
    private readonly offsets: Int32Array | undefined,
    private readonly integers: Int32Array,
    private readonly decoded: string,
    readonly root: number,
    readonly lastComment: number,
    readonly commentCount: number,
    readonly lastDiagnostic: number,
    readonly diagnosticCount: number,
  ) {}

  /** The integer at an index. */
  at(index: number): number {
    return this.integers[index] ?? 0;
  }

  /** The place in the source that stands at an index. */
  place(index: number): number {
    const offset = this.integers[index] ?? 0;
    return this.offsets === undefined ? offset + this.origin : this.placeOf(offset);
  }

  /** The place in the source of an offset that the tape holds. */
  placeOf(offset: number): number {
    const place = offset + this.origin;
    return this.offsets === undefined ? place : (this.offsets[place] ?? place);
  }

  /** The text between two offsets that the tape holds. */
  slice(start: number, end: number): string {
    return this.text.slice(start + this.origin, end + this.origin);
  }

  /** The text between two offsets among the decoded units. */
  sliceDecoded(start: number, end: number): string {
    return this.decoded.slice(start, end);
  }
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
  host.begin(text, origin);
  const instance = host.instance();
  instance.reserve(units);
  const given = origin === 0 && units === text.length ? text : text.slice(origin, origin + units);
  Buffer.from(instance.memory.buffer).write(given, TEXT_ADDRESS, 'utf16le');
  instance[entry](start - origin, end - origin);
  const { buffer } = instance.memory;
  const result = new Int32Array(buffer, RESULT_ADDRESS, 9);
  const [root = 0, address = 0, length = 0, decodedAddress = 0, decodedLength = 0, ...chains] = result;
  const integers = new Int32Array(buffer, address, length).slice();
  const decoded = decodedLength === 0 ? '' : Buffer.from(buffer, decodedAddress, decodedLength * 2).toString('utf16le');
  host.end();
  const [lastComment = 0, commentCount = 0, lastDiagnostic = 0, diagnosticCount = 0] = chains;
  return new Tape(
    source,
    text,
    origin,
    offsets,
    integers,
    decoded,
    root,
    lastComment,
    commentCount,
    lastDiagnostic,
    diagnosticCount,
  );
}

/** Keeps the parser's instance, and answers what it asks while it parses. */
class Host {
  private module: object | undefined;
  private kept: Instance | undefined;
  private text = '';
  private origin = 0;
  private readonly names = new Map<number, Set<string>>();

  // INVARIANT: nothing that the parser asks parses anything, so one text at a time is in its memory.
  begin(text: string, origin: number): void {
    this.text = text;
    this.origin = origin;
  }

  instance(): Instance {
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
        const name = this.text.slice(this.origin + start, this.origin + end);
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
