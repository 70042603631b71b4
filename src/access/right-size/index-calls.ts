import { holeOf, type Text, textOf } from '../../iam/index.js';
import { unknownValue } from '../../model/values.js';
import { findAction } from '../to-request.js';
import type { Call } from './calls.js';

const ANY_INDEX = /^(arn:[a-z-]+:dynamodb:[a-z0-9-]*:[0-9]*:table\/[^:/*?$]+\/index\/)\*$/;

/**
 * The calls, and for each that names a table of DynamoDB, and may have read one of its indexes, one on any of them: among an event's
 * resources is the table alone, whichever was read, and who reads an index needs nothing on the table.
 */
export function withIndexCalls(calls: readonly Call[]): Call[] {
  return calls.flatMap((call) => {
    const { action, resource } = call;
    const isOfTable = resource !== undefined && /^arn:[a-z-]+:dynamodb:[^/]*:table\/[^/]+$/.test(resource);
    return isOfTable && mayReadIndex(action)
      ? [call, { ...call, resource: `${resource}/index/*`, isPerhaps: true as const }]
      : [call];
  });
}

function mayReadIndex(name: string): boolean {
  const action = findAction(name);
  const types = 'problem' in action ? undefined : action.known?.resourceTypes;
  return types?.some((type) => type.name === 'index') ?? false;
}

/** Whether it stands for some index of a table. */
export function isAnyIndex(resource: string): boolean {
  return ANY_INDEX.test(resource);
}

/** A resource of a call as patterns are matched with it: of some index the name is not known. */
export function textOfResource(resource: string): Text {
  const [, table] = ANY_INDEX.exec(resource) ?? [];
  if (table === undefined) return textOf(resource);
  const subject = `index of ${table.slice(0, -'/index/'.length)}`;
  const name = unknownValue('outside-input', { type: { kind: 'string' }, subject, identity: subject, notNull: true });
  return [...textOf(table), holeOf(name)];
}
