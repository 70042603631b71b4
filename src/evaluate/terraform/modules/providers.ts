import type { ProviderScope } from '../../../model/raw-resource.js';
import { mapOf, STRING } from '../../../model/type.js';
import type { ObjectValue, Value } from '../../../model/value.js';
import { stringValue, unknownValue } from '../../../model/values.js';
import type { Diagnostic } from '../../../source/diagnostic.js';
import type { SourceFile } from '../../../source/source-file.js';
import type { Expression } from '../../../syntax/hcl/ast.js';
import type { Declaration, PlacedAttribute } from '../configuration/declarations.js';
import { type PlacedBody, readDeclaration } from '../configuration/read-body.js';
import type { Evaluator } from '../expression/context.js';
import { objectOf } from '../values/collections.js';
import { convertValue } from '../values/convert.js';

const PROVIDER_BLOCKS = new Set([
  'default_tags',
  'ignore_tags',
  'assume_role',
  'assume_role_with_web_identity',
  'endpoints',
  'features',
]);

/** The module that has a provider block. */
export interface ProviderHost {
  readonly world: { report(diagnostic: Diagnostic): void };
  evaluatorOf(file: SourceFile): Evaluator;
}

/** A provider block as it is evaluated in the module that has it, or a provider that is configured nowhere. */
export class ProviderConfiguration {
  #body: PlacedBody | undefined;
  #scope: ProviderScope | undefined;
  #defaultTags: { readonly tags: Value | undefined } | undefined;

  constructor(
    readonly provider: string,
    /** Unique in the root: `provider.aws`, `module.a.provider.aws.west`. */
    readonly id: string,
    readonly root: string,
    readonly declaration: Declaration | undefined,
    readonly module: ProviderHost | undefined,
  ) {}

  #read(): PlacedBody | undefined {
    if (this.declaration === undefined || this.module === undefined) return undefined;
    this.#body ??= readDeclaration(
      this.declaration,
      (name) => (PROVIDER_BLOCKS.has(name) ? 0 : undefined),
      this.module.world.report,
    );
    return this.#body;
  }

  #evaluate(attribute: PlacedAttribute | undefined): Value | undefined {
    return attribute === undefined
      ? undefined
      : this.module?.evaluatorOf(attribute.file).evaluate(attribute.attribute.expression);
  }

  #block(type: string): ReadonlyMap<string, PlacedAttribute> | undefined {
    const placed = this.#read()?.blocks.find(({ block }) => block.type === type);
    if (placed === undefined) return undefined;
    return readDeclaration(
      { ...placed, address: '', overrides: [] },
      () => undefined,
      () => undefined,
    ).attributes;
  }

  scope(): ProviderScope {
    if (this.#scope !== undefined) return this.#scope;
    const unknown = (name: string) =>
      unknownValue('provider-configuration', {
        type: STRING,
        subject: `${this.id} ${name}`,
        notNull: true,
        identity: `${this.root}\0${this.id}\0${name}`,
      });
    const written = this.#evaluate(this.#read()?.attributes.get('region'));
    const region =
      written?.kind === 'string' || (written?.kind === 'unknown' && written.type.kind === 'string')
        ? written
        : unknown('region');
    const partition = region.kind === 'string' ? stringValue(partitionOf(region.value)) : unknown('partition');
    this.#scope = {
      provider: this.provider,
      configuration: this.id,
      account: this.#account() ?? unknown('account'),
      region,
      partition,
    };
    return this.#scope;
  }

  /** The account that the configuration itself names: the role that it assumes, or the only one that it allows. */
  #account(): Value | undefined {
    const role = this.#evaluate(this.#block('assume_role')?.get('role_arn'));
    if (role?.kind === 'string') {
      const account = /^arn:[^:]*:iam::(\d{12}):/.exec(role.value)?.[1];
      if (account !== undefined) return stringValue(account, role.origin);
    }
    const allowed = this.#evaluate(this.#read()?.attributes.get('allowed_account_ids'));
    const [only, second] = allowed?.kind === 'list' ? allowed.elements : [];
    return second === undefined && only?.kind === 'string' ? only : undefined;
  }

  /** `default_tags`; undefined without any. */
  defaultTags(): Value | undefined {
    this.#defaultTags ??= { tags: this.#readDefaultTags() };
    return this.#defaultTags.tags;
  }

  #readDefaultTags(): Value | undefined {
    const tags = this.#evaluate(this.#block('default_tags')?.get('tags'));
    if (tags === undefined || tags.kind === 'null') return undefined;
    const converted = convertValue(tags, mapOf(STRING));
    return converted.ok ? converted.value : undefined;
  }

  /** `tags_all`: the default tags with the resource's own over them, without ignored keys. */
  mergeTags(own: Value | undefined): Value | undefined {
    const defaults = this.defaultTags();
    const written = own === undefined || own.kind === 'null' ? undefined : own;
    if (defaults === undefined) return written;
    if (written === undefined) return this.#withoutIgnored(defaults);
    if (defaults.kind !== 'object' || written.kind !== 'object') {
      return unknownValue(causeOf(defaults) ?? causeOf(written) ?? 'provider-configuration', { type: mapOf(STRING) });
    }
    const rest = written.rest ?? defaults.rest;
    const merged: ObjectValue = { ...objectOf([...defaults.entries, ...written.entries]), type: mapOf(STRING), rest };
    return this.#withoutIgnored(merged);
  }

  #withoutIgnored(tags: Value): Value {
    const keys = this.#evaluate(this.#block('ignore_tags')?.get('keys'));
    if (keys?.kind !== 'list' || tags.kind !== 'object') return tags;
    const ignored = new Set(keys.elements.flatMap((key) => (key.kind === 'string' ? [key.value] : [])));
    return { ...tags, entries: new Map([...tags.entries].filter(([key]) => !ignored.has(key))) };
  }
}

function causeOf(value: Value) {
  return value.kind === 'unknown' ? value.reason : undefined;
}

/** The partition of a region, by the prefixes that AWS publishes. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  if (region.startsWith('us-iso-')) return 'aws-iso';
  if (region.startsWith('us-isob-')) return 'aws-iso-b';
  return region.startsWith('eusc-') ? 'aws-eusc' : 'aws';
}

/** `aws` or `aws.west`, written as a reference (in JSON syntax, and long ago, as a text). */
export function providerKey(expression: Expression): string | undefined {
  if (expression.kind === 'variable') return expression.name;
  if (expression.kind === 'get-attribute' && expression.object.kind === 'variable')
    return `${expression.object.name}.${expression.name}`;
  if (expression.kind !== 'template') return undefined;
  const [part] = expression.parts;
  return part?.kind === 'text' ? part.value : undefined;
}

/** What a call passes on: the child's provider key → the caller's. */
export function passedProviders(attribute: PlacedAttribute | undefined): Map<string, string> {
  const passed = new Map<string, string>();
  const expression = attribute?.attribute.expression;
  if (expression?.kind !== 'object') return passed;
  for (const { key, value } of expression.items) {
    const own = providerKey(key.kind === 'parenthesis' ? key.expression : key);
    const theirs = providerKey(value);
    if (own !== undefined && theirs !== undefined) passed.set(own, theirs);
  }
  return passed;
}
