import { trustedSamlProviders } from '../providers.js';
import type { Technique } from '../technique.js';

/** Change the identity provider that a role trusts. */
export const updateSamlProvider: Technique = {
  id: 'E25',
  title: 'Change the identity provider that a role trusts',
  documentation: ['AWS Identity and Access Management API Reference, "UpdateSAMLProvider"'],
  gain: 'become',
  needs: [{ action: 'iam:UpdateSAMLProvider', on: 'provider' }],
  prerequisite: trustedSamlProviders,
};
