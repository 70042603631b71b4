import { allow, trustPeople } from './statements.js';
import type { Account, Call, Role, Statement, User } from './types.js';

/** What everybody looks at in the morning, so that nobody is without use. */
const WATCH = allow('Watch', ['cloudwatch:DescribeAlarms', 'cloudwatch:ListMetrics']);
const WATCHING: readonly Call[] = [
  { source: 'monitoring.amazonaws.com', name: 'DescribeAlarms', every: 3 },
  { source: 'monitoring.amazonaws.com', name: 'ListMetrics', every: 5 },
];

/** A user with a key that is used, who has what is given beside the morning's look. */
export function user(account: Account, name: string, own: readonly Statement[], rest: Partial<User> = {}): User {
  return {
    kind: 'user',
    account,
    name,
    keys: ['2026-11-20T08:00:00Z'],
    ...rest,
    inline: { watch: [WATCH], ...(own.length > 0 ? { own } : {}), ...rest.inline },
    calls: [...WATCHING, ...(rest.calls ?? [])],
  };
}

/** A role that people take on, which has what is given beside the morning's look. */
export function role(account: Account, name: string, own: readonly Statement[], rest: Partial<Role> = {}): Role {
  return {
    kind: 'role',
    account,
    name,
    trust: [trustPeople(account)],
    takenOnBy: `${name}-person@granary.example`,
    ...rest,
    inline: { watch: [WATCH], ...(own.length > 0 ? { own } : {}), ...rest.inline },
    calls: [...WATCHING, ...(rest.calls ?? [])],
  };
}
