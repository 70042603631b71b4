import type { Caller } from '../../iam/index.js';
import type { PolicyInForce } from '../request.js';
import type { Whose } from './caller-facts.js';

/** All policies of one side that decide together. */
export interface Side {
  /** One of their statements has to allow. */
  readonly grants: readonly PolicyInForce[];
  /** What has to allow too, by name: `boundary`. What is not here limits nothing. */
  readonly limits: ReadonlyMap<string, readonly PolicyInForce[]>;
  /** Who calls, where the policies are of a resource and name principals. */
  readonly asker?: Asker | undefined;
  /** Whose requests are meant: what it is decides some keys. */
  readonly whose?: Whose | undefined;
}

/** By what an Allow has to name a caller: what names the account, or the role, does not name the session itself. */
export type NamedBy = 'account' | 'role' | 'direct';

/** Who calls, and by what an Allow has to name it. */
export interface Asker {
  readonly caller: Caller;
  readonly by: NamedBy;
}

/** A part of both sides that has to allow: the grants, or a limit of one name. */
export interface Factor {
  readonly old: readonly PolicyInForce[] | undefined;
  readonly new: readonly PolicyInForce[] | undefined;
}

export function factorsOf(before: Side, after: Side): Factor[] {
  const names = [...new Set([...before.limits.keys(), ...after.limits.keys()])].sort();
  return [
    { old: before.grants, new: after.grants },
    ...names.map((name) => ({ old: before.limits.get(name), new: after.limits.get(name) })),
  ];
}

/** The documents of both sides. */
export function policiesOf(factors: readonly Factor[]): PolicyInForce[] {
  return factors.flatMap((factor) => [...(factor.old ?? []), ...(factor.new ?? [])]);
}
