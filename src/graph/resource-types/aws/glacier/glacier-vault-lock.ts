import { defineResourceType, iamPolicy } from '../../entries.js';

/** Folded into `aws_glacier_vault`. */
export const glacierVaultLock = defineResourceType({
  type: 'aws_glacier_vault_lock',
  terraform: { attributes: { policy: iamPolicy() } },
});
