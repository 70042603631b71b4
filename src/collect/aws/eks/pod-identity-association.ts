import type { Collector } from '../collector.js';
import { get, lift, tagsOf } from '../json.js';
import { of, ofClusters } from './operations.js';

/** The role that pods of a service account have. */
export const podIdentityAssociation: Collector = {
  type: 'AWS::EKS::PodIdentityAssociation',
  service: 'eks',
  version: 1,
  scope: 'region',
  list: ofClusters('ListPodIdentityAssociations', 'associations.*'),
  each: {
    describe: of('DescribePodIdentityAssociation', {
      input: { clusterName: '{clusterName}', associationId: '{associationId}' },
      answer: 'association',
      feeds: ['DisableSessionTags', 'Policy', 'RoleArn', 'Tags', 'TargetRoleArn', '$created_at'],
    }),
  },
  tells: ['ClusterName', 'Namespace', 'ServiceAccount'],
  id: 'associationId',
  arn: '{associationArn}',
  sets: ['Tags'],
  project: (item, parts) => ({
    properties: {
      ...lift(item, { ClusterName: 'clusterName', Namespace: 'namespace', ServiceAccount: 'serviceAccount' }),
      ...lift(parts['describe'], { DisableSessionTags: 'disableSessionTags', Policy: 'policy', RoleArn: 'roleArn' }),
      ...lift(parts['describe'], { TargetRoleArn: 'targetRoleArn' }),
      Tags: tagsOf(get(parts['describe'], 'tags')),
    },
    live: lift(parts['describe'], { created_at: 'createdAt' }),
  }),
};
