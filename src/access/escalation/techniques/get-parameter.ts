import { keysInParameters } from '../credentials.js';
import type { Technique } from '../technique.js';

/** Read an access key out of a parameter. */
export const getParameter: Technique = {
  id: 'X36-parameter',
  title: 'Read an access key out of a parameter',
  documentation: ['AWS Systems Manager API Reference, "GetParameter"'],
  gain: 'become',
  needs: [{ action: 'ssm:GetParameter', on: 'store' }],
  prerequisite: keysInParameters,
};
