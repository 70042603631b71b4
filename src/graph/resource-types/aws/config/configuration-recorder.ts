import { alike, defineResourceType, mountObject, object, single } from '../../entries.js';

export const configurationRecorder = defineResourceType({
  type: 'aws_config_configuration_recorder',
  cloudformation: {
    type: 'AWS::Config::ConfigurationRecorder',
    ref: 'name',
    properties: {
      Name: 'name',
      RoleARN: 'role_arn',
      RecordingGroup: alike(),
      RecordingMode: object('recording_mode', { RecordingModeOverrides: single('recording_mode_override') }),
    },
  },
  identity: { same: [['name', 'id']], unique: { name: 'region', id: 'region' } },
  companions: [mountObject('status', { type: 'aws_config_configuration_recorder_status', link: 'name', to: 'name' })],
  live: { recording: 'bool', last_status: 'string' },
  links: { role_arn: 'aws_iam_role' },
});
