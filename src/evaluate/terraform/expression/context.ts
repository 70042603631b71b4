import { DYNAMIC, NUMBER, type Type } from '../../../model/type.js';
import type { Origin, UnknownValue, Value } from '../../../model/value.js';
import type { Diagnostic, DiagnosticCode } from '../../../source/diagnostic.js';
import type { SourceFile } from '../../../source/source-file.js';
import { suggest } from '../../../source/suggest.js';
import type { Expression, Node } from '../../../syntax/hcl/ast.js';
import type { FunctionContext, TerraformFunction } from '../functions/function.js';
import { sizeOf } from '../values/size-of.js';
import { isNotNull } from '../values/unknown.js';

/** One literal step of a traversal: `.name`, or `[key]` with its key evaluated (it may be unknown, null or of any type). */
export type ReferenceStep =
  | { readonly kind: 'attribute'; readonly name: string }
  | { readonly kind: 'index'; readonly key: Value };

export interface ResolvedReference {
  readonly value: Value;
  /** How many of the steps led to the value; the evaluator applies the others to it. */
  readonly consumed: number;
  /**
   * The reference may turn out to be an error (an instance that is perhaps not there): `try` then keeps its other
   * arguments in mind, and `can` is not decided.
   */
  readonly mayFail?: boolean | undefined;
}

/** What names mean at a place. */
export interface Scope {
  /** Resolves a traversal from its root name. Undefined where there is no such name. */
  reference(name: string, steps: readonly ReferenceStep[], at: Node): ResolvedReference | undefined;
  /** Says in a sentence why a traversal leads to nothing. */
  readonly explainMissing?: ((name: string, steps: readonly ReferenceStep[]) => string) | undefined;
}

/** A scope in which some names mean values: those of a `for`, a `dynamic` block's iterator, a template's variables. */
export function childScope(parent: Scope, names: ReadonlyMap<string, Value>): Scope {
  return {
    reference(name, steps, at) {
      const value = names.get(name);
      return value === undefined ? parent.reference(name, steps, at) : { value, consumed: 0 };
    },
    explainMissing: parent.explainMissing,
  };
}

/** SAFETY: how many expressions one root module may evaluate: nested `for`s multiply. */
const maxEvaluationSteps = 4_000_000;
/** SAFETY: how many elements one expression may make. */
export const maxElements = 1_000_000;
/** SAFETY: how many UTF-16 units one text may have: thirty locals that each double the last one are a gigabyte. */
export const maxTextLength = 16_000_000;

/**
 * SAFETY: how deep evaluation goes, nested expressions and what references lead to together: every level takes a piece of
 * the stack.
 */
export const maxEvaluationDepth = 500;

/** SAFETY: among how many names one that may be meant is looked for, and how often in one root module. */
const maxHintNames = 2_000;
const maxHints = 300;
/** Smaller structures cost nothing to go through. */
const minWalked = 64;

/** Counts what evaluation costs; shared by everything that is evaluated for one root module. */
export class EvaluationBudget {
  #remaining: number;
  isReported = false;
  /** How often something was not done because it would have cost too much. */
  refusals = 0;
  #hints = 0;
  /** How deep evaluation is now. */
  depth = 0;

  constructor(steps: number = maxEvaluationSteps) {
    this.#remaining = steps;
  }

  /** Evaluates some levels deeper. */
  deeper<T>(levels: number, evaluate: () => T): T {
    const { depth } = this;
    this.depth = depth + levels;
    const value = evaluate();
    this.depth = depth;
    return value;
  }

  /** Whether there are so many steps; then they are spent. What is refused leaves them to what costs less. */
  spend(steps = 1): boolean {
    if (!this.has(steps)) return false;
    this.#remaining -= steps;
    return true;
  }

  /** ` Did you mean "x"?`; not among too many names, nor for too many mistakes. */
  hint(name: string, names: Iterable<string>): string {
    if (++this.#hints > maxHints) return '';
    const candidates: string[] = [];
    for (const candidate of names) if (candidates.push(candidate) > maxHintNames) return '';
    return suggest(name, candidates);
  }

  /** Spends steps, as far as there are any, for what is done in any case. */
  use(steps: number): void {
    this.#remaining = Math.max(0, this.#remaining - steps);
  }

  /** SAFETY: whether there are steps to go through all that the values hold, as a comparison or a conversion does. */
  mayWalk(...values: readonly Value[]): boolean {
    let size = 0;
    for (const value of values) size += value.kind === 'list' || value.kind === 'object' ? sizeOf(value) : 1;
    // Of small ones the steps of the expression are enough.
    return size < minWalked || this.spend(size >> 2);
  }

  /** Whether there are so many steps, for what will spend them one by one. */
  has(steps: number): boolean {
    if (steps <= this.#remaining) return true;
    this.refusals++;
    return false;
  }
}

export interface EvaluationContext {
  readonly file: SourceFile;
  readonly scope: Scope;
  readonly functions: { get(name: string): TerraformFunction | undefined; keys(): Iterable<string> };
  readonly functionContext: FunctionContext;
  readonly budget: EvaluationBudget;
  report(diagnostic: Diagnostic): void;
  /** Nobody reads what is reported: what takes long to say is left out. */
  readonly isQuiet?: boolean | undefined;
}

/** What happened while an expression was evaluated, for those who ask whether it can fail. */
export interface Observations {
  /** A diagnostic was reported here: the expression is an error. */
  failed: boolean;
  /** Something may turn out to be an error once unknowns are known. */
  mayFail: boolean;
}

/**
 * Evaluates in one context. Every form of expression has its function, which gets this: so no file needs to know all
 * others.
 */
export class Evaluator {
  constructor(
    readonly context: EvaluationContext,
    readonly dispatch: (expression: Expression, evaluator: Evaluator) => Value,
    readonly observations: Observations = { failed: false, mayFail: false },
    /** Reports what must not be lost where other diagnostics are: that a limit was reached. */
    readonly reportAlways: EvaluationContext['report'] = context.report,
  ) {}

  evaluate(expression: Expression): Value {
    const { budget } = this.context;
    if (!budget.spend()) return this.overSteps(expression);
    const { depth } = budget;
    if (depth >= maxEvaluationDepth)
      return this.overLimit(
        expression,
        'References and expressions lead deeper into one another than Trueline allows.',
      );
    budget.depth = depth + 1;
    const value = this.dispatch(expression, this);
    budget.depth = depth;
    return value;
  }

  /** Where names mean something else as well. */
  within(names: ReadonlyMap<string, Value>): Evaluator {
    const context = { ...this.context, scope: childScope(this.context.scope, names) };
    return new Evaluator(context, this.dispatch, this.observations, this.reportAlways);
  }

  /** Observes what happens on its own and reports nothing: for what may be an error without harm. */
  aside(): Evaluator {
    const context: EvaluationContext = { ...this.context, report: () => undefined, isQuiet: true };
    return new Evaluator(context, this.dispatch, { failed: false, mayFail: false }, this.reportAlways);
  }

  /** Takes over what happened aside: what was an error there may be one here. */
  join(aside: Evaluator): void {
    if (aside !== this && (aside.observations.failed || aside.observations.mayFail)) this.doubt();
  }

  /** Reports that the expression is an error; it has a value that cannot be known. */
  fail(
    at: Node,
    message: string,
    code: DiagnosticCode = 'terraform-invalid-value',
    type: Type = DYNAMIC,
  ): UnknownValue {
    this.observations.failed = true;
    this.context.report({ code, message, range: { file: this.context.file, start: at.start, end: at.end } });
    return { kind: 'unknown', type, reason: 'invalid-expression', origin: this.origin(at) };
  }

  /** A value that is to be of a type and not null may turn out not to be. */
  doubtConversion(value: Value, type: Type): void {
    if (value.kind !== 'unknown') return;
    const isTextual = type.kind === 'string' && (value.type.kind === 'number' || value.type.kind === 'bool');
    if (!isNotNull(value) || (value.type.kind !== type.kind && !isTextual)) this.doubt();
  }

  /** What this depends on may turn out to be an error. */
  doubt(): void {
    this.observations.mayFail = true;
  }

  overLimit(at: Node, message: string): UnknownValue {
    const { budget } = this.context;
    if (!budget.isReported) {
      budget.isReported = true;
      const range = { file: this.context.file, start: at.start, end: at.end };
      this.reportAlways({ code: 'limit-reached', message, range });
    }
    this.doubt();
    return { kind: 'unknown', type: DYNAMIC, reason: 'limit-reached', origin: this.origin(at) };
  }

  /** As `EvaluationBudget.mayWalk`. */
  mayWalk(...values: readonly Value[]): boolean {
    return this.context.budget.mayWalk(...values);
  }

  /** ` Did you mean "x"?`, where somebody reads it. */
  hint(name: string, names: Iterable<string>): string {
    const { budget, isQuiet } = this.context;
    return isQuiet === true ? '' : budget.hint(name, names);
  }

  /** What is not evaluated for it would take too long. */
  overSteps(at: Node): UnknownValue {
    return this.overLimit(at, 'Evaluation takes more steps than Trueline allows.');
  }

  /** A number that Terraform would have and Trueline has not. */
  beyondNumbers(at: Node): UnknownValue {
    return { ...this.overLimit(at, 'A number is beyond those that Trueline computes.'), type: NUMBER };
  }

  origin(at: Node, from?: Origin): Origin {
    return { file: this.context.file, start: at.start, end: at.end, step: 'written', name: undefined, from };
  }

  /** A value that was newly computed here; where one single value decided, its origin leads on to where that was set. */
  computed<T extends Value>(value: T, at: Node, sources: readonly Value[]): T {
    return { ...value, origin: this.origin(at, singleSource(sources)) };
  }
}

/** The origin of the only one of the values that is more than a literal written at the same place. */
function singleSource(values: readonly Value[]): Origin | undefined {
  let single: Origin | undefined;
  for (const { origin } of values) {
    if (origin === undefined || (origin.step === 'written' && origin.from === undefined)) continue;
    if (single !== undefined) return undefined;
    single = origin;
  }
  return single;
}
