import { missingProviders } from '../providers.js';
import type { Technique } from '../technique.js';

/** Make the identity provider that a role trusts, and that is not there. */
export const createOpenidConnectProvider: Technique = {
  id: 'E24',
  title: 'Make the identity provider that a role trusts, and that is not there',
  documentation: ['AWS Identity and Access Management API Reference, "CreateOpenIDConnectProvider"'],
  gain: 'become',
  needs: [{ action: 'iam:CreateOpenIDConnectProvider', on: 'provider' }],
  prerequisite: missingProviders,
};
