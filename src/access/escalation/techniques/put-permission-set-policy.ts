import { ownPermissionSets } from '../identity-center.js';
import type { Technique } from '../technique.js';

/** Write the inline policy of its own permission set. */
export const putPermissionSetPolicy: Technique = {
  id: 'X31',
  title: 'Write the inline policy of its own permission set',
  documentation: [
    'IAM Identity Center API Reference, "PutInlinePolicyToPermissionSet"',
    'IAM Identity Center API Reference, "ProvisionPermissionSet"',
  ],
  gain: 'grant-any',
  needs: [
    { action: 'sso:PutInlinePolicyToPermissionSet', on: 'instance' },
    { action: 'sso:PutInlinePolicyToPermissionSet', on: 'set' },
    { action: 'sso:ProvisionPermissionSet', on: 'instance' },
    { action: 'sso:ProvisionPermissionSet', on: 'set' },
    { action: 'sso:ProvisionPermissionSet', on: 'account' },
  ],
  prerequisite: ownPermissionSets,
};
