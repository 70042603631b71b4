import { partitionOf } from '../../model/partitions.js';
import type { ProviderScope } from '../../model/raw-resource.js';
import { STRING } from '../../model/type.js';
import type { UnknownValue } from '../../model/value.js';
import { stringValue, unknownValue } from '../../model/values.js';
import { type ModuleScope, referencesOf } from './configuration.js';
import { elementOf, isRecord, memberOf, type Plain } from './plain.js';
import type { PlannedResource } from './planned.js';

const REGION = /^[a-z]{2,4}(?:-[a-z]+)+-[0-9]+$/;
const ACCOUNT_OF_ROLE = /^arn:[^:]*:iam::(\d{12}):/;

const ARN = /^arn:[^:]*:[^:]*:([^:]*):([^:]*):/;

interface Seen {
  readonly accounts: Set<string>;
  readonly regions: Set<string>;
}

/** The account and region of each provider configuration, where the plan's `configuration` says them. */
export class ProviderScopes {
  readonly #known = new Map<string, ProviderScope>();

  readonly #root: string;
  readonly #providers: Plain;
  readonly #variables: Plain;
  /** Provider and key → what the ARNs of its resources say. */
  readonly #seen = new Map<string, Seen>();

  constructor(of: { readonly root: string; readonly providers: Plain; readonly variables: Plain }) {
    this.#root = of.root;
    this.#providers = of.providers;
    this.#variables = of.variables;
  }

  /** Without a configuration the ARNs of what there is say where it is, as far as all of a provider agree. */
  learnFrom(resources: readonly PlannedResource[]): void {
    for (const { type, providerKey, read } of resources) {
      const node = read()?.node;
      const arn = node?.kind === 'object' ? node.members.find(({ key }) => key === 'arn')?.value : undefined;
      const found = arn?.kind === 'string' ? ARN.exec(arn.value) : null;
      if (found === null || providerOfType(type) !== 'aws') continue;
      const [, region = '', account = ''] = found;
      const key = `aws\0${providerKey ?? 'aws'}`;
      const seen = this.#seen.get(key) ?? { accounts: new Set(), regions: new Set() };
      if (account !== '' && account !== 'aws') seen.accounts.add(account);
      if (region !== '') seen.regions.add(region);
      this.#seen.set(key, seen);
    }
  }

  /** The scope of a resource: of the provider configuration that it names, else of its type's. */
  of(type: string, key: string | undefined, scope: ModuleScope | undefined): ProviderScope {
    const provider = providerOfType(type);
    const own = key ?? provider;
    const known = this.#known.get(`${provider}\0${own}`);
    if (known !== undefined) return known;
    const made = this.#make(provider, own, scope);
    this.#known.set(`${provider}\0${own}`, made);
    return made;
  }

  /** Whether `tags_all` may differ from `tags`; undefined where the plan does not tell. */
  changesTags(key: string | undefined): boolean | undefined {
    if (key === undefined) return undefined;
    const expressions = memberOf(memberOf(this.#providers, key), 'expressions');
    return memberOf(expressions, 'default_tags') !== undefined || memberOf(expressions, 'ignore_tags') !== undefined;
  }

  #make(provider: string, key: string, scope: ModuleScope | undefined): ProviderScope {
    const id = providerId(key);
    const expressions = memberOf(memberOf(this.#providers, key), 'expressions');
    const unknown = (name: string): UnknownValue =>
      unknownValue('provider-configuration', {
        type: STRING,
        subject: `${id} ${name}`,
        notNull: true,
        identity: `${this.#root}\0${id}\0${name}`,
      });
    // In a module its variables are another's: what a call passes is not followed.
    const isInRoot = !key.includes(':') || scope?.caller === undefined;
    const seen = this.#seen.get(`${provider}\0${key}`);
    const region = this.#text(memberOf(expressions, 'region'), isInRoot) ?? onlyOf(seen?.regions);
    const isRegion = region !== undefined && REGION.test(region);
    const account = this.#account(expressions, isInRoot) ?? onlyOf(seen?.accounts);
    return {
      provider,
      configuration: id,
      account: account === undefined ? unknown('account') : stringValue(account),
      region: isRegion ? stringValue(region) : unknown('region'),
      partition: isRegion ? stringValue(partitionOf(region)) : unknown('partition'),
    };
  }

  #account(expressions: Plain, isInRoot: boolean): string | undefined {
    const role = memberOf(expressions, 'assume_role');
    const block = isRecord(role) ? role : elementOf(role, 0);
    if (block !== undefined) return ACCOUNT_OF_ROLE.exec(this.#text(memberOf(block, 'role_arn'), isInRoot) ?? '')?.[1];
    const allowed = memberOf(memberOf(expressions, 'allowed_account_ids'), 'constant_value');
    const only = Array.isArray(allowed) && allowed.length === 1 ? allowed[0] : undefined;
    return typeof only === 'string' ? only : undefined;
  }

  /** A constant, or the value of the only variable that is referred to. */
  #text(expression: Plain, isInRoot: boolean): string | undefined {
    const constant = memberOf(expression, 'constant_value');
    if (typeof constant === 'string') return constant;
    const [only, second] = referencesOf(expression);
    const name = only?.startsWith('var.') === true ? only.slice('var.'.length) : undefined;
    if (name === undefined || second !== undefined || !isInRoot) return undefined;
    const value = memberOf(memberOf(this.#variables, name), 'value');
    return typeof value === 'string' ? value : undefined;
  }
}

function onlyOf(texts: ReadonlySet<string> | undefined): string | undefined {
  return texts?.size === 1 ? [...texts][0] : undefined;
}

/** As it is called in a configuration: `provider.aws.west`, `module.a.provider.aws`. */
function providerId(key: string): string {
  const colon = key.lastIndexOf(':');
  return colon === -1 ? `provider.${key}` : `${key.slice(0, colon)}.provider.${key.slice(colon + 1)}`;
}

/** The provider that a type's name begins with. */
function providerOfType(type: string): string {
  const end = type.indexOf('_');
  return end === -1 ? type : type.slice(0, end);
}
