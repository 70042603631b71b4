import type { Evaluation } from '../../model/evaluation.js';
import type { CloudFormationSchemas } from '../../schemas/cloudformation-schema.js';
import type { FileSystem } from '../../source/file-system.js';
import type { SourceRange } from '../../source/source-file.js';

/** What `evaluateCloudFormation` needs; nothing in it is read from the machine. */
export interface CloudFormationInput {
  readonly fileSystem: FileSystem;
  /** Paths of the project's template files. */
  readonly templates: readonly string[];
  readonly schemas: CloudFormationSchemas;
  /** Comments whose text matches are returned attached to what they stand at. */
  readonly commentPattern?: RegExp | undefined;
}

export interface CloudFormationResult extends Evaluation {
  readonly roots: readonly EvaluatedTemplate[];
}

/** One template that was evaluated as a stack of its own. */
export interface EvaluatedTemplate {
  /** As in `RawResource.root`. */
  readonly root: string;
  readonly file: string;
  readonly kind: 'deployment' | 'example';
  readonly parametersWithoutValue: readonly { readonly name: string; readonly range: SourceRange }[];
  /** A given parameter that no root declares is a usage error. */
  readonly declaredParameters: readonly string[];
  /** Every template that belongs to it, the nested ones too. */
  readonly templates: readonly string[];
  /** Resources that a condition leaves out. */
  readonly notInstantiated: number;
}
