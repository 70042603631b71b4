import type { Value } from '../model/value.js';
import { everyCondition, GLOB, matchesAll, restrictsTo, sparesOnly } from './condition.js';
import { fieldOf, hasEffect, isEmptyList, namesEveryone, someElement } from './statement.js';
import { and, not, type Ternary } from './verdict.js';

/**
 * Condition keys that make a statement for everyone not public when they are held to fixed values. From Amazon S3 User
 * Guide, "Blocking public access: the meaning of public", with the keys by which other services' own policies narrow
 * (`kms:CallerAccount`, EFS mount targets).
 */
const NARROWING_KEYS: ReadonlySet<string> = new Set([
  'aws:principalarn',
  'aws:principalaccount',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:principalservicename',
  'aws:principalservicenameslist',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceip',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:sourceowner',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:vpcsourceip',
  'aws:userid',
  'elasticfilesystem:accessedviamounttarget',
  'kms:calleraccount',
  's3:dataaccesspointaccount',
  's3:dataaccesspointarn',
  's3:x-amz-server-side-encryption-aws-kms-key-id',
]);

/** Those of them whose values are ARNs: everybody has one, and only the account in it is somebody's own. */
const ARN_KEYS: ReadonlySet<string> = new Set([
  'aws:principalarn',
  'aws:sourcearn',
  's3:dataaccesspointarn',
  's3:x-amz-server-side-encryption-aws-kms-key-id',
]);

/** Whether the statement allows everyone, and no condition narrows it. */
export function allowsEveryone(statement: Value): Ternary {
  return and(
    hasEffect(statement, 'Allow'),
    namesEveryone(statement),
    not(
      someElement(fieldOf(statement, 'condition'), (condition) =>
        restrictsTo(condition, NARROWING_KEYS, letsEveryoneThrough),
      ),
    ),
  );
}

/** Whether the statement denies whoever is not of some organisation, network, account: everyone, but for fixed values. */
export function deniesOutsiders(statement: Value): Ternary {
  const excluded = fieldOf(statement, 'not_principals');
  const isForAll = excluded !== undefined && !isEmptyList(excluded) ? false : namesEveryone(statement);
  return and(
    hasEffect(statement, 'Deny'),
    isForAll,
    everyCondition(statement, (condition) => sparesOnly(condition, NARROWING_KEYS, letsEveryoneThrough)),
  );
}

/** Whether somebody outside is let through by a condition value, although it may not match everything. */
function letsEveryoneThrough(operator: string, value: Value, key: string): Ternary {
  const all = matchesAll(operator, value);
  if (all !== false) return all;
  const text = markedText(value);
  if (text === undefined) return false;
  if (operator === 'ipaddress') return isBroadRange(text);
  if (!GLOB.has(operator)) return false;
  return ARN_KEYS.has(key) ? isOfEveryAccount(text) : /^(o|vpce?)-\*+$/.test(text);
}

/** Stands for an unknown part of a text, which is taken for fixed. */
const UNKNOWN_PART = '\u0000';

function markedText(value: Value): string | undefined {
  if (value.kind === 'string') return value.value.trim();
  if (value.kind !== 'unknown') return undefined;
  return value.parts?.map((part) => (typeof part === 'string' ? part : UNKNOWN_PART)).join('');
}

/** Ranges wider than /8, of IPv6 wider than /32, are public: Amazon S3 User Guide, "the meaning of public". */
function isBroadRange(text: string): boolean {
  const [address = '', bits] = text.split('/');
  if (bits === undefined || !/^\d+$/.test(bits)) return false;
  const isLocal = /^f[cd]/i.test(address);
  return Number(bits) < (address.includes(':') ? (isLocal ? 7 : 32) : 8);
}

/** Of a pattern of ARNs: whether some of every account match. Names of buckets are fixed without their account. */
function isOfEveryAccount(pattern: string): boolean {
  if (!pattern.startsWith('arn:')) return pattern.startsWith('*') && !/\d{12}|\0/.test(pattern);
  const [, , service, , account, ...name] = pattern.split(':');
  const isFixed = account !== undefined && !/^[*?]*$/.test(account);
  if (isFixed) return false;
  return account === '' || service === 's3' ? /^\**$/.test(name.join(':')) : true;
}
