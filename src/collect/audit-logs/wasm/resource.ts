import {
  ACCOUNT_ID,
  FACT_MASK,
  HAS_GLOBAL_NAMES,
  MOST_TEXT_BYTES,
  PARAMETERS_OF_REQUEST,
  REQUEST_SHIFT,
} from '../layout.js';
import { isSame, isWord } from './bytes.js';
import { findEntry, findEntryOfCall } from './entries.js';
import { resourceOfRequest } from './host.js';
import { enlarged, zeros } from './memory.js';
import { fromOf, MOST_LISTED, resourceAt, Scanned, toOf } from './record.js';
import { Rows } from './rows.js';
import { textOf } from './slot-texts.js';
import { addressOfText, factsOf, isText, lengthOfText, makePlain, Plain } from './texts.js';

/** Requests that were asked about: the place of the source, account, region, and texts of parameters; and the answers. */
const requests = new Rows(3 + PARAMETERS_OF_REQUEST);
let answers: usize = zeros(1 << 10);
let answerCapacity: i32 = 1 << 8;
/** Of each source the slots of the parameters that tell on what a request was made; -1: it has fewer. */
const parameters: usize = zeros(FACT_MASK * (PARAMETERS_OF_REQUEST << 2));

/** Where JavaScript writes those slots. */
export function addressOfParameters(): usize {
  return parameters;
}

/** The entry of a call on what the event says, or on nothing. */
export function findEntryOfEvent(call: i32, source: i32, account: i32, region: i32): i32 {
  if (Scanned.resources > 0) {
    const index = decidingResource();
    if (index === -1) return findEntryOfCall(call);
    const from = load<i32>(resourceAt(index));
    const to = load<i32>(resourceAt(index), 4);
    if (to === from || to - from > MOST_TEXT_BYTES) return findEntryOfCall(call);
    makePlain(from, to);
    return findEntry(call, Plain.from, Plain.to);
  }
  const text = resourceByRequest(source, account, region);
  if (text === -1) return findEntryOfCall(call);
  const from = addressOfText(text) as i32;
  return findEntry(call, from, from + lengthOfText(text));
}

/**
 * Of an object and its bucket the object; of several others none, for it is not said which was decided on: -1. Amazon S3 User Guide,
 * "Monitoring and logging access points": what is allowed is decided on the access point, which is one of three.
 */
function decidingResource(): i32 {
  let found = -1;
  let objects = 0;
  const listed = min(Scanned.resources, MOST_LISTED);
  for (let index = 0; index < listed; index++) {
    const from = load<i32>(resourceAt(index), 8);
    const to = load<i32>(resourceAt(index), 12);
    if (isWord(from, to, 'AWS::S3::AccessPoint')) return -1;
    if (!isWord(from, to, 'AWS::S3::Object')) continue;
    objects++;
    found = index;
  }
  if (objects === 1) return found;
  return objects > 1 || !areSame() ? -1 : 0;
}

function areSame(): bool {
  if (Scanned.resources > MOST_LISTED) return false;
  const from = load<i32>(resourceAt(0));
  const length = load<i32>(resourceAt(0), 4) - from;
  for (let index = 1; index < Scanned.resources; index++) {
    const other = load<i32>(resourceAt(index));
    if (load<i32>(resourceAt(index), 4) - other !== length || !isSame(from, other, length)) return false;
  }
  return true;
}

function resourceByRequest(source: i32, account: i32, region: i32): i32 {
  const facts = factsOf(source);
  const request = ((facts >> REQUEST_SHIFT) & FACT_MASK) - 1;
  if (request === -1) return -1;
  // Whose it is, is certain only where the caller is in the account whose log it is.
  const from = fromOf(ACCOUNT_ID);
  if (from !== -1 && (facts & HAS_GLOBAL_NAMES) === 0 && !isText(account, from, toOf(ACCOUNT_ID))) return -1;
  const slots = parameters + request * (PARAMETERS_OF_REQUEST << 2);
  requests.set(0, request);
  requests.set(1, account);
  requests.set(2, region);
  for (let nth = 0; nth < PARAMETERS_OF_REQUEST; nth++) {
    const slot = load<i32>(slots + (nth << 2));
    requests.set(3 + nth, slot === -1 ? -1 : textOf(slot));
  }
  const before = requests.count;
  const row = requests.intern();
  if (row < before) return load<i32>(answers + (row << 2));
  if (row === answerCapacity) {
    answerCapacity <<= 1;
    answers = enlarged(answers, answerCapacity << 2);
  }
  const answer = resourceOfRequest(request, requests.row);
  store<i32>(answers + (row << 2), answer);
  return answer;
}
