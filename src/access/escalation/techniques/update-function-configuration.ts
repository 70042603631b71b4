import { functions } from '../compute.js';
import type { Technique } from '../technique.js';

/** Have a function load other code. */
export const updateFunctionConfiguration: Technique = {
  id: 'X02',
  title: 'Have a function load other code',
  documentation: ['AWS Lambda API Reference, "UpdateFunctionConfiguration"', 'AWS Lambda API Reference, "Invoke"'],
  gain: 'become',
  needs: [{ action: 'lambda:UpdateFunctionConfiguration', on: 'carrier' }],
  prerequisite: functions,
};
