import { type Answer, any, type Request } from '../../iam/index.js';
import { type DecidingStatement, evaluateNaming } from '../evaluate-policies.js';
import type { AccessRequest } from '../request.js';

/**
 * Resource control policies. AWS Organizations User Guide, "Resource control policies (RCPs)": `RCPFullAWSAccess` allows
 * at every level and cannot be removed, so that only a Deny matters; they bind services too, but neither service-linked
 * roles nor resources of the management account, and only some services.
 */
export function evaluateRcps(asked: AccessRequest, request: Request, statements: DecidingStatement[]): Answer {
  const { caller } = asked;
  const isServiceLinked = caller.kind === 'role-session' && caller.isServiceLinked;
  if (isServiceLinked || asked.isResourceInManagementAccount || !asked.isBoundByRcps) return false;
  const levels = [...asked.policies.rcp, ...(asked.policies.writtenRcps ?? []).map(({ policies }) => policies)];
  return any(levels.map((level) => evaluateNaming('rcp', level, request, statements).denies));
}
