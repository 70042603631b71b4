import type { Diagnostic } from '../../../source/diagnostic.js';
import { suggest } from '../../../source/suggest.js';
import type { DataEntry, DataMapping } from '../../../syntax/data/ast.js';
import { resolveAlias, scalarText } from '../expression/nodes.js';
import { IMPLICIT_HTTP_API, IMPLICIT_REST_API } from './api-events.js';
import { expandConnectors } from './connectors.js';
import { diagnose } from './expansion.js';
import { expandFunction } from './function.js';
import { checkGlobals, withGlobals } from './globals.js';
import { expandHttpApi } from './http-api.js';
import { implicitApi } from './implicit-api.js';
import type { Expansion, SamContext, SamResource } from './model.js';
import { buildEntry, intrinsicOf, mappingOf, nodeAt, placeOf, withEntries } from './nodes.js';
import { checkProperties } from './properties.js';
import { renameReferences } from './references.js';
import { expandRestApi } from './rest-api.js';
import {
  expandApplication,
  expandCapacityProvider,
  expandGraphQlApi,
  expandLayerVersion,
  expandSimpleTable,
  expandWebSocketApi,
} from './simple-resources.js';
import { expandStateMachine } from './state-machine.js';

export type { SamContext } from './model.js';

export interface SamExpansion {
  /** The template with ordinary resources only; everything generated lies where its cause is written. */
  readonly template: DataMapping;
  readonly diagnostics: readonly Diagnostic[];
  /** The logical id of every resource that comes of a SAM resource → the logical id of that. */
  readonly declaredIn: ReadonlyMap<string, string>;
}

type Expander = (expansion: Expansion, owner: SamResource) => void;

/** In the order of need: events add to APIs. */
const EXPANDERS: Readonly<Record<string, Expander>> = {
  Function: expandFunction,
  StateMachine: expandStateMachine,
  SimpleTable: expandSimpleTable,
  LayerVersion: expandLayerVersion,
  Application: expandApplication,
  CapacityProvider: expandCapacityProvider,
  GraphQLApi: expandGraphQlApi,
  WebSocketApi: expandWebSocketApi,
  Api: expandRestApi,
  HttpApi: expandHttpApi,
};

const PREFIX = 'AWS::Serverless::';

/**
 * Rewrites the resources of the Serverless Application Model into those that they become, before anything is evaluated: the
 * service looks at what is written, and knows the values of parameters only in a few places.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification.html
 */
export function expandSam(template: DataMapping, context: SamContext): SamExpansion {
  const written = new Map(mappingOf(nodeAt(template, 'Resources'))?.entries);
  const expansion: Expansion = {
    context,
    template,
    written,
    resources: new Map(),
    generated: new Map(),
    conditions: new Map(),
    declaredIn: new Map(),
    names: new Map(),
    roles: new Map(),
    routes: [],
    diagnostics: [],
  };
  checkGlobals(expansion);
  readResources(expansion);
  for (const [type, expand] of Object.entries(EXPANDERS)) {
    for (const owner of resourcesOf(expansion, type)) expand(expansion, owner);
  }
  expandConnectors(expansion);
  return { template: assemble(expansion), diagnostics: expansion.diagnostics, declaredIn: expansion.declaredIn };
}

function resourcesOf(expansion: Expansion, type: string): SamResource[] {
  const found = [...expansion.resources.values()].filter((resource) => resource.type === type);
  if (type !== 'Api' && type !== 'HttpApi') return found;
  const api = implicitApi(expansion, type, type === 'Api' ? IMPLICIT_REST_API : IMPLICIT_HTTP_API);
  if (api === undefined) return found;
  expansion.resources.set(api.id, api);
  return [...found, api];
}

function readResources(expansion: Expansion): void {
  for (const [id, entry] of expansion.written) {
    const written = mappingOf(entry.value);
    const fullType = scalarText(nodeAt(written, 'Type'));
    if (written === undefined || fullType?.startsWith(PREFIX) !== true) continue;
    const type = fullType.slice(PREFIX.length);
    const place = placeOf(entry);
    if (type !== 'Connector' && !Object.hasOwn(EXPANDERS, type)) {
      const hint = suggest(type, [...Object.keys(EXPANDERS), 'Connector']);
      diagnose(expansion, 'sam-invalid', place, `There is no type "${fullType}".${hint}`);
      continue;
    }
    const properties = nodeAt(written, 'Properties');
    if (properties !== undefined && (mappingOf(properties) === undefined || intrinsicOf(properties) !== undefined)) {
      diagnose(expansion, 'sam-invalid', place, `"Properties" of "${id}" must be a map.`);
    }
    const merged = withGlobals(expansion, type, written);
    const resource: SamResource = { id, type, place, written, properties: merged, declaredIn: id };
    checkProperties(expansion, resource);
    expansion.resources.set(id, resource);
  }
}

/** What is written stays where it is; what is generated follows, under names that references find. */
function assemble(expansion: Expansion): DataMapping {
  const { template, generated, written } = expansion;
  const entries = new Map<string, DataEntry>();
  for (const [id, entry] of written) {
    const made = generated.get(id);
    const resource = expansion.resources.get(id);
    if (made !== undefined) entries.set(id, made);
    else if (resource?.type !== 'Connector') entries.set(id, withoutConnectors(entry));
  }
  for (const [id, entry] of generated) entries.set(id, entry);
  const resources = template.entries.get('Resources');
  const body = resources === undefined ? undefined : mappingOf(resources.value);
  const root = new Map(template.entries);
  root.delete('Globals');
  if (resources !== undefined && body !== undefined)
    root.set('Resources', { ...resources, value: { ...body, entries } });
  if (expansion.conditions.size > 0) root.set('Conditions', conditionsOf(expansion));
  return renameReferences({ ...template, entries: root }, expansion.names);
}

function conditionsOf(expansion: Expansion): DataEntry {
  const written = expansion.template.entries.get('Conditions');
  const present = written && mappingOf(written.value);
  const added = Object.fromEntries(expansion.conditions);
  if (written !== undefined && present !== undefined)
    return { ...written, value: withEntries(present, present, added) };
  return buildEntry(expansion.template, 'Conditions', added);
}

function withoutConnectors(entry: DataEntry): DataEntry {
  const resource = resolveAlias(entry.value);
  if (resource.kind !== 'mapping' || !resource.entries.has('Connectors')) return entry;
  const entries = new Map(resource.entries);
  entries.delete('Connectors');
  return { ...entry, value: { ...resource, entries } };
}
