import type { Caller, Text } from '../iam/index.js';
import type { Resource } from '../model/resource.js';
import type { UnknownValue } from '../model/value.js';
import { unknownValue } from '../model/values.js';
import { unseen } from './identity-policies.js';
import { findTarget, type QuestionProblem } from './names.js';
import type { PolicyInForce } from './request.js';
import { asText, attributeOf, isAbsent, namedResources, type World } from './world.js';

/** What a question says of the session and of the way of a call. */
export interface CallLimits {
  /** Session policies; undefined: of them nothing is said. */
  readonly session: readonly PolicyInForce[] | undefined;
  readonly endpoint: EndpointLimit | undefined;
}

/** The VPC endpoint that a call goes through. */
export interface EndpointLimit {
  /** Undefined: it lets everything through. */
  readonly policy: PolicyInForce | undefined;
  /** Keys that it gives the request, in lower case: without values they are absent. */
  readonly keys: ReadonlyMap<string, readonly Text[]>;
}

export const NO_LIMITS: CallLimits = { session: undefined, endpoint: undefined };

/** What is named of a question. */
export interface NamedLimits {
  readonly session?: readonly PolicyInForce[] | undefined;
  /** The address, id or ARN of a VPC endpoint. */
  readonly endpoint?: string | undefined;
}

/** The limits that a question names, for a call of a service. */
export function findLimits(
  world: World,
  { session, endpoint }: NamedLimits,
  { caller, service }: { readonly caller: Caller; readonly service: string },
): CallLimits | QuestionProblem {
  if (session !== undefined && caller.kind !== 'role-session' && caller.kind !== 'federated-user')
    return { problem: 'Session policies are of sessions of roles, and of federated users: the principal is neither.' };
  const through = endpoint === undefined ? undefined : findEndpoint(world, endpoint, service);
  if (through !== undefined && 'problem' in through) return through;
  // Without any it may do nothing of its user's: which it has is not said.
  const isOpen = session === undefined && caller.kind === 'federated-user';
  return { session: isOpen ? [unseen('session policies of the federated user')] : session, endpoint: through };
}

/**
 * Amazon VPC User Guide, "Control access to VPC endpoints using endpoint policies": without one of its own an endpoint has a
 * policy that allows everything. IAM User Guide, "AWS global condition context keys": through an endpoint `aws:SourceIp` is not
 * in the request, and `aws:SourceVpce` and `aws:SourceVpc` are.
 */
function findEndpoint(world: World, name: string, service: string): EndpointLimit | QuestionProblem {
  const [byId] = namedResources(world).filter((resource) => {
    const id = resource.type === TYPE ? attributeOf(world, resource, 'id') : undefined;
    return id?.kind === 'string' && id.value === name;
  });
  const found = byId === undefined ? findTarget(world, name) : { resource: byId };
  if ('problem' in found) return found;
  const { resource } = found;
  if (resource?.type !== TYPE) return { problem: `"${name}" is no VPC endpoint of the input.` };
  const of = attributeOf(world, resource, 'service_name');
  const gateway = of?.kind === 'string' ? /\.(s3|dynamodb)$/.exec(of.value)?.[1] : undefined;
  if (gateway !== undefined && gateway !== service)
    return { problem: `"${name}" is an endpoint of ${gateway}: calls of ${service} do not go through it.` };
  const document = attributeOf(world, resource, 'resource_policy') ?? attributeOf(world, resource, 'policy');
  const label = `policy of ${resource.address}`;
  const keys = new Map<string, readonly Text[]>([['aws:sourceip', []]]);
  for (const [key, attribute] of [
    ['aws:sourcevpce', 'id'],
    ['aws:sourcevpc', 'vpc_id'],
  ] as const) {
    const value = attributeOf(world, resource, attribute) ?? (attribute === 'id' ? unknownId(resource) : undefined);
    const text = value === undefined ? undefined : asText(value);
    if (text !== undefined) keys.set(key, [text]);
  }
  if (document !== undefined) return { policy: { document, name: label }, keys };
  return { policy: isAbsent(resource, 'policy') ? undefined : unseen(label), keys };
}

/** As what refers to it has it. */
function unknownId({ root, address }: Resource): UnknownValue {
  return unknownValue('computed-by-provider', {
    type: { kind: 'string' },
    subject: `${address}.id`,
    identity: `${root}\0${address}.id`,
    notNull: true,
    refersTo: [{ root, address, attribute: 'id' }],
  });
}

const TYPE = 'aws_vpc_endpoint';
