import { MANAGEMENT } from '../../schemas/data-events.js';
import { headOf, tailOf } from './event-arns.js';

/**
 * What a trail's event selectors record: CloudTrail User Guide, "Logging management events", "Logging data events", "Filtering
 * data events by using advanced event selectors". Of a selector's fields all have to match, of a field's values one, of a trail's
 * selectors one.
 */
export type EventSelectors =
  | { readonly kind: 'basic'; readonly selectors: readonly BasicSelector[] }
  | { readonly kind: 'advanced'; readonly selectors: readonly (readonly FieldSelector[])[] };

export interface BasicSelector {
  readonly readWriteType: 'All' | 'ReadOnly' | 'WriteOnly';
  readonly includesManagement: boolean;
  readonly excludedSources: readonly string[];
  readonly dataResources: readonly { readonly type: string; readonly values: readonly string[] }[];
}

export interface FieldSelector {
  readonly field: string;
  readonly tests: readonly FieldTest[];
}

export interface FieldTest {
  readonly operator: 'equals' | 'starts_with' | 'ends_with' | 'not_equals' | 'not_starts_with' | 'not_ends_with';
  readonly values: readonly string[];
}

/** The events that an action may leave. */
export interface ActionEvents {
  /** Types of resources of which all have to be asked for, `management` for management events; none: management events only. */
  readonly dataTypes: readonly string[];
  readonly sources: readonly string[];
  readonly names: readonly string[];
  /** All are write events; else it is not known of each. */
  readonly areWrites?: boolean | undefined;
  /** Type → patterns of the ARNs of the resources that are asked about; a type that is not here: any, or not known. */
  readonly arns?: ReadonlyMap<string, readonly string[]> | undefined;
}

/** `some`: it depends on more than the action, or a field is not known. */
export type Recorded = 'all' | 'some' | 'none';

/** Whether selectors record every event of an action. */
export function recordedBy(selectors: EventSelectors, events: ActionEvents): Recorded {
  const types = events.dataTypes.length === 0 ? [MANAGEMENT] : events.dataTypes;
  return strictest(types.map((type) => recordedType(selectors, events, type === MANAGEMENT ? undefined : type)));
}

function recordedType(selectors: EventSelectors, events: ActionEvents, type: string | undefined): Recorded {
  const arns: readonly (string | undefined)[] = events.arns?.get(type ?? '') ?? [undefined];
  const points = events.names.flatMap((name) =>
    (events.areWrites === true ? [false] : [true, false]).flatMap((isReadOnly) =>
      arns.map((arn): Point => ({ name, isReadOnly, type, arn })),
    ),
  );
  return strictest(
    points.map((point) =>
      selectors.kind === 'basic'
        ? best(selectors.selectors.map((one) => byBasic(one, events.sources, point)))
        : best(selectors.selectors.map((one) => byAdvanced(one, events.sources, point))),
    ),
  );
}

interface Point {
  readonly name: string;
  readonly isReadOnly: boolean;
  readonly type: string | undefined;
  /** A pattern of ARNs; undefined: any. */
  readonly arn: string | undefined;
}

/** What stands for all resources of a type. */
const EVERY_RESOURCE: ReadonlySet<string> = new Set([
  'arn:aws:s3',
  'arn:aws:s3:::',
  'arn:aws:lambda',
  'arn:aws:dynamodb',
]);

function byBasic(selector: BasicSelector, sources: readonly string[], point: Point): Recorded {
  const { isReadOnly, type, arn } = point;
  if (selector.readWriteType === (isReadOnly ? 'WriteOnly' : 'ReadOnly')) return 'none';
  if (type === undefined) {
    if (!selector.includesManagement) return 'none';
    const excluded = sources.filter((source) => selector.excludedSources.includes(source));
    return excluded.length === 0 ? 'all' : 'none';
  }
  const values = selector.dataResources.flatMap((one) => (one.type === type ? one.values : []));
  if (values.some((value) => EVERY_RESOURCE.has(value.replace(/^arn:aws-[a-z-]+:/, 'arn:aws:')))) return 'all';
  if (values.length === 0 || arn === undefined) return values.length === 0 ? 'none' : 'some';
  // CloudTrail API Reference, "DataResource": prefixes of objects, whole ARNs of functions and tables.
  const isPrefix = type === 'AWS::S3::Object';
  return best(values.map((value) => (isPrefix ? startsWith(arn, withSlash(value)) : isEqual(arn, value))));
}

/** A bucket stands for its objects, and for none of a bucket whose name begins so. */
function withSlash(bucket: string): string {
  return bucket.includes('/') ? bucket : `${bucket}/`;
}

function byAdvanced(fields: readonly FieldSelector[], sources: readonly string[], point: Point): Recorded {
  return strictest(fields.map((field) => byField(field, sources, point)));
}

function byField({ field, tests }: FieldSelector, sources: readonly string[], point: Point): Recorded {
  const { type, name, isReadOnly, arn } = point;
  switch (field) {
    case 'eventCategory':
      return certain(passes(tests, type === undefined ? 'Management' : 'Data'));
    case 'readOnly':
      return certain(passes(tests, String(isReadOnly)));
    case 'eventName':
      return certain(passes(tests, name));
    case 'eventSource': {
      const passed = sources.filter((source) => passes(tests, source));
      // Which of a service's sources its events have is not always known.
      const isByExclusion = tests.every(({ operator }) => operator.startsWith('not_'));
      if (isByExclusion) return passed.length === sources.length ? 'all' : 'none';
      return passed.length > 0 ? 'all' : 'none';
    }
    case 'resources.type':
      return certain(type !== undefined && passes(tests, type));
    case 'resources.ARN': {
      const isEvery = tests.every(
        ({ operator, values }) => operator === 'starts_with' && values.some((value) => EVERY_RESOURCE.has(value)),
      );
      if (isEvery) return 'all';
      return arn === undefined ? 'some' : strictest(tests.map((test) => byArn(test, arn)));
    }
    default:
      return 'some';
  }
}

function passes(tests: readonly FieldTest[], value: string): boolean {
  return tests.every((test) => passesTest(test, value));
}

function passesTest({ operator, values }: FieldTest, value: string): boolean {
  switch (operator) {
    case 'equals':
      return values.includes(value);
    case 'starts_with':
      return values.some((one) => value.startsWith(one));
    case 'ends_with':
      return values.some((one) => value.endsWith(one));
    case 'not_equals':
      return !values.includes(value);
    case 'not_starts_with':
      return !values.some((one) => value.startsWith(one));
    case 'not_ends_with':
      return !values.some((one) => value.endsWith(one));
  }
}

/** Whether all ARNs of a pattern pass a test. */
function byArn({ operator, values }: FieldTest, arn: string): Recorded {
  const passed = (test: typeof startsWith) => best(values.map((value) => test(arn, value)));
  switch (operator) {
    case 'equals':
      return passed(isEqual);
    case 'starts_with':
      return passed(startsWith);
    case 'ends_with':
      return passed(endsWith);
    case 'not_equals':
      return opposite(passed(isEqual));
    case 'not_starts_with':
      return opposite(passed(startsWith));
    case 'not_ends_with':
      return opposite(passed(endsWith));
  }
}

function startsWith(pattern: string, value: string): Recorded {
  const head = headOf(pattern);
  if (head.startsWith(value)) return 'all';
  return head !== pattern && value.startsWith(head) ? 'some' : 'none';
}

function endsWith(pattern: string, value: string): Recorded {
  const tail = tailOf(pattern);
  if (tail.endsWith(value)) return 'all';
  return tail !== pattern && value.endsWith(tail) ? 'some' : 'none';
}

function isEqual(pattern: string, value: string): Recorded {
  if (headOf(pattern) === pattern) return certain(pattern === value);
  return value.startsWith(headOf(pattern)) && value.endsWith(tailOf(pattern)) ? 'some' : 'none';
}

function opposite(recorded: Recorded): Recorded {
  if (recorded === 'some') return 'some';
  return recorded === 'all' ? 'none' : 'all';
}

function certain(passed: boolean): Recorded {
  return passed ? 'all' : 'none';
}

const RANK = { none: 0, some: 1, all: 2 } as const;

function strictest(all: readonly Recorded[]): Recorded {
  return all.reduce<Recorded>((least, one) => (RANK[one] < RANK[least] ? one : least), 'all');
}

function best(all: readonly Recorded[]): Recorded {
  return all.reduce<Recorded>((most, one) => (RANK[one] > RANK[most] ? one : most), 'none');
}
