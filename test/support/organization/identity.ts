import { createHash } from 'node:crypto';
import { roleArn, userArn } from './statements.js';
import type { Principal, User } from './types.js';

/** Letters and digits that stand for something, always the same for the same. */
export function markOf(what: string, length: number): string {
  const digest = createHash('sha256').update(what).digest('hex').toUpperCase();
  return digest.slice(0, length);
}

export function arnOf({ kind, account, name, path }: Principal): string {
  return kind === 'role' ? roleArn(account, name, path) : userArn(account, name, path);
}

/** `AROA…`, `AIDA…`; another one for a principal of the same name that was deleted. */
export function uniqueIdOf(principal: Principal, isFormer = false): string {
  const mark = markOf(`${arnOf(principal)}${isFormer ? ' before' : ''}`, 17);
  return `${principal.kind === 'role' ? 'AROA' : 'AIDA'}${mark}`;
}

export function accessKeyOf(user: User): string {
  return `AKIA${markOf(arnOf(user), 16)}`;
}

export const CREATED_AT = '2025-03-04T05:06:07Z';

/** UTC, to the second. */
export function toTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}
