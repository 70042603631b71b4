import type { SnapshotJson } from '../../../model/snapshot.js';
import type { Collector } from '../collector.js';
import { all, each, get, lift, NONE, tagsOf, where } from '../json.js';
import { clusters } from './operations.js';

export const cluster: Collector = {
  type: 'AWS::EKS::Cluster',
  service: 'eks',
  version: 1,
  scope: 'region',
  list: clusters,
  each: {
    describe: {
      call: 'eks:DescribeCluster',
      permission: 'eks:DescribeCluster',
      input: { name: '{@item}' },
      answer: 'cluster',
      gone: ['ResourceNotFoundException'],
      feeds: [
        ...['AccessConfig', 'DeletionProtection', 'EncryptionConfig', 'KubernetesNetworkConfig', 'Logging'],
        ...['ResourcesVpcConfig', 'RoleArn', 'Tags', 'UpgradePolicy', 'Version', 'ZonalShiftConfig'],
        ...['$created_at', '$oidc_issuer', '$platform_version', '$status'],
      ],
    },
  },
  tells: ['Name'],
  id: '',
  // Not the answer's: the cluster has the same name where it is not answered.
  arn: 'arn:{@partition}:eks:{@region}:{@account}:cluster/{@item}',
  unread: [
    'ActiveCertificateAuthorityId',
    'BootstrapSelfManagedAddons',
    'CertificateAuthority',
    'ComputeConfig',
    'ControlPlaneScalingConfig',
    'Force',
    'KubeApiServerConfig',
    'KubeControllerManagerConfig',
    'KubeSchedulerConfig',
    'OutpostConfig',
    'RemoteNetworkConfig',
    'RollbackConfig',
    'StorageConfig',
  ],
  sets: ['Tags'],
  project: (item, parts) => ({
    properties: { Name: item, ...(where(parts['describe'], describedOf) as object) },
    live: {
      ...lift(parts['describe'], { status: 'status', platform_version: 'platformVersion', created_at: 'createdAt' }),
      oidc_issuer: where(parts['describe'], (described) => get(described, 'identity.oidc.issuer') ?? NONE),
    },
  }),
};

function describedOf(described: SnapshotJson) {
  return {
    ...lift(described, { DeletionProtection: 'deletionProtection', RoleArn: 'roleArn', Version: 'version' }),
    AccessConfig: where(get(described, 'accessConfig'), (access) =>
      lift(access, {
        AuthenticationMode: 'authenticationMode',
        BootstrapClusterCreatorAdminPermissions: 'bootstrapClusterCreatorAdminPermissions',
      }),
    ),
    EncryptionConfig: each(described, 'encryptionConfig', (encryption) => ({
      Provider: { KeyArn: get(encryption, 'provider.keyArn') },
      Resources: get(encryption, 'resources'),
    })),
    KubernetesNetworkConfig: where(get(described, 'kubernetesNetworkConfig'), (network) =>
      lift(network, {
        IpFamily: 'ipFamily',
        ServiceIpv4Cidr: 'serviceIpv4Cidr',
        ServiceIpv6Cidr: 'serviceIpv6Cidr',
      }),
    ),
    // The answer has an entry for what is on and one for what is off.
    Logging: where(get(described, 'logging'), (logging) => ({
      ClusterLogging: {
        EnabledTypes: all(logging, 'clusterLogging.*')
          .filter((setup) => get(setup, 'enabled') === true)
          .flatMap((setup) => all(setup, 'types.*').map((Type) => ({ Type }))),
      },
    })),
    ResourcesVpcConfig: where(get(described, 'resourcesVpcConfig'), (network) =>
      lift(network, {
        EndpointPrivateAccess: 'endpointPrivateAccess',
        EndpointPublicAccess: 'endpointPublicAccess',
        PublicAccessCidrs: 'publicAccessCidrs',
        SecurityGroupIds: 'securityGroupIds',
        SubnetIds: 'subnetIds',
      }),
    ),
    Tags: tagsOf(get(described, 'tags')),
    UpgradePolicy: where(get(described, 'upgradePolicy'), (policy) => lift(policy, { SupportType: 'supportType' })),
    ZonalShiftConfig: where(get(described, 'zonalShiftConfig'), (shift) => lift(shift, { Enabled: 'enabled' })),
  };
}
