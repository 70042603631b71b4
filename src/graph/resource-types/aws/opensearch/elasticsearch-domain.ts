import { alike, assumed, because, defineResourceType, iamPolicy, mapOf, mountObject, object } from '../../entries.js';

const TEMPLATE =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-elasticsearch-domain-domainendpointoptions.html';

export const elasticsearchDomain = defineResourceType({
  type: 'aws_elasticsearch_domain',
  cloudformation: {
    type: 'AWS::Elasticsearch::Domain',
    ref: 'domain_name',
    getAtt: { Arn: 'arn', DomainArn: 'arn', DomainEndpoint: 'endpoint' },
    properties: {
      AccessPolicies: iamPolicy('access_policies'),
      AdvancedSecurityOptions: alike(),
      CognitoOptions: object(),
      DomainEndpointOptions: object(),
      EBSOptions: object(),
      ElasticsearchClusterConfig: alike('cluster_config'),
      EncryptionAtRestOptions: object('encrypt_at_rest'),
      LogPublishingOptions: mapOf('log_publishing_options', {
        Key: 'log_type',
        CloudWatchLogsLogGroupArn: 'cloudwatch_log_group_arn',
      }),
      NodeToNodeEncryptionOptions: object('node_to_node_encryption'),
      SnapshotOptions: object(),
      VPCOptions: object(),
    },
  },
  terraform: { attributes: { access_policies: iamPolicy() } },
  defaults: {
    'domain_endpoint_options.enforce_https': { cloudformation: assumed(false, TEMPLATE) },
  },
  identity: { same: [['domain_name'], ['arn', 'id']], unique: { domain_name: 'region', arn: 'global', id: 'global' } },
  companions: [
    mountObject('access_policies', {
      type: 'aws_elasticsearch_domain_policy',
      link: 'domain_name',
      to: 'domain_name',
      value: 'access_policies',
    }),
  ],
  nothing: ['access_policies'],
  undetermined: {
    'encrypt_at_rest.enabled': { reason: 'it depends on fine-grained access control and the instance type' },
    'node_to_node_encryption.enabled': { reason: 'it depends on fine-grained access control' },
    'domain_endpoint_options.tls_security_policy': { reason: 'it depends on when the domain was made' },
  },
  links: { 'vpc_options.security_group_ids': 'aws_security_group', 'vpc_options.subnet_ids': 'aws_subnet' },
  views: {
    resource_policy: { kind: 'value', from: [{ path: 'access_policies' }] },
    tagged: { kind: 'value', from: [{ path: 'tags' }] },
  },
  terraformOnly: {
    ...because('no property', 'auto_tune_options', 'ebs_options.throughput'),
  },
});
