import { because, defineResourceType, iamPolicy, mountObject, object } from '../../entries.js';

export const backupVault = defineResourceType({
  type: 'aws_backup_vault',
  cloudformation: {
    type: 'AWS::Backup::BackupVault',
    ref: 'name',
    getAtt: { BackupVaultArn: 'arn', BackupVaultName: 'name' },
    properties: {
      AccessPolicy: iamPolicy('policy'),
      BackupVaultName: 'name',
      BackupVaultTags: 'tags',
      EncryptionKeyArn: 'kms_key_arn',
      LockConfiguration: object('lock_configuration'),
    },
  },
  identity: {
    same: [['name', 'id'], ['arn']],
    unique: { name: 'region', id: 'region', arn: 'global' },
    arn: 'arn:{partition}:backup:{region}:{account}:backup-vault:{name}',
  },
  companions: [
    mountObject('policy', { type: 'aws_backup_vault_policy', link: 'backup_vault_name', to: 'name', value: 'policy' }),
    mountObject('lock_configuration', {
      type: 'aws_backup_vault_lock_configuration',
      link: 'backup_vault_name',
      to: 'name',
    }),
  ],
  nothing: ['kms_key_arn'],
  links: { kms_key_arn: ['aws_kms_key', 'aws_kms_alias'] },
  views: {
    resource_policy: { kind: 'value', from: [{ path: 'policy' }] },
    tagged: { kind: 'value', from: [{ path: 'tags' }] },
  },
  terraformOnly: {
    ...because('a switch of Terraform itself', 'force_destroy'),
  },
});
