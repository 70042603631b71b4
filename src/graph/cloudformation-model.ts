import type { Type } from '../model/type.js';
import type { CloudFormationSchema } from '../schemas/cloudformation-schema.js';
import { cloudFormationSchemas } from '../schemas/cloudformation-schemas.js';
import type { ProviderSchemas } from '../schemas/schema.js';
import { sidesOfType, type TableSide } from './cloudformation-sides.js';
import { planCloudFormation } from './plan-cloudformation.js';
import type { CloudFormationSide } from './resource-types/entries.js';
import { objectShape } from './shape-catalogue.js';
import { toSnakeCase } from './snake-case.js';
import { modelOf, type TypeModel } from './type-model.js';

/** One of the normal types that a CloudFormation type is. */
export interface CloudFormationModel extends TypeModel {
  /** Absent: the type has no table. */
  readonly side: CloudFormationSide | undefined;
  /** Where the table does not agree with the schemas. */
  readonly problems: readonly string[];
}

const models = new WeakMap<ProviderSchemas, Map<string, readonly CloudFormationModel[]>>();

/** The models of a CloudFormation type, at least one: that of the native form where it has no table. Made once for each. */
export function cloudFormationModels(schemas: ProviderSchemas, nativeType: string): readonly CloudFormationModel[] {
  const known = models.get(schemas) ?? new Map<string, readonly CloudFormationModel[]>();
  models.set(schemas, known);
  const present = known.get(nativeType);
  if (present !== undefined) return present;
  const schema = cloudFormationSchemas.resource(nativeType);
  const found = sidesOfType(nativeType);
  const made =
    found.length === 0 ? [nativeModel(nativeType)] : found.map((one) => makeModel(schemas, schema, nativeType, one));
  known.set(nativeType, made);
  return made;
}

function nativeModel(nativeType: string): CloudFormationModel {
  return {
    type: nativeType,
    nativeType,
    table: undefined,
    alias: undefined,
    kind: undefined,
    schema: { type: nativeType, attributes: new Map(), blocks: new Map() },
    plan: { steps: new Map() },
    defaults: { scalars: new Map(), children: new Map(), isEmpty: true },
    identity: { same: [['id'], ['arn']] },
    mountedOn: [],
    side: undefined,
    problems: [],
  };
}

function makeModel(
  schemas: ProviderSchemas,
  schema: CloudFormationSchema | undefined,
  nativeType: string,
  { table, side }: TableSide,
): CloudFormationModel {
  const target = objectShape(schemas, table.type);
  const { each } = side;
  const entries = each?.to === undefined ? side.properties : { ...side.properties, [each.property]: each.to };
  const planned = planCloudFormation(propertiesOf(schema, side), { properties: entries, silent: side.silent }, target);
  return {
    ...modelOf(schemas, table.type, 'managed'),
    nativeType,
    plan: planned.plan,
    side,
    problems: planned.problems,
  };
}

/** The properties that a side is lowered from: those of an element of a list beside the resource's own. */
export function propertiesOf(
  schema: CloudFormationSchema | undefined,
  { each }: CloudFormationSide,
): ReadonlyMap<string, Type> {
  const properties = new Map<string, Type>();
  for (const [name, { type }] of schema?.properties ?? []) properties.set(name, type);
  if (each === undefined) return properties;
  const list = properties.get(each.property);
  properties.delete(each.property);
  const element = list?.kind === 'list' ? list.element : undefined;
  if (each.to !== undefined && element !== undefined) properties.set(each.property, element);
  else if (element?.kind === 'object') for (const [name, type] of element.attributes) properties.set(name, type);
  return properties;
}

/** The attribute in normal form that `Ref` or a name of `Fn::GetAtt` gives of a CloudFormation type. */
export function attributeOf(model: CloudFormationModel, native: string): string {
  const { side } = model;
  if (native === 'Ref') return side?.ref ?? refAttribute(model);
  const named = side?.getAtt?.[native];
  if (named !== undefined) return named;
  const step = model.plan.steps.get(native);
  if (step?.kind === 'scalar') return step.to.join('.');
  return side === undefined && native !== 'Arn' ? native : toSnakeCase(native.replaceAll('.', '_'));
}

function refAttribute(model: CloudFormationModel): string {
  const [name, ...others] = cloudFormationSchemas.resource(model.nativeType)?.ref ?? [];
  return name === undefined || others.length > 0 || name === 'Ref' ? 'id' : attributeOf(model, name);
}
