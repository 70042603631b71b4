import { DYNAMIC, NUMBER, STRING, type Type } from '../../../model/type.js';
import type { ListValue, NumberValue, ObjectValue, Value } from '../../../model/value.js';
import { stringValue } from '../../../model/values.js';
import { invariant } from '../../../source/invariant.js';
import { formatNumber, toInteger } from '../values/number.js';
import { FunctionFailure, type Parameter, type TerraformFunction } from './function.js';

/** What a parameter takes besides known values that are not null: `u` unknowns, `m` marks, `n` null. */
type Allowed = '' | 'u' | 'm' | 'um' | 'un' | 'umn' | 'mn' | 'n';

/** A parameter of a type. */
export function parameter(name: string, type: Type, allowed: Allowed = ''): Parameter {
  return {
    name,
    type,
    allowUnknown: allowed.includes('u'),
    allowMarks: allowed.includes('m'),
    allowNull: allowed.includes('n'),
  };
}

export function textParameter(name: string, allowed: Allowed = ''): Parameter {
  return parameter(name, STRING, allowed);
}

export function numberParameter(name: string, allowed: Allowed = ''): Parameter {
  return parameter(name, NUMBER, allowed);
}

export function anyParameter(name: string, allowed: Allowed = ''): Parameter {
  return parameter(name, DYNAMIC, allowed);
}

interface Definition {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly variadic?: Parameter;
  /** The type of the result, or how it follows from the arguments. */
  readonly returns: Type | TerraformFunction['returns'];
  readonly call: TerraformFunction['call'];
  readonly isNeverNull?: boolean;
  readonly cost?: TerraformFunction['cost'];
}

/** A function; its result is not null unless the definition says that it may be. */
export function define(definition: Definition): TerraformFunction {
  const { name, parameters, variadic, returns, call, cost, isNeverNull = true } = definition;
  return {
    name,
    parameters,
    ...(variadic && { variadic }),
    returns: typeof returns === 'function' ? returns : () => returns,
    call,
    ...(cost && { cost }),
    isNeverNull,
  };
}

/** A function of known texts that makes a text. */
export function textFunction(
  name: string,
  parameters: readonly string[],
  make: (...texts: readonly string[]) => string,
): TerraformFunction {
  return define({
    name,
    parameters: parameters.map((parameterName) => textParameter(parameterName)),
    returns: STRING,
    call: (args) => textValue(make(...args.map(textOf))),
  });
}

/** A string as Terraform has all of them: normalised to NFC. */
export function textValue(text: string): Value {
  return stringValue(text.normalize('NFC'));
}

/** The text of a known string argument. */
export function textOf(value: Value | undefined): string {
  invariant(value?.kind === 'string', 'the caller converts the argument to a known string');
  return value.value;
}

export function numberOf(value: Value | undefined): NumberValue {
  invariant(value?.kind === 'number', 'the caller converts the argument to a known number');
  return value;
}

export function listArgument(value: Value | undefined): ListValue {
  invariant(value?.kind === 'list', 'the caller converts the argument to a known list');
  return value;
}

export function objectArgument(value: Value | undefined): ObjectValue {
  invariant(value?.kind === 'object', 'the caller converts the argument to a known map');
  return value;
}

export function argumentAt(args: readonly Value[], index: number): Value {
  const value = args[index];
  invariant(value !== undefined, 'the caller checks how many arguments there are');
  return value;
}

/** A whole number within the safe integers; a failure of the argument otherwise. */
export function integerOf(value: Value | undefined, argument: number): number {
  const number = numberOf(value);
  const integer = toInteger(number);
  if (integer === undefined)
    throw new FunctionFailure(`a whole number is required, not ${formatNumber(number)}`, argument);
  const plain = Number(integer);
  if (!Number.isSafeInteger(plain)) throw new FunctionFailure('the number is too large', argument);
  return plain;
}

/** The kind of sequence, map or primitive that a value is or will be; `dynamic` where that is not known. */
export function kindOf(value: Value): Type['kind'] {
  switch (value.kind) {
    case 'string':
    case 'number':
    case 'bool':
      return value.kind;
    case 'null':
      return value.type?.kind ?? 'dynamic';
    default:
      return value.type.kind;
  }
}
