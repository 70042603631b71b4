import * as LAYOUT from './layout.js';

/** Texts as what can be handed to another thread. */
export interface PackedTexts {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Of each text the start, and at the end that of the bytes. */
  readonly starts: Int32Array<ArrayBuffer>;
}

/** What one thread counted, as what can be handed to another. Texts are numbers of `texts`, -1 where there is none. */
export interface CountedEvents {
  readonly texts: PackedTexts;
  /** Rows of `PRINCIPAL_COLUMNS`. */
  readonly principals: Int32Array<ArrayBuffer>;
  /** Rows of `SESSION_COLUMNS`. */
  readonly sessions: Int32Array<ArrayBuffer>;
  /** Rows of `CALL_COLUMNS`. */
  readonly calls: Int32Array<ArrayBuffer>;
  /** Rows of `ENTRY_COLUMNS`: a call on a resource, or on `OTHERS`. */
  readonly entries: Int32Array<ArrayBuffer>;
  /** Of each entry; 0 where nothing was counted. */
  readonly counts: Float64Array<ArrayBuffer>;
  readonly first: Float64Array<ArrayBuffer>;
  readonly last: Float64Array<ArrayBuffer>;
  /** Of each entry `MOST_IDS` rows of a time and a UUID's four words, the newest first; a time of 0: none. */
  readonly ids: Int32Array<ArrayBuffer>;
  /** Of each entry its sessions. */
  readonly sessionsOf: readonly (readonly number[])[];
  /** Rows of `ISSUED_COLUMNS`: access keys that were given to sessions, and to whom. */
  readonly issued: Int32Array<ArrayBuffer>;
  /** 64 bits each of the ids of calls in another account's log too, which the caller's log has. */
  readonly callers: Int32Array<ArrayBuffer>;
  /** Rows of `OWNER_COLUMNS`: the same calls in the logs of the resources' owners; they are not counted yet. */
  readonly owners: Int32Array<ArrayBuffer>;
}

export const PRINCIPAL_COLUMNS = { kind: 0, name: 1, id: 2, width: LAYOUT.PRINCIPAL_WIDTH } as const;
/** `key`: two columns of a hash of the access key, 0 where there is none. */
export const SESSION_COLUMNS = { sourceIdentity: 0, name: 1, key: 2, width: LAYOUT.SESSION_WIDTH } as const;
export const CALL_COLUMNS = {
  account: 0,
  region: 1,
  source: 2,
  name: 3,
  principal: 4,
  via: 5,
  /** The number of the outcome, and above its two bits the traits. */
  how: 6,
  passedRole: 7,
  width: LAYOUT.CALL_WIDTH,
} as const;
export const ENTRY_COLUMNS = { call: 0, resource: 1, width: LAYOUT.ENTRY_WIDTH } as const;
export const ISSUED_COLUMNS = { key: 0, principal: 2, session: 3, width: 4 } as const;
export const OWNER_COLUMNS = {
  shared: 0,
  entry: LAYOUT.OWNER_ENTRY,
  time: 3,
  id: 4,
  width: LAYOUT.OWNER_WIDTH,
} as const;

/** In the column of a resource: those beyond `MOST_RESOURCES` different ones. */
export const { OTHERS, MOST_RESOURCES, MOST_SESSIONS, MOST_IDS, ID_WIDTH } = LAYOUT;

/** What is to be said of one file. */
export interface FileCounts {
  readonly events: number;
  readonly duplicates: number;
  /** Without what an event needs to be counted. */
  readonly unknownShape: number;
  /** Of an `eventVersion` that is not 1. */
  readonly otherVersion: number;
  /** Insights and events of endpoints: they say nothing of use. */
  readonly skipped: number;
  /** Events of which it cannot be told whether they were counted before. */
  readonly undecided: number;
  readonly management: number;
  readonly data: number;
  /** Events by the account and region that they state, where the file's path states others. */
  readonly elsewhere: readonly (readonly [place: string, count: number])[];
}
