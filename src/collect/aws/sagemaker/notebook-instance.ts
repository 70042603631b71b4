import type { Collector } from '../collector.js';
import { each, get, lift, pick, where } from '../json.js';
import { of, PAGES } from './operations.js';

/** A notebook with the role of whoever works in it. */
export const notebookInstance: Collector = {
  type: 'AWS::SageMaker::NotebookInstance',
  service: 'sagemaker',
  version: 1,
  scope: 'region',
  list: {
    call: 'sagemaker:ListNotebookInstances',
    permission: 'sagemaker:ListNotebookInstances',
    pages: PAGES,
    items: 'NotebookInstances.*',
  },
  each: {
    describe: of('DescribeNotebookInstance', {
      input: { NotebookInstanceName: '{NotebookInstanceName}' },
      proof: ['NotebookInstanceArn'],
      feeds: [
        ...['AcceleratorTypes', 'DirectInternetAccess', 'InstanceMetadataServiceConfiguration', 'KmsKeyId'],
        ...['PlatformIdentifier', 'RoleArn', 'RootAccess', 'SecurityGroupIds', 'SubnetId', 'VolumeSizeInGB'],
      ],
    }),
    tags: of('ListTags', {
      input: { ResourceArn: '{NotebookInstanceArn}' },
      pages: PAGES,
      items: 'Tags.*',
      proof: ['Tags'],
      feeds: ['Tags'],
    }),
  },
  tells: [
    ...['AdditionalCodeRepositories', 'DefaultCodeRepository', 'InstanceType', 'LifecycleConfigName'],
    'NotebookInstanceName',
  ],
  id: 'NotebookInstanceName',
  arn: '{NotebookInstanceArn}',
  sets: ['SecurityGroupIds', 'Tags'],
  project: (item, parts) => ({
    properties: {
      ...pick(item, 'AdditionalCodeRepositories', 'DefaultCodeRepository', 'InstanceType', 'NotebookInstanceName'),
      LifecycleConfigName: get(item, 'NotebookInstanceLifecycleConfigName'),
      ...pick(parts['describe'], 'AcceleratorTypes', 'DirectInternetAccess', 'KmsKeyId', 'PlatformIdentifier'),
      ...pick(parts['describe'], 'RoleArn', 'RootAccess', 'SubnetId', 'VolumeSizeInGB'),
      InstanceMetadataServiceConfiguration: where(
        get(parts['describe'], 'InstanceMetadataServiceConfiguration'),
        (service) => pick(service, 'MinimumInstanceMetadataServiceVersion'),
      ),
      SecurityGroupIds: get(parts['describe'], 'SecurityGroups'),
      Tags: where(parts['tags'], (tags) => each(tags, '', (tag) => pick(tag, 'Key', 'Value'))),
    },
    live: lift(item, { creation_time: 'CreationTime', status: 'NotebookInstanceStatus' }),
  }),
};
