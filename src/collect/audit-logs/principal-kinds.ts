import type { EventPrincipal } from '../../model/usage.js';

type Kind = EventPrincipal['kind'];

/** By their numbers in counted events. */
export const PRINCIPAL_KINDS: readonly Kind[] = [
  'user',
  'role',
  'root',
  'federated-user',
  'saml',
  'web-identity',
  'account',
  'service',
  'identity-center-user',
  'unknown',
];

const KIND_OF_TYPE = new Map<string, Kind>([
  ['Root', 'root'],
  ['IAMUser', 'user'],
  ['AssumedRole', 'role'],
  ['Role', 'role'],
  ['FederatedUser', 'federated-user'],
  ['SAMLUser', 'saml'],
  ['WebIdentityUser', 'web-identity'],
  ['AWSAccount', 'account'],
  ['AWSService', 'service'],
  ['IdentityCenterUser', 'identity-center-user'],
]);

/** Of a `type` of a user identity. */
export function kindOfType(type: string): Kind {
  return KIND_OF_TYPE.get(type) ?? 'unknown';
}
