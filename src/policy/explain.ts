import type { CompiledPolicy } from './compile-policy.js';
import type { CallExpression, ComprehensionExpression, Expression, LogicalExpression } from './language/ast.js';
import { type Visit, visitsOf } from './language/collection.js';
import type { Frame } from './language/frame.js';
import { verdictOf } from './language/functions/iam-functions.js';
import { isOutsideOnly } from './language/functions/value-functions.js';
import { type RuntimeValue, UNSET } from './language/runtime-value.js';
import { pathsIn } from './language/value-paths.js';
import { below, type Location, parsePath, rootOf } from './location.js';

/** A read that decided: where, and what was there. */
export interface Read {
  readonly location: Location;
  readonly value: RuntimeValue;
  /** Unknown only because it lies outside the input, and the policy said what to assume. */
  readonly isAssumed: boolean;
  /** A statement that decided a fact about access, wherever it stands: it is the place. */
  readonly isDeciding?: boolean | undefined;
  /** What was taken for granted with it, in sentences. */
  readonly assumes?: readonly string[] | undefined;
}

const NONE: readonly never[] = [];

/**
 * Evaluates an outcome once more and collects the reads that decided it, in the order in which the policy is written: the
 * first false operand of `&&`, all of a false `||`, the first failing element of `all` and what failed in it, the chosen
 * branch of `?:`, the statement that a function names, the near miss of a failed `exists`.
 */
export class Explanation {
  readonly #compiled: CompiledPolicy;
  readonly #frame: Frame;
  /** Slot → where the element that is bound to it stands. */
  readonly #elements: Map<number, Location>;

  /** The elements of `each`; those of macros are added to them while they are looked at. */
  constructor(compiled: CompiledPolicy, frame: Frame, elements: Map<number, Location>) {
    this.#compiled = compiled;
    this.#frame = frame;
    this.#elements = elements;
  }

  reads(expression: Expression): readonly Read[] {
    switch (expression.kind) {
      case 'literal':
        return NONE;
      case 'identifier':
      case 'select':
      case 'index':
        return this.#readsOfPath(expression);
      case 'unary':
        return this.reads(expression.operand);
      case 'binary':
        return this.#readsOfAll([expression.left, expression.right]);
      case 'logical':
        return this.#readsOfLogical(expression);
      case 'conditional':
        return this.#readsOfAll([...this.#chosen(expression), expression.condition]);
      case 'list':
        return this.#readsOfAll(expression.elements.map(({ value }) => value));
      case 'map':
        return this.#readsOfAll(expression.entries.flatMap(({ key, value }) => [key, value]));
      case 'call':
        return this.#readsOfCall(expression);
      case 'comprehension':
        return this.#readsOfComprehension(expression);
    }
  }

  /** Of expressions one after the other. Most have no reads or only one of them has: then no list is made. */
  #readsOfAll(expressions: Iterable<Expression | undefined>): readonly Read[] {
    let first: readonly Read[] = NONE;
    let all: Read[] | undefined;
    for (const expression of expressions) {
      const reads = expression === undefined ? NONE : this.reads(expression);
      if (reads.length === 0) continue;
      if (first.length === 0) first = reads;
      else if (all === undefined) all = [...first, ...reads];
      else for (const read of reads) all.push(read);
    }
    return all ?? first;
  }

  #value(expression: Expression): RuntimeValue {
    return this.#compiled.compilation.evaluators.get(expression)?.(this.#frame) ?? UNSET;
  }

  #chosen(expression: Extract<Expression, { kind: 'conditional' }>): readonly Expression[] {
    const condition = this.#value(expression.condition);
    if (condition.kind !== 'bool') return [];
    return [condition.value ? expression.whenTrue : expression.whenFalse];
  }

  #readsOfPath(expression: Expression): readonly Read[] {
    const variable = this.#variable(expression);
    if (variable !== undefined) return this.reads(variable);
    const fact = this.#readsOfFact(expression);
    if (fact !== undefined) return fact;
    const location = this.locate(expression);
    const keys = expression.kind === 'index' ? this.reads(expression.index) : NONE;
    if (location !== undefined) return [{ location, value: this.#value(expression), isAssumed: false }, ...keys];
    if (expression.kind === 'select') return this.reads(expression.operand);
    return expression.kind === 'index' ? [...this.reads(expression.operand), ...keys] : NONE;
  }

  /** What decided a fact that `each` goes through, where a field of it is read; undefined for other values. */
  #readsOfFact(expression: Expression): readonly Read[] | undefined {
    const owner = expression.kind === 'select' ? expression.operand : expression;
    if (owner.kind !== 'identifier') return undefined;
    const verdict = verdictOf(this.#value(owner));
    return verdict === undefined ? undefined : this.#readsOfDecided(verdict, true);
  }

  /** The expression of a lazy variable. */
  #variable(expression: Expression): Expression | undefined {
    const binding = this.#compiled.compilation.bindings.get(expression);
    return binding?.kind === 'lazy' ? this.#compiled.variables.get(binding.slot) : undefined;
  }

  /** Where the value of an expression stands; undefined for what is computed. */
  locate(expression: Expression): Location | undefined {
    const binding = this.#compiled.compilation.bindings.get(expression);
    if (binding?.kind === 'slot') {
      return binding.slot === this.#compiled.resourceSlot
        ? rootOf(this.#frame.context.resource)
        : this.#elements.get(binding.slot);
    }
    const variable = this.#variable(expression);
    if (variable !== undefined) return this.locate(variable);
    switch (expression.kind) {
      case 'select': {
        const base = this.#base(expression.operand);
        return base === undefined ? undefined : below(base, expression.field);
      }
      case 'index': {
        const base = this.#base(expression.operand);
        const key = this.#value(expression.index);
        if (base === undefined) return undefined;
        if (key.kind === 'string') return below(base, key.value);
        return key.kind === 'int' || key.kind === 'number' ? below(base, Number(key.value)) : base;
      }
      case 'call':
        return this.#locateCall(expression);
      case 'conditional': {
        const [chosen] = this.#chosen(expression);
        return chosen === undefined ? undefined : this.locate(chosen);
      }
      default:
        return undefined;
    }
  }

  /** Where an attribute's owner stands; a resource that a value refers to is a root of its own. */
  #base(operand: Expression): Location | undefined {
    const location = this.locate(operand);
    const value = this.#value(operand);
    if (value.kind !== 'resource') return location;
    const isSame = location?.resource === value.resource && location.steps.length === 0;
    return isSame ? location : rootOf(value.resource, ownLocation(location, this.#frame));
  }

  #locateCall(expression: CallExpression): Location | undefined {
    const [first] = expression.arguments;
    if (expression.name === 'assume' && first !== undefined) return this.locate(first);
    if (expression.name === 'target' && first !== undefined) {
      const from = this.locate(first);
      const value = this.#value(expression);
      if (value.kind === 'resource') return rootOf(value.resource, ownLocation(from, this.#frame));
      return from === undefined ? undefined : { ...from, isEnd: true };
    }
    const isRead = ['value', 'orValue', 'or'].includes(expression.name);
    return isRead && expression.target !== undefined ? this.locate(expression.target) : undefined;
  }

  #readsOfCall(expression: CallExpression): readonly Read[] {
    const { target, name } = expression;
    const [first, second] = expression.arguments;
    if (name === 'assume' && first !== undefined) {
      const isAssumed = isOutsideOnly(this.#value(first));
      return this.reads(first).map((read) => (isAssumed ? { ...read, isAssumed } : read));
    }
    if (target !== undefined && (name === 'or' || name === 'orValue') && first !== undefined) {
      return this.#readsOfFallback(target, first);
    }
    if (name === 'scope') {
      const value = this.#value(expression);
      return value.kind === 'resource' ? [{ location: rootOf(value.resource), value, isAssumed: false }] : [];
    }
    const decided = this.#readsOfVerdict(expression);
    if (decided.length > 0) return decided;
    return this.#readsOfAll(name === 'target' || name === 'related' ? [target, first] : [target, first, second]);
  }

  /** `a.or(b)`: what is there decides, and where nothing is, both are missing. */
  #readsOfFallback(target: Expression, fallback: Expression): readonly Read[] {
    const value = this.#value(target);
    const [own, other] = [this.reads(target), this.reads(fallback)];
    const isThere = value.kind !== 'optional' || value.value !== undefined;
    if (isThere) return own;
    const isOtherThere = other.some((read) => read.value.kind === 'optional' && read.value.value !== undefined);
    return isOtherThere ? [...other, ...own] : [...own, ...other];
  }

  /** The statements that decided a question about a document. */
  #readsOfVerdict(expression: CallExpression): readonly Read[] {
    const { target } = expression;
    const verdict = target === undefined ? undefined : verdictOf(this.#value(expression));
    if (verdict === undefined || target === undefined) return [];
    const isFact = target.kind === 'identifier' && target.name === 'access';
    const reads = this.#readsOfDecided(verdict, isFact);
    return reads.length > 0 ? reads : this.reads(target);
  }

  #readsOfDecided(
    {
      decidedBy,
      assumed,
    }: { readonly decidedBy: readonly RuntimeValue[]; readonly assumed?: readonly string[] | undefined },
    isDeciding: boolean,
  ): readonly Read[] {
    return decidedBy.flatMap((value) => {
      const location = this.#find(value);
      return location === undefined ? [] : [{ location, value, isAssumed: false, isDeciding, assumes: assumed }];
    });
  }

  /** Looks a value up by its identity, in the judged resource first. */
  #find(value: RuntimeValue): Location | undefined {
    for (const resource of this.#frame.context.touched) {
      const [path] = pathsIn(resource, value);
      if (path !== undefined) return { resource, steps: parsePath(path) };
    }
    return undefined;
  }

  #readsOfLogical({ operator, operands }: LogicalExpression): readonly Read[] {
    const deciding = operator === '||';
    const undecided: Expression[] = [];
    for (const operand of operands) {
      const value = this.#value(operand);
      if (value.kind !== 'bool') undecided.push(operand);
      else if (value.value === deciding) return this.reads(operand);
    }
    return this.#readsOfAll(undecided.length > 0 ? undecided : operands);
  }

  #readsOfComprehension(expression: ComprehensionExpression): readonly Read[] {
    const { macro, body } = expression;
    const range = this.#value(expression.range);
    const visits = visitsOf(range, expression.names.length === 2)?.visits ?? [];
    const whole = () => this.#readsOfRange(expression.range, range);
    if (macro !== 'all' && macro !== 'exists') {
      const open = this.#readsOfUndecided(expression, visits, body);
      return [...whole(), ...open];
    }
    const answer = this.#value(expression);
    if (answer.kind !== 'bool') {
      const open = this.#readsOfUndecided(expression, visits, body);
      return open.length > 0 ? open : whole();
    }
    const isDecidedByOne = answer.value === (macro === 'exists');
    if (!isDecidedByOne) return macro === 'exists' ? (this.#nearMiss(expression, visits) ?? whole()) : whole();
    for (const visit of visits) {
      const reads = this.#within(expression, visit, () => {
        const value = this.#value(body);
        return value.kind === 'bool' && value.value === answer.value
          ? this.#inElement(body, visit, expression)
          : undefined;
      });
      if (reads !== undefined && visit.existence === 'once') return reads;
    }
    return whole();
  }

  /** Reads inside an element; the element itself where its body reads nothing of it. */
  #inElement(body: Expression, visit: Visit, expression: ComprehensionExpression): readonly Read[] {
    const reads = this.reads(body);
    if (reads.length > 0) return reads;
    const location = this.#elementLocation(expression, visit);
    return location === undefined ? [] : [{ location, value: visit.value, isAssumed: false }];
  }

  #readsOfUndecided(expression: ComprehensionExpression, visits: readonly Visit[], body: Expression): readonly Read[] {
    return visits.flatMap((visit) =>
      this.#within(expression, visit, () => (this.#value(body).kind === 'unknown' ? this.reads(body) : [])),
    );
  }

  #readsOfRange(range: Expression, value: RuntimeValue): readonly Read[] {
    const location = this.locate(range);
    return location === undefined ? this.reads(range) : [{ location, value, isAssumed: false }];
  }

  /** The element that satisfies most leading operands of the body's `&&`, at least one, and its first false operand. */
  #nearMiss(expression: ComprehensionExpression, visits: readonly Visit[]): readonly Read[] | undefined {
    const { body } = expression;
    if (body.kind !== 'logical' || body.operator !== '&&') return undefined;
    let [best, bestCount]: [Visit | undefined, number] = [undefined, 0];
    for (const visit of visits) {
      const count = this.#within(expression, visit, () => {
        const failing = body.operands.findIndex((operand) => {
          const value = this.#value(operand);
          return value.kind !== 'bool' || !value.value;
        });
        return failing === -1 ? body.operands.length : failing;
      });
      if (count > bestCount) [best, bestCount] = [visit, count];
    }
    const failed = body.operands[bestCount];
    if (best === undefined || failed === undefined) return undefined;
    return this.#within(expression, best, () => this.reads(failed));
  }

  /** Runs with an element bound to the macro's names. */
  #within<T>(expression: ComprehensionExpression, visit: Visit, run: () => T): T {
    const [first, second] = this.#compiled.compilation.slots.get(expression) ?? [];
    const valueSlot = second ?? first;
    const location = this.#elementLocation(expression, visit);
    const { slots } = this.#frame;
    if (first !== undefined) slots[first] = second === undefined ? visit.value : visit.key;
    if (second !== undefined) slots[second] = visit.value;
    if (valueSlot !== undefined && location !== undefined) this.#elements.set(valueSlot, location);
    const result = run();
    if (valueSlot !== undefined) this.#elements.delete(valueSlot);
    return result;
  }

  #elementLocation(expression: ComprehensionExpression, visit: Visit): Location | undefined {
    if (visit.value.kind === 'resource') return rootOf(visit.value.resource);
    const range = this.locate(expression.range);
    if (range !== undefined && visit.index !== undefined) return below(range, visit.index);
    if (range !== undefined && visit.key.kind === 'string') return below(range, visit.key.value);
    return this.#find(visit.value);
  }

  /** Where an element of `each` stands. */
  locateElement(collection: Expression, value: RuntimeValue, index: number | undefined): Location | undefined {
    if (value.kind === 'resource') return rootOf(value.resource);
    const range = this.locate(collection);
    if (range !== undefined && index !== undefined) return below(range, index);
    return this.#find(value);
  }
}

/** The attribute of the judged resource by which a location was reached, for what lies in another resource. */
export function ownLocation(location: Location | undefined, frame: Frame): Location | undefined {
  if (location === undefined) return undefined;
  return location.resource.key === frame.context.resource.key ? location : location.through;
}
