import type { Collector } from '../collector.js';
import { all, documentOf, get, lift } from '../json.js';
import { authorizationDetails } from './authorization-details.js';

/** A policy of the account's own; those of AWS are not the account's to change. */
export const managedPolicy: Collector = {
  type: 'AWS::IAM::ManagedPolicy',
  service: 'iam',
  version: 1,
  scope: 'account',
  list: authorizationDetails('Policies.*'),
  tells: ['Description', 'ManagedPolicyName', 'Path', 'PolicyDocument'],
  id: 'Arn',
  arn: '{Arn}',
  // Who it is attached to stands with them.
  unread: ['Groups', 'Roles', 'Users'],
  project: (item) => ({
    properties: {
      ...lift(item, { Description: 'Description', ManagedPolicyName: 'PolicyName', Path: 'Path' }),
      PolicyDocument: documentOf(
        get(
          all(item, 'PolicyVersionList.*').find((version) => get(version, 'IsDefaultVersion') === true),
          'Document',
        ),
      ),
    },
    live: lift(item, { policy_id: 'PolicyId', attachment_count: 'AttachmentCount' }),
  }),
};
