import type { SnapshotJson } from '../../../model/snapshot.js';
import type { Collector, Loose } from '../collector.js';
import { all, filled, get, lift, pick, pickFilled, where } from '../json.js';

export const distribution: Collector = {
  type: 'AWS::CloudFront::Distribution',
  service: 'cloudfront',
  version: 1,
  scope: 'account',
  absentIn: ['aws-us-gov'],
  list: {
    call: 'cloudfront:ListDistributions',
    permission: 'cloudfront:ListDistributions',
    pages: {
      input: 'Marker',
      output: 'DistributionList.NextMarker',
      more: 'DistributionList.IsTruncated',
      limit: ['MaxItems', 100],
    },
    items: 'DistributionList.Items.*',
  },
  each: {
    // The list has neither the logs nor the root object, nor headers that are sent to origins.
    config: {
      call: 'cloudfront:GetDistributionConfig',
      permission: 'cloudfront:GetDistributionConfig',
      input: { Id: '{Id}' },
      answer: 'DistributionConfig',
      gone: ['NoSuchDistribution'],
      feeds: ['DistributionConfig'],
    },
    tags: {
      call: 'cloudfront:ListTagsForResource',
      permission: 'cloudfront:ListTagsForResource',
      input: { Resource: '{ARN}' },
      answer: 'Tags',
      gone: ['NoSuchResource'],
      feeds: ['Tags'],
    },
  },
  id: 'Id',
  arn: '{ARN}',
  sets: ['Tags'],
  secrets: ['DistributionConfig.Origins.*.OriginCustomHeaders.*.HeaderValue'],
  project: (item, parts) => ({
    properties: {
      DistributionConfig: where(parts['config'], toConfig),
      Tags: where(parts['tags'], (tags) => all(tags, 'Items.*').map((tag) => pick(tag, 'Key', 'Value'))),
    },
    live: lift(item, { domain_name: 'DomainName', last_modified_time: 'LastModifiedTime', status: 'Status' }),
  }),
};

/** Answers count their lists: `{ Quantity, Items }`. */
function toConfig(config: SnapshotJson): Loose {
  return {
    ...pick(config, 'Comment', 'ConnectionMode', 'Enabled', 'HttpVersion', 'PriceClass', 'Staging'),
    ...pickFilled(config, 'AnycastIpListId', 'ContinuousDeploymentPolicyId', 'DefaultRootObject', 'WebACLId'),
    Aliases: all(config, 'Aliases.Items.*'),
    CacheTagConfig: where(get(config, 'CacheTagConfig'), (tagged) => pick(tagged, 'HeaderName')),
    CacheBehaviors: all(config, 'CacheBehaviors.Items.*').map(toBehavior),
    ConnectionFunctionAssociation: where(get(config, 'ConnectionFunctionAssociation'), (one) => pick(one, 'Id')),
    CustomErrorResponses: all(config, 'CustomErrorResponses.Items.*').map((response) => ({
      ...pick(response, 'ErrorCachingMinTTL', 'ErrorCode'),
      ...pickFilled(response, 'ResponsePagePath'),
      // A text in an answer, a number in a template.
      ResponseCode: where(filled(get(response, 'ResponseCode')), Number),
    })),
    DefaultCacheBehavior: where(get(config, 'DefaultCacheBehavior'), toBehavior),
    IPV6Enabled: get(config, 'IsIPV6Enabled'),
    Logging: where(filled(get(config, 'Logging.Bucket')), (Bucket) => ({
      Bucket,
      ...lift(config, { IncludeCookies: 'Logging.IncludeCookies', Prefix: 'Logging.Prefix' }),
    })),
    OriginGroups: where(get(config, 'OriginGroups'), (groups) => counted(all(groups, 'Items.*').map(toOriginGroup))),
    Origins: all(config, 'Origins.Items.*').map(toOrigin),
    Restrictions: where(get(config, 'Restrictions.GeoRestriction'), (restriction) => ({
      GeoRestriction: { ...pick(restriction, 'RestrictionType'), Locations: all(restriction, 'Items.*') },
    })),
    TenantConfig: get(config, 'TenantConfig'),
    ViewerCertificate: where(get(config, 'ViewerCertificate'), (certificate) =>
      lift(certificate, {
        AcmCertificateArn: 'ACMCertificateArn',
        CloudFrontDefaultCertificate: 'CloudFrontDefaultCertificate',
        IamCertificateId: 'IAMCertificateId',
        MinimumProtocolVersion: 'MinimumProtocolVersion',
        SslSupportMethod: 'SSLSupportMethod',
      }),
    ),
    ViewerMtlsConfig: where(get(config, 'ViewerMtlsConfig'), (mutual) => pick(mutual, 'Mode', 'TrustStoreConfig')),
  };
}

function counted(elements: readonly Loose[]): Loose {
  return { Quantity: elements.length, Items: elements };
}

function toBehavior(behavior: SnapshotJson): Loose {
  return {
    ...pick(behavior, 'Compress', 'DefaultTTL', 'MaxTTL', 'MinTTL', 'PathPattern', 'SmoothStreaming'),
    ...pick(behavior, 'TargetOriginId', 'ViewerProtocolPolicy'),
    ...pickFilled(behavior, 'CachePolicyId', 'FieldLevelEncryptionId', 'OriginRequestPolicyId'),
    ...pickFilled(behavior, 'RealtimeLogConfigArn', 'ResponseHeadersPolicyId'),
    AllowedMethods: all(behavior, 'AllowedMethods.Items.*'),
    CachedMethods: all(behavior, 'AllowedMethods.CachedMethods.Items.*'),
    ForwardedValues: where(get(behavior, 'ForwardedValues'), (forwarded) => ({
      Cookies: {
        Forward: get(forwarded, 'Cookies.Forward'),
        WhitelistedNames: all(forwarded, 'Cookies.WhitelistedNames.Items.*'),
      },
      Headers: all(forwarded, 'Headers.Items.*'),
      QueryString: get(forwarded, 'QueryString'),
      QueryStringCacheKeys: all(forwarded, 'QueryStringCacheKeys.Items.*'),
    })),
    FunctionAssociations: all(behavior, 'FunctionAssociations.Items.*').map((one) =>
      pick(one, 'EventType', 'FunctionARN'),
    ),
    GrpcConfig: where(get(behavior, 'GrpcConfig'), (grpc) => pick(grpc, 'Enabled')),
    LambdaFunctionAssociations: all(behavior, 'LambdaFunctionAssociations.Items.*').map((one) =>
      pick(one, 'EventType', 'IncludeBody', 'LambdaFunctionARN'),
    ),
    TrustedKeyGroups: all(behavior, 'TrustedKeyGroups.Items.*'),
    TrustedSigners: all(behavior, 'TrustedSigners.Items.*'),
  };
}

function toOrigin(origin: SnapshotJson): Loose {
  return {
    ...pick(origin, 'ConnectionAttempts', 'ConnectionTimeout', 'DomainName', 'Id', 'ResponseCompletionTimeout'),
    ...pickFilled(origin, 'OriginAccessControlId', 'OriginPath'),
    CustomOriginConfig: where(get(origin, 'CustomOriginConfig'), (custom) => ({
      ...pick(custom, 'HTTPPort', 'HTTPSPort', 'IpAddressType', 'OriginKeepaliveTimeout', 'OriginMtlsConfig'),
      ...pick(custom, 'OriginProtocolPolicy', 'OriginReadTimeout'),
      OriginSSLProtocols: all(custom, 'OriginSslProtocols.Items.*'),
    })),
    OriginCustomHeaders: all(origin, 'CustomHeaders.Items.*').map((header) =>
      pick(header, 'HeaderName', 'HeaderValue'),
    ),
    OriginShield: where(get(origin, 'OriginShield'), (shield) => pick(shield, 'Enabled', 'OriginShieldRegion')),
    S3OriginConfig: where(get(origin, 'S3OriginConfig'), (s3) => pick(s3, 'OriginAccessIdentity', 'OriginReadTimeout')),
    VpcOriginConfig: where(get(origin, 'VpcOriginConfig'), (vpc) =>
      pick(vpc, 'OriginKeepaliveTimeout', 'OriginReadTimeout', 'OwnerAccountId', 'VpcOriginId'),
    ),
  };
}

function toOriginGroup(group: SnapshotJson): Loose {
  return {
    ...pick(group, 'Id', 'SelectionCriteria'),
    FailoverCriteria: { StatusCodes: counted(all(group, 'FailoverCriteria.StatusCodes.Items.*')) },
    Members: counted(all(group, 'Members.Items.*').map((member) => pick(member, 'OriginId'))),
  };
}
