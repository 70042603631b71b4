import { userProfiles } from '../compute.js';
import type { Technique } from '../technique.js';

/** Open a domain as one of its users. */
export const openDomain: Technique = {
  id: 'X18',
  title: 'Open a domain as one of its users',
  documentation: ['Amazon SageMaker AI API Reference, "CreatePresignedDomainUrl"'],
  gain: 'become',
  needs: [{ action: 'sagemaker:CreatePresignedDomainUrl', on: 'carrier' }],
  prerequisite: userProfiles,
};
