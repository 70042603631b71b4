import type { CarriedGrants, CarriedUse } from '../../findings/escalation.js';
import { fieldOf, type Statement, toDocument } from '../../iam/index.js';
import type { Resource } from '../../model/resource.js';
import type { Value } from '../../model/value.js';
import { shownPrincipals } from '../grants.js';
import { locationOf, sidOf } from '../places.js';
import { toDocumentJson } from '../right-size/document-json.js';
import { hasAction } from '../rows/action-set.js';
import { compileStatement } from '../rows/compile-statement.js';
import type { GrantRow, Grants } from '../rows/open-grants.js';
import { shownList } from '../shown-text.js';
import type { Usage, Use } from '../usage/usage.js';
import { arnTextOf, attributeOf } from '../world.js';
import { plainOf, type Terrain } from './terrain.js';

/** What goes with a statement that is removed. */
export interface Removal {
  readonly carries: CarriedGrants;
  /** The policy without it, as IAM's JSON; null where nothing else is in it. */
  readonly document: string | null;
}

/**
 * What is lost with a statement, of policies of users and roles or of a role's trust policy: whom it lets do what, and, where logs tell,
 * what of it was used. A use that another statement of the principal may allow too does not need it for certain.
 */
export function removalOf(terrain: Terrain, source: Value, usage: Usage | undefined): Removal | undefined {
  const { grants, roles } = terrain;
  const holders = grants.principals.flatMap((resource) => {
    const rows = grants.rowsOf(resource);
    const own = rows.filter(({ statement, policy }) =>
      policy.attachedBy === undefined ? isSame(statement.source, source) : policy.attachedBy === source,
    );
    return own.length === 0 ? [] : [{ resource, rows, own }];
  });
  const [holder] = holders;
  if (holder?.own[0]?.policy.attachedBy !== undefined) return detachmentOf(grants, holders, usage);
  if (holder !== undefined) {
    const used = usage === undefined ? null : holders.flatMap((one) => usesOf(grants, one, usage));
    return {
      carries: { ...written(source), principals: holders.map(({ resource }) => resource.address), used },
      document: without(holder.own[0]?.policy.document, source),
    };
  }
  const trusting = roles.flatMap((role) => {
    const statements = trustStatements(terrain, role);
    return statements.some((one) => isSame(one.source, source)) ? [{ role, statements }] : [];
  });
  return trusting.length === 0 ? undefined : removalOfTrust(terrain, trusting, source, usage);
}

/** A policy of AWS goes as a whole, from whom that one attachment gives it to. */
function detachmentOf(grants: Grants, holders: readonly Holder[], usage: Usage | undefined): Removal {
  const all = [...new Set(holders[0]?.own.map(({ statement }) => statement.source))].map(written);
  const used = usage === undefined ? null : holders.flatMap((one) => usesOf(grants, one, usage));
  return {
    carries: {
      principals: holders.map(({ resource }) => resource.address),
      actions: [...new Set(all.flatMap(({ actions }) => actions))],
      resources: [...new Set(all.flatMap(({ resources }) => resources))],
      used,
    },
    document: null,
  };
}

/** What is written once may stand for the statements of several, and a block of it for statements of several ids. */
function isSame(some: Value, other: Value): boolean {
  if (some === other) return true;
  if (sidOf(some) !== sidOf(other)) return false;
  const [own, one] = [locationOf(some), locationOf(other)];
  return own !== null && one !== null && own.file === one.file && own.start === one.start;
}

function written(source: Value): Pick<CarriedGrants, 'actions' | 'resources'> {
  const list = (field: 'actions' | 'not_actions' | 'resources' | 'not_resources') => shownList(fieldOf(source, field));
  const except = (texts: readonly string[]) => (texts.length === 0 ? [] : [`all but ${texts.join(', ')}`]);
  return {
    actions: [...list('actions'), ...except(list('not_actions'))],
    resources: [...list('resources'), ...except(list('not_resources'))],
  };
}

interface Holder {
  readonly resource: Resource;
  readonly rows: readonly GrantRow[];
  readonly own: readonly GrantRow[];
}

function usesOf({ world }: Grants, { resource, rows, own }: Holder, usage: Usage): CarriedUse[] {
  const arn = plainOf(arnTextOf(world, resource));
  const others = rows.filter((row) => !own.includes(row));
  const may = (some: readonly GrantRow[], action: string) =>
    some.some(({ statement }) => hasAction(compileStatement(statement).possible, action) !== false);
  const uses = usage.uses.filter(
    ({ principal, action, state }) => principal === arn && state !== 'denied' && may(own, action),
  );
  return byAction(uses).map((use) => ({ ...toCarried(use, resource.address), isOnlyBy: !may(others, use.action) }));
}

/** The newest of each action. */
function byAction(uses: readonly Use[]): Use[] {
  const newest = new Map<string, Use>();
  for (const use of uses) {
    const known = newest.get(use.action);
    if (known === undefined || known.last < use.last) newest.set(use.action, use);
  }
  return [...newest.values()].sort((some, other) => (some.action < other.action ? -1 : 1));
}

function toCarried({ action, last, eventIds }: Use, principal: string): Omit<CarriedUse, 'isOnlyBy'> {
  return { principal, action, last, eventIds };
}

function trustStatements({ world }: Terrain, role: Resource): readonly Statement[] {
  const document = attributeOf(world, role, 'assume_role_policy');
  return document === undefined ? [] : toDocument(document).statements;
}

/** Who took a role on is named in the events of whoever did. */
function removalOfTrust(
  terrain: Terrain,
  roles: readonly { readonly role: Resource; readonly statements: readonly Statement[] }[],
  source: Value,
  usage: Usage | undefined,
): Removal {
  const each = roles.map(({ role, statements }) => {
    const arn = plainOf(arnTextOf(terrain.world, role));
    const isOnlyBy = statements.filter(({ isAllow }) => isAllow !== false).length === 1;
    return {
      principals: statements.flatMap((one) => (isSame(one.source, source) ? shownPrincipals(one.source) : [])),
      used: (usage?.uses ?? [])
        .filter(
          ({ action, resource, state }) => action.startsWith('sts:Assume') && resource === arn && state !== 'denied',
        )
        .map((use) => ({ ...toCarried(use, use.principal), isOnlyBy })),
    };
  });
  return {
    carries: {
      ...written(source),
      resources: roles.map(({ role }) => role.address),
      principals: [...new Set(each.flatMap(({ principals }) => principals))],
      used: usage === undefined ? null : each.flatMap(({ used }) => used),
    },
    // Whom a trust policy names is written by its own words: it is edited where it stands.
    document: null,
  };
}

function without(document: Value | undefined, source: Value): string | null {
  if (document === undefined) return null;
  const left = toDocument(document).statements.filter((one) => !isSame(one.source, source));
  if (left.length === 0 || toDocument(document).isOpen) return null;
  const kept = left.map((one) => ({ source: { value: one.source }, part: undefined, sid: null, value: one.source }));
  const { json, hasUnknown } = toDocumentJson(document, kept);
  return hasUnknown ? null : JSON.stringify(json, null, 2);
}
