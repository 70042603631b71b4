import { certain, defineResourceType, object } from '../../entries.js';

const TEMPLATE =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sagemaker-notebookinstance.html';

export const sagemakerNotebookInstance = defineResourceType({
  type: 'aws_sagemaker_notebook_instance',
  cloudformation: {
    type: 'AWS::SageMaker::NotebookInstance',
    ref: 'arn',
    properties: {
      InstanceMetadataServiceConfiguration: object(),
      NotebookInstanceName: 'name',
      SecurityGroupIds: 'security_groups',
      VolumeSizeInGB: 'volume_size',
    },
  },
  defaults: {
    direct_internet_access: { cloudformation: certain('Enabled', TEMPLATE) },
    root_access: { cloudformation: certain('Enabled', TEMPLATE) },
    volume_size: { cloudformation: certain(5, TEMPLATE) },
  },
  identity: {
    same: [['name', 'id'], ['arn']],
    unique: { name: 'region', id: 'region', arn: 'global' },
    arn: 'arn:{partition}:sagemaker:{region}:{account}:notebook-instance/{name}',
  },
  nothing: ['security_groups'],
  replaces: ['direct_internet_access'],
  links: {
    kms_key_id: ['aws_kms_key', 'aws_kms_alias'],
    role_arn: 'aws_iam_role',
    security_groups: 'aws_security_group',
    subnet_id: 'aws_subnet',
  },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
});
