import type { TerraformInput } from './evaluate/terraform/result.js';
import type { InputType } from './input-kinds.js';

/** What every command that reads a project can be told. */
export interface ReadingOptions {
  /** The process's environment: `TF_VAR_*`, `TF_WORKSPACE`, `TF_DATA_DIR`. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** For every root that declares them, in the order given. */
  readonly variables: readonly { readonly name: string; readonly text: string }[];
  /** Relative to the working directory. */
  readonly varFiles: readonly string[];
  readonly workspace?: string | undefined;
  readonly commentPattern?: RegExp | undefined;
  /** Only roots that have to do with one of these files, relative to the project root. */
  readonly changed?: readonly string[] | undefined;
  /** Called before each root is evaluated: how many are, of how many. */
  readonly progress?: TerraformInput['progress'];
  /** Files with values of templates' parameters, relative to the working directory. */
  readonly parameterFiles?: readonly string[] | undefined;
  /** The folder of the configuration that plans were made of, relative to the working directory. */
  readonly source?: string | undefined;
  /** What the files that are named are, whatever they look like. */
  readonly type?: InputType | undefined;
  /** An earlier revision is read: what options name need not be there. */
  readonly isEarlier?: boolean | undefined;
}
