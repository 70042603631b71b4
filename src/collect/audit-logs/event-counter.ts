import { REQUEST_TRAITS } from '../../model/usage.js';
import {
  CALL_COLUMNS,
  type CountedEvents,
  type FileCounts,
  OWNER_COLUMNS,
  PRINCIPAL_COLUMNS,
  SESSION_COLUMNS,
} from './counted-events.js';
import { createEntries, type TextPlace } from './entries.js';
import { SLOT, SLOT_COUNT } from './event-fields.js';
import { OUTCOMES, outcomeOfError } from './event-outcome.js';
import { createPrincipalReader, PRINCIPAL_KINDS, type ReadPrincipal } from './event-principal.js';
import { hashText, isText, maxTextBytes, readUuid, toSeconds } from './event-texts.js';
import { createRows, createTexts, enlarge, type Texts } from './intern.js';
import { placeResource } from './place-resource.js';
import { knowsRequestsOf, resourceOfRequest } from './request-resource.js';
import type { ScannedRecord } from './scan-record.js';
import { noteEvent, type SeenEvents } from './seen-events.js';

/** What a file's path says of its events. */
export interface FileScope {
  readonly account: string | undefined;
  readonly region: string | undefined;
}

/** Counts the events of files. */
export interface EventCounter {
  readonly openFile: (scope: FileScope, seen: SeenEvents) => void;
  readonly add: (record: ScannedRecord) => void;
  readonly closeFile: () => FileCounts;
  readonly pack: () => CountedEvents;
}

type Counts = { -readonly [Key in Exclude<keyof FileCounts, 'elsewhere'>]: number };

const TRAIT_SLOTS = REQUEST_TRAITS.map((name) => SLOT[name === 'sourceIdentity' ? 'requestSourceIdentity' : name]);

/** Where a request may have the role that it hands over; of several the first counts. */
const ROLE_SLOTS = [
  SLOT.taskRoleArn,
  SLOT.role,
  SLOT.roleArn,
  SLOT.roleARN,
  SLOT.serviceRoleArn,
  SLOT.serviceRole,
  SLOT.executionRoleArn,
  SLOT.instanceProfileArn,
];
const ROLE = /^arn:[\w-]+:iam::\d{12}:(?:role|instance-profile)\//;
/** In these a role is taken on, and handed to nobody. */
const ASSUMING = new Set(['sts.amazonaws.com', 'signin.amazonaws.com', 'sso.amazonaws.com']);
/** Calls that give credentials. */
const ISSUING = /^(?:AssumeRole(?:With\w+)?|GetFederationToken|GetSessionToken)$/;

// biome-ignore lint/complexity/noExcessiveLinesPerFunction: functions over one state, each of them short
export function createEventCounter(): EventCounter {
  const texts = createTexts();
  const principals = createRows(PRINCIPAL_COLUMNS.width);
  const sessions = createRows(SESSION_COLUMNS.width);
  const calls = createRows(CALL_COLUMNS.width);
  const entries = createEntries(texts, sessions);

  const facts = createFacts(texts);
  const issued = createList();
  const callers = createList();
  const owners = createList();
  const id = new Int32Array(4);
  const key = new Int32Array(2);
  const principalRow = new Int32Array(PRINCIPAL_COLUMNS.width);
  const sessionRow = new Int32Array(SESSION_COLUMNS.width);
  const callRow = new Int32Array(CALL_COLUMNS.width);
  const shared = new Int32Array(4);
  const resource: TextPlace = { bytes: new Uint8Array(0), from: -1, to: -1 };
  let scope: FileScope = { account: undefined, region: undefined };
  let seen: SeenEvents;
  let counts: Counts = noCounts();
  let elsewhere = new Map<string, number>();

  /** Of each slot the text that it had last: most events have it again. */
  const latest = new Int32Array(SLOT_COUNT).fill(-1);

  const textOf = ({ bytes, slots }: ScannedRecord, slot: number): number => {
    const from = slots[2 * slot] ?? -1;
    const to = slots[2 * slot + 1] ?? -1;
    if (from === -1 || from === to || to - from > maxTextBytes) return -1;
    const last = latest[slot] ?? -1;
    if (last !== -1 && texts.isText(last, bytes, from, to)) return last;
    const text = texts.intern(bytes, from, to);
    latest[slot] = text;
    return text;
  };

  const readPrincipal = createPrincipalReader(texts, textOf);

  const hasSlot = ({ slots }: ScannedRecord, slot: number): boolean => (slots[2 * slot] ?? -1) !== -1;

  const traitsOf = ({ bytes, slots }: ScannedRecord): number => {
    let traits = 0;
    for (let trait = 0; trait < TRAIT_SLOTS.length; trait++) {
      const slot = TRAIT_SLOTS[trait] ?? 0;
      const from = slots[2 * slot] ?? -1;
      // An empty list asks for nothing.
      if (from !== -1 && !(bytes[from] === 0x5b && (slots[2 * slot + 1] ?? 0) - from === 2)) traits |= 1 << trait;
    }
    return traits;
  };

  const passedRoleOf = (record: ScannedRecord, source: number): number => {
    for (const slot of ROLE_SLOTS) {
      if (!hasSlot(record, slot)) continue;
      if (facts.isAssuming(source)) return -1;
      const role = textOf(record, slot);
      if (role !== -1 && facts.isRole(role)) return role;
    }
    return -1;
  };

  const outcomeOf = (record: ScannedRecord): number => {
    const error = textOf(record, SLOT.errorCode);
    if (error !== -1) return facts.outcome(error);
    const { bytes, slots } = record;
    const login = slots[2 * SLOT.consoleLogin] ?? -1;
    const isFailure =
      (login !== -1 && isText(bytes, login, slots[2 * SLOT.consoleLogin + 1] ?? -1, 'Failure')) ||
      hasSlot(record, SLOT.errorMessage);
    return isFailure ? OUTCOMES.indexOf('failed') : 0;
  };

  const readResource = (
    record: ScannedRecord,
    call: { source: number; name: number; account: number; region: number },
  ) => {
    resource.from = -1;
    resource.bytes = record.bytes;
    if (record.resourceCount > 0) {
      placeResource(record, resource);
      return;
    }
    if (!facts.knowsRequests(call.source)) return;
    const from = record.slots[2 * SLOT.accountId] ?? -1;
    const account = texts.text(call.account);
    // Whose it is, is certain only where the caller is in the account whose log it is.
    const isOwn = from === -1 || isText(record.bytes, from, record.slots[2 * SLOT.accountId + 1] ?? -1, account);
    const isNamedByItself = facts.hasGlobalNames(call.source);
    if (!isOwn && !isNamedByItself) return;
    const arn = resourceOfRequest(texts.text(call.source), {
      region: texts.text(call.region),
      account,
      eventName: texts.text(call.name),
      parameter: (name) => {
        const text = textOf(record, SLOT[name]);
        return text === -1 ? undefined : texts.text(text);
      },
    });
    if (arn === undefined) return;
    resource.bytes = Buffer.from(JSON.stringify(arn), 'utf8');
    resource.from = 1;
    resource.to = resource.bytes.length - 1;
  };

  const sessionOf = (record: ScannedRecord, { sessionName, sourceIdentity, kind }: ReadPrincipal): number => {
    if (sessionName === -1 && sourceIdentity === -1 && PRINCIPAL_KINDS[kind] !== 'role') return -1;
    readHash(record, SLOT.accessKeyId, key);
    sessionRow[0] = sourceIdentity;
    sessionRow[1] = sessionName;
    sessionRow[2] = key[0] ?? 0;
    sessionRow[3] = key[1] ?? 0;
    return sessions.intern(sessionRow);
  };

  const noteIssued = (record: ScannedRecord, principal: number, session: number): void => {
    if (!readHash(record, SLOT.issuedKeyId, key)) return;
    issued.add([key[0] ?? 0, key[1] ?? 0, principal, session]);
  };

  /** Whether it is to be counted. */
  const isNew = (record: ScannedRecord): boolean => {
    const { bytes, slots } = record;
    const from = slots[2 * SLOT.eventID] ?? -1;
    const to = slots[2 * SLOT.eventID + 1] ?? -1;
    if (from === -1) {
      id.fill(0);
      return true;
    }
    const mark = readUuid(bytes, from, to, id) ? id : hashed(bytes, from, to);
    if (mark !== id) id.fill(0);
    const note = noteEvent(seen, mark);
    if (note === 'full') counts.undecided++;
    if (note === 'seen') counts.duplicates++;
    return note !== 'seen';
  };

  /** In the log of the resource's owner, where the caller is of another account, it is counted if no caller's log has it. */
  const isOwners = (record: ScannedRecord, account: number): boolean => {
    const { bytes, slots } = record;
    const from = slots[2 * SLOT.sharedEventID] ?? -1;
    if (from === -1) return false;
    if (!readUuid(bytes, from, slots[2 * SLOT.sharedEventID + 1] ?? -1, shared)) return false;
    const own = textOf(record, SLOT.accountId);
    if (own !== -1 && own !== account) return true;
    callers.add([shared[0] ?? 0, shared[1] ?? 0]);
    return false;
  };

  const noteScope = (record: ScannedRecord, account: number, region: number): void => {
    if (isData(record)) counts.data++;
    else counts.management++;
    const isThere =
      (scope.account === undefined || texts.text(account) === scope.account) &&
      (scope.region === undefined || texts.text(region) === scope.region);
    if (isThere) return;
    const place = `${texts.text(account)} ${texts.text(region)}`;
    elsewhere.set(place, (elsewhere.get(place) ?? 0) + 1);
  };

  /** Whether it is an event that says what was done. */
  const isCall = (record: ScannedRecord): boolean => {
    const { bytes, slots } = record;
    const version = slots[2 * SLOT.eventVersion] ?? -1;
    if (version !== -1 && !(bytes[version] === 0x31 && (bytes[version + 1] === 0x2e || bytes[version + 1] === 0x22))) {
      counts.otherVersion++;
      return false;
    }
    if (!isSkipped(record, SLOT.eventType) && !isSkipped(record, SLOT.eventCategory)) return true;
    counts.skipped++;
    return false;
  };

  const add = (record: ScannedRecord): void => {
    if (!isCall(record)) return;
    const { bytes, slots } = record;
    const time = toSeconds(bytes, slots[2 * SLOT.eventTime] ?? -1, slots[2 * SLOT.eventTime + 1] ?? -1);
    const source = textOf(record, SLOT.eventSource);
    const name = textOf(record, SLOT.eventName);
    let account = textOf(record, SLOT.recipientAccountId);
    if (account === -1)
      account = scope.account === undefined ? textOf(record, SLOT.accountId) : texts.internText(scope.account);
    let region = textOf(record, SLOT.awsRegion);
    if (region === -1 && scope.region !== undefined) region = texts.internText(scope.region);
    if (time < 0 || source === -1 || name === -1 || account === -1 || region === -1) {
      counts.unknownShape++;
      return;
    }
    noteScope(record, account, region);
    if (!isNew(record)) return;
    counts.events++;
    const who = readPrincipal(record);
    principalRow[0] = who.kind;
    principalRow[1] = who.name;
    principalRow[2] = who.id;
    const principal = principals.intern(principalRow);
    const session = sessionOf(record, who);
    const outcome = outcomeOf(record);
    if (outcome === 0 && facts.isIssuing(name)) noteIssued(record, principal, session);
    readResource(record, { source, name, account, region });
    callRow[CALL_COLUMNS.account] = account;
    callRow[CALL_COLUMNS.region] = region;
    callRow[CALL_COLUMNS.source] = source;
    callRow[CALL_COLUMNS.name] = name;
    callRow[CALL_COLUMNS.principal] = principal;
    callRow[CALL_COLUMNS.via] = who.via;
    callRow[CALL_COLUMNS.how] = outcome | (traitsOf(record) << 2);
    callRow[CALL_COLUMNS.passedRole] = passedRoleOf(record, source);
    const call = calls.intern(callRow);
    const entry = entries.find(call, resource);
    if (session !== -1) entries.addSession(entry, session);
    if (isOwners(record, account))
      owners.add([shared[0] ?? 0, shared[1] ?? 0, entry, time, id[0] ?? 0, id[1] ?? 0, id[2] ?? 0, id[3] ?? 0]);
    else entries.count(entry, time, id);
  };

  return {
    openFile: (given, table) => {
      scope = given;
      seen = table;
      counts = noCounts();
      elsewhere = new Map();
    },
    add,
    closeFile: () => ({ ...counts, elsewhere: [...elsewhere] }),
    pack: () => ({
      texts: texts.pack(),
      principals: principals.pack(),
      sessions: sessions.pack(),
      calls: calls.pack(),
      ...entries.pack(),
      issued: issued.pack(),
      callers: callers.pack(),
      owners: moved(owners.pack(), entries.current),
    }),
  };
}

function noCounts(): Counts {
  return {
    events: 0,
    duplicates: 0,
    unknownShape: 0,
    otherVersion: 0,
    skipped: 0,
    undecided: 0,
    management: 0,
    data: 0,
  };
}

/** What is asked of texts again and again, answered once for each. */
function createFacts(texts: Texts) {
  const memo = <T>(answer: (text: string) => T): ((id: number) => T) => {
    const known = new Map<number, T>();
    return (id) => {
      let found = known.get(id);
      if (found === undefined) {
        found = answer(texts.text(id));
        known.set(id, found);
      }
      return found;
    };
  };
  return {
    isAssuming: memo((source) => ASSUMING.has(source)),
    isIssuing: memo((name) => ISSUING.test(name)),
    isRole: memo((text) => ROLE.test(text)),
    outcome: memo((code) => OUTCOMES.indexOf(outcomeOfError(code))),
    knowsRequests: memo(knowsRequestsOf),
    hasGlobalNames: memo((source) => GLOBAL_NAMES.has(source)),
  };
}

/** Before version 1.07 events have no category. */
function isData({ bytes, slots }: ScannedRecord): boolean {
  const from = slots[2 * SLOT.eventCategory] ?? -1;
  if (from !== -1) return isText(bytes, from, slots[2 * SLOT.eventCategory + 1] ?? -1, 'Data');
  const flag = slots[2 * SLOT.managementEvent] ?? -1;
  return flag !== -1 && isText(bytes, flag, slots[2 * SLOT.managementEvent + 1] ?? -1, 'false');
}

function isSkipped({ bytes, slots }: ScannedRecord, slot: number): boolean {
  const from = slots[2 * slot] ?? -1;
  const to = slots[2 * slot + 1] ?? -1;
  return from !== -1 && SKIPPED.some((name) => isText(bytes, from, to, name));
}

/** Types and categories of events that are no calls. An endpoint's are beside those of the calls themselves. */
const SKIPPED = ['AwsCloudTrailInsight', 'Insight', 'AwsVpceEvent', 'NetworkActivity'];

/** Services whose requests name a resource with its account, or in a way that needs none. */
const GLOBAL_NAMES: ReadonlySet<string> = new Set([
  's3.amazonaws.com',
  'sts.amazonaws.com',
  'sqs.amazonaws.com',
  'sns.amazonaws.com',
  'states.amazonaws.com',
]);

/** Writes a hash of a slot's text, zeros where there is none. */
function readHash({ bytes, slots }: ScannedRecord, slot: number, into: Int32Array): boolean {
  const from = slots[2 * slot] ?? -1;
  if (from === -1) into.fill(0);
  else hashText(bytes, from, slots[2 * slot + 1] ?? from, into);
  return from !== -1;
}

/** Of an id that is no UUID. */
function hashed(bytes: Uint8Array, from: number, to: number): Int32Array {
  const words = new Int32Array(4);
  hashText(bytes, from, to, words);
  return words;
}

/** Numbers, row by row. */
function createList() {
  let kept = new Int32Array(1 << 8);
  let length = 0;
  return {
    add: (row: readonly number[]): void => {
      if (length + row.length > kept.length) kept = enlarge(kept);
      for (const number of row) kept[length++] = number;
    },
    pack: (): Int32Array<ArrayBuffer> => kept.slice(0, length),
  };
}

function moved(owners: Int32Array<ArrayBuffer>, current: (entry: number) => number): Int32Array<ArrayBuffer> {
  const { entry, width } = OWNER_COLUMNS;
  for (let at = entry; at < owners.length; at += width) owners[at] = current(owners[at] ?? 0);
  return owners;
}
