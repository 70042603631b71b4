import { UsageError } from '../project.js';
import type { Arguments, Flags } from './arguments.js';

/** What is read by questions of access. */
export const ACCESS_INPUT_FLAGS: Flags = {
  in: { kind: 'values', argument: 'PATH', description: 'What is read: code, a plan, a snapshot; repeatable' },
};

/** Where it is read from what principals did. */
export const USAGE_FLAGS: Flags = {
  logs: {
    kind: 'values',
    argument: 'DIR',
    description: 'Log files of CloudTrail, as S3 has them; repeatable',
  },
  usage: { kind: 'values', argument: 'FILE', description: 'What "access usage --out" wrote; repeatable' },
};

/** What counts as unused. */
export const UNUSED_FLAGS: Flags = {
  'unused-days': {
    kind: 'value',
    argument: 'N',
    description: 'What was not used for N days is unused; of fewer that logs show it is not known',
  },
};

/** A number of days; undefined: none is given. */
export function toUnusedDays(text: string | undefined, hasUsage: boolean): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new UsageError(`"--unused-days ${text}" is not a number of days.`);
  if (!hasUsage) throw new UsageError('"--unused-days" says what is unused: give --logs or --usage.');
  return Number(text);
}

/** What a question says of the request. */
export const REQUEST_FLAGS: Flags = {
  context: { kind: 'values', argument: 'KEY=VALUE', description: 'A condition key of the request; repeatable' },
  absent: {
    kind: 'values',
    argument: 'KEY',
    description: 'A condition key that the request does not have; repeatable',
  },
  account: { kind: 'value', argument: 'ID', description: 'The account of resources whose account is not known' },
};

/** Keys in lower case; a key that is given twice has several values. */
export function toContext(args: Arguments): ReadonlyMap<string, readonly string[]> {
  const context = new Map<string, readonly string[]>();
  for (const text of args.list('context')) {
    const equals = text.indexOf('=');
    if (equals < 1) throw new UsageError(`"--context ${text}" is not of the form KEY=VALUE.`);
    const key = text.slice(0, equals).toLowerCase();
    context.set(key, [...(context.get(key) ?? []), text.slice(equals + 1)]);
  }
  for (const key of args.list('absent')) context.set(key.toLowerCase(), []);
  return context;
}

/** The number of an account. */
export function toAccount(text: string | undefined): string | undefined {
  if (text !== undefined && !/^\d{12}$/.test(text))
    throw new UsageError(`"--account ${text}" is not a number of 12 digits.`);
  return text;
}
