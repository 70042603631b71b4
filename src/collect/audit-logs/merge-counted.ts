import { type EventPrincipal, REQUEST_TRAITS } from '../../model/usage.js';
import { compareText } from '../../source/compare-text.js';
import type { PartialCount } from './combine-counts.js';
import {
  CALL_COLUMNS,
  type CountedEvents,
  ENTRY_COLUMNS,
  ID_WIDTH,
  ISSUED_COLUMNS,
  MOST_IDS,
  OTHERS,
  OWNER_COLUMNS,
  PRINCIPAL_COLUMNS,
  SESSION_COLUMNS,
} from './counted-events.js';
import { OUTCOMES } from './event-outcome.js';
import { fromSeconds, timeTexts, uuidText } from './event-texts.js';
import { PRINCIPAL_KINDS } from './principal-kinds.js';
import { unpackTexts } from './unpack-texts.js';

/** What one thread counted, with its texts. */
interface Part extends Omit<CountedEvents, 'texts'> {
  readonly text: (id: number) => string;
  /** Who is behind each session, when it was asked. */
  readonly people: string[];
  readonly time: (seconds: number) => string;
}

/** A session, of one of the parts. */
interface SessionOf {
  readonly part: Part;
  readonly session: number;
}

/** What threads counted, as counts of events: people are found, and calls that two accounts' logs have are counted once. */
export function mergeCounted(counted: readonly CountedEvents[]): readonly PartialCount[] {
  const time = timeTexts();
  const parts = counted.map(({ texts, ...part }): Part => ({ ...part, text: unpackTexts(texts), people: [], time }));
  const names = namesOfRoles(parts);
  const issued = issuedKeys(parts);
  const describe: Describe = (part, entry, statistics) => describeEntry({ part, entry }, { names, issued }, statistics);
  return [
    ...parts.flatMap((part) =>
      Array.from(part.counts.keys())
        .filter((entry) => (part.counts[entry] ?? 0) > 0)
        .map((entry) => describe(part, entry, statisticsOf(part, entry))),
    ),
    ...ownersCounts(parts, describe),
  ];
}

interface Known {
  readonly names: ReadonlyMap<string, string>;
  readonly issued: ReadonlyMap<string, SessionOf & { readonly principal: number }>;
}

type Statistics = Pick<PartialCount, 'count' | 'first' | 'last' | 'ids'>;
type Describe = (part: Part, entry: number, statistics: Statistics) => PartialCount;

function describeEntry(
  { part, entry }: { readonly part: Part; readonly entry: number },
  known: Known,
  { count, first, last, ids }: Statistics,
): PartialCount {
  const { text, calls, entries } = part;
  const row = (entries[entry * ENTRY_COLUMNS.width + ENTRY_COLUMNS.call] ?? 0) * CALL_COLUMNS.width;
  const column = (name: keyof typeof CALL_COLUMNS) => calls[row + CALL_COLUMNS[name]] ?? -1;
  const textAt = (name: keyof typeof CALL_COLUMNS) => text(column(name));
  const optional = (id: number) => (id === -1 ? undefined : text(id));
  const resource = entries[entry * ENTRY_COLUMNS.width + ENTRY_COLUMNS.resource] ?? -1;
  const how = column('how');
  const people = (part.sessionsOf[entry] ?? []).map((session) => {
    part.people[session] ??= personOf({ part, session }, known);
    return part.people[session];
  });
  return {
    account: textAt('account'),
    region: textAt('region'),
    principal: principalOf(part, column('principal'), known.names),
    eventSource: textAt('source'),
    eventName: textAt('name'),
    resource: resource === OTHERS ? '*' : optional(resource),
    traits: REQUEST_TRAITS.filter((_, trait) => (how & (4 << trait)) !== 0),
    passedRole: optional(column('passedRole')),
    outcome: OUTCOMES[how & 3] ?? 'failed',
    via: optional(column('via')),
    people: [...new Set(people)].filter((person) => person !== ''),
    count,
    first,
    last,
    ids,
  };
}

function statisticsOf({ counts, first, last, ids, time }: Part, entry: number): Statistics {
  const newest: { readonly time: string; readonly id: string }[] = [];
  const end = (entry + 1) * MOST_IDS * ID_WIDTH;
  for (let at = entry * MOST_IDS * ID_WIDTH; at < end && ids[at] !== 0; at += ID_WIDTH)
    newest.push({ time: time((ids[at] ?? 0) >>> 0), id: uuidText(ids, at + 1) });
  return {
    count: counts[entry] ?? 0,
    first: time(first[entry] ?? 0),
    last: time(last[entry] ?? 0),
    ids: newest,
  };
}

function principalOf({ principals, text }: Part, row: number, names: ReadonlyMap<string, string>): EventPrincipal {
  const at = row * PRINCIPAL_COLUMNS.width;
  const kind = PRINCIPAL_KINDS[principals[at + PRINCIPAL_COLUMNS.kind] ?? 0] ?? 'unknown';
  const idOf = principals[at + PRINCIPAL_COLUMNS.id] ?? -1;
  const id = idOf === -1 ? undefined : text(idOf);
  const name = text(principals[at + PRINCIPAL_COLUMNS.name] ?? -1);
  return { kind, name: name === '' && kind === 'role' ? (names.get(id ?? '') ?? '') : name, id };
}

/** ARNs of roles by their ids: an event that has only the id is of the same role. */
function namesOfRoles(parts: readonly Part[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const none = new Map<string, string>();
  for (const part of parts) {
    for (let row = 0; row * PRINCIPAL_COLUMNS.width < part.principals.length; row++) {
      const { kind, name, id } = principalOf(part, row, none);
      const other = names.get(id ?? '');
      if (kind === 'role' && id !== undefined && name !== '' && (other === undefined || compareText(name, other) < 0))
        names.set(id, name);
    }
  }
  return names;
}

/** Roles that take on roles that take on roles …: further than this nobody goes. */
const mostChained = 8;

/** To whom the access keys were given that are asked for, and those of whom they were given to, and so on. */
function issuedKeys(parts: readonly Part[]): Known['issued'] {
  const issued = new Map<string, SessionOf & { readonly principal: number }>();
  let wanted = new Set(
    parts.flatMap((part) => [...new Set(part.sessionsOf.flat())].map((session) => keyOfSession(part, session))),
  );
  for (let step = 0; step < mostChained && wanted.size > 0; step++) {
    const next = new Set<string>();
    for (const part of parts) {
      for (let at = 0; at < part.issued.length; at += ISSUED_COLUMNS.width) {
        const key = wordsAt(part.issued, at + ISSUED_COLUMNS.key);
        if (!wanted.has(key) || issued.has(key)) continue;
        const session = part.issued[at + ISSUED_COLUMNS.session] ?? -1;
        issued.set(key, { part, session, principal: part.issued[at + ISSUED_COLUMNS.principal] ?? 0 });
        if (session !== -1) next.add(keyOfSession(part, session));
      }
    }
    wanted = next;
  }
  return issued;
}

const wordsAt = (words: Int32Array, at: number): string => `${words[at]} ${words[at + 1]}`;

function keyOfSession({ sessions }: Part, session: number): string {
  return wordsAt(sessions, session * SESSION_COLUMNS.width + SESSION_COLUMNS.key);
}

const NO_KEY = '0 0';

/** The identity that the session states, else whoever took the role on, else the session's name. */
function personOf({ part, session }: SessionOf, known: Known, depth = 0): string {
  const at = session * SESSION_COLUMNS.width;
  const stated = part.sessions[at + SESSION_COLUMNS.sourceIdentity] ?? -1;
  if (stated !== -1) return part.text(stated);
  const nameOf = part.sessions[at + SESSION_COLUMNS.name] ?? -1;
  const name = nameOf === -1 ? '' : part.text(nameOf);
  const key = keyOfSession(part, session);
  const source = key === NO_KEY || depth === mostChained ? undefined : known.issued.get(key);
  if (source === undefined) return name;
  const principal = principalOf(source.part, source.principal, known.names);
  if (principal.kind === 'role' && source.session !== -1) return personOf(source, known, depth + 1) || name;
  // A service names the session by what it is for, which says more than the service.
  const saysNothing = ['service', 'account', 'unknown', 'role'].includes(principal.kind);
  return saysNothing || principal.name === '' ? name : principal.name;
}

const NO_ID = uuidText([0, 0, 0, 0], 0);

/** Calls that only the logs of resources' owners have, each once. */
function ownersCounts(parts: readonly Part[], describe: Describe): readonly PartialCount[] {
  if (parts.every(({ owners }) => owners.length === 0)) return [];
  const callers = new Set<string>();
  for (const { callers: words } of parts) for (let at = 0; at < words.length; at += 2) callers.add(wordsAt(words, at));
  const counts = new Map<string, PartialCount>();
  for (const part of parts) {
    for (let at = 0; at < part.owners.length; at += OWNER_COLUMNS.width) {
      const key = wordsAt(part.owners, at + OWNER_COLUMNS.shared);
      if (callers.has(key)) continue;
      const time = fromSeconds((part.owners[at + OWNER_COLUMNS.time] ?? 0) >>> 0);
      const id = uuidText(part.owners, at + OWNER_COLUMNS.id);
      const count = describe(part, part.owners[at + OWNER_COLUMNS.entry] ?? 0, {
        count: 1,
        first: time,
        last: time,
        ids: id === NO_ID ? [] : [{ time, id }],
      });
      const other = counts.get(key);
      if (other === undefined || compareText(id, other.ids[0]?.id ?? NO_ID) < 0) counts.set(key, count);
    }
  }
  return [...counts.values()];
}
