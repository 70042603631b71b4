import type { SnapshotJson } from '../../../model/snapshot.js';
import type { Collector, Loose } from '../collector.js';
import { asTheyAre, get, inCapitals, lift, where } from '../json.js';
import { of, ofClusters } from './operations.js';

/** Machines of a cluster, with their role. */
export const nodeGroup: Collector = {
  type: 'AWS::EKS::Nodegroup',
  service: 'eks',
  version: 1,
  scope: 'region',
  list: ofClusters('ListNodegroups', 'nodegroups.*'),
  each: {
    describe: of('DescribeNodegroup', {
      input: { clusterName: '{@parent}', nodegroupName: '{@item}' },
      answer: 'nodegroup',
      feeds: [
        ...['AmiType', 'CapacityType', 'DiskSize', 'InstanceTypes', 'Labels', 'LaunchTemplate', 'NodeRepairConfig'],
        ...['NodeRole', 'ReleaseVersion', 'RemoteAccess', 'ScalingConfig', 'Subnets', 'Tags', 'Taints'],
        ...['UpdateConfig', 'Version', '$created_at', '$status'],
      ],
    }),
  },
  tells: ['ClusterName', 'NodegroupName'],
  id: '@item',
  arn: '{describe.nodegroupArn}',
  unread: ['ForceUpdateEnabled', 'WarmPoolConfig'],
  sets: ['InstanceTypes', 'Subnets', 'Taints'],
  project: (item, parts) => ({
    properties: {
      ...lift(item, { ClusterName: '@parent', NodegroupName: '@item' }),
      ...(where(parts['describe'], describedOf) as object),
    },
    live: lift(parts['describe'], { created_at: 'createdAt', status: 'status' }),
  }),
};

function describedOf(group: SnapshotJson): Loose {
  return {
    ...lift(group, { AmiType: 'amiType', CapacityType: 'capacityType', DiskSize: 'diskSize', Labels: 'labels' }),
    ...lift(group, { InstanceTypes: 'instanceTypes', NodeRole: 'nodeRole', ReleaseVersion: 'releaseVersion' }),
    ...lift(group, { Subnets: 'subnets', Tags: 'tags', Version: 'version' }),
    LaunchTemplate: inCapitals(get(group, 'launchTemplate'), asTheyAre('id', 'name', 'version')),
    NodeRepairConfig: inCapitals(get(group, 'nodeRepairConfig'), {
      ...asTheyAre('enabled', 'maxParallelNodesRepairedCount', 'maxParallelNodesRepairedPercentage'),
      ...asTheyAre('maxUnhealthyNodeThresholdCount', 'maxUnhealthyNodeThresholdPercentage'),
      nodeRepairConfigOverrides: asTheyAre(
        ...['minRepairWaitTimeMins', 'nodeMonitoringCondition', 'nodeUnhealthyReason', 'repairAction'],
      ),
    }),
    RemoteAccess: inCapitals(get(group, 'remoteAccess'), asTheyAre('ec2SshKey', 'sourceSecurityGroups')),
    ScalingConfig: inCapitals(get(group, 'scalingConfig'), asTheyAre('desiredSize', 'maxSize', 'minSize')),
    Taints: inCapitals(get(group, 'taints'), asTheyAre('effect', 'key', 'value')),
    UpdateConfig: inCapitals(
      get(group, 'updateConfig'),
      asTheyAre('maxUnavailable', 'maxUnavailablePercentage', 'updateStrategy'),
    ),
  };
}
