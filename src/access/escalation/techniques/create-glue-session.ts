import { needOn, passRole, rolesTrusting } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Make an interactive session with the role, and run statements. */
export const createGlueSession: Technique = {
  id: 'P16',
  title: 'Make an interactive session with the role, and run statements',
  documentation: [
    'AWS Glue API Reference, "CreateSession"',
    'AWS Glue API Reference, "RunStatement"',
    'IAM User Guide, "Grant a user permissions to pass a role to an AWS service"',
  ],
  gain: 'become',
  needs: [
    passRole('glue.amazonaws.com'),
    needOn('session', 'glue:CreateSession'),
    needOn('session', 'glue:RunStatement'),
  ],
  prerequisite: (terrain) => rolesTrusting(terrain, 'glue.amazonaws.com'),
};
