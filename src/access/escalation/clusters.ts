import { isHole, toDocument } from '../../iam/index.js';
import type { Resource } from '../../model/resource.js';
import type { Value } from '../../model/value.js';
import { arnTextOf, attributeOf, resourceBehind } from '../world.js';
import { firstUnseen, targetOf, untold } from './prerequisites.js';
import { named, plainOf, referredIn, roleAt, valueAt } from './references.js';
import type { Prerequisite, RequestContext, Target } from './technique.js';
import { declared, notSeen, type Terrain, type Thing, thingLike, thingNear, thingOf } from './terrain.js';

const CLUSTER_ARN = 'arn:{partition}:eks:{region}:{account}:cluster/{name}';

const ASSOCIATION = 'aws_eks_pod_identity_association';
const SECOND_ROLE = ['target_role_arn', 'native.TargetRoleArn'] as const;
const NODES = 'aws_eks_node_group';
const ENTRY = 'aws_eks_access_entry';

/**
 * The roles of what runs in clusters, for whoever may make itself an administrator of one by an access entry. Amazon EKS User
 * Guide, "Grant IAM users access to Kubernetes with EKS access entries": only where the cluster's mode has them.
 */
export function clustersWithEntries(terrain: Terrain): Prerequisite {
  return rolesOfClusters(terrain, (cluster) => {
    const mode = valueAt(terrain.world, cluster, 'access_config.authentication_mode');
    if (mode?.kind === 'string') return mode.value === 'CONFIG_MAP' ? undefined : {};
    return { causes: [notSeen(`authentication mode of ${cluster.address}`)] };
  });
}

/** The same for those that have an access entry: only such as is for people and workloads takes a policy. */
export function clustersWithOwnEntry(terrain: Terrain): Prerequisite {
  const { world } = terrain;
  const kindOf = (entry: Resource) => valueAt(world, entry, 'type');
  const entries = terrain.ofType(ENTRY).filter((entry) => {
    const kind = kindOf(entry);
    return kind?.kind === 'unknown' ? entry.language !== 'live' : kind?.kind !== 'string' || kind.value === 'STANDARD';
  });
  return rolesOfClusters(terrain, (cluster) => {
    const own = entries.filter((entry) => clusterOf(terrain, entry) === cluster);
    const callers = own.flatMap((entry) => roleNamedAt(terrain, entry, 'principal_arn') ?? []);
    const open = own.filter((entry) => kindOf(entry)?.kind === 'unknown');
    return callers.length === 0
      ? undefined
      : { callers, causes: open.map(({ address }) => notSeen(`type of ${address}`)) };
  });
}

function roleNamedAt(terrain: Terrain, one: Resource, path: string): Resource | undefined {
  return terrain.roleNamed(one, path, valueAt(terrain.world, one, path));
}

function rolesOfClusters(
  terrain: Terrain,
  openTo: (cluster: Resource) => Partial<Pick<Target, 'causes' | 'callers'>> | undefined,
): Prerequisite {
  const targets = terrain.ofType('aws_eks_cluster').flatMap((cluster): Target[] => {
    const open = openTo(cluster);
    if (open === undefined) return [];
    const things = { cluster: thingLike(terrain, cluster, CLUSTER_ARN), entry: entryOf(terrain, cluster) };
    const causes = [...(open.causes ?? []), ...reachOf(terrain, cluster)];
    return rolesIn(terrain, cluster).map(({ role, facts, causes: own = [] }) =>
      targetOf(role, things, {
        facts,
        causes: [...causes, ...own],
        ...(open.callers === undefined ? {} : { callers: open.callers }),
      }),
    );
  });
  return { targets, unseen: unseenRoles(terrain) };
}

/** Why there may be roles in clusters that are not seen. */
function unseenRoles(terrain: Terrain): string | undefined {
  return (
    firstUnseen(terrain, ['aws_eks_cluster', ASSOCIATION, NODES, ENTRY]) ??
    untold(terrain, terrain.ofType('aws_eks_cluster'), 'oidc_issuer') ??
    untold(terrain, terrain.ofType(ASSOCIATION), 'role_arn') ??
    untold(terrain, terrain.ofType(NODES), 'node_role_arn') ??
    untold(terrain, terrain.ofType(ENTRY), 'type')
  );
}

/** Requests that make an entry an administrator of all of its cluster. */
export function clusterAdmin(): readonly RequestContext[] {
  return [
    new Map([
      ['eks:policyarn', ['arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy']],
      ['eks:accessscope', ['cluster']],
    ]),
  ];
}

/** An access entry of the caller: what kind of principal stands in its ARN is not worked out. */
function entryOf(terrain: Terrain, cluster: Resource): Thing {
  return thingNear(terrain, cluster, 'arn:{partition}:eks:{region}:{account}:access-entry/{name}/{access_entry}');
}

/** Whether its API can be reached from anywhere. */
function reachOf({ world }: Terrain, cluster: Resource) {
  const isPublic = valueAt(world, cluster, 'vpc_config.endpoint_public_access');
  const cidrs = valueAt(world, cluster, 'vpc_config.public_access_cidrs');
  const isOpen =
    cidrs === undefined || (cidrs.kind === 'list' && cidrs.elements.some((one) => plainOf(one) === '0.0.0.0/0'));
  if ((isPublic === undefined || (isPublic.kind === 'bool' && isPublic.value)) && isOpen) return [];
  return [notSeen(`whether the API of ${cluster.address} can be reached`)];
}

type RoleOfPods = Pick<Target, 'facts'> & Partial<Pick<Target, 'causes'>> & { readonly role: Resource };

/**
 * The roles that an administrator of a cluster gets by running pods. Amazon EKS User Guide, "Learn how EKS Pod Identity grants
 * pods access to AWS services", "IAM roles for service accounts", "Amazon EKS node IAM role".
 */
function rolesIn(terrain: Terrain, cluster: Resource): readonly RoleOfPods[] {
  const associated = terrain.ofType(ASSOCIATION).flatMap((one): RoleOfPods[] => {
    // Pods that have a second role have that one: the first only leads to it.
    const path = SECOND_ROLE.find((second) => valueAt(terrain.world, one, second) !== undefined) ?? 'role_arn';
    const role = clusterOf(terrain, one) === cluster ? roleAt(terrain, one, path) : undefined;
    return role === undefined
      ? []
      : [{ role, facts: [declared(one, `pods of ${cluster.address} have ${role.address}`)] }];
  });
  const nodes = [...terrain.ofType(NODES), ...terrain.ofType(ENTRY)].flatMap((one): RoleOfPods[] => {
    const role = clusterOf(terrain, one) === cluster ? nodeRoleOf(terrain, one) : undefined;
    if (role === undefined) return [];
    const facts = [declared(one, `nodes of ${cluster.address} have ${role.address}`)];
    return [{ role, facts, causes: [notSeen(`whether pods of ${cluster.address} reach the role of its nodes`)] }];
  });
  return [...associated, ...trustingRoles(terrain, cluster), ...nodes];
}

/** The role of a group of nodes; of nodes outside of groups their access entry tells it. */
function nodeRoleOf(terrain: Terrain, one: Resource): Resource | undefined {
  if (one.type === NODES) return roleAt(terrain, one, 'node_role_arn');
  const kind = valueAt(terrain.world, one, 'type');
  return kind?.kind === 'string' && kind.value.startsWith('EC2') ? roleAt(terrain, one, 'principal_arn') : undefined;
}

/** Names of clusters are a region's own. */
function clusterOf(terrain: Terrain, one: Resource): Resource | undefined {
  const { world } = terrain;
  const name = valueAt(world, one, 'cluster_name');
  const linked = name === undefined ? undefined : resourceBehind(world, one, 'cluster_name', name);
  if (linked !== undefined) return linked.presence === 'written' ? linked : undefined;
  const found = named(terrain, name, 'aws_eks_cluster', ['name']);
  return found?.root === one.root && one.language !== 'live' ? found : undefined;
}

/** Roles that trust the cluster's identity provider, whatever the service account. */
function trustingRoles(terrain: Terrain, cluster: Resource): readonly RoleOfPods[] {
  const { world } = terrain;
  const providers = terrain
    .ofType('aws_iam_openid_connect_provider')
    .filter((one) => isIssuer(terrain, cluster, attributeOf(world, one, 'url')));
  return providers.flatMap((provider) => {
    const arn = arnTextOf(world, provider);
    const plain = arn === undefined || arn.some(isHole) ? undefined : plainOf(attributeOf(world, provider, 'arn'));
    return terrain.roles.flatMap((role): RoleOfPods[] => {
      const document = attributeOf(world, role, 'assume_role_policy');
      const trusts = (document === undefined ? [] : toDocument(document).statements).filter(
        ({ isAllow, principals }) =>
          isAllow === true &&
          (principals?.groups ?? []).some(({ identifiers }) =>
            identifiers.elements.some(
              ({ value }) =>
                referredIn(terrain, value, 'aws_iam_openid_connect_provider').includes(provider) ||
                (plain !== undefined && plainOf(value) === plain),
            ),
          ),
      );
      if (trusts.length === 0) return [];
      const isOpen = trusts.some(({ conditions, areConditionsOpen }) => conditions.length > 0 || areConditionsOpen);
      const causes = isOpen ? [notSeen(`the service accounts that ${role.address} trusts`)] : [];
      return [{ role, causes, facts: [declared(role, `${role.address} trusts ${provider.address}`)] }];
    });
  });
}

/** Whether a provider's address is that of a cluster: by reference, or by what a snapshot has of it. */
function isIssuer(terrain: Terrain, cluster: Resource, url: Value | undefined): boolean {
  if (referredIn(terrain, url, 'aws_eks_cluster').includes(cluster)) return true;
  const issuer = plainOf(valueAt(terrain.world, cluster, 'oidc_issuer'));
  return issuer !== undefined && plainOf(url)?.replace(SCHEME, '') === issuer.replace(SCHEME, '');
}

const SCHEME = /^https:\/\//;

/** Roles for pods, where there is a cluster. */
export function rolesForPods(terrain: Terrain): Prerequisite {
  const service = 'pods.eks.amazonaws.com';
  const some = terrain.ofType('aws_eks_cluster').map((one) => thingLike(terrain, one, CLUSTER_ARN));
  if (some.length === 0) return { targets: [], unseen: firstUnseen(terrain, ['aws_eks_cluster']) };
  const causes = [notSeen('a pod in the cluster that the caller runs')];
  return {
    targets: terrain
      .trusting(service)
      .map((role) => targetOf(role, { role: thingOf(terrain, role) }, { trusted: service, choices: { some }, causes })),
  };
}
