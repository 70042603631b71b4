import { type CountedEvents, ID_WIDTH, MOST_IDS } from './counted-events.js';
import * as LAYOUT from './layout.js';

/** Copies what was counted out of the memory in which it was: `packed` is where its addresses and lengths are. */
export function packCounted(memory: ArrayBuffer, packed: number): CountedEvents {
  const places = new Int32Array(memory, packed, 2 * LAYOUT.PACKED_WIDTH);
  const bytesOf = (which: number): ArrayBuffer => {
    const from = places[2 * which] ?? 0;
    return memory.slice(from, from + (places[2 * which + 1] ?? 0));
  };
  const numbersOf = (which: number) => new Int32Array(bytesOf(which));
  return {
    texts: { bytes: new Uint8Array(bytesOf(LAYOUT.PACKED_TEXTS)), starts: numbersOf(LAYOUT.PACKED_STARTS) },
    principals: numbersOf(LAYOUT.PACKED_PRINCIPALS),
    sessions: numbersOf(LAYOUT.PACKED_SESSIONS),
    calls: numbersOf(LAYOUT.PACKED_CALLS),
    entries: numbersOf(LAYOUT.PACKED_ENTRIES),
    ...statisticsOf(memory, new DataView(bytesOf(LAYOUT.PACKED_STATISTICS))),
    issued: numbersOf(LAYOUT.PACKED_ISSUED),
    callers: numbersOf(LAYOUT.PACKED_CALLERS),
    owners: numbersOf(LAYOUT.PACKED_OWNERS),
  };
}

function statisticsOf(
  memory: ArrayBuffer,
  view: DataView,
): Pick<CountedEvents, 'counts' | 'first' | 'last' | 'ids' | 'sessionsOf'> {
  const length = view.byteLength / LAYOUT.STATISTICS_SIZE;
  const width = MOST_IDS * ID_WIDTH;
  const counts = new Float64Array(length);
  const first = new Float64Array(length);
  const last = new Float64Array(length);
  const ids = new Int32Array(length * width);
  const sessionsOf: (readonly number[])[] = [];
  for (let entry = 0; entry < length; entry++) {
    const at = entry * LAYOUT.STATISTICS_SIZE;
    counts[entry] = Number(view.getBigUint64(at, true));
    first[entry] = view.getUint32(at + LAYOUT.STATISTICS_FIRST, true);
    last[entry] = view.getUint32(at + LAYOUT.STATISTICS_LAST, true);
    ids.set(new Int32Array(view.buffer, at + LAYOUT.STATISTICS_IDS, width), entry * width);
    const list = view.getUint32(at + LAYOUT.STATISTICS_SESSIONS, true);
    sessionsOf.push([...new Int32Array(memory, list, view.getInt32(at + LAYOUT.STATISTICS_SESSION_COUNT, true))]);
  }
  return { counts, first, last, ids, sessionsOf };
}
