import { ownPermissionSets } from '../identity-center.js';
import type { Technique } from '../technique.js';

/** Attach a policy to its own permission set. */
export const attachToPermissionSet: Technique = {
  id: 'X30',
  title: 'Attach a policy to its own permission set',
  documentation: [
    'IAM Identity Center API Reference, "AttachManagedPolicyToPermissionSet"',
    'IAM Identity Center API Reference, "ProvisionPermissionSet"',
  ],
  gain: 'grant-any',
  needs: [
    { action: 'sso:AttachManagedPolicyToPermissionSet', on: 'instance' },
    { action: 'sso:AttachManagedPolicyToPermissionSet', on: 'set' },
    { action: 'sso:ProvisionPermissionSet', on: 'instance' },
    { action: 'sso:ProvisionPermissionSet', on: 'set' },
    { action: 'sso:ProvisionPermissionSet', on: 'account' },
  ],
  prerequisite: ownPermissionSets,
};
