import type { KubernetesKind } from '../schemas/kubernetes-schema.js';
import { kubernetesSchemas } from '../schemas/kubernetes-schemas.js';
import type { ProviderSchemas, ResourceSchema } from '../schemas/schema.js';
import { type DefaultTree, type MountedDefaults, planDefaults } from './default-tree.js';
import { planScope, type ScopePlan } from './plan.js';
import type { Alias, Identity, Mount, ResourceType } from './resource-types/entries.js';
import { resourceTypes } from './resource-types/index.js';
import { splitPath } from './value-paths.js';

/** What is known of one native type before any resource exists: its table, and its plan under the provider's schema. */
export interface TypeModel {
  /** In normal form: an alias is the type that it stands for. */
  readonly type: string;
  readonly nativeType: string;
  readonly table: ResourceType | undefined;
  readonly alias: Alias | undefined;
  /** What Kubernetes says of it, where it is one of its built-in kinds. */
  readonly kind: KubernetesKind | undefined;
  /** What the provider says of it; empty where it is not known. */
  readonly schema: ResourceSchema;
  readonly plan: ScopePlan;
  readonly defaults: DefaultTree;
  readonly identity: Identity;
  /** The parents into which resources of this type are folded. */
  readonly mountedOn: readonly ParentMount[];
}

export interface ParentMount {
  readonly parent: ResourceType;
  readonly mount: Mount;
}

/** A type without a table is named by its id and its ARN. */
const PLAIN_IDENTITY: Identity = { same: [['id'], ['arn']] };

const tables = new Map<string, { readonly table: ResourceType; readonly alias?: Alias }>();
const mountsByType = new Map<string, ParentMount[]>();

for (const table of resourceTypes) {
  tables.set(table.type, { table });
  for (const [alias, value] of Object.entries(table.aliases ?? {})) tables.set(alias, { table, alias: value });
  for (const mount of table.companions ?? []) {
    const mounts = mountsByType.get(mount.type) ?? [];
    mounts.push({ parent: table, mount });
    mountsByType.set(mount.type, mounts);
  }
}

/** The name in normal form of a native type. */
export function normalType(nativeType: string): string {
  return tables.get(nativeType)?.table.type ?? nativeType;
}

export function tableOf(nativeType: string): ResourceType | undefined {
  return tables.get(nativeType)?.table;
}

export function mountsOf(companionType: string): readonly ParentMount[] {
  return mountsByType.get(companionType) ?? [];
}

const models = new WeakMap<ProviderSchemas, Map<string, TypeModel>>();

/** The model of a native type under the schemas; made once for each. */
export function modelOf(schemas: ProviderSchemas, nativeType: string, mode: 'managed' | 'data'): TypeModel {
  const known = models.get(schemas) ?? new Map<string, TypeModel>();
  models.set(schemas, known);
  const name = mode === 'data' ? `data.${nativeType}` : nativeType;
  const present = known.get(name);
  if (present !== undefined) return present;
  const model = makeModel(schemas, nativeType, mode);
  known.set(name, model);
  return model;
}

function makeModel(schemas: ProviderSchemas, nativeType: string, mode: 'managed' | 'data'): TypeModel {
  const found = tables.get(nativeType);
  const table = found?.table;
  const schema: ResourceSchema = (mode === 'data' ? schemas.dataSource(nativeType) : schemas.resource(nativeType)) ?? {
    type: nativeType,
    attributes: new Map(),
    blocks: new Map(),
  };
  const plan = planScope(schema, {
    entries: table?.terraform?.attributes ?? {},
    corrections: table?.shape ?? {},
    prefix: '',
  });
  return {
    type: table?.type ?? nativeType,
    nativeType,
    table,
    alias: found?.alias,
    kind: nativeType.startsWith('kubernetes/') ? kubernetesSchemas.kind(nativeType) : undefined,
    schema,
    plan,
    defaults: planDefaults(plan, table, mode === 'managed' ? mountedDefaults(schemas, table) : []),
    identity: table?.identity ?? PLAIN_IDENTITY,
    mountedOn: mode === 'managed' ? mountsOf(table?.type ?? nativeType) : [],
  };
}

function mountedDefaults(schemas: ProviderSchemas, table: ResourceType | undefined): readonly MountedDefaults[] {
  return (table?.companions ?? []).flatMap((mount) => {
    // What a rule says of itself is not what its element is when unset.
    if (mount.explode !== undefined || mount.statement !== undefined) return [];
    const path = mount.path.replace('[]', '');
    const { defaults } = modelOf(schemas, mount.type, 'managed');
    if (mount.value === undefined) return [{ path, tree: withoutHidden(defaults, mount) }];
    const tree = splitPath(mount.value).reduce<DefaultTree | undefined>(
      (inner, name) => inner?.children.get(name),
      defaults,
    );
    return tree === undefined ? [] : [{ path, tree }];
  });
}

function withoutHidden(tree: DefaultTree, { when, only }: Mount): DefaultTree {
  const scalars = new Map(
    [...tree.scalars].filter(([name]) => name !== when?.attribute && (only === undefined || only.includes(name))),
  );
  return { ...tree, scalars };
}
