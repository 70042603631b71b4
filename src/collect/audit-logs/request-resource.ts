import { partitionOf } from '../../model/partitions.js';

/** What of a request tells on what it was done. */
export interface RequestFacts {
  readonly region: string;
  /** Whose resources are named without an account. */
  readonly account: string;
  readonly eventName: string;
  /** The text of a parameter; undefined where the request does not have it. */
  readonly parameter: (name: RequestParameter) => string | undefined;
}

export type RequestParameter =
  | 'bucketName'
  | 'key'
  | 'functionName'
  | 'qualifier'
  | 'tableName'
  | 'indexName'
  | 'roleArn'
  | 'queueUrl'
  | 'topicArn'
  | 'streamName'
  | 'keyId'
  | 'policyArn'
  | 'requestUserName'
  | 'roleName'
  | 'groupName'
  | 'repositoryName'
  | 'registryId'
  | 'stateMachineArn';

/**
 * Of services whose events often name no resource, the ARN that follows from the request for certain; undefined else. ARNs:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const BY_SOURCE: Readonly<Record<string, (facts: RequestFacts) => string | undefined>> = {
  's3.amazonaws.com': ({ region, parameter }) => {
    const bucket = parameter('bucketName');
    // The name may be the ARN or the alias of an access point, whose requests are decided on other ARNs.
    if (bucket === undefined || !/^[a-z0-9.-]{3,63}$/.test(bucket) || /-(?:s3alias|-ol-s3|-op-s3)$/.test(bucket))
      return undefined;
    const key = parameter('key');
    return `arn:${partitionOf(region)}:s3:::${bucket}${key === undefined ? '' : `/${key}`}`;
  },
  'lambda.amazonaws.com': (facts) => {
    const name = facts.parameter('functionName');
    if (name === undefined || facts.parameter('qualifier') !== undefined) return undefined;
    if (/^arn:[\w-]+:lambda:[a-z0-9-]+:\d{12}:function:/.test(name)) return name;
    return /^[\w-]{1,140}$/.test(name) ? arn(facts, 'lambda', `function:${name}`) : undefined;
  },
  'dynamodb.amazonaws.com': (facts) => {
    const table = facts.parameter('tableName');
    if (table === undefined || facts.parameter('indexName') !== undefined) return undefined;
    if (/^arn:[\w-]+:dynamodb:[a-z0-9-]+:\d{12}:table\/[\w.-]+$/.test(table)) return table;
    return /^[\w.-]{1,255}$/.test(table) ? arn(facts, 'dynamodb', `table/${table}`) : undefined;
  },
  'sts.amazonaws.com': ({ parameter }) => {
    const role = parameter('roleArn');
    return role !== undefined && /^arn:[\w-]+:iam::\d{12}:role\//.test(role) ? role : undefined;
  },
  // What is about a user, role or group is named without its path.
  'iam.amazonaws.com': ({ parameter }) => {
    const isAboutOther = (['requestUserName', 'roleName', 'groupName'] as const).some(
      (name) => parameter(name) !== undefined,
    );
    return isAboutOther ? undefined : parameter('policyArn');
  },
  'kms.amazonaws.com': (facts) => {
    const key = facts.parameter('keyId');
    if (key === undefined) return undefined;
    if (/^arn:[\w-]+:kms:[a-z0-9-]+:\d{12}:key\//.test(key)) return key;
    return /^(?:mrk-[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.test(key)
      ? arn(facts, 'kms', `key/${key}`)
      : undefined;
  },
  'sqs.amazonaws.com': ({ region, parameter }) => {
    const url = parameter('queueUrl') ?? '';
    const [, of, account, name] = /^https:\/\/sqs\.([a-z0-9-]+)\.[a-z.]+\/(\d{12})\/([\w.-]+)$/.exec(url) ?? [];
    return of === region ? `arn:${partitionOf(region)}:sqs:${region}:${account}:${name}` : undefined;
  },
  'sns.amazonaws.com': ({ parameter }) => parameter('topicArn'),
  'kinesis.amazonaws.com': (facts) => named(facts, 'streamName', (name) => arn(facts, 'kinesis', `stream/${name}`)),
  'ecr.amazonaws.com': (facts) => {
    const { parameter, account } = facts;
    const registry = parameter('registryId') ?? account;
    return named(facts, 'repositoryName', (name) => arn({ ...facts, account: registry }, 'ecr', `repository/${name}`));
  },
  'states.amazonaws.com': ({ parameter }) => parameter('stateMachineArn'),
};

/** Services of which `resourceOfRequest` may tell anything. */
export function knowsRequestsOf(eventSource: string): boolean {
  return Object.hasOwn(BY_SOURCE, eventSource);
}

/** The ARN on which a request was made, where it follows for certain. */
export function resourceOfRequest(eventSource: string, facts: RequestFacts): string | undefined {
  return knowsRequestsOf(eventSource) ? BY_SOURCE[eventSource]?.(facts) : undefined;
}

function arn({ region, account }: Pick<RequestFacts, 'region' | 'account'>, service: string, name: string): string {
  return `arn:${partitionOf(region)}:${service}:${region}:${account}:${name}`;
}

function named(
  { parameter }: RequestFacts,
  name: RequestParameter,
  build: (name: string) => string,
): string | undefined {
  const text = parameter(name);
  return text !== undefined && /^[\w./-]+$/.test(text) ? build(text) : undefined;
}
