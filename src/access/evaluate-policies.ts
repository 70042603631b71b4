import {
  type Answer,
  allowNaming,
  both,
  type Cause,
  either,
  fits,
  isDenyFor,
  isNearMiss,
  type Naming,
  NOBODY,
  open,
  type Request,
  type Statement,
  statementsAbout,
  toDocument,
} from '../iam/index.js';
import type { Value } from '../model/value.js';
import type { PolicyInForce, PolicyKind } from './request.js';

/** A statement that mattered to an answer. */
export interface DecidingStatement {
  readonly kind: PolicyKind;
  /** Undefined where it is not known. */
  readonly effect: 'Allow' | 'Deny' | undefined;
  /** Whether it applies: `condition` where only a condition keeps it from applying. */
  readonly applies: 'yes' | 'perhaps' | 'condition';
  readonly policy: string | undefined;
  /** The statement, or the document where no statement of it is known. */
  readonly source: Value;
  /** What names the policy, where its content is no part of the input. */
  readonly attachedBy?: Value | undefined;
  /** What is taken for granted of the policy's content. */
  readonly assumed?: readonly string[] | undefined;
}

/** What policies of one kind say about a request. */
export interface PolicyAnswer {
  readonly allows: Answer;
  readonly denies: Answer;
}

/** What resource policies say: an Allow by how it names the caller. */
export interface NamingAnswer {
  readonly allows: Naming;
  readonly denies: Answer;
}

/** Policies without principals: for whoever they are attached to. */
export function evaluatePolicies(
  kind: PolicyKind,
  policies: readonly PolicyInForce[],
  request: Request,
  statements: DecidingStatement[],
): PolicyAnswer {
  if (policies.length === 0) return SILENT;
  const { allows, denies } = evaluate(policies, { kind, request, found: statements, principal: WHOEVER });
  return { allows: allows.direct, denies };
}

const SILENT: PolicyAnswer = { allows: false, denies: false };
const ANYBODY: Naming = { direct: true, role: false, account: false };
const WHOEVER: Principal = { allow: () => ANYBODY, deny: () => true };

/** Policies with principals: of resources, of roles that are to be assumed, of endpoints. */
export function evaluateNaming(
  kind: PolicyKind,
  policies: readonly PolicyInForce[],
  request: Request,
  statements: DecidingStatement[],
): NamingAnswer {
  if (policies.length === 0) return NAMING_NOBODY;
  return evaluate(policies, { kind, request, found: statements, principal: NAMED });
}

const NAMING_NOBODY: NamingAnswer = { allows: NOBODY, denies: false };
const NAMED: Principal = { allow: allowNaming, deny: isDenyFor };

interface Principal {
  readonly allow: (statement: Statement, request: Request) => Naming;
  readonly deny: (statement: Statement, request: Request) => Answer;
}

interface Evaluation {
  readonly kind: PolicyKind;
  readonly request: Request;
  readonly found: DecidingStatement[];
  readonly principal: Principal;
}

/** Answers of which one has to be true, as they come in. */
interface Joined {
  direct: Answer;
  role: Answer;
  account: Answer;
  denies: Answer;
}

function evaluate(policies: readonly PolicyInForce[], evaluation: Evaluation): NamingAnswer {
  const { request, kind, found } = evaluation;
  const joined: Joined = { direct: false, role: false, account: false, denies: false };
  for (const policy of policies) {
    const { document, name, perhaps } = policy;
    const parts = toDocument(document);
    for (const statement of statementsAbout(parts, request)) judge(statement, policy, evaluation, joined);
    if (!parts.isOpen) continue;
    const answer = open(perhaps ?? unknownDocument(document, name ?? kind));
    joined.direct = either(joined.direct, answer);
    joined.role = either(joined.role, answer);
    joined.account = either(joined.account, answer);
    joined.denies = either(joined.denies, answer);
    found.push({ kind, effect: undefined, applies: 'perhaps', policy: name, source: document });
  }
  const { direct, role, account, denies } = joined;
  return { allows: { direct, role, account }, denies };
}

function judge(
  statement: Statement,
  policy: PolicyInForce,
  { kind, request, found, principal }: Evaluation,
  joined: Joined,
): void {
  const { isAllow, source } = statement;
  const fit = weaken(fits(statement, request), isAllow === undefined ? UNKNOWN_EFFECT : policy.perhaps);
  const note = (effect: 'Allow' | 'Deny', applies: DecidingStatement['applies']) =>
    found.push({
      kind,
      effect: isAllow === undefined ? undefined : effect,
      applies,
      policy: policy.name,
      source,
      attachedBy: policy.attachedBy,
      assumed: policy.assumed,
    });
  if (fit === false) {
    if (isAllow === true && isNearMiss(statement, request)) note('Allow', 'condition');
    return;
  }
  if (isAllow !== false) {
    const naming = principal.allow(statement, request);
    const direct = both(fit, naming.direct);
    const role = both(fit, naming.role);
    const account = both(fit, naming.account);
    joined.direct = either(joined.direct, direct);
    joined.role = either(joined.role, role);
    joined.account = either(joined.account, account);
    const answer = either(either(direct, role), account);
    if (answer !== false) note('Allow', answer === true ? 'yes' : 'perhaps');
  }
  if (isAllow !== true) {
    const answer = both(fit, principal.deny(statement, request));
    joined.denies = either(joined.denies, answer);
    if (answer !== false) note('Deny', answer === true ? 'yes' : 'perhaps');
  }
}

const UNKNOWN_EFFECT: Cause = { kind: 'construct', name: 'effect' };

function weaken(answer: Answer, perhaps: Cause | undefined): Answer {
  return perhaps === undefined ? answer : both(answer, open(perhaps));
}

function unknownDocument(document: Value, name: string): Cause {
  if (document.kind === 'unknown' && document.subject === undefined && document.refersTo === undefined)
    return { kind: 'construct', name: `${name} (${document.reason})` };
  return document.kind === 'unknown'
    ? { kind: 'value', value: document }
    : { kind: 'construct', name: `statements of ${name}` };
}
