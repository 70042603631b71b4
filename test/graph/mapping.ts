import type { CloudFormationModel } from '../../src/graph/cloudformation-model.js';
import type { ScopePlan, Step } from '../../src/graph/plan.js';
import type { Conversion } from '../../src/graph/resource-types/entries.js';

/** One native property, and where it lives in normal form. */
export interface Mapped {
  readonly native: string;
  /** Undefined: it is kept native. */
  readonly normal: string | undefined;
  readonly how: string;
}

/** Everything that a model maps, blocks included, in the order of the native names. */
export function mappingOf(plan: ScopePlan, native = '', normal = ''): readonly Mapped[] {
  return [...plan.steps]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, step]) => ofStep(`${native}${name}`, step, normal));
}

function ofStep(native: string, step: Step, normal: string): readonly Mapped[] {
  const to = 'to' in step ? `${normal}${step.to.join('.')}` : '';
  switch (step.kind) {
    case 'scalar':
      return [{ native, normal: to, how: step.convert === undefined ? '' : conversion(step.convert) }];
    case 'document':
      return [{ native, normal: to, how: step.entry.document }];
    case 'pairs':
      return [{ native, normal: to, how: `pairs ${step.entry.key} ${step.entry.value}` }];
    case 'untranslated':
      return [{ native, normal: to, how: 'untranslated' }];
    case 'native-only':
      return [{ native, normal: undefined, how: '' }];
    case 'other-spelling':
      return ofStep(native, step.step, normal).map((one) => ({
        ...one,
        how: `${one.how} other spelling of ${step.of}`.trim(),
      }));
    case 'keyed':
      return [...step.steps].map(([key, scalar]) => ({
        native: `${native}[${step.key}=${key}]`,
        normal: `${normal}${scalar.to.join('.')}`,
        how: scalar.convert === undefined ? '' : conversion(scalar.convert),
      }));
    case 'split':
      return step.cases.flatMap(({ when, step: block }) =>
        ofStep(
          `${native}[${when === undefined ? 'else' : `${when.field}${when.in === undefined ? '' : `=${when.in.join('|')}`}`}]`,
          block,
          normal,
        ),
      );
    case 'counted':
      return ofStep(`${native}.Items`, step.step, normal);
    case 'map':
      return ofStep(`${native}{}`, step.step, normal);
    case 'explode':
      return [{ native, normal: to, how: 'explode' }];
    case 'block': {
      const inner = mappingOf(
        step.scope,
        `${native}.`,
        step.mode === 'hoist' ? normal : `${to}${step.mode === 'list' ? '[]' : ''}.`,
      );
      return step.mode === 'hoist'
        ? inner
        : [{ native, normal: `${to}${step.mode === 'list' ? '[]' : ''}`, how: step.mode }, ...inner];
    }
  }
}

function conversion(convert: Conversion): string {
  switch (convert.kind) {
    case 'chain':
      return convert.steps.map(conversion).join(', ');
    case 'type':
      return `as ${convert.to}`;
    case 'words':
    case 'normalise':
      return `${convert.kind} ${Object.entries(convert.words)
        .map(([from, to]) => `${from}=${to}`)
        .join(' ')}`;
    case 'list':
    case 'only':
    case 'fields':
      return `${convert.kind}${convert.field === undefined ? '' : ` ${convert.field}`}`;
    default:
      return convert.kind;
  }
}

/** The mapping of a model as text, one property a line. */
export function renderMapping(model: CloudFormationModel): string {
  const { side } = model;
  const lines = mappingOf(model.plan).map(({ native, normal, how }) =>
    normal === undefined ? `${native} (native)` : `${native} -> ${normal}${how === '' ? '' : ` (${how})`}`,
  );
  const head = [
    `${model.nativeType} -> ${model.type}`,
    ...(side?.when === undefined ? [] : [`when ${side.when.property} is ${String(side.when.is)}`]),
    ...(side?.each === undefined ? [] : [`each ${side.each.property}`]),
    ...Object.entries(side?.own ?? {}).map(([path, attribute]) => `own ${attribute} -> ${path}`),
    ...Object.entries(side?.set ?? {}).map(([path, value]) => `"${value}" -> ${path}`),
    ...Object.entries(side?.absent ?? {}).map(([name, { value }]) => `no ${name}: ${JSON.stringify(value)}`),
  ];
  return [...head, ...lines].join('\n');
}
