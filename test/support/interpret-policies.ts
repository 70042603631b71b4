import type { DecidingStatement } from '../../src/access/evaluate-policies.js';
import type { PolicyInForce, PolicyKind } from '../../src/access/request.js';
import { type Answer, all, any, type Cause, negate, open } from '../../src/iam/answer.js';
import { type Request, toDocument } from '../../src/iam/applies.js';
import type { Condition } from '../../src/iam/condition.js';
import { type Context, type KeyState, variablesOf } from '../../src/iam/context.js';
import { operatorOf } from '../../src/iam/operators/operators.js';
import { equals, matches, matchesResource } from '../../src/iam/pattern.js';
import type { Statement } from '../../src/iam/statement-parts.js';
import { textOf as charactersOf, type Text, toLowerCase } from '../../src/iam/text.js';
import { someText, type Texts } from '../../src/iam/texts.js';

/* What policies without principals say, by the documentation's words one after the other and without any preparation. */

export interface Interpretation {
  readonly allows: Answer;
  readonly denies: Answer;
  readonly statements: readonly DecidingStatement[];
}

/** What policies without principals say about a request. */
export function interpretPolicies(
  kind: PolicyKind,
  policies: readonly PolicyInForce[],
  request: Request,
): Interpretation {
  const statements: DecidingStatement[] = [];
  const allows: Answer[] = [];
  const denies: Answer[] = [];
  for (const { document, name, perhaps } of policies) {
    const { statements: all, isOpen } = toDocument(document);
    for (const statement of all) {
      const { source, isAllow } = statement;
      const effect = (one: 'Allow' | 'Deny') => (isAllow === undefined ? undefined : one);
      const fit = weaken(fits(statement, request), isAllow === undefined ? UNKNOWN_EFFECT : perhaps);
      if (fit === false) {
        if (isAllow === true && isNearMiss(statement, request))
          statements.push({ kind, effect: 'Allow', applies: 'condition', policy: name, source });
        continue;
      }
      const applies = fit === true ? 'yes' : 'perhaps';
      if (isAllow !== false) {
        allows.push(fit);
        statements.push({ kind, effect: effect('Allow'), applies, policy: name, source });
      }
      if (isAllow !== true) {
        denies.push(fit);
        statements.push({ kind, effect: effect('Deny'), applies, policy: name, source });
      }
    }
    if (!isOpen) continue;
    const answer = open(perhaps ?? unknownDocument(document, name ?? kind));
    allows.push(answer);
    denies.push(answer);
    statements.push({ kind, effect: undefined, applies: 'perhaps', policy: name, source: document });
  }
  return { allows: any(allows), denies: any(denies), statements };
}

const UNKNOWN_EFFECT: Cause = { kind: 'construct', name: 'effect' };

function weaken(answer: Answer, perhaps: Cause | undefined): Answer {
  return perhaps === undefined ? answer : all([answer, open(perhaps)]);
}

function unknownDocument(document: PolicyInForce['document'], name: string): Cause {
  return document.kind === 'unknown'
    ? { kind: 'value', value: document }
    : { kind: 'construct', name: `statements of ${name}` };
}

const UNKNOWN_CONDITION: Answer = open({ kind: 'construct', name: 'condition' });
const PERHAPS: Answer = open({ kind: 'construct', name: 'statement' });

/** Whether action, resource and conditions of a statement fit a request, whoever makes it. */
function fits(statement: Statement, request: Request): Answer {
  const action = fitsAction(statement, request.action);
  if (action === false) return false;
  const resource = fitsResource(statement, request);
  if (resource === false) return false;
  return all([action, resource, ...conditionsOf(statement, request), ...(statement.perhaps ? [PERHAPS] : [])]);
}

function* conditionsOf({ conditions, areConditionsOpen }: Statement, { context }: Request): Iterable<Answer> {
  for (const { condition, perhaps } of conditions) {
    const answer = isMet(condition, context);
    yield perhaps && answer !== true ? UNKNOWN_CONDITION : answer;
  }
  if (areConditionsOpen) yield UNKNOWN_CONDITION;
}

/** IAM User Guide, "IAM JSON policy elements: Action" and "NotAction". */
function fitsAction({ actions, notActions }: Statement, action: Text): Answer {
  const isNamed = (texts: Texts) =>
    someText(
      texts,
      () => undefined,
      (text) => matches(toLowerCase(text), action),
    );
  return any([actions !== undefined && isNamed(actions), notActions !== undefined && negate(isNamed(notActions))]);
}

/** IAM User Guide, "IAM JSON policy elements: Resource" and "NotResource". A trust policy has neither. */
function fitsResource({ resources, notResources }: Statement, { resource, context }: Request): Answer {
  if (resources === undefined && notResources === undefined) return true;
  const read = variablesOf(context);
  const match = (text: Text) => matchesResource(text, resource);
  return any([
    resources !== undefined && someText(resources, read, match),
    notResources !== undefined &&
      negate(someText(notResources, read, match, open({ kind: 'construct', name: 'variable-in-notresource' }))),
  ]);
}

function isNearMiss(statement: Statement, request: Request): boolean {
  const { conditions } = statement;
  return (
    conditions.length > 0 && fitsAction(statement, request.action) === true && fitsResource(statement, request) === true
  );
}

function isMet({ operator, key, values, source }: Condition, context: Context): Answer {
  if (operator === undefined || key === undefined) return open({ kind: 'construct', name: source.kind });
  const state = context(key);
  if (operator.base === 'null') return isNull(values, state, context);
  const tested = operatorOf(operator.base);
  if (tested === undefined) return open({ kind: 'construct', name: `operator:${operator.name}` });
  const given =
    state.kind === 'known' ? state.values.filter((value) => operator.set === undefined || value.length > 0) : [];
  if (state.kind === 'absent' || (state.kind === 'known' && given.length === 0)) {
    // The page of operators says true of every IfExists, that of sets says false of every ForAnyValue.
    if (operator.ifExists && operator.set === 'any') return open({ kind: 'construct', name: 'foranyvalue-ifexists' });
    return operator.ifExists || operator.set === 'all' || (operator.set === undefined && tested.isNegated);
  }
  if (state.kind === 'unknown') return open(state.cause);
  if (operator.set === undefined && given.length > 1) return open({ kind: 'construct', name: `multivalued:${key}` });
  // The page of operators knows variables in Bool, the page of variables does not.
  const hasVariables = values.elements.some(({ options }) => options.some((one) => one?.hasVariables));
  if (operator.base === 'bool' && hasVariables) return open({ kind: 'construct', name: 'variable-in-bool' });
  const passes = (value: Text): Answer => {
    const matched = someText(values, variablesOf(context), (text) => tested.test(text, value));
    return tested.isNegated ? negate(matched) : matched;
  };
  return operator.set === 'all' ? all(given.map(passes)) : any(given.map(passes));
}

function isNull(values: Texts, state: KeyState, context: Context): Answer {
  if (state.kind === 'unknown') return open(state.cause);
  const isAbsent = state.kind === 'absent' || state.values.every((value) => value.length === 0);
  return someText(values, variablesOf(context), (text) => equals(toLowerCase(text), charactersOf(String(isAbsent))));
}
