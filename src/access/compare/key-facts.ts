import { iamActions } from '../../schemas/iam-actions.js';
import { isKey, MULTIVALUED } from '../global-keys.js';

/** Keys that are in every request of a principal. IAM User Guide, "AWS global condition context keys". */
const ALWAYS: ReadonlySet<string> = new Set([
  'aws:currenttime',
  'aws:epochtime',
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalisawsservice',
  'aws:principaltype',
  'aws:requestedregion',
  'aws:securetransport',
  'aws:userid',
  'aws:viaawsservice',
]);

/** Whether a key is in every request. */
export function always(key: string): boolean {
  return ALWAYS.has(key);
}

/** Whether a key may have several values, by the catalogue; undefined for a key that it does not know. */
export function multivalued(key: string): boolean | undefined {
  if (MULTIVALUED.has(key)) return true;
  if (key.startsWith('aws:')) return false;
  const service = key.slice(0, Math.max(0, key.indexOf(':')));
  const known = iamActions()
    .keysOf(service)
    .find(({ name }) => isKey(name, key));
  return known?.isMultivalued;
}
