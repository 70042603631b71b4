import { CERTAIN, type Existence } from '../../../model/raw-resource.js';
import type { ObjectValue, Value } from '../../../model/value.js';
import { unknownValue } from '../../../model/values.js';
import type { SourceRange } from '../../../source/source-file.js';
import {
  type Declaration,
  headerOf,
  type ModuleConfiguration,
  type PlacedAttribute,
} from '../configuration/declarations.js';
import { sourceText } from '../configuration/module-source.js';
import type { ReferenceStep } from '../expression/context.js';
import type { Expansion } from './expansion.js';
import {
  type GroupMember,
  type GroupReference,
  type InstanceGroup,
  isPrototype,
  referenceGroup,
} from './instance-group.js';
import { formatKey } from './instance-key.js';
import type { InstanceSlot } from './instance-slot.js';
import { locateModule } from './locate-module.js';
import type { Module, ModulePlace, VariableInput } from './module.js';
import { type ProviderConfiguration, passedProviders } from './providers.js';
import { instanceSteps, maxModuleDepth, maxModules } from './world.js';

/** Arguments of a call that are not the module's variables. */
const META_ARGUMENTS = new Set(['source', 'version', 'count', 'for_each', 'providers', 'depends_on']);

/** A called module that was read. */
export interface ReadCall extends GroupMember {
  readonly configuration: ModuleConfiguration;
  collect(): void;
}

type CalledModule = ReadCall | UnreadCall;

interface CallGroup extends InstanceGroup<CalledModule> {
  readonly declaration: Declaration;
}

/** A call of a module that was not read: every output is unknown. */
class UnreadCall implements GroupMember {
  constructor(
    private readonly root: string,
    readonly address: string,
    readonly reason: 'remote-module' | 'invalid-expression' | 'file-outside-root' | 'limit-reached',
  ) {}

  attribute(name: string): Value {
    const identity = `${this.root}\0${this.address}.${name}`;
    return unknownValue(this.reason, { subject: this.address, identity });
  }

  has(_name: string): boolean {
    return true;
  }

  asObject(): ObjectValue {
    return {
      kind: 'object',
      type: { kind: 'object', attributes: new Map() },
      entries: new Map(),
      rest: { reason: this.reason, subject: this.address },
    };
  }
}

/** The module calls of one module instance. */
export class CallGroups {
  readonly #groups = new Map<string, CallGroup>();
  readonly #expanding = new Set<string>();

  constructor(
    private readonly module: Module,
    private readonly instantiate: (configuration: ModuleConfiguration, place: ModulePlace) => ReadCall,
  ) {}

  reference(name: string, steps: readonly ReferenceStep[]): GroupReference | undefined {
    const declaration = this.module.configuration.calls.get(name);
    if (declaration === undefined) return undefined;
    const group = this.#group(name, declaration);
    return group === undefined ? { kind: 'cycle' } : referenceGroup(group, steps);
  }

  /** The names of the outputs of the called module; none where it was not read. */
  outputsOf(name: string): Iterable<string> {
    const [member] = this.#groups.get(name)?.members ?? [];
    return member === undefined || member instanceof UnreadCall ? [] : member.configuration.outputs.keys();
  }

  #group(name: string, declaration: Declaration): CallGroup | undefined {
    const known = this.#groups.get(name);
    if (known !== undefined) return known;
    if (this.#expanding.has(name)) return undefined;
    this.#expanding.add(name);
    const { attributes } = this.module.bodyOf(declaration);
    const expansion = this.module.expand(attributes, declaration.address, (count) => this.#fits(count));
    this.#expanding.delete(name);
    const group = { declaration, expansion, members: this.#instantiate(name, declaration, attributes, expansion) };
    this.#groups.set(name, group);
    return group;
  }

  /** SAFETY: counted before any is made, in all instances of this module together. */
  #fits(count: number): boolean {
    const { world, place } = this.module;
    return count * place.multiplicity <= maxModules && world.calledModules + count <= maxModules;
  }

  #instantiate(
    name: string,
    declaration: Declaration,
    attributes: ReadonlyMap<string, PlacedAttribute>,
    expansion: Expansion,
  ): CalledModule[] {
    const { world, place } = this.module;
    const address = this.module.addressOf(declaration.address);
    const target = locateModule({ world, caller: this.module, name, declaration, source: attributes.get('source') });
    if (target.kind !== 'found')
      return expansion.slots.map(({ key }) => new UnreadCall(world.root, `${address}${formatKey(key)}`, target.reason));
    const { configuration } = target;
    if (this.#isEndless(configuration, declaration) || this.#areTooMany(expansion.slots.length, declaration)) {
      world.omit(configuration);
      return expansion.slots.map(
        ({ key }) => new UnreadCall(world.root, `${address}${formatKey(key)}`, 'limit-reached'),
      );
    }
    if (expansion.slots.length === 0) world.noteUninstantiated(configuration);
    world.budget.use(instanceSteps * expansion.slots.length);
    const providers = this.#providersFor(attributes);
    this.#checkArguments(configuration, attributes);
    const folders = [...place.folders, configuration.folder];
    const callPath = [...place.callPath, name];
    const multiplicity = place.multiplicity * expansion.slots.length;
    return expansion.slots.map((slot) => {
      const own = `${declaration.address}${formatKey(slot.key)}`;
      return this.instantiate(configuration, {
        address: this.module.addressOf(own),
        calls: [
          ...place.calls,
          {
            name: own,
            range: headerOf(declaration),
            block: blockOf(declaration),
            isExternal: configuration.isExternal,
          },
        ],
        folders,
        callPath,
        multiplicity,
        existence: existenceOf(place.existence, slot.existence),
        isPrototype: place.isPrototype || isPrototype(slot.key),
        keySets:
          isPrototype(slot.key) && expansion.keySet !== undefined
            ? [...place.keySets, expansion.keySet]
            : place.keySets,
        parent: this.module,
        providers,
        input: (variable) => this.#input(variable, attributes, slot),
      });
    });
  }

  /** A module on its own call path would go on for ever. */
  #isEndless(configuration: ModuleConfiguration, declaration: Declaration): boolean {
    const { world, place } = this.module;
    const isRepeated = place.folders.includes(configuration.folder);
    if (!isRepeated && place.folders.length < maxModuleDepth) return false;
    const message = isRepeated
      ? `"${declaration.address}" calls a module that it is itself in; it is not followed.`
      : `Modules call one another more than ${maxModuleDepth} deep.`;
    world.report({
      code: isRepeated ? 'terraform-module-recursion' : 'limit-reached',
      message,
      range: headerOf(declaration),
    });
    return true;
  }

  /** Modules that each call the next one twice double with every step. */
  #areTooMany(count: number, declaration: Declaration): boolean {
    const { world } = this.module;
    if (world.calledModules + count > maxModules) {
      const message = `A root module has more than ${maxModules} module instances; the others are not judged.`;
      world.reportOnce('modules', { code: 'limit-reached', message, range: headerOf(declaration) });
      return true;
    }
    world.calledModules += count;
    return false;
  }

  #providersFor(attributes: ReadonlyMap<string, PlacedAttribute>): ReadonlyMap<string, ProviderConfiguration> {
    return new Map(
      [...passedProviders(attributes.get('providers'))].map(([own, theirs]) => [own, this.module.provider(theirs)]),
    );
  }

  #checkArguments(configuration: ModuleConfiguration, attributes: ReadonlyMap<string, PlacedAttribute>): void {
    if (configuration.isIncomplete) return;
    for (const [name, { attribute, file }] of attributes) {
      if (META_ARGUMENTS.has(name) || configuration.variables.has(name)) continue;
      this.module.world.report({
        code: 'terraform-undeclared-variable',
        message: `The module has no variable "${name}".`,
        range: { file, start: attribute.nameRange.start, end: attribute.nameRange.end },
      });
    }
  }

  #input(
    variable: string,
    attributes: ReadonlyMap<string, PlacedAttribute>,
    slot: InstanceSlot,
  ): VariableInput | undefined {
    const placed = META_ARGUMENTS.has(variable) ? undefined : attributes.get(variable);
    if (placed === undefined) return undefined;
    const { attribute, file } = placed;
    const { start, end } = attribute.expression;
    const evaluator = this.module.evaluatorOf(file);
    return {
      kind: 'value',
      evaluate: () => (slot.names.size === 0 ? evaluator : evaluator.within(slot.names)).evaluate(attribute.expression),
      step: { file, start, end, step: 'argument', name: variable },
    };
  }

  collect(): void {
    for (const [name, declaration] of this.module.configuration.calls) {
      const group = this.#group(name, declaration);
      for (const [index, member] of (group?.members ?? []).entries()) {
        if (!(member instanceof UnreadCall)) {
          this.module.world.instantiatedFolders.add(member.configuration.folder);
          member.collect();
        } else if (group !== undefined) this.#collectUnread(member, declaration, group.expansion.slots[index]);
      }
    }
  }

  #collectUnread(member: UnreadCall, declaration: Declaration, slot: InstanceSlot | undefined): void {
    const { attributes } = this.module.bodyOf(declaration);
    const values: Value[] = [];
    for (const name of attributes.keys()) {
      const input = slot === undefined ? undefined : this.#input(name, attributes, slot);
      if (input?.kind === 'value') values.push(input.evaluate());
    }
    this.module.world.unreadModules.push({
      root: this.module.world.root,
      address: member.address,
      reason: member.reason,
      source: sourceText(attributes.get('source')) ?? '',
      range: headerOf(declaration),
      arguments: values,
    });
  }
}

function blockOf({ file, block }: Declaration): SourceRange {
  return { file, start: block.start, end: block.end };
}

function existenceOf(outer: Existence, own: Existence): Existence {
  if (outer.kind === 'unknown') return outer;
  return own.kind === 'unknown' ? own : CERTAIN;
}
