import type { Answer, Call } from '../../src/collect/aws/ask.js';

/** An event as the history of a region has it. */
export interface HistoryEvent {
  readonly id: string;
  /** ISO 8601, to the second. */
  readonly time: string;
  readonly name: string;
  readonly isWrite?: boolean;
  readonly text?: string;
}

export interface FakeHistoryOptions {
  /** Calls a second of a region, of which one more is answered with an error. */
  readonly perSecond?: number;
  /** A token is good for so many pages after the first of its list. */
  readonly tokenPages?: number;
  /** Pages are shuffled in themselves. */
  readonly isShuffled?: boolean;
}

export interface FakeHistory {
  answer(call: Call, now: number): Answer;
  /** `eu-west-1` → calls that were answered with a page. */
  readonly pages: Map<string, number>;
  throttled: number;
}

const PAGE = 50;

/** `LookupEvents` as the service does it: the newest first, tokens that are bound to what they were asked with. */
export function fakeEventHistory(
  regions: Readonly<Record<string, readonly HistoryEvent[]>>,
  { perSecond = 2, tokenPages = Number.POSITIVE_INFINITY, isShuffled = false }: FakeHistoryOptions = {},
): FakeHistory {
  const recent = new Map<string, number[]>();
  const history: FakeHistory = {
    pages: new Map(),
    throttled: 0,
    answer: ({ region, input }, now) => {
      const calls = (recent.get(region) ?? []).filter((at) => at > now - 1000);
      recent.set(region, calls);
      if (calls.length >= perSecond) {
        history.throttled += 1;
        return { kind: 'error', code: 'ThrottlingException', message: 'Rate exceeded', status: 400 };
      }
      calls.push(now);
      const { NextToken, ...asked } = input;
      const key = JSON.stringify(asked);
      const [of, at, started] = NextToken === undefined ? [key, 0, 0] : JSON.parse(String(NextToken));
      if (of !== key || at - started > tokenPages * PAGE)
        return { kind: 'error', code: 'InvalidNextTokenException', message: 'The token is invalid.', status: 400 };
      history.pages.set(region, (history.pages.get(region) ?? 0) + 1);
      const found = (regions[region] ?? [])
        .filter((event) => fits(event, asked))
        .sort((a, b) => (a.time < b.time ? 1 : -1));
      const page = found.slice(at, at + PAGE).map(toAnswer);
      if (isShuffled) page.reverse();
      const more = at + PAGE < found.length ? { NextToken: JSON.stringify([key, at + PAGE, started]) } : {};
      return { kind: 'answer', output: { Events: page, ...more } };
    },
  };
  return history;
}

function fits(
  { time, isWrite = true }: HistoryEvent,
  { StartTime, EndTime, LookupAttributes }: Call['input'],
): boolean {
  const at = Date.parse(time) / 1000;
  const attribute = JSON.stringify(LookupAttributes ?? []);
  if (attribute !== '[]' && attribute !== '[{"AttributeKey":"ReadOnly","AttributeValue":"false"}]')
    throw new Error(`The fake does not filter by ${attribute}.`);
  return at >= Number(StartTime) && at <= Number(EndTime) && (attribute === '[]' || isWrite);
}

function toAnswer(event: HistoryEvent) {
  const text = JSON.stringify({ eventID: event.id, eventTime: event.time, eventName: event.name });
  return { EventId: event.id, EventName: event.name, EventTime: event.time, CloudTrailEvent: event.text ?? text };
}
