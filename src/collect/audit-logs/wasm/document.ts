import { CUT, IS_EMPTY, LOOKUP_EVENT, PROBLEM, STRANGE, SYNTAX, TOO_LARGE } from '../layout.js';
import {
  BAD,
  BLANK,
  byteAt,
  CLOSE,
  CLOSE_LIST,
  COLON,
  COMMA,
  endOfString,
  findByte,
  isWord,
  MORE,
  OPEN,
  OPEN_LIST,
  QUOTE,
  skipBlanks,
  skipValue,
} from './bytes.js';
import { addCount, addEvent, setCount } from './counter.js';
import { unescapeEvent } from './host.js';
import { enlarged, roomForEvent, zeros } from './memory.js';
import { fromOf, scanRecord, toOf } from './record.js';
import { findName } from './shapes.js';

/** SAFETY: CloudTrail's own limit for an event is 1 MB. */
const MOST_RECORD_BYTES = 16 * 1024 * 1024;
/** So many members are looked at to tell an object with a list of events from an event. */
const MOST_MEMBERS = 64;

const LINE_END = 0x0a;
const BYTE_ORDER_MARK = 0xef;

/** Where in a document the next bytes are. */
const TOP = 0;
const CONTAINER = 1;
const ITEMS = 2;
const GIVEN_UP = 3;

/** The bytes of a document that were given and not read. */
let input: usize = zeros(1 << 16);
let inputBytes: i32 = 1 << 16;

class Document {
  static shape: usize = 0;
  static length: i32 = 0;
  static place: i32 = TOP;
  /** Where a list that ends is. */
  static around: i32 = TOP;
  static isEmpty: bool = true;
  static end: i32 = 0;
}

export function openDocument(shape: usize): void {
  Document.shape = shape;
  Document.length = 0;
  Document.place = TOP;
  Document.isEmpty = true;
  setCount(PROBLEM, 0);
  setCount(IS_EMPTY, 1);
  setCount(STRANGE, 0);
}

/** Where the next bytes of the document are to be written, so many. */
export function roomForPart(bytes: i32): usize {
  if (Document.length + bytes > inputBytes) {
    inputBytes = max(inputBytes << 1, Document.length + bytes);
    input = enlarged(input, inputBytes);
  }
  return input + Document.length;
}

/** Counts the events in what was written; `isLast`: there is no more. */
export function readPart(bytes: i32, isLast: bool): void {
  const end = (input as i32) + Document.length + bytes;
  const after = readEvents(input as i32, end, isLast);
  Document.length = end - after;
  memory.copy(input, after, Document.length);
}

function readEvents(from: i32, end: i32, isLast: bool): i32 {
  Document.end = end;
  let at = Document.isEmpty && from < end && byteAt(from) === BYTE_ORDER_MARK ? from + 3 : from;
  while (Document.place !== GIVEN_UP) {
    while (at < end && (byteAt(at) <= BLANK || byteAt(at) === COMMA)) at++;
    if (at >= end) break;
    if (Document.isEmpty) {
      Document.isEmpty = false;
      setCount(IS_EMPTY, 0);
    }
    let after = step(at);
    if (after === BAD) after = recover(at, isLast);
    if (after === MORE) {
      if (isLast) giveUp(CUT);
      else if (end - at > MOST_RECORD_BYTES) giveUp(TOO_LARGE);
      break;
    }
    at = after;
  }
  if (isLast && Document.place !== GIVEN_UP && Document.place !== TOP) giveUp(CUT);
  return Document.place === GIVEN_UP ? end : min(at, end);
}

function giveUp(problem: i32): void {
  setCount(PROBLEM, problem);
  Document.place = GIVEN_UP;
}

/** Events on lines are read on after one that is broken; anything else cannot be. */
function recover(at: i32, isLast: bool): i32 {
  if (Document.place === TOP) {
    const next = findByte(at, Document.end, LINE_END);
    if (next !== -1) {
      addCount(STRANGE);
      return next;
    }
    if (!isLast && Document.end - at <= MOST_RECORD_BYTES) return MORE;
  }
  giveUp(SYNTAX);
  return Document.end;
}

function step(at: i32): i32 {
  const first = byteAt(at);
  if (Document.place === ITEMS) {
    if (first !== CLOSE_LIST) return readItem(at);
    Document.place = Document.around;
    return at + 1;
  }
  if (Document.place === CONTAINER) {
    if (first !== CLOSE) return readMember(at);
    Document.place = TOP;
    return at + 1;
  }
  if (first === OPEN && isContainer(at)) {
    Document.place = CONTAINER;
    return at + 1;
  }
  if (first !== OPEN_LIST) return readItem(at);
  Document.place = ITEMS;
  Document.around = TOP;
  return at + 1;
}

function readItem(at: i32): i32 {
  const first = byteAt(at);
  if (first === OPEN) {
    const after = scanRecord(Document.shape, at, Document.end);
    if (after > 0) giveEvent();
    return after;
  }
  if (first !== QUOTE) {
    const after = skipValue(at, Document.end);
    if (after > 0) addCount(STRANGE);
    return after;
  }
  const close = endOfString(at + 1, Document.end);
  if (close < 0) return close;
  readString(at + 1, close);
  return close + 1;
}

function giveEvent(): void {
  if (fromOf(LOOKUP_EVENT) === -1) addEvent();
  else readString(fromOf(LOOKUP_EVENT), toOf(LOOKUP_EVENT));
}

/** An event that stands in a string. */
function readString(from: i32, to: i32): void {
  const length = unescapeEvent(from, to);
  const start = roomForEvent(max(length, 0)) as i32;
  const end = start + max(length, 0);
  const at = skipBlanks(start, end);
  if (at < end && byteAt(at) === OPEN && scanRecord(Document.shape, at, end) > 0) addEvent();
  else addCount(STRANGE);
}

/** The name of a member of the object of a log file, or of an answer of `LookupEvents`, and where its value begins. */
class Member {
  static from: i32 = 0;
  static to: i32 = 0;
  static value: i32 = 0;
}

/** 0, or `MORE` or `BAD`. */
function readName(at: i32): i32 {
  const end = Document.end;
  if (byteAt(at) !== QUOTE) return BAD;
  const close = endOfString(at + 1, end);
  if (close < 0) return MORE;
  const colon = skipBlanks(close + 1, end);
  if (colon >= end) return MORE;
  if (byteAt(colon) !== COLON) return BAD;
  Member.from = at + 1;
  Member.to = close;
  Member.value = skipBlanks(colon + 1, end);
  return Member.value >= end ? MORE : 0;
}

function isListOfEvents(): bool {
  return isWord(Member.from, Member.to, 'Records') || isWord(Member.from, Member.to, 'Events');
}

function readMember(at: i32): i32 {
  const problem = readName(at);
  if (problem !== 0) return problem;
  if (!isListOfEvents() || byteAt(Member.value) !== OPEN_LIST) return skipValue(Member.value, Document.end);
  Document.place = ITEMS;
  Document.around = CONTAINER;
  return Member.value + 1;
}

/** Whether the object at `at` has a list of events, and is none itself. */
function isContainer(at: i32): bool {
  let next = at + 1;
  for (let count = 0; count < MOST_MEMBERS; count++) {
    while (next < Document.end && (byteAt(next) <= BLANK || byteAt(next) === COMMA)) next++;
    if (readName(next) !== 0 || findName(Document.shape, Member.from, Member.to)) return false;
    if (isListOfEvents()) return byteAt(Member.value) === OPEN_LIST;
    next = skipValue(Member.value, Document.end);
    if (next < 0) return false;
  }
  return false;
}
