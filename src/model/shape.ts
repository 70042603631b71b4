import type { UnknownReason } from './unknown-reason.js';

/**
 * The shape of a resource type in normal form: what a policy may read, and what it reads as when it is not written.
 * Plain data, so that it crosses from the resource tables to the policies.
 */
export type Shape = ScalarShape | ListShape | MapShape | ObjectShape;

interface CommonShape {
  /** Written by people in the native language; false for what only the provider computes. */
  readonly settable?: boolean | undefined;
  readonly sensitive?: boolean | undefined;
  /** What an unset attribute reads as; absent: null (nothing happens), or empty for lists and maps. */
  readonly unset?: UnsetAnswer | undefined;
  /** Optional and computed without any answer: a shipped policy may not read it. */
  readonly unanswered?: boolean | undefined;
  /** Whoever writes the resource or the block that it is in must write it as well. */
  readonly required?: boolean | undefined;
  /** The provider answers a change of it by destroying the resource and making another. */
  readonly replaces?: boolean | undefined;
}

export interface ScalarShape extends CommonShape {
  readonly kind: 'string' | 'number' | 'bool' | 'any';
}

export interface ListShape extends CommonShape {
  readonly kind: 'list' | 'set';
  readonly element: Shape;
}

export interface MapShape extends CommonShape {
  readonly kind: 'map';
  readonly element: Shape;
}

export interface ObjectShape extends CommonShape {
  readonly kind: 'object';
  readonly fields: ReadonlyMap<string, Shape>;
  /** A decoded document: `iam-policy` has statements. */
  readonly document?: 'iam-policy' | 'json' | undefined;
}

export type UnsetAnswer =
  | {
      readonly kind: 'default';
      readonly value: string | number | boolean;
      readonly certainty: 'certain' | 'assumed';
      readonly reference?: string | undefined;
    }
  | {
      readonly kind: 'undetermined';
      readonly reason: string;
      readonly decidedBy?: string | undefined;
      readonly cause?: UnknownReason | undefined;
    };

/** What a policy can know of a resource type before any resource exists. */
export interface TypeShape {
  readonly type: string;
  readonly shape: ObjectShape;
  /** For a companion: the parent type and the path at which it is folded. */
  readonly companionOf?: { readonly type: string; readonly path: string } | undefined;
  readonly views: readonly string[];
  readonly isScope: boolean;
  /** Types that `related` may name from here. */
  readonly related?: readonly string[] | undefined;
}

/** Every type that policies can name. */
export interface ShapeCatalogue {
  typeShape(type: string): TypeShape | undefined;
  typesWithView(view: string): readonly string[];
  typeNames(): readonly string[];
}
