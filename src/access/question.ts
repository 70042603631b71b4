import type { AccessAnswer, AccessListing, AccessStatement } from '../findings/access-answer.js';
import { plainText, principalNames, toDocument } from '../iam/index.js';
import { type CallLimits, findLimits, NO_LIMITS } from './call-limits.js';
import { type DecidedPair, joinPairs, keyOf, otherPairs } from './calls.js';
import { type Decision, decide } from './decide.js';
import { problemsIn, uniqueProblems } from './document-problems.js';
import type { DecidingStatement } from './evaluate-policies.js';
import { causeName } from './global-keys.js';
import { byArn, findPrincipal, findTarget, isPrincipalType, type QuestionProblem, type Target } from './names.js';
import { placeOf, sidOf } from './places.js';
import { assumedFor } from './policies-of-aws.js';
import { outsidePrincipal, type Principal, principalOf } from './principals.js';
import type { AccessRequest, PoliciesInForce, PolicyInForce } from './request.js';
import { resourcePoliciesOf } from './resource-policies.js';
import { type AccessSources, openPartitions, type StatedWorld, type Statements, stateWorld } from './stated-world.js';
import { findAction, type KnownAction, notSeen, serviceOf, toRequest } from './to-request.js';
import { namedResources } from './world.js';

/** May a principal do something with a resource? */
export interface AccessQuestion {
  /** An address, an ARN, a service, or `anonymous`. */
  readonly principal: string;
  readonly action: string;
  /** An ARN, `*`, or an address, which may go on with what is in it: `aws_s3_bucket.orders/2024/*`. */
  readonly resource: string;
  /** Keys of the request, in lower case; without values they are absent. */
  readonly context: ReadonlyMap<string, readonly string[]>;
  /** The account of resources whose account is not known. */
  readonly account: string | undefined;
  /** Other resources of the call, as `resource` is named. */
  readonly others?: readonly string[] | undefined;
  /** Only that permission is asked about, and not what else a call needs. */
  readonly isExact?: boolean | undefined;
  /** Policies of the session; undefined: nothing is said of them. */
  readonly session?: readonly PolicyInForce[] | undefined;
  /** The VPC endpoint that the call goes through: its address, id or ARN. */
  readonly endpoint?: string | undefined;
}

/** Answers a question out of the graph: by the policies that are in it, of the principal and of the resource. */
export function answerQuestion(
  question: AccessQuestion,
  sources: AccessSources,
  partition?: string,
): AccessAnswer | QuestionProblem {
  const names = [question.principal, question.resource];
  const asked = openQuestion(question, { names, partition }, sources);
  if ('problem' in asked) return asked;
  const principal = findPrincipal(asked.world, question.principal);
  if ('problem' in principal) return principal;
  const caller = { caller: principal.caller, service: serviceOf(question.action) };
  const limits = findLimits(asked.world, question, caller);
  if ('problem' in limits) return limits;
  const limited = { ...asked, limits };
  const own = answerFor(limited, principal, question.principal);
  const others = question.isExact === true ? [] : answerOthers(limited, principal, question);
  if ('problem' in others) return others;
  if (!dependsOnPartition([own, ...others.map(({ answer }) => answer)], asked.world)) return joinPairs(own, others);
  return answerQuestion(question, sources, USUAL_PARTITION);
}

/** What else the call needs. */
function answerOthers(
  asked: OpenQuestion,
  principal: Principal,
  question: AccessQuestion,
): readonly DecidedPair[] | QuestionProblem {
  const others = new Map<string, Target>();
  for (const name of question.others ?? []) {
    const found = findTarget(asked.world, name);
    if ('problem' in found) return found;
    others.set(name, found);
  }
  const account = 'account' in principal.caller ? principal.caller.account : undefined;
  const pairs = otherPairs({ action: asked.action.name, target: asked.target, account, others });
  if ('problem' in pairs) return pairs;
  return pairs.flatMap(({ action: name, target, named, when, context }): DecidedPair[] => {
    const action = findAction(name);
    if ('problem' in action) return [];
    const given = { ...question, action: name, resource: named, context: new Map([...context, ...question.context]) };
    // A call of one service asks others by itself, and not through the endpoint.
    const isOfSame = serviceOf(name) === serviceOf(question.action);
    const limits = { session: asked.limits.session, endpoint: isOfSame ? asked.limits.endpoint : undefined };
    const other = { ...asked, question: given, action, target, limits };
    return [{ answer: answerFor(other, principal, question.principal), when }];
  });
}

/**
 * Who may do something with a resource: users and roles of the graph, and of whom the resource's own policy names services,
 * accounts (as their roots, who may pass it on), and other principals; and those whom nothing names, with and without an account.
 */
export function whoCan(
  question: ResourceQuestion,
  sources: AccessSources,
  partition?: string,
): AccessListing | QuestionProblem {
  const asked = openQuestion(question, { names: [question.resource], partition }, sources);
  if ('problem' in asked) return asked;
  const { world, target } = asked;
  const own = namedResources(world)
    .filter(isPrincipalType)
    .map((resource) => answerFor(asked, principalOf(world, resource), resource.address));
  const named = namesIn(
    target.resource === undefined ? [] : resourcePoliciesOf(world, target.resource, serviceOf(question.action)),
  );
  // Access control lists, conditions, and parts of policies that are not known let in whom no policy names.
  const unnamed = target.resource === undefined ? [] : STRANGERS.filter((name) => !named.includes(name));
  const ask = (name: string) => {
    const principal = byArn(world, name).some(isPrincipalType) ? undefined : outsidePrincipal(name);
    return principal === undefined ? [] : [answerFor(asked, principal, name)];
  };
  const isLet = ({ outcome }: AccessAnswer) => outcome === 'allowed' || outcome === 'depends';
  const answers = [...own, ...named.flatMap(ask), ...unnamed.flatMap(ask).filter(isLet)];
  if (dependsOnPartition(answers, world)) return whoCan(question, sources, USUAL_PARTITION);
  const may = answers.filter(isLet);
  const notSeen = [...new Set(answers.flatMap((answer) => answer.notSeen))];
  return {
    action: question.action,
    resource: question.resource,
    answers: may,
    denied: answers.length - may.length,
    notSeen,
    problems: uniqueProblems(answers.flatMap(({ problems }) => problems)),
  };
}

/** Whom no policy has to name. */
const STRANGERS = ['anonymous', 'any-account'];

/** Where nothing says another, and it matters: it is listed with what is taken for granted. */
const USUAL_PARTITION = 'aws';

function dependsOnPartition(answers: readonly AccessAnswer[], world: StatedWorld): boolean {
  const open = openPartitions(world);
  return answers.some(({ dependsOn }) => dependsOn.some((name) => open.has(name)));
}

/** Whom Allow statements of policies name, as far as it is known, in their order. */
function namesIn(policies: readonly PolicyInForce[]): string[] {
  const names = policies.flatMap(({ document }) =>
    toDocument(document).statements.flatMap((statement) =>
      statement.isAllow === false ? [] : principalNames(statement),
    ),
  );
  return [...new Set(names)];
}

/** A question whose action and resource are found. */
interface OpenQuestion {
  readonly question: ResourceQuestion;
  readonly world: StatedWorld;
  readonly action: KnownAction;
  readonly target: Target;
  readonly limits: CallLimits;
}

/** What may be done with a resource, whoever does it. */
export type ResourceQuestion = Pick<AccessQuestion, 'action' | 'resource' | 'context' | 'account'>;

function openQuestion(
  question: ResourceQuestion,
  statements: Omit<Statements, 'account'>,
  sources: AccessSources,
): OpenQuestion | QuestionProblem {
  const action = findAction(question.action);
  if ('problem' in action) return action;
  const world = stateWorld({ ...statements, account: question.account }, sources);
  const target = findTarget(world, question.resource);
  if ('problem' in target) return target;
  const isAboutSome = (action.known?.resourceTypes.length ?? 0) > 0;
  if (isAboutSome && plainText(target.text) === '*')
    return { problem: `"${question.action}" is about a resource: name one instead of "*".` };
  return { question, world, action, target, limits: NO_LIMITS };
}

function answerFor(
  { question, world, action, target, limits }: OpenQuestion,
  principal: Principal,
  name: string,
): AccessAnswer {
  const assumed = new Set(action.notes);
  for (const [stated, value] of world.stated) assumed.add(`${stated} is ${value}`);
  const assumedForDenial = new Set<string>();
  const request = toRequest({
    world,
    principal,
    target,
    action,
    named: question.resource,
    given: question.context,
    limits,
    assumed,
    assumedForDenial,
  });
  const fact = factAbout(request);
  if (fact?.reason !== undefined) assumed.add(fact.reason);
  const { outcome, by, causes, statements } = fact?.decision ?? decide(request);
  if (fact === undefined)
    for (const assumption of assumedFor(request.policies, { outcome, statements })) assumed.add(assumption);
  if (outcome === 'implicit-deny') for (const assumption of assumedForDenial) assumed.add(assumption);
  return {
    principal: name,
    action: question.action,
    resource: question.resource,
    outcome,
    by,
    dependsOn: causes.map(causeName),
    statements: uniqueStatements(statements.map(toStatement)),
    assumed: [...assumed].sort(),
    notSeen: notSeen(
      request,
      [principal.resource, target.resource].some((one) => one !== undefined && one.language !== 'live'),
      limits,
    ),
    needs: [],
    problems: problemsIn(allOf(request.policies)),
  };
}

function* allOf({
  identity,
  boundary,
  session,
  resource,
  scp,
  rcp,
  endpoint,
}: PoliciesInForce): Iterable<PolicyInForce> {
  yield* identity;
  yield* resource;
  for (const policy of [boundary, endpoint]) if (policy !== undefined) yield policy;
  for (const list of [session ?? [], ...scp, ...rcp]) yield* list;
}

interface Fact {
  readonly decision: Decision;
  readonly reason: string | undefined;
}

/** What no policy decides: AWS STS API Reference, "GetCallerIdentity" and "AssumeRole". */
function factAbout({ action, caller }: AccessRequest): Fact | undefined {
  const lower = action.toLowerCase();
  if (lower === 'sts:getcalleridentity' && 'account' in caller)
    return { decision: withoutPolicy('allowed'), reason: `${action} needs no permission, and none can be denied` };
  if (lower === 'sts:assumerole' && caller.kind === 'root')
    return { decision: withoutPolicy('implicit-deny'), reason: 'the root user of an account cannot assume roles' };
  if (caller.kind !== 'anonymous' || UNSIGNED.has(lower) || UNSIGNED.has(serviceOf(lower))) return undefined;
  if (SIGNED.has(serviceOf(lower)))
    return { decision: withoutPolicy('implicit-deny'), reason: `${action} is called with a signature only` };
  const cause = { kind: 'construct', name: 'unsigned-calls' } as const;
  return { decision: { ...withoutPolicy('depends'), causes: [cause] }, reason: undefined };
}

/** Services, and actions, that answer calls without a signature where a policy lets everybody. */
const UNSIGNED: ReadonlySet<string> = new Set([
  'elasticfilesystem',
  'es',
  'execute-api',
  'lambda:invokefunctionurl',
  's3',
  'sns',
  'sqs',
]);

/** Services that answer none: AWS General Reference, "Signing AWS API requests". */
const SIGNED: ReadonlySet<string> = new Set(
  `backup codeartifact dynamodb ec2 ecr ecs eks events glue iam kinesis kms lambda logs organizations rds secretsmanager
  ssm states sts`.split(/\s+/),
);

function withoutPolicy(outcome: Decision['outcome']): Decision {
  return { outcome, by: [], causes: [], statements: [] };
}

/** One of unknown effect matters as an Allow and as a Deny. */
function uniqueStatements(statements: readonly AccessStatement[]): AccessStatement[] {
  return [...new Map(statements.map((statement) => [JSON.stringify(keyOf(statement)), statement])).values()];
}

function toStatement(statement: DecidingStatement): AccessStatement {
  const { kind, effect, applies, policy, source } = statement;
  return {
    kind,
    effect: effect ?? null,
    applies,
    policy: policy ?? null,
    sid: sidOf(source),
    location: placeOf(statement),
  };
}
