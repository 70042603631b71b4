import { MANAGEMENT } from '../../schemas/data-events.js';
import { type ActionEvents, type Recorded, recordedBy } from './event-selectors.js';
import type { UnseenReason } from './usage.js';
import type { Trail } from './usage-facts.js';

interface RecordingQuestion {
  readonly trails: readonly Trail[];
  readonly events: ActionEvents;
  readonly regions: readonly string[];
  readonly isGlobal: boolean;
  /** Types of data events that the files have some of, and `management`: that files of a trail that records them were given. */
  readonly givenTypes: ReadonlySet<string>;
}

type Recording =
  | { readonly kind: 'recorded'; readonly since: string | undefined }
  | { readonly kind: 'unseen'; readonly reason: UnseenReason; readonly detail: string };

/** Whether the files that were given are of trails that record every event of an action in all regions. */
export function trailThatRecords(asked: RecordingQuestion): Recording {
  let since: string | undefined;
  for (const region of asked.regions) {
    const recording = inRegion(asked, region);
    if (recording.kind === 'unseen') return recording;
    if (recording.since !== undefined && (since === undefined || recording.since > since)) since = recording.since;
  }
  return { kind: 'recorded', since };
}

function inRegion({ trails, events, isGlobal, givenTypes }: RecordingQuestion, region: string): Recording {
  const candidates = trails.filter((trail) => mayRecord(trail, region));
  const [dataType] = events.dataTypes;
  if (candidates.length === 0) return { kind: 'unseen', reason: 'no-trail', detail: `No trail records ${region}.` };
  const judged = candidates.map((trail) => ({ trail, recorded: recordedOf(trail, events) }));
  const [recording] = judged.filter(
    ({ trail, recorded }) => recorded === 'all' && certainlyRecords(trail, region, isGlobal),
  );
  if (recording === undefined)
    return notRecorded(
      judged.map(({ recorded }) => recorded),
      events,
      region,
    );
  const types = dataType === undefined ? [MANAGEMENT] : events.dataTypes;
  const isGiven = judged.every(({ recorded }) => recorded === 'all') || types.every((type) => givenTypes.has(type));
  if (isGiven) return { kind: 'recorded', since: recording.trail.since };
  return {
    kind: 'unseen',
    reason: 'not-collected',
    detail: `Nothing shows that the files of the trail "${recording.trail.name}" are among those that were given.`,
  };
}

function mayRecord({ isMultiRegion, homeRegion, isLogging }: Trail, region: string): boolean {
  const isThere = isMultiRegion !== false || homeRegion === undefined || homeRegion === region;
  return isThere && isLogging !== false;
}

function certainlyRecords(trail: Trail, region: string, isGlobal: boolean): boolean {
  const isThere = trail.isMultiRegion === true || trail.homeRegion === region;
  return isThere && trail.isLogging === true && (!isGlobal || trail.includesGlobalServices === true);
}

function recordedOf({ selectors }: Trail, events: ActionEvents): Recorded {
  return selectors === undefined ? 'some' : recordedBy(selectors, events);
}

function notRecorded(recorded: readonly Recorded[], { dataTypes }: ActionEvents, region: string): Recording {
  const isPart = recorded.some((one) => one !== 'none');
  if (dataTypes.length > 0) {
    const detail = isPart
      ? `Trails record data events of ${listed(dataTypes)} only in part, as far as it is known.`
      : `No trail records data events of ${listed(dataTypes)} in ${region}.`;
    return { kind: 'unseen', reason: 'data-event-not-recorded', detail };
  }
  const detail = isPart
    ? `Trails record its events in ${region} only in part, as far as it is known.`
    : `The selectors of all trails in ${region} leave its events out.`;
  return { kind: 'unseen', reason: 'no-trail', detail };
}

/** So many types are named in a sentence. */
const mostNamed = 3;

function listed(types: readonly string[]): string {
  const named = types.filter((type) => type !== MANAGEMENT);
  const more = named.length - mostNamed;
  return more > 0 ? `${named.slice(0, mostNamed).join(', ')} and ${count(more)}` : named.join(', ');
}

function count(types: number): string {
  return types === 1 ? 'another type' : `${types} other types`;
}
