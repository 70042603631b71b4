import type { Expression } from './language/ast.js';
import { childrenOf } from './language/ast.js';
import { type Compilation, Compiler } from './language/compile.js';
import type { Evaluator } from './language/frame.js';
import { FUNCTIONS } from './language/functions/index.js';
import { EMPTY_OBJECT, type RuntimeValue } from './language/runtime-value.js';
import { type Binding, Scope, SlotCounter } from './language/scope.js';
import type { ParameterValue, Policy } from './policy.js';
import { toRuntimeValue } from './to-runtime-value.js';

/** The closures of one policy with its parameters. */
export interface CompiledPolicy {
  readonly policy: Policy;
  readonly compilation: Compilation;
  readonly slotCount: number;
  readonly resourceSlot: number;
  readonly each: readonly CompiledEach[];
  /** Slots of variables that depend on an element: they are emptied between elements. */
  readonly elementSlots: readonly number[];
  readonly when: Evaluator | undefined;
  readonly assert: Evaluator;
  readonly message: readonly (string | Evaluator)[];
  /** Slot → the expression of the variable that is kept there. */
  readonly variables: ReadonlyMap<number, Expression>;
}

export interface CompiledEach {
  readonly name: string;
  readonly slot: number;
  readonly evaluate: Evaluator;
  /** Where a list that is an attribute stands: below the resource, or below the element of an outer `each`. */
  readonly path: { readonly outer: number | undefined; readonly text: string } | undefined;
}

export interface CompileOptions {
  readonly now: RuntimeValue;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
}

/** Compiles a checked policy. Variables see those before them, and every name of `each`. */
export function compilePolicy(policy: Policy, options: CompileOptions): CompiledPolicy {
  const slots = new SlotCounter();
  const compiler = new Compiler(FUNCTIONS);
  const bindings = new Map<string, Binding>();
  const scope = new Scope(bindings, slots);
  const resourceSlot = slots.next();
  bindings.set('resource', { kind: 'slot', slot: resourceSlot });
  bindings.set('now', { kind: 'constant', value: options.now });
  bindings.set('parameters', { kind: 'constant', value: EMPTY_OBJECT });
  for (const parameter of policy.parameters) {
    const value = options.parameters[parameter.name] ?? parameter.default;
    bindings.set(`parameters.${parameter.name}`, { kind: 'constant', value: toRuntimeValue(value) });
  }
  const eachSlots = policy.each.map(({ name }) => {
    const slot = slots.next();
    bindings.set(name, { kind: 'slot', slot });
    return slot;
  });
  const elementNames = new Set(policy.each.map(({ name }) => name));
  const elementSlots: number[] = [];
  const variables = new Map<number, Expression>();
  for (const { name, value } of policy.variables) {
    const slot = slots.next();
    const evaluate = compiler.compile(value.expression, scope);
    bindings.set(`variables.${name}`, { kind: 'lazy', slot, evaluate });
    variables.set(slot, value.expression);
    if (dependsOn(value.expression, elementNames)) {
      elementSlots.push(slot);
      elementNames.add(`variables.${name}`);
    }
  }
  const each = policy.each.map(({ name, collection }, index) => ({
    name,
    slot: eachSlots[index] ?? 0,
    evaluate: compiler.compile(collection.expression, scope),
    path: attributePath(collection.expression, policy),
  }));
  const when = policy.when === undefined ? undefined : compiler.compile(policy.when.expression, scope);
  const assert = compiler.compile(policy.assert.expression, scope);
  const message = policy.message.map((part) =>
    typeof part === 'string' ? part : compiler.compile(part.expression, scope),
  );
  const { compilation } = compiler;
  return {
    policy,
    compilation,
    slotCount: slots.count,
    resourceSlot,
    each,
    elementSlots,
    when,
    assert,
    message,
    variables,
  };
}

/** `resource.ingress`, `binding.members`: the path of a list that is simply an attribute. */
function attributePath(expression: Expression, policy: Policy): CompiledEach['path'] {
  const fields: string[] = [];
  let current = expression;
  while (current.kind === 'select' && !current.isOptional && !current.isTest) {
    fields.unshift(current.field);
    current = current.operand;
  }
  if (current.kind !== 'identifier' || fields.length === 0) return undefined;
  const { name } = current;
  const outer = policy.each.findIndex((each) => each.name === name);
  if (outer === -1 && name !== 'resource') return undefined;
  return { outer: outer === -1 ? undefined : outer, text: fields.join('.') };
}

function dependsOn(expression: Expression, names: ReadonlySet<string>): boolean {
  if (expression.kind === 'identifier') return names.has(expression.name);
  const isVariable =
    expression.kind === 'select' &&
    expression.operand.kind === 'identifier' &&
    names.has(`${expression.operand.name}.${expression.field}`);
  return isVariable || childrenOf(expression).some((child) => dependsOn(child, names));
}
