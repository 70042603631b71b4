import { isNumeric } from '../numbers.js';
import {
  invalidValue,
  policyError,
  type RuntimeValue,
  toBool,
  toDouble,
  toInt,
  toText,
  toUint,
  typeName,
} from '../runtime-value.js';
import { parseDuration, parseTimestamp, renderDuration, renderTimestamp, toTimestamp } from '../times.js';
import { fromByteText, renderDouble, toByteText } from './format-string.js';
import type { FunctionTable } from './function.js';

const SECOND = 1_000_000_000n;

/** CEL's type conversions. A text that is no number is the input's error, not the policy's. */
export const CONVERSION_FUNCTIONS: FunctionTable = {
  int: {
    signatures: ['(int): int', '(uint): int', '(double): int', '(string): int', '(timestamp): int', '(duration): int'],
    overNull: 'null',
    call: ([value]) => toIntValue(value),
  },
  uint: {
    signatures: ['(uint): uint', '(int): uint', '(double): uint', '(string): uint'],
    overNull: 'null',
    call: ([value]) => toUintValue(value),
  },
  double: {
    signatures: ['(double): double', '(int): double', '(uint): double', '(string): double'],
    overNull: 'null',
    call: ([value]) => toDoubleValue(value),
  },
  string: {
    signatures: [
      '(string): string',
      '(int): string',
      '(uint): string',
      '(double): string',
      '(bool): string',
      '(bytes): string',
      '(timestamp): string',
      '(duration): string',
      '(ip): string',
      '(cidr): string',
    ],
    overNull: 'null',
    call: ([value]) => toStringValue(value),
  },
  bytes: {
    signatures: ['(bytes): bytes', '(string): bytes'],
    overNull: 'null',
    call: ([value]) =>
      value?.kind === 'string'
        ? { kind: 'bytes', value: toByteText(value.value) }
        : value?.kind === 'bytes'
          ? value
          : undefined,
  },
  bool: {
    signatures: ['(bool): bool', '(string): bool'],
    overNull: 'null',
    call: ([value]) => {
      if (value?.kind === 'bool') return value;
      if (value?.kind !== 'string') return undefined;
      if (TRUE_WORDS.has(value.value)) return toBool(true);
      return FALSE_WORDS.has(value.value) ? toBool(false) : invalidValue(`"${value.value}" is no boolean.`, value);
    },
  },
  dyn: { signatures: ['(A): dyn'], isLazy: true, call: ([value]) => value },
  type: {
    signatures: ['(A): type'],
    call: ([value]) => (value === undefined ? undefined : { kind: 'type', value: typeName(value) }),
  },
  timestamp: {
    signatures: ['(timestamp): timestamp', '(string): timestamp', '(int): timestamp'],
    overNull: 'null',
    call: ([value]) => {
      if (value?.kind === 'timestamp') return value;
      if (value?.kind === 'int') return toTimestamp(value.value * SECOND);
      return value?.kind === 'string' ? parseTimestamp(value.value, value) : undefined;
    },
  },
  duration: {
    signatures: ['(duration): duration', '(string): duration', '(int): duration'],
    overNull: 'null',
    call: ([value]) => {
      if (value?.kind === 'duration') return value;
      return value?.kind === 'string' ? parseDuration(value.value, value) : undefined;
    },
  },
};

const TRUE_WORDS = new Set(['1', 't', 'T', 'true', 'TRUE', 'True']);
const FALSE_WORDS = new Set(['0', 'f', 'F', 'false', 'FALSE', 'False']);

function toIntValue(value: RuntimeValue | undefined): RuntimeValue | undefined {
  switch (value?.kind) {
    case 'int':
      return value;
    case 'uint':
      return toInt(value.value);
    case 'double':
    case 'number':
      return isBetween(value.value, -(2 ** 63), 2 ** 63)
        ? toInt(BigInt(Math.trunc(value.value)))
        : policyError('The number does not fit into 64 bits.');
    case 'string':
      return /^[+-]?\d+$/.test(value.value)
        ? toInt(BigInt(value.value.replace(/^\+/, '')))
        : invalidValue(`"${value.value}" is no whole number.`, value);
    case 'timestamp':
      return toInt(floorDivide(value.value, SECOND));
    case 'duration':
      return toInt(value.value / SECOND);
    default:
      return undefined;
  }
}

/** Exclusive at both ends: what is at the border does not round trip. */
function isBetween(value: number, low: number, high: number): boolean {
  return value > low && value < high;
}

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b < 0n ? quotient - 1n : quotient;
}

function toUintValue(value: RuntimeValue | undefined): RuntimeValue | undefined {
  switch (value?.kind) {
    case 'uint':
      return value;
    case 'int':
      return toUint(value.value);
    case 'double':
    case 'number':
      return value.value >= 0 && value.value < 2 ** 64
        ? toUint(BigInt(Math.trunc(value.value)))
        : policyError('The number does not fit into 64 unsigned bits.');
    case 'string':
      return /^\d+$/.test(value.value)
        ? toUint(BigInt(value.value))
        : invalidValue(`"${value.value}" is no whole number of at least 0.`, value);
    default:
      return undefined;
  }
}

function toDoubleValue(value: RuntimeValue | undefined): RuntimeValue | undefined {
  if (value === undefined) return undefined;
  if (isNumeric(value)) return toDouble(Number(value.value));
  if (value.kind !== 'string') return undefined;
  if (/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(value.value)) return toDouble(Number(value.value));
  const word = /^([+-]?)(inf|infinity|nan)$/i.exec(value.value);
  if (word === null) return invalidValue(`"${value.value}" is no number.`, value);
  if (word[2]?.toLowerCase() === 'nan') return toDouble(Number.NaN);
  return toDouble(word[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY);
}

function toStringValue(value: RuntimeValue | undefined): RuntimeValue | undefined {
  switch (value?.kind) {
    case 'string':
      return value;
    case 'int':
    case 'uint':
    case 'bool':
      return toText(String(value.value));
    case 'double':
    case 'number':
      return toText(renderDouble(value.value));
    case 'bytes': {
      const text = fromByteText(value.value);
      return text === undefined ? policyError('The bytes are not UTF-8.') : toText(text);
    }
    case 'timestamp':
      return toText(renderTimestamp(value));
    case 'duration':
      return toText(renderDuration(value.value));
    case 'ip':
      return toText(renderAddress(value.family, value.bits));
    case 'cidr':
      return toText(`${renderAddress(value.family, value.bits)}/${value.prefix}`);
    default:
      return undefined;
  }
}

/** An address in canonical form (RFC 5952 for IPv6). */
export function renderAddress(family: 4 | 6, bits: bigint): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => (bits >> shift) & 255n).join('.');
  const groups = Array.from({ length: 8 }, (_, index) => Number((bits >> BigInt(112 - index * 16)) & 0xffffn));
  let [best, bestLength] = [-1, 1];
  for (let start = 0; start < 8; start++) {
    let length = 0;
    while (start + length < 8 && groups[start + length] === 0) length++;
    if (length > bestLength) [best, bestLength] = [start, length];
  }
  const hex = (part: readonly number[]) => part.map((group) => group.toString(16)).join(':');
  return best === -1 ? hex(groups) : `${hex(groups.slice(0, best))}::${hex(groups.slice(best + bestLength))}`;
}
