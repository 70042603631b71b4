import { pushingUsers } from '../code-places.js';
import type { Technique } from '../technique.js';

/** Make a credential of another user, and push to a repository that is built. */
export const createServiceCredential: Technique = {
  id: 'E27',
  title: 'Make a credential of another user, and push to a repository that is built',
  documentation: [
    'AWS Identity and Access Management API Reference, "CreateServiceSpecificCredential"',
    'AWS CodeCommit User Guide, "Setup for HTTPS users using Git credentials"',
  ],
  gain: 'become',
  needs: [{ action: 'iam:CreateServiceSpecificCredential', on: 'principal' }],
  prerequisite: pushingUsers,
};
