import { iamActions } from '../../schemas/iam-actions.js';

/**
 * Verbs of operations that change something, whatever they are about. CloudTrail User Guide, "Logging management events": events are
 * read-only or write by what their operation does; what a service says of others (`Decrypt`, `SendEmail`, `AssumeRole`) is not told by
 * their level.
 */
const VERBS =
  /^(?:Add|Allocate|Associate|Attach|Authorize|Cancel|Copy|Create|Delete|Deregister|Detach|Disable|Disassociate|Enable|Import|Modify|Purge|Put|Reboot|Register|Release|Remove|Replace|Restore|Revoke|Run|Set|Stop|Tag|Terminate|Untag|Update|Upload)(?:[A-Z]|$)/;

/** Whether every event of an action is a write event. */
export function alwaysWrites(action: string): boolean {
  const [, name = ''] = action.split(':');
  const level = iamActions().actionNamed(action)?.level;
  return level !== undefined && level !== 'Read' && level !== 'List' && VERBS.test(name);
}
