import { defineResourceType, iamPolicy, mountObject } from '../../entries.js';

export const glacierVault = defineResourceType({
  type: 'aws_glacier_vault',
  terraform: { attributes: { access_policy: iamPolicy('policy') } },
  identity: {
    same: [['name', 'id'], ['arn']],
    unique: { name: 'region', id: 'region', arn: 'global' },
    arn: 'arn:{partition}:glacier:{region}:{account}:vaults/{name}',
  },
  companions: [mountObject('vault_lock', { type: 'aws_glacier_vault_lock', link: 'vault_name', to: 'name' })],
  links: { 'notification.sns_topic': 'aws_sns_topic' },
  views: {
    resource_policy: { kind: 'value', from: [{ path: 'policy' }] },
    tagged: { kind: 'value', from: [{ path: 'tags' }] },
  },
});
