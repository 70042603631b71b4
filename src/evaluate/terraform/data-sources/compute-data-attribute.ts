import { dnsSuffixOf, partitionOf } from '../../../model/partitions.js';
import type { ProviderScope } from '../../../model/raw-resource.js';
import { mapOf, STRING } from '../../../model/type.js';
import type { Value } from '../../../model/value.js';
import { stringValue, unknownValue } from '../../../model/values.js';
import { isWithin, joinPath } from '../../../source/paths.js';
import { headerOf } from '../configuration/declarations.js';
import { functionContextOf } from '../modules/function-context.js';
import type { Module } from '../modules/module.js';
import type { ResourceInstance } from '../modules/resource-instance.js';
import { objectOf } from '../values/collections.js';
import { concatTexts } from '../values/unknown.js';
import { policyDocumentJson } from './policy-document.js';

export interface DataContext {
  readonly scope: ProviderScope;
  readonly defaultTags: Value | undefined;
  readonly module: Module;
}

type Compute = (instance: ResourceInstance, attribute: string, context: DataContext) => Value | undefined;

/** Data sources whose values follow from the configuration alone: nothing is asked of a provider. */
const COMPUTED: Readonly<Record<string, Compute>> = {
  aws_iam_policy_document: (instance, attribute, { module }) =>
    attribute === 'json' || attribute === 'minified_json'
      ? policyDocumentJson(instance, attribute === 'json', module.world.report)
      : undefined,
  aws_region: (_, attribute, { scope }) => {
    if (attribute === 'name' || attribute === 'id' || attribute === 'region') return scope.region;
    const suffix = dnsSuffixOf(scope.partition);
    return attribute === 'endpoint' && suffix !== undefined
      ? textOf(stringValue('ec2.'), scope.region, stringValue(`.${suffix}`))
      : undefined;
  },
  aws_partition: (_, attribute, { scope }) => {
    if (attribute === 'partition' || attribute === 'id') return scope.partition;
    const suffix = dnsSuffixOf(scope.partition);
    if (suffix === undefined) return undefined;
    if (attribute === 'dns_suffix') return stringValue(suffix);
    return attribute === 'reverse_dns_prefix' ? stringValue(suffix.split('.').reverse().join('.')) : undefined;
  },
  aws_caller_identity: (_, attribute, { scope }) =>
    attribute === 'account_id' || attribute === 'id' ? scope.account : undefined,
  // One account, one canonical user, however many data sources ask for it.
  aws_canonical_user_id: (instance, attribute, { scope }) =>
    attribute === 'id'
      ? unknownValue('data-source', {
          type: STRING,
          subject: instance.declaration.address,
          notNull: true,
          identity: `${instance.host.root}\0${scope.configuration}\0canonical user`,
        })
      : undefined,
  aws_default_tags: (_, attribute, { defaultTags }) =>
    attribute === 'tags' ? (defaultTags ?? { ...objectOf([]), type: mapOf(STRING) }) : undefined,
  aws_arn: (instance, attribute) => arnPart(instance.values()?.entries.get('arn'), attribute),
  aws_service_principal: (instance, attribute, { scope }) => servicePrincipal(instance, attribute, scope),
  template_file: (instance, attribute, { module }) =>
    attribute === 'rendered' ? rendered(instance, module) : undefined,
  local_file: (instance, attribute, { module }) => (attribute === 'content' ? localFile(instance, module) : undefined),
};

/** The value of an attribute that can be computed here; undefined where only the provider knows it. */
export function computeDataAttribute(
  instance: ResourceInstance,
  attribute: string,
  context: DataContext,
): Value | undefined {
  const compute = Object.hasOwn(COMPUTED, instance.declaration.type) ? COMPUTED[instance.declaration.type] : undefined;
  return compute?.(instance, attribute, context);
}

const ARN_PARTS = ['', 'partition', 'service', 'region', 'account', 'resource'];

function arnPart(arn: Value | undefined, attribute: string): Value | undefined {
  if (arn === undefined || arn.kind !== 'string') return undefined;
  if (attribute === 'id') return arn;
  const index = ARN_PARTS.indexOf(attribute);
  if (index < 1) return undefined;
  const parts = arn.value.split(':');
  const text = index === 5 ? parts.slice(5).join(':') : parts[index];
  return parts[0] === 'arn' && text !== undefined ? stringValue(text) : undefined;
}

function servicePrincipal(instance: ResourceInstance, attribute: string, scope: ProviderScope): Value | undefined {
  const service = instance.values()?.entries.get('service_name');
  const own = instance.values()?.entries.get('region');
  const region = own === undefined || own.kind === 'null' ? scope.region : own;
  if (service === undefined || (service.kind !== 'string' && service.kind !== 'unknown')) return undefined;
  const suffix = region.kind === 'string' && partitionOf(region.value) === 'aws' ? 'amazonaws.com' : undefined;
  if (suffix === undefined) return undefined;
  if (attribute === 'suffix') return stringValue(suffix);
  if (attribute === 'region') return region;
  if (attribute === 'id') return textOf(service, stringValue('.'), region, stringValue(`.${suffix}`));
  return attribute === 'name' ? concatTexts([service, stringValue(`.${suffix}`)]) : undefined;
}

function textOf(...parts: readonly Value[]): Value {
  return concatTexts(parts);
}

/** A template rendered with the data source's own variables. */
function rendered(instance: ResourceInstance, module: Module): Value | undefined {
  const template = instance.values()?.entries.get('template');
  const variables = instance.values()?.entries.get('vars');
  if (
    template?.kind !== 'string' ||
    (variables !== undefined && variables.kind !== 'object' && variables.kind !== 'null')
  )
    return undefined;
  const named = variables?.kind === 'object' ? variables : undefined;
  if (named?.rest !== undefined) return undefined;
  const path = template.origin?.file.path ?? instance.declaration.file.path;
  return functionContextOf(module.world, 0).renderTemplate(path, template.value, named?.entries ?? new Map());
}

function localFile(instance: ResourceInstance, module: Module): Value | undefined {
  const name = instance.values()?.entries.get('filename');
  if (name?.kind !== 'string') return undefined;
  const path = joinPath(module.world.selection.folder, name.value);
  const isBeyond = !isWithin(path, '') || name.value.startsWith('/');
  const read = isBeyond ? undefined : module.world.cache.fileSystem.readFile(path);
  if (read === undefined || (!read.ok && read.failure === 'outside')) {
    const message = `"${instance.declaration.address}" is not read: "${name.value}" lies outside the project root.`;
    module.world.report({ code: 'file-outside-root', message, range: headerOf(instance.declaration) });
    return unknownValue('file-outside-root', { type: STRING, subject: name.value });
  }
  if (!read.ok) return undefined;
  const text = new TextDecoder().decode(read.value);
  return text.includes('\uFFFD')
    ? undefined
    : stringValue(text, { file: { path, text }, start: 0, end: text.length, step: 'file', name: path });
}
