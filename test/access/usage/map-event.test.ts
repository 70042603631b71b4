import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { mapEvent } from '../../../src/access/usage/map-event.js';
import type { EventCount } from '../../../src/model/usage.js';
import { eventCount } from '../../support/usage-log.js';

interface Case extends Partial<Omit<EventCount, 'eventName'>> {
  readonly title: string;
  readonly event: string;
  readonly uses?: readonly string[];
  readonly kind?: 'none' | 'unmapped';
  readonly context?: Readonly<Record<string, string>>;
}

const cases: readonly Case[] = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', '..', 'fixtures', 'access', 'event-uses.json'), 'utf8'),
);

describe('an event', () => {
  test.each(cases.map((one) => [one.title, one] as const))(
    '%s',
    (_, { title, event, uses, kind, context, ...given }) => {
      const mapped = mapEvent(eventCount(event, given));
      expect(mapped.kind).toBe(kind ?? 'uses');
      const written =
        mapped.kind !== 'uses'
          ? []
          : mapped.uses.map(({ state, action, resource = '' }) => `${state} ${action} ${resource}`.trim());
      expect([...written].sort()).toEqual([...(uses ?? [])].sort());
      if (context !== undefined && mapped.kind === 'uses') expect(mapped.uses[0]?.context).toEqual(context);
    },
  );
});
