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
export { equals, type Pattern, toActionPattern, toPattern } from './pattern.js';
export { type Caller, type Naming, NOBODY, principalNames } from './principal.js';
export { coversAction, coversResource, elementsOf, fieldOf, hasEffect, overlapsWith } from './statement.js';
export type { Statement } from './statement-parts.js';
export {
  ANY,
  holeOf,
  identityOf,
  isHole,
  ONE,
  plainText,
  SLASH,
  type Text,
  type Token,
  textOf,
  toLowerCase,
  toTemplate,
} from './text.js';
export type { Ternary, Verdict } from './verdict.js';
