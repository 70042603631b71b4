import {
  assumed,
  because,
  certain,
  defineResourceType,
  iamPolicy,
  list,
  mountObject,
  object,
  pairs,
} from '../../entries.js';

const TEMPLATE =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-efs-filesystem.html';

const ENCRYPTION = 'https://docs.aws.amazon.com/efs/latest/ug/encryption-at-rest.html';

export const fileSystem = defineResourceType({
  type: 'aws_efs_file_system',
  cloudformation: {
    type: 'AWS::EFS::FileSystem',
    ref: 'id',
    getAtt: { Arn: 'arn', FileSystemId: 'id' },
    properties: {
      BackupPolicy: object('backup_policy'),
      FileSystemPolicy: iamPolicy('policy'),
      FileSystemProtection: object('protection', { ReplicationOverwriteProtection: 'replication_overwrite' }),
      FileSystemTags: pairs('tags'),
      LifecyclePolicies: list('lifecycle_policy', { TransitionToIA: 'transition_to_ia' }),
    },
  },
  identity: { same: [['id'], ['arn']], unique: { id: 'region', arn: 'global' } },
  companions: [
    mountObject('policy', { type: 'aws_efs_file_system_policy', link: 'file_system_id', to: 'id', value: 'policy' }),
    mountObject('backup_policy', {
      type: 'aws_efs_backup_policy',
      link: 'file_system_id',
      to: 'id',
      value: 'backup_policy',
    }),
  ],
  // The API leaves a file system unencrypted unless it is asked, or a service control policy demands it.
  defaults: {
    throughput_mode: { cloudformation: certain('bursting', TEMPLATE) },
    encrypted: { terraform: assumed(false, ENCRYPTION), cloudformation: assumed(false, ENCRYPTION) },
  },
  replaces: ['encrypted'],
  nothing: ['kms_key_id', 'policy'],
  links: { kms_key_id: ['aws_kms_key', 'aws_kms_alias'] },
  views: {
    resource_policy: { kind: 'value', from: [{ path: 'policy' }] },
    tagged: { kind: 'value', from: [{ path: 'tags' }] },
  },
  terraformOnly: {
    ...because('a switch of Terraform itself', 'creation_token'),
  },
});
