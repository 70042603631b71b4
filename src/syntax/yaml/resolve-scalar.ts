import type { YamlScalar } from './ast.js';

export type ResolvedScalar =
  | { readonly kind: 'string'; readonly value: string }
  /** Decimal digits as in JSON, or `Infinity`, `-Infinity`, `NaN`. */
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'null' };

/**
 * - `core`: the core schema of YAML 1.2.2 (https://yaml.org/spec/1.2.2/#103-core-schema), for files of our own.
 * - `terraform`: what Terraform's `yamldecode` reads.
 */
export type YamlDialect = 'core' | 'terraform';
