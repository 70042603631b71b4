import type { Existence } from '../../../model/raw-resource.js';
import { CERTAIN } from '../../../model/raw-resource.js';
import type { Formula } from '../terms/formula.js';
import type { World } from './world.js';

/** SAFETY: of more different conditions it is not asked which implies which. */
const maxConditions = 40;

/** The conditions under which the resources of one root exist, and which of them implies which. */
export class Implications {
  readonly #formulas = new Map<Formula, string[]>();

  constructor(
    private readonly world: World,
    private readonly root: string,
  ) {}

  /** The existence of what is there where the formula holds; `subject` names what is missing to decide it. */
  existenceOf(formula: Formula, subject: string | undefined): Existence {
    if (this.world.nothing.decide(formula) === true) return CERTAIN;
    const implies = this.#formulas.get(formula) ?? [];
    this.#formulas.set(formula, implies);
    return { kind: 'unknown', reason: 'uncertain-existence', subject, condition: this.#nameOf(formula), implies };
  }

  /** Fills in what implies what, once all conditions are known. */
  finish(): void {
    if (this.#formulas.size > maxConditions) return;
    for (const [formula, implies] of this.#formulas) {
      const assumed = this.world.nothing.assume(formula);
      for (const other of this.#formulas.keys()) {
        if (other !== formula && assumed?.decide(other) === true) implies.push(this.#nameOf(other));
      }
    }
  }

  #nameOf({ id }: Formula): string {
    return `${this.root}#${id}`;
  }
}
