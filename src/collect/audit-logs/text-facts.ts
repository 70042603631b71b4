import { OUTCOMES, outcomeOfError } from './event-outcome.js';
import { HAS_GLOBAL_NAMES, IS_ASSUMING, IS_ISSUING, IS_ROLE, KIND_SHIFT, REQUEST_SHIFT } from './layout.js';
import { kindOfType, PRINCIPAL_KINDS } from './principal-kinds.js';
import { REQUEST_SOURCES } from './request-resource.js';

const ROLE = /^arn:[\w-]+:iam::\d{12}:(?:role|instance-profile)\//;
/** In these a role is taken on, and handed to nobody. */
const ASSUMING = new Set(['sts.amazonaws.com', 'signin.amazonaws.com', 'sso.amazonaws.com']);
/** Calls that give credentials. */
const ISSUING = /^(?:AssumeRole(?:With\w+)?|GetFederationToken|GetSessionToken)$/;

/** Services whose requests name a resource with its account, or in a way that needs none. */
const GLOBAL_NAMES: ReadonlySet<string> = new Set([
  's3.amazonaws.com',
  'sts.amazonaws.com',
  'sqs.amazonaws.com',
  'sns.amazonaws.com',
  'states.amazonaws.com',
]);

/** What follows from a text of an event, as bits: as an error's code, a source, a name, an ARN, a type of identity. */
export function factsOfText(text: string): number {
  return (
    OUTCOMES.indexOf(outcomeOfError(text)) |
    (ASSUMING.has(text) ? IS_ASSUMING : 0) |
    (ISSUING.test(text) ? IS_ISSUING : 0) |
    (ROLE.test(text) ? IS_ROLE : 0) |
    (GLOBAL_NAMES.has(text) ? HAS_GLOBAL_NAMES : 0) |
    (PRINCIPAL_KINDS.indexOf(kindOfType(text)) << KIND_SHIFT) |
    ((REQUEST_SOURCES.findIndex(({ source }) => source === text) + 1) << REQUEST_SHIFT)
  );
}
