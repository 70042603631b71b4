import type { EventCount, EventPrincipal, LogCoverage, UsageGap, UsageLog } from '../../model/usage.js';
import { OUTCOMES } from './event-outcome.js';
import { PRINCIPAL_KINDS } from './principal-kinds.js';

const KIND = 'usage-log';
const VERSION = 1;

/** The text of a file of usage, in pieces: one event a line, so that files can be compared. */
export function* renderUsageFile({ events, coverage, gaps }: UsageLog): Generator<string> {
  const lines = (list: readonly unknown[]) => list.map((one) => JSON.stringify(one)).join(',\n');
  yield `{"kind":${JSON.stringify(KIND)},"schemaVersion":${VERSION},\n"coverage":[\n${lines(coverage)}\n],\n"gaps":[\n${lines(gaps)}\n],\n"events":[\n`;
  for (let at = 0; at < events.length; at += 1000)
    yield `${at === 0 ? '' : ',\n'}${lines(events.slice(at, at + 1000))}`;
  yield '\n]}\n';
}

/** Reads such a file; `problem`: why it is none, in a part of a sentence. */
export function parseUsageFile(text: string): UsageLog | { readonly problem: string } {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    return { problem: 'is no JSON' };
  }
  if (!isRecord(file) || file['kind'] !== KIND) return { problem: 'is no file of usage' };
  if (file['schemaVersion'] !== VERSION)
    return { problem: `is of the version ${String(file['schemaVersion'])}, which this release does not read` };
  const { events, coverage, gaps } = file;
  const broken =
    brokenAt('events', events, isEventCount) ??
    brokenAt('coverage', coverage, isCoverage) ??
    brokenAt('gaps', gaps, isGap);
  if (broken !== undefined) return { problem: `is broken: ${broken}` };
  return {
    events: (events as readonly Loose<EventCount>[]).map(toEventCount),
    coverage: coverage as readonly LogCoverage[],
    gaps: (gaps as readonly UsageGap[]).map(({ account, region, reason, detail }) => ({
      account,
      region,
      reason,
      detail,
    })),
  };
}

/** In JSON a field without a value is not there. */
type Loose<T> = { readonly [Key in keyof T]?: T[Key] } & T;

function toEventCount(event: Loose<EventCount>): EventCount {
  const { kind, name, id } = event.principal;
  return {
    account: event.account,
    region: event.region,
    principal: { kind, name, id },
    eventSource: event.eventSource,
    eventName: event.eventName,
    resource: event.resource,
    traits: event.traits,
    passedRole: event.passedRole,
    outcome: event.outcome,
    via: event.via,
    people: event.people,
    count: event.count,
    first: event.first,
    last: event.last,
    eventIds: event.eventIds,
  };
}

function brokenAt(name: string, list: unknown, isOne: (value: unknown) => boolean): string | undefined {
  if (!Array.isArray(list)) return `"${name}" is no list`;
  const index = list.findIndex((one) => !isOne(one));
  return index === -1 ? undefined : `"${name}[${index}]"`;
}

function isEventCount(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { outcome, count } = value;
  return (
    ['account', 'region', 'eventSource', 'eventName'].every((name) => typeof value[name] === 'string') &&
    ['first', 'last'].every((name) => isTime(value[name])) &&
    ['resource', 'passedRole', 'via'].every((name) => isOptionalText(value[name])) &&
    ['traits', 'people', 'eventIds'].every((name) => isTexts(value[name])) &&
    isPrincipal(value['principal']) &&
    OUTCOMES.some((one) => one === outcome) &&
    Number.isSafeInteger(count) &&
    Number(count) > 0
  );
}

function isPrincipal(value: unknown): value is EventPrincipal {
  if (!isRecord(value)) return false;
  const { kind, name, id } = value;
  return PRINCIPAL_KINDS.some((one) => one === kind) && typeof name === 'string' && isOptionalText(id);
}

function isCoverage(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { account, region, categories, isHistory, onlyWrites, from, to } = value;
  return (
    typeof account === 'string' &&
    typeof region === 'string' &&
    isTexts(categories) &&
    categories.every((category) => category === 'management' || category === 'data') &&
    [isHistory, onlyWrites].every((flag) => flag === undefined || typeof flag === 'boolean') &&
    isTime(from) &&
    isTime(to) &&
    from < to
  );
}

function isGap(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { account, region, reason, detail } = value;
  return isOptionalText(account) && isOptionalText(region) && typeof reason === 'string' && typeof detail === 'string';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isOptionalText(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string';
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

function isTime(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value);
}
