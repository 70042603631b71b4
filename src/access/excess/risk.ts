import type { ExcessRisk } from '../../findings/excess.js';
import type { AccessLevel } from '../../schemas/iam-action-table.js';

/**
 * Actions that give out secrets, credentials, or sessions under another identity, as the services' API references describe their answers.
 * The levels of the Service Authorization Reference do not tell them from others.
 */
const CREDENTIALS: ReadonlySet<string> = new Set([
  'codeartifact:GetAuthorizationToken',
  'cognito-identity:GetCredentialsForIdentity',
  'cognito-identity:GetOpenIdToken',
  'cognito-identity:GetOpenIdTokenForDeveloperIdentity',
  'ec2:GetPasswordData',
  'ecr:GetAuthorizationToken',
  'ecr-public:GetAuthorizationToken',
  'eks:AssociateAccessPolicy',
  'eks:CreateAccessEntry',
  'iam:ChangePassword',
  'iam:CreateAccessKey',
  'iam:CreateLoginProfile',
  'iam:CreateServiceSpecificCredential',
  'iam:ResetServiceSpecificCredential',
  'iam:UpdateAccessKey',
  'iam:UpdateLoginProfile',
  'iot:CreateKeysAndCertificate',
  'lightsail:DownloadDefaultKeyPair',
  'lightsail:GetInstanceAccessDetails',
  'lightsail:GetRelationalDatabaseMasterUserPassword',
  'rds-db:connect',
  'redshift:GetClusterCredentials',
  'redshift:GetClusterCredentialsWithIAM',
  'redshift-serverless:GetCredentials',
  'secretsmanager:BatchGetSecretValue',
  'secretsmanager:GetSecretValue',
  'ssm:GetParameter',
  'ssm:GetParameterHistory',
  'ssm:GetParameters',
  'ssm:GetParametersByPath',
  'ssm:SendCommand',
  'ssm:StartSession',
  'ssm:ResumeSession',
  'sts:AssumeRole',
  'sts:AssumeRoleWithSAML',
  'sts:AssumeRoleWithWebIdentity',
  'sts:AssumeRoot',
  'sts:GetFederationToken',
  'sts:GetSessionToken',
]);

/** The greatest first. */
export const RISKS: readonly ExcessRisk[] = ['permissions', 'credentials', 'write', 'tagging', 'read'];

/** IAM User Guide, "Access levels in policy summaries", for the levels. */
export function riskOf(action: string, level: AccessLevel): ExcessRisk {
  if (level === 'Permissions management' || action === 'iam:PassRole') return 'permissions';
  if (CREDENTIALS.has(action)) return 'credentials';
  if (level === 'Tagging') return 'tagging';
  return level === 'Write' ? 'write' : 'read';
}
