import { defineResourceType } from '../../entries.js';

export const record = defineResourceType({
  type: 'aws_route53_record',
  links: {
    zone_id: 'aws_route53_zone',
    'alias.name': ['aws_lb', 'aws_elb', 'aws_cloudfront_distribution', 'aws_s3_bucket'],
  },
});
