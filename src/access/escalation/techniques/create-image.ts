import { needOn, passRole, rolesInProfiles } from '../prerequisites.js';
import type { Technique } from '../technique.js';
import { notSeen } from '../terrain.js';

/** Build an image on an instance with the role. */
export const createImage: Technique = {
  id: 'P38',
  title: 'Build an image on an instance with the role',
  documentation: [
    'EC2 Image Builder API Reference, "CreateInfrastructureConfiguration"',
    'EC2 Image Builder API Reference, "CreateImage"',
    'IAM User Guide, "Grant a user permissions to pass a role to an AWS service"',
  ],
  gain: 'become',
  needs: [
    passRole('ec2.amazonaws.com'),
    needOn('infrastructureConfiguration', 'imagebuilder:CreateInfrastructureConfiguration'),
    needOn('image', 'imagebuilder:CreateImage'),
  ],
  prerequisite: (terrain) => rolesInProfiles(terrain, [notSeen('a recipe with components of the caller')]),
};
