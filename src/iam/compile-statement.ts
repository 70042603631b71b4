import { type Answer, any, both, either, negate, open } from './answer.js';
import { type CompiledTexts, compileTexts, divideTexts } from './compiled-texts.js';
import { compileCondition } from './condition.js';
import { type Context, variablesOf } from './context.js';
import { isKnownPattern, knownText, lastKnownText, type Matcher, toMatcher, toUnionMatcher } from './matcher.js';
import { hasWildcardInSegment, matches, matchesInSegments, matchesResource } from './pattern.js';
import type { Statement } from './statement-parts.js';
import { COLON, type Text, toLowerCase } from './text.js';
import { someText, type Texts } from './texts.js';

/** The tests of a statement as functions, each made when it is first asked for. */
export interface CompiledStatement {
  /** IAM User Guide, "IAM JSON policy elements: Action" and "NotAction". The action is in lower case. */
  readonly fitsAction: (action: Text) => Answer;
  /** IAM User Guide, "IAM JSON policy elements: Resource" and "NotResource". A trust policy has neither. */
  readonly fitsResource: (resource: Text, context: Context) => Answer;
  readonly meetsConditions: (context: Context) => Answer;
}

export function compileStatement(statement: Statement): CompiledStatement {
  let fitsAction: CompiledStatement['fitsAction'] | undefined;
  let fitsResource: CompiledStatement['fitsResource'] | undefined;
  let meetsConditions: CompiledStatement['meetsConditions'] | undefined;
  return {
    fitsAction: (action) => {
      fitsAction ??= testOfActions(statement);
      return fitsAction(action);
    },
    fitsResource: (resource, context) => {
      fitsResource ??= testOfResources(statement);
      return fitsResource(resource, context);
    },
    meetsConditions: (context) => {
      meetsConditions ??= testOfConditions(statement);
      return meetsConditions(context);
    },
  };
}

/** The services that the actions of a statement can be of, in lower case. */
export function servicesOf({ actions, notActions }: Statement): ReadonlySet<string> | 'any' {
  if (notActions !== undefined || actions?.rest !== undefined) return 'any';
  const services = new Set<string>();
  for (const { options, perhaps } of actions?.elements ?? []) {
    const [template] = options;
    if (perhaps !== undefined) return 'any';
    if (template === undefined) continue;
    const service = isKnownPattern(template.tokens) ? serviceOf(template.tokens as Text) : ANY_SERVICE;
    if (service === ANY_SERVICE) return 'any';
    services.add(service);
  }
  return services;
}

const ANY_SERVICE = Symbol('any service');
const services = new WeakMap<Text, string | typeof ANY_SERVICE>();

function serviceOf(pattern: Text): string | typeof ANY_SERVICE {
  let service = services.get(pattern);
  if (service === undefined) {
    const colon = pattern.indexOf(COLON);
    service = colon === -1 ? ANY_SERVICE : (knownText(toLowerCase(pattern.slice(0, colon))) ?? ANY_SERVICE);
    services.set(pattern, service);
  }
  return service;
}

const lowerCases = new WeakMap<Text, Text>();

/** Of patterns that are asked for again and again. */
function toLowerCaseOnce(pattern: Text): Text {
  let lower = lowerCases.get(pattern);
  if (lower === undefined) {
    lower = toLowerCase(pattern);
    lowerCases.set(pattern, lower);
  }
  return lower;
}

function compileActions(texts: Texts | undefined): CompiledTexts | undefined {
  return texts === undefined ? undefined : compileTexts(texts, toLowerCaseOnce);
}

function testOfActions({ actions, notActions }: Statement): CompiledStatement['fitsAction'] {
  const named = compileActions(actions);
  const excepted = compileActions(notActions);
  if (excepted === undefined) return (action) => named !== undefined && isNamed(named, action);
  return (action) => either(named !== undefined && isNamed(named, action), negate(isNamed(excepted, action)));
}

function isNamed({ known, isMatch, others }: CompiledTexts, action: Text): Answer {
  const text = knownText(action);
  const answer = text === undefined ? any(known.map((pattern) => matches(pattern, action))) : isMatch(text);
  if (answer === true || others === undefined) return answer;
  return either(
    answer,
    someText(others, NO_VARIABLES, (pattern) => matches(toLowerCase(pattern), action)),
  );
}

function NO_VARIABLES(): undefined {
  return undefined;
}

function testOfResources({ resources, notResources }: Statement): CompiledStatement['fitsResource'] {
  if (resources === undefined && notResources === undefined) return () => true;
  const named = resources === undefined ? undefined : compileResources(resources, false);
  if (notResources === undefined) return named ?? (() => false);
  const excepted = compileResources(notResources, VARIABLE_IN_NOTRESOURCE);
  return (resource, context) =>
    either(named === undefined ? false : named(resource, context), negate(excepted(resource, context)));
}

const VARIABLE_IN_NOTRESOURCE: Answer = open({ kind: 'construct', name: 'variable-in-notresource' });

/** A pattern with a wildcard of which it is open whether it runs over colons. */
interface BoundPattern {
  readonly pattern: Text;
  readonly isMatch: Matcher;
  readonly colons: number;
}

function compileResources(texts: Texts, missing: Answer): CompiledStatement['fitsResource'] {
  const compiled = divideTexts(texts, (pattern) => pattern);
  const isFree = toUnionMatcher(compiled.known.filter((pattern) => !hasWildcardInSegment(pattern)));
  const bound = compiled.known.filter(hasWildcardInSegment).map(
    (pattern): BoundPattern => ({
      pattern,
      isMatch: toMatcher(pattern),
      colons: pattern.filter((token) => token === COLON).length,
    }),
  );
  const { known, others } = compiled;
  return (resource, context) => {
    const text = lastKnownText(resource);
    if (text !== undefined && isFree(text)) return true;
    const answer =
      text === undefined
        ? any(known.map((pattern) => matchesResource(pattern, resource)))
        : bound.length === 0
          ? false
          : matchesBound(bound, text, resource);
    if (answer === true || others === undefined) return answer;
    const read = variablesOf(context);
    return either(
      answer,
      someText(others, read, (pattern) => matchesResource(pattern, resource), missing),
    );
  };
}

const ACROSS_COLON: Answer = open({ kind: 'construct', name: 'wildcard-across-colon' });

/** As `matchesResource` for each of them: where all colons stand in the pattern, no wildcard runs over one. */
function matchesBound(bound: readonly BoundPattern[], text: string, resource: Text): Answer {
  let answer: Answer = false;
  for (const { pattern, isMatch, colons } of bound) {
    if (!isMatch(text)) continue;
    if (countColons(text) === colons || matchesInSegments(pattern, resource)) return true;
    answer = ACROSS_COLON;
  }
  return answer;
}

function countColons(text: string): number {
  let count = 0;
  for (let at = text.indexOf(':'); at !== -1; at = text.indexOf(':', at + 1)) count++;
  return count;
}

const UNKNOWN_CONDITION: Answer = open({ kind: 'construct', name: 'condition' });
const PERHAPS: Answer = open({ kind: 'construct', name: 'statement' });

/** All conditions; beside them whether the statement is there at all. */
function testOfConditions(statement: Statement): CompiledStatement['meetsConditions'] {
  const tests = statement.conditions.map(({ condition, perhaps }) => {
    const test = compileCondition(condition);
    return (context: Context): Answer => {
      const answer = test(context);
      return perhaps && answer !== true ? UNKNOWN_CONDITION : answer;
    };
  });
  const doubts = [...(statement.areConditionsOpen ? [UNKNOWN_CONDITION] : []), ...(statement.perhaps ? [PERHAPS] : [])];
  if (tests.length === 0 && doubts.length === 0) return () => true;
  return (context) => {
    let joined: Answer = true;
    for (const test of tests) {
      joined = both(joined, test(context));
      if (joined === false) return false;
    }
    for (const doubt of doubts) joined = both(joined, doubt);
    return joined;
  };
}
