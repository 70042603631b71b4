import type { Existence, ModuleCallStep } from '../../../model/raw-resource.js';
import type { Origin, Value } from '../../../model/value.js';
import type { SourceFile } from '../../../source/source-file.js';
import type { Declaration, ModuleConfiguration, PlacedAttribute } from '../configuration/declarations.js';
import type { PlacedBody } from '../configuration/read-body.js';
import type { Evaluator } from '../expression/context.js';
import type { Expansion, ExpansionInput } from './expansion.js';
import type { ProviderConfiguration } from './providers.js';
import type { World } from './world.js';

/** A value given to a variable: evaluated by the caller, or text from outside that the variable's type gives a meaning. */
export type VariableInput =
  | { readonly kind: 'value'; evaluate(): Value; readonly step: Origin }
  | { readonly kind: 'text'; readonly text: string; readonly source: SourceFile; readonly step: Origin['step'] };

/** Where a module instance is, and what its caller gives it. */
export interface ModulePlace {
  /** Empty for the root module, else `module.a["x"].module.b`. */
  readonly address: string;
  readonly calls: readonly ModuleCallStep[];
  /** Folders on the way from the root, this one last. */
  readonly folders: readonly string[];
  /** Names of the calls on the way, as `modules.json` joins them: `a.b`. */
  readonly callPath: readonly string[];
  /** In how many instances its module was made, for all that is known: those of the calls on the way, multiplied. */
  readonly multiplicity: number;
  readonly existence: Existence;
  /** It stands for instances whose keys are not known, or is in one that does. */
  readonly isPrototype: boolean;
  /** The key sets of the prototypes that it is in, from the outermost. */
  readonly keySets: readonly string[];
  readonly parent: Module | undefined;
  /** The child's provider key → the configuration. */
  readonly providers: ReadonlyMap<string, ProviderConfiguration>;
  input(name: string): VariableInput | undefined;
}

/** A module instance as its parts see it. */
export interface Module {
  readonly world: World;
  readonly configuration: ModuleConfiguration;
  readonly place: ModulePlace;
  /** The address of something in this module, as seen from the root. */
  addressOf(name: string): string;
  evaluatorOf(file: SourceFile): Evaluator;
  /** A declaration's content, read once for all instances. */
  bodyOf(declaration: Declaration): PlacedBody;
  /** Whether an attribute is written as the literal `true`. */
  isTrue(placed: PlacedAttribute | undefined): boolean;
  /** The configuration of a provider by its local key (`aws`, `aws.west`). */
  provider(key: string): ProviderConfiguration;
  /** The instances that `count` or `for_each` among these attributes give; where they do not fit, one that stands for all. */
  expand(attributes: ReadonlyMap<string, PlacedAttribute>, address: string, fits: ExpansionInput['fits']): Expansion;
}
