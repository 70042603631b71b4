import {
  alike,
  because,
  certain,
  counted,
  defineResourceType,
  type Entries,
  hoist,
  list,
  object,
  otherSpelling,
  pairs,
} from '../../entries.js';

const TEMPLATE =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-cloudfront-distribution-distributionconfig.html';

const CACHE_BEHAVIOR: Entries = {
  ForwardedValues: alike(),
  FunctionAssociations: list('function_association'),
  GrpcConfig: alike(),
  LambdaFunctionAssociations: list('lambda_function_association', { LambdaFunctionARN: 'lambda_arn' }),
};

export const cloudfrontDistribution = defineResourceType({
  type: 'aws_cloudfront_distribution',
  cloudformation: {
    type: 'AWS::CloudFront::Distribution',
    ref: 'id',
    getAtt: { DomainName: 'domain_name' },
    properties: {
      DistributionConfig: hoist({
        Aliases: 'aliases',
        CNAMEs: otherSpelling('Aliases', 'aliases'),
        CustomErrorResponses: list('custom_error_response', { ErrorCachingMinTTL: 'error_caching_min_ttl' }),
        DefaultCacheBehavior: object('default_cache_behavior', CACHE_BEHAVIOR),
        IPV6Enabled: 'is_ipv6_enabled',
        Logging: object('logging_config'),
        Origins: list('origin', {
          Id: 'origin_id',
          CustomOriginConfig: object('custom_origin_config', {
            HTTPPort: 'http_port',
            HTTPSPort: 'https_port',
            OriginSSLProtocols: 'origin_ssl_protocols',
          }),
          OriginCustomHeaders: list('custom_header', { HeaderName: 'name', HeaderValue: 'value' }),
          OriginShield: alike(),
          S3OriginConfig: object('s3_origin_config'),
          VpcOriginConfig: alike(),
        }),
        CacheBehaviors: list('ordered_cache_behavior', CACHE_BEHAVIOR),
        OriginGroups: counted('origin_group', {
          Id: 'origin_id',
          FailoverCriteria: object('failover_criteria', { StatusCodes: counted('status_codes') }),
          Members: counted('member'),
        }),
        Restrictions: alike(),
        ViewerCertificate: object('viewer_certificate', {
          AcmCertificateArn: 'acm_certificate_arn',
          CloudFrontDefaultCertificate: 'cloudfront_default_certificate',
          SslSupportMethod: 'ssl_support_method',
        }),
        WebACLId: 'web_acl_id',
      }),
      Tags: pairs('tags'),
    },
  },
  shape: {
    unset: {
      web_acl_id: [''],
      'viewer_certificate.acm_certificate_arn': [''],
      'viewer_certificate.iam_certificate_id': [''],
    },
  },
  defaults: {
    http_version: { cloudformation: certain('http1.1', TEMPLATE) },
    price_class: { cloudformation: certain('PriceClass_All', TEMPLATE) },
  },
  identity: { same: [['id'], ['arn'], ['domain_name']], unique: { id: 'global', arn: 'global' } },
  nothing: ['default_cache_behavior.trusted_key_groups', 'default_cache_behavior.trusted_signers'],
  links: {
    'origin.domain_name': ['aws_s3_bucket', 'aws_lb', 'aws_api_gateway_rest_api', 'aws_lambda_function_url'],
    'origin.origin_access_control_id': 'aws_cloudfront_origin_access_control',
    'origin.s3_origin_config.origin_access_identity': 'aws_cloudfront_origin_access_identity',
    'logging_config.bucket': 'aws_s3_bucket',
    web_acl_id: ['aws_wafv2_web_acl', 'aws_waf_web_acl'],
    'viewer_certificate.acm_certificate_arn': 'aws_acm_certificate',
    'default_cache_behavior.response_headers_policy_id': 'aws_cloudfront_response_headers_policy',
    'ordered_cache_behavior.response_headers_policy_id': 'aws_cloudfront_response_headers_policy',
    'default_cache_behavior.cache_policy_id': 'aws_cloudfront_cache_policy',
  },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
  terraformOnly: {
    ...because('a switch of Terraform itself', 'retain_on_delete', 'wait_for_deployment'),
  },
});
