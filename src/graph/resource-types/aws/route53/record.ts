import { because, defineResourceType, type Entries, object } from '../../entries.js';

const RECORD: Entries = {
  AliasTarget: object('alias', { DNSName: 'name', HostedZoneId: 'zone_id' }),
  CidrRoutingConfig: object('cidr_routing_policy'),
  Failover: 'failover_routing_policy.type',
  GeoLocation: object('geolocation_routing_policy', {
    ContinentCode: 'continent',
    CountryCode: 'country',
    SubdivisionCode: 'subdivision',
  }),
  HostedZoneId: 'zone_id',
  MultiValueAnswer: 'multivalue_answer_routing_policy',
  Region: 'latency_routing_policy.region',
  ResourceRecords: 'records',
  TTL: 'ttl',
  Weight: 'weighted_routing_policy.weight',
};

export const record = defineResourceType({
  type: 'aws_route53_record',
  cloudformation: [
    { type: 'AWS::Route53::RecordSet', ref: 'name', properties: RECORD },
    { type: 'AWS::Route53::RecordSetGroup', ref: 'id', each: { property: 'RecordSets' }, properties: RECORD },
  ],
  links: {
    zone_id: 'aws_route53_zone',
    'alias.name': ['aws_lb', 'aws_elb', 'aws_cloudfront_distribution', 'aws_s3_bucket'],
  },
  terraformOnly: {
    ...because('a switch of Terraform itself', 'allow_overwrite'),
    ...because('no property', 'geoproximity_routing_policy'),
  },
});
