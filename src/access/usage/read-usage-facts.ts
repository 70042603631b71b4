import { plainText } from '../../iam/index.js';
import { openTypeOf, type Resource } from '../../model/resource.js';
import type { Value } from '../../model/value.js';
import { isPrincipalType } from '../names.js';
import type { AccessSources } from '../stated-world.js';
import { accountTextOf, arnTextOf, attributeOf, isAbsent, listOf, namedResources, type World } from '../world.js';
import type { BasicSelector, EventSelectors, FieldSelector, FieldTest } from './event-selectors.js';
import type { LastAccessed, PrincipalFacts, Trail, UsageFacts } from './usage-facts.js';

const TRAIL = 'aws_cloudtrail';

/** What the snapshots of a graph say of which uses logs would show. */
export function readUsageFacts(sources: AccessSources): UsageFacts {
  const world: World = { ...sources, bindings: new Map() };
  const resources = namedResources(world);
  const times = collectionTimes(world, resources);
  const principals = new Map<string, PrincipalFacts>();
  for (const resource of resources) {
    const arn = isPrincipalType(resource) ? plain(arnTextOf(world, resource)) : undefined;
    if (arn !== undefined) principals.set(arn, principalFacts(world, resource, times.get(arn.split(':')[4] ?? '')));
  }
  return { principals, trails: trailsOf(world, resources), regions: regionsOf(world) };
}

function principalFacts(world: World, resource: Resource, at: string | undefined): PrincipalFacts {
  return {
    id: stringOf(world, resource, 'unique_id'),
    created: timeOf(stringOf(world, resource, 'create_date')),
    lastAccessed: lastAccessedOf(world, resource, at),
  };
}

function lastAccessedOf(world: World, resource: Resource, at: string | undefined): LastAccessed | undefined {
  const value = attributeOf(world, resource, 'services_last_accessed');
  if (value?.kind !== 'list') return undefined;
  const services = value.elements.flatMap((element): [string, string][] => {
    const service = textIn(element, 'service');
    const last = fieldIn(element, 'last_accessed');
    if (service === undefined || last === undefined) return [];
    if (last.kind === 'null') return [[service, 'none']];
    return last.kind === 'string' ? [[service, last.value]] : [];
  });
  return { at, services: new Map(services) };
}

/** Account → a time at which, or after which, it was asked: that of its credential report, or the last use that is told. */
export function collectionTimes(world: World, resources: readonly Resource[]): Map<string, string> {
  const times = new Map<string, string>();
  const note = (account: string | undefined, time: string | undefined) => {
    if (account === undefined || time === undefined) return;
    const known = times.get(account);
    if (known === undefined || time > known) times.set(account, time);
  };
  for (const resource of world.graph.resources.values()) {
    if (resource.type !== 'aws_account' || resource.presence !== 'scope') continue;
    const report = attributeOf(world, resource, 'credential_report');
    note(
      plain(accountTextOf(world, resource)),
      timeOf(report === undefined ? undefined : textIn(report, 'generated_at')),
    );
  }
  for (const resource of resources.filter(isPrincipalType)) {
    const account = plain(accountTextOf(world, resource));
    note(account, timeOf(stringOf(world, resource, 'last_used')));
    const value = attributeOf(world, resource, 'services_last_accessed');
    for (const element of value?.kind === 'list' ? value.elements : [])
      note(account, timeOf(textIn(element, 'last_accessed')));
  }
  return times;
}

/** Accounts of snapshots whose trails were all seen. */
function trailsOf(world: World, resources: readonly Resource[]): Map<string, Trail[]> {
  const trails = new Map<string, Trail[]>();
  for (const resource of world.graph.resources.values()) {
    if (resource.type !== 'aws_account' || resource.presence !== 'scope') continue;
    const account = plain(accountTextOf(world, resource));
    const isLive = world.graph.openTypes.get(resource.root)?.complete !== undefined;
    const isWhole = isLive && openTypeOf(world.graph, resource.root, TRAIL) === undefined;
    if (account !== undefined && isWhole) trails.set(account, []);
  }
  for (const resource of resources.filter(({ type }) => type === TRAIL))
    trails.get(plain(accountTextOf(world, resource)) ?? '')?.push(toTrail(world, resource));
  return trails;
}

function toTrail(world: World, resource: Resource): Trail {
  return {
    name: stringOf(world, resource, 'name') ?? resource.address,
    homeRegion: stringOf(world, resource, 'home_region'),
    isMultiRegion: truthOf(world, resource, 'is_multi_region_trail'),
    includesGlobalServices: truthOf(world, resource, 'include_global_service_events'),
    isLogging: truthOf(world, resource, 'enable_logging'),
    since: timeOf(stringOf(world, resource, 'start_logging_time')),
    selectors: selectorsOf(world, resource),
  };
}

/** Without selectors a trail records all management events, and no data events: CloudTrail User Guide, "Logging management events". */
const DEFAULT_SELECTORS: EventSelectors = {
  kind: 'basic',
  selectors: [{ readWriteType: 'All', includesManagement: true, excludedSources: [], dataResources: [] }],
};

function selectorsOf(world: World, resource: Resource): EventSelectors | undefined {
  const advanced = listOf(world, resource, 'advanced_event_selector');
  if (advanced.isOpen) return undefined;
  if (advanced.elements.length > 0) {
    const selectors = advanced.elements.map(({ value }) => toAdvanced(value));
    return selectors.every((one) => one !== undefined) ? { kind: 'advanced', selectors } : undefined;
  }
  const basic = listOf(world, resource, 'event_selector');
  if (basic.isOpen) return undefined;
  if (basic.elements.length === 0)
    return isAbsent(resource, 'event_selector') ? DEFAULT_SELECTORS : { kind: 'basic', selectors: [] };
  const selectors = basic.elements.map(({ value }) => toBasic(value));
  return selectors.every((one) => one !== undefined) ? { kind: 'basic', selectors } : undefined;
}

function toBasic(value: Value): BasicSelector | undefined {
  const readWriteType = textIn(value, 'read_write_type');
  const management = fieldIn(value, 'include_management_events');
  const excluded = textsIn(value, 'exclude_management_event_sources');
  const data = fieldIn(value, 'data_resource');
  if (readWriteType !== 'All' && readWriteType !== 'ReadOnly' && readWriteType !== 'WriteOnly') return undefined;
  if (management?.kind !== 'bool' || excluded === undefined) return undefined;
  const dataResources = (data?.kind === 'list' ? data.elements : []).map((element) => ({
    type: textIn(element, 'type'),
    values: textsIn(element, 'values'),
  }));
  const isKnown = data === undefined || data.kind === 'null' || (data.kind === 'list' && data.rest === undefined);
  if (!isKnown) return undefined;
  return {
    readWriteType,
    includesManagement: management.value,
    excludedSources: excluded,
    // What is not known of one is not recorded, as far as it is known.
    dataResources: dataResources.flatMap(({ type, values }) =>
      type === undefined || values === undefined ? [] : [{ type, values }],
    ),
  };
}

const OPERATORS: readonly FieldTest['operator'][] = [
  'equals',
  'starts_with',
  'ends_with',
  'not_equals',
  'not_starts_with',
  'not_ends_with',
];

function toAdvanced(value: Value): FieldSelector[] | undefined {
  const fields = fieldIn(value, 'field_selector');
  if (fields?.kind !== 'list' || fields.rest !== undefined) return undefined;
  const selectors = fields.elements.map((element): FieldSelector | undefined => {
    const field = textIn(element, 'field');
    const tests = OPERATORS.map((operator) => ({ operator, values: textsIn(element, operator) }));
    if (field === undefined || tests.some(({ values }) => values === undefined)) return undefined;
    return {
      field,
      tests: tests.flatMap(({ operator, values = [] }) => (values.length === 0 ? [] : [{ operator, values }])),
    };
  });
  return selectors.every((one) => one !== undefined) ? selectors : undefined;
}

/** Account → the regions of it that were asked, or in which something lies. */
function regionsOf(world: World): Map<string, string[]> {
  const regions = new Map<string, string[]>();
  for (const resource of world.graph.resources.values()) {
    if (resource.type !== 'aws_region' || resource.presence !== 'scope') continue;
    const account = plain(accountTextOf(world, resource));
    const name = stringOf(world, resource, 'name');
    if (account !== undefined && name !== undefined)
      regions.set(account, [...(regions.get(account) ?? []), name].sort());
  }
  return regions;
}

function plain(text: ReturnType<typeof arnTextOf>): string | undefined {
  return text === undefined ? undefined : plainText(text);
}

function stringOf(world: World, resource: Resource, name: string): string | undefined {
  const value = attributeOf(world, resource, name);
  return value?.kind === 'string' ? value.value : undefined;
}

function truthOf(world: World, resource: Resource, name: string): boolean | undefined {
  const value = attributeOf(world, resource, name);
  return value?.kind === 'bool' ? value.value : undefined;
}

function fieldIn(value: Value, name: string): Value | undefined {
  return value.kind === 'object' ? value.entries.get(name) : undefined;
}

function textIn(value: Value, name: string): string | undefined {
  const field = fieldIn(value, name);
  return field?.kind === 'string' ? field.value : undefined;
}

/** An absent list is an empty one; undefined: it is not all known. */
function textsIn(value: Value, name: string): string[] | undefined {
  const list = fieldIn(value, name);
  if (list === undefined || list.kind === 'null') return [];
  if (list.kind !== 'list' || list.rest !== undefined) return undefined;
  const texts = list.elements.flatMap((element) => (element.kind === 'string' ? element.value : []));
  return texts.length === list.elements.length ? texts : undefined;
}

/** To the second, in UTC; undefined for what is no time. */
function timeOf(text: string | undefined): string | undefined {
  const time = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
