import type { Cause } from '../../iam/index.js';
import { nameOf } from '../../iam/index.js';
import { decide } from '../decide.js';
import { evaluatePolicies } from '../evaluate-policies.js';
import type { PolicyInForce } from '../request.js';
import type { Call } from './calls.js';
import { type Subject, toIdentityRequest } from './subject.js';

/** What a replay of calls says. */
export interface Replay {
  /** Calls that identity policies certainly allow, before and after. */
  readonly granted: number;
  /** Calls that are allowed as before. */
  readonly allowed: number;
  /** Calls that depended on what is not known, and depend on the same. */
  readonly depending: number;
  /** Calls that today's policies do not allow, though they were made. */
  readonly deniedToday: readonly Call[];
  /** Calls that the new policies deny, or no longer certainly allow. */
  readonly lost: readonly Call[];
}

/**
 * Decides each call with all of the principal's policies, before and after: by everything that is in force, and, since a policy
 * of a resource that is not known would hide a loss, by identity policies alone.
 */
export function replay(subject: Subject, changed: readonly PolicyInForce[]): Replay {
  let granted = 0;
  let allowed = 0;
  let depending = 0;
  const deniedToday: Call[] = [];
  const lost: Call[] = [];
  for (const call of subject.calls) {
    const [before, after] = [subject.policies, changed].map((policies) => {
      const asked = subject.requestOf(call, policies);
      const identity = evaluatePolicies('identity', policies, toIdentityRequest(asked), []);
      return { decision: decide(asked), identity };
    });
    if (before === undefined || after === undefined) continue;
    const wasOpen = before.identity.allows !== true && before.identity.allows !== false;
    const isSame =
      after.identity.allows === true ||
      before.identity.allows === false ||
      (wasOpen && after.identity.allows !== false && isNoMore(after.identity.allows.causes, before.identity.allows));
    if (!call.isPerhaps && before.identity.allows === true && after.identity.allows === true) granted++;
    const { outcome } = before.decision;
    if (outcome === 'allowed' || outcome === 'depends') {
      const isStillAllowed =
        after.decision.outcome === 'allowed' ||
        (outcome === 'depends' &&
          after.decision.outcome === 'depends' &&
          isNoMore(after.decision.causes, { causes: before.decision.causes }));
      if (!isSame || !isStillAllowed) lost.push(call);
      else if (call.isPerhaps) continue;
      else if (outcome === 'allowed') allowed++;
      else depending++;
    } else if (!isSame) lost.push(call);
    else if (!call.isPerhaps) deniedToday.push(call);
  }
  return { granted, allowed, depending, deniedToday, lost };
}

/** Whether an answer depends on nothing that another one does not depend on. */
function isNoMore(causes: readonly Cause[], other: boolean | { readonly causes: readonly Cause[] }): boolean {
  if (typeof other === 'boolean') return false;
  const known = new Set(other.causes.map(nameOf));
  return causes.every((cause) => known.has(nameOf(cause)));
}
