import type { EventCount } from '../../model/usage.js';
import { apiOperations } from '../../schemas/api-operations.js';
import { actionsOfEvent } from '../../schemas/event-actions.js';
import type { IamAction } from '../../schemas/iam-action-table.js';
import { iamActions } from '../../schemas/iam-actions.js';
import type { Use } from './usage.js';

/** What an event says of an action: a use without its counts. */
export type MappedUse = Pick<Use, 'action' | 'resource' | 'state' | 'context'>;

export type MappedEvent =
  | { readonly kind: 'uses'; readonly uses: readonly MappedUse[] }
  | { readonly kind: 'none' }
  | { readonly kind: 'unmapped' };

/** The actions of IAM that events stand for, and in which state; events that are alike are mapped once. */
export function eventMapper(): (event: EventCount) => MappedEvent {
  const known = new Map<string, MappedEvent>();
  return (event) => {
    const { eventSource, eventName, resource, traits, passedRole: role, outcome, via, region } = event;
    const key = [eventSource, eventName, resource, traits.join(), role, outcome, via, region].join('\0');
    const before = known.get(key);
    if (before !== undefined) return before;
    const mapped = mapEvent(event);
    known.set(key, mapped);
    return mapped;
  };
}

/** The same of one event. */
export function mapEvent(event: EventCount): MappedEvent {
  const actions = actionsOfEvent(event.eventSource, event.eventName, serviceByResource(event));
  if (actions.kind !== 'actions') return { kind: actions.kind };
  const replaced = event.traits.flatMap((trait) => actions.instead[trait] ?? []);
  const needed = replaced.length > 0 ? replaced.map((action) => [action]) : actions.needed;
  const also = event.traits.flatMap((trait) => actions.also[trait] ?? []).map((action) => [action]);
  const certain = [...needed, ...also];
  const isAlone = needed.length === 1;
  const uses = certain.flatMap((options) =>
    options.map((action) => toUse(event, action, { isSure: options.length === 1, isAlone })),
  );
  const isDone = event.outcome === 'succeeded' || event.outcome === 'dry-run';
  if (!isDone) return { kind: 'uses', uses };
  const beside = [...actions.perhaps, ...certain.flat().flatMap((action) => apiOperations().dependentsOf(action))];
  const named = new Set(certain.flat());
  const perhaps = [...new Set(beside)].filter((action) => !named.has(action) && action !== PASS_ROLE);
  return {
    kind: 'uses',
    uses: [
      ...uses,
      ...perhaps.map((action) => ({ ...toUse(event, action, { isSure: false, isAlone: false }), resource: undefined })),
      ...passedRole(event, certain.flat()),
    ],
  };
}

const PASS_ROLE = 'iam:PassRole';

/**
 * IAM User Guide, "Grant a user permissions to pass a role to an AWS service": it is no call, and no event shows it. Whoever hands over
 * a role with success had it; where the action is not known to check it, perhaps.
 */
function passedRole(event: EventCount, actions: readonly string[]): MappedUse[] {
  const { passedRole: role } = event;
  const isKnown = actions.some((action) => apiOperations().dependentsOf(action).includes(PASS_ROLE));
  const isWrite = actions.some((action) => isWriting(action) && !action.startsWith('sts:'));
  if (role === undefined || !(isKnown || isWrite)) return [];
  const resource = /^arn:[^:]*:iam::\d*:role\//.test(role) ? role : undefined;
  return [{ action: PASS_ROLE, resource, state: isKnown ? 'inferred' : 'unsure', context: {} }];
}

function isWriting(action: string): boolean {
  const level = iamActions().actionNamed(action)?.level;
  return level !== 'List' && level !== 'Read';
}

/** Of S3's operations some are those of another service, by what they are about: their names are the same. */
function serviceByResource({ resource, eventSource }: EventCount): string | undefined {
  if (eventSource !== 's3.amazonaws.com' || resource === undefined) return undefined;
  const [, , service] = resource.split(':');
  return service === 's3-outposts' || service === 's3-object-lambda' || service === 's3express' ? service : undefined;
}

function toUse(
  event: EventCount,
  action: string,
  { isSure, isAlone }: { readonly isSure: boolean; readonly isAlone: boolean },
): MappedUse {
  return {
    action,
    resource: resourceOf(event.resource, iamActions().actionNamed(action), isAlone),
    state: stateOf(event, isSure),
    context: contextOf(event, action),
  };
}

function stateOf({ outcome }: EventCount, isSure: boolean): MappedUse['state'] {
  switch (outcome) {
    case 'denied':
      return 'denied';
    case 'failed':
      return 'unsure';
    case 'succeeded':
    case 'dry-run':
      return isSure ? 'used' : 'unsure';
  }
}

/** The resource of an event is that of an action only if it is of one of its types, and the event is about no second one. */
function resourceOf(resource: string | undefined, action: IamAction | undefined, isAlone: boolean): string | undefined {
  if (action === undefined) return undefined;
  if (action.resourceTypes.length === 0) return '*';
  if (resource === undefined || resource === '*' || !isAlone) return undefined;
  return templatesOf(action).some((template) => template.test(resource)) ? resource : undefined;
}

const templates = new Map<string, readonly RegExp[]>();

function templatesOf(action: IamAction): readonly RegExp[] {
  const known = templates.get(action.name);
  if (known !== undefined) return known;
  const made = action.resourceTypes.flatMap(({ arns }) => arns.map(toTemplate));
  templates.set(action.name, made);
  return made;
}

/** `arn:${Partition}:s3:::${BucketName}`: names end at a slash, but where they hold paths. */
function toTemplate(arn: string): RegExp {
  const source = arn
    .split(/(\$\{\w+\})/)
    .map((part) => {
      if (!part.startsWith('${')) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('\\*', '.*');
      return /Path|Object|Key|Name$|Id$|Arn/.test(part) && !/Bucket|Account|Region|Partition/.test(part)
        ? '.+'
        : '[^:/]*';
    })
    .join('');
  return new RegExp(`^${source}$`);
}

/** Forward access sessions: AWS KMS Developer Guide, "kms:ViaService"; IAM User Guide, "aws:ViaAWSService". */
function contextOf({ via, region }: EventCount, action: string): Record<string, string> {
  const context: Record<string, string> = { 'aws:requestedregion': region };
  if (via === undefined) return context;
  context['aws:viaawsservice'] = 'true';
  const service = /^([a-z0-9-]+)\.amazonaws\.com$/.exec(via)?.[1];
  if (action.startsWith('kms:') && service !== undefined)
    context['kms:viaservice'] = `${service}.${region}.amazonaws.com`;
  return context;
}
