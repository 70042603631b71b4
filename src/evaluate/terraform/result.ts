import type { AttachedComment, OmittedType, RawResource, UnreadModule } from '../../model/raw-resource.js';
import type { Secrets } from '../../model/secret-notes.js';
import type { Value } from '../../model/value.js';
import type { ProviderSchemas } from '../../schemas/schema.js';
import type { Diagnostic } from '../../source/diagnostic.js';
import type { FileSystem } from '../../source/file-system.js';
import type { SourceFile, SourceRange } from '../../source/source-file.js';

/** What `evaluateTerraform` needs; nothing in it is read from the machine. */
export interface TerraformInput {
  readonly fileSystem: FileSystem;
  readonly schemas: ProviderSchemas;
  readonly roots: readonly RootSelection[];
  readonly environment: TerraformEnvironment;
  /** Comments whose text matches are returned attached to what they stand at. */
  readonly commentPattern?: RegExp | undefined;
  /** Called before each root: how many are evaluated, of how many. */
  readonly progress?: ((done: number, total: number) => void) | undefined;
}

/** One root module to evaluate: its folder, and the values that configuration and flags give it. */
export interface RootSelection {
  /** Relative to the project root; the empty string is the project root itself. */
  readonly folder: string;
  /** What tells several configurations of one folder apart. */
  readonly name?: string | undefined;
  readonly kind: RootKind;
  readonly workspace?: string | undefined;
  /** Relative to the project root, in the order given. */
  readonly varFiles: readonly string[];
  /** `-var` values, in the order given. */
  readonly variables: readonly { readonly name: string; readonly text: string }[];
}

export type RootKind = 'deployment' | 'example' | 'module';

export interface TerraformEnvironment {
  /** `TF_VAR_*`, without the prefix. */
  readonly variables: ReadonlyMap<string, string>;
  /** `TF_WORKSPACE`. */
  readonly workspace?: string | undefined;
  /** `TF_DATA_DIR`; default `.terraform`. */
  readonly dataFolder?: string | undefined;
}

export interface TerraformResult {
  readonly resources: readonly RawResource[];
  readonly unreadModules: readonly UnreadModule[];
  readonly omittedTypes: readonly OmittedType[];
  readonly roots: readonly EvaluatedRoot[];
  readonly comments: readonly AttachedComment[];
  readonly diagnostics: readonly Diagnostic[];
  /** Every configuration and variable file that was read. */
  readonly files: readonly SourceFile[];
  /** Of sensitive variables and outputs, the environment's variables, and arguments of `sensitive`. */
  readonly secrets: Secrets;
}

export interface EvaluatedRoot {
  /** As in `RawResource.root`. */
  readonly root: string;
  readonly folder: string;
  readonly kind: RootKind;
  readonly modules: number;
  /** Folders of the modules that were instantiated, and of those that were called and have no instance. */
  readonly instantiatedFolders: readonly string[];
  readonly uninstantiatedFolders: readonly string[];
  /** Variables of the root that have no value. */
  readonly variablesWithoutValue: readonly { readonly name: string; readonly range: SourceRange }[];
  /** Names of all declared variables: a `--var` that no root declares is a usage error. */
  readonly declaredVariables: readonly string[];
  readonly varFiles: readonly string[];
  readonly modulesNotInstalled: readonly {
    readonly address: string;
    readonly source: string;
    readonly range: SourceRange;
  }[];
  readonly outputs: ReadonlyMap<string, Value>;
  /** `moved` blocks: old address → new address. */
  readonly moved: ReadonlyMap<string, string>;
}
