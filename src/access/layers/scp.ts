import { type Answer, all, any, either, open, type Request } from '../../iam/index.js';
import { type DecidingStatement, evaluatePolicies, type PolicyAnswer } from '../evaluate-policies.js';
import type { AccessRequest, WrittenGate } from '../request.js';

/**
 * Service control policies: at each level one must allow, and none deny. AWS Organizations User Guide, "SCP evaluation"
 * and "Service control policies (SCPs)": they bind users, roles and roots of member accounts; not the management account,
 * not service-linked roles, not services. What was not seen of them may allow what those that were seen do not. Of code what is
 * attached beside is not known: where none allows it, whether something else does decides.
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
  const written = (asked.policies.writtenScps ?? []).map((gate) => evaluateWritten(gate, request, statements));
  return {
    allows: all([allows, ...written.map((gate) => gate.allows)]),
    denies: any([...levels, ...written].map((level) => level.denies)),
  };
}

function evaluateWritten(
  { policies, others }: WrittenGate,
  request: Request,
  found: DecidingStatement[],
): PolicyAnswer {
  const { denies } = evaluatePolicies('scp', policies, request, found);
  if (others === undefined) return { allows: true, denies };
  // One that perhaps does not bind lets through what it allows if it does.
  const bound = policies.map((policy) => ({ ...policy, perhaps: undefined }));
  const { allows } = evaluatePolicies('scp', bound, request, []);
  const doubts = policies.flatMap(({ perhaps }) => perhaps ?? []);
  return { allows: allows === true ? true : either(allows, open(others, ...doubts)), denies };
}
