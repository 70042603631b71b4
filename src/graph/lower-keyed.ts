import type { ListValue, UnknownValue, Value } from '../model/value.js';
import { unknownValue } from '../model/values.js';
import { convertValue } from './convert.js';
import type { Draft } from './draft.js';
import type { KeyedStep } from './plan.js';
import { elementValue } from './presence.js';

interface Keyed {
  readonly name: string;
  readonly value: Value;
}

/** `[{ Key, Value }]` with known keys → attributes. A key that is not known may be any of those that are not there. */
export function lowerKeyed(
  { name, value }: Keyed,
  step: KeyedStep,
  place: { readonly target: Draft; readonly native: string },
  native: Map<string, Value>,
): void {
  if (value.kind === 'null') return;
  if (value.kind !== 'list') {
    if (value.kind === 'unknown') putUnknown(step, place.target, value);
    else native.set(`${place.native}${name}`, value);
    return;
  }
  const open = openness(value, step.key);
  value.elements.forEach((element, index) => {
    const key = element.kind === 'object' ? element.entries.get(step.key) : undefined;
    const scalar = key?.kind === 'string' ? step.steps.get(key.value) : undefined;
    const content = element.kind === 'object' ? element.entries.get(step.value) : undefined;
    if (scalar === undefined || content === undefined) {
      native.set(`${place.native}${name}[${index}]`, element);
      return;
    }
    const given = elementValue(content, value, value.existence?.get(index));
    const isPut = place.target.put(
      scalar.to,
      scalar.convert === undefined ? given : convertValue(given, scalar.convert),
    );
    if (!isPut) native.set(`${place.native}${name}[${index}]`, element);
  });
  if (open !== undefined) putUnknown(step, place.target, open);
}

type Open = Pick<UnknownValue, 'reason' | 'subject' | 'origin'>;

/** Why there may be more keys than those that are seen. */
function openness(list: ListValue, keyName: string): Open | undefined {
  if (list.rest !== undefined) return { reason: list.rest.reason, subject: list.rest.subject, origin: list.origin };
  for (const element of list.elements) {
    if (element.kind === 'unknown') return element;
    const key = element.kind === 'object' ? element.entries.get(keyName) : undefined;
    if (key?.kind === 'unknown') return key;
  }
  return undefined;
}

function putUnknown(step: KeyedStep, target: Draft, { reason, subject, origin }: Open): void {
  for (const { to } of step.steps.values()) target.put(to, unknownValue(reason, { subject, origin }));
}
