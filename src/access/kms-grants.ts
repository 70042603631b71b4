import { equals, type Text } from '../iam/index.js';
import type { Resource } from '../model/resource.js';
import type { Value } from '../model/value.js';
import type { KmsGrant } from './request.js';
import { arnTextOf, asText, attributeOf, type World } from './world.js';

/** The grants of a key that the graph has, and those that may be of it. */
export function kmsGrantsOf(world: World, key: Resource): KmsGrant[] {
  const grants = [...world.graph.resources.values()].filter(({ type }) => type === 'aws_kms_grant');
  return grants.flatMap((grant) => {
    const isOfKey = isGrantOf(world, grant, key);
    return isOfKey === false ? [] : [toGrant(world, grant, isOfKey)];
  });
}

function isGrantOf(world: World, grant: Resource, key: Resource): boolean | undefined {
  const named = attributeOf(world, grant, 'key_id');
  const references = named?.refersTo ?? [];
  if (references.length > 0) {
    const isOne = references.some(({ root, address }) => root === key.root && address === key.address);
    return references.length === 1 ? isOne : isOne ? undefined : false;
  }
  const text = named === undefined ? undefined : asText(named);
  const names = [arnTextOf(world, key), ownText(world, key, 'key_id')];
  const answers = names.map((name) => (name === undefined || text === undefined ? undefined : equals(text, name)));
  return answers.includes(true) ? true : answers.every((answer) => answer === false) ? false : undefined;
}

function toGrant(world: World, grant: Resource, isOfKey: boolean | undefined): KmsGrant {
  const constraints = elementsOfBlock(attributeOf(world, grant, 'constraints'));
  const operations = plainTexts(attributeOf(world, grant, 'operations'));
  const maps = constraints.map((one) => ({
    equals: plainMap(one, 'encryption_context_equals'),
    subset: plainMap(one, 'encryption_context_subset'),
  }));
  const isKnown =
    isOfKey === true &&
    operations !== undefined &&
    grant.existence.kind === 'certain' &&
    maps.length <= 1 &&
    maps.every((one) => one.equals !== 'unknown' && one.subset !== 'unknown');
  const [only] = maps;
  return {
    grantee: ownText(world, grant, 'grantee_principal') ?? [],
    operations: operations ?? ALL_OPERATIONS,
    equals: only === undefined || only.equals === 'unknown' ? undefined : only.equals,
    subset: only === undefined || only.subset === 'unknown' ? undefined : only.subset,
    perhaps: isKnown ? undefined : { kind: 'construct', name: `grant ${grant.address}` },
  };
}

/** AWS KMS Developer Guide, "Grants in AWS KMS": what a grant can allow. */
const ALL_OPERATIONS: readonly string[] = [
  'CreateGrant',
  'Decrypt',
  'DeriveSharedSecret',
  'DescribeKey',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'GenerateDataKeyWithoutPlaintext',
  'GenerateMac',
  'GetPublicKey',
  'ReEncryptFrom',
  'ReEncryptTo',
  'RetireGrant',
  'Sign',
  'Verify',
  'VerifyMac',
];

function ownText(world: World, resource: Resource, name: string): Text | undefined {
  const value = attributeOf(world, resource, name);
  return value === undefined ? undefined : asText(value);
}

function elementsOfBlock(value: Value | undefined): readonly Value[] {
  if (value === undefined) return [];
  return value.kind === 'list' && value.rest === undefined ? value.elements : [value];
}

function plainTexts(value: Value | undefined): readonly string[] | undefined {
  if (value?.kind !== 'list' || value.rest !== undefined || value.existence !== undefined) return undefined;
  const texts = value.elements.map((element) => (element.kind === 'string' ? element.value : undefined));
  return texts.some((text) => text === undefined) ? undefined : texts.filter((text) => text !== undefined);
}

function plainMap(block: Value, name: string): Readonly<Record<string, string>> | 'unknown' | undefined {
  const value = block.kind === 'object' ? block.entries.get(name) : block;
  if (value === undefined || value.kind === 'null') return undefined;
  if (value.kind !== 'object' || value.rest !== undefined) return 'unknown';
  const entries = [...value.entries].map(([key, entry]) => [key, entry.kind === 'string' ? entry.value : undefined]);
  return entries.some(([, entry]) => entry === undefined) ? 'unknown' : Object.fromEntries(entries);
}
