import {
  COUNT_WIDTH,
  OWNER_ENTRY,
  OWNER_WIDTH,
  PACKED_CALLERS,
  PACKED_CALLS,
  PACKED_ENTRIES,
  PACKED_ISSUED,
  PACKED_OWNERS,
  PACKED_PRINCIPALS,
  PACKED_SESSIONS,
  PACKED_STARTS,
  PACKED_STATISTICS,
  PACKED_TEXTS,
  PACKED_WIDTH,
  STATISTICS_SIZE,
} from '../layout.js';
import { addressOfCounts, callers, issued, openScope, owners, principals, setCount } from './counter.js';
import { openDocument, readPart, roomForPart } from './document.js';
import { addressOfStatistics, calls, currentEntry, entries, sessions } from './entries.js';
import { List, roomForEvent, roomForText, zeros } from './memory.js';
import { addressOfParameters } from './resource.js';
import { Rows } from './rows.js';
import { addName, makeShape } from './shapes.js';
import {
  addressOfStarts,
  addressOfText,
  addressOfTexts,
  countOfTexts,
  internRoom,
  lengthOfText,
  lengthOfTexts,
} from './texts.js';

export {
  addName,
  addressOfCounts,
  addressOfParameters,
  addressOfText,
  internRoom,
  lengthOfText,
  makeShape,
  openDocument,
  readPart,
  roomForEvent,
  roomForPart,
  roomForText,
};

/** Begins a file, whose path has an account and a region: texts, or -1. */
export function openFile(account: i32, region: i32): void {
  openScope(account, region);
  for (let which = 0; which < COUNT_WIDTH; which++) setCount(which, 0);
}

const packed: usize = zeros(PACKED_WIDTH << 3);

function put(which: i32, address: usize, bytes: i32): void {
  store<usize>(packed + (which << 3), address);
  store<i32>(packed + (which << 3), bytes, 4);
}

function putRows(which: i32, rows: Rows): void {
  put(which, rows.kept, (rows.count * rows.width) << 2);
}

function putList(which: i32, list: List): void {
  put(which, list.address, list.length << 2);
}

/** Where all that was counted is: addresses and lengths in bytes. */
export function pack(): usize {
  for (let at = OWNER_ENTRY; at < owners.length; at += OWNER_WIDTH) {
    const entry = owners.address + (at << 2);
    store<i32>(entry, currentEntry(load<i32>(entry)));
  }
  put(PACKED_TEXTS, addressOfTexts(), lengthOfTexts());
  put(PACKED_STARTS, addressOfStarts(), (countOfTexts() + 1) << 2);
  putRows(PACKED_PRINCIPALS, principals);
  putRows(PACKED_SESSIONS, sessions);
  putRows(PACKED_CALLS, calls);
  putRows(PACKED_ENTRIES, entries);
  put(PACKED_STATISTICS, addressOfStatistics(), entries.count * STATISTICS_SIZE);
  putList(PACKED_ISSUED, issued);
  putList(PACKED_CALLERS, callers);
  putList(PACKED_OWNERS, owners);
  return packed;
}
