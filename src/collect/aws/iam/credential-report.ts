import type { SnapshotGap, SnapshotJson } from '../../../model/snapshot.js';
import { type ListOperation, type Loose, notTold } from '../collector.js';
import { NONE, textAt, timeAt } from '../json.js';

/** A row for each user and one for the root user. It is made at most every four hours: what was made before is given again. */
export const credentialReport: ListOperation = {
  call: 'iam:GetCredentialReport',
  permission: 'iam:GetCredentialReport',
  items: 'Content',
  table: { madeAt: 'GeneratedTime' },
  job: {
    start: { call: 'iam:GenerateCredentialReport', permission: 'iam:GenerateCredentialReport' },
    isPending: { code: 'ReportInProgress' },
    everyMs: 2000,
    atMostMs: 120_000,
  },
};

/** The row that is no user's. */
export const ROOT = '<root_account>';

/** When IAM began to note when passwords and keys are used: of what is older it does not say that it never was. */
const TRACKED_SINCE = { password: '2014-10-20T00:00:00Z', key: '2015-04-22T00:00:00Z' } as const;

export function truthOf(row: SnapshotJson, column: string): boolean | undefined {
  const text = textAt(row, column).toLowerCase();
  return text === 'true' ? true : text === 'false' ? false : undefined;
}

/** When something was used last: "none" where it never was since it is there, undefined where IAM does not know. */
function lastUse(used: string | undefined, setAt: string | undefined, trackedSince: string): Loose {
  if (used !== undefined) return used;
  return setAt !== undefined && setAt >= trackedSince ? NONE : undefined;
}

/** When the password was used last. */
export function passwordUse(row: SnapshotJson): Loose {
  if (textAt(row, 'password_last_used') === 'N/A') return NONE;
  const setAt = timeAt(row, 'password_last_changed') ?? timeAt(row, 'user_creation_time');
  return lastUse(timeAt(row, 'password_last_used'), setAt, TRACKED_SINCE.password);
}

/** The keys that there are: one that is not active is there if it is known when it was made. */
export function accessKeys(row: SnapshotJson): readonly { readonly [name: string]: Loose }[] {
  return ['access_key_1', 'access_key_2'].flatMap((key) => {
    const active = truthOf(row, `${key}_active`);
    const madeAt = timeAt(row, `${key}_last_rotated`);
    if (active !== true && madeAt === undefined) return [];
    const last_used = lastUse(timeAt(row, `${key}_last_used_date`), madeAt, TRACKED_SINCE.key);
    return [{ active, last_rotated: madeAt, last_used }];
  });
}

/** IAM does not know it. */
export function notTracked(path: string): SnapshotGap {
  return notTold(path, credentialReport.call);
}
