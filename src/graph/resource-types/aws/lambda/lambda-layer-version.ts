import { because, defineResourceType, hoist } from '../../entries.js';

export const lambdaLayerVersion = defineResourceType({
  type: 'aws_lambda_layer_version',
  cloudformation: { type: 'AWS::Lambda::LayerVersion', ref: 'arn', properties: { Content: hoist() } },
  identity: { same: [['arn', 'id'], ['layer_arn']], unique: { arn: 'global', id: 'global' } },
  terraformOnly: {
    ...because('a file of the machine', 'filename'),
    ...because('a switch of Terraform itself', 'skip_destroy', 'source_code_hash'),
  },
});
