import type { SnapshotJson } from '../../../model/snapshot.js';
import type { Collector, Companion, ItemOperation, Loose } from '../collector.js';
import { all, each, get, lift, pick, where } from '../json.js';

const of = (operation: string, rest: Omit<ItemOperation, 'call' | 'permission'>): ItemOperation => ({
  call: `elbv2:${operation}`,
  permission: `elasticloadbalancing:${operation}`,
  gone: ['LoadBalancerNotFoundException'],
  ...rest,
});

const LoadBalancerArn = '{LoadBalancerArn}';

export const loadBalancer: Collector = {
  type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  service: 'elbv2',
  version: 1,
  scope: 'region',
  list: {
    call: 'elbv2:DescribeLoadBalancers',
    permission: 'elasticloadbalancing:DescribeLoadBalancers',
    pages: { input: 'Marker', output: 'NextMarker', limit: ['PageSize', 400] },
    items: 'LoadBalancers.*',
  },
  each: {
    attributes: of('DescribeLoadBalancerAttributes', {
      input: { LoadBalancerArn },
      answer: 'Attributes',
      feeds: ['LoadBalancerAttributes'],
    }),
    // An answer has at most 100, and a load balancer 50 unless its quota was raised: a marker makes it a gap.
    listeners: of('DescribeListeners', {
      input: { LoadBalancerArn, PageSize: 400 },
      answer: 'Listeners',
      more: 'NextMarker',
      feeds: ['@listeners'],
    }),
    tags: of('DescribeTags', {
      input: { ResourceArns: [LoadBalancerArn] },
      answer: 'TagDescriptions',
      feeds: ['Tags'],
    }),
  },
  tells: [
    'EnablePrefixForIpv6SourceNat',
    'EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic',
    'IpAddressType',
    'Ipv4IpamPoolId',
    'Name',
    'Scheme',
    'SecurityGroups',
    'SubnetMappings',
    'Subnets',
    'Type',
  ],
  unread: ['EnableCapacityReservationProvisionStabilize', 'MinimumLoadBalancerCapacity'],
  beside: { 'AWS::ElasticLoadBalancingV2::Listener': 'elbv2:DescribeListeners' },
  id: 'LoadBalancerArn',
  arn: '{LoadBalancerArn}',
  sets: ['LoadBalancerAttributes', 'SecurityGroups', 'Subnets', 'Tags'],
  project: (item, parts) => ({
    properties: {
      ...lift(item, {
        EnablePrefixForIpv6SourceNat: 'EnablePrefixForIpv6SourceNat',
        EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: 'EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic',
        IpAddressType: 'IpAddressType',
        Ipv4IpamPoolId: 'IpamPools.Ipv4IpamPoolId',
        Name: 'LoadBalancerName',
        Scheme: 'Scheme',
        SecurityGroups: 'SecurityGroups',
        Type: 'Type',
      }),
      Subnets: all(item, 'AvailabilityZones.*.SubnetId'),
      SubnetMappings: each(item, 'AvailabilityZones', toMapping),
      LoadBalancerAttributes: where(parts['attributes'], (attributes) =>
        each(attributes, '', (attribute) => pick(attribute, 'Key', 'Value')),
      ),
      Tags: where(parts['tags'], (tags) => all(tags, '0.Tags.*').map((tag) => pick(tag, 'Key', 'Value'))),
    },
    live: lift(item, { dns_name: 'DNSName', vpc_id: 'VpcId' }),
    also: all(parts['listeners'], '*').map(listenerOf),
  }),
};

function toMapping(zone: SnapshotJson): Loose {
  return {
    SubnetId: get(zone, 'SubnetId'),
    ...lift(zone, {
      AllocationId: 'LoadBalancerAddresses.0.AllocationId',
      IPv6Address: 'LoadBalancerAddresses.0.IPv6Address',
      PrivateIPv4Address: 'LoadBalancerAddresses.0.PrivateIPv4Address',
    }),
  };
}

function listenerOf(listener: SnapshotJson): Companion {
  return {
    type: 'AWS::ElasticLoadBalancingV2::Listener',
    id: String(get(listener, 'ListenerArn')),
    properties: {
      ...pick(listener, 'AlpnPolicy', 'LoadBalancerArn', 'Port', 'Protocol', 'SslPolicy'),
      Certificates: each(listener, 'Certificates', (certificate) => pick(certificate, 'CertificateArn')),
      DefaultActions: each(listener, 'DefaultActions', toAction),
      MutualAuthentication: where(get(listener, 'MutualAuthentication'), (mutual) =>
        pick(mutual, 'AdvertiseTrustStoreCaNames', 'IgnoreClientCertificateExpiry', 'Mode', 'TrustStoreArn'),
      ),
    },
  };
}

function toAction(action: SnapshotJson): Loose {
  return {
    ...pick(action, 'Order', 'TargetGroupArn', 'Type'),
    FixedResponseConfig: where(get(action, 'FixedResponseConfig'), (response) =>
      pick(response, 'ContentType', 'MessageBody', 'StatusCode'),
    ),
    ForwardConfig: where(get(action, 'ForwardConfig'), (forward) => ({
      TargetGroups: each(forward, 'TargetGroups', (target) => pick(target, 'TargetGroupArn', 'Weight')),
    })),
    RedirectConfig: where(get(action, 'RedirectConfig'), (redirect) =>
      pick(redirect, 'Host', 'Path', 'Port', 'Protocol', 'Query', 'StatusCode'),
    ),
  };
}
