import type { Request } from '../../iam/index.js';
import { type DecidingStatement, evaluatePolicies, type PolicyAnswer } from '../evaluate-policies.js';
import type { AccessRequest } from '../request.js';

const NO_LIMIT: PolicyAnswer = { allows: true, denies: false };

/** The permissions boundary of a user or role: it limits and grants nothing. IAM User Guide, "Permissions boundaries". */
export function evaluateBoundary(
  asked: AccessRequest,
  request: Request,
  statements: DecidingStatement[],
): PolicyAnswer {
  const { boundary } = asked.policies;
  return boundary === undefined ? NO_LIMIT : evaluatePolicies('boundary', [boundary], request, statements);
}

/**
 * Session policies, a union among themselves. Without any a role's session has no limit, and a federated user nothing but
 * what resources give it. IAM User Guide, "Session policies"; AWS STS API Reference, "GetFederationToken".
 */
export function evaluateSession(asked: AccessRequest, request: Request, statements: DecidingStatement[]): PolicyAnswer {
  const { session } = asked.policies;
  if (session !== undefined) return evaluatePolicies('session', session, request, statements);
  return asked.caller.kind === 'federated-user' ? { allows: false, denies: false } : NO_LIMIT;
}
