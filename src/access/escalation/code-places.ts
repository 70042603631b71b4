import type { Text } from '../../iam/index.js';
import type { Resource } from '../../model/resource.js';
import type { Value } from '../../model/value.js';
import { asText, attributeOf } from '../world.js';
import { firstUnseen, targetOf, untold } from './prerequisites.js';
import {
  carriersIn,
  entryOf,
  hasPiece,
  named,
  plainOf,
  referredIn,
  roleAt,
  unseenForms,
  valueAt,
} from './references.js';
import type { Prerequisite, Target } from './technique.js';
import { declared, notSeen, type Terrain, type Thing, thingLike, thingNear, thingOf } from './terrain.js';

/** The forms of jobs of AWS Glue. */
const JOB_FORMS = [
  {
    type: 'aws_glue_job',
    role: 'role_arn',
    arn: 'arn:{partition}:glue:{region}:{account}:job/{name}',
    script: 'command.script_location',
  },
  {
    type: 'AWS::Glue::Job',
    role: 'Role',
    arn: 'arn:{partition}:glue:{region}:{account}:job/{Name}',
    script: 'Command.ScriptLocation',
  },
] as const;

/** Jobs of AWS Glue, by their role: it has to be able to read the script. */
export function glueJobs(terrain: Terrain): Prerequisite {
  const found = carriersIn(terrain, JOB_FORMS);
  const targets = found.targets.map((target): Target => {
    const { gains } = target;
    if (gains === undefined || terrain.grants.mayAct(gains, 's3:GetObject') === 'certain') return target;
    return { ...target, causes: [notSeen(`a bucket from which ${gains.address} reads the script`)] };
  });
  return { ...found, targets };
}

/** Scripts of jobs that lie in buckets of the graph, by the role with which they are run. */
export function scriptsInBuckets(terrain: Terrain): Prerequisite {
  const targets = JOB_FORMS.flatMap(({ type, role: path, arn, script }) =>
    terrain.ofType(type).flatMap((job): Target[] => {
      const place = objectAt(terrain, valueAt(terrain.world, job, script));
      const role = roleAt(terrain, job, path);
      if (place === undefined || role === undefined) return [];
      const things = { ...place, carrier: thingLike(terrain, job, arn) };
      const facts = [declared(job, `${job.address} runs it with ${role.address}`)];
      const causes = [notSeen(`whether something runs ${job.address}`)];
      return [
        targetOf(role, things, { facts, also: [{ action: 'glue:StartJobRun', on: 'carrier' }] }),
        targetOf(role, things, { facts, causes }),
      ];
    }),
  );
  return { targets, unseen: unseenForms(terrain, JOB_FORMS) };
}

/** An object by its URL, `s3://bucket/key`, where the bucket is in the graph. */
function objectAt(
  terrain: Terrain,
  url: Value | undefined,
): { readonly bucket: Thing; readonly object: Thing } | undefined {
  const text = url === undefined ? undefined : asText(url);
  if (text === undefined) return undefined;
  const own = text.slice('s3://'.length);
  const end = own.indexOf(SLASH);
  const [referred, ...others] = referredIn(terrain, url, 'aws_s3_bucket');
  const bucket =
    others.length > 0 ? undefined : (referred ?? named(terrain, nameValue(url, end), 'aws_s3_bucket', ['bucket']));
  if (bucket === undefined || end === -1) return undefined;
  const whole = thingLike(terrain, bucket, 'arn:{partition}:s3:::{bucket}');
  const object: Text = [...whole.text, ...own.slice(end)];
  return { bucket: whole, object: { text: object, resource: bucket } };
}

/** The name of the bucket in an URL, where all of it is known. */
function nameValue(url: Value | undefined, end: number): Value | undefined {
  if (url?.kind !== 'string') return undefined;
  return { ...url, value: url.value.slice('s3://'.length, 's3://'.length + end) };
}

const SLASH = 47;
const REPOSITORY_ARN = 'arn:{partition}:ecr:{region}:{account}:repository/{name}';

/**
 * Repositories of images that tasks run by a tag that can be moved, by the role of the tasks. Amazon ECS Developer Guide,
 * "Container image resolution": a deployment keeps to the image that the tag had when it began.
 */
export function imagesOfTasks(terrain: Terrain): Prerequisite {
  const { world } = terrain;
  const services = servicesByDefinition(terrain);
  const targets = terrain.ofType('aws_ecs_task_definition').flatMap((definition): Target[] => {
    const role = roleAt(terrain, definition, 'task_role_arn');
    const containers = attributeOf(world, definition, 'container_definitions');
    if (role === undefined || containers === undefined) return [];
    return repositoriesIn(terrain, containers).flatMap((repository) => {
      const mutability = attributeOf(world, repository, 'image_tag_mutability');
      if (mutability?.kind === 'string' && mutability.value === 'IMMUTABLE') return [];
      const causes =
        mutability === undefined || (mutability.kind === 'string' && mutability.value === 'MUTABLE')
          ? []
          : [notSeen(`whether tags of ${repository.address} can be moved`)];
      const facts = [
        declared(definition, `${definition.address} runs an image of ${repository.address} with ${role.address}`),
      ];
      const things = { repository: thingLike(terrain, repository, REPOSITORY_ARN) };
      const started = [...causes, notSeen(`whether something deploys ${definition.address} again`)];
      return [
        ...(services.get(definition) ?? []).map((service) =>
          targetOf(
            role,
            { ...things, service: serviceThing(terrain, service) },
            {
              facts,
              causes,
              also: [{ action: 'ecs:UpdateService', on: 'service' }],
            },
          ),
        ),
        targetOf(role, things, { facts, causes: started }),
      ];
    });
  });
  return { targets, unseen: firstUnseen(terrain, ['aws_ecs_task_definition', 'aws_ecr_repository']) };
}

/** The repositories of the images that containers name by a tag. */
function repositoriesIn(terrain: Terrain, containers: Value): readonly Resource[] {
  const all = terrain.ofType('aws_ecr_repository');
  const images = containers.kind === 'list' ? containers.elements.map((one) => entryOf(one, 'image')) : [containers];
  const found = images.flatMap((image) => {
    const plain = plainOf(image);
    if (hasPiece(image, '@sha256:')) return [];
    const referred = referredIn(terrain, image, 'aws_ecr_repository');
    if (referred.length > 0 || plain === undefined) return referred;
    return all.filter((one) => plainOf(attributeOf(terrain.world, one, 'repository_url')) === plain.split(':')[0]);
  });
  return [...new Set(found)];
}

/** Task definitions with the services that run them. */
function servicesByDefinition(terrain: Terrain): ReadonlyMap<Resource, readonly Resource[]> {
  const found = new Map<Resource, Resource[]>();
  const type = 'aws_ecs_task_definition';
  for (const service of terrain.ofType('aws_ecs_service')) {
    const definition = named(terrain, attributeOf(terrain.world, service, 'task_definition'), type, ['arn', 'family']);
    if (definition !== undefined) found.set(definition, [...(found.get(definition) ?? []), service]);
  }
  return found;
}

function serviceThing(terrain: Terrain, service: Resource): Thing {
  const cluster = named(terrain, attributeOf(terrain.world, service, 'cluster'), 'aws_ecs_cluster', [
    'arn',
    'name',
    'id',
  ]);
  const own = cluster === undefined ? undefined : attributeOf(terrain.world, cluster, 'name');
  const name = cluster === undefined ? 'default' : (plainOf(own) ?? '{cluster}');
  return {
    ...thingLike(terrain, service, `arn:{partition}:ecs:{region}:{account}:service/${name}/{name}`),
    resource: service,
  };
}

/** Repositories of CodeCommit from which projects are built, by the role of the projects. */
export function builtRepositories(terrain: Terrain): Prerequisite {
  const { world } = terrain;
  const projects = terrain.ofType('aws_codebuild_project');
  const targets = projects.flatMap((project): Target[] => {
    const source = valueAt(world, project, 'source.type');
    const role = roleAt(terrain, project, 'service_role');
    if (role === undefined || source?.kind !== 'string' || source.value !== 'CODECOMMIT') return [];
    const repository = repositoryAt(terrain, project);
    if (repository === undefined) return [];
    const facts = [declared(project, `${project.address} builds it with ${role.address}`)];
    const causes = [notSeen(`whether something builds ${project.address}`)];
    return [targetOf(role, { repository }, { facts, causes })];
  });
  const unseen =
    firstUnseen(terrain, ['aws_codebuild_project']) ??
    untold(terrain, projects, 'source') ??
    untold(terrain, projects, 'service_role');
  return { targets, unseen };
}

/** The repository that a project names: it need not be in the input. */
function repositoryAt(terrain: Terrain, project: Resource): Thing | undefined {
  const location = valueAt(terrain.world, project, 'source.location');
  const template = 'arn:{partition}:codecommit:{region}:{account}:{repository_name}';
  const [referred] = referredIn(terrain, location, 'aws_codecommit_repository');
  if (referred !== undefined) return thingLike(terrain, referred, template);
  const [, region, name] = REPOSITORY_URL.exec(plainOf(location) ?? '') ?? [];
  if (region === undefined || name === undefined) return undefined;
  const found = terrain
    .ofType('aws_codecommit_repository')
    .find((one) => plainOf(attributeOf(terrain.world, one, 'repository_name')) === name);
  if (found !== undefined) return thingLike(terrain, found, template);
  return thingNear(terrain, project, `arn:{partition}:codecommit:${region}:{account}:${name}`);
}

/** AWS CodeCommit User Guide, "Regions and Git connection endpoints". */
const REPOSITORY_URL =
  /^https:\/\/git-codecommit(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/v1\/repos\/([\w.-]+)\/?$/;

/** Users that may push to such a repository, by the role that builds it. */
export function pushingUsers(terrain: Terrain): Prerequisite {
  const built = builtRepositories(terrain);
  const targets = built.targets.flatMap((target) =>
    terrain.users.flatMap((user): Target[] => {
      const may = terrain.grants.mayAct(user, 'codecommit:GitPush');
      if (may === 'no') return [];
      const facts = [...target.facts, declared(user, `${user.address} may push`)];
      const principal = thingOf(terrain, user);
      return [{ ...target, things: { ...target.things, principal }, facts }];
    }),
  );
  return { ...built, targets };
}
