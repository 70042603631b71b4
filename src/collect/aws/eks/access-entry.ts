import type { Collector } from '../collector.js';
import { asTheyAre, get, inCapitals, lift, tagsOf, where } from '../json.js';
import { of, ofClusters } from './operations.js';

/** Whom a cluster lets in. */
export const accessEntry: Collector = {
  type: 'AWS::EKS::AccessEntry',
  service: 'eks',
  version: 1,
  scope: 'region',
  // A cluster that reads its own map of users and no entries has none that count.
  list: ofClusters('ListAccessEntries', 'accessEntries.*', {
    notEnabled: [{ code: 'InvalidRequestException', says: /authentication mode/i }],
  }),
  each: {
    describe: of('DescribeAccessEntry', {
      input: { clusterName: '{@parent}', principalArn: '{@item}' },
      answer: 'accessEntry',
      feeds: ['KubernetesGroups', 'Tags', 'Type', 'Username', '$created_at'],
    }),
    policies: of('ListAssociatedAccessPolicies', {
      input: { clusterName: '{@parent}', principalArn: '{@item}' },
      pages: { input: 'nextToken', output: 'nextToken', limit: ['maxResults', 100] },
      items: 'associatedAccessPolicies.*',
      feeds: ['AccessPolicies'],
      isDeep: true,
    }),
  },
  tells: ['ClusterName', 'PrincipalArn'],
  id: '@item',
  arn: '{describe.accessEntryArn}',
  sets: ['AccessPolicies', 'KubernetesGroups', 'Tags'],
  project: (item, parts) => ({
    properties: {
      ...lift(item, { ClusterName: '@parent', PrincipalArn: '@item' }),
      ...lift(parts['describe'], { KubernetesGroups: 'kubernetesGroups', Type: 'type', Username: 'username' }),
      Tags: tagsOf(get(parts['describe'], 'tags')),
      AccessPolicies: where(parts['policies'], (policies) =>
        inCapitals(policies, { ...asTheyAre('policyArn'), accessScope: asTheyAre('namespaces', 'type') }),
      ),
    },
    live: lift(parts['describe'], { created_at: 'createdAt' }),
  }),
};
