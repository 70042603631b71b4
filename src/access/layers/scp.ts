import { type Answer, all, any, type Request } from '../../iam/index.js';
import { type DecidingStatement, evaluatePolicies, type PolicyAnswer } from '../evaluate-policies.js';
import type { AccessRequest } from '../request.js';

/**
 * Service control policies: at each level one must allow, and none deny. AWS Organizations User Guide, "SCP evaluation"
 * and "Service control policies (SCPs)": they bind users, roles and roots of member accounts; not the management account,
 * not service-linked roles, not services. What was not seen of them may allow what those that were seen do not.
 */
export function evaluateScps(asked: AccessRequest, request: Request, statements: DecidingStatement[]): PolicyAnswer {
  const { caller } = asked;
  const isBound =
    'account' in caller &&
    !asked.isCallerInManagementAccount &&
    !(caller.kind === 'role-session' && caller.isServiceLinked);
  if (!isBound) return { allows: true, denies: false };
  const levels = asked.policies.scp.map((level) => evaluatePolicies('scp', level, request, statements));
  const allows: Answer = asked.unseenScps === undefined ? all(levels.map((level) => level.allows)) : true;
  return { allows, denies: any(levels.map((level) => level.denies)) };
}
