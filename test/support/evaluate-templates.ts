import { evaluateCloudFormation } from '../../src/evaluate/cloudformation/evaluate-cloudformation.js';
import type { CloudFormationInput, CloudFormationResult } from '../../src/evaluate/cloudformation/result.js';
import type { RawResource } from '../../src/model/raw-resource.js';
import type { Value } from '../../src/model/value.js';
import { cloudFormationSchemas } from '../../src/schemas/cloudformation-schemas.js';
import { showDiagnostic, valueAt } from './evaluate-files.js';
import { memoryFileSystem } from './memory-file-system.js';
import { toPlain } from './raw-resource.js';

/** Templates, evaluated, in a form in which whole results can be asserted. */
export interface EvaluatedTemplates {
  readonly result: CloudFormationResult;
  /** Address → values as plain data; a `?` after the address of what is perhaps not there. */
  readonly resources: Readonly<Record<string, unknown>>;
  /** `code place message`. */
  readonly diagnostics: readonly string[];
  resource(address: string): RawResource;
  /** `Bucket.BucketName`: a value by logical id and path. */
  value(path: string): Value;
}

/** Evaluates files that are given by path; every one is taken as a template unless others are named. */
export function evaluateTemplates(
  files: Readonly<Record<string, string | Uint8Array>> | string,
  options: Partial<CloudFormationInput> = {},
): EvaluatedTemplates {
  const contents = typeof files === 'string' ? { 'main.yaml': files } : files;
  const result = evaluateCloudFormation({
    fileSystem: memoryFileSystem(contents),
    templates: Object.keys(contents),
    schemas: cloudFormationSchemas,
    ...options,
  });
  const resource = (address: string): RawResource => {
    const found = result.resources.find((one) => one.address === address);
    if (found === undefined) throw new Error(`no ${address} among ${result.resources.map((one) => one.address)}`);
    return found;
  };
  return {
    result,
    resources: Object.fromEntries(
      result.resources.map((one) => [
        one.existence.kind === 'certain' ? one.address : `${one.address}?`,
        toPlain(one.values),
      ]),
    ),
    diagnostics: result.diagnostics.map(showDiagnostic),
    resource,
    value(path) {
      const [address = '', ...steps] = path.split('.');
      return valueAt(resource(address).values, steps);
    },
  };
}
