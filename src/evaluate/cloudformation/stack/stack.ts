import { STRING } from '../../../model/type.js';
import type { Origin } from '../../../model/value.js';
import { stringValue, unknownValue } from '../../../model/values.js';
import type { DiagnosticCode } from '../../../source/diagnostic.js';
import type { SourceFile } from '../../../source/source-file.js';
import type { DataMapping, DataNode, DataStream } from '../../../syntax/data/ast.js';
import { namedCondition } from '../expression/conditions.js';
import { type Place, Scope } from '../expression/context.js';
import { evaluateNode } from '../expression/evaluate.js';
import { entryOf, mappingOf, scalarText } from '../expression/nodes.js';
import type { Template } from '../templates/template.js';
import type { Assumption } from '../terms/assumption.js';
import { blur } from '../terms/choice.js';
import { resolveDynamicReferences } from '../terms/dynamic-references.js';
import type { Formula, Logic } from '../terms/formula.js';
import { invalidExpression, type PlainTerm, type Term, throughStep } from '../terms/term.js';
import { concatTexts } from '../terms/text.js';
import { Conditions } from './conditions.js';
import { ExpandedTemplate } from './expanded-template.js';
import { importedValue } from './imports.js';
import { nestingOf } from './nesting.js';
import { type ParameterInputs, Parameters } from './parameters.js';
import { type PseudoParameters, stackId } from './pseudo-parameters.js';
import { type ResourceDeclaration, STACK_SET } from './resource-declaration.js';
import { Resources } from './resources.js';
import type { NestedStack, ResourceHost, StackPlace } from './stack-place.js';
import type { World } from './world.js';

/** One stack of a template: its parameters, conditions and resources, each evaluated when it is first asked for. */
export class Stack implements ResourceHost, NestedStack {
  readonly file: SourceFile;
  readonly stream: DataStream;
  readonly logic: Logic;
  readonly scope: Scope;
  readonly parameters: Parameters;
  readonly hasLanguageExtensions: boolean;
  readonly expanded: ExpandedTemplate;
  readonly resources: Resources<Stack>;
  readonly #id: string;
  readonly #hasDynamicReferences: boolean;
  readonly #pendingOutputs = new Set<string>();
  #conditions: Conditions | undefined;

  constructor(
    readonly world: World,
    readonly template: Template,
    readonly place: StackPlace,
    readonly pseudo: PseudoParameters,
    inputs: ParameterInputs,
  ) {
    this.file = template.source;
    this.stream = template.stream;
    this.logic = world.logic;
    this.scope = new Scope(this, place.assumption, undefined);
    this.hasLanguageExtensions = template.transforms.includes('AWS::LanguageExtensions');
    this.#id = `${place.root}\0${place.prefix}`;
    this.#hasDynamicReferences = template.source.text.includes('{{resolve:');
    this.expanded = new ExpandedTemplate(template, () => this.scope, world.files);
    this.parameters = new Parameters(this.expanded.section('Parameters'), this.expanded.section('Rules'), inputs, {
      id: this.#id,
      scope: this.scope,
    });
    this.resources = new Resources(this, (declaration, assumption) => this.#nest(declaration, assumption));
  }

  #nest(declaration: ResourceDeclaration, assumption: Assumption): Stack | undefined {
    const read = (name: string) => this.resources.property(declaration, name, assumption);
    const nesting = nestingOf(this, declaration, assumption, read);
    if (nesting === undefined) return undefined;
    const { template, place, passed } = nesting;
    const isSet = declaration.type === STACK_SET;
    const pseudo = isSet ? this.pseudo.ofStackSet(this.resources.addressOf(declaration)) : this.pseudo;
    return new Stack(this.world, template, place, pseudo, { given: new Map(), passed });
  }

  evaluate(node: DataNode, scope: Scope): Term {
    return evaluateNode(node, scope);
  }

  report(code: DiagnosticCode, message: string, { start, end }: Place): void {
    this.world.report(code, message, { file: this.file, start, end });
  }

  loopOrigin(node: Place): Origin | undefined {
    return this.expanded.loopOrigin(node);
  }

  parameter(name: string, scope: Scope): Term | undefined {
    const { stackName } = this.place;
    if (name === 'AWS::StackName' && stackName !== undefined) return stackName;
    if (name === 'AWS::StackId') return this.stackId();
    return this.parameters.value(name, scope) ?? this.expanded.loopValue(name) ?? this.pseudo.value(name);
  }

  /** The ARN of the stack. */
  stackId(): PlainTerm {
    const { pseudo, place } = this;
    const parts = {
      partition: blur(pseudo.partition),
      region: blur(pseudo.region),
      account: blur(pseudo.account),
    };
    const name = place.stackName ?? blur(pseudo.value('AWS::StackName') ?? stringValue(''));
    return stackId(parts, name, `${this.#id}\0AWS::StackId`);
  }

  /** What a stack that is nested here is called: the service adds an ending. */
  nestedName(resource: string): PlainTerm {
    const own = this.place.stackName ?? blur(this.pseudo.value('AWS::StackName') ?? stringValue(''));
    const identity = `${this.#id}\0${resource}\0AWS::StackName`;
    const ending = unknownValue('computed-by-provider', {
      subject: `${resource}.Ref`,
      type: STRING,
      identity,
      notNull: true,
    });
    return concatTexts([own, stringValue(`-${resource}-`), ending], undefined);
  }

  condition(name: string): Formula | undefined {
    return this.#allConditions().formula(name);
  }

  conditionNames(): Iterable<string> {
    return this.#allConditions().names();
  }

  #allConditions(): Conditions {
    this.#conditions ??= new Conditions(
      this.expanded.section('Conditions'),
      new Scope(this, this.place.assumption, undefined, true),
      this.#id,
    );
    return this.#conditions;
  }

  mapping(name: string): DataMapping | undefined {
    return mappingOf(this.expanded.section('Mappings').get(name)?.value);
  }

  mappingNames(): Iterable<string> {
    return this.expanded.section('Mappings').keys();
  }

  *names(): Iterable<string> {
    yield* this.parameters.names();
    yield* this.expanded.section('Resources').keys();
  }

  imported(name: PlainTerm, scope: Scope, at: Place): Term {
    return importedValue(name, this.world, scope, at);
  }

  reference(name: string, scope: Scope): Term | undefined {
    return this.resources.reference(name, scope);
  }

  attribute(name: string, attribute: string, scope: Scope, at: Place): Term | undefined {
    return this.resources.attribute(name, attribute, scope, at);
  }

  /** A value as its service sees it: dynamic references resolved. */
  finished(term: Term): Term {
    return this.#hasDynamicReferences ? resolveDynamicReferences(term, this.place.root) : term;
  }

  /** The value of an output; undefined where there is none of this name. */
  output(name: string, assumption: Assumption): Term | undefined {
    const entry = this.expanded.section('Outputs').get(name);
    const value = entryOf(entry?.value, 'Value');
    if (entry === undefined || value === undefined) return undefined;
    const at = { start: entry.keyStart, end: entry.keyEnd };
    if (this.#pendingOutputs.has(name)) {
      this.report('cfn-circular-reference', `The output "${name}" refers to itself.`, at);
      return invalidExpression(undefined, name);
    }
    const condition = entryOf(entry.value, 'Condition');
    const named = scalarText(condition);
    const formula =
      condition === undefined || named === undefined ? undefined : namedCondition(named, this.scope, condition);
    const own = formula === undefined ? assumption : assumption.assume(formula);
    if (own === undefined) return invalidExpression(undefined, name);
    this.#pendingOutputs.add(name);
    const term = this.finished(new Scope(this, own, undefined).evaluate(value));
    this.#pendingOutputs.delete(name);
    return throughStep(term, this.scope.origin(at, 'output', name));
  }
}
