import {
  ACCESS_KEY_ID,
  ACCOUNT_ID,
  AWS_REGION,
  CONSOLE_LOGIN,
  COUNT_WIDTH,
  DATA,
  DUPLICATES,
  ERROR_CODE,
  ERROR_MESSAGE,
  EVENT_CATEGORY,
  EVENT_ID,
  EVENT_NAME,
  EVENT_SOURCE,
  EVENT_TIME,
  EVENT_TYPE,
  EVENT_VERSION,
  EVENTS,
  FAILED,
  FIRST_ROLE,
  FIRST_TRAIT,
  IS_ASSUMING,
  IS_FULL,
  IS_ISSUING,
  IS_ROLE,
  IS_SEEN,
  ISSUED_KEY_ID,
  MANAGEMENT,
  MANAGEMENT_EVENT,
  OTHER_VERSION,
  OUTCOME_BITS,
  PRINCIPAL_WIDTH,
  RECIPIENT_ACCOUNT_ID,
  ROLE,
  ROLE_COUNT,
  SHARED_EVENT_ID,
  SKIPPED,
  SUCCEEDED,
  TRAIT_COUNT,
  UNDECIDED,
  UNKNOWN_SHAPE,
} from '../layout.js';
import { byteAt, isWord, OPEN_LIST, QUOTE } from './bytes.js';
import { addSession, calls, countEvent, sessions } from './entries.js';
import { hashText, readUuid, toSeconds } from './event-texts.js';
import { noteElsewhere, noteEvent } from './host.js';
import { List, zeros } from './memory.js';
import { Principal, readPrincipal } from './principal.js';
import { fromOf, toOf } from './record.js';
import { findEntryOfEvent } from './resource.js';
import { Rows } from './rows.js';
import { hasSlot, textOf } from './slot-texts.js';
import { factsOf } from './texts.js';

export const principals = new Rows(PRINCIPAL_WIDTH);
/** Access keys that were given to sessions, and to whom. */
export const issued = new List();
/** 64 bits each of ids of calls in another account's log too. */
export const callers = new List();
/** The same calls in the logs of the resources' owners. */
export const owners = new List();

const counts: usize = zeros(COUNT_WIDTH << 2);
const id: usize = zeros(16);
const shared: usize = zeros(16);
const key: usize = zeros(8);

/** What the path of the file that is read says of its events: texts, or -1. */
class Scope {
  static account: i32 = -1;
  static region: i32 = -1;
}

export function openScope(account: i32, region: i32): void {
  Scope.account = account;
  Scope.region = region;
}

export function addressOfCounts(): usize {
  return counts;
}

export function setCount(which: i32, value: i32): void {
  store<i32>(counts + (which << 2), value);
}

export function addCount(which: i32): void {
  store<i32>(counts + (which << 2), load<i32>(counts + (which << 2)) + 1);
}

/** Types and categories of events that are no calls. An endpoint's are beside those of the calls themselves. */
function isSkipped(slot: i32): bool {
  const from = fromOf(slot);
  const to = toOf(slot);
  return (
    isWord(from, to, 'AwsCloudTrailInsight') ||
    isWord(from, to, 'Insight') ||
    isWord(from, to, 'AwsVpceEvent') ||
    isWord(from, to, 'NetworkActivity')
  );
}

/** Whether it is an event that says what was done. */
function isCall(): bool {
  const version = fromOf(EVENT_VERSION);
  if (version !== -1) {
    const next = byteAt(version + 1);
    if (byteAt(version) !== 0x31 || (next !== 0x2e && next !== QUOTE)) {
      addCount(OTHER_VERSION);
      return false;
    }
  }
  if (!isSkipped(EVENT_TYPE) && !isSkipped(EVENT_CATEGORY)) return true;
  addCount(SKIPPED);
  return false;
}

/** Before version 1.07 events have no category. */
function isData(): bool {
  if (hasSlot(EVENT_CATEGORY)) return isWord(fromOf(EVENT_CATEGORY), toOf(EVENT_CATEGORY), 'Data');
  return isWord(fromOf(MANAGEMENT_EVENT), toOf(MANAGEMENT_EVENT), 'false');
}

function noteScope(account: i32, region: i32): void {
  addCount(isData() ? DATA : MANAGEMENT);
  const isThere =
    (Scope.account === -1 || Scope.account === account) && (Scope.region === -1 || Scope.region === region);
  if (!isThere) noteElsewhere(account, region);
}

function clearId(): void {
  store<u64>(id, 0);
  store<u64>(id, 0, 8);
}

/** Whether it is to be counted. What has an id that is no UUID is told apart, but its id is not kept. */
function isNew(): bool {
  const from = fromOf(EVENT_ID);
  if (from === -1) {
    clearId();
    return true;
  }
  const isUuid = readUuid(from, toOf(EVENT_ID), id);
  if (!isUuid) {
    clearId();
    hashText(from, toOf(EVENT_ID), id);
  }
  const note = noteEvent(load<i32>(id), load<i32>(id, 4), load<i32>(id, 8), load<i32>(id, 12));
  if (!isUuid) clearId();
  if (note === IS_FULL) addCount(UNDECIDED);
  if (note === IS_SEEN) addCount(DUPLICATES);
  return note !== IS_SEEN;
}

/** Writes a hash of a slot's text, zeros where there is none. */
function readKey(slot: i32): bool {
  store<u64>(key, 0);
  if (!hasSlot(slot)) return false;
  hashText(fromOf(slot), toOf(slot), key);
  return true;
}

function sessionOf(): i32 {
  if (Principal.sessionName === -1 && Principal.sourceIdentity === -1 && Principal.kind !== ROLE) return -1;
  readKey(ACCESS_KEY_ID);
  sessions.set(0, Principal.sourceIdentity);
  sessions.set(1, Principal.sessionName);
  sessions.set(2, load<i32>(key));
  sessions.set(3, load<i32>(key, 4));
  return sessions.intern();
}

function outcomeOf(): i32 {
  const error = textOf(ERROR_CODE);
  if (error !== -1) return factsOf(error) & OUTCOME_BITS;
  const isFailure = hasSlot(ERROR_MESSAGE) || isWord(fromOf(CONSOLE_LOGIN), toOf(CONSOLE_LOGIN), 'Failure');
  return isFailure ? FAILED : SUCCEEDED;
}

/** In bits; an empty list asks for nothing. */
function traitsOf(): i32 {
  let traits = 0;
  for (let trait = 0; trait < TRAIT_COUNT; trait++) {
    const from = fromOf(FIRST_TRAIT + trait);
    if (from === -1 || (byteAt(from) === OPEN_LIST && toOf(FIRST_TRAIT + trait) - from === 2)) continue;
    traits |= 1 << trait;
  }
  return traits;
}

function passedRoleOf(source: i32): i32 {
  for (let slot = FIRST_ROLE; slot < FIRST_ROLE + ROLE_COUNT; slot++) {
    if (!hasSlot(slot)) continue;
    if ((factsOf(source) & IS_ASSUMING) !== 0) return -1;
    const role = textOf(slot);
    if (role !== -1 && (factsOf(role) & IS_ROLE) !== 0) return role;
  }
  return -1;
}

/** In the log of the resource's owner, where the caller is of another account, it is counted if no caller's log has it. */
function isOwners(account: i32): bool {
  const from = fromOf(SHARED_EVENT_ID);
  if (from === -1 || !readUuid(from, toOf(SHARED_EVENT_ID), shared)) return false;
  const own = textOf(ACCOUNT_ID);
  if (own !== -1 && own !== account) return true;
  callers.add(load<i32>(shared));
  callers.add(load<i32>(shared, 4));
  return false;
}

function addOwner(entry: i32, time: i32): void {
  owners.add(load<i32>(shared));
  owners.add(load<i32>(shared, 4));
  owners.add(entry);
  owners.add(time);
  for (let word: usize = 0; word < 16; word += 4) owners.add(load<i32>(id + word));
}

function principalOf(): i32 {
  principals.set(0, Principal.kind);
  principals.set(1, Principal.name);
  principals.set(2, Principal.id);
  return principals.intern();
}

function noteIssued(principal: i32, session: i32): void {
  if (!readKey(ISSUED_KEY_ID)) return;
  issued.add(load<i32>(key));
  issued.add(load<i32>(key, 4));
  issued.add(principal);
  issued.add(session);
}

/** Counts the event that was scanned. */
export function addEvent(): void {
  if (!isCall()) return;
  const time = toSeconds(fromOf(EVENT_TIME), toOf(EVENT_TIME));
  const source = textOf(EVENT_SOURCE);
  const name = textOf(EVENT_NAME);
  let account = textOf(RECIPIENT_ACCOUNT_ID);
  if (account === -1) account = Scope.account === -1 ? textOf(ACCOUNT_ID) : Scope.account;
  let region = textOf(AWS_REGION);
  if (region === -1) region = Scope.region;
  if (time < 0 || source === -1 || name === -1 || account === -1 || region === -1) {
    addCount(UNKNOWN_SHAPE);
    return;
  }
  noteScope(account, region);
  if (!isNew()) return;
  addCount(EVENTS);
  readPrincipal();
  const principal = principalOf();
  const session = sessionOf();
  const outcome = outcomeOf();
  if (outcome === SUCCEEDED && (factsOf(name) & IS_ISSUING) !== 0) noteIssued(principal, session);
  calls.set(0, account);
  calls.set(1, region);
  calls.set(2, source);
  calls.set(3, name);
  calls.set(4, principal);
  calls.set(5, Principal.via);
  calls.set(6, outcome | (traitsOf() << 2));
  calls.set(7, passedRoleOf(source));
  const entry = findEntryOfEvent(calls.intern(), source, account, region);
  if (session !== -1) addSession(entry, session);
  if (isOwners(account)) addOwner(entry, time as i32);
  else countEvent(entry, time as u32, id);
}
