import { alike, certain, defineResourceType, fieldsOf, hoist, mountNamed, object, single } from '../../entries.js';

const TEMPLATE =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-eks-cluster-resourcesvpcconfig.html';

export const eksCluster = defineResourceType({
  type: 'aws_eks_cluster',
  cloudformation: {
    type: 'AWS::EKS::Cluster',
    ref: 'name',
    getAtt: {
      CertificateAuthorityData: 'certificate_authority.data',
      ClusterSecurityGroupId: 'vpc_config.cluster_security_group_id',
      Id: 'cluster_id',
    },
    properties: {
      AccessConfig: object(),
      ComputeConfig: object(),
      Force: 'force_update_version',
      EncryptionConfig: single('encryption_config', { Provider: object('provider') }),
      KubernetesNetworkConfig: alike(),
      Logging: hoist({
        ClusterLogging: hoist({ EnabledTypes: fieldsOf('enabled_cluster_log_types', 'Type') }),
      }),
      OutpostConfig: alike(),
      RemoteNetworkConfig: object('remote_network_config', {
        RemoteNodeNetworks: single('remote_node_networks'),
        RemotePodNetworks: single('remote_pod_networks'),
      }),
      ResourcesVpcConfig: object('vpc_config'),
      StorageConfig: alike(),
      UpgradePolicy: object(),
      ZonalShiftConfig: object(),
    },
  },
  defaults: {
    'vpc_config.endpoint_public_access': { cloudformation: certain(true, TEMPLATE) },
    'vpc_config.endpoint_private_access': { cloudformation: certain(false, TEMPLATE) },
  },
  identity: {
    same: [['name', 'id'], ['arn']],
    unique: { name: 'region', arn: 'global', id: 'region' },
    arn: 'arn:{partition}:eks:{region}:{account}:cluster/{name}',
  },
  live: { oidc_issuer: 'string' },
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
