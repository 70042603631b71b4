import { canonicalQuantity } from '../../model/quantity.js';
import { BOOL, NUMBER, STRING, type Type } from '../../model/type.js';
import type { Value } from '../../model/value.js';
import type { KubernetesScalarKind } from '../../schemas/kubernetes-schema.js';

/** Modes of files, which Terraform's provider takes as octal texts. */
const MODES = /(?:^|\.)(?:default_)?mode$/;

/** A scalar of another language in the type that Kubernetes gives it; undefined where it cannot be of that type. */
export function convertScalar(value: Value, kind: KubernetesScalarKind, path: string): Value | undefined {
  if (value.kind === 'unknown') {
    return {
      ...value,
      type: typeOf(kind),
      parts: typeOf(kind) === STRING ? value.parts : undefined,
      alternatives: value.alternatives?.map((one) =>
        one.kind === 'absent' || one.kind === 'null' ? one : (convertScalar(one, kind, path) ?? one),
      ),
    };
  }
  if (value.kind === 'list' || value.kind === 'object' || value.kind === 'null') return undefined;
  switch (kind) {
    case 'bool':
      if (value.kind === 'bool') return value;
      return value.value === 'true' || value.value === 'false'
        ? { ...bare(value), kind: 'bool', value: value.value === 'true' }
        : undefined;
    case 'int32':
    case 'int64':
    case 'double':
      return toNumber(value, MODES.test(path));
    case 'int-or-string':
      return value.kind === 'string' && /^\d+$/.test(value.value) ? toNumber(value, false) : value;
    case 'quantity': {
      const canonical = canonicalQuantity(String(value.value), true);
      return canonical === undefined ? undefined : { ...bare(value), kind: 'string', value: canonical };
    }
    default:
      return value.kind === 'string' ? value : { ...bare(value), kind: 'string', value: String(value.value) };
  }
}

type Scalar = Extract<Value, { readonly kind: 'string' | 'number' | 'bool' }>;

function bare({ origin, sensitive, refersTo }: Scalar) {
  return { origin, sensitive, refersTo };
}

function toNumber(value: Scalar, isOctal: boolean): Value | undefined {
  if (value.kind === 'number') return value;
  if (value.kind === 'bool' || value.value.trim() === '') return undefined;
  const number = isOctal && /^0?[0-7]+$/.test(value.value) ? Number.parseInt(value.value, 8) : Number(value.value);
  return Number.isFinite(number) ? { ...bare(value), kind: 'number', value: number } : undefined;
}

function typeOf(kind: KubernetesScalarKind): Type {
  if (kind === 'bool') return BOOL;
  return kind === 'int32' || kind === 'int64' || kind === 'double' ? NUMBER : STRING;
}
