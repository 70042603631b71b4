import { documentIsPublic, elementsOf, type Text } from '../iam/index.js';
import type { Resource, ResourceGraph } from '../model/resource.js';
import { DYNAMIC } from '../model/type.js';
import type { Value } from '../model/value.js';
import { listValue, objectValue, stringValue } from '../model/values.js';
import { bindValue } from './bind-values.js';
import { documentOf, textsOf } from './documents.js';
import { unseen } from './identity-policies.js';
import { hasNoPolicy } from './policy-holders.js';
import type { PolicyInForce, S3Settings } from './request.js';
import { arnTextOf, attributeOf, isAbsent, type World } from './world.js';

/** The policies of a resource of the graph that actions of a service ask; of a role the one that says who may assume it. */
export function resourcePoliciesOf(
  world: World,
  resource: Resource,
  service: string,
  arn: Text | undefined = arnTextOf(world, resource),
): PolicyInForce[] {
  const { address, type } = resource;
  if (!SERVICES_WITH_POLICIES.has(service) || TYPES_WITHOUT_POLICIES.has(type)) return [];
  if (type === 'aws_iam_role') {
    const trust = attributeOf(world, resource, 'assume_role_policy');
    const name = `trust policy of ${address}`;
    return [trust === undefined ? unseen(name) : { document: trust, name }];
  }
  const document = attributeOf(world, resource, 'resource_policy');
  if (document !== undefined) return [{ document, name: `policy of ${address}` }];
  if (arn !== undefined && hasNoPolicy(arn)) return [];
  if (!world.facts.hasResourcePolicy(type)) {
    return isOfCode(resource) && !hasOtherPolicies(world) ? [] : [unseen(`policy of ${address}`)];
  }
  const attribute = type.endsWith('search_domain') ? 'access_policies' : 'policy';
  if (!isAbsent(resource, attribute)) return [unseen(`policy of ${address}`)];
  const byDefault = defaultPolicyOf(world, resource, service);
  return byDefault === undefined ? [] : [{ document: byDefault, name: `default policy of ${address}` }];
}

function isOfCode({ language, presence }: Resource): boolean {
  return language !== 'live' && presence === 'written';
}

/** Whether the graph has policies that are resources of their own, of types that no table puts into their resource. */
function hasOtherPolicies({ graph }: World): boolean {
  let has = otherPolicies.get(graph);
  if (has === undefined) {
    has = [...graph.resources.values()].some(
      ({ type, mode }) => mode === 'managed' && /polic|permission/i.test(type) && !/^(aws_iam_|AWS::IAM::)/.test(type),
    );
    otherPolicies.set(graph, has);
  }
  return has;
}

const otherPolicies = new WeakMap<ResourceGraph, boolean>();

/** The policy that a resource has where none is written; undefined: none. */
function defaultPolicyOf(world: World, resource: Resource, service: string): Value | undefined {
  if (service === 'execute-api') return unseen(`authorization of the methods of ${resource.address}`).document;
  switch (resource.type) {
    case 'aws_kms_key':
      return defaultKeyPolicy(world, resource);
    case 'aws_sns_topic':
      return defaultTopicPolicy(world, resource);
    case 'aws_efs_file_system':
      return DEFAULT_FILE_SYSTEM_POLICY;
    default:
      return undefined;
  }
}

/** What is not known of the policy of a resource that is not in the input: nothing where its service has none. */
export function policyOfService(service: string, name: string, arn: Text): PolicyInForce[] {
  return SERVICES_WITH_POLICIES.has(service) && !hasNoPolicy(arn) ? [unseen(`policy of ${name}`)] : [];
}

/** Services whose resources may have policies: IAM User Guide, "AWS services that work with IAM". */
const SERVICES_WITH_POLICIES: ReadonlySet<string> = new Set(
  `acm-pca aoss apigateway backup bedrock bedrock-agentcore cassandra cleanrooms cloudtrail codeartifact codebuild
  comprehend dsql dynamodb ecr ecr-public elasticfilesystem entityresolution es events execute-api glacier glue kafka
  kinesis kms lambda lex logs mediastore network-firewall oam organizations payment-cryptography qbusiness redshift
  redshift-serverless rekognition resource-explorer-2 route53resolver s3 s3-object-lambda s3-outposts s3express s3tables
  s3vectors sagemaker schemas secretsmanager serverlessrepo ses signer sns sqs ssm ssm-contacts ssm-incidents sts
  verifiedpermissions vpc-lattice xray`.split(/\s+/),
);

/**
 * Types of those services that none can be attached to. AWS Glue Developer Guide, "Resource-based policies": they are of the Data
 * Catalog. Amazon SageMaker AI Developer Guide, "How Amazon SageMaker AI works with IAM": of what is shared with other accounts.
 */
const TYPES_WITHOUT_POLICIES: ReadonlySet<string> = new Set([
  ...['aws_glue_dev_endpoint', 'aws_glue_job', 'aws_sagemaker_domain', 'aws_sagemaker_notebook_instance'],
  'aws_sagemaker_user_profile',
]);

/** A key without a policy of its own lets its account's policies decide. AWS KMS Developer Guide, "Default key policy". */
function defaultKeyPolicy(world: World, { scope }: Resource): Value {
  return documentOf([
    ['effect', stringValue('Allow')],
    ['actions', textsOf('kms:*')],
    ['resources', textsOf('*')],
    ['principals', principalsOf('AWS', bindValue(scope.account, world.bindings))],
  ]);
}

/** A topic lets whoever calls for its owner's account. Amazon SNS API Reference, "CreateTopic"; its default policy. */
function defaultTopicPolicy(world: World, { scope }: Resource): Value {
  return documentOf([
    ['effect', stringValue('Allow')],
    ['actions', textsOf(...TOPIC_ACTIONS)],
    ['resources', textsOf('*')],
    ['principals', principalsOf('AWS', stringValue('*'))],
    ['condition', conditionOf('StringEquals', 'aws:sourceowner', bindValue(scope.account, world.bindings))],
  ]);
}

const TOPIC_ACTIONS: readonly string[] = [
  'sns:AddPermission',
  'sns:DeleteTopic',
  'sns:GetTopicAttributes',
  'sns:ListSubscriptionsByTopic',
  'sns:Publish',
  'sns:RemovePermission',
  'sns:SetTopicAttributes',
  'sns:Subscribe',
];

/** A file system lets in whoever reaches a mount target. Amazon EFS User Guide, "Using IAM to control file system data access". */
const DEFAULT_FILE_SYSTEM_POLICY: Value = documentOf([
  ['effect', stringValue('Allow')],
  ['actions', textsOf('elasticfilesystem:Client*')],
  ['resources', textsOf('*')],
  ['principals', principalsOf('AWS', stringValue('*'))],
  ['condition', conditionOf('Bool', 'elasticfilesystem:accessedviamounttarget', stringValue('true'))],
]);

function principalsOf(type: string, identifier: Value): Value {
  return listOfOne(
    objectOf([
      ['type', stringValue(type)],
      ['identifiers', listOfOne(identifier)],
    ]),
  );
}

function conditionOf(test: string, variable: string, value: Value): Value {
  const fields = [
    ['test', stringValue(test)],
    ['variable', stringValue(variable)],
    ['values', listOfOne(value)],
  ] as const;
  return listOfOne(objectOf(fields));
}

function objectOf(entries: readonly (readonly [string, Value])[]): Value {
  return objectValue({ kind: 'object', attributes: new Map() }, new Map(entries));
}

function listOfOne(value: Value): Value {
  return listValue({ kind: 'list', element: DYNAMIC }, [value]);
}

/**
 * What S3 decides by for a bucket. Where nothing is said of who owns its objects, and it has no list, lists are taken for
 * disabled, as they are by default: Amazon S3 User Guide, "Controlling ownership of objects and disabling ACLs".
 */
export function s3SettingsOf(world: World, bucket: Resource, assume: (assumption: string) => void): S3Settings {
  const policy = attributeOf(world, bucket, 'resource_policy');
  const block = attributeOf(world, bucket, 'public_access_block');
  const acl = aclOf(world, bucket);
  const declared = ownershipOf(attributeOf(world, bucket, 'ownership_controls'));
  const isByDefault = isAbsent(bucket, 'ownership_controls') && acl?.length === 0;
  if (isByDefault) assume(`${bucket.address} has the default BucketOwnerEnforced: access control lists are disabled`);
  const ownership = isByDefault ? 'BucketOwnerEnforced' : declared;
  return {
    restrictPublicBuckets: isOn(block, 'restrict_public_buckets'),
    ignorePublicAcls: isOn(block, 'ignore_public_acls'),
    ownership,
    policyIsPublic:
      policy === undefined ? (isAbsent(bucket, 'policy') ? false : undefined) : documentIsPublic(policy).value,
    mayHaveObjectAcls: ownership !== 'BucketOwnerEnforced',
    acl,
  };
}

/** A block that is on counts; where it is off, the account's own may be on. */
function isOn(block: Value | undefined, name: string): true | undefined {
  const value = block?.kind === 'object' ? block.entries.get(name) : undefined;
  return value?.kind === 'bool' && value.value ? true : undefined;
}

function ownershipOf(controls: Value | undefined): S3Settings['ownership'] {
  const rule = controls?.kind === 'object' ? controls.entries.get('rule') : undefined;
  const single = rule?.kind === 'list' ? rule.elements[0] : rule;
  const value = single?.kind === 'object' ? single.entries.get('object_ownership') : undefined;
  const text = value?.kind === 'string' ? value.value : undefined;
  return OWNERSHIPS.find((ownership) => ownership === text);
}

const OWNERSHIPS = ['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter'] as const;

/** Canned lists → what they grant besides the owner. Amazon S3 User Guide, "Canned ACL". */
const CANNED: Readonly<Record<string, S3Settings['acl']>> = {
  private: [],
  'bucket-owner-read': [],
  'bucket-owner-full-control': [],
  'public-read': [{ grantee: 'AllUsers', permission: 'READ' }],
  'public-read-write': [
    { grantee: 'AllUsers', permission: 'READ' },
    { grantee: 'AllUsers', permission: 'WRITE' },
  ],
  'authenticated-read': [{ grantee: 'AuthenticatedUsers', permission: 'READ' }],
};

function aclOf(world: World, bucket: Resource): S3Settings['acl'] {
  const canned = attributeOf(world, bucket, 'acl');
  const grants = attributeOf(world, bucket, 'grant');
  if (grants !== undefined && elementsOf(grants).elements.length + Number(elementsOf(grants).isOpen) > 0)
    return undefined;
  if (canned === undefined) return isAbsent(bucket, 'acl') ? [] : undefined;
  return canned.kind === 'string' ? CANNED[canned.value] : undefined;
}
