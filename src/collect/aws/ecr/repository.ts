import type { Collector, ItemOperation } from '../collector.js';
import { documentOf, each, get, NONE, pick, where } from '../json.js';

const of = (operation: string, rest: Omit<ItemOperation, 'call' | 'permission'>): ItemOperation => ({
  call: `ecr:${operation}`,
  permission: `ecr:${operation}`,
  input: { repositoryName: '{repositoryName}' },
  gone: ['RepositoryNotFoundException'],
  ...rest,
});

export const repository: Collector = {
  type: 'AWS::ECR::Repository',
  service: 'ecr',
  version: 1,
  scope: 'region',
  list: {
    call: 'ecr:DescribeRepositories',
    permission: 'ecr:DescribeRepositories',
    pages: { input: 'nextToken', output: 'nextToken', limit: ['maxResults', 1000] },
    items: 'repositories.*',
  },
  each: {
    policy: of('GetRepositoryPolicy', {
      answer: 'policyText',
      absent: { RepositoryPolicyNotFoundException: NONE },
      feeds: ['RepositoryPolicyText'],
    }),
    lifecycle: of('GetLifecyclePolicy', {
      answer: 'lifecyclePolicyText',
      absent: { LifecyclePolicyNotFoundException: NONE },
      feeds: ['LifecyclePolicy'],
    }),
    // The registry's rules scan as well, whatever the repository itself says.
    scanning: of('BatchGetRepositoryScanningConfiguration', {
      input: { repositoryNames: ['{repositoryName}'] },
      answer: 'scanningConfigurations',
      feeds: ['$scan_frequency'],
    }),
    tags: of('ListTagsForResource', { input: { resourceArn: '{repositoryArn}' }, answer: 'tags', feeds: ['Tags'] }),
  },
  tells: ['EncryptionConfiguration', 'ImageScanningConfiguration', 'ImageTagMutability', 'RepositoryName'],
  id: 'repositoryName',
  arn: '{repositoryArn}',
  unread: ['EmptyOnDelete', 'ImageTagMutabilityExclusionFilters'],
  sets: ['Tags'],
  project: (item, parts) => ({
    properties: {
      RepositoryName: get(item, 'repositoryName'),
      ImageTagMutability: get(item, 'imageTagMutability'),
      ImageScanningConfiguration: where(get(item, 'imageScanningConfiguration'), (scanning) => ({
        ScanOnPush: get(scanning, 'scanOnPush'),
      })),
      EncryptionConfiguration: where(get(item, 'encryptionConfiguration'), (encryption) => ({
        EncryptionType: get(encryption, 'encryptionType'),
        KmsKey: get(encryption, 'kmsKey'),
      })),
      LifecyclePolicy: where(parts['lifecycle'], (LifecyclePolicyText) => ({ LifecyclePolicyText })),
      RepositoryPolicyText: where(parts['policy'], documentOf),
      Tags: where(parts['tags'], (tags) => each(tags, '', (tag) => pick(tag, 'Key', 'Value'))),
    },
    live: {
      registry_id: get(item, 'registryId'),
      scan_frequency: where(parts['scanning'], (scanning) => get(scanning, '0.scanFrequency')),
    },
  }),
};
