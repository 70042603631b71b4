import { partitionOf } from '../../../model/partitions.js';
import type { ProviderScope } from '../../../model/raw-resource.js';
import { mapOf, STRING, setOf, type Type } from '../../../model/type.js';
import type { ObjectValue, UnknownValue, Value } from '../../../model/value.js';
import { isWhollyKnown, stringValue, unknownValue } from '../../../model/values.js';
import type { Diagnostic } from '../../../source/diagnostic.js';
import type { SourceFile } from '../../../source/source-file.js';
import type { Expression } from '../../../syntax/hcl/ast.js';
import type { Declaration, PlacedAttribute } from '../configuration/declarations.js';
import { type PlacedBody, readDeclaration } from '../configuration/read-body.js';
import type { Evaluator } from '../expression/context.js';
import { objectOf } from '../values/collections.js';
import { convertValue } from '../values/convert.js';
import { unknownFrom } from '../values/unknown.js';
import { evaluateBlocksOfType } from './evaluate-body.js';

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
  readonly #scopes = new Map<string, ProviderScope>();
  readonly #blocks = new Map<string, Value | undefined>();
  #defaultTags: { readonly tags: Value | undefined } | undefined;

  constructor(
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
      (name) => (name === 'dynamic' ? 1 : PROVIDER_BLOCKS.has(name) ? 0 : undefined),
      this.module.world.report,
    );
    return this.#body;
  }

  /** The only block of a type; unknown where it is not known whether there is one. */
  #block(type: string): Value | undefined {
    if (!this.#blocks.has(type)) this.#blocks.set(type, this.#readBlock(type));
    return this.#blocks.get(type);
  }

  #readBlock(type: string): Value | undefined {
    const body = this.#read();
    const host = this.module;
    if (body === undefined || host === undefined) return undefined;
    const blocks = evaluateBlocksOfType(body, type, {
      evaluatorOf: (file) => host.evaluatorOf(file),
      report: host.world.report,
    });
    if (blocks === undefined) return undefined;
    if (blocks.rest === undefined && blocks.existence === undefined) return blocks.elements[0];
    const cause = blocks.rest ?? blocks.existenceCause;
    return unknownValue(cause?.reason ?? 'uncertain-existence', { subject: cause?.subject });
  }

  /** An attribute of a block, in its type; undefined where it is not written. */
  #attributeOf(type: string, name: string, as: Type): Value | undefined {
    const block = this.#block(type);
    if (block?.kind === 'unknown') return { ...block, type: as };
    const value = block?.kind === 'object' ? block.entries.get(name) : undefined;
    return value === undefined ? undefined : typed(value, as);
  }

  #attribute(name: string, as: Type): Value | undefined {
    const placed = this.#read()?.attributes.get(name);
    const value =
      placed === undefined ? undefined : this.module?.evaluatorOf(placed.file).evaluate(placed.attribute.expression);
    return value === undefined ? undefined : typed(value, as);
  }

  /** The scope of resources whose types are a provider's: `google` also under `provider = google-beta`. */
  scope(provider: string): ProviderScope {
    const known = this.#scopes.get(provider);
    if (known !== undefined) return known;
    const scope = this.#readScope(provider);
    this.#scopes.set(provider, scope);
    return scope;
  }

  #readScope(provider: string): ProviderScope {
    const unknown = (name: string) =>
      unknownValue('provider-configuration', {
        type: STRING,
        subject: `${this.id} ${name}`,
        notNull: true,
        identity: `${this.root}\0${this.id}\0${name}`,
      });
    const written = this.#attribute('region', STRING);
    const region = written === undefined || written.kind === 'null' ? unknown('region') : written;
    const partition = region.kind === 'string' ? stringValue(partitionOf(region.value)) : unknown('partition');
    return {
      provider,
      configuration: this.id,
      account: this.#account() ?? unknown('account'),
      region,
      partition,
    };
  }

  /** The account that the configuration itself names: the role that it assumes, or the only one that it allows. */
  #account(): Value | undefined {
    const role = this.#attributeOf('assume_role', 'role_arn', STRING);
    if (role !== undefined && role.kind !== 'null') {
      if (role.kind === 'unknown') return madeAccount(role);
      const account = role.kind === 'string' ? /^arn:[^:]*:iam::(\d{12}):/.exec(role.value)?.[1] : undefined;
      return account === undefined ? undefined : stringValue(account, role.origin);
    }
    const allowed = this.#attribute('allowed_account_ids', setOf(STRING));
    if (allowed?.kind !== 'list' || allowed.rest !== undefined || allowed.existence !== undefined) return undefined;
    const [only, second] = allowed.elements;
    return second === undefined && only?.kind === 'string' ? only : undefined;
  }

  /** `default_tags`; undefined without any. */
  defaultTags(): Value | undefined {
    this.#defaultTags ??= { tags: this.#readDefaultTags() };
    return this.#defaultTags.tags;
  }

  #readDefaultTags(): Value | undefined {
    const tags = this.#attributeOf('default_tags', 'tags', mapOf(STRING));
    return tags === undefined || tags.kind === 'null' ? undefined : withoutNulls(tags);
  }

  /** Whether `tags_all` may differ from `tags`. */
  get changesTags(): boolean {
    return this.defaultTags() !== undefined || this.#block('ignore_tags') !== undefined;
  }

  /** `tags_all`: the default tags with the resource's own over them, without ignored ones. Undefined without any. */
  mergeTags(own: Value | undefined): Value | undefined {
    const defaults = this.defaultTags();
    const written = own === undefined || own.kind === 'null' ? undefined : withoutNulls(own);
    if (defaults === undefined || written === undefined) {
      const only = defaults ?? written;
      return only === undefined ? undefined : this.#withoutIgnored(only);
    }
    if (written.kind !== 'object') return unknownFrom([written, defaults], mapOf(STRING), { notNull: true });
    if (defaults.kind !== 'object') {
      // What the resource itself says is known, whatever the defaults are.
      const { reason, subject } = unknownFrom([defaults], mapOf(STRING));
      return this.#withoutIgnored({ ...written, type: mapOf(STRING), rest: { reason, subject } });
    }
    return this.#withoutIgnored(mergeKnown(defaults, written));
  }

  #withoutIgnored(tags: Value): Value {
    const keys = this.#attributeOf('ignore_tags', 'keys', setOf(STRING));
    const prefixes = this.#attributeOf('ignore_tags', 'key_prefixes', setOf(STRING));
    if ((keys === undefined && prefixes === undefined) || tags.kind !== 'object') return tags;
    const unknown = [keys, prefixes].find((one) => one !== undefined && one.kind !== 'null' && !isWhollyKnown(one));
    if (unknown !== undefined) return unknownFrom([unknown, tags], mapOf(STRING), { notNull: true });
    const ignored = new Set(textsOf(keys));
    const isIgnored = (key: string) => ignored.has(key) || textsOf(prefixes).some((prefix) => key.startsWith(prefix));
    return { ...tags, entries: new Map([...tags.entries].filter(([key]) => !isIgnored(key))) };
  }
}

function mergeKnown(defaults: ObjectValue, written: ObjectValue): ObjectValue {
  const open = written.rest;
  const entries = new Map(defaults.entries);
  if (open !== undefined) {
    // A tag of the resource that is not known may replace any of the defaults.
    const perhaps = unknownValue(open.reason, { type: STRING, subject: open.subject, notNull: true });
    for (const key of entries.keys()) entries.set(key, perhaps);
  }
  for (const [key, value] of written.entries) entries.set(key, value);
  return { ...objectOf(entries), type: mapOf(STRING), rest: open ?? defaults.rest };
}

/** The value in a type, an unknown where it is not suitable. */
function typed(value: Value, type: Type): Value {
  const converted = convertValue(value, type);
  return converted.ok ? converted.value : unknownValue('invalid-value', { type, origin: value.origin });
}

function textsOf(value: Value | undefined): string[] {
  return value?.kind === 'list' ? value.elements.flatMap((one) => (one.kind === 'string' ? [one.value] : [])) : [];
}

/** The provider drops tags whose value is null. */
function withoutNulls(tags: Value): Value {
  if (tags.kind !== 'object') return tags;
  return { ...tags, entries: new Map([...tags.entries].filter(([, value]) => value.kind !== 'null')) };
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

/** The account of a role's ARN that is the id of an account that the same configuration makes. */
function madeAccount({ parts = [] }: UnknownValue): Value | undefined {
  const [start, account, end] = parts;
  if (typeof start !== 'string' || typeof account !== 'object' || typeof end !== 'string') return undefined;
  const [reference, ...others] = account.refersTo ?? [];
  const isMade = reference?.attribute === 'id' && /(^|\.)aws_organizations_account\.[^.]+$/.test(reference.address);
  return /^arn:[^:]*:iam::$/.test(start) && end.startsWith(':role/') && isMade && others.length === 0
    ? account
    : undefined;
}
