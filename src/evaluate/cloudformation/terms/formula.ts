import type { UnknownReason } from '../../../model/unknown-reason.js';

/** Why something is not decided, and what is missing. */
export interface Cause {
  readonly reason: UnknownReason;
  readonly subject?: string | undefined;
}

/** Something whose text is not known. What has a domain is one of its texts. */
export interface Variable {
  readonly id: string;
  readonly index: number;
  readonly domain: readonly string[] | undefined;
  readonly cause: Cause;
}

/**
 * What a condition depends on: comparisons of variables with texts, joined by "all" and "any"; negations stand only at the
 * comparisons. Equal formulas of one `Logic` are one object.
 */
export type Formula = Constant | Comparison | Junction;

export interface Constant {
  readonly kind: 'constant';
  readonly id: number;
  readonly value: boolean;
}

export interface Comparison {
  readonly kind: 'is';
  readonly id: number;
  readonly variable: Variable;
  readonly text: string;
  readonly isNegated: boolean;
}

export interface Junction {
  readonly kind: 'all' | 'any';
  readonly id: number;
  /** Sorted by id, without constants, without the negation of one among them. */
  readonly of: readonly Formula[];
}

export const TRUE: Constant = { kind: 'constant', id: 0, value: true };
export const FALSE: Constant = { kind: 'constant', id: 1, value: false };

/** Makes formulas, each once. */
export class Logic {
  readonly #variables = new Map<string, Variable>();
  readonly #formulas = new Map<string, Formula>();
  readonly #negations = new Map<number, Formula>();
  #count = 2;

  /** The variable of this id; its domain and cause are those of the first time. */
  variable(id: string, cause: Cause, domain?: readonly string[]): Variable {
    const known = this.#variables.get(id);
    if (known !== undefined) return known;
    const made: Variable = { id, index: this.#variables.size, domain, cause };
    this.#variables.set(id, made);
    return made;
  }

  /** The variable of this id, where anything was compared with it. */
  knownVariable(id: string): Variable | undefined {
    return this.#variables.get(id);
  }

  is(variable: Variable, text: string, isNegated = false): Formula {
    const { domain } = variable;
    if (domain !== undefined) {
      if (!domain.includes(text)) return isNegated ? TRUE : FALSE;
      if (domain.length === 1) return isNegated ? FALSE : TRUE;
    }
    const key = `${isNegated ? '!' : '='}${variable.index}:${text}`;
    const known = this.#formulas.get(key);
    if (known !== undefined) return known;
    const made: Comparison = { kind: 'is', id: this.#count++, variable, text, isNegated };
    this.#formulas.set(key, made);
    return made;
  }

  all(formulas: readonly Formula[]): Formula {
    return this.#join('all', formulas);
  }

  any(formulas: readonly Formula[]): Formula {
    return this.#join('any', formulas);
  }

  not(formula: Formula): Formula {
    const known = this.#negations.get(formula.id);
    if (known !== undefined) return known;
    const negation = this.#negate(formula);
    this.#negations.set(formula.id, negation);
    this.#negations.set(negation.id, formula);
    return negation;
  }

  #negate(formula: Formula): Formula {
    switch (formula.kind) {
      case 'constant':
        return formula.value ? FALSE : TRUE;
      case 'is':
        return this.is(formula.variable, formula.text, !formula.isNegated);
      default:
        return this.#join(
          formula.kind === 'all' ? 'any' : 'all',
          formula.of.map((one) => this.not(one)),
        );
    }
  }

  #join(kind: 'all' | 'any', formulas: readonly Formula[]): Formula {
    const absorbing = kind === 'all' ? FALSE : TRUE;
    const parts = new Map<number, Formula>();
    for (const formula of formulas) {
      if (formula.kind === 'constant') {
        if (formula === absorbing) return absorbing;
        continue;
      }
      const flat = formula.kind === kind ? formula.of : [formula];
      for (const one of flat) parts.set(one.id, one);
    }
    if (this.#excludesItself(kind, parts)) return absorbing;
    const of = [...parts.values()].sort((a, b) => a.id - b.id);
    const [only] = of;
    if (only === undefined) return kind === 'all' ? TRUE : FALSE;
    if (of.length === 1) return only;
    const key = `${kind === 'all' ? '&' : '|'}${of.map(({ id }) => id).join(',')}`;
    const known = this.#formulas.get(key);
    if (known !== undefined) return known;
    const made: Junction = { kind, id: this.#count++, of };
    this.#formulas.set(key, made);
    return made;
  }

  /** One of the parts is the negation of another, or, in "all", two say different texts of one variable. */
  #excludesItself(kind: 'all' | 'any', parts: ReadonlyMap<number, Formula>): boolean {
    const texts = new Map<Variable, string>();
    for (const part of parts.values()) {
      if (part.kind !== 'is') {
        const negation = this.#negations.get(part.id);
        if (negation !== undefined && parts.has(negation.id)) return true;
        continue;
      }
      if (part.isNegated && parts.has(this.is(part.variable, part.text).id)) return true;
      // `x = a and x = b` is never true; `x ≠ a or x ≠ b` always is.
      if (part.isNegated !== (kind === 'any')) continue;
      const other = texts.get(part.variable);
      if (other !== undefined && other !== part.text) return true;
      texts.set(part.variable, part.text);
    }
    return false;
  }
}

/** The variables of a formula with the texts that they are compared with. */
export function textsOf(formula: Formula, into = new Map<Variable, Set<string>>()): Map<Variable, Set<string>> {
  collectTexts(formula, into, new Set());
  return into;
}

function collectTexts(formula: Formula, into: Map<Variable, Set<string>>, seen: Set<number>): void {
  if (formula.kind === 'constant' || seen.has(formula.id)) return;
  seen.add(formula.id);
  if (formula.kind === 'is') {
    const texts = into.get(formula.variable);
    if (texts === undefined) into.set(formula.variable, new Set([formula.text]));
    else texts.add(formula.text);
    return;
  }
  for (const one of formula.of) collectTexts(one, into, seen);
}

/** Why a formula is not decided: what its first variable lacks. */
export function causeOfFormula(formula: Formula): Cause {
  let first: Variable | undefined;
  for (const variable of textsOf(formula).keys()) {
    if (first === undefined || variable.index < first.index) first = variable;
  }
  return first?.cause ?? { reason: 'uncertain-existence' };
}
