import type { PolicyInForce } from '../../src/access/request.js';
import { toPolicyDocument } from '../../src/graph/policy-document.js';
import { invariant } from '../../src/source/invariant.js';
import { toValue } from './to-value.js';

/** A policy in force of AWS's JSON; values of ours in it are kept. */
export function policy(json: unknown, name?: string): PolicyInForce {
  const document = toPolicyDocument(toValue(json));
  invariant(document !== undefined, 'not a policy document');
  return { document, name };
}

export interface WrittenStatement {
  readonly Effect?: 'Allow' | 'Deny';
  readonly [field: string]: unknown;
}

/** A policy of statements; an Allow where they say nothing. */
export function statements(...written: readonly WrittenStatement[]): PolicyInForce {
  return policy({ Version: '2012-10-17', Statement: written.map((one) => ({ Effect: 'Allow', ...one })) });
}
