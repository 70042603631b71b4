/** What a comparison may cost. */
export interface Limits {
  /** In steps; the usual number where nothing is said. */
  readonly maxSteps?: number | undefined;
}

/** Counts the steps of a comparison. */
export interface Budget {
  /** Throws `OUT_OF_BUDGET` when the steps are used up. */
  readonly spend: (steps: number) => void;
}

/** Thrown inside of a comparison, which then answers `unknown`. */
export const OUT_OF_BUDGET = Symbol('out of budget');

/** SAFETY: of a thousand pairs of AWS's own policies none needs more than 12,133. Steps and no clock, so that an answer is the same on every machine. */
const usualSteps = 400_000;

export function startBudget({ maxSteps = usualSteps }: Limits): Budget {
  let spent = 0;
  return {
    spend: (steps) => {
      spent += steps;
      if (spent > maxSteps) throw OUT_OF_BUDGET;
    },
  };
}
