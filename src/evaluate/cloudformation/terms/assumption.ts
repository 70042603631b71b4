import { FALSE, type Formula, type Logic, TRUE, textsOf, type Variable } from './formula.js';

/** What is assumed of one variable: the texts that are left, or those that it is not. */
type Fact =
  | { readonly kind: 'only'; readonly texts: readonly string[] }
  | { readonly kind: 'not'; readonly texts: ReadonlySet<string> };

/** SAFETY: how many rows of a truth table are tried before a formula stays undecided. */
const maxRows = 512;
/** Stands for every text that no formula names. */
const OTHER = Symbol('other');

type Row = ReadonlyMap<Variable, string | typeof OTHER>;

/**
 * A set of conditions taken as true: inside a branch of `Fn::If`, in a resource with a condition. Immutable; equal sets
 * that were reached from one set are one object.
 */
export class Assumption {
  readonly #logic: Logic;
  readonly #facts: ReadonlyMap<Variable, Fact>;
  /** What is assumed and says nothing of one variable alone. */
  readonly #residual: readonly Formula[];
  readonly #interned: Map<string, Assumption>;
  readonly #decided = new Map<number, boolean | undefined>();
  readonly #assumed = new Map<number, Assumption | undefined>();

  private constructor(
    logic: Logic,
    facts: ReadonlyMap<Variable, Fact>,
    residual: readonly Formula[],
    interned: Map<string, Assumption>,
  ) {
    this.#logic = logic;
    this.#facts = facts;
    this.#residual = residual;
    this.#interned = interned;
  }

  /** Nothing is assumed. */
  static nothing(logic: Logic): Assumption {
    return new Assumption(logic, new Map(), [], new Map());
  }

  get logic(): Logic {
    return this.#logic;
  }

  /** The texts that a variable can still be; undefined where there may be others. */
  textsLeft(variable: Variable): readonly string[] | undefined {
    const fact = this.#facts.get(variable);
    return fact?.kind === 'only' ? fact.texts : variable.domain;
  }

  /** Whether the formula holds in every case, in none, or that depends. */
  decide(formula: Formula): boolean | undefined {
    if (formula.kind === 'constant') return formula.value;
    if (this.#decided.has(formula.id)) return this.#decided.get(formula.id);
    const answer = this.#decide(this.#simplify(formula, this.#facts));
    this.#decided.set(formula.id, answer);
    return answer;
  }

  #decide(simple: Formula): boolean | undefined {
    if (simple.kind === 'constant') return simple.value;
    if (simple.kind === 'is' && this.#residual.length === 0) return undefined;
    let sawTrue = false;
    let sawFalse = false;
    const rows = this.#rows([simple, ...this.#residual]);
    if (rows === undefined) return undefined;
    for (const row of rows) {
      if (!this.#residual.every((one) => holds(one, row, new Map()))) continue;
      if (holds(simple, row, new Map())) sawTrue = true;
      else sawFalse = true;
      if (sawTrue && sawFalse) return undefined;
    }
    return sawTrue || sawFalse ? sawTrue : undefined;
  }

  /** With the formula assumed as well; undefined where that cannot be. */
  assume(formula: Formula): Assumption | undefined {
    if (formula.kind === 'constant') return formula.value ? this : undefined;
    if (this.#assumed.has(formula.id)) return this.#assumed.get(formula.id);
    const assumed = this.#assume(formula);
    this.#assumed.set(formula.id, assumed);
    return assumed;
  }

  #assume(formula: Formula): Assumption | undefined {
    const facts = new Map(this.#facts);
    let residual: readonly Formula[] = this.#residual;
    let pending: readonly Formula[] = [formula];
    while (pending.length > 0) {
      const parts = pending.flatMap(conjuncts);
      for (const part of parts) if (!learn(part, facts)) return undefined;
      const open = [...residual, ...parts.filter((part) => !isFactual(part))].flatMap((one) =>
        conjuncts(this.#simplify(one, facts)),
      );
      if (open.includes(FALSE)) return undefined;
      pending = open.filter(isFactual);
      residual = [...new Set(open)].filter((one) => one.kind !== 'constant' && !isFactual(one));
    }
    return this.#intern(facts, residual);
  }

  #intern(facts: ReadonlyMap<Variable, Fact>, residual: readonly Formula[]): Assumption | undefined {
    const said = [...facts]
      .sort(([a], [b]) => a.index - b.index)
      .map(([{ index }, { kind, texts }]) => `${index}${kind}${JSON.stringify([...texts].sort())}`);
    const others = residual.map(({ id }) => id).sort((a, b) => a - b);
    const key = `${said.join(';')}|${others.join(',')}`;
    const known = this.#interned.get(key);
    if (known !== undefined) return known;
    const made = new Assumption(this.#logic, facts, residual, this.#interned);
    if (residual.length > 0 && made.#isContradictory()) return undefined;
    this.#interned.set(key, made);
    return made;
  }

  #isContradictory(): boolean {
    const rows = this.#rows(this.#residual);
    if (rows === undefined) return false;
    for (const row of rows) if (this.#residual.every((one) => holds(one, row, new Map()))) return false;
    return true;
  }

  #simplify(formula: Formula, facts: ReadonlyMap<Variable, Fact>): Formula {
    return facts.size === 0 ? formula : simplify(formula, facts, this.#logic);
  }

  /** Every way in which the variables can turn out, as far as the formulas can tell; undefined where those are too many. */
  #rows(formulas: readonly Formula[]): Iterable<Row> | undefined {
    const texts = new Map<Variable, Set<string>>();
    for (const formula of formulas) textsOf(formula, texts);
    const choices: [Variable, readonly (string | typeof OTHER)[]][] = [];
    let count = 1;
    for (const [variable, mentioned] of texts) {
      const options = this.#options(variable, mentioned);
      count *= options.length;
      if (count > maxRows) return undefined;
      choices.push([variable, options]);
    }
    return product(choices, 0, new Map());
  }

  #options(variable: Variable, mentioned: ReadonlySet<string>): readonly (string | typeof OTHER)[] {
    const left = this.textsLeft(variable);
    if (left !== undefined) {
      const named = left.filter((text) => mentioned.has(text));
      return named.length === left.length ? named : [...named, OTHER];
    }
    const excluded = this.#facts.get(variable)?.texts;
    const named = [...mentioned].filter((text) => !(excluded instanceof Set && excluded.has(text)));
    return [...named, OTHER];
  }
}

function* product(
  choices: readonly [Variable, readonly (string | typeof OTHER)[]][],
  at: number,
  row: Map<Variable, string | typeof OTHER>,
): Generator<Row> {
  const choice = choices[at];
  if (choice === undefined) {
    yield row;
    return;
  }
  const [variable, options] = choice;
  for (const option of options) {
    row.set(variable, option);
    yield* product(choices, at + 1, row);
  }
}

function holds(formula: Formula, row: Row, known: Map<number, boolean>): boolean {
  if (formula.kind === 'constant') return formula.value;
  if (formula.kind === 'is') return (row.get(formula.variable) === formula.text) !== formula.isNegated;
  const before = known.get(formula.id);
  if (before !== undefined) return before;
  const answer =
    formula.kind === 'all'
      ? formula.of.every((one) => holds(one, row, known))
      : formula.of.some((one) => holds(one, row, known));
  known.set(formula.id, answer);
  return answer;
}

function simplify(
  formula: Formula,
  facts: ReadonlyMap<Variable, Fact>,
  logic: Logic,
  known = new Map<number, Formula>(),
): Formula {
  if (formula.kind === 'constant') return formula;
  if (formula.kind === 'is') {
    const isTrue = compareWith(facts.get(formula.variable), formula.text);
    if (isTrue === undefined) return formula;
    return isTrue !== formula.isNegated ? TRUE : FALSE;
  }
  const before = known.get(formula.id);
  if (before !== undefined) return before;
  const of = formula.of.map((one) => simplify(one, facts, logic, known));
  const simple = formula.kind === 'all' ? logic.all(of) : logic.any(of);
  known.set(formula.id, simple);
  return simple;
}

function compareWith(fact: Fact | undefined, text: string): boolean | undefined {
  if (fact === undefined) return undefined;
  if (fact.kind === 'not') return fact.texts.has(text) ? false : undefined;
  if (!fact.texts.includes(text)) return false;
  return fact.texts.length === 1 ? true : undefined;
}

function conjuncts(formula: Formula): readonly Formula[] {
  return formula.kind === 'all' ? formula.of : [formula];
}

/** Whether the formula says something of one variable alone. */
function isFactual(formula: Formula): boolean {
  return formula.kind === 'is' || (formula.kind === 'any' && oneOf(formula.of) !== undefined);
}

/** `x = a or x = b`: the variable and the texts. */
function oneOf(formulas: readonly Formula[]): { variable: Variable; texts: string[] } | undefined {
  const texts: string[] = [];
  let variable: Variable | undefined;
  for (const one of formulas) {
    if (one.kind !== 'is' || one.isNegated || (variable !== undefined && variable !== one.variable)) return undefined;
    variable = one.variable;
    texts.push(one.text);
  }
  return variable === undefined ? undefined : { variable, texts };
}

/** Adds to the facts what the formula says of one variable. False where that cannot be. */
function learn(formula: Formula, facts: Map<Variable, Fact>): boolean {
  if (formula.kind === 'constant') return formula.value;
  if (formula.kind === 'is') {
    return formula.isNegated
      ? exclude(formula.variable, formula.text, facts)
      : narrow(formula.variable, [formula.text], facts);
  }
  const said = formula.kind === 'any' ? oneOf(formula.of) : undefined;
  return said === undefined || narrow(said.variable, said.texts, facts);
}

function narrow(variable: Variable, texts: readonly string[], facts: Map<Variable, Fact>): boolean {
  const fact = facts.get(variable);
  const left = texts.filter((text) =>
    fact === undefined
      ? variable.domain?.includes(text) !== false
      : fact.kind === 'only'
        ? fact.texts.includes(text)
        : !fact.texts.has(text),
  );
  if (left.length === 0) return false;
  facts.set(variable, { kind: 'only', texts: left });
  return true;
}

function exclude(variable: Variable, text: string, facts: Map<Variable, Fact>): boolean {
  const fact = facts.get(variable);
  const before = fact?.kind === 'only' ? fact.texts : variable.domain;
  if (before === undefined) {
    const texts = fact?.kind === 'not' ? new Set(fact.texts).add(text) : new Set([text]);
    facts.set(variable, { kind: 'not', texts });
    return true;
  }
  const left = before.filter((one) => one !== text);
  if (left.length === 0) return false;
  facts.set(variable, { kind: 'only', texts: left });
  return true;
}
