import { because, defineResourceType, list } from '../../entries.js';

export const dbOptionGroup = defineResourceType({
  type: 'aws_db_option_group',
  cloudformation: {
    type: 'AWS::RDS::OptionGroup',
    ref: 'name',
    properties: {
      OptionGroupName: 'name',
      OptionConfigurations: list('option', {
        OptionSettings: list('option_settings'),
        OptionVersion: 'version',
      }),
    },
  },
  identity: { same: [['name', 'id'], ['arn']], unique: { name: 'region', id: 'region', arn: 'global' } },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
  terraformOnly: {
    ...because('Terraform makes up the rest of the name', 'name_prefix'),
    ...because('a switch of Terraform itself', 'skip_destroy'),
  },
});
