import type { Excess, PrincipalExcess } from './findings/excess.js';
import type { RightSizing } from './findings/right-sizing.js';
import { count } from './report/terminal-text.js';

export interface FoundExit {
  readonly exitCode: 0 | 1 | 3;
  /** Why it is 3, for standard error. */
  readonly note: string | undefined;
}

/**
 * 1 where something is too much; 0 only where all that is granted is known to be used, but for what no logs could show: a kept
 * `iam:PassRole` is an outcome, with its reason in the report.
 */
export function sizingExit({ policies, refusal, unseen }: RightSizing): FoundExit {
  if (refusal !== null) return { exitCode: 3, note: undefined };
  if (policies.some(({ outcome }) => outcome !== 'unchanged')) return { exitCode: 1, note: undefined };
  const stuck = policies.reduce((sum, policy) => sum + stuckIn(policy), 0);
  const visible = unseen.filter(({ reason }) => reason !== 'never-an-event');
  const actions = visible.reduce((sum, one) => sum + one.actions.length, 0);
  const reasons = [
    ...(actions > 0 ? [`of ${count(actions, 'action')} logs do not show whether they are used`] : []),
    ...(stuck > 0 ? [`${count(stuck, 'statement or policy', 'statements or policies')} could not be narrowed`] : []),
  ];
  return reasons.length === 0
    ? { exitCode: 0, note: undefined }
    : { exitCode: 3, note: `what is too much is not known: ${reasons.join('; ')}` };
}

function stuckIn({ reason, statements }: RightSizing['policies'][number]): number {
  const stuck = statements.filter(
    (one) => one.before.effect === 'Allow' && one.outcome === 'unchanged' && one.reason !== null,
  ).length;
  return stuck === 0 && reason !== null ? 1 : stuck;
}

/**
 * 3 where of some user or role nothing could be found unused, for logs, trails or policies that were not given. What no logs could
 * show is unknown and does not count.
 */
export function excessExit({ principals, unnamed }: Excess): FoundExit {
  const blind = principals.filter(isUnread);
  const [first] = blind.flatMap(unreadDetails);
  const reasons = [
    ...(blind.length > 0
      ? [`of ${count(blind.length, 'user or role', 'users and roles')} it is not known what they do not use: ${first}`]
      : []),
    ...(unnamed.length > 0
      ? [`of ${count(unnamed.length, 'user or role', 'users and roles')} the ARN is not known`]
      : []),
  ];
  return reasons.length === 0
    ? { exitCode: 0, note: undefined }
    : { exitCode: 3, note: `what is not used is not all known: ${reasons.join('; ')}` };
}

/** What was not read, where logs could show it. */
const NOT_READ: ReadonlySet<string> = new Set(['not-collected', 'no-trail', 'outside-window']);

function isUnread(one: PrincipalExcess): boolean {
  return one.unused === 0 && unreadDetails(one).length > 0;
}

function unreadDetails({ services, unknownPolicies }: PrincipalExcess): string[] {
  const unread = services.flatMap(({ unknown }) => unknown.filter(({ reason }) => NOT_READ.has(reason)));
  return [...unread.map(({ detail }) => detail), ...unknownPolicies.map((name) => `What ${name} says is not known.`)];
}
