import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countEventTexts } from '../../src/collect/audit-logs/read-audit-logs.js';
import { partitionFilter } from '../../src/collect/aws/athena/partition-filter.js';
import { assumedTable, TABLE_FORMS } from '../../src/collect/aws/athena/table-forms.js';
import { usageQuery } from '../../src/collect/aws/athena/usage-query.js';
import { countRows, RESULT_COLUMNS } from '../../src/collect/aws/athena/usage-rows.js';
import type { EventCount } from '../../src/model/usage.js';
import { trailEvent, variousEvents } from '../support/trail-events.js';
import { queryTable, toTableRow } from './duckdb.js';

const RANGE = { from: Date.UTC(2026, 10, 20), to: Date.UTC(2026, 10, 22) };

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'trueline-athena-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Ids are examples, of which each way of counting may keep others. */
function comparable(events: readonly EventCount[]) {
  return events.map(({ eventIds: _, ...count }) => JSON.stringify(count)).sort();
}

describe.each(TABLE_FORMS)('the query of a table of the form "%s"', (form) => {
  const table = assumedTable(form, 'logs', `events_${form}`);
  const filter = partitionFilter(table, { range: RANGE, given: new Map(), partitions: [] });
  if ('refusal' in filter) throw new Error(filter.refusal);
  const query = usageQuery(table, RANGE, filter.conditions);

  test('counts what the events themselves count', () => {
    const events = variousEvents();
    const outside = [
      trailEvent(1, { eventTime: '2026-11-19T23:59:59Z' }),
      trailEvent(2, { eventTime: '2026-11-22T00:00:00Z' }),
    ];
    const skipped = [trailEvent(3, { eventType: 'AwsVpceEvent', eventCategory: 'NetworkActivity' })];
    // A second trail has some of them again.
    const rows = [...events, ...events.slice(10, 60), ...outside, ...skipped].map((event) => toTableRow(table, event));
    const result = queryTable(table, rows, { query, folder });
    const counted = countRows(result.rows, countEventTexts);
    expect([result.names, counted.unread]).toEqual([RESULT_COLUMNS, 0]);
    const direct = countEventTexts(events.map((event) => JSON.stringify(event)));
    expect(comparable(counted.events)).toEqual(comparable(direct.events));
  });
});
