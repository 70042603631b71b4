import type { ShapeCatalogue } from '../../model/shape.js';
import type { Expression } from './ast.js';
import type { StaticType } from './static-type.js';

/** What is wrong with an expression, at half-open offsets in its text. */
export interface TypeProblem {
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

export interface CheckOptions {
  readonly shapes: ShapeCatalogue;
  /** A shipped policy may not read what has no answer for an unset attribute. */
  readonly isShipped?: boolean | undefined;
  /** Regular expressions are constants or parameters. */
  readonly allowsDynamicPatterns?: boolean | undefined;
}

/** Names to types; dotted names (`variables.block`) are whole. */
export type TypeScope = ReadonlyMap<string, StaticType>;

export interface CheckContext {
  readonly options: CheckOptions;
  check(expression: Expression, scope: TypeScope): StaticType;
  error(place: { readonly start: number; readonly end: number }, message: string): void;
}
