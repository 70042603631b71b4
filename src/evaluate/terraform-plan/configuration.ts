import type { ModuleStep } from './addresses.js';
import { entriesOf, listOf, memberOf, type Plain, textOf } from './plain.js';

/** A resource as the `configuration` of a plan has it: what is written, without locals and without dynamic blocks. */
export interface ConfiguredResource {
  /** Attribute → its expression, block → its blocks. */
  readonly expressions: Plain;
  readonly forEach: Plain;
  readonly providerKey: string | undefined;
}

export interface ConfiguredModule {
  /** From its own module, `data.` before data sources: `aws_s3_bucket.b`. */
  readonly resources: ReadonlyMap<string, ConfiguredResource>;
  readonly calls: ReadonlyMap<string, ConfiguredCall>;
  readonly outputs: Plain;
  readonly variables: Plain;
}

export interface ConfiguredCall {
  readonly source: string | undefined;
  readonly expressions: Plain;
  readonly forEach: Plain;
  readonly module: ConfiguredModule;
}

export interface PlanConfiguration {
  readonly root: ConfiguredModule;
  /** Key (`aws.west`, `module.a:aws`) → configuration. */
  readonly providers: Plain;
}

/** SAFETY: how deep modules may call modules. */
const maxModuleDepth = 100;

/** The `configuration` of a plan, indexed by name. */
export function toConfiguration(plain: Plain): PlanConfiguration {
  return { root: toModule(memberOf(plain, 'root_module'), 0), providers: memberOf(plain, 'provider_config') };
}

function toModule(plain: Plain, depth: number): ConfiguredModule {
  const resources = new Map<string, ConfiguredResource>();
  for (const resource of listOf(memberOf(plain, 'resources'))) {
    const address = textOf(memberOf(resource, 'address'));
    if (address === undefined) continue;
    resources.set(address, {
      expressions: memberOf(resource, 'expressions') ?? {},
      forEach: memberOf(resource, 'for_each_expression'),
      providerKey: textOf(memberOf(resource, 'provider_config_key')),
    });
  }
  const calls = new Map<string, ConfiguredCall>();
  for (const [name, call] of depth < maxModuleDepth ? entriesOf(memberOf(plain, 'module_calls')) : []) {
    calls.set(name, {
      source: textOf(memberOf(call, 'source')),
      expressions: memberOf(call, 'expressions'),
      forEach: memberOf(call, 'for_each_expression'),
      module: toModule(memberOf(call, 'module'), depth + 1),
    });
  }
  return { resources, calls, outputs: memberOf(plain, 'outputs'), variables: memberOf(plain, 'variables') };
}

/** A module instance: where names in it lead. */
export interface ModuleScope {
  readonly module: ConfiguredModule;
  /** `module.a["x"].`, empty for the root module. */
  readonly prefix: string;
  readonly caller:
    | { readonly scope: ModuleScope; readonly call: ConfiguredCall; readonly key: string; readonly name: string }
    | undefined;
}

/** The scope of a module instance; undefined where the configuration does not have it. */
export function scopeAt(root: ConfiguredModule, steps: readonly ModuleStep[]): ModuleScope | undefined {
  let scope: ModuleScope = { module: root, prefix: '', caller: undefined };
  for (const { name, key } of steps) {
    const inner = innerScope(scope, name, key);
    if (inner === undefined) return undefined;
    scope = inner;
  }
  return scope;
}

/** The scope of what a module calls. */
export function innerScope(scope: ModuleScope, name: string, key: string): ModuleScope | undefined {
  const call = scope.module.calls.get(name);
  if (call === undefined) return undefined;
  return { module: call.module, prefix: `${scope.prefix}module.${name}${key}.`, caller: { scope, call, key, name } };
}

/** The references of an expression, without those that only lead to another: `a.b.id` comes with `a.b`. */
export function referencesOf(expression: Plain): string[] {
  const all = listOf(memberOf(expression, 'references')).filter((one) => typeof one === 'string');
  return all.filter(
    (one, index) => !all.some((other, place) => place < index && other.length > one.length && leadsTo(one, other)),
  );
}

function leadsTo(prefix: string, whole: string): boolean {
  return whole.startsWith(prefix) && (whole[prefix.length] === '.' || whole[prefix.length] === '[');
}
