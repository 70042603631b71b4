import type { Place } from '../findings/evaluation.js';
import { memberAt, type Resource } from '../model/resource.js';
import type { Origin, OriginStep } from '../model/value.js';
import { hangingKey } from '../source/hanging-line.js';
import { lineEnd } from '../source/line-bounds.js';
import type { SourceRange } from '../source/source-file.js';
import type { RuntimeValue } from './language/runtime-value.js';
import { joinField } from './language/value-paths.js';

/** Where a value stands: a path in a resource. */
export interface Location {
  readonly resource: Resource;
  readonly steps: readonly (string | number)[];
  /** The attribute of the judged resource by which another one was reached with `target`. */
  readonly through?: Location | undefined;
  /** What was read refers to nothing: an attribute below it has no place of its own. */
  readonly isEnd?: boolean | undefined;
}

export function rootOf(resource: Resource, through?: Location): Location {
  return { resource, steps: [], through };
}

export function below(location: Location, step: string | number): Location {
  const { resource, steps, through, isEnd } = location;
  return isEnd === true ? location : { resource, steps: [...steps, step], through };
}

export function renderPath(steps: readonly (string | number)[]): string {
  return steps.reduce<string>(
    (path, step) => (typeof step === 'number' ? `${path}[${step}]` : joinField(path, step)),
    '',
  );
}

/** Takes `ingress[2].cidr_ipv4` apart, as `renderPath` writes it. */
export function parsePath(path: string): (string | number)[] {
  const steps: (string | number)[] = [];
  for (const [, field, index, key] of path.matchAll(/\.?([A-Za-z_][\w-]*)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/g)) {
    if (field !== undefined) steps.push(field);
    else if (index !== undefined) steps.push(Number(index));
    else if (key !== undefined) steps.push(String(JSON.parse(key)));
  }
  return steps;
}

/** Whether a location lies in another, or is it. */
export function isInside(location: Location, outer: Location): boolean {
  return (
    location.resource.key === outer.resource.key && outer.steps.every((step, index) => location.steps[index] === step)
  );
}

/** The place of a location: where the value is written, or the header of the innermost block that is there. */
export function toPlace(location: Location): Place {
  const { resource, steps } = location;
  const path = renderPath(steps);
  const value = valueAt(resource, steps);
  const origin = value === undefined ? undefined : writtenOrigin(value, resource);
  if (origin !== undefined && steps.length > 0) return { resource: resource.key, path, origin: fromKey(value, origin) };
  return { resource: resource.key, path, block: innermostHeader(resource, steps) };
}

/** A default is nowhere written. */
const DEFAULTS: ReadonlySet<OriginStep> = new Set(['default-of-type', 'assumed-default', 'server-default']);

/** That there is nothing is written only in a snapshot. */
function writtenOrigin(value: RuntimeValue, { language }: Resource): Origin | undefined {
  if ((value.kind === 'null' && language !== 'live') || !('origin' in value)) return undefined;
  const { origin } = value;
  return origin !== undefined && DEFAULTS.has(origin.step) ? undefined : origin;
}

/** The value at a path as it stands in the resource; undefined where there is none. */
export function valueAt(resource: Resource, steps: readonly (string | number)[]): RuntimeValue | undefined {
  let value: RuntimeValue | undefined = resource.values;
  for (const step of steps) {
    if (value?.kind === 'object' && typeof step === 'string') value = value.entries.get(step);
    else if (value?.kind === 'list' && typeof step === 'number') value = value.elements[step];
    else return undefined;
  }
  return value;
}

function innermostHeader(resource: Resource, steps: readonly (string | number)[]): SourceRange | undefined {
  for (let length = steps.length - 1; length > 0; length--) {
    const outer = steps.slice(0, length);
    const member = memberAt(resource, renderPath(outer));
    if (member !== undefined) return member.header;
    const value = valueAt(resource, outer);
    // What a snapshot says of a block that is not there, or could not be read, is its place.
    const isBlock = value?.kind === 'object' || (value !== undefined && resource.language === 'live');
    const origin = isBlock ? writtenOrigin(value, resource) : undefined;
    if (origin !== undefined) return hangingKey(origin) ?? firstLine(origin);
  }
  return resource.header ?? resource.members[0]?.header;
}

/** A mapping is looked for where its key stands, and not where the first of its entries does; a list where its first item is. */
function fromKey(value: RuntimeValue | undefined, origin: Origin): Origin {
  const isMapping = value?.kind === 'object' || value?.kind === 'unknown' || value?.kind === 'list';
  const key = isMapping && origin.file.text[origin.start] !== '-' ? hangingKey(origin) : undefined;
  return key === undefined ? origin : { ...origin, start: key.start };
}

function firstLine({ file, start, end }: SourceRange): SourceRange {
  const newline = lineEnd(file.text, start, end);
  if (newline === end) return { file, start, end };
  return { file, start, end: file.text[newline - 1] === '\r' ? newline - 1 : newline };
}
