import { alike, because, defineResourceType } from '../../entries.js';

export const sagemakerUserProfile = defineResourceType({
  type: 'aws_sagemaker_user_profile',
  cloudformation: {
    type: 'AWS::SageMaker::UserProfile',
    ref: 'user_profile_name',
    getAtt: { UserProfileArn: 'arn' },
    properties: { UserSettings: alike() },
  },
  identity: {
    same: [['arn', 'id']],
    unique: { arn: 'global', id: 'global' },
    arn: 'arn:{partition}:sagemaker:{region}:{account}:user-profile/{domain_id}/{user_profile_name}',
  },
  links: {
    domain_id: 'aws_sagemaker_domain',
    'user_settings.execution_role': 'aws_iam_role',
    'user_settings.security_groups': 'aws_security_group',
  },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
  terraformOnly: {
    ...because(
      'settings of one application, not taken apart',
      'user_settings.canvas_app_settings',
      'user_settings.code_editor_app_settings',
      'user_settings.jupyter_lab_app_settings',
      'user_settings.jupyter_server_app_settings',
      'user_settings.kernel_gateway_app_settings',
      'user_settings.r_session_app_settings',
      'user_settings.tensor_board_app_settings',
    ),
  },
});
