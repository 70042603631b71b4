import { defineResourceType, mountObject } from '../../entries.js';

export const dynamodbTable = defineResourceType({
  type: 'aws_dynamodb_table',
  identity: {
    same: [['name', 'id'], ['arn'], ['stream_arn']],
    unique: { name: 'region', arn: 'global', id: 'region' },
    arn: 'arn:{partition}:dynamodb:{region}:{account}:table/{name}',
  },
  companions: [
    mountObject('policy', { type: 'aws_dynamodb_resource_policy', link: 'resource_arn', to: 'arn', value: 'policy' }),
  ],
  nothing: ['server_side_encryption.kms_key_arn', 'read_capacity', 'write_capacity', 'hash_key'],
  links: {
    'server_side_encryption.kms_key_arn': ['aws_kms_key', 'aws_kms_alias'],
    'replica.kms_key_arn': ['aws_kms_key', 'aws_kms_alias'],
  },
  views: {
    resource_policy: { kind: 'value', from: [{ path: 'policy' }] },
    tagged: { kind: 'value', from: [{ path: 'tags' }] },
  },
});
