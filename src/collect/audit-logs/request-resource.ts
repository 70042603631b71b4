import { partitionOf } from '../../model/partitions.js';

/** What of a request tells on what it was done. */
export interface RequestFacts {
  readonly region: string;
  /** Whose resources are named without an account. */
  readonly account: string;
  /** The text of one of the source's parameters; undefined where the request does not have it. */
  readonly parameter: (name: string) => string | undefined;
}

/** A service whose events often name no resource. */
export interface RequestSource {
  readonly source: string;
  /** All that is asked for, at most `PARAMETERS_OF_REQUEST`. */
  readonly parameters: readonly string[];
  /** The ARN that follows from the request for certain. */
  readonly arnOf: (facts: RequestFacts) => string | undefined;
}

/** ARNs: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html */
export const REQUEST_SOURCES: readonly RequestSource[] = [
  {
    source: 's3.amazonaws.com',
    parameters: ['bucketName', 'key'],
    arnOf: ({ region, parameter }) => {
      const bucket = parameter('bucketName');
      // The name may be the ARN or the alias of an access point, whose requests are decided on other ARNs.
      if (bucket === undefined || !/^[a-z0-9.-]{3,63}$/.test(bucket) || /-(?:s3alias|-ol-s3|-op-s3)$/.test(bucket))
        return undefined;
      const key = parameter('key');
      return `arn:${partitionOf(region)}:s3:::${bucket}${key === undefined ? '' : `/${key}`}`;
    },
  },
  {
    source: 'lambda.amazonaws.com',
    parameters: ['functionName', 'qualifier'],
    arnOf: (facts) => {
      const name = facts.parameter('functionName');
      if (name === undefined || facts.parameter('qualifier') !== undefined) return undefined;
      if (/^arn:[\w-]+:lambda:[a-z0-9-]+:\d{12}:function:/.test(name)) return name;
      return /^[\w-]{1,140}$/.test(name) ? arn(facts, 'lambda', `function:${name}`) : undefined;
    },
  },
  {
    source: 'dynamodb.amazonaws.com',
    parameters: ['tableName', 'indexName'],
    arnOf: (facts) => {
      const table = facts.parameter('tableName');
      if (table === undefined || facts.parameter('indexName') !== undefined) return undefined;
      if (/^arn:[\w-]+:dynamodb:[a-z0-9-]+:\d{12}:table\/[\w.-]+$/.test(table)) return table;
      return /^[\w.-]{1,255}$/.test(table) ? arn(facts, 'dynamodb', `table/${table}`) : undefined;
    },
  },
  {
    source: 'sts.amazonaws.com',
    parameters: ['roleArn'],
    arnOf: ({ parameter }) => {
      const role = parameter('roleArn');
      return role !== undefined && /^arn:[\w-]+:iam::\d{12}:role\//.test(role) ? role : undefined;
    },
  },
  {
    source: 'iam.amazonaws.com',
    parameters: ['userName', 'roleName', 'groupName', 'policyArn'],
    // What is about a user, role or group is named without its path.
    arnOf: ({ parameter }) => {
      const isAboutOther = ['userName', 'roleName', 'groupName'].some((name) => parameter(name) !== undefined);
      return isAboutOther ? undefined : parameter('policyArn');
    },
  },
  {
    source: 'kms.amazonaws.com',
    parameters: ['keyId'],
    arnOf: (facts) => {
      const key = facts.parameter('keyId');
      if (key === undefined) return undefined;
      if (/^arn:[\w-]+:kms:[a-z0-9-]+:\d{12}:key\//.test(key)) return key;
      return /^(?:mrk-[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.test(key)
        ? arn(facts, 'kms', `key/${key}`)
        : undefined;
    },
  },
  {
    source: 'sqs.amazonaws.com',
    parameters: ['queueUrl'],
    arnOf: ({ region, parameter }) => {
      const url = parameter('queueUrl') ?? '';
      const [, of, account, name] = /^https:\/\/sqs\.([a-z0-9-]+)\.[a-z.]+\/(\d{12})\/([\w.-]+)$/.exec(url) ?? [];
      return of === region ? `arn:${partitionOf(region)}:sqs:${region}:${account}:${name}` : undefined;
    },
  },
  { source: 'sns.amazonaws.com', parameters: ['topicArn'], arnOf: ({ parameter }) => parameter('topicArn') },
  {
    source: 'kinesis.amazonaws.com',
    parameters: ['streamName'],
    arnOf: (facts) => named(facts, 'streamName', (name) => arn(facts, 'kinesis', `stream/${name}`)),
  },
  {
    source: 'ecr.amazonaws.com',
    parameters: ['repositoryName', 'registryId'],
    arnOf: (facts) => {
      const account = facts.parameter('registryId') ?? facts.account;
      return named(facts, 'repositoryName', (name) => arn({ ...facts, account }, 'ecr', `repository/${name}`));
    },
  },
  {
    source: 'states.amazonaws.com',
    parameters: ['stateMachineArn'],
    arnOf: ({ parameter }) => parameter('stateMachineArn'),
  },
];

function arn({ region, account }: Pick<RequestFacts, 'region' | 'account'>, service: string, name: string): string {
  return `arn:${partitionOf(region)}:${service}:${region}:${account}:${name}`;
}

function named({ parameter }: RequestFacts, name: string, build: (name: string) => string): string | undefined {
  const text = parameter(name);
  return text !== undefined && /^[\w./-]+$/.test(text) ? build(text) : undefined;
}
