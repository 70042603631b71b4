import type { Cause } from '../../iam/index.js';
import type { Resource } from '../../model/resource.js';
import type { Value } from '../../model/value.js';
import { attributeOf, resourceBehind } from '../world.js';
import {
  carriers,
  firstUnseen,
  handedOverAgain,
  instancesWithRole,
  isInvoked,
  rolesInProfiles,
  rolesTrusting,
  settingOf,
  targetOf,
  untold,
} from './prerequisites.js';
import { entryOf, roleBy, unseenForms } from './references.js';
import type { Need, Prerequisite, Target } from './technique.js';
import { declared, notSeen, type Terrain, type Thing, thingLike, thingNear, thingOf } from './terrain.js';

export const FUNCTION_ARN = 'arn:{partition}:lambda:{region}:{account}:function:{function_name}';
export const STATE_MACHINE_ARN = 'arn:{partition}:states:{region}:{account}:stateMachine:{name}';
const INSTANCE_ARN = 'arn:{partition}:ec2:{region}:{account}:instance/{id}';

/** Functions with a role: the caller invokes them, or something else does. */
export function functions(terrain: Terrain): Prerequisite {
  const found = carriers(terrain, { type: 'aws_lambda_function', role: 'role', arn: FUNCTION_ARN });
  const targets = found.targets.flatMap((target): Target[] => {
    const lambda = target.things['carrier']?.resource;
    const invoking: Target = { ...target, also: [{ action: 'lambda:InvokeFunction', on: 'carrier' }] };
    if (lambda === undefined) return [invoking];
    return isInvoked(terrain, lambda)
      ? [{ ...target, facts: [...target.facts, declared(lambda, `${lambda.address} lets others invoke it`)] }]
      : [invoking, { ...target, causes: [notSeen(`whether something invokes ${lambda.address}`)] }];
  });
  return { ...found, targets };
}

/** Roles for instances that are there: the caller has to get into one. */
export function withInstances(terrain: Terrain): Prerequisite {
  const some = terrain.ofType('aws_instance');
  if (some.length === 0) return { targets: [], unseen: firstUnseen(terrain, ['aws_instance']) };
  const choices = { some: some.map((one) => thingLike(terrain, one, INSTANCE_ARN)) };
  const { targets } = rolesInProfiles(terrain, [notSeen('a way into the instance')]);
  return { targets: targets.map((target) => ({ ...target, choices })) };
}

/** Roles for instances that a group starts by a template whose newest version it takes. */
export function withScaledTemplates(terrain: Terrain): Prerequisite {
  const { world } = terrain;
  const some = terrain.ofType('aws_launch_template');
  if (some.length === 0) return { targets: [], unseen: firstUnseen(terrain, ['aws_launch_template']) };
  const template = 'arn:{partition}:ec2:{region}:{account}:launch-template/{id}';
  const newest = new Set<Resource>();
  for (const group of terrain.ofType('aws_autoscaling_group')) {
    const used = attributeOf(world, group, 'launch_template');
    const single = used?.kind === 'list' ? used.elements[0] : used;
    if (single?.kind !== 'object') continue;
    const version = single.entries.get('version');
    if (version?.kind !== 'string' || version.value !== '$Latest') continue;
    for (const name of ['id', 'name']) {
      const value = single.entries.get(name);
      const found = value === undefined ? undefined : resourceBehind(world, group, `launch_template.${name}`, value);
      if (found !== undefined) newest.add(found);
    }
  }
  const scaled = some.filter((one) => newest.has(one));
  const chosen = scaled.length > 0 ? scaled : some;
  const choices = { some: chosen.map((one) => thingLike(terrain, one, template)) };
  const causes = scaled.length > 0 ? [] : [notSeen('a group that takes the newest version of the template')];
  const { targets } = rolesInProfiles(terrain, causes);
  return { targets: targets.map((target) => ({ ...target, choices })) };
}

/** How a caller makes what is not there, or perhaps is: what it needs for that. */
export type Making = Pick<Target, 'also' | 'choices'> & { readonly causes?: readonly Cause[] };

/** Roles for tasks or jobs: there has to be something on which they run, or the caller makes it in one of some ways. */
export function rolesTrustingNear(
  terrain: Terrain,
  service: string,
  type: string,
  making: readonly Making[] = [],
): Prerequisite {
  const [first] = terrain.ofType(type);
  const { targets } = rolesTrusting(terrain, service);
  if (first !== undefined)
    return { targets: targets.map((target) => ({ ...target, facts: [declared(first, `${first.address} is there`)] })) };
  const root = targets[0]?.gains?.root;
  const unseen = root === undefined ? undefined : terrain.unseenType(type, root);
  const open = unseen === undefined ? [] : rolesTrusting(terrain, service, [notSeen(`${type}: ${unseen}`)]).targets;
  const made = targets.flatMap((target) =>
    making.map(({ causes = [], ...more }) => ({ ...target, ...more, causes: [...target.causes, ...causes] })),
  );
  return { targets: [...made, ...open] };
}

/**
 * Instances with a role that Systems Manager manages: the role lets their agent register. AWS Systems Manager User Guide,
 * "Configure instance permissions required for Systems Manager".
 */
export function managedInstances(terrain: Terrain): Prerequisite {
  const found = instancesWithRole(terrain);
  const { grants } = terrain;
  const targets = found.targets.map((target): Target => {
    const instance = target.things['carrier']?.resource;
    const { gains } = target;
    if (instance === undefined || gains === undefined) return target;
    const things: Record<string, Thing> = {
      ...target.things,
      document: documentOf(terrain, instance, 'AWS-RunShellScript'),
      session: documentOf(terrain, instance, 'SSM-SessionManagerRunShell', true),
    };
    const isManaged = grants.mayAct(gains, 'ssm:UpdateInstanceInformation') === 'certain';
    const causes = isManaged ? [] : [notSeen(`whether Systems Manager manages ${instance.address}`)];
    return { ...target, things, causes };
  });
  return { ...found, targets };
}

/** A document of Systems Manager: AWS's have no account. */
function documentOf(terrain: Terrain, near: Resource, name: string, isOwn = false): Thing {
  const account = isOwn ? '{account}' : '';
  return thingNear(terrain, near, `arn:{partition}:ssm:{region}:${account}:document/${name}`);
}

/** Instances with a role, if something else is the case. */
export function instancesIf(terrain: Terrain, cause: (name: string) => string): Prerequisite {
  const found = instancesWithRole(terrain);
  const targets = found.targets.map((target) => ({
    ...target,
    causes: [notSeen(cause(target.things['carrier']?.resource?.address ?? 'it'))],
  }));
  return { ...found, targets };
}

/** Services of ECS that let commands be run in their tasks, by the role of those. */
export function commandedServices(terrain: Terrain): Prerequisite {
  const { world } = terrain;
  const targets = terrain.ofType('aws_ecs_service').flatMap((service): Target[] => {
    const enabled = attributeOf(world, service, 'enable_execute_command');
    const named = attributeOf(world, service, 'task_definition');
    const definition = named === undefined ? undefined : resourceBehind(world, service, 'task_definition', named);
    if (enabled === undefined || (enabled.kind === 'bool' && !enabled.value) || definition === undefined) return [];
    const role = terrain.roleNamed(definition, 'task_role_arn', attributeOf(world, definition, 'task_role_arn'));
    if (role === undefined) return [];
    const at = attributeOf(world, service, 'cluster');
    const cluster = at === undefined ? undefined : resourceBehind(world, service, 'cluster', at);
    const name = cluster === undefined ? 'default' : '{name}';
    const place = cluster ?? service;
    const things = {
      cluster:
        cluster === undefined
          ? thingNear(terrain, service, 'arn:{partition}:ecs:{region}:{account}:cluster/default')
          : thingLike(terrain, cluster, 'arn:{partition}:ecs:{region}:{account}:cluster/{name}'),
      task: thingNear(terrain, place, `arn:{partition}:ecs:{region}:{account}:task/${name}/any`),
    };
    const causes = enabled.kind === 'bool' ? [] : [notSeen(`enable_execute_command of ${service.address}`)];
    return [
      targetOf(role, things, {
        facts: [declared(service, `${service.address} runs tasks with ${role.address}`)],
        causes,
      }),
    ];
  });
  const unseen =
    firstUnseen(terrain, ['aws_ecs_service', 'aws_ecs_task_definition']) ??
    untold(terrain, terrain.ofType('aws_ecs_service'), 'task_definition') ??
    untold(terrain, terrain.ofType('aws_ecs_task_definition'), 'task_role_arn');
  return { targets, unseen };
}

/** Users of SageMaker domains, by their execution roles: one that has none of its own has that of its domain. */
export function userProfiles(terrain: Terrain): Prerequisite {
  const { world } = terrain;
  const profiles = terrain.ofType('aws_sagemaker_user_profile');
  const targets = profiles.flatMap((profile): Target[] => {
    const own = settingOf(terrain, profile, 'user_settings', 'execution_role');
    const at = attributeOf(world, profile, 'domain_id');
    const domain = own !== undefined || at === undefined ? undefined : resourceBehind(world, profile, 'domain_id', at);
    const role =
      domain === undefined
        ? terrain.roleNamed(profile, 'user_settings.execution_role', own)
        : terrain.roleNamed(
            domain,
            'default_user_settings.execution_role',
            settingOf(terrain, domain, 'default_user_settings', 'execution_role'),
          );
    if (role === undefined) return [];
    const arn = 'arn:{partition}:sagemaker:{region}:{account}:user-profile/{domain_id}/{user_profile_name}';
    const facts = [declared(domain ?? profile, `${(domain ?? profile).address} has ${role.address}`)];
    return [targetOf(role, { carrier: thingLike(terrain, profile, arn) }, { facts })];
  });
  const types = ['aws_sagemaker_user_profile', 'aws_sagemaker_domain'];
  const unseen =
    firstUnseen(terrain, types) ??
    untold(terrain, profiles, 'user_settings') ??
    untold(terrain, terrain.ofType('aws_sagemaker_domain'), 'default_user_settings');
  return { targets, unseen };
}

/** Roles for instances, where one has an instance profile: another role in it has to be taken out first. */
export function withUsedProfiles(terrain: Terrain): Prerequisite {
  const { world } = terrain;
  const used = new Set(
    terrain.ofType('aws_instance').flatMap((instance) => {
      const name = attributeOf(world, instance, 'iam_instance_profile');
      return (name === undefined ? undefined : resourceBehind(world, instance, 'iam_instance_profile', name)) ?? [];
    }),
  );
  const profiles = [...used].filter(({ presence }) => presence === 'written');
  const arn = 'arn:{partition}:iam::{account}:instance-profile/{name}';
  const taking: readonly Need[] = [{ action: 'iam:RemoveRoleFromInstanceProfile', on: { chooses: 'some' } }];
  const targets = terrain.trusting('ec2.amazonaws.com').flatMap((role) =>
    [true, false].flatMap((isEmpty): Target[] => {
      const some = profiles.filter((one) => {
        const own = attributeOf(world, one, 'role');
        return isEmpty ? own === undefined : own !== undefined && terrain.roleNamed(one, 'role', own) !== role;
      });
      if (some.length === 0) return [];
      const choices = { some: some.map((one) => thingLike(terrain, one, arn)) };
      const more = isEmpty ? {} : { also: taking };
      const causes = [notSeen('a way into the instance')];
      return [
        targetOf(role, { role: thingOf(terrain, role) }, { trusted: 'ec2.amazonaws.com', choices, causes, ...more }),
      ];
    }),
  );
  return { targets, unseen: firstUnseen(terrain, ['aws_instance', 'aws_iam_instance_profile']) };
}

const PIPELINE_DEFINITIONS = [
  {
    type: 'aws_datapipeline_pipeline_definition',
    objects: 'pipeline_object',
    fields: 'field',
    id: 'pipeline_id',
    names: { key: 'key', value: 'string_value' },
  },
  {
    type: 'AWS::DataPipeline::Pipeline',
    objects: 'PipelineObjects',
    fields: 'Fields',
    id: 'PipelineId',
    names: { key: 'Key', value: 'StringValue' },
  },
] as const;

/**
 * Pipelines by the role that their definitions name: whoever writes a definition hands the role over again. AWS Data Pipeline
 * Developer Guide, "Example Policies for AWS Data Pipeline".
 */
export function definedPipelines(terrain: Terrain): Prerequisite {
  const { world } = terrain;
  const targets = PIPELINE_DEFINITIONS.flatMap(({ type, objects, fields, id, names }) =>
    terrain.ofType(type).flatMap((definition): Target[] => {
      const all = elementsOf(attributeOf(world, definition, objects)).flatMap((one) =>
        elementsOf(entryOf(one, fields)),
      );
      const roles = all.flatMap((field) => {
        const key = entryOf(field, names.key);
        if (key?.kind !== 'string' || key.value !== 'role') return [];
        return roleBy(terrain, definition, entryOf(field, names.value)) ?? [];
      });
      return [...new Set(roles)].flatMap((role): Target[] => {
        const carrier = thingNear(
          terrain,
          definition,
          `arn:{partition}:datapipeline:{region}:{account}:pipeline/{${id}}`,
        );
        const facts = [declared(definition, `${definition.address} has ${role.address}`)];
        return [targetOf(role, { carrier: { ...carrier, resource: definition } }, { facts })];
      });
    }),
  );
  const found = { targets, unseen: unseenForms(terrain, PIPELINE_DEFINITIONS) };
  return handedOverAgain(terrain, found, 'datapipeline.amazonaws.com');
}

function elementsOf(value: Value | undefined): readonly Value[] {
  return value?.kind === 'list' ? value.elements : value === undefined ? [] : [value];
}
