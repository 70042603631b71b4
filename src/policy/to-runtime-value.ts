import { type RuntimeValue, toBool, toDouble, toInt, toList, toText } from './language/runtime-value.js';
import type { ParameterValue } from './policy.js';

/** A parameter as the language sees it: whole numbers are integers. */
export function toRuntimeValue(value: ParameterValue): RuntimeValue {
  if (typeof value === 'string') return toText(value);
  if (typeof value === 'boolean') return toBool(value);
  if (typeof value === 'number') return Number.isSafeInteger(value) ? toInt(value) : toDouble(value);
  return toList([...value].map(toRuntimeValue));
}
