import { holeOf, type Text, textOf } from '../../iam/index.js';
import { unknownValue } from '../../model/values.js';
import { findAction } from '../to-request.js';
import { perhapsAlsoAbout } from '../usage/perhaps-about.js';
import type { Call } from './calls.js';

/** `…:table/orders/index/*`, `…:function:press:*`. */
const ANY_OF =
  /^(arn:[a-z-]+:(?:dynamodb:[a-z0-9-]*:[0-9]*:table\/[^:/*?$]+\/index\/|lambda:[a-z0-9-]*:[0-9]*:function:[^:/*?$]+:))\*$/;

/** The calls, and for each that may have been about something that its event does not name, one on any of that. */
export function withPerhapsCalls(calls: readonly Call[]): Call[] {
  return calls.flatMap((call) => {
    const action = findAction(call.action);
    const known = 'problem' in action ? undefined : action.known;
    if (known === undefined || call.resource === undefined) return [call];
    const resource = perhapsAlsoAbout(known, call.resource);
    return resource === undefined ? [call] : [call, { ...call, resource, isPerhaps: true as const }];
  });
}

/** Whether it stands for some index of a table, or some alias of a function. */
export function isAnyOf(resource: string): boolean {
  return ANY_OF.test(resource);
}

/** A resource of a call as patterns are matched with it: of some index or alias the name is not known. */
export function textOfResource(resource: string): Text {
  const [, start] = ANY_OF.exec(resource) ?? [];
  if (start === undefined) return textOf(resource);
  const subject = start.endsWith(':')
    ? `alias of ${start.slice(0, -1)}`
    : `index of ${start.slice(0, -'/index/'.length)}`;
  const name = unknownValue('outside-input', { type: { kind: 'string' }, subject, identity: subject, notNull: true });
  return [...textOf(start), holeOf(name)];
}
