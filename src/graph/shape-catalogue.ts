import type { ObjectShape, Shape, ShapeCatalogue, TypeShape } from '../model/shape.js';
import { cloudFormationSchemas } from '../schemas/cloudformation-schemas.js';
import { kubernetesSchemas } from '../schemas/kubernetes-schemas.js';
import type { ProviderSchemas } from '../schemas/schema.js';
import { compareText } from '../source/compare-text.js';
import { cloudFormationTypes } from './cloudformation-sides.js';
import { typeShapeOfKind } from './kubernetes/kind-shapes.js';
import { POD_TYPES } from './kubernetes/pod-view.js';
import type { DefaultValue, FieldShape, Mount, ResourceType, Undetermined, View } from './resource-types/entries.js';
import { resourceTypes } from './resource-types/index.js';
import { type ShapeDraft, withoutRequired } from './shape-draft.js';
import { fieldShape, shapeOfType, statementShape, toShapeDraft } from './shape-of-plan.js';
import { modelOf, mountsOf, normalType, tableOf } from './type-model.js';
import { splitPath } from './value-paths.js';

/** What policies can name and read: every type of the schemas and every scope, in normal form. Types are made when asked for. */
export function shapeCatalogue(schemas: ProviderSchemas): ShapeCatalogue {
  const known = new Map<string, TypeShape | undefined>();
  const typeShape = (name: string): TypeShape | undefined => {
    if (!known.has(name)) known.set(name, makeTypeShape(schemas, name));
    return known.get(name);
  };
  let names: readonly string[] | undefined;
  return {
    typeShape,
    typeNames: () => {
      names ??= allTypeNames(schemas);
      return names;
    },
    typesWithView: (view) =>
      view === 'pod'
        ? POD_TYPES
        : resourceTypes
            .filter(({ views }) => views?.[view] !== undefined)
            .map(({ type }) => type)
            .sort(compareText),
  };
}

function allTypeNames(schemas: ProviderSchemas): readonly string[] {
  const declared = resourceTypes.map(({ type }) => type);
  const names = new Set([...(schemas.resourceTypes ?? []), ...declared, ...kubernetesSchemas.kinds]);
  return [...names].sort(compareText);
}

function makeTypeShape(schemas: ProviderSchemas, name: string): TypeShape | undefined {
  const kind = kubernetesSchemas.kind(name);
  if (kind !== undefined) return typeShapeOfKind(kind);
  const table = tableOf(name);
  if (table === undefined && schemas.resource(name) === undefined) return nativeTypeShape(name);
  const type = normalType(name);
  const [mounted] = mountsOf(type);
  return {
    type,
    shape: objectShape(schemas, type),
    companionOf:
      mounted === undefined ? undefined : { type: mounted.parent.type, path: mounted.mount.path.replace('[]', '') },
    views: Object.keys(table?.views ?? {}).sort(compareText),
    isScope: table?.scope !== undefined,
  };
}

/** A CloudFormation type without a table, in its native form. One with a table is only there under its normal name. */
function nativeTypeShape(name: string): TypeShape | undefined {
  const schema = name.startsWith('AWS::') ? cloudFormationSchemas.resource(name) : undefined;
  if (schema === undefined || cloudFormationTypes().has(name)) return undefined;
  const fields = new Map<string, Shape>();
  for (const [property, { type, isRequired }] of schema.properties) {
    fields.set(property, { ...shapeOfType(type), settable: true, ...(isRequired && { required: true }) });
  }
  return { type: name, shape: { kind: 'object', fields }, companionOf: undefined, views: [], isScope: false };
}

const objectShapes = new WeakMap<ProviderSchemas, Map<string, ObjectShape>>();

/** The shape of a type in normal form, companions and views included; made once for each. */
export function objectShape(schemas: ProviderSchemas, type: string): ObjectShape {
  const known = objectShapes.get(schemas) ?? new Map<string, ObjectShape>();
  objectShapes.set(schemas, known);
  const present = known.get(type);
  if (present !== undefined) return present;
  const made: ObjectShape = { kind: 'object', fields: fieldsOf(schemas, type) };
  known.set(type, made);
  return made;
}

function fieldsOf(schemas: ProviderSchemas, type: string): ReadonlyMap<string, Shape> {
  const table = tableOf(type);
  const draft = toShapeDraft(modelOf(schemas, type, 'managed').plan);
  for (const [name, shape] of Object.entries(table?.scope?.attributes ?? {})) draft.put([name], fieldShape(shape));
  const mounted = new Set<string>();
  for (const mount of table?.companions ?? []) {
    // A new companion is of the first type that is mounted there; what the others require, or the block of old, is not asked.
    const path = mount.path.replace('[]', '');
    if (!mounted.has(path)) draft.relax(splitPath(path));
    mountShape(draft, mount, { schemas, isFirst: !mounted.has(path) });
    mounted.add(path);
  }
  if (table !== undefined) answer(draft, table);
  for (const [name, shape] of Object.entries(table?.live ?? {})) draft.put([name], liveShape(shape));
  const shape = draft.finish();
  const fields = new Map(shape.fields);
  for (const [name, view] of Object.entries(table?.views ?? {})) {
    const seen = viewShape(view, shape);
    if (seen !== undefined && !fields.has(name)) fields.set(name, seen);
  }
  return fields;
}

interface MountContext {
  readonly schemas: ProviderSchemas;
  readonly isFirst: boolean;
}

function mountShape(draft: ShapeDraft, mount: Mount, { schemas, isFirst }: MountContext): void {
  const companion = toShapeDraft(modelOf(schemas, mount.type, 'managed').plan);
  const companionTable = tableOf(mount.type);
  if (companionTable !== undefined) answer(companion, companionTable);
  const path = splitPath(mount.path.replace('[]', ''));
  if (mount.statement !== undefined) {
    draft.merge(path, { kind: 'list', element: statementShape() });
    return;
  }
  if (mount.value !== undefined) {
    const value = companion.shapeAt(splitPath(mount.value));
    if (value !== undefined)
      draft.merge(path, isList(mount) && value.kind !== 'list' ? { kind: 'list', element: value } : value);
    return;
  }
  const hidden = [mount.link?.replace('[]', ''), mount.when?.attribute, 'id', 'region'];
  for (const name of hidden) if (name !== undefined) companion.remove(name);
  if (mount.only !== undefined) companion.keep(mount.only);
  if (mount.explode !== undefined) companion.explode(mount.explode);
  const shape = isFirst ? companion.finish() : withoutRequired(companion.finish());
  draft.merge(path, isList(mount) ? { kind: 'list', element: shape } : shape);
}

function isList({ kind }: Mount): boolean {
  return kind !== 'object';
}

/** The table's answers for what is not written. */
function answer(draft: ShapeDraft, table: ResourceType): void {
  for (const path of table.replaces ?? []) draft.amend(splitPath(path), { replaces: true });
  for (const path of table.nothing ?? []) draft.amend(splitPath(path), { unanswered: undefined, unset: undefined });
  for (const [path, value] of Object.entries(table.undetermined ?? {})) {
    draft.amend(splitPath(path), { unanswered: undefined, unset: unsetShape(value) });
  }
  for (const [path, { terraform: value }] of Object.entries(table.defaults ?? {})) {
    if (value === undefined) continue;
    draft.amend(splitPath(path), { unanswered: undefined, unset: unsetShape(value) });
  }
}

function liveShape(field: FieldShape): Shape {
  const unset = { kind: 'undetermined', reason: 'only a live account tells it', cause: 'only-live' } as const;
  return { ...fieldShape(field), settable: false, unset };
}

function unsetShape(unset: DefaultValue | Undetermined) {
  if ('reason' in unset) {
    const { reason, decidedBy } = unset;
    return { kind: 'undetermined', reason, decidedBy, cause: 'default-not-certain' } as const;
  }
  const { value, certainty, reference, when } = unset;
  return when === undefined ? ({ kind: 'default', value, certainty, reference } as const) : undefined;
}

function viewShape(view: View, own: ObjectShape): Shape | undefined {
  for (const { path } of view.from) {
    const found = shapeAt(own, splitPath(path));
    if (found !== undefined) return view.kind === 'value' ? found : { kind: 'list', element: found };
  }
  return undefined;
}

function shapeAt(shape: Shape | undefined, path: readonly string[]): Shape | undefined {
  const [name, ...inner] = path;
  if (shape === undefined || name === undefined) return shape;
  if (shape.kind === 'list' || shape.kind === 'set') return shapeAt(shape.element, path);
  return shape.kind === 'object' ? shapeAt(shape.fields.get(name), inner) : undefined;
}
