import { passRole, rolesTrustingWith } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Give a job the role and another script, and run it. */
export const passRoleToGlueJob: Technique = {
  id: 'P15',
  title: 'Give a job the role and another script, and run it',
  documentation: [
    'AWS Glue API Reference, "UpdateJob"',
    'AWS Glue API Reference, "StartJobRun"',
    'IAM User Guide, "Grant a user permissions to pass a role to an AWS service"',
  ],
  gain: 'become',
  needs: [
    passRole('glue.amazonaws.com'),
    { action: 'glue:UpdateJob', on: { chooses: 'some' } },
    { action: 'glue:StartJobRun', on: { chooses: 'some' } },
  ],
  prerequisite: (terrain) =>
    rolesTrustingWith(
      terrain,
      'glue.amazonaws.com',
      'aws_glue_job',
      'arn:{partition}:glue:{region}:{account}:job/{name}',
    ),
};
