import { any, type Request } from '../../iam/index.js';
import { type DecidingStatement, evaluateNaming, type PolicyAnswer } from '../evaluate-policies.js';
import type { AccessRequest } from '../request.js';

/**
 * The policy of the VPC endpoint that the call goes through: it grants nothing, but has to allow. Amazon VPC User Guide,
 * "Control access to VPC endpoints using endpoint policies".
 */
export function evaluateEndpoint(
  asked: AccessRequest,
  request: Request,
  statements: DecidingStatement[],
): PolicyAnswer {
  const { endpoint } = asked.policies;
  if (endpoint === undefined) return { allows: true, denies: false };
  const { allows, denies } = evaluateNaming('endpoint', [endpoint], request, statements);
  return { allows: any([allows.direct, allows.role, allows.account]), denies };
}
