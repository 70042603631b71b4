import type { SnapshotJson } from '../../../model/snapshot.js';
import { type Collector, type Loose, notTold } from '../collector.js';
import { all, each, get, lift, NONE, pick, textAt, where } from '../json.js';
import { describe } from './describe.js';
import { volumes } from './volume.js';

export const instance: Collector = {
  type: 'AWS::EC2::Instance',
  service: 'ec2',
  version: 1,
  scope: 'region',
  list: describe('DescribeInstances', 'Reservations.*.Instances.*'),
  only: [{ path: 'State.Name', differs: 'terminated' }],
  joins: {
    volumes: {
      from: volumes,
      on: ['BlockDeviceMappings.*.Ebs.VolumeId', 'VolumeId'],
      isWhole: true,
      feeds: ['BlockDeviceMappings'],
    },
  },
  each: {
    userData: {
      call: 'ec2:DescribeInstanceAttribute',
      permission: 'ec2:DescribeInstanceAttribute',
      input: { Attribute: 'userData', InstanceId: '{InstanceId}' },
      answer: 'UserData',
      gone: ['InvalidInstanceID.NotFound'],
      feeds: ['UserData'],
      isDeep: true,
    },
  },
  tells: [
    'Affinity',
    'AvailabilityZone',
    'CpuOptions',
    'EbsOptimized',
    'EnclaveOptions',
    'HibernationOptions',
    'HostId',
    'HostResourceGroupArn',
    'IamInstanceProfile',
    'ImageId',
    'InstanceType',
    'Ipv6Addresses',
    'KernelId',
    'KeyName',
    'LicenseSpecifications',
    'MetadataOptions',
    'Monitoring',
    'NetworkInterfaces',
    'PlacementGroupName',
    'PrivateDnsNameOptions',
    'PrivateIpAddress',
    'RamdiskId',
    'SecurityGroupIds',
    'SourceDestCheck',
    'SubnetId',
    'Tags',
    'Tenancy',
  ],
  id: 'InstanceId',
  arn: 'arn:{@partition}:ec2:{@region}:{@account}:instance/{InstanceId}',
  unread: [
    'AdditionalInfo',
    'CreditSpecification',
    'DisableApiTermination',
    'ElasticGpuSpecifications',
    'ElasticInferenceAccelerators',
    'InstanceInitiatedShutdownBehavior',
    'LaunchTemplate',
    'PropagateTagsToVolumeOnCreation',
    'SsmAssociations',
  ],
  secrets: ['UserData'],
  sets: ['SecurityGroupIds', 'Tags'],
  usage: ['stopped_at'],
  project: (item, parts) => ({
    properties: {
      ...pick(item, 'EbsOptimized', 'ImageId', 'InstanceType', 'KernelId', 'KeyName', 'PrivateIpAddress', 'RamdiskId'),
      ...pick(item, 'SourceDestCheck', 'SubnetId', 'Tags'),
      ...lift(item, {
        Affinity: 'Placement.Affinity',
        AvailabilityZone: 'Placement.AvailabilityZone',
        HostId: 'Placement.HostId',
        HostResourceGroupArn: 'Placement.HostResourceGroupArn',
        PlacementGroupName: 'Placement.GroupName',
        Tenancy: 'Placement.Tenancy',
      }),
      BlockDeviceMappings: where(parts['volumes'], (found) =>
        each(item, 'BlockDeviceMappings', (one) => diskOf(one, found)),
      ),
      CpuOptions: where(get(item, 'CpuOptions'), (cpu) => pick(cpu, 'AmdSevSnp', 'CoreCount', 'ThreadsPerCore')),
      EnclaveOptions: where(get(item, 'EnclaveOptions'), (enclave) => pick(enclave, 'Enabled')),
      HibernationOptions: where(get(item, 'HibernationOptions'), (options) => pick(options, 'Configured')),
      IamInstanceProfile: profileName(get(item, 'IamInstanceProfile.Arn')),
      Ipv6Addresses: all(item, 'NetworkInterfaces.*.Ipv6Addresses.*').map((address) => pick(address, 'Ipv6Address')),
      LicenseSpecifications: each(item, 'Licenses', (licence) => pick(licence, 'LicenseConfigurationArn')),
      MetadataOptions: where(get(item, 'MetadataOptions'), (options) =>
        pick(
          options,
          'HttpEndpoint',
          'HttpProtocolIpv6',
          'HttpPutResponseHopLimit',
          'HttpTokens',
          'InstanceMetadataTags',
        ),
      ),
      Monitoring: where(get(item, 'Monitoring.State'), (state) => state === 'enabled' || state === 'pending'),
      NetworkInterfaces: each(item, 'NetworkInterfaces', toInterface),
      PrivateDnsNameOptions: where(get(item, 'PrivateDnsNameOptions'), (options) =>
        pick(options, 'EnableResourceNameDnsAAAARecord', 'EnableResourceNameDnsARecord', 'HostnameType'),
      ),
      SecurityGroupIds: all(item, 'SecurityGroups.*.GroupId'),
      UserData: get(parts['userData'], 'Value'),
    },
    live: {
      ...lift(item, {
        id: 'InstanceId',
        instance_state: 'State.Name',
        launch_time: 'LaunchTime',
        public_ip: 'PublicIpAddress',
        root_device_name: 'RootDeviceName',
        state: 'State.Name',
      }),
      stopped_at: stoppedAt(item),
    },
    gaps: stoppedAt(item) === undefined ? [notTold('$stopped_at', 'ec2:DescribeInstances')] : [],
  }),
};

/** When it was stopped, which stands only in a text: `User initiated (2026-01-02 03:04:05 GMT)`. */
function stoppedAt(item: SnapshotJson): Loose {
  if (get(item, 'State.Name') !== 'stopped') return NONE;
  const found = /\((\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) GMT\)/.exec(textAt(item, 'StateTransitionReason'));
  return found === null ? undefined : `${found[1]}T${found[2]}Z`;
}

/** A disk with what its volume says. */
function diskOf(mapping: SnapshotJson, volumes: SnapshotJson): Loose {
  const own = all(volumes, '*').find((one) => get(one, 'VolumeId') === get(mapping, 'Ebs.VolumeId'));
  return {
    DeviceName: get(mapping, 'DeviceName'),
    Ebs: {
      DeleteOnTermination: get(mapping, 'Ebs.DeleteOnTermination'),
      ...lift(own, {
        Encrypted: 'Encrypted',
        Iops: 'Iops',
        KmsKeyId: 'KmsKeyId',
        SnapshotId: 'SnapshotId',
        VolumeSize: 'Size',
        VolumeType: 'VolumeType',
      }),
    },
  };
}

function toInterface(one: SnapshotJson): Loose {
  return {
    AssociatePublicIpAddress: get(one, 'Association.PublicIp') !== undefined,
    DeleteOnTermination: get(one, 'Attachment.DeleteOnTermination'),
    DeviceIndex: where(get(one, 'Attachment.DeviceIndex'), String),
    GroupSet: all(one, 'Groups.*.GroupId'),
    Ipv6Addresses: all(one, 'Ipv6Addresses.*').map((address) => pick(address, 'Ipv6Address')),
    ...pick(one, 'Description', 'NetworkInterfaceId', 'PrivateIpAddress', 'SubnetId'),
  };
}

/** An answer names the profile by its ARN, a template by its name. */
function profileName(arn: SnapshotJson | undefined): string | undefined {
  return typeof arn === 'string' ? arn.slice(arn.lastIndexOf('/') + 1) : undefined;
}
