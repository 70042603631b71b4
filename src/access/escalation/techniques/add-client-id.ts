import { providersForAnyAudience } from '../providers.js';
import type { Technique } from '../technique.js';

/** Let tokens for another audience in by a provider that a role trusts. */
export const addClientId: Technique = {
  id: 'E26',
  title: 'Let tokens for another audience in by a provider that a role trusts',
  documentation: [
    'AWS Identity and Access Management API Reference, "AddClientIDToOpenIDConnectProvider"',
    'IAM User Guide, "Create an OpenID Connect (OIDC) identity provider in IAM"',
  ],
  gain: 'become',
  needs: [{ action: 'iam:AddClientIDToOpenIDConnectProvider', on: 'provider' }],
  prerequisite: providersForAnyAudience,
};
