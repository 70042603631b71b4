import type { DataEntry, DataMapping } from '../../../syntax/data/ast.js';
import { scalarText } from '../expression/nodes.js';
import { conditionOf, routeKey } from './expansion.js';
import { withGlobals } from './globals.js';
import type { Expansion, SamResource } from './model.js';
import { build, buildMapping, nodeAt } from './nodes.js';
import { anyOf } from './open-api.js';

/** The API that events imply which name none: it is where the first of these events is. */
export function implicitApi(expansion: Expansion, type: 'Api' | 'HttpApi', id: string): SamResource | undefined {
  if (expansion.resources.has(id)) return undefined;
  const routes = [...(expansion.routes.get(routeKey(type, id))?.values() ?? [])];
  const [first] = routes;
  if (first === undefined) return undefined;
  const { place } = first.event;
  const owners = routes.map((route) => route.event.owner);
  const condition = anyOf(expansion, owners.map(conditionOf), { name: `${id}Condition`, place });
  const written: DataMapping = buildMapping(place, {
    Condition: condition,
    DeletionPolicy: retained(owners, 'DeletionPolicy'),
    UpdateReplacePolicy: retained(owners, 'UpdateReplacePolicy'),
  });
  const merged = withGlobals(expansion, type, written);
  const entries = new Map(merged.entries);
  if (type === 'Api') {
    const value = build(place, 'Prod');
    entries.set('StageName', {
      key: 'StageName',
      spelling: 'StageName',
      keyStart: place.start,
      keyEnd: place.end,
      value,
    });
  }
  const properties = { ...merged, ...place, entries };
  return { id, type, place, written, properties, declaredIn: first.event.owner.id };
}

/** One function that is retained retains the API. */
function retained(owners: readonly SamResource[], name: string): DataEntry | undefined {
  let found: DataEntry | undefined;
  for (const owner of owners) {
    const entry = owner.written.entries.get(name);
    if (entry === undefined) continue;
    if (found === undefined || scalarText(nodeAt(owner.written, name)) === 'Retain') found = entry;
    if (scalarText(found.value) === 'Retain') return found;
  }
  return found;
}
