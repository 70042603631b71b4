import type { EventOutcome } from '../../model/usage.js';

/** By their numbers in counted events. */
export const OUTCOMES: readonly EventOutcome[] = ['succeeded', 'denied', 'failed', 'dry-run'];

/** Codes of errors by which services say that a permission is missing. */
const DENIED =
  /AccessDenied|UnauthorizedOperation|NotAuthorized|AuthorizationError|^(?:Client\.)?Unauthorized|^Forbidden/;
const DRY_RUN = /^(?:Client\.)?DryRunOperation(?:Exception)?$/;

/** How a call that has an error's code ended. */
export function outcomeOfError(code: string): EventOutcome {
  if (DRY_RUN.test(code)) return 'dry-run';
  return DENIED.test(code) ? 'denied' : 'failed';
}
