import { appRunnerServices } from '../compute.js';
import type { Technique } from '../technique.js';

/** Change what a service runs. */
export const updateAppRunnerService: Technique = {
  id: 'X21',
  title: 'Change what a service runs',
  documentation: ['AWS App Runner API Reference, "UpdateService"'],
  gain: 'become',
  needs: [{ action: 'apprunner:UpdateService', on: 'carrier' }],
  prerequisite: appRunnerServices,
};
