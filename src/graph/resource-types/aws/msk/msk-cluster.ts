import { defineResourceType } from '../../entries.js';

export const mskCluster = defineResourceType({
  type: 'aws_msk_cluster',
  identity: {
    same: [['arn', 'id'], ['cluster_name']],
    unique: { arn: 'global', id: 'global', cluster_name: 'region' },
  },
  links: {
    'encryption_info.encryption_at_rest_kms_key_arn': ['aws_kms_key', 'aws_kms_alias'],
    'broker_node_group_info.security_groups': 'aws_security_group',
    'broker_node_group_info.client_subnets': 'aws_subnet',
  },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
});
