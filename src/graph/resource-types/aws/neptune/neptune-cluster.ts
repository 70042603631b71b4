import { defineResourceType } from '../../entries.js';

export const neptuneCluster = defineResourceType({
  type: 'aws_neptune_cluster',
  identity: {
    same: [['cluster_identifier', 'id'], ['arn'], ['cluster_resource_id']],
    unique: { cluster_identifier: 'region', arn: 'global', id: 'region' },
    arn: 'arn:{partition}:rds:{region}:{account}:cluster:{cluster_identifier}',
  },
  nothing: [
    'kms_key_arn',
    'neptune_cluster_parameter_group_name',
    'neptune_subnet_group_name',
    'vpc_security_group_ids',
    'cluster_identifier',
  ],
  links: {
    kms_key_arn: ['aws_kms_key', 'aws_kms_alias'],
    vpc_security_group_ids: 'aws_security_group',
    iam_roles: 'aws_iam_role',
  },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
});
