import { type Cause, type Statement, textOf, toDocument } from '../../iam/index.js';
import type { Resource } from '../../model/resource.js';
import { decide } from '../decide.js';
import { findAction, toRequest } from '../to-request.js';
import { arnTextOf, asText, attributeOf } from '../world.js';
import { firstUnseen, targetOf } from './prerequisites.js';
import { referredIn, plainOf as urlOf } from './references.js';
import type { Prerequisite, RequestContext, Target } from './technique.js';
import { declared, notSeen, plainOf, type Terrain, thingLike, thingOf } from './terrain.js';

/**
 * Roles that trust an OpenID Connect provider of the graph whatever the audience of a token: the provider's own list decides.
 */
export function providersForAnyAudience(terrain: Terrain): Prerequisite {
  const { world } = terrain;
  const targets = terrain.ofType('aws_iam_openid_connect_provider').flatMap((provider) => {
    const arn = plainOf(arnTextOf(world, provider));
    return terrain.roles.flatMap((role): Target[] => {
      const document = attributeOf(world, role, 'assume_role_policy');
      const statements = document === undefined ? [] : toDocument(document).statements;
      const isOpen = statements.some(
        ({ isAllow, principals, conditions, areConditionsOpen }) =>
          isAllow !== false &&
          !areConditionsOpen &&
          !conditions.some(({ condition: { key } }) => key === undefined || key.endsWith(':aud')) &&
          (principals?.groups ?? []).some(({ identifiers }) =>
            identifiers.elements.some(
              ({ value }) =>
                referredIn(terrain, value, provider.type).includes(provider) ||
                (arn !== undefined && plainOf(asText(value)) === arn),
            ),
          ),
      );
      if (!isOpen) return [];
      const facts = [declared(role, `${role.address} trusts ${provider.address} for any audience`)];
      const causes = [notSeen(`for whom ${provider.address} issues tokens`)];
      const host = urlOf(attributeOf(world, provider, 'url'))?.replace(/^https:\/\//, '');
      const own = `arn:{partition}:iam::{account}:oidc-provider/${host ?? '{url}'}`;
      return [targetOf(role, { provider: thingLike(terrain, provider, own) }, { facts, causes })];
    });
  });
  return { targets, unseen: firstUnseen(terrain, ['aws_iam_openid_connect_provider']) };
}

/** The identity providers that a role's trust policy names, as ARNs. */
function providersOf({ world }: Terrain, role: Resource): string[] {
  const document = attributeOf(world, role, 'assume_role_policy');
  if (document === undefined) return [];
  return toDocument(document).statements.flatMap((statement) =>
    statement.isAllow === false ? [] : federatedIn(statement),
  );
}

function federatedIn({ principals }: Statement): string[] {
  return (principals?.groups ?? []).flatMap(({ type, identifiers }) =>
    type !== 'Federated'
      ? []
      : identifiers.elements.flatMap(({ value }) => {
          const plain = plainOf(asText(value));
          return plain === undefined ? [] : [plain];
        }),
  );
}

/** Roles that trust an OpenID Connect provider of their account that was deleted, or is not known to be there. */
export function missingProviders(terrain: Terrain): Prerequisite {
  const there = new Set(
    terrain.ofType('aws_iam_openid_connect_provider').map((one) => plainOf(arnTextOf(terrain.world, one))),
  );
  const targets = terrain.roles.flatMap((role) =>
    providersOf(terrain, role).flatMap((arn): Target[] => {
      if (!arn.includes(':oidc-provider/') || there.has(arn)) return [];
      const unseen = terrain.unseenType('aws_iam_openid_connect_provider', role.root);
      const causes: Cause[] = [notSeen(`who issues tokens at ${arn.split(':oidc-provider/')[1] ?? ''}`)];
      if (unseen !== undefined) causes.push(notSeen(`identity provider ${arn}: ${unseen}`));
      const provider = { text: textOf(arn), resource: undefined };
      return [targetOf(role, { provider }, { causes, facts: [declared(role, `${role.address} trusts ${arn}`)] })];
    }),
  );
  return { targets };
}

/** Roles that trust a SAML provider of the graph, whose assertions whoever changes it makes. */
export function trustedSamlProviders(terrain: Terrain): Prerequisite {
  const targets = terrain.ofType('aws_iam_saml_provider').flatMap((provider) =>
    terrain.roles.flatMap((role): Target[] => {
      const causes = trustIn(terrain, role, provider);
      if (causes === undefined) return [];
      const facts = [declared(role, `${role.address} trusts ${provider.address}`)];
      return [targetOf(role, { provider: thingOf(terrain, provider) }, { facts, causes })];
    }),
  );
  return { targets, unseen: firstUnseen(terrain, ['aws_iam_saml_provider']) };
}

/** What it depends on, beside what assertions say, that a role lets in whom a provider sends; undefined: it does not. */
function trustIn({ world }: Terrain, role: Resource, provider: Resource): readonly Cause[] | undefined {
  const action = findAction('sts:AssumeRoleWithSAML');
  const text = arnTextOf(world, role);
  const arn = arnTextOf(world, provider);
  if ('problem' in action || text === undefined || arn === undefined) return undefined;
  const request = toRequest({
    world,
    principal: { caller: { kind: 'saml', provider: arn }, resource: undefined, identity: [], boundary: undefined },
    target: { text, resource: role },
    action,
    named: role.address,
    given: new Map(),
    assumed: new Set(),
    assumedForDenial: new Set(),
  });
  const { outcome, causes } = decide(request);
  if (outcome === 'allowed') return [];
  if (outcome !== 'depends') return undefined;
  return causes.filter((cause) => cause.kind !== 'key' || !cause.name.startsWith('saml:'));
}

/** Roles that trust identity pools: which pool there is was not seen. */
export function federatedRoles(terrain: Terrain): Prerequisite {
  const targets = terrain.roles.flatMap((role): Target[] => {
    if (!providersOf(terrain, role).includes('cognito-identity.amazonaws.com')) return [];
    const facts = [declared(role, `${role.address} trusts cognito-identity.amazonaws.com`)];
    const causes = [notSeen(`an identity pool that ${role.address} trusts`)];
    return [targetOf(role, { role: thingOf(terrain, role) }, { facts, causes })];
  });
  return { targets };
}

/** Requests that set another boundary, one that limits nothing. */
export function replacingBoundary(): readonly RequestContext[] {
  return [new Map([['iam:permissionsboundary', ['arn:aws:iam::aws:policy/AdministratorAccess']]])];
}
