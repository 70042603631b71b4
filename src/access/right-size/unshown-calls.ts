import { holeOf, type Text, textOf } from '../../iam/index.js';
import { unknownValue } from '../../model/values.js';
import { findAction } from '../to-request.js';
import type { Call } from './calls.js';

/** Things within one that an event names, of which it does not say whether the call was about them. */
interface Within {
  /** What the event names. */
  readonly of: RegExp;
  /** What is between that and the name of the thing within. */
  readonly delimiter: string;
  readonly what: string;
  readonly isAskedBy: (action: string) => boolean;
}

const WITHIN: readonly Within[] = [
  // Among an event's resources is the table alone, whichever was read, and who reads an index needs nothing on the table.
  {
    of: /^arn:[a-z-]+:dynamodb:[^/]*:table\/[^/:*?$]+$/,
    delimiter: '/index/',
    what: 'index',
    isAskedBy: (action) => isAbout(action, 'index'),
  },
  // Lambda Developer Guide, "Fine-tuning the Resources and Conditions sections of policies": a call that names a version or an
  // alias is decided on its ARN. The event's resource is the function.
  {
    of: /^arn:[a-z-]+:lambda:[^:]*:[^:]*:function:[^:/*?$]+$/,
    delimiter: ':',
    what: 'version or alias',
    isAskedBy: (action) => action.startsWith('lambda:'),
  },
  // CloudWatch Logs User Guide, "CloudWatch Logs resources and operations": the ARN of a group in policies ends in `:*`, but for tags.
  {
    of: /^arn:[a-z-]+:logs:[^:]*:[^:]*:log-group:[^:*?$]+$/,
    delimiter: ':',
    what: 'end of the ARN',
    isAskedBy: (action) => action.startsWith('logs:') && !OF_TAGS.has(action),
  },
];

const OF_TAGS: ReadonlySet<string> = new Set(['logs:TagResource', 'logs:UntagResource', 'logs:ListTagsForResource']);

/** The calls, and for each that may have been about something within what its event names, one on any of that. */
export function withUnshownCalls(calls: readonly Call[]): Call[] {
  return calls.flatMap((call) => {
    const { action, resource } = call;
    if (resource === undefined) return [call];
    const within = WITHIN.find(({ of, isAskedBy }) => of.test(resource) && isAskedBy(action));
    if (within === undefined) return [call];
    const inner: Call = { ...call, resource: `${resource}${within.delimiter}*` };
    const perhaps = (one: Call): Call => ({ ...one, isPerhaps: true });
    return within.what === 'end of the ARN' ? [inner, perhaps(call)] : [call, perhaps(inner)];
  });
}

function isAbout(name: string, type: string): boolean {
  const action = findAction(name);
  const types = 'problem' in action ? undefined : action.known?.resourceTypes;
  return types?.some((one) => one.name === type) ?? false;
}

/** What it stands for is something within this, by the end of its ARN; undefined: it stands for itself. */
export function containerOf(resource: string): { readonly container: string; readonly end: string } | undefined {
  if (!resource.endsWith('*')) return undefined;
  for (const { of, delimiter } of WITHIN) {
    const container = resource.slice(0, -1 - delimiter.length);
    if (resource === `${container}${delimiter}*` && of.test(container)) return { container, end: `${delimiter}*` };
  }
  return undefined;
}

/** A resource of a call as patterns are matched with it: of what is within something the name is not known. */
export function textOfResource(resource: string): Text {
  const within = containerOf(resource);
  if (within === undefined) return textOf(resource);
  const { container, end } = within;
  const what = WITHIN.find(({ of, delimiter }) => of.test(container) && end.startsWith(delimiter))?.what ?? 'part';
  const subject = `${what} of ${container}`;
  const name = unknownValue('outside-input', { type: { kind: 'string' }, subject, identity: subject, notNull: true });
  return [...textOf(`${container}${end.slice(0, -1)}`), holeOf(name)];
}
