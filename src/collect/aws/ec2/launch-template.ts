import type { SnapshotJson } from '../../../model/snapshot.js';
import type { Collector, Loose } from '../collector.js';
import { all, each, get, lift, pick, where } from '../json.js';
import { describe } from './describe.js';

/** A template at its default version, which is what is launched where none is named. */
export const launchTemplate: Collector = {
  type: 'AWS::EC2::LaunchTemplate',
  service: 'ec2',
  version: 1,
  scope: 'region',
  list: describe('DescribeLaunchTemplates', 'LaunchTemplates.*', 200),
  joins: {
    versions: {
      from: {
        ...describe('DescribeLaunchTemplateVersions', 'LaunchTemplateVersions.*', 200),
        input: { Versions: ['$Default'] },
      },
      on: ['LaunchTemplateId', 'LaunchTemplateId'],
      isWhole: true,
      feeds: ['LaunchTemplateData', 'VersionDescription'],
    },
  },
  tells: ['LaunchTemplateName', 'TagSpecifications'],
  id: 'LaunchTemplateId',
  arn: 'arn:{@partition}:ec2:{@region}:{@account}:launch-template/{LaunchTemplateId}',
  secrets: ['LaunchTemplateData.UserData'],
  project: (item, parts) => ({
    properties: {
      LaunchTemplateName: get(item, 'LaunchTemplateName'),
      LaunchTemplateData: where(get(parts['versions'], '0.LaunchTemplateData'), toData),
      TagSpecifications: where(get(item, 'Tags'), (Tags) => [{ ResourceType: 'launch-template', Tags }]),
      VersionDescription: get(parts['versions'], '0.VersionDescription'),
    },
    live: lift(item, { id: 'LaunchTemplateId', default_version: 'DefaultVersionNumber' }),
  }),
};

/** In both the names are the same, but for groups, and what answers add. */
function toData(data: SnapshotJson): Loose {
  return {
    ...pick(data, 'CreditSpecification', 'DisableApiStop', 'DisableApiTermination', 'EbsOptimized', 'ImageId'),
    ...pick(data, 'InstanceInitiatedShutdownBehavior', 'InstanceMarketOptions', 'InstanceRequirements', 'InstanceType'),
    ...pick(data, 'KernelId', 'KeyName', 'LicenseSpecifications', 'RamDiskId', 'SecurityGroupIds', 'SecurityGroups'),
    ...pick(data, 'TagSpecifications', 'UserData'),
    BlockDeviceMappings: each(data, 'BlockDeviceMappings', (mapping) => ({
      ...pick(mapping, 'DeviceName', 'NoDevice', 'VirtualName'),
      Ebs: where(get(mapping, 'Ebs'), (ebs) => ({
        ...pick(ebs, 'DeleteOnTermination', 'Encrypted', 'Iops', 'KmsKeyId', 'SnapshotId', 'Throughput'),
        ...pick(ebs, 'VolumeInitializationRate', 'VolumeSize', 'VolumeType'),
      })),
    })),
    CapacityReservationSpecification: get(data, 'CapacityReservationSpecification'),
    CpuOptions: where(get(data, 'CpuOptions'), (cpu) => pick(cpu, 'AmdSevSnp', 'CoreCount', 'ThreadsPerCore')),
    EnclaveOptions: where(get(data, 'EnclaveOptions'), (enclave) => pick(enclave, 'Enabled')),
    HibernationOptions: where(get(data, 'HibernationOptions'), (options) => pick(options, 'Configured')),
    IamInstanceProfile: where(get(data, 'IamInstanceProfile'), (profile) => pick(profile, 'Arn', 'Name')),
    MaintenanceOptions: where(get(data, 'MaintenanceOptions'), (options) => pick(options, 'AutoRecovery')),
    MetadataOptions: where(get(data, 'MetadataOptions'), (options) => ({
      ...pick(options, 'HttpEndpoint', 'HttpProtocolIpv6', 'HttpPutResponseHopLimit', 'HttpTokens'),
      ...pick(options, 'InstanceMetadataTags'),
    })),
    Monitoring: where(get(data, 'Monitoring'), (monitoring) => pick(monitoring, 'Enabled')),
    NetworkInterfaces: each(data, 'NetworkInterfaces', (one) => ({
      ...pick(one, 'AssociateCarrierIpAddress', 'AssociatePublicIpAddress', 'DeleteOnTermination', 'Description'),
      ...pick(one, 'DeviceIndex', 'Groups', 'InterfaceType', 'Ipv6AddressCount', 'NetworkCardIndex'),
      ...pick(one, 'NetworkInterfaceId', 'PrivateIpAddress', 'SecondaryPrivateIpAddressCount', 'SubnetId'),
      Ipv6Addresses: all(one, 'Ipv6Addresses.*').map((address) => pick(address, 'Ipv6Address')),
    })),
    Placement: where(get(data, 'Placement'), (placement) => ({
      ...pick(placement, 'Affinity', 'AvailabilityZone', 'GroupId', 'GroupName', 'HostId', 'HostResourceGroupArn'),
      ...pick(placement, 'PartitionNumber', 'SpreadDomain', 'Tenancy'),
    })),
    PrivateDnsNameOptions: where(get(data, 'PrivateDnsNameOptions'), (options) =>
      pick(options, 'EnableResourceNameDnsAAAARecord', 'EnableResourceNameDnsARecord', 'HostnameType'),
    ),
  };
}
