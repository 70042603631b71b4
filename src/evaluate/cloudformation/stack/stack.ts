import type { ModuleCallStep } from '../../../model/raw-resource.js';
import { DYNAMIC } from '../../../model/type.js';
import type { Origin, UnknownValue } from '../../../model/value.js';
import { unknownValue } from '../../../model/values.js';
import type { DiagnosticCode } from '../../../source/diagnostic.js';
import type { SourceFile } from '../../../source/source-file.js';
import type { DataEntry, DataMapping, DataNode } from '../../../syntax/data/ast.js';
import { namedCondition } from '../expression/conditions.js';
import { type Context, type Place, Scope } from '../expression/context.js';
import { evaluateNode } from '../expression/evaluate.js';
import { isIntrinsicName, mappingOf, scalarText } from '../expression/nodes.js';
import type { Assumption } from '../terms/assumption.js';
import { lift } from '../terms/choice.js';
import { resolveDynamicReferences } from '../terms/dynamic-references.js';
import { type Formula, type Logic, TRUE } from '../terms/formula.js';
import { invalidExpression, type PlainTerm, type Term } from '../terms/term.js';
import { Conditions } from './conditions.js';
import { type ParameterInputs, Parameters } from './parameters.js';
import type { PseudoParameters } from './pseudo-parameters.js';
import { isCustom, isModule, type ResourceDeclaration, readDeclaration } from './resource-declaration.js';
import { attributeOf, type Identifiable, referenceTo } from './resource-values.js';
import { sectionOf, type Template } from './template.js';
import type { World } from './world.js';

/** SAFETY: how deep properties of resources refer to properties of others. */
const maxPropertyDepth = 120;

/** Where a stack stands: a root, or nested in another. */
export interface StackPlace {
  readonly root: string;
  /** Of the resource that it is nested as, with a slash at its end; empty for a root. */
  readonly prefix: string;
  readonly calls: readonly ModuleCallStep[];
  /** What is assumed wherever the stack exists, and the formula of that. */
  readonly assumption: Assumption;
  readonly existence: Formula;
}

/** One stack of a template: its parameters, conditions and resources, each evaluated when it is first asked for. */
export class Stack implements Context {
  readonly file: SourceFile;
  readonly logic: Logic;
  readonly scope: Scope;
  readonly parameters: Parameters;
  readonly hasLanguageExtensions: boolean;
  readonly #conditions: Conditions;
  readonly #mappings: ReadonlyMap<string, DataEntry>;
  readonly #resources = new Map<string, ResourceDeclaration | undefined>();
  readonly #properties = new Map<string, Map<Assumption, Term | undefined>>();
  readonly #pending = new Set<string>();
  readonly #hasDynamicReferences: boolean;

  constructor(
    readonly world: World,
    readonly template: Template,
    readonly place: StackPlace,
    readonly pseudo: PseudoParameters,
    inputs: ParameterInputs,
  ) {
    this.file = template.source;
    this.logic = world.logic;
    this.scope = new Scope(this, place.assumption, undefined);
    this.hasLanguageExtensions = template.transforms.includes('AWS::LanguageExtensions');
    const { root } = template;
    const id = `${place.root}\0${place.prefix}`;
    this.parameters = new Parameters(sectionOf(root, 'Parameters'), sectionOf(root, 'Rules'), inputs, {
      id,
      scope: this.scope,
    });
    const conditionScope = new Scope(this, place.assumption, undefined, true);
    this.#conditions = new Conditions(sectionOf(root, 'Conditions'), conditionScope, id);
    this.#mappings = sectionOf(root, 'Mappings');
    this.#hasDynamicReferences = template.source.text.includes('{{resolve:');
  }

  evaluate(node: DataNode, scope: Scope): Term {
    return evaluateNode(node, scope);
  }

  report(code: DiagnosticCode, message: string, { start, end }: Place): void {
    this.world.report(code, message, { file: this.file, start, end });
  }

  loopOrigin(_node: DataNode): Origin | undefined {
    return undefined;
  }

  parameter(name: string, scope: Scope): Term | undefined {
    return this.parameters.value(name, scope) ?? this.pseudo.value(name);
  }

  condition(name: string): Formula | undefined {
    return this.#conditions.formula(name);
  }

  mapping(name: string): DataMapping | undefined {
    return mappingOf(this.#mappings.get(name)?.value);
  }

  *names(): Iterable<string> {
    yield* this.parameters.names();
    yield* this.#written().keys();
  }

  conditionNames(): Iterable<string> {
    return this.#conditions.names();
  }

  mappingNames(): Iterable<string> {
    return this.#mappings.keys();
  }

  imported(name: PlainTerm, scope: Scope, at: Place): Term {
    const subject = name.kind === 'string' ? name.value : undefined;
    return unknownValue('cross-stack-import', { subject, notNull: true, origin: scope.origin(at) });
  }

  #written(): ReadonlyMap<string, DataEntry> {
    return sectionOf(this.template.root, 'Resources');
  }

  /** The resources by their logical ids, sorted. */
  *declarations(): Generator<ResourceDeclaration> {
    for (const name of [...this.#written().keys()].sort()) {
      const declaration = this.declaration(name);
      if (declaration !== undefined) yield declaration;
    }
  }

  declaration(name: string): ResourceDeclaration | undefined {
    if (this.#resources.has(name)) return this.#resources.get(name);
    const entry = this.#written().get(name);
    const declaration = entry === undefined || isIntrinsicName(name) ? undefined : this.#declare(name, entry);
    this.#resources.set(name, declaration);
    return declaration;
  }

  #declare(name: string, entry: DataEntry): ResourceDeclaration | undefined {
    const read = readDeclaration(name, entry);
    if ('problem' in read) {
      this.report('cfn-not-a-mapping', read.problem, { start: entry.keyStart, end: entry.keyEnd });
      return undefined;
    }
    const node = read.body.entries.get('Condition')?.value;
    const condition = scalarText(node);
    const formula = condition === undefined || node === undefined ? TRUE : namedCondition(condition, this.scope, node);
    return { ...read, condition, formula, declaredIn: undefined };
  }

  addressOf({ name }: ResourceDeclaration): string {
    return `${this.place.prefix}${name}`;
  }

  /** What is assumed within a resource: that its stack and itself exist. Undefined where it never does. */
  assumptionOf({ formula }: ResourceDeclaration, assumption = this.place.assumption): Assumption | undefined {
    return assumption.assume(formula);
  }

  reference(name: string, scope: Scope): Term | undefined {
    const resource = this.declaration(name);
    if (resource === undefined) return undefined;
    const assumption = this.assumptionOf(resource, scope.assumption);
    if (assumption === undefined) return this.#missing(name, 'Ref');
    return referenceTo(this.#identifiable(resource, assumption), assumption);
  }

  attribute(name: string, attribute: string, scope: Scope, at: Place): Term | undefined {
    const resource = this.declaration(name);
    if (resource === undefined) return undefined;
    const assumption = this.assumptionOf(resource, scope.assumption);
    if (assumption === undefined) return this.#missing(name, attribute);
    const identifiable = this.#identifiable(resource, assumption);
    const { type } = resource;
    if (isCustom(type) || isModule(type)) return this.#made(resource, attribute);
    const found = attributeOf(identifiable, attribute, assumption);
    if (found !== undefined) return found;
    this.report('cfn-invalid-intrinsic', `"${type}" has no attribute "${attribute}".`, at);
    return invalidExpression(undefined, `${name}.${attribute}`);
  }

  /** It is referred to where it does not exist: CloudFormation refuses that. */
  #missing(name: string, attribute: string): UnknownValue {
    return invalidExpression(undefined, `${name}.${attribute}`);
  }

  #made(resource: ResourceDeclaration, attribute: string): UnknownValue {
    const { root } = this.place;
    const address = this.addressOf(resource);
    return unknownValue(isModule(resource.type) ? 'remote-module' : 'computed-by-provider', {
      subject: `${address}.${attribute}`,
      identity: `${root}\0${address}.${attribute}`,
      notNull: true,
      type: DYNAMIC,
      refersTo: [{ root, address, attribute }],
    });
  }

  #identifiable(resource: ResourceDeclaration, assumption: Assumption): Identifiable {
    return {
      root: this.place.root,
      address: this.addressOf(resource),
      type: resource.type,
      schema: this.world.schemas.resource(resource.type),
      property: (name) => this.property(resource, name, assumption),
      pseudo: (name) => this.pseudo.value(name) ?? invalidExpression(),
    };
  }

  /** The value of a property under what is assumed; undefined where it is not written. */
  property(resource: ResourceDeclaration, name: string, assumption: Assumption): Term | undefined {
    const key = `${resource.name}\0${name}`;
    const known = this.#properties.get(key);
    if (known?.has(assumption) === true) return known.get(assumption);
    if (this.#pending.has(key)) {
      this.#reportRing(resource, name);
      return invalidExpression(undefined, `${resource.name}.${name}`);
    }
    if (this.#pending.size > maxPropertyDepth) return this.#tooDeep(resource);
    this.#pending.add(key);
    const term = this.#evaluateProperty(resource, name, new Scope(this, assumption, resource.name));
    this.#pending.delete(key);
    const terms = known ?? new Map<Assumption, Term | undefined>();
    terms.set(assumption, term);
    if (known === undefined) this.#properties.set(key, terms);
    return term;
  }

  #evaluateProperty(resource: ResourceDeclaration, name: string, scope: Scope): Term | undefined {
    const written = mappingOf(resource.properties);
    if (written !== undefined) {
      const entry = written.entries.get(name);
      return entry === undefined ? undefined : this.finished(scope.evaluate(entry.value));
    }
    if (resource.properties === undefined) return undefined;
    // A function that gives all properties: CloudFormation refuses that.
    return lift([scope.evaluate(resource.properties)], scope.assumption, ([plain]) =>
      plain?.kind === 'mapping'
        ? (plain.entries.get(name) ?? { kind: 'absent', origin: undefined })
        : invalidExpression(),
    );
  }

  /** A value as its service sees it: dynamic references resolved. */
  finished(term: Term): Term {
    return this.#hasDynamicReferences ? resolveDynamicReferences(term, this.place.root) : term;
  }

  #reportRing({ entry }: ResourceDeclaration, name: string): void {
    const { keyStart: start, keyEnd: end } = entry;
    const message = `The value of "${name}" of "${entry.key}" refers to itself.`;
    this.report('cfn-circular-reference', message, { start, end });
  }

  #tooDeep({ entry }: ResourceDeclaration): UnknownValue {
    const { keyStart: start, keyEnd: end } = entry;
    this.report('limit-reached', 'Resources refer to properties of others deeper than Trueline follows.', {
      start,
      end,
    });
    return unknownValue('limit-reached');
  }
}
