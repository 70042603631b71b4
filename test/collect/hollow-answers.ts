/** An answer in which everything is left out says something: nothing is there, or it was never switched on. */
export const HOLLOW_IS_A_VALUE: readonly string[] = [
  'bedrockagentcore:ListTagsForResource',
  'lambda:GetFunctionConcurrency',
  'lambda:ListTags',
  's3:GetBucketLocation',
  's3:GetBucketLogging',
  's3:GetBucketNotificationConfiguration',
  's3:GetBucketVersioning',
  'secretsmanager:GetResourcePolicy',
  'sqs:ListQueueTags',
  'sqs:ListQueues',
];
