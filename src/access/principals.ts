import { type Caller, holeOf, plainText, SLASH, type Text, textOf } from '../iam/index.js';
import type { Resource } from '../model/resource.js';
import type { UnknownValue } from '../model/value.js';
import { unknownValue } from '../model/values.js';
import { ADMINISTRATOR } from './documents.js';
import { boundaryOf, identityPoliciesOf, unseen, unseenBoundary } from './identity-policies.js';
import type { PolicyInForce } from './request.js';
import { accountTextOf, arnTextOf, asText, attributeOf, type World } from './world.js';

/** Who is asked about, with what is known of its own policies. */
export interface Principal {
  readonly caller: Caller;
  /** The user or role, where it is in the graph. */
  readonly resource: Resource | undefined;
  readonly identity: readonly PolicyInForce[];
  readonly boundary: PolicyInForce | undefined;
}

/** A user or role of the graph. */
export function principalOf(world: World, resource: Resource): Principal {
  const arn = arnTextOf(world, resource) ?? [];
  const account = accountTextOf(world, resource) ?? [];
  const id = attributeOf(world, resource, 'unique_id');
  const uniqueId = id?.kind === 'string' ? id.value : undefined;
  const caller: Caller =
    resource.type === 'aws_iam_user'
      ? { kind: 'user', arn, account, uniqueId }
      : {
          kind: 'role-session',
          arn: sessionArnOf(arn, account, resource.address),
          roleArn: arn,
          account,
          uniqueId,
          isServiceLinked: plainStart(arn).includes(':role/aws-service-role/'),
        };
  return {
    caller,
    resource,
    identity: identityPoliciesOf(world, resource),
    boundary: boundaryOf(world, resource),
  };
}

/** The known beginning of a text; unknown parts are left out. */
function plainStart(text: Text): string {
  return plainText(text.filter((token) => typeof token === 'number')) ?? '';
}

/** Of any session of a role: its name is not known. */
function sessionArnOf(roleArn: Text, account: Text, name: string): Text {
  const session = unknownValue('outside-input', {
    type: { kind: 'string' },
    subject: `name of the session of ${name}`,
    identity: `session of ${name}`,
    notNull: true,
  });
  const partition = roleArn.slice(4, roleArn.indexOf(COLON, 4));
  const roleName = roleArn.slice(roleArn.lastIndexOf(SLASH) + 1);
  return [
    ...textOf('arn:'),
    ...partition,
    ...textOf(':sts::'),
    ...account,
    ...textOf(':assumed-role/'),
    ...roleName,
    SLASH,
    holeOf(session),
  ];
}

const COLON = 58;

/** A principal that is named, and is not in the graph: what it has of its own is not known. */
export function outsidePrincipal(name: string): Principal | undefined {
  if (name === 'any-account') return ANY_ACCOUNT;
  const caller = outsideCaller(name);
  if (caller === undefined) return undefined;
  const hasPolicies = 'account' in caller && caller.kind !== 'root';
  return {
    caller,
    resource: undefined,
    identity: hasPolicies ? [unseen(`policies of ${name}`)] : [],
    boundary: hasPolicies ? unseenBoundary(name) : undefined,
  };
}

/** An administrator of an account that no policy names. The slash keeps it apart from accounts that are not known. */
const ANY_ACCOUNT: Principal = {
  caller: {
    kind: 'role-session',
    arn: [...textOf('arn:aws:sts::any/account:assumed-role/'), holeOf(anyName('session'))],
    roleArn: [...textOf('arn:aws:iam::any/account:role/'), holeOf(anyName('role'))],
    account: textOf('any/account'),
    canonicalId: 'any/account',
    isServiceLinked: false,
  },
  resource: undefined,
  identity: [ADMINISTRATOR],
  boundary: undefined,
};

function anyName(what: string): UnknownValue {
  const subject = `name of the ${what} of any account`;
  return unknownValue('outside-input', { type: { kind: 'string' }, subject, identity: subject, notNull: true });
}

function outsideCaller(name: string): Caller | undefined {
  if (name === 'anonymous' || name === '*') return { kind: 'anonymous' };
  if (/^[a-z0-9.-]+\.(amazonaws\.com(\.cn)?|amazon\.com|alexa\.com)$/.test(name))
    return { kind: 'service', service: textOf(name) };
  const [, partition = '', service, account = '', rest = ''] =
    /^arn:([a-z-]+):(iam|sts)::(\d{12}):(.+)$/.exec(name) ?? [];
  if (service === undefined) return undefined;
  const shared = { arn: textOf(name), account: textOf(account) };
  if (service === 'iam' && rest === 'root') return { kind: 'root', ...shared };
  if (service === 'iam' && rest.startsWith('user/')) return { kind: 'user', ...shared };
  if (service === 'iam' && rest.startsWith('oidc-provider/')) return { kind: 'web-identity', provider: shared.arn };
  if (service === 'iam' && rest.startsWith('saml-provider/')) return { kind: 'saml', provider: shared.arn };
  if (service === 'sts' && rest.startsWith('federated-user/')) {
    const user = unknownValue('outside-input', { type: { kind: 'string' }, subject: `user of ${name}`, notNull: true });
    const userArn = [...textOf(`arn:${partition}:iam::${account}:user/`), holeOf(user)];
    return { kind: 'federated-user', ...shared, userArn };
  }
  if (service === 'iam' && rest.startsWith('role/')) {
    const isServiceLinked = rest.startsWith('role/aws-service-role/');
    return {
      kind: 'role-session',
      ...shared,
      arn: sessionArnOf(shared.arn, shared.account, name),
      roleArn: shared.arn,
      isServiceLinked,
    };
  }
  const [, role] = /^assumed-role\/([^/]+)\/[^/]+$/.exec(rest) ?? [];
  if (service !== 'sts' || role === undefined) return undefined;
  // The path of the role is in no session's ARN.
  const path = unknownValue('outside-input', {
    type: { kind: 'string' },
    subject: `path of ${role}`,
    identity: `path of ${name}`,
  });
  const roleArn = [...textOf(`arn:${partition}:iam::${account}:role/`), holeOf(path), ...textOf(role)];
  return { kind: 'role-session', ...shared, roleArn, isServiceLinked: false };
}

/** The tags of a user or role that are known, their keys in lower case; undefined where none can be told. */
export function tagsOf(world: World, resource: Resource | undefined): ReadonlyMap<string, Text> | undefined {
  if (resource === undefined) return undefined;
  const tags = attributeOf(world, resource, 'tags');
  const known = new Map<string, Text>();
  if (tags?.kind !== 'object') return tags === undefined ? known : undefined;
  for (const [key, value] of tags.entries) {
    const text = asText(value);
    if (text !== undefined) known.set(key.toLowerCase(), text);
  }
  return known;
}
