import type { Diagnostic } from '../../../source/diagnostic.js';
import { suggest } from '../../../source/suggest.js';
import type { DataEntry, DataMapping } from '../../../syntax/data/ast.js';
import { resolveAlias, scalarText } from '../expression/nodes.js';
import { IMPLICIT_HTTP_API, IMPLICIT_REST_API } from './api-events.js';
import { expandConnectors } from './connectors.js';
import { noteHashedTexts } from './domains.js';
import { diagnose, finishGathered } from './expansion.js';
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

const EXPANDERS: Readonly<Record<string, Expander>> = {
  Function: expandFunction,
  StateMachine: expandStateMachine,
  SimpleTable: expandSimpleTable,
  LayerVersion: expandLayerVersion,
  Application: expandApplication,
  CapacityProvider: expandCapacityProvider,
  GraphQLApi: expandGraphQlApi,
  WebSocketApi: expandWebSocketApi,
};

/** APIs come last: events add to them. */
const API_EXPANDERS: Readonly<Record<string, Expander>> = { Api: expandRestApi, HttpApi: expandHttpApi };

const IMPLICIT_APIS = [
  ['Api', IMPLICIT_REST_API],
  ['HttpApi', IMPLICIT_HTTP_API],
] as const;

const TYPES = [...Object.keys(EXPANDERS), ...Object.keys(API_EXPANDERS), 'Connector'];

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
    routes: new Map(),
    gathered: new Map(),
    hashedTexts: new Map(),
    merged: { count: 0 },
    diagnostics: [],
  };
  checkGlobals(expansion);
  readResources(expansion);
  expandAll(expansion, EXPANDERS);
  for (const [type, id] of IMPLICIT_APIS) {
    const api = implicitApi(expansion, type, id);
    if (api !== undefined) expansion.resources.set(id, api);
  }
  noteHashedTexts(expansion);
  expandAll(expansion, API_EXPANDERS);
  finishGathered(expansion);
  expandConnectors(expansion);
  return { template: assemble(expansion), diagnostics: expansion.diagnostics, declaredIn: expansion.declaredIn };
}

function expandAll(expansion: Expansion, expanders: Readonly<Record<string, Expander>>): void {
  for (const owner of [...expansion.resources.values()]) {
    const expand = Object.hasOwn(expanders, owner.type) ? expanders[owner.type] : undefined;
    expand?.(expansion, owner);
  }
}

function readResources(expansion: Expansion): void {
  for (const [id, entry] of expansion.written) {
    const written = mappingOf(entry.value);
    const fullType = scalarText(nodeAt(written, 'Type'));
    if (written === undefined || fullType?.startsWith(PREFIX) !== true) continue;
    const type = fullType.slice(PREFIX.length);
    const place = placeOf(entry);
    if (!TYPES.includes(type)) {
      diagnose(expansion, 'sam-invalid', place, `There is no type "${fullType}".${suggest(type, TYPES)}`);
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
