import { dnsSuffixOf } from '../../../model/partitions.js';
import type { ProviderScope } from '../../../model/raw-resource.js';
import { STRING, type Type } from '../../../model/type.js';
import type { ObjectValue, UnknownValue, Value } from '../../../model/value.js';
import { stringValue } from '../../../model/values.js';
import { concatTexts } from '../values/unknown.js';

/** A part of an identity: text, `{attribute}` of the resource, or its scope's partition, region or account. */
type Template = string;

/**
 * What identity attributes are made of, where that always holds: `{name}` is an attribute of the resource, `{partition}`,
 * `{region}`, `{account}` are of its provider configuration. From each service's page in the Service Authorization
 * Reference.
 */
const TEMPLATES: Readonly<Record<string, Readonly<Record<string, Template>>>> = {
  aws_s3_bucket: {
    id: '{bucket}',
    arn: 'arn:{partition}:s3:::{bucket}',
    bucket_domain_name: '{bucket}.s3.{dns_suffix}',
  },
  aws_sns_topic: {
    id: 'arn:{partition}:sns:{region}:{account}:{name}',
    arn: 'arn:{partition}:sns:{region}:{account}:{name}',
  },
  aws_sqs_queue: { arn: 'arn:{partition}:sqs:{region}:{account}:{name}' },
  aws_dynamodb_table: { id: '{name}', arn: 'arn:{partition}:dynamodb:{region}:{account}:table/{name}' },
  aws_lambda_function: {
    id: '{function_name}',
    arn: 'arn:{partition}:lambda:{region}:{account}:function:{function_name}',
  },
  aws_cloudwatch_log_group: { id: '{name}', arn: 'arn:{partition}:logs:{region}:{account}:log-group:{name}' },
  aws_ecr_repository: { id: '{name}', arn: 'arn:{partition}:ecr:{region}:{account}:repository/{name}' },
  aws_iam_user: { id: '{name}' },
  aws_iam_group: { id: '{name}' },
  aws_iam_role: { id: '{name}' },
  aws_iam_instance_profile: { id: '{name}' },
  aws_kms_alias: { id: '{name}', arn: 'arn:{partition}:kms:{region}:{account}:{name}' },
  aws_eks_cluster: { id: '{name}', arn: 'arn:{partition}:eks:{region}:{account}:cluster/{name}' },
  aws_ssm_parameter: { id: '{name}' },
  aws_db_subnet_group: { id: '{name}' },
  aws_kms_key: { arn: 'arn:{partition}:kms:{region}:{account}:key/{key_id}' },
  aws_security_group: { arn: 'arn:{partition}:ec2:{region}:{account}:security-group/{id}' },
  aws_subnet: { arn: 'arn:{partition}:ec2:{region}:{account}:subnet/{id}' },
  aws_instance: { arn: 'arn:{partition}:ec2:{region}:{account}:instance/{id}' },
  aws_kinesis_stream: {
    id: 'arn:{partition}:kinesis:{region}:{account}:stream/{name}',
    arn: 'arn:{partition}:kinesis:{region}:{account}:stream/{name}',
  },
  aws_kinesis_firehose_delivery_stream: { arn: 'arn:{partition}:firehose:{region}:{account}:deliverystream/{name}' },
  aws_sfn_state_machine: { arn: 'arn:{partition}:states:{region}:{account}:stateMachine:{name}' },
  aws_cloudwatch_event_bus: { arn: 'arn:{partition}:events:{region}:{account}:event-bus/{name}' },
  aws_codebuild_project: { arn: 'arn:{partition}:codebuild:{region}:{account}:project/{name}' },
  aws_ecs_cluster: { arn: 'arn:{partition}:ecs:{region}:{account}:cluster/{name}' },
  aws_db_instance: { arn: 'arn:{partition}:rds:{region}:{account}:db:{identifier}' },
  aws_rds_cluster: { arn: 'arn:{partition}:rds:{region}:{account}:cluster:{cluster_identifier}' },
  aws_cloudtrail: { arn: 'arn:{partition}:cloudtrail:{region}:{account}:trail/{name}' },
  aws_backup_vault: { id: '{name}', arn: 'arn:{partition}:backup:{region}:{account}:backup-vault:{name}' },
  aws_efs_file_system: { arn: 'arn:{partition}:elasticfilesystem:{region}:{account}:file-system/{id}' },
  aws_opensearch_domain: { arn: 'arn:{partition}:es:{region}:{account}:domain/{domain_name}' },
  aws_vpc: { arn: 'arn:{partition}:ec2:{region}:{account}:vpc/{id}' },
};

/** IAM puts the path before the name; without one it is the slash alone. */
const IAM_ARNS: Readonly<Record<string, string>> = {
  aws_iam_role: 'role',
  aws_iam_user: 'user',
  aws_iam_policy: 'policy',
  aws_iam_group: 'group',
  aws_iam_instance_profile: 'instance-profile',
};

/** Providers of identities for IAM are named by what they are: the attribute, and the segment before it. */
const IAM_PROVIDERS: Readonly<Record<string, readonly [segment: string, attribute: string]>> = {
  aws_iam_openid_connect_provider: ['oidc-provider', 'url'],
  aws_iam_saml_provider: ['saml-provider', 'name'],
};

/** What identities are made of. */
export interface Identifiable {
  readonly declaration: { readonly type: string };
  readonly scope: ProviderScope;
  values(): ObjectValue | undefined;
  /** An attribute that the provider makes. */
  computed(name: string, type: Type): Value;
}

/** The value of an identity attribute by its template, its unknown parts unknown; undefined where there is none. */
export function identityOf(instance: Identifiable, attribute: string, computed: UnknownValue): Value | undefined {
  const { type } = instance.declaration;
  const parts = partsOf(instance, type, attribute);
  if (parts === undefined) return undefined;
  const text = concatTexts(parts);
  const isOwn = text.kind === 'unknown' && text.parts === undefined;
  return isOwn ? computed : { ...text, origin: computed.origin };
}

function partsOf(instance: Identifiable, type: string, attribute: string): Value[] | undefined {
  if (attribute === 'arn' && IAM_ARNS[type] !== undefined) return iamArn(instance, IAM_ARNS[type]);
  const provider = IAM_PROVIDERS[type];
  if (provider !== undefined && (attribute === 'arn' || attribute === 'id')) return providerArn(instance, provider);
  return templateParts(instance, TEMPLATES[type]?.[attribute], attribute);
}

function templateParts(instance: Identifiable, template: Template | undefined, attribute: string): Value[] | undefined {
  if (template === undefined) return undefined;
  const parts: Value[] = [];
  for (const piece of template.split(/(\{[a-z_]+\})/)) {
    if (!piece.startsWith('{')) parts.push(stringValue(piece));
    else {
      const part = partOf(instance, piece.slice(1, -1), attribute);
      if (part === undefined) return undefined;
      parts.push(part);
    }
  }
  return parts;
}

function partOf(instance: Identifiable, name: string, attribute: string): Value | undefined {
  const { partition, region, account } = instance.scope;
  if (name === 'partition') return partition;
  if (name === 'region') return region;
  if (name === 'account') return account;
  if (name === 'dns_suffix') {
    const suffix = dnsSuffixOf(partition);
    return suffix === undefined ? undefined : stringValue(suffix);
  }
  if (name === attribute) return undefined;
  const value = instance.values()?.entries.get(name);
  // A name that is not written, or null, is made by the provider.
  if (value === undefined || value.kind === 'null') return instance.computed(name, STRING);
  return value.kind === 'string' || value.kind === 'unknown' ? value : undefined;
}

function iamArn(instance: Identifiable, kind: string): Value[] | undefined {
  const { partition, account } = instance.scope;
  const name = partOf(instance, 'name', 'arn');
  const path = instance.values()?.entries.get('path');
  if (name === undefined) return undefined;
  const separator = path === undefined || path.kind === 'null' ? stringValue('/') : path;
  if (separator.kind !== 'string' && separator.kind !== 'unknown') return undefined;
  return [stringValue('arn:'), partition, stringValue(':iam::'), account, stringValue(`:${kind}`), separator, name];
}

/** The issuer's URL stands in the ARN without its scheme. */
function providerArn(instance: Identifiable, [segment, attribute]: readonly [string, string]): Value[] | undefined {
  const { partition, account } = instance.scope;
  const name = partOf(instance, attribute, 'arn');
  const own = name === undefined ? undefined : withoutScheme(name);
  if (own === undefined) return undefined;
  return [stringValue('arn:'), partition, stringValue(':iam::'), account, stringValue(`:${segment}/`), ...own];
}

function withoutScheme(name: Value): Value[] | undefined {
  if (name.kind === 'string') return [{ ...name, value: name.value.replace(/^https:\/\//, '') }];
  if (name.kind !== 'unknown') return undefined;
  const [first, ...others] = name.parts ?? [];
  if (typeof first !== 'string' || !first.startsWith('https://')) {
    // With its scheme or without: it is not the same text.
    return [{ ...name, parts: undefined, identity: undefined, refersTo: undefined, alternatives: undefined }];
  }
  return [first.slice('https://'.length), ...others].map((part) =>
    typeof part === 'string' ? stringValue(part) : part,
  );
}
