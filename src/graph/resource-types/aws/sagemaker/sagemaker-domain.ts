import { alike, because, defineResourceType } from '../../entries.js';

export const sagemakerDomain = defineResourceType({
  type: 'aws_sagemaker_domain',
  cloudformation: {
    type: 'AWS::SageMaker::Domain',
    ref: 'id',
    getAtt: { DomainArn: 'arn', DomainId: 'id', HomeEfsFileSystemId: 'home_efs_file_system_id', Url: 'url' },
    properties: { DefaultSpaceSettings: alike(), DefaultUserSettings: alike(), DomainSettings: alike() },
  },
  identity: {
    same: [['id'], ['arn']],
    unique: { id: 'region', arn: 'global' },
    arn: 'arn:{partition}:sagemaker:{region}:{account}:domain/{id}',
  },
  links: {
    kms_key_id: ['aws_kms_key', 'aws_kms_alias'],
    subnet_ids: 'aws_subnet',
    vpc_id: 'aws_vpc',
    'default_user_settings.execution_role': 'aws_iam_role',
    'default_user_settings.security_groups': 'aws_security_group',
    'default_space_settings.execution_role': 'aws_iam_role',
  },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
  terraformOnly: {
    ...because('a switch of Terraform itself', 'retention_policy'),
    ...because(
      'settings of one application, not taken apart',
      'default_user_settings.canvas_app_settings',
      'default_user_settings.code_editor_app_settings',
      'default_user_settings.jupyter_lab_app_settings',
      'default_user_settings.jupyter_server_app_settings',
      'default_user_settings.kernel_gateway_app_settings',
      'default_user_settings.r_session_app_settings',
      'default_user_settings.tensor_board_app_settings',
      'default_space_settings.jupyter_lab_app_settings',
      'default_space_settings.jupyter_server_app_settings',
      'default_space_settings.kernel_gateway_app_settings',
      'domain_settings.r_studio_server_pro_domain_settings',
    ),
  },
});
