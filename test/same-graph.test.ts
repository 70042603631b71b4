import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildGraph } from '../src/graph/build-graph.js';
import type { RawResource } from '../src/model/raw-resource.js';
import type { Resource } from '../src/model/resource.js';
import { resourceKey } from '../src/model/resource.js';
import type { Reference, StringValue, UnknownValue, Value } from '../src/model/value.js';
import { providerSchemas } from '../src/schemas/provider-schemas.js';
import { evaluateFiles } from './support/evaluate-files.js';
import { mergedPlanOf } from './support/evaluate-plans.js';
import { evaluateTemplates } from './support/evaluate-templates.js';
import { ADDED_PROVIDER } from './support/plan-fixture.js';

/**
 * The same infrastructure in several languages is one graph, apart from origins, addresses, what is kept native, members
 * and defaults, which differ by source.
 */
const FOLDER = new URL('../fixtures/same-graph/', import.meta.url);

/** How each file is evaluated. A case has as many of them as there are. */
const LANGUAGES: Readonly<Record<string, (text: string, name: string) => readonly RawResource[]>> = {
  'main.tf': (text) => evaluateFiles({ 'main.tf': text }).result.resources,
  'main.tf.json': (text) => evaluateFiles({ 'main.tf.json': text }).result.resources,
  'plan.json': (text, name) => {
    const source = readFileSync(new URL(`${name}/main.tf`, FOLDER), 'utf8');
    return mergedPlanOf(text, evaluateFiles({ 'main.tf': source, 'agreement.tf': ADDED_PROVIDER }).result).resources;
  },
  'template.yaml': (text) => evaluateTemplates({ 'template.yaml': text }).result.resources,
  'template.json': (text) => evaluateTemplates({ 'template.json': text }).result.resources,
};

/** Computed from other attributes, or said by the type itself. */
const REPEATED = new Set(['native', 'tagged', 'resource_policy', 'identity_policies']);

type Plain = null | string | number | boolean | readonly Plain[] | { readonly [name: string]: Plain };

/** Where a graph says the same as another: resources told apart by what they say, references by what they lead to. */
class Outline {
  private readonly names = new Map<string, string>();
  private readonly shown: readonly Resource[];

  constructor(private readonly graph: ReturnType<typeof buildGraph>['graph']) {
    this.shown = [...graph.resources.values()].filter(
      ({ presence, mode }) => presence !== 'scope' && mode === 'managed',
    );
    const texts = this.shown.map(
      (resource) => [resource, `${resource.type} ${JSON.stringify(this.values(resource))}`] as const,
    );
    const counts = new Map<string, number>();
    for (const [resource] of [...texts].sort(([, a], [, b]) => (a < b ? -1 : 1))) {
      const count = counts.get(resource.type) ?? 0;
      counts.set(resource.type, count + 1);
      this.names.set(resource.key, `${resource.type} ${count}`);
    }
  }

  get resources(): Record<string, Plain> {
    const entries = this.shown.map((resource) => [this.names.get(resource.key) ?? '', this.values(resource)] as const);
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  get links(): readonly string[] {
    const links = [...this.graph.linksFrom.values()].flat().map(({ from, path, to, isCertain }) => {
      return `${this.names.get(from)} ${path} -> ${this.names.get(to)}${isCertain ? '' : ' perhaps'}`;
    });
    return links.sort();
  }

  private values(resource: Resource): Plain {
    const entries = [...resource.values.entries].filter(([name]) => !REPEATED.has(name));
    return this.object(entries);
  }

  private object(entries: readonly (readonly [string, Value])[]): Plain {
    const plain = entries
      .filter(([, value]) => value.kind !== 'null' && !isDefault(value))
      .map(([name, value]) => [name, this.plain(value)] as const)
      // A block of which only defaults are known is as good as none.
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(plain);
  }

  private plain(value: Value): Plain {
    switch (value.kind) {
      case 'object':
        return this.object([...value.entries]);
      case 'list': {
        // Sets have an order of their own in each language.
        const elements = value.elements.map((element) => this.plain(element));
        return elements.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
      }
      case 'null':
        return null;
      case 'string':
      case 'unknown':
        return this.text(value);
      default:
        return value.value;
    }
  }

  /** One language may know a name that the other has only the reference of: what is referred to is the same. */
  private text(value: StringValue | UnknownValue): Plain {
    const targets = (value.refersTo ?? []).map((reference) => this.target(reference));
    if (targets.length > 0) return `{${targets.sort().join(', ')}}`;
    const parts = value.kind === 'string' ? [value.value] : (value.parts ?? []);
    if (parts.length === 0) return '?';
    // CloudFormation assumes the partition, Terraform asks its provider.
    const text = parts.map((part) => (typeof part === 'string' ? part : '?')).join('');
    return text.replace(/^arn:(aws|\?):/, 'arn:*:');
  }

  /** What is referred to; by which of its names says the link. */
  private target({ root, address }: Reference): string {
    const key = resourceKey(root, address);
    return this.names.get(key) ?? this.graph.resources.get(key)?.type ?? '?';
  }
}

function isDefault(value: Value): boolean {
  const step = value.origin?.step;
  return step === 'default-of-type' || step === 'assumed-default';
}

function outline(resources: readonly RawResource[]): {
  readonly resources: Record<string, Plain>;
  readonly links: readonly string[];
} {
  const { graph } = buildGraph({ resources, unreadModules: [], schemas: providerSchemas });
  const made = new Outline(graph);
  return { resources: made.resources, links: made.links };
}

describe.each(readdirSync(FOLDER).sort())('the infrastructure "%s"', (name) => {
  const files = Object.keys(LANGUAGES).filter((file) => existsSync(new URL(`${name}/${file}`, FOLDER)));
  const read = (file: string) =>
    outline(LANGUAGES[file]?.(readFileSync(new URL(`${name}/${file}`, FOLDER), 'utf8'), name) ?? []);
  const first = read('main.tf');

  it.each(files.slice(1))('is the same graph in %s', (file) => {
    const other = read(file);
    expect(Object.keys(first.resources).length).toBeGreaterThan(0);
    expect(other.resources).toEqual(first.resources);
    expect(other.links).toEqual(first.links);
  });
});
