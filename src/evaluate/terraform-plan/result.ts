import type { Evaluation } from '../../model/evaluation.js';
import type { ProviderSchemas } from '../../schemas/schema.js';
import type { SourceFile } from '../../source/source-file.js';

/** A plan or a state to be read: its text, or the bytes of a binary plan. */
export interface PlanInput {
  readonly source: SourceFile | BinaryPlanFile;
  readonly schemas: ProviderSchemas;
  /** What `RawResource.root` is: the name of the root whose source is merged in, else the folder of the file. */
  readonly root?: string | undefined;
  /** What it is said to be, where that cannot be told of what it holds. */
  readonly expected?: PlanKind | undefined;
}

/** A file that is no text. */
export interface BinaryPlanFile {
  /** Path relative to the project root, with `/`. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

export type PlanKind = 'terraform-plan' | 'terraform-binary-plan' | 'terraform-state';

export interface PlanResult extends Evaluation {
  readonly kind: PlanKind;
  /** As in `RawResource.root`. */
  readonly root: string;
  readonly terraformVersion: string | undefined;
  /** What of a resource is not known, as the plan masks it, by its address. */
  readonly unknownOf: (address: string) => unknown;
  /** Address → the expressions that are written for it, as the plan's `configuration` has them. */
  readonly written: ReadonlyMap<string, unknown>;
  /** What a binary plan holds of the configuration that was planned. */
  readonly snapshot?: PlannedConfiguration | undefined;
}

/** The configuration that was planned, and the values that were given to its variables from outside. */
export interface PlannedConfiguration {
  /**
   * Path relative to the project root → configuration file, at the place that it had beside the plan file; the list of
   * installed modules, as `terraform init` writes it; and the variable file.
   */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** The root module's folder. */
  readonly folder: string;
  /** The values of variables that were set from outside, as a `.tfvars.json`: it is in no folder. */
  readonly variableFile: string;
  readonly workspace: string | undefined;
}
