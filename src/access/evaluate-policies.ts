import {
  type Answer,
  all,
  allowNaming,
  any,
  type Cause,
  fits,
  isDenyFor,
  isNearMiss,
  type Naming,
  open,
  type Request,
  type Statement,
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
  const answers = evaluate(kind, policies, request, statements, {
    allow: () => ({ direct: true, role: false, account: false }),
    deny: () => true,
  });
  return { allows: answers.allows.direct, denies: answers.denies };
}

/** Policies with principals: of resources, of roles that are to be assumed, of endpoints. */
export function evaluateNaming(
  kind: PolicyKind,
  policies: readonly PolicyInForce[],
  request: Request,
  statements: DecidingStatement[],
): NamingAnswer {
  return evaluate(kind, policies, request, statements, { allow: allowNaming, deny: isDenyFor });
}

interface Principal {
  readonly allow: (statement: Statement, request: Request) => Naming;
  readonly deny: (statement: Statement, request: Request) => Answer;
}

function evaluate(
  kind: PolicyKind,
  policies: readonly PolicyInForce[],
  request: Request,
  found: DecidingStatement[],
  principal: Principal,
): NamingAnswer {
  const allows: { readonly direct: Answer[]; readonly role: Answer[]; readonly account: Answer[] } = {
    direct: [],
    role: [],
    account: [],
  };
  const denies: Answer[] = [];
  for (const { document, name, perhaps } of policies) {
    const { statements, isOpen } = toDocument(document);
    const note = (statement: Statement, effect: 'Allow' | 'Deny', answer: Answer, isMiss = false) => {
      const applies = isMiss ? 'condition' : answer === true ? 'yes' : 'perhaps';
      found.push({
        kind,
        effect: statement.isAllow === undefined ? undefined : effect,
        applies,
        policy: name,
        source: statement.source,
      });
    };
    for (const statement of statements) {
      const fit = weaken(fits(statement, request), statement.isAllow === undefined ? UNKNOWN_EFFECT : perhaps);
      if (fit === false) {
        if (statement.isAllow === true && isNearMiss(statement, request)) note(statement, 'Allow', false, true);
        continue;
      }
      if (statement.isAllow !== false) {
        const naming = principal.allow(statement, request);
        const ranks = {
          direct: all([fit, naming.direct]),
          role: all([fit, naming.role]),
          account: all([fit, naming.account]),
        };
        for (const rank of RANKS) allows[rank].push(ranks[rank]);
        const answer = any(Object.values(ranks));
        if (answer !== false) note(statement, 'Allow', answer);
      }
      if (statement.isAllow !== true) {
        const answer = all([fit, principal.deny(statement, request)]);
        denies.push(answer);
        if (answer !== false) note(statement, 'Deny', answer);
      }
    }
    if (!isOpen) continue;
    const answer = open(perhaps ?? unknownDocument(document, name ?? kind));
    for (const rank of RANKS) allows[rank].push(answer);
    denies.push(answer);
    found.push({ kind, effect: undefined, applies: 'perhaps', policy: name, source: document });
  }
  return {
    allows: { direct: any(allows.direct), role: any(allows.role), account: any(allows.account) },
    denies: any(denies),
  };
}

const RANKS = ['direct', 'role', 'account'] as const;
const UNKNOWN_EFFECT: Cause = { kind: 'construct', name: 'effect' };

function weaken(answer: Answer, perhaps: Cause | undefined): Answer {
  return perhaps === undefined ? answer : all([answer, open(perhaps)]);
}

function unknownDocument(document: Value, name: string): Cause {
  return document.kind === 'unknown'
    ? { kind: 'value', value: document }
    : { kind: 'construct', name: `statements of ${name}` };
}
