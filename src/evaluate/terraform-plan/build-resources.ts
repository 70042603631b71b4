import { CERTAIN, type RawResource } from '../../model/raw-resource.js';
import type { Origin, Reference } from '../../model/value.js';
import type { ResourceSchema } from '../../schemas/schema.js';
import { moduleSteps } from './addresses.js';
import { type ConfiguredResource, type ModuleScope, type PlanConfiguration, scopeAt } from './configuration.js';
import { memberOf, type Plain } from './plain.js';
import type { PlanContext, PlannedResource } from './planned.js';
import { ProviderScopes } from './provider-scopes.js';
import { type ResourceReading, readValues } from './read-values.js';
import { ReferenceResolver, type Repetition } from './references.js';
import { expressionsIn } from './written.js';

/** Makes resources of what is planned, with what the configuration says of them where the plan has one. */
export function buildResources(
  context: PlanContext,
  planned: readonly PlannedResource[],
  configured?: { readonly configuration: PlanConfiguration; readonly variables: Plain },
): RawResource[] {
  const builder = new ResourceBuilder(context, planned, configured?.configuration, configured?.variables);
  return planned.flatMap((resource) => builder.toRaw(resource) ?? []);
}

class ResourceBuilder {
  readonly #resolver: ReferenceResolver;
  readonly #byAddress = new Map<string, PlannedResource>();
  readonly #scopes = new Map<string, ModuleScope | undefined>();
  readonly #providers: ProviderScopes;
  readonly #folder: string;
  /** Address and attribute → the text that is known there. */
  readonly #texts = new Map<string, string | undefined>();

  constructor(
    private readonly context: PlanContext,
    planned: readonly PlannedResource[],
    private readonly configuration: PlanConfiguration | undefined,
    variables: Plain,
  ) {
    const instances = new Map<string, string[]>();
    for (const resource of planned) {
      this.#byAddress.set(resource.address, resource);
      const group = resource.address.slice(0, resource.address.length - resource.key.length);
      const known = instances.get(group);
      if (known === undefined) instances.set(group, [resource.address]);
      else known.push(resource.address);
    }
    this.#resolver = new ReferenceResolver(context.root, instances, variables);
    this.#providers = new ProviderScopes({ root: context.root, providers: configuration?.providers, variables });
    if (configuration === undefined) this.#providers.learnFrom(planned);
    this.#folder = context.root.replace(/#.*$/, '').replace(/^\.$/, '');
  }

  /** Undefined for what cannot be read. */
  toRaw(planned: PlannedResource): RawResource | undefined {
    const { context } = this;
    const content = planned.read();
    if (content === undefined) {
      context.reportBroken(planned.range);
      return undefined;
    }
    const { address, module, mode, type, name } = planned;
    const declaration = `${mode === 'data' ? 'data.' : ''}${type}.${name}`;
    const scope = this.#scopeOf(module);
    const configured = scope?.module.resources.get(declaration);
    if (configured !== undefined) context.written.set(address, configured.expressions);
    const { start, end } = planned.range;
    const schema = mode === 'data' ? context.schemas.dataSource(type) : context.schemas.resource(type);
    const providerKey = configured?.providerKey ?? planned.providerKey;
    const reading = this.#reading({ planned, declaration, schema, scope, configured, providerKey });
    return {
      language: context.kind === 'terraform-state' ? 'terraform-state' : 'terraform-plan',
      root: context.root,
      address,
      mode,
      type,
      name,
      declaration,
      folder: this.#folder,
      scope: this.#providers.of(type, providerKey, scope),
      existence: CERTAIN,
      isPrototype: false,
      keySet: undefined,
      values: readValues(reading, content),
      range: { file: context.source, start, end },
      header: { file: context.source, start, end: Math.min(start + 1, end) },
      calls: [],
      ignoreChanges: undefined,
    };
  }

  #scopeOf(module: string): ModuleScope | undefined {
    if (this.configuration === undefined) return undefined;
    if (!this.#scopes.has(module)) this.#scopes.set(module, scopeAt(this.configuration.root, moduleSteps(module)));
    return this.#scopes.get(module);
  }

  #reading(of: {
    readonly planned: PlannedResource;
    readonly declaration: string;
    readonly schema: ResourceSchema | undefined;
    readonly scope: ModuleScope | undefined;
    readonly configured: ConfiguredResource | undefined;
    readonly providerKey: string | undefined;
  }): ResourceReading {
    const { planned, declaration, schema, scope, configured, providerKey } = of;
    const { source, kind, hasPlaces, wrapsDynamic, secrets } = this.context;
    const repetition: Repetition | undefined =
      planned.key === ''
        ? undefined
        : {
            forEach: configured?.forEach,
            key: planned.key,
            group: planned.address.slice(0, planned.address.length - planned.key.length),
          };
    const resolved = new Map<Plain, readonly Reference[] | undefined>();
    const { start, end } = planned.range;
    const header: Origin = {
      file: source,
      start,
      end: Math.min(start + 1, end),
      step: 'resource',
      name: declaration,
      from: undefined,
    };
    return {
      type: planned.type,
      subject: declaration,
      schema,
      file: hasPlaces ? source : undefined,
      header,
      isPlan: kind !== 'terraform-state',
      wrapsDynamic,
      expressions: configured === undefined ? undefined : expressionsIn(configured.expressions),
      changesTags: this.#providers.changesTags(providerKey),
      secrets,
      references: (expression) => {
        if (scope === undefined || memberOf(expression, 'references') === undefined) return undefined;
        if (!resolved.has(expression)) {
          const { references, isComplete } = this.#resolver.resolve(expression, scope, repetition);
          resolved.set(expression, isComplete ? references : undefined);
        }
        return resolved.get(expression);
      },
      isNull: (expression) => scope !== undefined && this.#resolver.isNull(expression, scope),
      isValueOf: (reference, text) => this.#isValueOf(reference, text),
    };
  }

  #isValueOf({ address, attribute }: Reference, text: string): boolean | undefined {
    const key = `${address}\0${attribute}`;
    if (!this.#texts.has(key)) {
      const node = this.#byAddress.get(address)?.read()?.node;
      const found =
        node?.kind === 'object' ? node.members.find((member) => member.key === attribute)?.value : undefined;
      this.#texts.set(key, found?.kind === 'string' ? found.value : undefined);
    }
    const known = this.#texts.get(key);
    return known === undefined ? undefined : known === text;
  }
}
