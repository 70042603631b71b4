/** What a comparison may cost. */
export interface Limits {
  /** The clock, in milliseconds; without it only steps count. */
  readonly now?: (() => number) | undefined;
  /** 1,000 where nothing is said. */
  readonly budgetMs?: number | undefined;
}

/** Counts the steps of a comparison. */
export interface Budget {
  /** Throws `OUT_OF_BUDGET` when the time or the steps are used up. */
  readonly spend: (steps: number) => void;
}

/** Thrown inside of a comparison, which then answers `unknown`. */
export const OUT_OF_BUDGET = Symbol('out of budget');

/** SAFETY: without a clock; some seconds. */
const maxSteps = 50_000_000;
/** How often the clock is read. */
const stepsPerLook = 256;

export function startBudget({ now, budgetMs = 1000 }: Limits): Budget {
  const deadline = now === undefined ? Number.POSITIVE_INFINITY : now() + budgetMs;
  let spent = 0;
  let nextLook = 0;
  return {
    spend: (steps) => {
      spent += steps;
      if (spent < nextLook) return;
      nextLook = spent + stepsPerLook;
      if (spent > maxSteps || (now !== undefined && now() > deadline)) throw OUT_OF_BUDGET;
    },
  };
}
