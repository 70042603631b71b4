import type { Evaluation } from '../../model/evaluation.js';
import type { CloudFormationSchemas } from '../../schemas/cloudformation-schema.js';
import type { FileSystem } from '../../source/file-system.js';
import type { SourceRange } from '../../source/source-file.js';
import type { GivenParameter } from './stack/parameters.js';

/** What `evaluateCloudFormation` needs; nothing in it is read from the machine. */
export interface CloudFormationInput {
  readonly fileSystem: FileSystem;
  /** Paths of the project's template files. */
  readonly templates: readonly string[];
  readonly schemas: CloudFormationSchemas;
  /** Values for every root that declares the parameter. */
  readonly parameters?: ReadonlyMap<string, GivenParameter> | undefined;
  /** Roots that the configuration names; one template may occur several times. */
  readonly namedRoots?: readonly NamedRoot[] | undefined;
  /** The account and region of every root that nothing else says one for. */
  readonly facts?: { readonly region?: string | undefined; readonly account?: string | undefined } | undefined;
  /** Paths of deployment files of Git sync: each is a root of its own. */
  readonly deploymentFiles?: readonly string[] | undefined;
  /** Folders of CDK assemblies (`cdk.out`): each of their stacks is a root. */
  readonly assemblies?: readonly string[] | undefined;
  /** Only roots of which a template is asked for. */
  readonly isAskedFor?: ((path: string) => boolean) | undefined;
  /** Comments whose text matches are returned attached to what they stand at. */
  readonly commentPattern?: RegExp | undefined;
}

/** What the configuration says of one root. */
export interface NamedRoot {
  /** The path of its template. */
  readonly path: string;
  /** What tells several roots of one template apart. */
  readonly name?: string | undefined;
  readonly parameters: ReadonlyMap<string, GivenParameter>;
  readonly region?: string | undefined;
  readonly account?: string | undefined;
  readonly stackName?: string | undefined;
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
  /** Files that give its parameters values without being asked for. */
  readonly valueFiles: readonly string[];
  /** Every template that belongs to it, the nested ones too. */
  readonly templates: readonly string[];
  /** Resources that a condition leaves out. */
  readonly notInstantiated: number;
}
