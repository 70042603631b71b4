import type { UnknownReason } from '../model/unknown-reason.js';
import type { PlainValue } from './resource-listing.js';

/** A resource of a live account, as it is named in differences. */
export interface ComparedResource {
  readonly account: string;
  /** Null for what has none. */
  readonly region: string | null;
  readonly type: string;
  /** The ARN, where it has one. */
  readonly address: string;
}

/** A resource that is in one of two snapshots only, or not the same in both. */
export interface ResourceDifference extends ComparedResource {
  readonly change: 'added' | 'removed' | 'changed';
  /** Of one that has changed, in the order of their paths. */
  readonly attributes: readonly AttributeDifference[];
}

export interface AttributeDifference {
  /** In normal form: `versioning.status`; `ingress[]` for an element that only one of them has. */
  readonly path: string;
  /** Null where there is none. */
  readonly old: PlainValue;
  readonly new: PlainValue;
  /** A secret, of which only is known that it is another one. */
  readonly isSecret: boolean;
}

/** Why something may differ and may not. `secret-key`: its hash was made with another key. */
export type IncomparableReason = UnknownReason | 'secret-key';

/** What cannot be compared. */
export interface Incomparable {
  readonly account: string;
  readonly region: string | null;
  /** Null for a whole account. */
  readonly type: string | null;
  /** Null for all resources of the type there. */
  readonly address: string | null;
  /** Null for the resource as a whole: whether it is there. */
  readonly path: string | null;
  /** Of which of the two it is not known. */
  readonly side: 'old' | 'new' | 'both';
  readonly reason: IncomparableReason;
  /** The permission or operation that is missing. */
  readonly subject: string | null;
}

export interface SnapshotComparison {
  /** In the order of account, region, type and address. */
  readonly differences: readonly ResourceDifference[];
  readonly incomparable: readonly Incomparable[];
}
