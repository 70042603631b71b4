import { defineResourceType } from '../../entries.js';

export const glueDevEndpoint = defineResourceType({
  type: 'aws_glue_dev_endpoint',
  cloudformation: {
    type: 'AWS::Glue::DevEndpoint',
    ref: 'name',
    properties: { Arguments: 'arguments', EndpointName: 'name', Tags: 'tags' },
  },
  identity: {
    same: [['name', 'id'], ['arn']],
    unique: { name: 'region', id: 'region', arn: 'global' },
    arn: 'arn:{partition}:glue:{region}:{account}:devEndpoint/{name}',
  },
  links: { role_arn: 'aws_iam_role', security_group_ids: 'aws_security_group', subnet_id: 'aws_subnet' },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
});
