import { certain, defineResourceType, iamPolicy, jsonDocument, mountObject, object, pairs } from '../../entries.js';

const TEMPLATE =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecr-repository.html';

export const ecrRepository = defineResourceType({
  type: 'aws_ecr_repository',
  shape: { single: ['encryption_configuration'] },
  cloudformation: {
    type: 'AWS::ECR::Repository',
    ref: 'name',
    getAtt: { Arn: 'arn', RepositoryUri: 'repository_url' },
    properties: {
      RepositoryName: 'name',
      ImageTagMutability: 'image_tag_mutability',
      EmptyOnDelete: 'force_delete',
      ImageScanningConfiguration: object('image_scanning_configuration', { ScanOnPush: 'scan_on_push' }),
      EncryptionConfiguration: object('encryption_configuration', {
        EncryptionType: 'encryption_type',
        KmsKey: 'kms_key',
      }),
      LifecyclePolicy: object('lifecycle_policy', { LifecyclePolicyText: jsonDocument('policy') }),
      RepositoryPolicyText: iamPolicy('policy'),
      Tags: pairs('tags'),
    },
  },
  defaults: {
    image_tag_mutability: { cloudformation: certain('MUTABLE', TEMPLATE) },
  },
  identity: {
    same: [['name', 'id'], ['arn'], ['repository_url']],
    unique: { name: 'region', arn: 'global', id: 'region' },
    arn: 'arn:{partition}:ecr:{region}:{account}:repository/{name}',
  },
  companions: [
    mountObject('policy', { type: 'aws_ecr_repository_policy', link: 'repository', to: 'name', value: 'policy' }),
    mountObject('lifecycle_policy', {
      type: 'aws_ecr_lifecycle_policy',
      link: 'repository',
      to: 'name',
      only: ['policy'],
    }),
  ],
  live: { scan_frequency: 'string' },
  nothing: ['encryption_configuration.kms_key'],
  links: { 'encryption_configuration.kms_key': ['aws_kms_key', 'aws_kms_alias'] },
  views: {
    resource_policy: { kind: 'value', from: [{ path: 'policy' }] },
    tagged: { kind: 'value', from: [{ path: 'tags' }] },
  },
  terraformOnly: { force_delete: 'a switch of Terraform itself' },
});
