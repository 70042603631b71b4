import type { Resource } from '../../model/resource.js';
import type { Value } from '../../model/value.js';
import { attributeOf } from '../world.js';
import { type Making, rolesTrustingNear } from './compute.js';
import { firstUnseen, needOn, targetOf, untold } from './prerequisites.js';
import { entryOf } from './references.js';
import type { Prerequisite, Target } from './technique.js';
import { declared, notSeen, type Terrain, thingLike, thingNear } from './terrain.js';

const TASKS = 'ecs-tasks.amazonaws.com';

/** Where a job definition names the role of its containers. AWS Batch API Reference, "RegisterJobDefinition". */
const ROLE_PATHS = [
  ['container_properties', 'jobRoleArn'],
  ['ecs_properties', 'taskProperties', 'taskRoleArn'],
  ['node_properties', 'nodeRangeProperties', 'container', 'jobRoleArn'],
  ['node_properties', 'nodeRangeProperties', 'ecsProperties', 'taskProperties', 'taskRoleArn'],
] as const;

/** Job definitions of AWS Batch, by the roles of their containers: each as often as it has different ones. */
export function jobDefinitions(terrain: Terrain): Prerequisite {
  const definitions = terrain.ofType('aws_batch_job_definition');
  const targets = definitions.flatMap((definition): Target[] => {
    const arn = 'arn:{partition}:batch:{region}:{account}:job-definition/{name}';
    const carrier = thingLike(terrain, definition, arn);
    const certain = new Set<Resource>();
    const perhaps = new Map<Resource, string>();
    for (const path of ROLE_PATHS) {
      for (const named of valuesAt(terrain, definition, path)) {
        const role = terrain.roleNamed(definition, path.join('.'), named);
        if (role !== undefined) certain.add(role);
        // A document that is not known may have any of the roles that it refers to.
        else for (const one of rolesReferredTo(terrain, named)) perhaps.set(one, path.at(-1) ?? '');
      }
    }
    const known = [...certain].map((role) =>
      targetOf(role, { carrier }, { facts: [declared(definition, `${definition.address} has ${role.address}`)] }),
    );
    const open = [...perhaps].flatMap(([role, name]): Target[] => {
      if (certain.has(role)) return [];
      const facts = [declared(definition, `${definition.address} refers to ${role.address}`)];
      return [targetOf(role, { carrier }, { facts, causes: [notSeen(`${name} of ${definition.address}`)] })];
    });
    return [...known, ...open];
  });
  const unseen =
    firstUnseen(terrain, ['aws_batch_job_definition']) ??
    ROLE_PATHS.map(([attribute]) => untold(terrain, definitions, attribute)).find((one) => one !== undefined);
  return { targets, unseen };
}

/** The values at a path through blocks, lists and documents: what is not known on the way is one of them. */
function valuesAt(
  { world }: Terrain,
  definition: Resource,
  [attribute, ...names]: (typeof ROLE_PATHS)[number],
): readonly Value[] {
  let values = elementsOf(attributeOf(world, definition, attribute));
  for (const name of names)
    values = values.flatMap((one) => (one.kind === 'unknown' ? [one] : elementsOf(entryOf(one, name))));
  return values;
}

function elementsOf(value: Value | undefined): readonly Value[] {
  return value?.kind === 'list' ? value.elements : value === undefined ? [] : [value];
}

function rolesReferredTo({ roles }: Terrain, value: Value): readonly Resource[] {
  const references = value.kind === 'unknown' ? (value.refersTo ?? []) : [];
  return roles.filter(({ root, address }) => references.some((one) => one.root === root && one.address === address));
}

/**
 * Roles for the containers of jobs. Where there is no queue the caller makes one, on a compute environment that is there or that it
 * makes too: AWS Batch API Reference, "CreateJobQueue"; AWS Batch User Guide, "Using service-linked roles for AWS Batch".
 */
export function rolesForJobs(terrain: Terrain): Prerequisite {
  const environments = [
    ...terrain.ofType('aws_batch_compute_environment').map((one) => [one, '{name}'] as const),
    ...terrain.ofType('AWS::Batch::ComputeEnvironment').map((one) => [one, '{ComputeEnvironmentName}'] as const),
  ];
  const some = environments.map(([one, name]) =>
    thingNear(terrain, one, `arn:{partition}:batch:{region}:{account}:compute-environment/${name}`),
  );
  const queue = needOn('job-queue', 'batch:CreateJobQueue');
  const onThose: Making = {
    choices: { some },
    also: [queue, { action: 'batch:CreateJobQueue', on: { chooses: 'some' } }],
  };
  const onNew: Making = {
    also: [
      queue,
      needOn('compute-environment', 'batch:CreateComputeEnvironment'),
      needOn('compute-environment', 'batch:CreateJobQueue'),
    ],
    causes: [notSeen('the service-linked role of AWS Batch')],
  };
  return rolesTrustingNear(terrain, TASKS, 'aws_batch_job_queue', some.length > 0 ? [onThose, onNew] : [onNew]);
}
