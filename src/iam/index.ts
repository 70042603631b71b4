export {
  deniesAll,
  documentAllows,
  documentIsPublic,
  isRestrictedBy,
  statementAllows,
  statementIsPublic,
} from './document.js';
export type { Ternary, Verdict } from './verdict.js';
