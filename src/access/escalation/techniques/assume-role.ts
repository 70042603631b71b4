import { assumableRoles } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Assume a role. */
export const assumeRole: Technique = {
  id: 'E22',
  title: 'Assume a role',
  documentation: ['AWS Security Token Service API Reference, "AssumeRole"'],
  gain: 'become',
  needs: [{ action: 'sts:AssumeRole', on: 'role' }],
  prerequisite: assumableRoles,
};
