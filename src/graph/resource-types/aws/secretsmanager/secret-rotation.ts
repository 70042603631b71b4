import { defineResourceType, object } from '../../entries.js';

/** Folded into `aws_secretsmanager_secret`. */
export const secretRotation = defineResourceType({
  type: 'aws_secretsmanager_secret_rotation',
  cloudformation: {
    type: 'AWS::SecretsManager::RotationSchedule',
    properties: {
      RotateImmediatelyOnUpdate: 'rotate_immediately',
      RotationLambdaARN: 'rotation_lambda_arn',
      RotationRules: object(),
    },
  },
});
