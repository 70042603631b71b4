import { isHole, toDocument } from '../../iam/index.js';
import type { Resource } from '../../model/resource.js';
import { arnTextOf, attributeOf } from '../world.js';
import { firstUnseen, targetOf } from './prerequisites.js';
import { named, plainOf, referredIn, roleAt, unseenForms, valueAt } from './references.js';
import type { Prerequisite, RequestContext, Target } from './technique.js';
import { declared, notSeen, type Terrain, type Thing, thingLike, thingNear, thingOf } from './terrain.js';

const CLUSTER_ARN = 'arn:{partition}:eks:{region}:{account}:cluster/{name}';

const ASSOCIATIONS = [
  { type: 'aws_eks_pod_identity_association', role: 'role_arn', cluster: 'cluster_name' },
  { type: 'AWS::EKS::PodIdentityAssociation', role: 'RoleArn', cluster: 'ClusterName' },
] as const;

const ENTRIES = [
  { type: 'aws_eks_access_entry', principal: 'principal_arn', cluster: 'cluster_name' },
  { type: 'AWS::EKS::AccessEntry', principal: 'PrincipalArn', cluster: 'ClusterName' },
] as const;

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

/** The same for those that have an access entry. */
export function clustersWithOwnEntry(terrain: Terrain): Prerequisite {
  const found = rolesOfClusters(terrain, (cluster) => {
    const callers = ENTRIES.flatMap(({ type, principal, cluster: path }) =>
      terrain.ofType(type).flatMap((entry) => {
        const isOfCluster = clusterOf(terrain, entry, path) === cluster;
        const caller = isOfCluster ? principalAt(terrain, entry, principal) : undefined;
        return caller === undefined ? [] : [caller];
      }),
    );
    return callers.length === 0 ? undefined : { callers };
  });
  return { ...found, unseen: found.unseen ?? unseenForms(terrain, ENTRIES) };
}

function principalAt(terrain: Terrain, entry: Resource, path: string): Resource | undefined {
  return terrain.roleNamed(entry, path, valueAt(terrain.world, entry, path));
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
  const unseen = firstUnseen(terrain, ['aws_eks_cluster']) ?? unseenForms(terrain, ASSOCIATIONS);
  return { targets, unseen };
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
  const associated = ASSOCIATIONS.flatMap(({ type, role: path, cluster: at }) =>
    terrain.ofType(type).flatMap((one): RoleOfPods[] => {
      const role = clusterOf(terrain, one, at) === cluster ? roleAt(terrain, one, path) : undefined;
      return role === undefined
        ? []
        : [{ role, facts: [declared(one, `pods of ${cluster.address} have ${role.address}`)] }];
    }),
  );
  const nodes = terrain.ofType('aws_eks_node_group').flatMap((group): RoleOfPods[] => {
    const role =
      clusterOf(terrain, group, 'cluster_name') === cluster ? roleAt(terrain, group, 'node_role_arn') : undefined;
    if (role === undefined) return [];
    const facts = [declared(group, `nodes of ${cluster.address} have ${role.address}`)];
    return [{ role, facts, causes: [notSeen(`whether pods of ${cluster.address} reach the role of its nodes`)] }];
  });
  return [...associated, ...trustingRoles(terrain, cluster), ...nodes];
}

function clusterOf(terrain: Terrain, one: Resource, path: string): Resource | undefined {
  const name = valueAt(terrain.world, one, path);
  const found = named(terrain, name, 'aws_eks_cluster', ['name']);
  return found?.root === one.root ? found : undefined;
}

/** Roles that trust the cluster's identity provider, whatever the service account. */
function trustingRoles(terrain: Terrain, cluster: Resource): readonly RoleOfPods[] {
  const { world } = terrain;
  const providers = terrain
    .ofType('aws_iam_openid_connect_provider')
    .filter((one) => referredIn(terrain, attributeOf(world, one, 'url'), 'aws_eks_cluster').includes(cluster));
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
