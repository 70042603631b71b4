export { type Answer, all, any, both, type Cause, either, nameOf, open } from './answer.js';
export {
  allowNaming,
  fits,
  isDenyFor,
  isNearMiss,
  type Request,
  statementsAbout,
  toDocument,
} from './applies.js';
export { type Condition, compileCondition } from './condition.js';
export { ABSENT, type Context, type KeyState, known, unknownKey } from './context.js';
export {
  deniesAll,
  documentAllows,
  documentIsPublic,
  isRestrictedBy,
  statementAllows,
  statementIsPublic,
} from './document.js';
export { expandActions } from './expand-actions.js';
export { statesOf } from './key-space.js';
export { toMatcher } from './matcher.js';
export { toMoment } from './operators/date.js';
export { operatorOf, positiveOf } from './operators/operators.js';
export { covers, equals, matchesResource, overlaps, type Pattern, toActionPattern, toPattern } from './pattern.js';
export { type Caller, type Naming, NOBODY, principalNames } from './principal.js';
export { coversAction, coversResource, elementsOf, fieldOf, hasEffect, overlapsWith } from './statement.js';
export type { Statement } from './statement-parts.js';
export {
  ANY,
  COLON,
  type Hole,
  holeOf,
  identityOf,
  isHole,
  lowerCode,
  ONE,
  plainText,
  SLASH,
  type Template,
  type Text,
  type Token,
  textOf,
  toLowerCase,
  toTemplate,
} from './text.js';
export type { Texts } from './texts.js';
export type { Ternary, Verdict } from './verdict.js';
