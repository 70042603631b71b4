import { assumed, because, certain, defineResourceType, hoist, object, single } from '../../entries.js';

const TEMPLATE =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-transfer-server.html';

// CloudFormation's page names no default.
const CONVENTION =
  'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/transfer_server#endpoint_type';

export const transferServer = defineResourceType({
  type: 'aws_transfer_server',
  cloudformation: {
    type: 'AWS::Transfer::Server',
    ref: 'arn',
    getAtt: { ServerId: 'id' },
    properties: {
      EndpointDetails: object(),
      IdentityProviderDetails: hoist(),
      ProtocolDetails: object(),
      S3StorageOptions: object(),
      WorkflowDetails: object('workflow_details', {
        OnPartialUpload: single('on_partial_upload'),
        OnUpload: single('on_upload'),
      }),
    },
  },
  defaults: {
    endpoint_type: {
      cloudformation: assumed('PUBLIC', CONVENTION),
      unless: ['endpoint_details'],
    },
    identity_provider_type: { cloudformation: certain('SERVICE_MANAGED', TEMPLATE) },
    domain: { cloudformation: certain('S3', TEMPLATE) },
  },
  identity: {
    same: [['id'], ['arn']],
    unique: { id: 'global', arn: 'global' },
    arn: 'arn:{partition}:transfer:{region}:{account}:server/{id}',
  },
  nothing: ['protocols'],
  links: {
    logging_role: 'aws_iam_role',
    'endpoint_details.vpc_id': 'aws_vpc',
    'endpoint_details.subnet_ids': 'aws_subnet',
    'endpoint_details.security_group_ids': 'aws_security_group',
  },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
  terraformOnly: {
    ...because('a switch of Terraform itself', 'force_destroy'),
    ...because('no property', 'host_key'),
  },
});
