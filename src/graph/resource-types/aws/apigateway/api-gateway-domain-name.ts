import { alike, because, defineResourceType, iamPolicy } from '../../entries.js';

export const apiGatewayDomainName = defineResourceType({
  type: 'aws_api_gateway_domain_name',
  cloudformation: {
    type: 'AWS::ApiGateway::DomainName',
    properties: { EndpointConfiguration: alike(), MutualTlsAuthentication: alike() },
  },
  identity: { same: [['domain_name', 'id'], ['arn']], unique: { domain_name: 'region', arn: 'global' } },
  terraform: { attributes: { policy: iamPolicy() } },
  nothing: ['policy'],
  undetermined: { security_policy: { reason: 'it depends on the endpoint type' } },
  links: { certificate_arn: 'aws_acm_certificate', regional_certificate_arn: 'aws_acm_certificate' },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
  terraformOnly: {
    ...because(
      'no property',
      'certificate_body',
      'certificate_chain',
      'certificate_name',
      'certificate_private_key',
      'regional_certificate_name',
    ),
    ...because('a resource of its own', 'policy'),
  },
});
