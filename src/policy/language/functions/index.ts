import { COLLECTION_FUNCTIONS, OPTIONAL_FUNCTIONS } from './collection-functions.js';
import type { FunctionTable } from './function.js';
import { STRING_FUNCTIONS } from './string-functions.js';

/** Every function of the language. To add one, add it to a table with its signatures. */
export const FUNCTIONS: FunctionTable = {
  ...STRING_FUNCTIONS,
  ...COLLECTION_FUNCTIONS,
  ...OPTIONAL_FUNCTIONS,
};
