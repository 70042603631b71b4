import { passRole } from '../prerequisites.js';
import { federatedRoles } from '../providers.js';
import type { Technique } from '../technique.js';

/** Let identities of a pool have the role. */
export const setIdentityPoolRoles: Technique = {
  id: 'P43',
  title: 'Let identities of a pool have the role',
  documentation: [
    'Amazon Cognito Federated Identities API Reference, "SetIdentityPoolRoles"',
    'IAM User Guide, "Grant a user permissions to pass a role to an AWS service"',
  ],
  gain: 'become',
  needs: [passRole('cognito-identity.amazonaws.com'), { action: 'cognito-identity:SetIdentityPoolRoles', on: '*' }],
  prerequisite: federatedRoles,
};
