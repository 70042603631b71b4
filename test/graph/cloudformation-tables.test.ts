import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { attributeOf, cloudFormationModels } from '../../src/graph/cloudformation-model.js';
import { cloudFormationTypes } from '../../src/graph/cloudformation-sides.js';
import type { ScopePlan, Step } from '../../src/graph/plan.js';
import { shapeCatalogue } from '../../src/graph/shape-catalogue.js';
import { modelOf, tableOf } from '../../src/graph/type-model.js';
import type { Shape } from '../../src/model/shape.js';
import { cloudFormationSchemas } from '../../src/schemas/cloudformation-schemas.js';
import { providerSchemas } from '../../src/schemas/provider-schemas.js';
import { mappingOf, renderMapping } from './mapping.js';

const FOLDER = new URL('../../fixtures/graph/cloudformation/', import.meta.url);

const models = [...cloudFormationTypes()].sort().flatMap((type) => cloudFormationModels(providerSchemas, type));
const types = [...new Set(models.map(({ type }) => type))].sort();
const catalogue = shapeCatalogue(providerSchemas);

/** What people write of a Terraform type, where it lives in normal form. */
function writable(plan: ScopePlan, prefix = ''): readonly string[] {
  return [...plan.steps.values()].flatMap((step) => ofStep(step, prefix));
}

function ofStep(step: Step, prefix: string): readonly string[] {
  const to = 'to' in step ? `${prefix}${step.to.join('.')}` : prefix;
  switch (step.kind) {
    case 'scalar':
    case 'document':
      return step.schema.isRequired || step.schema.isOptional ? [to] : [];
    case 'block':
      if (!step.isSettable) return [];
      return writable(step.scope, step.mode === 'hoist' ? prefix : `${to}.`);
    case 'pairs':
      return [to];
    default:
      // What explodes is said by the resources that are its atoms.
      return [];
  }
}

/** What the provider makes up though its schema lets it be written. */
const MADE_UP = ['id', 'tags_all'];

describe.each(types)('the CloudFormation side of %s', (type) => {
  const own = models.filter((model) => model.type === type);

  it('agrees with both schemas', () => {
    expect(own.flatMap(({ nativeType, problems }) => problems.map((problem) => `${nativeType} ${problem}`))).toEqual(
      [],
    );
    expect(own.filter(({ nativeType }) => cloudFormationSchemas.resource(nativeType) === undefined)).toEqual([]);
  });

  it('maps every argument of Terraform, or says why not', () => {
    const mapped = own.flatMap(({ plan, side }) => [
      // A block covers only itself: what is in it is mapped one by one.
      ...mappingOf(plan).flatMap(({ normal, how }) =>
        normal === undefined || how === 'object' || how === 'list' ? [] : [normal.replaceAll('[]', '')],
      ),
      ...Object.keys(side?.own ?? {}),
      ...Object.keys(side?.set ?? {}),
    ]);
    const excused = [...mapped, ...Object.keys(tableOf(type)?.terraformOnly ?? {}), ...MADE_UP];
    const isCovered = (path: string) => excused.some((by) => path === by || path.startsWith(`${by}.`));
    const { plan } = modelOf(providerSchemas, type, 'managed');
    const missing = [...new Set(writable(plan))].filter((path) => !isCovered(path));
    expect(missing).toEqual([]);
  });

  it('leads references to attributes of the normal form', () => {
    const shape = catalogue.typeShape(type)?.shape;
    const unknown = own.flatMap((model) => {
      if (model.side?.each !== undefined || model.side?.own !== undefined) return [];
      const names = [
        ...(model.side?.ref === undefined ? [] : [model.side.ref]),
        ...Object.values(model.side?.getAtt ?? {}),
      ];
      return names
        .filter((path) => shapeAt(shape, path.split('.')) === undefined)
        .map((path) => `${model.nativeType} ${path}`);
    });
    expect(unknown).toEqual([]);
    for (const model of own) expect(attributeOf(model, 'Ref')).not.toBe('');
  });

  it('is the one that was reviewed', () => {
    const path = new URL(`${type}.txt`, FOLDER);
    const text = `${own.map(renderMapping).join('\n\n')}\n`;
    if (process.env['UPDATE'] === '1') {
      mkdirSync(FOLDER, { recursive: true });
      writeFileSync(path, text);
    }
    expect(text).toBe(existsSync(path) ? readFileSync(path, 'utf8') : '');
  });
});

function shapeAt(shape: Shape | undefined, path: readonly string[]): Shape | undefined {
  const [name, ...inner] = path;
  if (shape === undefined || name === undefined) return shape;
  if (shape.kind === 'list' || shape.kind === 'set' || shape.kind === 'map') return shapeAt(shape.element, path);
  return shape.kind === 'object' ? shapeAt(shape.fields.get(name), inner) : undefined;
}
