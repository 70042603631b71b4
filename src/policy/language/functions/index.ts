import { ACCESS_FUNCTIONS } from './access-functions.js';
import { COLLECTION_FUNCTIONS, OPTIONAL_FUNCTIONS } from './collection-functions.js';
import { CONVERSION_FUNCTIONS } from './conversion-functions.js';
import type { FunctionTable } from './function.js';
import { IAM_FUNCTIONS } from './iam-functions.js';
import { isPublicCidr, NETWORK_FUNCTIONS } from './network-functions.js';
import { REFERENCE_FUNCTIONS } from './reference-functions.js';
import { STRING_FUNCTIONS } from './string-functions.js';
import { TIME_FUNCTIONS } from './time-functions.js';
import { VALUE_FUNCTIONS } from './value-functions.js';

const isPublicStatement = IAM_FUNCTIONS['.isPublic'];

/** Every function of the language. To add one, add it to a table with its signatures. */
export const FUNCTIONS: FunctionTable = {
  ...STRING_FUNCTIONS,
  ...COLLECTION_FUNCTIONS,
  ...OPTIONAL_FUNCTIONS,
  ...CONVERSION_FUNCTIONS,
  ...TIME_FUNCTIONS,
  ...NETWORK_FUNCTIONS,
  ...REFERENCE_FUNCTIONS,
  ...VALUE_FUNCTIONS,
  ...IAM_FUNCTIONS,
  ...ACCESS_FUNCTIONS,
  // One name for a network and for a statement.
  '.isPublic': {
    signatures: isPublicStatement?.signatures ?? [],
    overNull: 'false',
    call: (values, context) => {
      const [subject] = values;
      return subject?.kind === 'cidr' ? isPublicCidr(subject) : isPublicStatement?.call(values, context);
    },
    partial: (values, context) => isPublicStatement?.partial?.(values, context),
  },
};
