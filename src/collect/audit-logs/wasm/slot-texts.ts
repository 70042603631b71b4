import { SLOT_COUNT } from '../layout.js';
import { zeros } from './memory.js';
import { fromOf, toOf } from './record.js';
import { intern, isLengthOfText, isText, Plain } from './texts.js';

/** Of each slot one more than the text that it had last, if it has no backslash: most events have it again. */
const latest: usize = zeros(SLOT_COUNT << 2);

export function hasSlot(slot: i32): bool {
  return fromOf(slot) !== -1;
}

/** The text of a slot, or -1. */
export function textOf(slot: i32): i32 {
  const from = fromOf(slot);
  if (from === -1) return -1;
  const to = toOf(slot);
  if (!isLengthOfText(to - from)) return -1;
  const last = load<i32>(latest + (slot << 2)) - 1;
  if (last !== -1 && isText(last, from, to)) return last;
  const text = intern(from, to);
  store<i32>(latest + (slot << 2), Plain.hadEscape ? 0 : text + 1);
  return text;
}
