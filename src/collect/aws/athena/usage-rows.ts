import type { EventCount } from '../../../model/usage.js';
import type { HourCounts } from '../lookup-events/hours.js';
import type { CountEvents } from '../lookup-events/lookup-range.js';
import { mergeEventCounts } from '../lookup-events/merge-counts.js';
import { COUNT_COLUMNS, KIND_COLUMNS, MOST_PEOPLE, RESOURCE_COLUMNS, SEPARATOR } from './usage-query.js';

/** The columns of the result of a usage query, in their order. */
export const RESULT_COLUMNS: readonly string[] = [...KIND_COLUMNS, ...RESOURCE_COLUMNS, ...COUNT_COLUMNS];

type Name = (typeof KIND_COLUMNS)[number] | (typeof RESOURCE_COLUMNS)[number] | (typeof COUNT_COLUMNS)[number];

/** A row of a result: empty where the value is null. */
export type ResultRow = readonly string[];

/** What rows count, and of what categories the events of an account and region were. */
export interface CountedRows extends HourCounts {
  /** `<account> <region>` → `Data`, `Management`, or empty where the events do not say it. */
  readonly categories: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Rows that are counted at a time. */
const BATCH = 1000;

/**
 * What rows count. Each is made an event again, the latest of those that it stands for, and counted by what counts events of
 * files: who it was and how it ended is decided there only.
 */
export function countRows(rows: readonly ResultRow[], countEvents: CountEvents): CountedRows {
  const counts: EventCount[] = [];
  const categories = new Map<string, Set<string>>();
  let unread = 0;
  for (let from = 0; from < rows.length; from += BATCH) {
    const batch = rows.slice(from, from + BATCH).map((row) => (name: Name) => row[RESULT_COLUMNS.indexOf(name)] ?? '');
    // The name of each is its own, so that none is put together with another: which row is which is told by it.
    const texts = batch.map((at, index) =>
      JSON.stringify({ ...toEvent(at), eventName: `${at('event_name')}${SEPARATOR}${index}` }),
    );
    const counted = new Map(
      countEvents(texts).events.map((event) => [Number(event.eventName.split(SEPARATOR)[1]), event]),
    );
    for (const [index, at] of batch.entries()) {
      const event = counted.get(index);
      if (event === undefined) unread += Number(at('events')) || 1;
      else counts.push(toCount(event, at));
      const place = `${at('account')} ${at('region')}`;
      const known = categories.get(place) ?? new Set<string>();
      categories.set(place, known.add(at('event_category')));
    }
  }
  return { events: mergeEventCounts(counts), unread, categories };
}

function toCount(counted: EventCount, at: (name: Name) => string): EventCount {
  const people = [...new Set(at('people').split(SEPARATOR).filter(isFilled))];
  return {
    ...counted,
    eventName: at('event_name'),
    resource: at('parameters') === '*' ? '*' : counted.resource,
    people: people.length === 0 ? counted.people : people.sort().slice(0, MOST_PEOPLE),
    count: Number(at('events')),
    first: at('first_time'),
    last: at('last_time'),
  };
}

function toEvent(at: (name: Name) => string): object {
  const session =
    at('issuer_arn') === '' ? undefined : { type: at('issuer'), principalId: at('issuer_id'), arn: at('issuer_arn') };
  const isCapped = at('parameters') === '*';
  const parameters = isCapped ? at('roles') : `${at('roles')}${SEPARATOR}${at('parameters')}`;
  const traits = at('traits').split(',').filter(isFilled);
  return filled({
    eventVersion: '1.08',
    userIdentity: filled({
      type: at('who'),
      principalId: at('who_id'),
      arn: at('sample_arn'),
      accountId: at('who_account'),
      userName: at('who_name'),
      identityProvider: at('who_provider'),
      invokedBy: at('invoked_by'),
      onBehalfOf: at('behalf_of') === '' ? undefined : { userId: at('behalf_of') },
      sessionContext: session && { sessionIssuer: filled(session) },
    }),
    eventTime: at('last_time'),
    eventSource: at('event_source'),
    eventName: at('event_name'),
    eventType: at('event_type'),
    eventCategory: at('event_category'),
    awsRegion: at('region'),
    errorCode: at('error_code'),
    errorMessage: at('error_says'),
    // Of what only its presence tells there is no more in the row.
    requestParameters: {
      ...Object.fromEntries(traits.map((trait) => [trait, 'present'])),
      ...toParameters(parameters),
    },
    resources: isCapped ? undefined : toResources(at('resources')),
    eventID: at('sample_id'),
    recipientAccountId: at('account'),
  });
}

function toParameters(text: string): object {
  const parameters: Record<string, unknown> = {};
  for (const pair of text.split(SEPARATOR).filter(isFilled)) {
    const equals = pair.indexOf('=');
    const [name = '', inner] = pair.slice(0, equals).split('.');
    const value = pair.slice(equals + 1);
    parameters[name] = inner === undefined ? value : { [inner]: value };
  }
  return parameters;
}

function toResources(text: string): readonly object[] {
  return text
    .split(SEPARATOR)
    .filter(isFilled)
    .map((pair) => {
      const equals = pair.lastIndexOf('=');
      return filled({ ARN: pair.slice(0, equals), type: pair.slice(equals + 1) });
    });
}

function isFilled(text: string): boolean {
  return text !== '';
}

/** Without what is empty: an event leaves out what it does not have. */
function filled(object: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== '' && value !== undefined));
}
