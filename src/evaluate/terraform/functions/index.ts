import { awsFunctions } from './aws.js';
import { collectionFunctions } from './collection.js';
import { conversionFunctions } from './conversion.js';
import { dateTimeFunctions } from './date-time.js';
import { encodingFunctions } from './encoding.js';
import { filesystemFunctions } from './filesystem.js';
import { formatFunctions } from './format-list.js';
import type { TerraformFunction } from './function.js';
import { hashAndCryptoFunctions } from './hash-crypto.js';
import { ipFunctions } from './ip.js';
import { listFunctions } from './lists.js';
import { mapFunctions } from './maps.js';
import { numberFunctions } from './number.js';
import { regexFunctions } from './regex.js';
import { setFunctions } from './sets.js';
import { stringFunctions } from './string.js';
import { yamlFunctions } from './yaml.js';

const families: readonly (readonly TerraformFunction[])[] = [
  collectionFunctions,
  listFunctions,
  mapFunctions,
  setFunctions,
  conversionFunctions,
  numberFunctions,
  regexFunctions,
  stringFunctions,
  formatFunctions,
  awsFunctions,
  dateTimeFunctions,
  encodingFunctions,
  filesystemFunctions,
  hashAndCryptoFunctions,
  ipFunctions,
  yamlFunctions,
];

/**
 * The functions of Terraform 1.11 by name, each as `core::name` too. `try`, `can` and `type` are forms of their own:
 * https://developer.hashicorp.com/terraform/language/v1.11.x/functions
 */
export const terraformFunctions: ReadonlyMap<string, TerraformFunction> = new Map(
  families
    .flat()
    .flatMap((one) => [
      [one.name, one] as const,
      ...(one.name.includes('::') ? [] : [[`core::${one.name}`, one] as const]),
    ]),
);
