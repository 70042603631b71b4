import { defineResourceType } from '../../entries.js';

export const lambdaLayerVersion = defineResourceType({
  type: 'aws_lambda_layer_version',
  identity: { same: [['arn', 'id'], ['layer_arn']], unique: { arn: 'global', id: 'global' } },
});
