import { pushingUsers } from '../code-places.js';
import type { Technique } from '../technique.js';

/** Make a credential of another user, and push to a repository that is built. */
export const createServiceCredential: Technique = {
  id: 'E27',
  title: 'Make a credential of another user, and push to a repository that is built',
  documentation: [
    'AWS Identity and Access Management API Reference, "CreateServiceSpecificCredential"',
    'IAM User Guide, "IAM credentials for CodeCommit: Git credentials, SSH keys, and AWS access keys"',
  ],
  gain: 'become',
  needs: [{ action: 'iam:CreateServiceSpecificCredential', on: 'principal' }],
  prerequisite: pushingUsers,
};
