import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TemplateFile, TemplateModel } from '@aws/cloudformation-validate';
import { afterAll, describe, expect, test } from 'vitest';
import { isWhollyKnown } from '../../src/model/values.js';
import { evaluateTemplates } from '../support/evaluate-templates.js';
import { type Json, type RandomTemplate, randomTemplate, seeded } from '../support/random-template.js';
import { toPlain } from '../support/raw-resource.js';

const COUNT = Number(process.env['TEMPLATES'] ?? 200);

/** Of the other program's answers: its value, where it says that it is certain of all of it. */
function concrete(answer: unknown): { readonly value: unknown } | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined;
  if ('Concrete' in answer) return answer.Concrete as { value: unknown };
  if ('List' in answer) {
    const items = (answer.List as { items: unknown[] }).items.map(concrete);
    return items.every((item) => item !== undefined) ? { value: items.map((item) => item.value) } : undefined;
  }
  if ('Map' in answer) {
    const entries = (answer.Map as { entries: { key: string; value: unknown }[] }).entries;
    const values = entries.map(({ key, value }) => [key, concrete(value)] as const);
    if (values.some(([, value]) => value === undefined)) return undefined;
    return { value: Object.fromEntries(values.map(([key, value]) => [key, value?.value])) };
  }
  return undefined;
}

/** Text for every scalar: the other program makes numbers of texts that look like them. */
function asText(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asText);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, asText(one)]));
  }
  return value === null || value === undefined ? null : String(value);
}

describe('the validator of CloudFormation', () => {
  const folder = mkdtempSync(join(tmpdir(), 'orchard-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  function modelOf(
    template: RandomTemplate['template'],
  ): Readonly<Record<string, { readonly properties: Readonly<Record<string, unknown>> }>> {
    const path = join(folder, 'template.json');
    writeFileSync(path, JSON.stringify(template));
    const model = new TemplateModel(new TemplateFile(path));
    const resources = model.resources() as unknown as ReturnType<typeof modelOf>;
    model.free();
    return resources;
  }

  test('never is certain of another value than ours', () => {
    const random = seeded(11);
    const different: string[] = [];
    let agreed = 0;
    let unknown = 0;
    let explained = 0;
    for (let count = 0; count < COUNT; count++) {
      const { template: open, assignments } = randomTemplate(random);
      const template = count % 2 === 0 ? withDefaults(open, assignments[count % assignments.length] ?? {}) : open;
      const { result } = evaluateTemplates(JSON.stringify(template));
      for (const [name, { properties }] of Object.entries(modelOf(template))) {
        const ours = result.resources.find(({ address }) => address === name);
        for (const [property, answer] of Object.entries(properties)) {
          const theirs = concrete(answer);
          const value = ours?.values.entries.get(property);
          if (theirs === undefined || ours === undefined || value === undefined) continue;
          if (!isWhollyKnown(value)) unknown++;
          else if (JSON.stringify(asText(sorted(toPlain(value)))) === JSON.stringify(asText(sorted(theirs.value))))
            agreed++;
          else if (selectsAmongConditional(propertyOf(template, name, property))) explained++;
          else if (different.length < 5)
            different.push(JSON.stringify({ name, property, theirs, value: toPlain(value), template }));
        }
      }
    }
    expect(different).toEqual([]);
    if (process.env['TEMPLATES'] !== undefined)
      console.log(
        `${agreed} values agree, ${unknown} are unknown here, ${explained} are selected among what is not there`,
      );
    expect(agreed).toBeGreaterThan(unknown);
  });
});

function propertyOf({ Resources }: RandomTemplate['template'], name: string, property: string): Json | undefined {
  const resource = Resources?.[name] as { readonly Properties: { readonly [key: string]: Json } } | undefined;
  return resource?.Properties[property];
}

/**
 * What `AWS::NoValue` leaves out of a list is not counted by `Fn::Select`: templates choose the first condition that holds
 * in this way (https://github.com/aws/aws-cdk/pull/19680). The other program counts it.
 */
function selectsAmongConditional(property: Json | undefined): boolean {
  const text = JSON.stringify(property) ?? '';
  return text.includes('"Fn::Select"') && text.includes('"AWS::NoValue"');
}

/** The template with every parameter given. */
function withDefaults(
  template: RandomTemplate['template'],
  values: Readonly<Record<string, string>>,
): RandomTemplate['template'] {
  const parameters = Object.entries(template['Parameters'] ?? {}).map(([name, declared]) => [
    name,
    { ...(declared as object), Default: values[name] ?? '' },
  ]);
  return { ...template, Parameters: Object.fromEntries(parameters) as Record<string, Json> };
}

function sorted(value: unknown): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value as Json;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, one]) => [key, sorted(one)]));
}
