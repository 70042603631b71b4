import { functions } from '../compute.js';
import type { Technique } from '../technique.js';

/** Change the code of a function. */
export const updateFunctionCode: Technique = {
  id: 'X01',
  title: 'Change the code of a function',
  documentation: ['AWS Lambda API Reference, "UpdateFunctionCode"', 'AWS Lambda API Reference, "Invoke"'],
  gain: 'become',
  needs: [{ action: 'lambda:UpdateFunctionCode', on: 'carrier' }],
  prerequisite: functions,
};
