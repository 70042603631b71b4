import { defineResourceType, iamPolicy } from '../../entries.js';

/** Folded into `aws_backup_vault`. */
export const backupVaultPolicy = defineResourceType({
  type: 'aws_backup_vault_policy',
  terraform: { attributes: { policy: iamPolicy() } },
});
