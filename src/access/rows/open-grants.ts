import { plainText, type Statement, toDocument } from '../../iam/index.js';
import type { Resource, ResourceGraph, ResourceKey } from '../../model/resource.js';
import { isPrincipalType } from '../names.js';
import { organizationRulesOf } from '../organization.js';
import { type Principal, principalOf } from '../principals.js';
import type { PolicyInForce } from '../request.js';
import type { AccessSources } from '../stated-world.js';
import { namedResources, type World } from '../world.js';
import { FULL_ACCESS, writtenGates } from '../written-controls.js';
import { hasAction } from './action-set.js';
import { type CompiledStatement, compileStatement } from './compile-statement.js';
import { effectOf, type Limits, type RowEffect, toLimits } from './row-effect.js';

/** An Allow of a principal, as far as its limits leave something of it. Decisions on one request are `decide`'s. */
export interface GrantRow extends RowEffect {
  readonly compiled: CompiledStatement;
  readonly statement: Statement;
  readonly policy: PolicyInForce;
}

/** The effective grants of the users and roles of a graph. */
export interface Grants {
  readonly world: World;
  /** By root and address. */
  readonly principals: readonly Resource[];
  readonly principalOf: (resource: Resource) => Principal;
  /** What policies of the principal that are not known may hold: their names. */
  readonly unknownOf: (resource: Resource) => readonly string[];
  readonly rowsOf: (resource: Resource) => readonly GrantRow[];
  /** The same of a principal that is not as it is in the graph: not remembered. */
  readonly rowsBy: (principal: Principal) => readonly GrantRow[];
  /**
   * Whether some row allows the action on some resource: `certain` on every resource, whatever the request; `perhaps` for all
   * that conditions, limits, resources or unknown parts decide, and actions that the catalogue does not have.
   */
  readonly mayAct: (resource: Resource, action: string) => 'certain' | 'perhaps' | 'no';
}

/** The effective grants of all users and roles, made when they are asked for. */
export function openGrants(sources: AccessSources): Grants {
  return grantsIn({ ...sources, bindings: new Map() });
}

const known = new WeakMap<ResourceGraph, Grants>();

/** The effective grants in a world, in which something may be stated; where nothing is, those of a graph are made once. */
export function grantsIn(world: World): Grants {
  const { graph, facts, roots, bindings } = world;
  if (bindings.size > 0) return makeGrants(world);
  const before = known.get(graph);
  if (before?.world.facts === facts && before.world.roots === roots) return before;
  const made = makeGrants(world);
  known.set(graph, made);
  return made;
}

function makeGrants(world: World): Grants {
  const principals = namedResources(world).filter(isPrincipalType);
  const made = new Map<ResourceKey, Principal>();
  const principal = (resource: Resource) => remembered(made, resource.key, () => principalOf(world, resource));
  const rows = new Map<ResourceKey, readonly GrantRow[]>();
  const toRows = openRows(world);
  const rowsOf = (resource: Resource) => remembered(rows, resource.key, () => toRows(principal(resource)));
  const unknownOf = (resource: Resource) => unknownPolicies(principal(resource));
  return {
    world,
    principals,
    principalOf: principal,
    unknownOf,
    rowsOf,
    rowsBy: toRows,
    mayAct: (resource, action) => mayActBy(rowsOf(resource), unknownOf(resource), action),
  };
}

function remembered<T>(known: Map<ResourceKey, T>, key: ResourceKey, make: () => T): T {
  const found = known.get(key);
  if (found !== undefined) return found;
  const value = make();
  known.set(key, value);
  return value;
}

/** Rows of principals of a world: what a statement comes to within the same limits is found once. */
function openRows(world: World): (principal: Principal) => readonly GrantRow[] {
  const limitsByKey = new Map<string, Limits>();
  const effects = new Map<Limits, Map<Statement, RowEffect>>();
  return (principal) => {
    const limits = toLimits(principal, scpsOf(world, principal), limitsByKey);
    let known = effects.get(limits);
    if (known === undefined) {
      known = new Map();
      effects.set(limits, known);
    }
    const rows: GrantRow[] = [];
    for (const policy of principal.identity) {
      for (const statement of toDocument(policy.document).statements) {
        if (statement.isAllow === false) continue;
        const compiled = compileStatement(statement);
        let effect = known.get(statement);
        if (effect === undefined) {
          effect = effectOf(compiled, limits);
          known.set(statement, effect);
        }
        const state = policy.perhaps === undefined || effect.state === 'closed' ? effect.state : 'unknown';
        rows.push({ ...effect, state, compiled, statement, policy });
      }
    }
    return rows;
  };
}

/** The levels of control policies that are all known; what was not seen of them closes nothing. */
function scpsOf(world: World, { caller }: Principal): readonly (readonly PolicyInForce[])[] {
  if (!('account' in caller) || (caller.kind === 'role-session' && caller.isServiceLinked)) return [];
  const rules = organizationRulesOf(world, caller.account);
  const seen = rules.isManagementAccount || rules.scp.unseen !== undefined ? [] : rules.scp.levels;
  const written = writtenGates(world, caller.account, 'SERVICE_CONTROL_POLICY').map(({ policies, others }) => [
    ...policies,
    ...(others === undefined ? [FULL_ACCESS] : [{ ...FULL_ACCESS, perhaps: others }]),
  ]);
  return written.length === 0 ? seen : [...seen, ...written];
}

function unknownPolicies({ identity }: Principal): readonly string[] {
  return identity
    .filter(({ document }) => toDocument(document).isOpen)
    .map(({ name, document }) => name ?? document.kind);
}

function mayActBy(rows: readonly GrantRow[], unknown: readonly string[], action: string): 'certain' | 'perhaps' | 'no' {
  let may: 'perhaps' | 'no' = unknown.length > 0 ? 'perhaps' : 'no';
  for (const { actions, state, compiled } of rows) {
    const isIn = state === 'closed' ? false : hasAction(actions, action);
    if (isIn === false) continue;
    if (isIn === true && state === 'certain' && compiled.isOnAll) return 'certain';
    may = 'perhaps';
  }
  return may;
}

/** The resources of a row as they are written, where they are wholly known; undefined for others, and for all but some. */
export function resourcesOfRow({ statement }: GrantRow): readonly string[] | undefined {
  const { resources, notResources } = statement;
  if (notResources !== undefined || resources === undefined || resources.rest !== undefined) return undefined;
  const texts = resources.elements.map(({ options, perhaps }) => {
    const [template, ...others] = options;
    if (template === undefined || others.length > 0 || perhaps !== undefined || template.hasVariables) return undefined;
    return plainText(template.tokens.filter((token) => typeof token === 'number' || 'identity' in token));
  });
  return texts.every((text) => text !== undefined) ? texts : undefined;
}
