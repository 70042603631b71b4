import type { ObjectShape, Shape, TypeShape } from '../../model/shape.js';
import type { KubernetesKind, KubernetesObjectType, KubernetesType } from '../../schemas/kubernetes-schema.js';
import { kubernetesSchemas } from '../../schemas/kubernetes-schemas.js';
import { CONTAINER_KINDS, CONTAINER_LISTS, podPathOf } from './pod-view.js';

export const NAMESPACE_TYPE = 'kubernetes/v1/Namespace';

/** What policies can read of a built-in kind: its own fields, and the view of its pods. */
export function typeShapeOfKind(kind: KubernetesKind): TypeShape {
  const { fields } = objectShape(kind.schema, []);
  const hasPods = podPathOf(kind.type) !== undefined;
  return {
    type: kind.type,
    shape: { kind: 'object', fields: hasPods ? new Map(fields).set('pod', podShape()) : fields },
    companionOf: undefined,
    views: hasPods ? ['pod'] : [],
    isScope: kind.type === NAMESPACE_TYPE,
  };
}

/** Shapes are shared by all types that hold them: the checker compares the nine of the view by identity. */
const objects = new Map<string, ObjectShape>();

function objectShape(type: KubernetesObjectType, holders: readonly string[]): ObjectShape {
  const known = objects.get(type.name);
  if (known !== undefined) return known;
  const inner = [...holders, type.name];
  const fields = new Map<string, Shape>();
  for (const [name, field] of type.fields) {
    const shape = shapeOf(field.type, inner);
    fields.set(name, field.isRequired ? { ...shape, settable: true, required: true } : { ...shape, settable: true });
  }
  const made: ObjectShape = { kind: 'object', fields };
  objects.set(type.name, made);
  return made;
}

function shapeOf(type: KubernetesType, holders: readonly string[]): Shape {
  switch (type.kind) {
    case 'object':
      // A definition that holds itself: schemas of custom resources.
      return holders.includes(type.name) ? { kind: 'any' } : objectShape(type, holders);
    case 'list':
      return { kind: type.isSet ? 'set' : 'list', element: shapeOf(type.element, holders) };
    case 'map':
      return { kind: 'map', element: shapeOf(type.element, holders) };
    case 'bool':
      return { kind: 'bool' };
    case 'int32':
    case 'int64':
    case 'double':
      return { kind: 'number' };
    case 'string':
    case 'bytes':
    case 'time':
    case 'quantity':
      return { kind: 'string' };
    case 'int-or-string':
    case 'any':
      return { kind: 'any' };
  }
}

let pod: ObjectShape | undefined;

function podShape(): ObjectShape {
  pod ??= {
    kind: 'object',
    fields: new Map<string, Shape>([
      ['metadata', definitionShape('meta.v1.ObjectMeta')],
      ['spec', definitionShape('core.v1.PodSpec')],
      ['containers', { kind: 'list', element: containerShape() }],
    ]),
  };
  return pod;
}

/** Every field of the three kinds of containers, and which kind it is. */
function containerShape(): ObjectShape {
  const fields = new Map<string, Shape>();
  for (const { definition } of CONTAINER_LISTS) {
    for (const [name, shape] of definitionShape(definition).fields) if (!fields.has(name)) fields.set(name, shape);
  }
  return { kind: 'object', fields: fields.set(CONTAINER_KINDS.field, { kind: 'string' }) };
}

function definitionShape(name: string): ObjectShape {
  const definition = kubernetesSchemas.definition(name);
  return definition === undefined ? { kind: 'object', fields: new Map() } : objectShape(definition, []);
}
