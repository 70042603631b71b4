/**
 * A binary floating-point number of at most 512 bits: `mantissa × 2^exponent`, the mantissa odd or zero; infinities are
 * marked. Plain data; the arithmetic is Terraform's and lives where expressions are evaluated.
 */
export interface BigFloat {
  readonly mantissa: bigint;
  readonly exponent: number;
  readonly infinite?: 1 | -1 | undefined;
}
