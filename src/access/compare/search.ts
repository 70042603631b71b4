import type { Signed } from './literals.js';
import type { Solution } from './solution.js';
import { type Setting, solve } from './solve.js';

/** Literals that are demanded together. */
export type Conjunction = readonly Signed[];

/** One of several conjunctions has to hold. */
export type Clause = readonly Conjunction[];

/** What has to hold together: all literals, and of each clause one alternative. */
export interface Problem {
  readonly base: Conjunction;
  readonly clauses: readonly Clause[];
}

/** Literals by their spaces, with a value of each space that meets them. */
export interface Assignment {
  readonly spaces: ReadonlyMap<string, Assigned>;
}

interface Assigned {
  readonly literals: readonly Signed[];
  readonly solution: Solution;
}

/** Solutions of sets of literals, found once. */
export type Memory = Map<string, Solution | null>;

interface Search {
  readonly setting: Setting;
  readonly memory: Memory;
  /** What has to hold besides between what was assigned. */
  readonly related: (assignment: Assignment) => readonly Clause[];
  /** Told of assignments that only `related` excludes. */
  readonly onExcluded: (clauses: readonly Clause[]) => void;
  /** Told each way to meet all; true ends the search. */
  readonly onFound: (assignment: Assignment) => boolean;
}

const NOTHING: Assignment = { spaces: new Map() };

/**
 * Tries every way to meet a problem, the shortest clauses first; a literal is tested against those of its own space when
 * it is added. True if the search was ended.
 */
export function search({ base, clauses }: Problem, of: Search): boolean {
  const assignment = addAll(NOTHING, base, of);
  return assignment !== undefined && descend(assignment, clauses, of);
}

function descend(given: Assignment, clauses: readonly Clause[], of: Search): boolean {
  of.setting.budget.spend(1 + clauses.length);
  const narrowed = narrow(given, clauses, of);
  if (narrowed === undefined) return false;
  const { assignment, open } = narrowed;
  const [shortest, ...others] = [...open].sort((some, other) => some.length - other.length);
  if (shortest === undefined) return meetRelated(assignment, of);
  let rest = assignment;
  for (const alternative of shortest) {
    const next = addAll(rest, alternative, of);
    if (next !== undefined && descend(next, others, of)) return true;
    // The ways in which it holds have all been tried.
    const [only, ...more] = alternative;
    const without = only === undefined || more.length > 0 ? rest : addAll(rest, [{ ...only, isMet: !only.isMet }], of);
    if (without === undefined) return false;
    rest = without;
  }
  return false;
}

/** All clauses are met; what has to hold between the values is left. */
function meetRelated(assignment: Assignment, of: Search): boolean {
  const clauses = of.related(assignment);
  if (clauses.length === 0) return of.onFound(assignment);
  let isFound = false;
  const isEnded = descend(assignment, clauses, {
    ...of,
    related: () => [],
    onFound: (found) => {
      isFound = true;
      return of.onFound(found);
    },
  });
  if (!isFound) of.onExcluded(clauses);
  return isEnded;
}

/** Drops alternatives that cannot hold and clauses that hold already; what is left with one alternative is demanded. */
function narrow(
  given: Assignment,
  clauses: readonly Clause[],
  of: Search,
): { readonly assignment: Assignment; readonly open: readonly Clause[] } | undefined {
  let assignment = given;
  let open = clauses;
  for (let isChanged = true; isChanged; ) {
    isChanged = false;
    const left: Clause[] = [];
    for (const clause of open) {
      if (clause.some((alternative) => alternative.every((signed) => isImplied(assignment, signed)))) continue;
      const possible = clause.filter((alternative) => addAll(assignment, alternative, of) !== undefined);
      const [first, ...more] = possible;
      if (first === undefined) return undefined;
      if (more.length > 0) {
        left.push(possible);
        continue;
      }
      const added = addAll(assignment, first, of);
      if (added === undefined) return undefined;
      assignment = added;
      isChanged = true;
    }
    open = left;
  }
  return { assignment, open };
}

function isImplied({ spaces }: Assignment, signed: Signed): boolean {
  const assigned = spaces.get(spaceOf(signed));
  return assigned?.literals.some(({ literal, isMet }) => literal === signed.literal && isMet === signed.isMet) === true;
}

function spaceOf({ literal: { space } }: Signed): string {
  return `${space.kind} ${space.name}`;
}

/** Undefined where they contradict what is assigned. */
function addAll(given: Assignment, literals: Conjunction, of: Search): Assignment | undefined {
  let spaces: Map<string, Assigned> | undefined;
  for (const signed of literals) {
    const name = spaceOf(signed);
    const assigned = (spaces ?? given.spaces).get(name);
    const before = assigned?.literals ?? [];
    const same = before.find(({ literal }) => literal === signed.literal);
    if (same !== undefined) {
      if (same.isMet !== signed.isMet) return undefined;
      continue;
    }
    const together = [...before, signed].sort((some, other) => some.literal.id - other.literal.id);
    const solution = solveOnce(together, of);
    if (solution === null) return undefined;
    spaces ??= new Map(given.spaces);
    spaces.set(name, { literals: together, solution });
  }
  return spaces === undefined ? given : { spaces };
}

function solveOnce(literals: readonly Signed[], { setting, memory }: Search): Solution | null {
  const key = literals.map(({ literal, isMet }) => (isMet ? literal.id : ~literal.id)).join();
  let solution = memory.get(key);
  if (solution === undefined) {
    setting.budget.spend(4);
    solution = solve(literals, setting) ?? null;
    memory.set(key, solution);
  }
  return solution;
}
