import { alike, defineResourceType, hoist, object } from '../../entries.js';

const SASL = { Iam: hoist({ Enabled: 'iam' }), Scram: hoist({ Enabled: 'scram' }) };

export const mskCluster = defineResourceType({
  type: 'aws_msk_cluster',
  cloudformation: {
    type: 'AWS::MSK::Cluster',
    ref: 'arn',
    properties: {
      BrokerNodeGroupInfo: alike('broker_node_group_info', {
        BrokerAZDistribution: 'az_distribution',
        ConnectivityInfo: object('connectivity_info', {
          PublicAccess: object(),
          VpcConnectivity: object('vpc_connectivity', {
            ClientAuthentication: object('client_authentication', {
              Sasl: object('sasl', SASL),
              Tls: hoist({ Enabled: 'tls' }),
            }),
          }),
        }),
      }),
      ClientAuthentication: object('client_authentication', {
        Sasl: object('sasl', SASL),
        Tls: object('tls', { CertificateAuthorityArnList: 'certificate_authority_arns' }),
        Unauthenticated: hoist({ Enabled: 'unauthenticated' }),
      }),
      ConfigurationInfo: object(),
      EncryptionInfo: object('encryption_info', {
        EncryptionAtRest: hoist({ DataVolumeKMSKeyId: 'encryption_at_rest_kms_key_arn' }),
        EncryptionInTransit: object(),
      }),
      LoggingInfo: object('logging_info', {
        BrokerLogs: object('broker_logs', {
          CloudWatchLogs: object('cloudwatch_logs'),
          Firehose: object(),
          S3: object(),
        }),
      }),
      OpenMonitoring: alike(),
    },
  },
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
