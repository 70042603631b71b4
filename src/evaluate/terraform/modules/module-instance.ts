import type { ObjectValue, Origin, Value } from '../../../model/value.js';
import { stringValue, unknownValue } from '../../../model/values.js';
import { relativePath } from '../../../source/paths.js';
import type { SourceFile } from '../../../source/source-file.js';
import type { Node } from '../../../syntax/hcl/ast.js';
import type { Declaration, ModuleConfiguration, PlacedAttribute } from '../configuration/declarations.js';
import { NO_BLOCKS, type PlacedBody, readDeclaration } from '../configuration/read-body.js';
import type { EvaluationContext, Evaluator, ReferenceStep, ResolvedReference, Scope } from '../expression/context.js';
import { evaluatorFor } from '../expression/evaluate-expression.js';
import { terraformFunctions } from '../functions/index.js';
import { readMoves } from '../moves.js';
import { objectOf } from '../values/collections.js';
import { markSensitive, withStep } from '../values/unknown.js';
import { CallGroups } from './call-groups.js';
import { expand } from './expand.js';
import type { Expansion, ExpansionInput } from './expansion.js';
import { explainMissing } from './explain-missing.js';
import { functionContextOf } from './function-context.js';
import type { GroupMember, GroupReference } from './instance-group.js';
import type { Module, ModulePlace } from './module.js';
import { ProviderConfiguration } from './providers.js';
import { ResourceGroups } from './resource-groups.js';
import { evaluateVariable, literalBool } from './variables.js';
import type { World } from './world.js';

/** Names that no block declares. */
const NOT_DECLARED = new Set(['count', 'each', 'path', 'self', 'terraform', 'tofu']);

/** One instance of a module: what its names mean, evaluated when they are asked for. */
export class ModuleInstance implements GroupMember, Module {
  readonly resources: ResourceGroups;
  readonly calls: CallGroups;
  readonly #values = new Map<string, Value>();
  readonly #underWay = new Set<string>();
  readonly #evaluators = new Map<SourceFile, Evaluator>();
  readonly #providers = new Map<string, ProviderConfiguration>();

  constructor(
    readonly world: World,
    readonly configuration: ModuleConfiguration,
    readonly place: ModulePlace,
  ) {
    this.resources = new ResourceGroups(this);
    this.calls = new CallGroups(this, (configuration, place) => new ModuleInstance(world, configuration, place));
  }

  /** The address of something in this module, as seen from the root. */
  addressOf(name: string): string {
    return this.place.address === '' ? name : `${this.place.address}.${name}`;
  }

  evaluatorOf(file: SourceFile): Evaluator {
    let evaluator = this.#evaluators.get(file);
    if (evaluator === undefined) {
      evaluator = evaluatorFor(this.#contextOf(file));
      this.#evaluators.set(file, evaluator);
    }
    return evaluator;
  }

  #contextOf(file: SourceFile): EvaluationContext {
    const scope: Scope = {
      reference: (name, steps, at) =>
        this.#reference(name, steps, at, file) ?? this.#perhapsDeclared(name, steps, at, file),
      explainMissing: (name, steps) => this.#explainMissing(name, steps),
    };
    const { budget, report } = this.world;
    return {
      file,
      scope,
      functions: terraformFunctions,
      functionContext: functionContextOf(this.world, 0),
      budget,
      report,
    };
  }

  #reference(name: string, steps: readonly ReferenceStep[], at: Node, file: SourceFile): ResolvedReference | undefined {
    const [first] = steps;
    const attribute = first?.kind === 'attribute' ? first.name : undefined;
    switch (name) {
      case 'var':
        return attribute === undefined ? undefined : this.#named('var', attribute, at, file);
      case 'local':
        return attribute === undefined ? undefined : this.#named('local', attribute, at, file);
      case 'path':
        return this.#oneOf(attribute, (key) => this.#path(key));
      case 'terraform':
      case 'tofu':
        return this.#oneOf(attribute, (key) => this.#terraform(key));
      case 'module':
        return attribute === undefined
          ? undefined
          : this.#group(this.calls.reference(attribute, steps.slice(1)), 1, {
              at,
              file,
              step: 'output',
              name: `module.${attribute}`,
            });
      case 'resource':
        // `resource.aws_s3_bucket.b` is the long form of `aws_s3_bucket.b`.
        return attribute === undefined ? undefined : shifted(this.#reference(attribute, steps.slice(1), at, file));
      case 'data':
      case 'ephemeral': {
        const second = steps[1];
        if (attribute === undefined || second?.kind !== 'attribute') return undefined;
        return this.#resource(`${name}.${attribute}.${second.name}`, steps, 2, at, file);
      }
      default:
        return attribute === undefined ? undefined : this.#resource(`${name}.${attribute}`, steps, 1, at, file);
    }
  }

  /** What was not read may declare any name: then it is no error that there is none. */
  #perhapsDeclared(
    name: string,
    steps: readonly ReferenceStep[],
    { start, end }: Node,
    file: SourceFile,
  ): ResolvedReference | undefined {
    if (!this.configuration.isIncomplete || NOT_DECLARED.has(name)) return undefined;
    const path = steps.map((step) => (step.kind === 'attribute' ? `.${step.name}` : '[]')).join('');
    const origin: Origin = { file, start, end, step: 'written' };
    return {
      value: unknownValue('invalid-expression', { subject: `${name}${path}`, origin }),
      consumed: steps.length,
      mayFail: true,
    };
  }

  #explainMissing(name: string, steps: readonly ReferenceStep[]): string {
    return explainMissing(name, steps, this);
  }

  #named(kind: 'var' | 'local', name: string, at: Node, file: SourceFile): ResolvedReference | undefined {
    const value = kind === 'var' ? this.variable(name, at, file) : this.local(name, at, file);
    if (value === undefined) return undefined;
    const step: Origin = {
      file,
      start: at.start,
      end: at.end,
      step: kind === 'var' ? 'variable' : 'local',
      name: `${kind}.${name}`,
    };
    return { value: withStep(value, step), consumed: 1 };
  }

  #oneOf(key: string | undefined, read: (key: string) => Value | undefined): ResolvedReference | undefined {
    const value = key === undefined ? undefined : read(key);
    return value === undefined ? undefined : { value, consumed: 1 };
  }

  #path(key: string): Value | undefined {
    const rootFolder = this.world.selection.folder;
    if (key === 'module') return stringValue(relativePath(rootFolder, this.configuration.folder));
    if (key === 'root') return stringValue('.');
    return key === 'cwd'
      ? unknownValue('environment', {
          type: { kind: 'string' },
          subject: 'path.cwd',
          notNull: true,
          identity: 'path.cwd',
        })
      : undefined;
  }

  #terraform(key: string): Value | undefined {
    if (key !== 'workspace') return undefined;
    const { selection, environment, workspaceOfFolder } = this.world;
    const workspace = selection.workspace ?? environment.workspace ?? workspaceOfFolder();
    if (workspace !== undefined) return stringValue(workspace);
    return unknownValue('workspace-not-given', {
      type: { kind: 'string' },
      subject: 'terraform.workspace',
      notNull: true,
      identity: `${this.world.root}\0terraform.workspace`,
    });
  }

  #resource(
    address: string,
    steps: readonly ReferenceStep[],
    before: number,
    at: Node,
    file: SourceFile,
  ): ResolvedReference | undefined {
    const isData = address.startsWith('data.');
    return this.#group(this.resources.reference(address, steps.slice(before)), before, {
      at,
      file,
      step: isData ? 'data' : 'resource',
      name: address,
    });
  }

  #group(
    reference: GroupReference | undefined,
    before: number,
    origin: { readonly at: Node; readonly file: SourceFile; readonly step: Origin['step']; readonly name: string },
  ): ResolvedReference | undefined {
    // What is missing is an error of the expression, so that `try` and `can` notice it; `explainMissing` says why.
    if (reference === undefined || reference.kind === 'key-missing' || reference.kind === 'attribute-missing')
      return undefined;
    const { at, file, step, name } = origin;
    const place: Origin = { file, start: at.start, end: at.end, step, name };
    if (reference.kind === 'cycle') return { value: this.cycle(name, place), consumed: before };
    return {
      value: withStep(reference.value, place),
      consumed: before + reference.consumed,
      mayFail: reference.mayFail,
    };
  }

  cycle(name: string, { file, start, end }: Origin): Value {
    this.world.report({
      code: 'terraform-cycle',
      message: `"${name}" depends on itself.`,
      range: { file, start, end },
    });
    return unknownValue('invalid-expression', { subject: name, origin: { file, start, end, step: 'written' } });
  }

  /** Evaluates once, and notices what leads back to itself. */
  #once(key: string, at: Node, file: SourceFile, evaluate: () => Value): Value {
    const known = this.#values.get(key);
    if (known !== undefined) return known;
    const origin: Origin = { file, start: at.start, end: at.end, step: 'written' };
    if (this.#underWay.has(key)) return this.cycle(key, origin);
    this.#underWay.add(key);
    const value = this.world.budget.deeper(1, evaluate);
    this.#underWay.delete(key);
    this.#values.set(key, value);
    return value;
  }

  /** Undefined where it is not declared. */
  variable(name: string, at: Node, file: SourceFile): Value | undefined {
    const declaration = this.configuration.variables.get(name);
    if (declaration === undefined) return undefined;
    return this.#once(`var.${name}`, at, file, () => evaluateVariable(name, declaration, this));
  }

  local(name: string, at: Node, file: SourceFile): Value | undefined {
    const placed = this.configuration.locals.get(name);
    if (placed === undefined) return undefined;
    return this.#once(`local.${name}`, at, file, () =>
      this.evaluatorOf(placed.file).evaluate(placed.attribute.expression),
    );
  }

  /** An output, for the caller. Undefined in a cycle; what is no output is an unknown. */
  attribute(name: string): Value | undefined {
    const declaration = this.configuration.outputs.get(name);
    if (declaration === undefined)
      return unknownValue('invalid-expression', { subject: `${this.place.address}.${name}` });
    return this.#once(`output.${name}`, declaration.block.header, declaration.file, () => this.#output(declaration));
  }

  /** Files that cannot be read may declare any output. */
  has(name: string): boolean {
    return this.configuration.outputs.has(name) || this.configuration.isIncomplete;
  }

  #output(declaration: Declaration): Value {
    const body = this.bodyOf(declaration);
    const placed = body.attributes.get('value');
    if (placed === undefined) return unknownValue('invalid-expression', { subject: declaration.address });
    const value = this.evaluatorOf(placed.file).evaluate(placed.attribute.expression);
    const isSensitive = this.isTrue(body.attributes.get('sensitive')) || this.isTrue(body.attributes.get('ephemeral'));
    if (isSensitive) this.world.secrets.push(value);
    return markSensitive(value, isSensitive);
  }

  isTrue(placed: PlacedAttribute | undefined): boolean {
    return literalBool(placed) === true;
  }

  expand(attributes: ReadonlyMap<string, PlacedAttribute>, address: string, fits: ExpansionInput['fits']): Expansion {
    return expand({
      count: attributes.get('count'),
      forEach: attributes.get('for_each'),
      fits,
      evaluate: ({ attribute, file }) => this.evaluatorOf(file).evaluate(attribute.expression),
      report: this.world.report,
      reportOnce: (limit, diagnostic) => this.world.reportOnce(limit, diagnostic),
      root: this.world.root,
      module: this.place.address,
      address: this.addressOf(address),
    });
  }

  bodyOf(declaration: Declaration): PlacedBody {
    return this.world.bodyOf(declaration, () => readDeclaration(declaration, NO_BLOCKS, this.world.report));
  }

  /** The names of the outputs of the module that a call leads to. */
  outputsOf(call: string): Iterable<string> {
    return this.calls.outputsOf(call);
  }

  hint(name: string, names: Iterable<string>): string {
    return this.world.budget.hint(name, names);
  }

  /** All outputs as an object. */
  asObject(): ObjectValue {
    const entries = [...this.configuration.outputs.keys()].map((name): [string, Value] => [
      name,
      this.attribute(name) ?? unknownValue('invalid-expression'),
    ]);
    if (!this.configuration.isIncomplete) return objectOf(entries);
    return { ...objectOf(entries), rest: { reason: 'invalid-expression', subject: this.place.address } };
  }

  /** The configuration of a provider by its local key (`aws`, `aws.west`). */
  provider(key: string): ProviderConfiguration {
    const known = this.#providers.get(key);
    if (known !== undefined) return known;
    const found = this.#findProvider(key);
    this.#providers.set(key, found);
    return found;
  }

  #findProvider(key: string): ProviderConfiguration {
    // In a called module an empty provider block, once needed to pass one in, stands for what is passed.
    const passed = this.place.providers.get(key);
    if (passed !== undefined) return passed;
    const own = this.configuration.providers.get(key);
    const name = key.split('.')[0] ?? key;
    const { root } = this.world;
    if (own !== undefined && !(this.place.parent !== undefined && key === name && this.#isEmpty(own))) {
      return new ProviderConfiguration(this.addressOf(`provider.${key}`), root, own, this);
    }
    // A default configuration is inherited, an alias is not.
    if (this.place.parent !== undefined && key === name) return this.place.parent.provider(name);
    return new ProviderConfiguration(
      this.place.parent === undefined ? `provider.${key}` : this.addressOf(`provider.${key}`),
      root,
      undefined,
      undefined,
    );
  }

  #isEmpty(declaration: Declaration): boolean {
    const { attributes, blocks } = this.bodyOf(declaration);
    return blocks.length === 0 && [...attributes.keys()].every((name) => name === 'version' || name === 'alias');
  }

  /** Depth-first: the resources of this instance, then those of the modules that it calls. */
  collect(): void {
    this.world.modules++;
    for (const [from, to] of readMoves(this.configuration))
      this.world.moved.set(this.addressOf(from), this.addressOf(to));
    this.resources.collect();
    this.calls.collect();
  }
}

function shifted(reference: ResolvedReference | undefined): ResolvedReference | undefined {
  return reference === undefined ? undefined : { ...reference, consumed: reference.consumed + 1 };
}
