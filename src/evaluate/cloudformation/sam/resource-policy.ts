import { suggest } from '../../../source/suggest.js';
import type { DataEntry, DataMapping } from '../../../syntax/data/ast.js';
import { scalarText } from '../expression/nodes.js';
import { ANY_METHOD } from './api-events.js';
import { diagnose } from './expansion.js';
import type { Expansion, SamResource } from './model.js';
import type { Draft, DraftMapping } from './nodes.js';
import { build, entryOf, itemsOf, mappingOf, nodeAt, placeOf, sub, withEntries } from './nodes.js';
import { editOperations, routesOf } from './open-api.js';
import type { ApiAuth } from './security.js';

const LISTS = [
  'AwsAccountBlacklist',
  'AwsAccountWhitelist',
  'CustomStatements',
  'IntrinsicVpcBlacklist',
  'IntrinsicVpcWhitelist',
  'IntrinsicVpceBlacklist',
  'IntrinsicVpceWhitelist',
  'IpRangeBlacklist',
  'IpRangeWhitelist',
  'SourceVpcBlacklist',
  'SourceVpcWhitelist',
];

/** `ResourcePolicy` of the API and of its events: statements for every method, as the definition holds them. */
export function addResourcePolicy(
  expansion: Expansion,
  owner: SamResource,
  made: { readonly body: DataMapping; readonly auth: ApiAuth },
): DataMapping {
  const { body, auth } = made;
  const routes = routesOf(expansion, owner);
  const ofApi = entryOf(auth.settings, 'ResourcePolicy');
  const entries: DataEntry[] = ofApi === undefined ? [] : [ofApi];
  const paths = new Map<string, { readonly methods: string[]; readonly policies: DataEntry[] }>();
  editOperations(body, (operation, { path, method }) => {
    const at = paths.get(path) ?? { methods: [], policies: [...entries.slice(0, ofApi === undefined ? 0 : 1)] };
    paths.set(path, at);
    at.methods.push(method);
    const settings = mappingOf(nodeAt(routes.get(`${method} ${path}`)?.event.properties, 'Auth'));
    const own = entryOf(settings, 'ResourcePolicy');
    if (own !== undefined) {
      at.policies.push(own);
      entries.push(own);
    }
    return operation;
  });
  const statements: Draft[] = [];
  for (const [path, { methods, policies }] of paths) {
    const at = { path, methods, isOpened: false };
    for (const entry of policies) statements.push(...pathStatements(owner, entry, at));
  }
  if (entries.length === 0) return body;
  for (const entry of entries) {
    reportUnknownLists(expansion, owner, entry);
    const custom = entryOf(mappingOf(entry.value), 'CustomStatements');
    statements.push(...itemsOf(custom?.value));
  }
  const [first] = entries;
  const place = first === undefined ? owner.place : placeOf(first);
  const policy = statements.length === 0 ? {} : { Version: '2012-10-17', Statement: statements };
  return withEntries(body, place, { 'x-amazon-apigateway-policy': build(place, policy) });
}

/** A list under another name is passed over by the service: the API stays open. */
function reportUnknownLists(expansion: Expansion, owner: SamResource, entry: DataEntry): void {
  for (const [name, list] of mappingOf(entry.value)?.entries ?? []) {
    if (LISTS.includes(name)) continue;
    const message = `"ResourcePolicy" of "${owner.id}" has no list "${name}": it has no effect.${suggest(name, LISTS)}`;
    diagnose(expansion, 'sam-invalid', placeOf(list), message);
  }
}

interface At {
  readonly path: string;
  readonly methods: readonly string[];
  /** Everybody is allowed there already. */
  isOpened: boolean;
}

function pathStatements(owner: SamResource, entry: DataEntry, at: At): Draft[] {
  const settings = mappingOf(entry.value);
  const list = (name: string) => [...itemsOf(nodeAt(settings, name))];
  const statements: Draft[] = [];
  const stage = entryOf(owner.properties, 'StageName') ?? 'Prod';
  const resources = at.methods.map((key) => {
    const method = key === ANY_METHOD ? '*' : key.toUpperCase();
    const path = at.path.replaceAll(/\{[^}]*\}/g, '*');
    return sub(`execute-api:/\${__Stage__}/${method}${path}`, { __Stage__: stage });
  });
  const add = (effect: string, more: DraftMapping): void => {
    const statement = { Action: 'execute-api:Invoke', Resource: resources, Effect: effect, ...more };
    statements.push(build(placeOf(entry), statement));
  };
  const allowed = list('AwsAccountWhitelist');
  const denied = list('AwsAccountBlacklist');
  if (allowed.length > 0) add('Allow', { Principal: { AWS: allowed } });
  if (denied.length > 0) add('Deny', { Principal: { AWS: denied } });
  const conditions = networkConditions(list);
  if (conditions.length > 0 && !at.isOpened) add('Allow', { Principal: '*' });
  at.isOpened ||= conditions.length > 0;
  for (const condition of conditions) add('Deny', { Condition: condition, Principal: '*' });
  return statements;
}

/** Everybody is allowed, and denied again outside of what is allowed, or inside of what is denied. */
function networkConditions(list: (name: string) => Draft[]): DraftMapping[] {
  const conditions: DraftMapping[] = [];
  const ranges = list('IpRangeWhitelist');
  const deniedRanges = list('IpRangeBlacklist');
  if (ranges.length > 0) conditions.push({ NotIpAddress: { 'aws:SourceIp': ranges } });
  if (deniedRanges.length > 0) conditions.push({ IpAddress: { 'aws:SourceIp': deniedRanges } });
  for (const [operator, suffix] of [
    ['StringEquals', 'Blacklist'],
    ['StringNotEquals', 'Whitelist'],
  ] as const) {
    const written = list(`SourceVpc${suffix}`);
    const isEndpoint = (item: Draft) => (literalText(item) ?? '').startsWith('vpce-');
    const networks = [...written.filter((item) => !isEndpoint(item)), ...list(`IntrinsicVpc${suffix}`)];
    const endpoints = [...written.filter(isEndpoint), ...list(`IntrinsicVpce${suffix}`)];
    if (networks.length + endpoints.length === 0) continue;
    conditions.push({
      [operator]: {
        'aws:SourceVpc': networks.length === 0 ? undefined : networks,
        'aws:SourceVpce': endpoints.length === 0 ? undefined : endpoints,
      },
    });
  }
  return conditions;
}

function literalText(item: Draft): string | undefined {
  return typeof item === 'object' && 'kind' in item ? scalarText(build({ start: 0, end: 0 }, item)) : undefined;
}
