import { defineResourceType, mountNamed } from '../../entries.js';

export const eksCluster = defineResourceType({
  type: 'aws_eks_cluster',
  identity: {
    same: [['name', 'id'], ['arn']],
    unique: { name: 'region', arn: 'global', id: 'region' },
    arn: 'arn:{partition}:eks:{region}:{account}:cluster/{name}',
  },
  companions: [
    mountNamed('addon[]', 'addon_name', { type: 'aws_eks_addon', link: 'cluster_name', to: 'name' }),
    mountNamed('identity_provider_config[]', 'name', {
      type: 'aws_eks_identity_provider_config',
      link: 'cluster_name',
      to: 'name',
    }),
  ],
  nothing: ['vpc_config.public_access_cidrs'],
  undetermined: {
    version: { reason: 'the service takes its default version' },
    'access_config.authentication_mode': { reason: 'it depends on when the cluster was made' },
  },
  links: {
    role_arn: 'aws_iam_role',
    'vpc_config.security_group_ids': 'aws_security_group',
    'vpc_config.subnet_ids': 'aws_subnet',
    'encryption_config.provider.key_arn': ['aws_kms_key', 'aws_kms_alias'],
  },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
});
