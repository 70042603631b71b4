/** What events say of a resource: its type, and patterns of the ARNs that they may have. */
export interface EventResource {
  /** Of the types that an action needs those that this resource may be of. */
  readonly types: readonly string[];
  /** By type; a type that is not here: how its events name it is not known. */
  readonly arns: ReadonlyMap<string, readonly string[]>;
}

/**
 * What data events call a resource of a policy, with the wildcards that it has. Amazon S3 User Guide, "Amazon S3 CloudTrail events": a
 * list of objects is about the bucket with an empty prefix; Amazon DynamoDB Developer Guide, "Understanding DynamoDB log file entries":
 * indexes are named by their table; of a version or an alias of a function the event may have the function's ARN or its own.
 */
export function eventResource(types: readonly string[], resource: string): EventResource {
  const possible = types.filter((type) => mayBe(type, resource));
  const own = possible.length === 0 ? types : possible;
  const arns = own.flatMap((type): [string, readonly string[]][] => {
    const named = NAMES[type]?.(resource);
    return named === undefined ? [] : [[type, named]];
  });
  return { types: own, arns: new Map(arns) };
}

/** A pattern of another type's ARNs is about none of this one. */
function mayBe(type: string, resource: string): boolean {
  const name = resource.split(':').slice(5).join(':');
  if (!resource.startsWith('arn:') || name === '' || /[*?]/.test(name[0] ?? '')) return true;
  switch (type) {
    case 'AWS::SNS::PhoneNumber':
      return false;
    case 'AWS::SNS::PlatformEndpoint':
      return 'endpoint/'.startsWith(headOf(name).slice(0, 'endpoint/'.length));
    case 'AWS::SNS::Topic':
      return !name.startsWith('endpoint/');
    default:
      return true;
  }
}

const NAMES: Readonly<Record<string, (resource: string) => readonly string[] | undefined>> = {
  'AWS::S3::Object': (resource) => {
    const [, name] = /^arn:[^:]*:s3:::(.+)$/.exec(resource) ?? [];
    if (name === undefined) return resource === '*' ? [resource] : undefined;
    return [/[*?/]/.test(name) ? resource : `${resource}/`];
  },
  'AWS::Lambda::Function': (resource) => {
    const [, unqualified] = /^(arn:[^:]*:lambda:[^:]*:[^:]*:function:[^:*?]+):.+$/.exec(resource) ?? [];
    return unqualified === undefined ? [resource] : [unqualified, resource];
  },
  'AWS::DynamoDB::Table': (resource) => [
    /^(arn:[^:]*:dynamodb:[^:]*:[^:]*:table\/[^/*?]+)\/.*$/.exec(resource)?.[1] ?? resource,
  ],
  'AWS::SQS::Queue': (resource) => [resource],
  'AWS::SNS::Topic': (resource) => [resource],
};

/** The region of all that a pattern of ARNs is about. */
export function regionOf(resource: string | undefined): string | undefined {
  const [partition, , , region = ''] = resource?.split(':') ?? [];
  return partition === 'arn' && /^[a-z]{2,}-[a-z0-9-]+$/.test(region) ? region : undefined;
}

/** The known beginning of a pattern. */
export function headOf(pattern: string): string {
  return /^[^*?]*/.exec(pattern)?.[0] ?? '';
}

/** The known end of a pattern. */
export function tailOf(pattern: string): string {
  return /[^*?]*$/.exec(pattern)?.[0] ?? '';
}
