import type { Evaluation, EvaluationError, Place, UnknownRead } from '../findings/evaluation.js';
import type { UnknownValue } from '../model/value.js';
import type { CompiledPolicy } from './compile-policy.js';
import { elementKey } from './element-key.js';
import { Explanation, ownLocation, type Read } from './explain.js';
import type { BoundElement, Judgement } from './judgement.js';
import type { Frame } from './language/frame.js';
import { causesOf, type ErrorValue, type RuntimeValue } from './language/runtime-value.js';
import { pathsIn } from './language/value-paths.js';
import { isInside, type Location, renderPath, rootOf, toPlace, valueAt } from './location.js';
import type { PolicyExpression } from './policy.js';
import { rangeIn } from './policy-expressions.js';
import { renderMessage } from './render-message.js';

/** SAFETY: how many further places and unknowns one evaluation names. */
const MAX_PLACES = 20;

/** An outcome with its message and places. Only what will be shown is explained: failing and unknown ones. */
export function describeOutcome(
  compiled: CompiledPolicy,
  frame: Frame,
  judgement: Judgement,
  element: BoundElement | undefined,
): Evaluation {
  if (judgement.outcome === 'pass' || judgement.outcome === 'skip') {
    const path = element === undefined ? undefined : elementPath(compiled, frame, element);
    const named = path === undefined ? toFactElement(element) : { path, key: path };
    return toUnexplained(compiled, frame, judgement.outcome, named);
  }
  const { trace, element: elementLocation } = explain(compiled, frame, element);
  const reads = decidingReads(compiled, judgement, trace);
  const main = mainLocation(reads, elementLocation, frame);
  const place = toPlace(main);
  const named = elementLocation === undefined ? toFactElement(element) : toElement(elementLocation, element);
  const { metadata } = compiled.policy;
  return {
    policy: metadata.id,
    severity: metadata.severity,
    resource: frame.context.resource.key,
    element: named,
    outcome: judgement.outcome,
    message: renderMessage(compiled.message, frame),
    place: place.origin === undefined && place.block === undefined ? undefined : place,
    also: otherPlaces(reads, { location: main, place }, frame),
    unknowns: unknownReads(reads, judgement.causes, frame),
    assumed: assumedBy(reads, frame),
    errors: judgement.error === undefined ? NO_ERRORS : [toError(judgement.error, compiled)],
  };
}

const NONE: readonly never[] = [];

function toUnexplained(
  { policy: { metadata } }: CompiledPolicy,
  { context }: Frame,
  outcome: Evaluation['outcome'],
  element: Evaluation['element'],
): Evaluation {
  return {
    policy: metadata.id,
    severity: metadata.severity,
    resource: context.resource.key,
    element,
    outcome,
    message: '',
    place: undefined,
    also: NONE,
    unknowns: NONE,
    assumed: NONE,
    errors: NO_ERRORS,
  };
}

/** The path of an element, as cheaply as it can be had: of passing elements there are many. */
function elementPath(compiled: CompiledPolicy, frame: Frame, element: BoundElement): string | undefined {
  const paths: string[] = [];
  for (const [level, { path }] of compiled.each.entries()) {
    const index = element.indexes[level];
    const outer = path?.outer === undefined ? '' : `${paths[path.outer] ?? ''}.`;
    if (path === undefined || index === undefined) {
      const { element: location } = explain(compiled, frame, element);
      return location === undefined ? undefined : renderPath(location.steps);
    }
    paths.push(`${outer}${path.text}[${index}]`);
  }
  return paths.at(-1);
}

const NO_ERRORS: readonly EvaluationError[] = [];

function explain(compiled: CompiledPolicy, frame: Frame, element: BoundElement | undefined) {
  const elements = new Map<number, Location>();
  let location: Location | undefined;
  for (const [level, value] of (element?.values ?? []).entries()) {
    const each = compiled.policy.each[level];
    const slot = compiled.each[level]?.slot;
    if (each === undefined || slot === undefined) continue;
    const finder = new Explanation(compiled, frame, elements);
    location = finder.locateElement(each.collection.expression, value, element?.indexes[level]);
    if (location !== undefined) elements.set(slot, location);
  }
  return { trace: new Explanation(compiled, frame, elements), element: location };
}

function toElement(location: Location, element: BoundElement | undefined): Evaluation['element'] {
  const path = renderPath(location.steps);
  const value = element?.values.at(-1);
  return { path, key: value === undefined ? path : elementKey(location.resource, path, value) };
}

/** A fact stands nowhere: it is called by its name. */
function toFactElement(element: BoundElement | undefined): Evaluation['element'] {
  const value = element?.values.at(-1);
  const name = value?.kind === 'object' ? value.entries.get('name') : undefined;
  return name?.kind === 'string' ? { path: name.value, key: `name=${name.value}`, isFact: true } : undefined;
}

function decidingReads(compiled: CompiledPolicy, judgement: Judgement, trace: Explanation): readonly Read[] {
  const { policy } = compiled;
  const parts: PolicyExpression[] = [];
  if (judgement.isOpen === true) return policy.each.flatMap(({ collection }) => trace.reads(collection.expression));
  if (policy.when !== undefined && judgement.when.kind !== 'bool') parts.push(policy.when);
  if (judgement.assert !== undefined && !(judgement.assert.kind === 'bool' && judgement.assert.value))
    parts.push(policy.assert);
  return parts.flatMap((part) => trace.reads(part.expression));
}

/** The first read of the judged resource that is not assumed; with `each` one inside the element, else the element. */
function mainLocation(reads: readonly Read[], element: Location | undefined, frame: Frame): Location {
  const deciding = reads.find(({ isDeciding }) => isDeciding === true);
  if (deciding !== undefined) return deciding.location;
  for (const { location, isAssumed } of reads) {
    const own = isAssumed ? undefined : ownLocation(location, frame);
    if (own !== undefined && (element === undefined || isInside(own, element))) return own;
  }
  return element ?? rootOf(frame.context.resource);
}

interface MainPlace {
  readonly location: Location;
  readonly place: Place;
}

function otherPlaces(reads: readonly Read[], main: MainPlace, frame: Frame): readonly Place[] {
  let places: Place[] | undefined;
  const seen = new Set<string>();
  const add = (location: Location) => {
    // Mostly there is but the one place.
    if (location === main.location || seen.size >= MAX_PLACES) return;
    const place = toPlace(location);
    if (place.resource === main.place.resource && place.path === main.place.path) return;
    const key = `${place.resource} ${place.path}`;
    if (seen.has(key)) return;
    seen.add(key);
    places ??= [];
    if (place.origin !== undefined || place.block !== undefined) places.push(place);
  };
  for (const { location } of reads) {
    const own = ownLocation(location, frame);
    if (own !== undefined && own !== location) add(own);
    add(location);
  }
  return places ?? NONE;
}

function unknownReads(reads: readonly Read[], causes: readonly UnknownValue[], frame: Frame): readonly UnknownRead[] {
  if (causes.length === 0 && !reads.some(({ value }) => value.kind === 'unknown')) return NONE;
  const found = new Map<string, UnknownRead>();
  const named = new Set<string>();
  const add = (path: string, { reason, subject }: UnknownValue) => {
    const key = `${path} ${reason} ${subject ?? ''}`;
    if (found.size < MAX_PLACES) found.set(key, { path, reason, subject });
    named.add(`${reason} ${subject ?? ''}`);
  };
  for (const { location, value, isAssumed } of reads) {
    if (value.kind === 'unknown' && !isAssumed) {
      for (const cause of causesOf(value)) add(pathFrom(location, frame), cause);
    }
  }
  for (const cause of causes) {
    if (!named.has(`${cause.reason} ${cause.subject ?? ''}`)) add(pathOfCause(cause, frame), cause);
  }
  return [...found.values()];
}

/** A path of the judged resource; one of another begins with its address. */
function pathFrom({ resource, steps }: Location, frame: Frame): string {
  const path = renderPath(steps);
  if (resource.key === frame.context.resource.key) return path;
  return path === '' ? resource.address : `${resource.address}.${path}`;
}

function pathOfCause(cause: UnknownValue, frame: Frame): string {
  for (const resource of frame.context.touched) {
    const [path] = pathsIn(resource, cause);
    if (path !== undefined) return resource === frame.context.resource ? path : `${resource.address}.${path}`;
  }
  return '';
}

/** Paths whose value is a default that depends on the account, and sentences about what else was taken for granted. */
function assumedBy(reads: readonly Read[], frame: Frame): readonly string[] {
  let paths: Set<string> | undefined;
  for (const { location, assumes } of reads) {
    for (const sentence of assumes ?? []) {
      paths ??= new Set();
      paths.add(sentence);
    }
    const value: RuntimeValue | undefined = valueAt(location.resource, location.steps);
    const step = value !== undefined && 'origin' in value ? value.origin?.step : undefined;
    if (step !== 'assumed-default') continue;
    paths ??= new Set();
    paths.add(pathFrom(location, frame));
  }
  return paths === undefined ? NONE : [...paths];
}

/** The error, at its place in the policy where that is known: in the part whose text it lies in. */
function toError(error: ErrorValue, { policy }: CompiledPolicy): EvaluationError {
  const { category: kind, message, start, end } = error;
  const { value } = error;
  if (kind === 'invalid-value' && value !== undefined && 'origin' in value && value.origin !== undefined) {
    const { file, start: from, end: to } = value.origin;
    return { kind, message, range: { file, start: from, end: to } };
  }
  const place = (error.isInWhen === true ? policy.when : policy.assert)?.place;
  if (place === undefined || start === undefined || end === undefined) return { kind, message };
  return { kind, message, range: rangeIn(place, start, end) };
}
