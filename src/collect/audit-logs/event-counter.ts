import type { CountedEvents, FileCounts } from './counted-events.js';
import { RECORD, type Shape, slotOfParameter } from './event-fields.js';
import { logCounter } from './generated/log-counter.js';
import * as LAYOUT from './layout.js';
import { packCounted } from './pack-counted.js';
import { REQUEST_SOURCES } from './request-resource.js';
import { noteEvent, type SeenEvents } from './seen-events.js';
import { factsOfText } from './text-facts.js';

/** The part of WebAssembly's interface that is used here; Node's types do not declare it. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
};

/** What `wasm/index.ts` exports. Addresses and lengths are in bytes, texts are numbers. */
interface Instance {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly makeShape: (rows: number, areElements: boolean) => number;
  readonly addName: (shape: number, from: number, to: number, slot: number, inside: number) => void;
  readonly addressOfParameters: () => number;
  readonly addressOfCounts: () => number;
  readonly roomForText: (bytes: number) => number;
  readonly roomForEvent: (bytes: number) => number;
  readonly roomForPart: (bytes: number) => number;
  readonly internRoom: (bytes: number) => number;
  readonly addressOfText: (text: number) => number;
  readonly lengthOfText: (text: number) => number;
  readonly openFile: (account: number, region: number) => void;
  readonly openDocument: (shape: number) => void;
  readonly readPart: (bytes: number, isLast: boolean) => void;
  readonly pack: () => number;
}

/** What a file's path says of its events. */
export interface FileScope {
  readonly account: string | undefined;
  readonly region: string | undefined;
}

/** What is wrong with a document that has to be given up: all before it was read. */
export type DocumentProblem = 'syntax' | 'cut' | 'too-large';

/** By their numbers, from 1 on. */
const DOCUMENT_PROBLEMS: readonly DocumentProblem[] = ['syntax', 'cut', 'too-large'];

/** What became of a document that was read, or is. */
export interface DocumentReport {
  readonly problem: DocumentProblem | undefined;
  /** Values where an event was expected. */
  readonly strange: number;
  /** Whether there was nothing at all. */
  readonly isEmpty: boolean;
}

/**
 * Counts the events of files. A file is a document, or several: a log file, `{"Records":[…]}`; an answer of `LookupEvents`; a
 * bare list; events that follow one another (NDJSON). An event may stand as a string, or as `CloudTrailEvent` of an object.
 */
export interface EventCounter {
  /** Begins a file, and its first document. */
  readonly openFile: (scope: FileScope, seen: SeenEvents) => void;
  readonly openDocument: () => void;
  /** Counts what is in the next bytes of the document, whose parts may end anywhere; `isLast`: there are no more. */
  readonly readPart: (bytes: Uint8Array, isLast: boolean) => DocumentReport;
  readonly document: () => DocumentReport;
  readonly closeFile: () => FileCounts;
  readonly pack: () => CountedEvents;
}

let compiled: object | undefined;

/**
 * The work is done in WebAssembly, in `wasm/`: it looks at sixteen bytes at a time, keeps each text and each tuple of them
 * once, and asks JavaScript only for what is new, and whether an event was counted before.
 */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: functions over one state, each of them short
export function createEventCounter(): EventCounter {
  let seen: SeenEvents;
  let elsewhere = new Map<number, Map<number, number>>();
  const id = new Int32Array(4);

  const bytesAt = (from: number, length: number): Buffer => Buffer.from(instance.memory.buffer, from, length);

  const textOf = (text: number): string =>
    bytesAt(instance.addressOfText(text), instance.lengthOfText(text)).toString('utf8');

  const writeText = (text: string): number => {
    const bytes = Buffer.from(text, 'utf8');
    const room = instance.roomForText(bytes.length);
    bytesAt(room, bytes.length).set(bytes);
    return bytes.length;
  };

  const internText = (text: string | undefined): number =>
    text === undefined ? -1 : instance.internRoom(writeText(text));

  const host = {
    noteEvent: (a: number, b: number, c: number, d: number): number => {
      id[0] = a;
      id[1] = b;
      id[2] = c;
      id[3] = d;
      return noteEvent(seen, id);
    },
    noteElsewhere: (account: number, region: number): void => {
      const regions = elsewhere.get(account) ?? new Map<number, number>();
      elsewhere.set(account, regions);
      regions.set(region, (regions.get(region) ?? 0) + 1);
    },
    factsOfText: (text: number): number => factsOfText(textOf(text)),
    resourceOfRequest: (request: number, row: number): number => {
      const [, account = -1, region = -1, ...texts] = new Int32Array(
        instance.memory.buffer,
        row,
        3 + LAYOUT.PARAMETERS_OF_REQUEST,
      );
      const source = REQUEST_SOURCES[request];
      return internText(
        source?.arnOf({
          account: textOf(account),
          region: textOf(region),
          parameter: (name) => {
            const text = texts[source.parameters.indexOf(name)] ?? -1;
            return text === -1 ? undefined : textOf(text);
          },
        }),
      );
    },
    unescapeText: (from: number, to: number): number => {
      const text = parseString(`"${bytesAt(from, to - from).toString('utf8')}"`);
      return text === undefined ? -1 : writeText(text);
    },
    unescapeEvent: (from: number, to: number): number => {
      const text = parseString(bytesAt(from - 1, to - from + 2).toString('utf8'));
      if (text === undefined) return -1;
      const bytes = Buffer.from(text, 'utf8');
      const room = instance.roomForEvent(bytes.length);
      bytesAt(room, bytes.length).set(bytes);
      return bytes.length;
    },
  };

  compiled ??= new WebAssembly.Module(Buffer.from(logCounter, 'base64'));
  const instance = new WebAssembly.Instance(compiled, { 'host.js': host }).exports as Instance;
  const record = makeShape(RECORD);
  writeParameters();

  function makeShape({ fields, areElements }: Shape): number {
    const insides = fields.map(({ inside }) => (inside === undefined ? 0 : makeShape(inside)));
    const shape = instance.makeShape(2 ** Math.ceil(Math.log2(fields.length * 4 + 4)), areElements);
    for (const [index, { name, slot }] of fields.entries()) {
      const length = writeText(`"${name}"`);
      const from = instance.roomForText(length) + 1;
      instance.addName(shape, from, from + length - 2, slot, insides[index] ?? 0);
    }
    return shape;
  }

  function writeParameters(): void {
    const { PARAMETERS_OF_REQUEST } = LAYOUT;
    const slots = new Int32Array(
      instance.memory.buffer,
      instance.addressOfParameters(),
      REQUEST_SOURCES.length * PARAMETERS_OF_REQUEST,
    ).fill(-1);
    for (const [request, { parameters }] of REQUEST_SOURCES.entries())
      slots.set(parameters.map(slotOfParameter), request * PARAMETERS_OF_REQUEST);
  }

  const counts = (): Int32Array =>
    new Int32Array(instance.memory.buffer, instance.addressOfCounts(), LAYOUT.COUNT_WIDTH);

  const document = (): DocumentReport => {
    const numbers = counts();
    return {
      problem: DOCUMENT_PROBLEMS[(numbers[LAYOUT.PROBLEM] ?? 0) - 1],
      strange: numbers[LAYOUT.STRANGE] ?? 0,
      isEmpty: numbers[LAYOUT.IS_EMPTY] === 1,
    };
  };

  return {
    openFile: ({ account, region }, tables) => {
      seen = tables;
      elsewhere = new Map();
      instance.openFile(internText(account), internText(region));
      instance.openDocument(record);
    },
    openDocument: () => instance.openDocument(record),
    readPart: (bytes, isLast) => {
      const room = instance.roomForPart(bytes.length);
      bytesAt(room, bytes.length).set(bytes);
      instance.readPart(bytes.length, isLast);
      return document();
    },
    document,
    closeFile: () => {
      const numbers = counts();
      const at = (which: number): number => numbers[which] ?? 0;
      return {
        events: at(LAYOUT.EVENTS),
        duplicates: at(LAYOUT.DUPLICATES),
        unknownShape: at(LAYOUT.UNKNOWN_SHAPE),
        otherVersion: at(LAYOUT.OTHER_VERSION),
        skipped: at(LAYOUT.SKIPPED),
        undecided: at(LAYOUT.UNDECIDED),
        management: at(LAYOUT.MANAGEMENT),
        data: at(LAYOUT.DATA),
        elsewhere: [...elsewhere].flatMap(([account, regions]) =>
          [...regions].map(([region, count]) => [`${textOf(account)} ${textOf(region)}`, count] as const),
        ),
      };
    },
    pack: () => packCounted(instance.memory.buffer, instance.pack()),
  };
}

function parseString(json: string): string | undefined {
  try {
    const text: unknown = JSON.parse(json);
    return typeof text === 'string' ? text : undefined;
  } catch {
    return undefined;
  }
}
