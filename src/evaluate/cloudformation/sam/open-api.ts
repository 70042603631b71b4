import type { DataEntry, DataMapping, DataNode } from '../../../syntax/data/ast.js';
import { addCondition } from './conditions.js';
import { conditionOf, routeKey } from './expansion.js';
import { includedDocument } from './local-document.js';
import type { Expansion, Route, SamResource } from './model.js';
import type { Draft, DraftMapping } from './nodes.js';
import {
  build,
  buildEntry,
  buildMapping,
  choiceOf,
  emptyAt,
  entryOf,
  intrinsicOf,
  isNoValue,
  mappingOf,
  nodeAt,
  onlyIf,
  placeOf,
  withEntries,
} from './nodes.js';

/** A body with one operation after another changed. */
export type OperationEdit = (
  operation: DataMapping,
  at: { readonly path: string; readonly method: string },
) => DataNode;

const METHODS = new Set([
  'get',
  'put',
  'post',
  'delete',
  'options',
  'head',
  'patch',
  'trace',
  'x-amazon-apigateway-any-method',
]);

/**
 * The body that is written, or one made of the routes that events add; a node that is no mapping is not at hand: an
 * `AWS::Include`, or another macro's.
 */
export function openApiBody(expansion: Expansion, owner: SamResource, header: DraftMapping): DataNode {
  const written = entryOf(owner.properties, 'DefinitionBody');
  if (written !== undefined) {
    return mappingOf(written.value) ?? includedDocument(expansion, written.value) ?? written.value;
  }
  const info = { version: '1.0', title: { Ref: 'AWS::StackName' } };
  return buildMapping(owner.place, { ...header, info, paths: pathsOf(expansion, owner) });
}

function pathsOf(expansion: Expansion, owner: SamResource): DraftMapping {
  const byPath = new Map<string, Route[]>();
  for (const route of routesOf(expansion, owner).values()) {
    const present = byPath.get(route.path);
    if (present === undefined) byPath.set(route.path, [route]);
    else present.push(route);
  }
  const paths: Record<string, Draft> = {};
  for (const [path, routes] of byPath) {
    const [first] = routes;
    if (first === undefined) continue;
    const methods: Record<string, Draft> = {};
    for (const route of routes) methods[route.method] = operationOf(route);
    const condition = pathCondition(expansion, owner, routes);
    paths[path] = build(first.event.place, onlyIf(condition, build(first.event.place, methods)));
  }
  return paths;
}

/** The routes of one API, by method and path. */
export function routesOf(expansion: Expansion, owner: SamResource): ReadonlyMap<string, Route> {
  return expansion.routes.get(routeKey(owner.type, owner.id)) ?? new Map();
}

function operationOf(route: Route): DataNode {
  const condition = conditionOf(route.event.owner);
  const { place } = route.event;
  const integration = route.operation['x-amazon-apigateway-integration'] as DraftMapping;
  const { uri = '' } = integration;
  const guarded = { ...integration, uri: onlyIf(condition, uri) };
  const operation = buildMapping(place, { ...route.operation, 'x-amazon-apigateway-integration': guarded });
  return build(place, onlyIf(condition, operation));
}

/** A path is there where one of its methods is. */
function pathCondition(expansion: Expansion, owner: SamResource, routes: readonly Route[]): string | undefined {
  const name = `${owner.id}${routes[0]?.path ?? ''}`
    .replaceAll('/', 'SLASH')
    .replaceAll('{', 'OB')
    .replaceAll('}', 'CB');
  return anyOf(
    expansion,
    routes.map((route) => conditionOf(route.event.owner)),
    { name: `${name}PathCondition`, place: owner.place },
  );
}

/** The condition under which any of several holds; none where one of them always does. */
export function anyOf(
  expansion: Expansion,
  conditions: readonly (string | undefined)[],
  made: { readonly name: string; readonly place: { readonly start: number; readonly end: number } },
): string | undefined {
  const names = new Set<string>();
  for (const condition of conditions) {
    if (condition === undefined) return undefined;
    names.add(condition);
  }
  const [only, ...others] = names;
  if (others.length === 0) return only;
  // `Fn::Or` takes ten at most: more of them are grouped.
  addCondition(expansion, made.name, made.place, orOf([...names]));
  return made.name;
}

function orOf(names: readonly string[]): DraftMapping {
  const all = names.map((name): DraftMapping => ({ Condition: name }));
  let level: DraftMapping[] = all;
  while (level.length > 10) {
    const groups: DraftMapping[] = [];
    for (let at = 0; at < level.length; at += 10) {
      const group = level.slice(at, at + 10);
      const [single] = group;
      groups.push(group.length === 1 && single !== undefined ? single : { 'Fn::Or': group });
    }
    level = groups;
  }
  return { 'Fn::Or': level };
}

/** Changes every operation of the body, also those under a condition. */
export function editOperations(body: DataMapping, edit: OperationEdit): DataMapping {
  return editPaths(body, (item, path) => {
    const entries = new Map<string, DataEntry>();
    for (const [method, entry] of item.entries) {
      const isOperation = METHODS.has(method.toLowerCase());
      const value = isOperation ? underConditions(entry.value, (node) => edit(node, { path, method })) : entry.value;
      entries.set(method, { ...entry, value });
    }
    return { ...item, entries };
  });
}

/** Changes every path of the body. */
export function editPaths(body: DataMapping, edit: (item: DataMapping, path: string) => DataNode): DataMapping {
  const paths = entryOf(body, 'paths');
  const items = mappingOf(paths?.value);
  if (paths === undefined || items === undefined) return body;
  const entries = new Map<string, DataEntry>();
  for (const [path, entry] of items.entries) {
    entries.set(path, { ...entry, value: underConditions(entry.value, (item) => edit(item, path)) });
  }
  const changed = new Map(body.entries);
  changed.set('paths', { ...paths, value: { ...items, entries } });
  return { ...body, entries: changed };
}

function underConditions(node: DataNode, edit: (mapping: DataMapping) => DataNode): DataNode {
  const choice = choiceOf(node);
  if (choice !== undefined) {
    const branch = (inner: DataNode): DataNode => (isNoValue(inner) ? inner : underConditions(inner, edit));
    return build(node, { 'Fn::If': [choice.condition, branch(choice.yes), branch(choice.no)] });
  }
  const mapping = mappingOf(node);
  return mapping === undefined || intrinsicOf(node) !== undefined ? node : edit(mapping);
}

/** Adds security schemes where the version of the body has them. */
export function addSecuritySchemes(body: DataMapping, schemes: DraftMapping, place: DataNode): DataMapping {
  if (Object.keys(schemes).length === 0) return body;
  if (!body.entries.has('openapi')) {
    const present = mappingOf(nodeAt(body, 'securityDefinitions')) ?? emptyAt(place);
    return withEntries(body, place, { securityDefinitions: withEntries(present, place, schemes) });
  }
  const components = mappingOf(nodeAt(body, 'components')) ?? emptyAt(place);
  const present = mappingOf(nodeAt(components, 'securitySchemes')) ?? emptyAt(place);
  const changed = withEntries(components, place, { securitySchemes: withEntries(present, place, schemes) });
  return withEntries(body, place, { components: changed });
}

/** The entry `Body`, at the place of what it is made of. */
export function bodyEntry(owner: SamResource, body: DataNode): DataEntry {
  const written = entryOf(owner.properties, 'DefinitionBody');
  const entry = buildEntry(owner.place, 'Body', body);
  if (written === undefined) return { ...entry, keyStart: owner.place.start, keyEnd: owner.place.end };
  const { start: keyStart, end: keyEnd } = placeOf(written);
  return { ...entry, keyStart, keyEnd };
}
