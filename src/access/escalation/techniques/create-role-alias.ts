import { needOn, passRole, rolesTrusting } from '../prerequisites.js';
import type { Technique } from '../technique.js';
import { notSeen } from '../terrain.js';

/** Let devices have the role. */
export const createRoleAlias: Technique = {
  id: 'P41',
  title: 'Let devices have the role',
  documentation: [
    'AWS IoT API Reference, "CreateRoleAlias"',
    'AWS IoT Core Developer Guide, "Authorizing direct calls to AWS services using AWS IoT Core credential provider"',
    'IAM User Guide, "Grant a user permissions to pass a role to an AWS service"',
  ],
  gain: 'become',
  needs: [passRole('credentials.iot.amazonaws.com'), needOn('rolealias', 'iot:CreateRoleAlias')],
  prerequisite: (terrain) =>
    rolesTrusting(terrain, 'credentials.iot.amazonaws.com', [notSeen('a certificate that the caller has')]),
};
