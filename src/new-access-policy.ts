import type { PolicyMetadata } from './findings/policy-metadata.js';

/** What `--since` finds besides what policies find: no policy's expression can say it, for it looks at two revisions. */
export const NEW_ACCESS: PolicyMetadata = {
  id: 'aws-iam-no-new-access',
  title: 'Nobody may do what they could not do before',
  severity: 'medium',
  since: '0.2',
  description:
    'A user or role is granted something, or the policy of a resource lets somebody in, that was not so at the revision that is compared with.',
  remediation: 'Check that it is needed; narrow the statement, or suppress the finding with the reason.',
  references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege'],
  controls: new Map(),
  aliases: [],
  resource: { types: ['aws_iam_role', 'aws_iam_user'] },
  assert: 'no request is allowed that was not allowed before',
  isFixable: false,
  isByDefault: true,
  isOnlyLive: false,
  renamedFrom: [],
  provider: 'aws',
  service: 'iam',
};
