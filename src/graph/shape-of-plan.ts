import type { Shape, UnsetAnswer } from '../model/shape.js';
import type { Type } from '../model/type.js';
import type { AttributeSchema } from '../schemas/schema.js';
import { convertValue } from './convert.js';
import type { ScalarStep, ScopePlan, Step } from './plan.js';
import type { DocumentEntry, FieldShape } from './resource-types/entries.js';
import { ShapeDraft } from './shape-draft.js';

/** Attributes that every provider makes up though their schema lets them be written. */
const COMPUTED_NAMES: ReadonlySet<string> = new Set(['id', 'arn', 'tags_all']);

/** The shape that the lowering of a plan gives, before companions. */
export function toShapeDraft(plan: ScopePlan): ShapeDraft {
  const draft = new ShapeDraft();
  addScope(plan, draft);
  return draft;
}

function addScope(plan: ScopePlan, draft: ShapeDraft): void {
  for (const step of plan.steps.values()) addStep(step, draft);
}

function addStep(step: Step, draft: ShapeDraft): void {
  switch (step.kind) {
    case 'scalar':
      draft.merge(step.to, scalarShape(step));
      return;
    case 'document':
      draft.merge(step.to, documentShape(step.entry, step.schema));
      return;
    case 'pairs':
      draft.merge(step.to, { kind: 'map', element: { kind: 'string' }, settable: true });
      return;
    case 'other-spelling':
      addStep(step.step, draft);
      return;
    case 'explode': {
      const element = new ShapeDraft();
      addScope(step.scope, element);
      element.explode(step.explosion);
      draft.merge(step.to, { kind: 'list', element: element.finish(), settable: true, ...unansweredOf(step.schema) });
      return;
    }
    case 'block': {
      if (step.mode === 'hoist') {
        addScope(step.scope, draft);
        return;
      }
      const common = { settable: step.isSettable, ...(step.isRequired && { required: true }) };
      const inner = new ShapeDraft(common);
      addScope(step.scope, inner);
      const shape = inner.finish();
      draft.merge(step.to, step.mode === 'list' ? { kind: 'list', element: shape, ...common } : shape);
      return;
    }
    case 'native-only':
    case 'untranslated':
    case 'keyed':
    case 'split':
    case 'map':
    case 'counted':
      return;
  }
}

function scalarShape(step: ScalarStep): Shape {
  const { schema, convert } = step;
  const own = shapeOfType(schema.type);
  const shape: Shape =
    convert === undefined || convert.kind === 'base64'
      ? own
      : convert.kind === 'list'
        ? listShape(own, convert.field)
        : { kind: 'string' };
  return { ...shape, ...commonOf(schema, step) };
}

function commonOf(schema: AttributeSchema, step: ScalarStep) {
  const isSettable = schema.isRequired || schema.isOptional;
  const unset = unsetOf(schema, step);
  return {
    settable: isSettable,
    ...(schema.isRequired && { required: true }),
    ...((schema.isSensitive || schema.isWriteOnly) && { sensitive: true }),
    ...(unset !== undefined && { unset }),
    ...(unset === undefined && unansweredOf(schema)),
  };
}

function unsetOf(schema: AttributeSchema, step: ScalarStep): UnsetAnswer | undefined {
  const name = step.to[step.to.length - 1] ?? '';
  const isMadeUp = schema.isComputed && (!schema.isOptional || (COMPUTED_NAMES.has(name) && step.to.length === 1));
  if (isMadeUp) {
    return { kind: 'undetermined', reason: 'the provider makes it up', cause: 'computed-by-provider' };
  }
  const { default: value, defaultWhen } = schema;
  if (value === undefined || defaultWhen !== undefined || step.unset.includes(value)) return undefined;
  if (step.convert === undefined) return { kind: 'default', value, certainty: 'certain' };
  const converted = convertValue(toScalar(value), step.convert);
  return 'value' in converted ? { kind: 'default', value: converted.value, certainty: 'certain' } : undefined;
}

function toScalar(value: string | number | boolean) {
  if (typeof value === 'string') return { kind: 'string' as const, value };
  return typeof value === 'number' ? { kind: 'number' as const, value } : { kind: 'bool' as const, value };
}

/** Optional and computed, and no plan has shown what it is when unset. */
function unansweredOf(schema: AttributeSchema | undefined): { readonly unanswered?: true } {
  if (schema === undefined || !schema.isOptional || !schema.isComputed) return {};
  return schema.isNullWhenUnset === true || schema.default !== undefined ? {} : { unanswered: true };
}

/** The shape of values of a type. */
export function shapeOfType(type: Type): Shape {
  switch (type.kind) {
    case 'dynamic':
      return { kind: 'any' };
    case 'list':
    case 'set':
    case 'map':
      return { kind: type.kind, element: shapeOfType(type.element) };
    case 'tuple':
      return { kind: 'list', element: { kind: 'any' } };
    case 'object':
      return {
        kind: 'object',
        fields: new Map([...type.attributes].map(([name, field]) => [name, shapeOfType(field)])),
      };
    default:
      return { kind: type.kind };
  }
}

export function fieldShape(field: FieldShape): Shape {
  if (typeof field === 'string') return { kind: field };
  if (isElement(field)) return { kind: 'list', element: fieldShape(field[0]) };
  const every = field['*'];
  if (every !== undefined) return { kind: 'map', element: fieldShape(every) };
  return {
    kind: 'object',
    fields: new Map(Object.entries(field).map(([name, inner]) => [name, { ...fieldShape(inner), settable: true }])),
  };
}

function isElement(field: FieldShape): field is readonly [FieldShape] {
  return Array.isArray(field);
}

function documentShape(entry: DocumentEntry, schema: AttributeSchema): Shape {
  const common = {
    settable: schema.isRequired || schema.isOptional,
    ...(schema.isRequired && { required: true }),
    ...unansweredOf(schema),
  };
  if (entry.document === 'iam-policy') return { ...fieldObject(POLICY), document: 'iam-policy', ...common };
  return { ...(entry.fields === undefined ? { kind: 'any' as const } : fieldShape(entry.fields)), ...common };
}

function fieldObject(fields: { readonly [field: string]: FieldShape }) {
  return {
    kind: 'object' as const,
    fields: new Map(Object.entries(fields).map(([name, inner]) => [name, { ...fieldShape(inner), settable: true }])),
  };
}

const PRINCIPALS: FieldShape = [{ type: 'string', identifiers: ['string'] }];

/** An IAM policy document as it is decoded. */
const POLICY: { readonly [field: string]: FieldShape } = {
  version: 'string',
  id: 'string',
  statement: [
    {
      sid: 'string',
      effect: 'string',
      actions: ['string'],
      not_actions: ['string'],
      resources: ['string'],
      not_resources: ['string'],
      principals: PRINCIPALS,
      not_principals: PRINCIPALS,
      condition: [{ test: 'string', variable: 'string', values: ['string'] }],
    },
  ],
};

function listShape(own: Shape, field: string | undefined): Shape {
  const scalar = own.kind === 'list' || own.kind === 'set' ? own.element : own;
  return {
    kind: 'list',
    element: field === undefined ? scalar : { kind: 'object', fields: new Map([[field, scalar]]) },
  };
}

/** The shape of a statement, for companions that are one. */
export function statementShape(): Shape {
  const statement = POLICY['statement'];
  return statement !== undefined && isElement(statement) ? fieldShape(statement[0]) : { kind: 'any' };
}
