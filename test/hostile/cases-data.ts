import { deep, type HostileCase } from './hostile-case.js';

const million = 1_000_000;

const text = (open: string, close: string, depth: number) => `${open.repeat(depth)}1${close.repeat(depth)}`;
const manifest = (data: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: pears}\ndata: ${data}\n`;
const manifestJson = (data: string) =>
  `{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "pears"}, "data": ${data}}`;
const template = (name: string) =>
  `Resources:\n  Pears:\n    Type: AWS::SQS::Queue\n    Properties: {QueueName: ${name}}\n`;

const tooDeep = (name: string, files: () => Readonly<Record<string, string>>): HostileCase => ({
  name,
  expect: '3 limit-reached',
  files,
});

/** Each name stands for the one before. */
const chain = (length: number) =>
  Array.from({ length }, (_, i) => `  a${i}: &a${i} [${i === 0 ? 'x' : `*a${i - 1}`}]`).join('\n');

interface Parts {
  readonly after?: string;
  readonly unknown?: string;
  readonly sensitive?: string;
  readonly more?: string;
}

function plan({ after = '{}', unknown = '{}', sensitive = '{}', more = '' }: Parts): string {
  const change = `{"actions": ["create"], "after": ${after}, "after_unknown": ${unknown}, "after_sensitive": ${sensitive}}`;
  const pears = `{"address": "aws_s3_bucket.pears", "mode": "managed", "type": "aws_s3_bucket", "name": "pears", "change": ${change}}`;
  return `{"format_version": "1.2", "terraform_version": "1.11.4", "planned_values": {}, "resource_changes": [${pears}]${more}}`;
}

function state(instance: string, outputs = '{}'): string {
  const pears = `{"mode": "managed", "type": "aws_s3_bucket", "name": "pears", "instances": [${instance}]}`;
  return `{"version": 4, "terraform_version": "1.11.4", "lineage": "l", "outputs": ${outputs}, "resources": [${pears}]}`;
}

const named = (name: string, file: string, content: (mapping: string, list: string) => string): HostileCase => ({
  name,
  expect: '3 limit-reached',
  // In a folder of its own, so that the good file is not its source.
  files: () => ({ [`out/${file}`]: content(text('{"a": ', '}', deep), text('[', ']', deep)) }),
  args: [`out/${file}`, 'good.tf'],
});

/** Manifests, templates, plans and states that nest deeper than anything is read. */
export const dataCases: readonly HostileCase[] = [
  ...[deep, million].flatMap((depth) => [
    tooDeep(`${depth} lists in each other`, () => ({ 'pears.yaml': manifest(text('[', ']', depth)) })),
    tooDeep(`${depth} lists that are not closed`, () => ({ 'pears.yaml': manifest('['.repeat(depth)) })),
    tooDeep(`${depth} mappings in each other`, () => ({ 'pears.yaml': manifest(text('{a: ', '}', depth)) })),
    tooDeep(`${depth} dashes`, () => ({ 'pears.yaml': manifest(`\n  ${'- '.repeat(depth)}1`) })),
    tooDeep(`a chain of ${depth} aliases`, () => ({ 'pears.yaml': manifest(`\n${chain(depth)}`) })),
    tooDeep(`${depth} lists in JSON`, () => ({ 'pears.json': manifestJson(text('[', ']', depth)) })),
    tooDeep(`${depth} mappings in JSON`, () => ({ 'pears.json': manifestJson(text('{"a": ', '}', depth)) })),
    tooDeep(`${depth} functions in a template`, () => ({
      'pears.yaml': template(text('{"Fn::Join": ["", [', ']]}', depth)),
    })),
  ]),
  tooDeep('5,000 mappings by indentation', () => ({
    'pears.yaml': manifest(Array.from({ length: 5_000 }, (_, i) => `\n${' '.repeat(i + 1)}a:`).join('')),
  })),
  named('a plan 10,000 deep in a value', 'plan.json', (mapping) => plan({ after: `{"tags": ${mapping}}` })),
  named('a plan 10,000 deep in what is not known', 'plan.json', (mapping) => plan({ unknown: mapping })),
  named('a plan 10,000 deep in what is sensitive', 'plan.json', (mapping) => plan({ sensitive: mapping })),
  named('a plan 10,000 deep in its configuration', 'plan.json', (mapping) =>
    plan({ more: `, "configuration": ${mapping}` }),
  ),
  named('a plan 10,000 deep in a constant', 'plan.json', (_, list) =>
    plan({
      more: `, "configuration": {"root_module": {"resources": [{"address": "aws_s3_bucket.pears", "expressions": {"tags": {"constant_value": ${list}}}}]}}`,
    }),
  ),
  named('a plan 10,000 deep in an output', 'plan.json', (mapping, list) =>
    plan({ more: `, "output_changes": {"pears": {"after": ${list}, "after_sensitive": ${mapping}}}` }),
  ),
  named('a plan 10,000 deep in a variable', 'plan.json', (_, list) =>
    plan({ more: `, "variables": {"pears": {"value": ${list}}}` }),
  ),
  named('a plan with 10,000 modules in each other', 'plan.json', () =>
    plan({
      more: `, "prior_state": {"values": {"root_module": ${text('{"child_modules": [', ']}', deep).replace('1', '{}')}}}`,
    }),
  ),
  named('a state 10,000 deep in a value', 'pears.tfstate', (mapping) => state(`{"attributes": {"tags": ${mapping}}}`)),
  named('a state 10,000 deep in what is sensitive', 'pears.tfstate', (_, list) =>
    state(`{"attributes": {}, "sensitive_attributes": ${list}}`),
  ),
  named('a state 10,000 deep in an output', 'pears.tfstate', (_, list) =>
    state('{"attributes": {}}', `{"pears": {"value": ${list}, "type": ${list}, "sensitive": true}}`),
  ),
];
