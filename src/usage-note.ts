import type { UsageLog } from './model/usage.js';

/** What of logs was not read makes what rests on them incomplete. */
export function usageNote({ gaps }: UsageLog): string | undefined {
  const [first] = gaps;
  if (first === undefined) return undefined;
  const others = gaps.length > 1 ? ` And ${gaps.length - 1} more, which "trueline access usage" shows.` : '';
  return `logs were not read, or not whole; the report is incomplete: ${first.detail}${others}`;
}

/** Notes for standard error, a line each. */
export function joinNotes(notes: readonly (string | undefined)[]): string | undefined {
  const given = notes.filter((note) => note !== undefined);
  return given.length === 0 ? undefined : given.join('\ntrueline: ');
}
