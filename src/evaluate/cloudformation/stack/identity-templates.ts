/**
 * What identities are made of, where that always holds: `{Ref}` is what `Ref` gives, `{Name}` a property, `{partition}`,
 * `{region}`, `{account}` and `{suffix}` are the stack's. From each service's page in the Service Authorization Reference
 * and the return values of the types.
 */
const TEMPLATES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'AWS::S3::Bucket': {
    Arn: 'arn:{partition}:s3:::{Ref}',
    DomainName: '{Ref}.s3.{suffix}',
    RegionalDomainName: '{Ref}.s3.{region}.{suffix}',
    DualStackDomainName: '{Ref}.s3.dualstack.{region}.{suffix}',
  },
  'AWS::SNS::Topic': {
    Ref: 'arn:{partition}:sns:{region}:{account}:{TopicName}',
    TopicArn: 'arn:{partition}:sns:{region}:{account}:{TopicName}',
  },
  'AWS::SQS::Queue': {
    Ref: 'https://sqs.{region}.{suffix}/{account}/{QueueName}',
    QueueUrl: 'https://sqs.{region}.{suffix}/{account}/{QueueName}',
    Arn: 'arn:{partition}:sqs:{region}:{account}:{QueueName}',
  },
  'AWS::DynamoDB::Table': { Arn: 'arn:{partition}:dynamodb:{region}:{account}:table/{Ref}' },
  'AWS::DynamoDB::GlobalTable': { Arn: 'arn:{partition}:dynamodb:{region}:{account}:table/{Ref}' },
  'AWS::Lambda::Function': { Arn: 'arn:{partition}:lambda:{region}:{account}:function:{Ref}' },
  'AWS::Logs::LogGroup': { Arn: 'arn:{partition}:logs:{region}:{account}:log-group:{Ref}:*' },
  'AWS::ECR::Repository': { Arn: 'arn:{partition}:ecr:{region}:{account}:repository/{Ref}' },
  'AWS::KMS::Key': { Arn: 'arn:{partition}:kms:{region}:{account}:key/{Ref}' },
  'AWS::EKS::Cluster': { Arn: 'arn:{partition}:eks:{region}:{account}:cluster/{Ref}' },
  'AWS::ECS::Cluster': { Arn: 'arn:{partition}:ecs:{region}:{account}:cluster/{Ref}' },
  'AWS::Kinesis::Stream': { Arn: 'arn:{partition}:kinesis:{region}:{account}:stream/{Ref}' },
  'AWS::KinesisFirehose::DeliveryStream': { Arn: 'arn:{partition}:firehose:{region}:{account}:deliverystream/{Ref}' },
  'AWS::Events::EventBus': { Arn: 'arn:{partition}:events:{region}:{account}:event-bus/{Ref}' },
  'AWS::CodeBuild::Project': { Arn: 'arn:{partition}:codebuild:{region}:{account}:project/{Ref}' },
  'AWS::CodeCommit::Repository': { Arn: 'arn:{partition}:codecommit:{region}:{account}:{RepositoryName}' },
  'AWS::CloudTrail::Trail': { Arn: 'arn:{partition}:cloudtrail:{region}:{account}:trail/{Ref}' },
  'AWS::RDS::DBInstance': { DBInstanceArn: 'arn:{partition}:rds:{region}:{account}:db:{Ref}' },
  'AWS::RDS::DBCluster': { DBClusterArn: 'arn:{partition}:rds:{region}:{account}:cluster:{Ref}' },
  'AWS::EFS::FileSystem': { Arn: 'arn:{partition}:elasticfilesystem:{region}:{account}:file-system/{Ref}' },
  'AWS::Backup::BackupVault': { BackupVaultArn: 'arn:{partition}:backup:{region}:{account}:backup-vault:{Ref}' },
  'AWS::StepFunctions::StateMachine': {
    Ref: 'arn:{partition}:states:{region}:{account}:stateMachine:{StateMachineName}',
    Arn: 'arn:{partition}:states:{region}:{account}:stateMachine:{StateMachineName}',
  },
  'AWS::CloudWatch::Alarm': { Arn: 'arn:{partition}:cloudwatch:{region}:{account}:alarm:{Ref}' },
  'AWS::IAM::Role': { Arn: 'arn:{partition}:iam::{account}:role{Path}{Ref}' },
  'AWS::IAM::User': { Arn: 'arn:{partition}:iam::{account}:user{Path}{Ref}' },
  'AWS::IAM::Group': { Arn: 'arn:{partition}:iam::{account}:group{Path}{Ref}' },
  'AWS::IAM::InstanceProfile': { Arn: 'arn:{partition}:iam::{account}:instance-profile{Path}{Ref}' },
  'AWS::IAM::ManagedPolicy': {
    Ref: 'arn:{partition}:iam::{account}:policy{Path}{ManagedPolicyName}',
    PolicyArn: 'arn:{partition}:iam::{account}:policy{Path}{ManagedPolicyName}',
  },
  'AWS::IAM::OIDCProvider': {
    Ref: 'arn:{partition}:iam::{account}:oidc-provider/{Url}',
    Arn: 'arn:{partition}:iam::{account}:oidc-provider/{Url}',
  },
  'AWS::IAM::SAMLProvider': {
    Ref: 'arn:{partition}:iam::{account}:saml-provider/{Name}',
    Arn: 'arn:{partition}:iam::{account}:saml-provider/{Name}',
  },
};

/** What stands where a property is not written. IAM puts the path before the name; without one it is the slash alone. */
export const UNWRITTEN: ReadonlyMap<string, string> = new Map([['Path', '/']]);

const pieces = new Map<string, readonly string[]>();

/** The issuer's URL stands in the ARN without its scheme. */
export const WITHOUT_SCHEME: ReadonlySet<string> = new Set(['Url']);

/** The template of what `Ref` or `Fn::GetAtt` gives, in pieces: texts, and names in braces. */
export function templateOf(type: string, attribute: string): readonly string[] | undefined {
  const template = Object.hasOwn(TEMPLATES, type) ? TEMPLATES[type]?.[attribute] : undefined;
  if (template === undefined) return undefined;
  const known = pieces.get(template);
  if (known !== undefined) return known;
  const split = template.split(/(\{\w+\})/).filter((piece) => piece !== '');
  pieces.set(template, split);
  return split;
}
