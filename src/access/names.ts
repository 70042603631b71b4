import { equals, holeOf, plainText, type Text, textOf } from '../iam/index.js';
import type { Resource } from '../model/resource.js';
import type { UnknownValue } from '../model/value.js';
import { nearestName } from '../source/suggest.js';
import { outsidePrincipal, type Principal, principalOf } from './principals.js';
import { arnTextOf, namedResources, type World } from './world.js';

/** What is wrong with a question, in one sentence. */
export interface QuestionProblem {
  readonly problem: string;
}

/** The principal that a name is of: an address, an ARN, a service, `anonymous`. */
export function findPrincipal(world: World, name: string): Principal | QuestionProblem {
  const named = byAddress(world, name);
  if (named.length > 1) return inSeveralRoots(name, named, '');
  const [resource] = named.length > 0 ? named : byArn(world, name).filter(isPrincipalType);
  if (resource !== undefined && isPrincipalType(resource)) return principalOf(world, resource);
  // An identity provider is a resource too, and those whom it vouches for are who calls.
  if (resource !== undefined && outsidePrincipal(name) === undefined)
    return { problem: `"${name}" is a ${resource.type}: principals are users, roles, services and accounts' roots.` };
  const session = sessionOf(world, name);
  if (session !== undefined) return session;
  const outside = outsidePrincipal(name);
  if (outside !== undefined) return outside;
  const addresses = namedResources(world)
    .filter(isPrincipalType)
    .map(({ address }) => address);
  const nearest = nearestName(name, addresses);
  const hint = nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
  return { problem: `"${name}" is no user or role of the input, no ARN of one, and no service.${hint}` };
}

/** Whether it is a user or role that is written. */
export function isPrincipalType({ type, mode, presence }: Resource): boolean {
  return mode === 'managed' && presence === 'written' && (type === 'aws_iam_role' || type === 'aws_iam_user');
}

/** A named session of a role of the graph. */
function sessionOf(world: World, name: string): Principal | undefined {
  const [, partition = '', account = '', role = ''] =
    /^arn:([a-z-]+):sts::(\d{12}):assumed-role\/([^/]+)\/[^/]+$/.exec(name) ?? [];
  if (role === '') return undefined;
  const found = namedResources(world).filter((resource) => {
    const arn = resource.type === 'aws_iam_role' ? arnTextOf(world, resource) : undefined;
    const text = arn === undefined ? undefined : plainText(arn);
    return text?.startsWith(`arn:${partition}:iam::${account}:role/`) === true && text.endsWith(`/${role}`);
  });
  const [only, ...others] = found;
  if (only === undefined || others.length > 0) return undefined;
  const principal = principalOf(world, only);
  const { caller } = principal;
  return caller.kind === 'role-session' ? { ...principal, caller: { ...caller, arn: textOf(name) } } : undefined;
}

/** What is asked about. */
export interface Target {
  readonly text: Text;
  readonly resource: Resource | undefined;
}

/** The resource that a name is of: an address, which may go on with what is in it, or an ARN. */
export function findTarget(world: World, name: string): Target | QuestionProblem {
  if (name === '*') return { text: textOf('*'), resource: undefined };
  if (name.startsWith('arn:')) {
    const [resource] = byArn(world, name);
    return { text: textOf(name), resource: resource ?? containerOf(world, name) };
  }
  const starts = namedResources(world).flatMap((resource) => {
    const start = namesOf(resource).find((one) => name === one || name.startsWith(`${one}/`));
    return start === undefined ? [] : [{ resource, length: start.length }];
  });
  const longest = Math.max(0, ...starts.map(({ length }) => length));
  const resources = starts.filter(({ length }) => length === longest).map((start) => start.resource);
  const [resource] = resources;
  if (resource === undefined) {
    const nearest = nearestName(
      name,
      namedResources(world).map(({ address }) => address),
    );
    return {
      problem: `"${name}" is no resource of the input and no ARN.${nearest === undefined ? '' : ` Did you mean "${nearest}"?`}`,
    };
  }
  const rest = name.slice(longest);
  if (resources.length > 1) return inSeveralRoots(name, resources, rest);
  return { text: [...targetOf(world, resource).text, ...textOf(rest)], resource };
}

/** A resource of the graph as what is asked about. */
export function targetOf(world: World, resource: Resource): Target {
  return { text: arnTextOf(world, resource) ?? [holeOf(unknownArn(resource))], resource };
}

function unknownArn({ root, address }: Resource): UnknownValue {
  return {
    kind: 'unknown',
    type: { kind: 'string' },
    reason: 'computed-by-provider',
    subject: `${address}.arn`,
    identity: `${root}\0${address}.arn`,
    notNull: true,
    refersTo: [{ root, address, attribute: 'arn' }],
  };
}

function byAddress(world: World, name: string): Resource[] {
  return namedResources(world).filter((resource) => namesOf(resource).includes(name));
}

/** Its address, and that with its root, which tells it from those of other roots. */
function namesOf({ root, address }: Resource): readonly string[] {
  return [address, `${root}/${address}`];
}

/** `rest`: what is named in the resource. */
function inSeveralRoots(name: string, resources: readonly Resource[], rest: string): QuestionProblem {
  const names = resources.map(({ root, address }) => `"${root}/${address}${rest}"`);
  return { problem: `"${name}" is in several roots: name it ${names.join(' or ')}.` };
}

/** The resources whose ARN a name is. */
export function byArn(world: World, name: string): Resource[] {
  if (!name.startsWith('arn:')) return [];
  const text = textOf(name);
  const found = namedResources(world).filter((resource) => {
    const arn = arnTextOf(world, resource);
    return arn !== undefined && equals(arn, text) === true;
  });
  // What code says of a live resource is what is asked about.
  return [
    ...found.filter(({ language }) => language !== 'live'),
    ...found.filter(({ language }) => language === 'live'),
  ];
}

/** The resource in which one lies: the bucket of an object, the log group of a stream. */
function containerOf(world: World, name: string): Resource | undefined {
  let found: Resource | undefined;
  let longest = 0;
  for (const resource of namedResources(world)) {
    const arn = arnTextOf(world, resource);
    const text = arn === undefined ? undefined : plainText(arn);
    if (text === undefined || text.length <= longest) continue;
    if (!name.startsWith(`${text}/`) && !name.startsWith(`${text}:`)) continue;
    found = resource;
    longest = text.length;
  }
  return found;
}
