import type { SnapshotGap, SnapshotJson } from '../../../model/snapshot.js';
import { type Collector, type Loose, notTold } from '../collector.js';
import { get, lift, NONE, pick, where } from '../json.js';
import { of, PAGES } from './operations.js';

/** A domain, with the role of its users that have none of their own. */
export const sagemakerDomain: Collector = {
  type: 'AWS::SageMaker::Domain',
  service: 'sagemaker',
  version: 1,
  scope: 'region',
  list: {
    call: 'sagemaker:ListDomains',
    permission: 'sagemaker:ListDomains',
    pages: PAGES,
    items: 'Domains.*',
  },
  each: {
    describe: of('DescribeDomain', {
      input: { DomainId: '{DomainId}' },
      proof: ['DomainArn'],
      gone: ['ResourceNotFound'],
      feeds: [
        ...['AppNetworkAccessType', 'AppSecurityGroupManagement', 'AuthMode', 'DefaultUserSettings', 'KmsKeyId'],
        ...['SubnetIds', 'TagPropagation', 'VpcId'],
      ],
    }),
  },
  tells: ['DomainName'],
  id: 'DomainId',
  arn: '{DomainArn}',
  unread: ['DefaultSpaceSettings', 'DomainSettings', 'HomeEfsFileSystemCreation', 'Tags'],
  sets: ['SubnetIds'],
  project: (item, parts) => ({
    properties: {
      ...pick(item, 'DomainName'),
      ...pick(parts['describe'], 'AppNetworkAccessType', 'AppSecurityGroupManagement', 'AuthMode', 'KmsKeyId'),
      ...pick(parts['describe'], 'SubnetIds', 'TagPropagation', 'VpcId'),
      DefaultUserSettings: where(get(parts['describe'], 'DefaultUserSettings'), settingsOf),
    },
    live: lift(item, { creation_time: 'CreationTime', id: 'DomainId', status: 'Status' }),
    gaps: otherSettings(parts['describe'], 'DefaultUserSettings', 'sagemaker:DescribeDomain'),
  }),
};

/** Who opens a domain as this one acts with its role; without one with that of the domain. */
export const sagemakerUserProfile: Collector = {
  type: 'AWS::SageMaker::UserProfile',
  service: 'sagemaker',
  version: 1,
  scope: 'region',
  list: {
    call: 'sagemaker:ListUserProfiles',
    permission: 'sagemaker:ListUserProfiles',
    pages: PAGES,
    items: 'UserProfiles.*',
  },
  each: {
    describe: of('DescribeUserProfile', {
      input: { DomainId: '{DomainId}', UserProfileName: '{UserProfileName}' },
      proof: ['UserProfileArn'],
      gone: ['ResourceNotFound'],
      feeds: ['SingleSignOnUserIdentifier', 'SingleSignOnUserValue', 'UserSettings'],
    }),
  },
  tells: ['DomainId', 'UserProfileName'],
  id: 'UserProfileName',
  arn: 'arn:{@partition}:sagemaker:{@region}:{@account}:user-profile/{DomainId}/{UserProfileName}',
  unread: ['Tags'],
  project: (item, parts) => ({
    properties: {
      ...pick(item, 'DomainId', 'UserProfileName'),
      ...pick(parts['describe'], 'SingleSignOnUserIdentifier', 'SingleSignOnUserValue'),
      UserSettings: where(get(parts['describe'], 'UserSettings'), settingsOf),
    },
    live: lift(item, { creation_time: 'CreationTime', status: 'Status' }),
    gaps: otherSettings(parts['describe'], 'UserSettings', 'sagemaker:DescribeUserProfile'),
  }),
};

function settingsOf(settings: SnapshotJson): Loose {
  return {
    ExecutionRole: get(settings, 'ExecutionRole') ?? NONE,
    SecurityGroups: get(settings, 'SecurityGroups') ?? NONE,
  };
}

/** Of the settings, which are many, only these are read. */
function otherSettings(described: SnapshotJson | undefined, path: string, operation: string): readonly SnapshotGap[] {
  return get(described, path) === undefined ? [] : [notTold(path, operation)];
}
