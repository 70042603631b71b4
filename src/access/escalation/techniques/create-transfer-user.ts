import { needOn, passRole, rolesTrusting } from '../prerequisites.js';
import type { Technique } from '../technique.js';
import { notSeen } from '../terrain.js';

/** Read and write files with the role. */
export const createTransferUser: Technique = {
  id: 'P42',
  title: 'Read and write files with the role',
  documentation: [
    'AWS Transfer Family API Reference, "CreateServer"',
    'AWS Transfer Family API Reference, "CreateUser"',
    'IAM User Guide, "Grant a user permissions to pass a role to an AWS service"',
  ],
  gain: 'act-as',
  needs: [
    passRole('transfer.amazonaws.com'),
    { action: 'transfer:CreateServer', on: '*' },
    needOn('server', 'transfer:CreateUser'),
  ],
  prerequisite: (terrain) =>
    rolesTrusting(terrain, 'transfer.amazonaws.com', [notSeen('files in S3 or EFS by which the role leads on')]),
};
