import { type Statement, toDocument } from '../../iam/index.js';
import type { Principal } from '../principals.js';
import type { PolicyInForce } from '../request.js';
import {
  type ActionSet,
  allActions,
  differenceOf,
  holdsAll,
  intersectionOf,
  meets,
  NO_ACTIONS,
  unionOf,
} from './action-set.js';
import { areApart, type CompiledStatement, compileStatement } from './compile-statement.js';

/** What may still cut a row. */
export interface RowLimit {
  readonly kind: 'deny' | 'boundary' | 'scp';
  readonly policy: PolicyInForce;
  /** The Deny; undefined for what a policy leaves out. */
  readonly statement: Statement | undefined;
}

/** What a statement comes to within limits. */
export interface RowEffect {
  /** What it perhaps allows: without what is certainly denied on all resources, or in no gate. */
  readonly actions: ActionSet;
  readonly limits: readonly RowLimit[];
  /** `closed`: nothing of it is left. */
  readonly state: 'certain' | 'conditional' | 'unknown' | 'closed';
}

/** The limits of a principal; those that are equal are one object. */
export interface Limits {
  /** What is certainly denied on all resources, whatever the request. */
  readonly denied: ActionSet;
  /** Denies that hold for some resources or requests. */
  readonly denies: readonly { readonly compiled: CompiledStatement; readonly limit: RowLimit }[];
  readonly gates: readonly Gate[];
}

interface Gate {
  readonly kind: 'boundary' | 'scp';
  readonly policy: PolicyInForce;
  readonly possible: ActionSet;
  /** What it certainly lets through on all resources, whatever the request. */
  readonly whole: ActionSet;
}

const ids = new WeakMap<object, number>();
let lastId = 0;

function idOf(value: object): number {
  let id = ids.get(value);
  if (id === undefined) {
    lastId += 1;
    id = lastId;
    ids.set(value, id);
  }
  return id;
}

/** The limits of a principal: Denies of its policies, its boundary, its account's service control policies. */
export function toLimits(
  { identity, boundary }: Principal,
  scps: readonly (readonly PolicyInForce[])[],
  known: Map<string, Limits>,
): Limits {
  const denying = identity.filter(({ document }) =>
    toDocument(document).statements.some(({ isAllow }) => isAllow !== true),
  );
  const own = [...denying, ...(boundary === undefined ? [] : [boundary])];
  const keyOf = ({ document, perhaps }: PolicyInForce) => `${idOf(document)}${perhaps === undefined ? '' : '?'}`;
  const levels = scps.map((level) => level.map(keyOf).join(','));
  const key = [denying.map(keyOf).sort().join(','), boundary === undefined ? '' : keyOf(boundary), ...levels].join('|');
  let limits = known.get(key);
  if (limits === undefined) {
    limits = makeLimits([...own, ...scps.flat()], boundary, scps);
    known.set(key, limits);
  }
  return limits;
}

function makeLimits(
  policies: readonly PolicyInForce[],
  boundary: PolicyInForce | undefined,
  scps: readonly (readonly PolicyInForce[])[],
): Limits {
  const denied: ActionSet[] = [];
  const denies: Limits['denies'][number][] = [];
  for (const policy of policies) {
    for (const statement of toDocument(policy.document).statements) {
      if (statement.isAllow === true) continue;
      const compiled = compileStatement(statement);
      const isCertain = policy.perhaps === undefined && statement.isAllow === false && !statement.perhaps;
      if (isCertain && compiled.isOnAll && !compiled.hasConditions) denied.push(compiled.certain);
      denies.push({ compiled, limit: { kind: 'deny', policy, statement } });
    }
  }
  return {
    denied: unionOf(denied),
    denies,
    gates: [
      ...(boundary === undefined ? [] : [toGate('boundary', [boundary], boundary)]),
      ...scps.flatMap((level) => (level[0] === undefined ? [] : [toGate('scp', level, level[0])])),
    ],
  };
}

/** A level: one of its policies has to allow. */
function toGate(kind: Gate['kind'], policies: readonly PolicyInForce[], policy: PolicyInForce): Gate {
  const possible: ActionSet[] = [];
  const whole: ActionSet[] = [];
  for (const { document, perhaps } of policies) {
    const { statements, isOpen } = toDocument(document);
    // A boundary that is perhaps not there lets everything through.
    if (isOpen || (perhaps !== undefined && kind === 'boundary')) possible.push(allActions());
    for (const statement of statements) {
      if (statement.isAllow === false) continue;
      const compiled = compileStatement(statement);
      possible.push(compiled.possible);
      const isCertain = statement.isAllow === true && !statement.perhaps && perhaps === undefined;
      if (isCertain && compiled.isOnAll && !compiled.hasConditions) whole.push(compiled.certain);
    }
  }
  return { kind, policy, possible: unionOf(possible), whole: unionOf(whole) };
}

/** What is left of an Allow. */
export function effectOf(compiled: CompiledStatement, { denied, denies, gates }: Limits): RowEffect {
  let actions = differenceOf(compiled.possible, denied);
  for (const { possible } of gates) actions = intersectionOf(actions, possible);
  if (actions.size === 0 && compiled.possible.size > 0) return { actions: NO_ACTIONS, limits: [], state: 'closed' };
  const limits: RowLimit[] = denies
    .filter(({ compiled: deny }) => meets(deny.possible, actions) && !areApart(deny, compiled))
    .map(({ limit }) => limit);
  for (const { kind, policy, whole } of gates)
    if (!holdsAll(whole, actions)) limits.push({ kind, policy, statement: undefined });
  const isConditional = compiled.hasConditions || limits.length > 0;
  return { actions, limits, state: !compiled.isKnown ? 'unknown' : isConditional ? 'conditional' : 'certain' };
}
