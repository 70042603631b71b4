import type { Type } from '../../../model/type.js';
import type { Value } from '../../../model/value.js';
import type { Diagnostic } from '../../../source/diagnostic.js';
import type { FileSystem } from '../../../source/file-system.js';

/**
 * A function as Terraform's own declare themselves (cty's function specification). The caller converts each argument to
 * its parameter's type and refuses nulls; where a parameter does not allow unknowns and an argument is one (or holds one),
 * the result is an unknown of the return type that refers to what the arguments refer to; sensitivity of an argument
 * makes the result sensitive unless the parameter allows marks.
 */
export interface TerraformFunction {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  /** Takes any number of further arguments. */
  readonly variadic?: Parameter | undefined;
  /** The type of the result for converted arguments, some of which may be unknown. */
  returns(args: readonly Value[]): Type;
  /** Throws `FunctionFailure` where Terraform reports an error. */
  call(args: readonly Value[], context: FunctionContext, caller?: FunctionCaller): Value;
  /** SAFETY: in steps, what a call takes more than to go through its arguments. */
  readonly cost?: ((args: readonly Value[]) => number) | undefined;
  /** The result is not null even when it is unknown. True for nearly all. */
  readonly isNeverNull?: boolean | undefined;
}

export interface Parameter {
  readonly name: string;
  /** `dynamic`: taken as it is. */
  readonly type: Type;
  readonly allowNull?: boolean | undefined;
  /** The function is called although this argument is unknown (or holds unknowns) and decides what is known. */
  readonly allowUnknown?: boolean | undefined;
  /** The function sees the sensitive marks and carries them itself. */
  readonly allowMarks?: boolean | undefined;
}

/** Who calls: what goes wrong in a template that a function evaluates goes wrong there. */
export interface FunctionCaller {
  readonly context: { report(diagnostic: Diagnostic): void };
  readonly reportAlways: (diagnostic: Diagnostic) => void;
  readonly observations: { failed: boolean; mayFail: boolean };
}

/** What a function may use beyond its arguments. */
export interface FunctionContext {
  readonly fileSystem: FileSystem;
  /** The root module's folder: relative paths are resolved against it. */
  readonly rootFolder: string;
  /** Evaluates a template file's text with variables; `templatefile` and `templatestring` are built on it. */
  renderTemplate(path: string, text: string, variables: ReadonlyMap<string, Value>, caller?: FunctionCaller): Value;
  /** How many `templatefile` calls are under way around this one. */
  readonly templateDepth: number;
  /** Takes the arguments of `sensitive`: reports mask them. */
  noteSecret?(value: Value): void;
}

/** Terraform reports an error here. The message is Terraform's in its own words; `argument` is the index at fault. */
export class FunctionFailure extends Error {
  override readonly name: string = 'FunctionFailure';

  constructor(
    message: string,
    readonly argument?: number,
  ) {
    super(message);
  }
}

/** Terraform would go on here, and Trueline does not: the result is not known. */
export class FunctionLimit extends FunctionFailure {
  override readonly name = 'FunctionLimit';
}

/** Why an argument does not convert: as an error of Terraform's, or as a limit of Trueline's. */
export function unsuitable(isLimit: boolean | undefined, message: string, argument?: number): FunctionFailure {
  return isLimit === true ? new FunctionLimit(message, argument) : new FunctionFailure(message, argument);
}
