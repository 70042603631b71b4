import { defineResourceType } from '../../entries.js';

export const dbParameterGroup = defineResourceType({
  type: 'aws_db_parameter_group',
  identity: { same: [['name', 'id'], ['arn']], unique: { name: 'region', id: 'region', arn: 'global' } },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
});
