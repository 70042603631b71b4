/**
 * Numbers that the module of WebAssembly in `wasm/` and JavaScript both know.
 *
 * Of an event the places of the texts of some fields are kept, in slots.
 */
export const EVENT_VERSION = 0;
export const EVENT_TIME = 1;
export const EVENT_SOURCE = 2;
export const EVENT_NAME = 3;
export const EVENT_TYPE = 4;
export const EVENT_CATEGORY = 5;
export const MANAGEMENT_EVENT = 6;
export const AWS_REGION = 7;
export const ERROR_CODE = 8;
export const ERROR_MESSAGE = 9;
export const EVENT_ID = 10;
export const SHARED_EVENT_ID = 11;
export const RECIPIENT_ACCOUNT_ID = 12;
export const LOOKUP_EVENT = 13;
export const IDENTITY_TYPE = 14;
export const PRINCIPAL_ID = 15;
export const PRINCIPAL_ARN = 16;
export const ACCOUNT_ID = 17;
export const ACCESS_KEY_ID = 18;
export const USER_NAME = 19;
export const INVOKED_BY = 20;
export const SOURCE_IDENTITY = 21;
export const ISSUER_ID = 22;
export const ISSUER_ARN = 23;
export const ON_BEHALF_OF = 24;
export const CONSOLE_LOGIN = 25;
export const ISSUED_KEY_ID = 26;
export const RESOURCE_ARN = 27;
export const RESOURCE_TYPE = 28;
/** Of parameters of a request, first those that are its traits, in the order of `REQUEST_TRAITS`. */
export const FIRST_TRAIT = 29;
export const TRAIT_COUNT = 5;
/** Where a request may have the role that it hands over; of several the first counts. */
export const FIRST_ROLE = 34;
export const ROLE_COUNT = 8;
/** The other parameters. */
export const FIRST_PARAMETER = 42;
export const SLOT_COUNT = 61;

/** Kinds of principals, by their place in `PRINCIPAL_KINDS`. */
export const USER = 0;
export const ROLE = 1;
export const ROOT = 2;
export const FEDERATED_USER = 3;
export const SAML = 4;
export const WEB_IDENTITY = 5;
export const ACCOUNT = 6;
export const SERVICE = 7;
export const IDENTITY_CENTER_USER = 8;
export const UNKNOWN = 9;

/** Outcomes, by their place in `OUTCOMES`. */
export const SUCCEEDED = 0;
export const FAILED = 2;

/** What is known of a text, in bits: see `factsOfText`. */
export const OUTCOME_BITS = 3;
/** Of a source: in its calls roles are taken on, and handed to nobody. */
export const IS_ASSUMING = 4;
/** Of a name: it gives credentials. */
export const IS_ISSUING = 8;
export const IS_ROLE = 16;
export const HAS_GLOBAL_NAMES = 32;
export const KIND_SHIFT = 8;
/** Of a source: 0, or one more than its place in `REQUEST_SOURCES`. */
export const REQUEST_SHIFT = 12;
export const FACT_MASK = 15;

/** So many parameters tell on what a request was made. */
export const PARAMETERS_OF_REQUEST = 4;

/** Answers of `noteEvent`. */
export const IS_NEW = 0;
export const IS_SEEN = 1;
export const IS_FULL = 2;

/** Of a list of numbers: what was counted of a file. */
export const EVENTS = 0;
export const DUPLICATES = 1;
export const UNKNOWN_SHAPE = 2;
export const OTHER_VERSION = 3;
export const SKIPPED = 4;
export const UNDECIDED = 5;
export const MANAGEMENT = 6;
export const DATA = 7;
/** And of a document. */
export const STRANGE = 8;
export const PROBLEM = 9;
export const IS_EMPTY = 10;
export const COUNT_WIDTH = 11;

/** Problems of a document, by their place in `DOCUMENT_PROBLEMS`; 0: none. */
export const SYNTAX = 1;
export const CUT = 2;
export const TOO_LARGE = 3;

/** What a thread counted, of each the address and the length, in bytes. */
export const PACKED_TEXTS = 0;
export const PACKED_STARTS = 1;
export const PACKED_PRINCIPALS = 2;
export const PACKED_SESSIONS = 3;
export const PACKED_CALLS = 4;
export const PACKED_ENTRIES = 5;
export const PACKED_STATISTICS = 6;
export const PACKED_ISSUED = 7;
export const PACKED_CALLERS = 8;
export const PACKED_OWNERS = 9;
export const PACKED_WIDTH = 10;

/** Of the statistics of an entry, in bytes: a count of 64 bits, times of 32, its ids, and where its sessions are. */
export const STATISTICS_FIRST = 8;
export const STATISTICS_LAST = 12;
export const STATISTICS_SESSIONS = 16;
export const STATISTICS_SESSION_COUNT = 20;
/** One more than the entry that it was put to; 0: none. */
export const STATISTICS_MOVED = 24;
export const STATISTICS_IDS = 28;
export const STATISTICS_SIZE = 128;

/** Columns of rows, and how many may be kept: see `counted-events.ts`. */
export const PRINCIPAL_WIDTH = 3;
export const SESSION_WIDTH = 4;
export const CALL_WIDTH = 8;
export const ENTRY_WIDTH = 2;
export const OWNER_ENTRY = 2;
export const OWNER_WIDTH = 8;
export const OTHERS = -2;
export const MOST_RESOURCES = 64;
export const MOST_SESSIONS = 32;
export const MOST_IDS = 5;
export const ID_WIDTH = 5;
/** SAFETY: texts that are longer are none of AWS's, S3's keys included. */
export const MOST_TEXT_BYTES = 4096;
