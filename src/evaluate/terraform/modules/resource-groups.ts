import type { Existence, ProviderScope, RawResource } from '../../../model/raw-resource.js';
import type { ObjectValue, Value } from '../../../model/value.js';
import { nullValue } from '../../../model/values.js';
import type { Expression } from '../../../syntax/hcl/ast.js';
import { headerOf, type ResourceDeclaration } from '../configuration/declarations.js';
import { type PlacedBody, readDeclaration } from '../configuration/read-body.js';
import { computeDataAttribute } from '../data-sources/compute-data-attribute.js';
import type { ReferenceStep } from '../expression/context.js';
import { objectOf } from '../values/collections.js';
import { evaluateResourceBody, evaluatorsWithin, resourceLabels } from './evaluate-body.js';
import type { Expansion } from './expansion.js';
import { type GroupReference, type InstanceGroup, isPrototype, referenceGroup } from './instance-group.js';
import { formatKey } from './instance-key.js';
import type { InstanceSlot } from './instance-slot.js';
import type { Module, ModulePlace } from './module.js';
import { type ProviderConfiguration, providerKey } from './providers.js';
import { type InstanceHost, ResourceInstance } from './resource-instance.js';
import { instanceSteps, maxResources } from './world.js';

interface ResourceGroup extends InstanceGroup<ResourceInstance> {
  readonly declaration: ResourceDeclaration;
}

/** The resources of one module instance, expanded when they are first asked for. */
export class ResourceGroups implements InstanceHost {
  readonly #groups = new Map<ResourceDeclaration, ResourceGroup>();
  readonly #expanding = new Set<ResourceDeclaration>();
  /** Where several declarations have one address: the how many-th of them each is. */
  readonly #numbers = new Map<ResourceDeclaration, number>();
  readonly root: string;

  constructor(private readonly module: Module) {
    this.root = module.world.root;
  }

  /** Undefined where there is no such resource. */
  reference(address: string, steps: readonly ReferenceStep[]): GroupReference | undefined {
    const declaration = this.module.configuration.resourceByAddress.get(address);
    if (declaration === undefined) return undefined;
    const group = this.#group(declaration);
    return group === undefined ? { kind: 'cycle' } : referenceGroup(group, steps);
  }

  /** Undefined while its instances are being counted: then they depend on themselves. */
  #group(declaration: ResourceDeclaration): ResourceGroup | undefined {
    const known = this.#groups.get(declaration);
    if (known !== undefined) return known;
    if (this.#expanding.has(declaration)) return undefined;
    this.#expanding.add(declaration);
    const body = this.#bodyOf(declaration);
    const expansion = this.module.expand(body.attributes, declaration.address, (count) => this.#fits(count));
    this.#expanding.delete(declaration);
    const schema =
      declaration.mode === 'managed'
        ? this.module.world.schemas.resource(declaration.type)
        : this.module.world.schemas.dataSource(declaration.type);
    this.module.world.budget.use(instanceSteps * expansion.slots.length);
    const members = expansion.slots.map((slot) => {
      const address = this.module.addressOf(`${this.#ownAddress(declaration)}${formatKey(slot.key)}`);
      return new ResourceInstance(this, declaration, address, slot, schema);
    });
    const group = { declaration, expansion, members };
    this.#groups.set(declaration, group);
    return group;
  }

  /** SAFETY: counted before any is made, in all instances of this module together. */
  #fits(count: number): boolean {
    return count * this.module.place.multiplicity <= maxResources;
  }

  /** Of several declarations with one address, which Terraform refuses, each is judged: the later ones are numbered. */
  #ownAddress(declaration: ResourceDeclaration): string {
    const { address } = declaration;
    const { resources, resourceByAddress } = this.module.configuration;
    if (resourceByAddress.get(address) === declaration) return address;
    if (this.#numbers.size === 0) {
      const counts = new Map<string, number>();
      for (const one of resources) {
        const number = (counts.get(one.address) ?? 0) + 1;
        counts.set(one.address, number);
        this.#numbers.set(one, number);
      }
    }
    return `${address}#${this.#numbers.get(declaration)}`;
  }

  #bodyOf(declaration: ResourceDeclaration): PlacedBody {
    const { world } = this.module;
    return world.bodyOf(declaration, () => {
      const schema =
        declaration.mode === 'managed'
          ? world.schemas.resource(declaration.type)
          : world.schemas.dataSource(declaration.type);
      return readDeclaration(declaration, resourceLabels(schema), world.report);
    });
  }

  evaluateValues(instance: ResourceInstance): ObjectValue {
    const body = this.#bodyOf(instance.declaration);
    const evaluatorOf = evaluatorsWithin(this.module, instance.slot.names);
    const { budget, report } = this.module.world;
    return budget.deeper(2, () => evaluateResourceBody(body, instance.schema, { evaluatorOf, report }));
  }

  computedAttribute(instance: ResourceInstance, attribute: string): Value | undefined {
    if (attribute === 'tags_all' && instance.schema?.attributes.has('tags_all') === true) {
      return this.providerOf(instance).mergeTags(instance.values()?.entries.get('tags'));
    }
    if (instance.declaration.type === 'terraform_data' && attribute === 'output')
      return instance.values()?.entries.get('input') ?? nullValue();
    if (instance.declaration.mode !== 'data') return undefined;
    return computeDataAttribute(instance, attribute, {
      scope: this.scopeOf(instance),
      defaultTags: this.providerOf(instance).defaultTags(),
      module: this.module,
    });
  }

  providerOf(instance: ResourceInstance): ProviderConfiguration {
    const { declaration } = instance;
    const written = this.#bodyOf(declaration).attributes.get('provider')?.attribute.expression;
    const key = (written === undefined ? undefined : providerKey(written)) ?? providerOfType(declaration.type);
    return this.module.provider(key);
  }

  scopeOf(instance: ResourceInstance): ProviderScope {
    const scope = this.providerOf(instance).scope(providerOfType(instance.declaration.type));
    // Since release 6 of the AWS provider a resource may name its own region.
    const own =
      instance.schema?.attributes.get('region')?.isComputed === true
        ? undefined
        : instance.values()?.entries.get('region');
    if (scope.provider !== 'aws' || own === undefined || own.kind === 'null') return scope;
    return { ...scope, region: own };
  }

  /** Delivers every instance, in the order in which the resources are written. */
  collect(): void {
    for (const declaration of this.module.configuration.resources) {
      if (declaration.mode === 'ephemeral') continue;
      if (this.#isFull(declaration)) continue;
      const group = this.#group(declaration);
      for (const instance of group?.members ?? []) {
        if (group === undefined || this.#isFull(declaration)) break;
        this.module.world.resources.push(this.#toRaw(instance, group.expansion));
      }
    }
  }

  /** Whether there are as many resources as may be; before more are made, they cost memory. */
  #isFull(declaration: ResourceDeclaration): boolean {
    const { world } = this.module;
    if (world.resources.length < maxResources) return false;
    world.omittedTypes.add(declaration.type);
    world.reportOnce('resources', {
      code: 'limit-reached',
      message: `A root module has more than ${maxResources} resources; the others are not judged.`,
      range: headerOf(declaration),
    });
    return true;
  }

  #toRaw(instance: ResourceInstance, expansion: Expansion): RawResource {
    const { declaration, slot } = instance;
    const { file, block } = declaration;
    return {
      language: 'terraform',
      root: this.root,
      address: instance.address,
      mode: declaration.mode === 'data' ? 'data' : 'managed',
      type: declaration.type,
      name: declaration.name,
      declaration: declaration.address,
      folder: this.module.configuration.folder,
      scope: this.scopeOf(instance),
      existence: existenceOf(slot, this.module.place),
      isPrototype: isPrototype(slot.key) || this.module.place.isPrototype,
      keySet: keySetOf(slot, expansion, this.module.place.keySets),
      values: this.#withComputed(instance),
      range: { file, start: block.start, end: block.end },
      header: headerOf(declaration),
      calls: this.module.place.calls,
      ignoreChanges: ignoredChanges(this.#bodyOf(declaration)),
    };
  }

  /** The written values, with those that can be computed here: tags with the provider's defaults, a policy document's JSON. */
  #withComputed(instance: ResourceInstance): ObjectValue {
    const values = instance.values() ?? objectOf([]);
    const computed: [string, Value][] = [];
    if (instance.declaration.mode === 'data') {
      for (const name of instance.schema?.attributes.keys() ?? []) {
        const value = values.entries.has(name) ? undefined : this.computedAttribute(instance, name);
        if (value !== undefined) computed.push([name, value]);
      }
    } else if (instance.schema?.attributes.has('tags_all') === true && this.providerOf(instance).changesTags) {
      const tags = this.computedAttribute(instance, 'tags_all');
      if (tags !== undefined) computed.push(['tags_all', tags]);
    }
    return computed.length === 0 ? values : { ...objectOf([...values.entries, ...computed]), origin: values.origin };
  }
}

/** The provider that a type's name begins with. */
function providerOfType(type: string): string {
  const end = type.indexOf('_');
  return end === -1 ? type : type.slice(0, end);
}

/** Prototypes of one key set in the same or another module of it belong to each other. */
function keySetOf(slot: InstanceSlot, { keySet }: Expansion, outer: readonly string[]): string | undefined {
  const own = isPrototype(slot.key) && keySet !== undefined ? [keySet] : [];
  const all = [...outer, ...own];
  return all.length === 0 ? undefined : all.join('\0\0');
}

/**
 * What is in a module that may not be there may not be there. Relative to what else is in the module, its own existence
 * says more; both conditions together say when two resources exist together.
 */
function existenceOf(slot: InstanceSlot, { existence: ofModule, address }: ModulePlace): Existence {
  if (ofModule.kind === 'certain') return slot.existence;
  const outer = ofModule.condition ?? `module\0${address}`;
  if (slot.existence.kind === 'certain') return { ...ofModule, condition: outer };
  const { condition } = slot.existence;
  return { ...slot.existence, condition: condition === undefined ? undefined : `${outer}\0${condition}` };
}

const NOTHING: readonly string[] = [];

function ignoredChanges(body: PlacedBody): readonly string[] | undefined {
  body.ignoredChanges ??= readIgnoredChanges(body);
  return body.ignoredChanges.length === 0 ? undefined : body.ignoredChanges;
}

function readIgnoredChanges(body: PlacedBody): readonly string[] {
  const lifecycles = body.blocks.filter(({ block }) => block.type === 'lifecycle');
  for (const placed of lifecycles.reverse()) {
    const { attributes } = readDeclaration(
      { ...placed, address: '', overrides: [] },
      () => undefined,
      () => undefined,
    );
    const expression = attributes.get('ignore_changes')?.attribute.expression;
    if (expression === undefined) continue;
    if (expression.kind === 'tuple') return expression.elements.flatMap((element) => rootName(element) ?? []);
    return rootName(expression) === 'all' ? ['all'] : NOTHING;
  }
  return NOTHING;
}

/** The attribute that an entry of `ignore_changes` begins with. */
function rootName(expression: Expression): string | undefined {
  switch (expression.kind) {
    case 'variable':
      return expression.name;
    case 'get-attribute':
      return rootName(expression.object);
    case 'index':
      return rootName(expression.collection);
    case 'template': {
      const [part] = expression.parts;
      return part?.kind === 'text' ? part.value.split(/[.[]/)[0] : undefined;
    }
    default:
      return undefined;
  }
}
