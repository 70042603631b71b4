/** Plain JSON, as the translator answers. */
type Json = null | string | number | boolean | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = { readonly [key: string]: Json };

/**
 * Where two translations of a template differ, one line a place. What may differ, and nothing else, is levelled before:
 *
 * - ids that end in a hash of the content, where ours stands without it, and the description of a deployment;
 * - the tags by which the translator marks what it made;
 * - the order of statements, policies, notifications, alternatives and keys;
 * - `Metadata`, which suppressions are read from: ours keeps it where the translator drops it;
 * - `arn:aws:` in a generated `SourceArn` and in the definition of an API, where ours has the partition;
 * - values of parameters that the translator writes out where ours still has the `Ref`;
 * - in an OpenAPI body everything but paths, methods, integrations, security, policy and CORS.
 */
export function differences(
  ours: JsonObject,
  theirs: JsonObject,
  parameters: Readonly<Record<string, string>>,
): string[] {
  const renamed = withoutHashes(ours, theirs);
  const found: string[] = [];
  for (const section of ['Conditions', 'Resources', 'Outputs']) {
    const left = level(ours[section] ?? {}, parameters) as JsonObject;
    const right = level(renamed[section] ?? {}, parameters) as JsonObject;
    compare(section, left, right, found);
  }
  return found;
}

const HASHED = new Set([
  'AWS::ApiGateway::Deployment',
  'AWS::ApiGateway::DomainName',
  'AWS::ApiGateway::DomainNameV2',
  'AWS::ApiGatewayV2::DomainName',
  'AWS::Lambda::LayerVersion',
  'AWS::Lambda::Version',
  'AWS::Route53::RecordSetGroup',
]);

/** Their text with every id that ends in a hash of the content under the name that ours has. */
function withoutHashes(ours: JsonObject, theirs: JsonObject): JsonObject {
  const mine = (ours['Resources'] ?? {}) as JsonObject;
  let text = JSON.stringify(theirs);
  for (const [id, resource] of Object.entries((theirs['Resources'] ?? {}) as JsonObject)) {
    const plain = id.slice(0, -10);
    const isHashed = HASHED.has((resource as JsonObject)['Type'] as string) && /[0-9a-f]{10}$/.test(id);
    if (isHashed && !(id in mine) && plain in mine) text = text.replaceAll(id, plain);
  }
  return JSON.parse(text) as JsonObject;
}

const MARKS = new Set([
  'lambda:createdBy',
  'httpapi:createdBy',
  'stateMachine:createdBy',
  'graphqlapi:createdBy',
  'websocketapi:createdBy',
]);
const UNORDERED = new Set([
  'DependsOn',
  'Fn::Or',
  'LambdaConfigurations',
  'ManagedPolicyArns',
  'Policies',
  'Resource',
  'Statement',
  'security',
]);
const BESIDE = new Set(['consumes', 'headers', 'produces', 'responses', 'summary']);
const BODY = new Set([
  'paths',
  'securityDefinitions',
  'components',
  'x-amazon-apigateway-policy',
  'x-amazon-apigateway-cors',
  'Fn::Transform',
]);

function level(value: Json, parameters: Readonly<Record<string, string>>, key = ''): Json {
  if (typeof value === 'string')
    return value.replaceAll(/^arn:aws:(execute-api|apigateway|iot|logs):/g, 'arn:${AWS::Partition}:$1:');
  if (isList(value)) {
    const items = value.filter((item) => !isMark(item)).map((item) => level(item, parameters));
    return UNORDERED.has(key) ? [...items].sort(byText) : items;
  }
  if (value === null || typeof value !== 'object') return value;
  const { Ref: parameter } = value;
  if (typeof parameter === 'string' && Object.keys(value).length === 1 && parameter in parameters) {
    return parameters[parameter] ?? null;
  }
  const made: Record<string, Json> = {};
  for (const [name, inner] of Object.entries(value)) {
    if (MARKS.has(name)) continue;
    if (name === 'Description' && String(inner).startsWith('RestApi deployment id')) continue;
    if (key === 'Body' && !BODY.has(name)) continue;
    if (name === 'Metadata' || (isOperation(value) && BESIDE.has(name))) continue;
    const levelled = level(inner, parameters, name);
    const isEmptyTags = name === 'Tags' && isEmpty(levelled);
    if (!isEmptyTags) made[name] = levelled;
  }
  return made;
}

function isOperation(value: JsonObject): boolean {
  return 'x-amazon-apigateway-integration' in value;
}

function isMark(item: Json): boolean {
  if (item === null || typeof item !== 'object' || isList(item)) return false;
  return MARKS.has(item['Key'] as string) || MARKS.has(item['name'] as string);
}

function isEmpty(value: Json): boolean {
  return isList(value)
    ? value.length === 0
    : value !== null && typeof value === 'object' && Object.keys(value).length === 0;
}

function compare(path: string, ours: Json | undefined, theirs: Json | undefined, found: string[]): void {
  if (ours === undefined || theirs === undefined) {
    if (ours !== theirs) found.push(`${path}: ours ${print(ours)}, theirs ${print(theirs)}`);
    return;
  }
  if (isObject(ours) && isObject(theirs)) {
    for (const key of [...new Set([...Object.keys(ours), ...Object.keys(theirs)])].sort()) {
      compare(`${path}.${key}`, ours[key], theirs[key], found);
    }
    return;
  }
  if (isList(ours) && isList(theirs) && ours.length === theirs.length) {
    ours.forEach((item, index) => {
      compare(`${path}[${index}]`, item, theirs[index], found);
    });
    return;
  }
  if (print(ours) !== print(theirs)) found.push(`${path}: ours ${print(ours)}, theirs ${print(theirs)}`);
}

function isObject(value: Json): value is JsonObject {
  return value !== null && typeof value === 'object' && !isList(value);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function byText(a: Json, b: Json): number {
  const [left, right] = [print(a), print(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** JSON with its keys in order. */
function print(value: Json | undefined): string {
  if (value === undefined) return 'nothing';
  if (isList(value)) return `[${value.map(print).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const entries = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${print(value[key])}`);
  return `{${entries.join(',')}}`;
}
