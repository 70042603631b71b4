import { ANY, ONE, textOf, toMatcher } from '../../iam/index.js';
import { iamActions } from '../../schemas/iam-actions.js';

/** Actions of the catalogue as bits, by service: a bit is an action's place in the service's list. */
export type ActionSet = ReadonlyMap<string, Uint32Array>;

export const NO_ACTIONS: ActionSet = new Map();

interface Service {
  /** In lower case, without the prefix. */
  readonly names: readonly string[];
  readonly places: ReadonlyMap<string, number>;
}

const services = new Map<string, Service>();

function serviceNamed(prefix: string): Service | undefined {
  const known = services.get(prefix);
  const actions = known === undefined ? iamActions().actionsOf(prefix) : undefined;
  if (actions === undefined) return known;
  const names = [...actions.keys()];
  const made = { names, places: new Map(names.map((name, place) => [name, place])) };
  services.set(prefix, made);
  return made;
}

let everything: ActionSet | undefined;

/** All actions of the catalogue. */
export function allActions(): ActionSet {
  everything ??= new Map(
    iamActions().services.map((prefix) => [prefix, allOf(serviceNamed(prefix)?.names.length ?? 0)]),
  );
  return everything;
}

function allOf(count: number): Uint32Array {
  const words = new Uint32Array((count + 31) >> 5).fill(0xffff_ffff);
  if (count % 32 !== 0) words[words.length - 1] = 2 ** (count % 32) - 1;
  return words;
}

const byPattern = new Map<string, ActionSet>();

/** The actions that a pattern (`s3:Get*`) matches; whoever asks again gets the same set. */
export function actionsLike(written: string): ActionSet {
  const pattern = written.toLowerCase();
  let set = byPattern.get(pattern);
  if (set === undefined) {
    set = pattern === '*' || pattern === '*:*' ? allActions() : expand(pattern);
    byPattern.set(pattern, set);
  }
  return set;
}

function expand(pattern: string): ActionSet {
  const colon = pattern.indexOf(':');
  const [prefix, name] = colon === -1 ? ['*', pattern] : [pattern.slice(0, colon), pattern.slice(colon + 1)];
  if (colon !== -1 && !isGlob(prefix)) {
    const words = wordsOf(prefix, name);
    return words === undefined ? NO_ACTIONS : new Map([[prefix, words]]);
  }
  // A run of characters may hold the colon.
  const isLike = globTest(pattern);
  return new Map(
    iamActions().services.flatMap((service) => {
      const found = bitsWhere(service, (own) => isLike(`${service}:${own}`));
      return found === undefined ? [] : [[service, found]];
    }),
  );
}

function wordsOf(prefix: string, name: string): Uint32Array | undefined {
  const service = serviceNamed(prefix);
  if (service === undefined) return undefined;
  if (name === '*') return allOf(service.names.length);
  if (isGlob(name)) return bitsWhere(prefix, globTest(name));
  const place = service.places.get(name);
  if (place === undefined) return undefined;
  const words = new Uint32Array((service.names.length + 31) >> 5);
  words[place >> 5] = 1 << (place & 31);
  return words;
}

function bitsWhere(prefix: string, test: (name: string) => boolean): Uint32Array | undefined {
  const names = serviceNamed(prefix)?.names ?? [];
  let words: Uint32Array | undefined;
  for (const [place, name] of names.entries()) {
    if (!test(name)) continue;
    words ??= new Uint32Array((names.length + 31) >> 5);
    words[place >> 5] = (words[place >> 5] ?? 0) | (1 << (place & 31));
  }
  return words;
}

function isGlob(text: string): boolean {
  return text.includes('*') || text.includes('?');
}

/** A test of whole names by a text with `*` and `?`. */
function globTest(pattern: string): (text: string) => boolean {
  return toMatcher(textOf(pattern).map((code) => (code === ASTERISK ? ANY : code === QUESTION_MARK ? ONE : code)));
}

const ASTERISK = 42;
const QUESTION_MARK = 63;

/** What is in one of the sets. */
export function unionOf(sets: readonly ActionSet[]): ActionSet {
  const [first = NO_ACTIONS, ...others] = sets.filter(({ size }) => size > 0);
  if (others.length === 0) return first;
  const all = allActions();
  if (sets.includes(all)) return all;
  const union = new Map(first);
  for (const set of others) {
    for (const [service, words] of set) {
      const known = union.get(service);
      union.set(service, known === undefined ? words : known.map((word, at) => word | (words[at] ?? 0)));
    }
  }
  return union;
}

/** What is in both. */
export function intersectionOf(some: ActionSet, other: ActionSet): ActionSet {
  const all = allActions();
  if (some === other || other === all) return some;
  if (some === all) return other;
  const [small, large] = some.size <= other.size ? [some, other] : [other, some];
  const found = new Map<string, Uint32Array>();
  for (const [service, words] of small) {
    const others = large.get(service);
    if (others === undefined) continue;
    const both = words.map((word, at) => word & (others[at] ?? 0));
    if (both.some((word) => word !== 0)) found.set(service, both);
  }
  return found;
}

/** What is in the first and not in the second. */
export function differenceOf(some: ActionSet, other: ActionSet): ActionSet {
  if (!meets(some, other)) return some;
  if (some === other) return NO_ACTIONS;
  const left = new Map<string, Uint32Array>();
  for (const [service, words] of some) {
    const others = other.get(service);
    const rest = others === undefined ? words : words.map((word, at) => word & ~(others[at] ?? 0));
    if (rest.some((word) => word !== 0)) left.set(service, rest);
  }
  return left;
}

/** Whether some action is in both. */
export function meets(some: ActionSet, other: ActionSet): boolean {
  const [small, large] = some.size <= other.size ? [some, other] : [other, some];
  for (const [service, words] of small) {
    const others = large.get(service);
    if (others !== undefined && words.some((word, at) => (word & (others[at] ?? 0)) !== 0)) return true;
  }
  return false;
}

/** Whether all of the second are in the first. */
export function holdsAll(some: ActionSet, other: ActionSet): boolean {
  if (some === other || some === allActions()) return true;
  for (const [service, words] of other) {
    const own = some.get(service);
    if (words.some((word, at) => (word & ~(own?.[at] ?? 0)) !== 0)) return false;
  }
  return true;
}

/** Whether an action (`s3:GetObject`, in any case) is in the set; undefined for one that the catalogue does not have. */
export function hasAction(set: ActionSet, action: string): boolean | undefined {
  const [prefix = '', name = ''] = action.toLowerCase().split(':');
  const place = serviceNamed(prefix)?.places.get(name);
  if (place === undefined) return undefined;
  return ((set.get(prefix)?.[place >> 5] ?? 0) & (1 << (place & 31))) !== 0;
}

/** The actions as the catalogue writes them (`s3:GetObject`), by service. */
export function listActions(set: ActionSet): string[] {
  return [...set].flatMap(([prefix, words]) => {
    const actions = iamActions().actionsOf(prefix);
    const names = serviceNamed(prefix)?.names ?? [];
    return names.flatMap((name, place) =>
      ((words[place >> 5] ?? 0) & (1 << (place & 31))) === 0 ? [] : (actions?.get(name)?.name ?? []),
    );
  });
}

export function countActions(set: ActionSet): number {
  let count = 0;
  for (const words of set.values()) for (const word of words) count += bitsIn(word);
  return count;
}

function bitsIn(word: number): number {
  let left = word - ((word >>> 1) & 0x5555_5555);
  left = (left & 0x3333_3333) + ((left >>> 2) & 0x3333_3333);
  return (((left + (left >>> 4)) & 0x0f0f_0f0f) * 0x0101_0101) >>> 24;
}
