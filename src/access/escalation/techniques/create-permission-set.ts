import { identityCenter } from '../identity-center.js';
import type { Technique } from '../technique.js';

/** Make a permission set of administrators, and assign it. */
export const createPermissionSet: Technique = {
  id: 'X29',
  title: 'Make a permission set of administrators, and assign it',
  documentation: [
    'IAM Identity Center API Reference, "CreatePermissionSet"',
    'IAM Identity Center API Reference, "AttachManagedPolicyToPermissionSet"',
    'IAM Identity Center API Reference, "CreateAccountAssignment"',
  ],
  gain: 'grant-any',
  needs: [
    { action: 'sso:CreatePermissionSet', on: 'instance' },
    { action: 'sso:CreatePermissionSet', on: 'set' },
    { action: 'sso:AttachManagedPolicyToPermissionSet', on: 'instance' },
    { action: 'sso:AttachManagedPolicyToPermissionSet', on: 'set' },
    { action: 'sso:CreateAccountAssignment', on: 'instance' },
    { action: 'sso:CreateAccountAssignment', on: 'set' },
    { action: 'sso:CreateAccountAssignment', on: 'account' },
  ],
  prerequisite: identityCenter,
};
